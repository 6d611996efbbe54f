"""What a web owes to whoever comes, where no other test says it: tries end, logins are new, no log says a secret."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.routing import APIRoute

from uncaged.archive import logins
from uncaged.core.ids import new_id
from uncaged.studio import passwords
from uncaged.web.routes import router
from uncaged.web.v1 import hook_routes
from uncaged.web.v1 import routes as v1

PASSWORD = "four heavy paper boats"
SAYS = "canary-in-a-coal-mine"
"""A secret that is put into everything."""

NAMES = (
    "prompt name password before key words mail reasons text about what once way sentence token link reason model size "
    "seed options position picture add remove role work person invitation collective agent url file input images"
).split()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little: nobody attacks these."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))


def password(house: Any) -> int:
    sent = {"name": "ana", "password": "nobody's at all"}
    return house.come("other").post("/enter", data=sent, headers=house.origin).status_code


def key(house: Any) -> int:
    return house.come("nobody").get("/").status_code


def shown_key(house: Any) -> int:
    sent = {"key": "uncaged_" + "x" * 43}
    return house.come("other").post("/enter", data=sent, headers=house.origin).status_code


def link(house: Any) -> int:
    return house.come("other").get(f"/works/{house.film}?link=xxxx-xxxx").status_code


def room(house: Any) -> int:
    return house.come("other").get("/rooms/enter?token=guessed").status_code


def door(house: Any) -> int:
    return house.come("other").get("/open/guessed1").status_code


def invitation(house: Any) -> int:
    client = house.come("other", Cookie="uncaged_invitation=guessed", **house.origin)
    return client.post("/join", data={"name": "Bea", "password": PASSWORD}).status_code


@pytest.mark.parametrize("tries", [password, key, shown_key, link, room, door, invitation])
def test_tries_come_to_an_end_and_begin_again(
    house: Any, tries: Callable[[Any], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.policy("[door]\nrequests_a_minute = 25\n")
    house.film = house.make("member").work_id
    codes = [tries(house) for _ in range(40)]
    refused = codes.index(429)
    assert set(codes[:refused]) <= {401, 404, 410} and set(codes[refused:]) == {429}
    now = time.time  # the one clock that counts them
    monkeypatch.setattr(time, "time", lambda: now() + 121)
    assert tries(house) == codes[0]


def test_a_login_is_never_one_that_was_brought_along(house: Any) -> None:
    house.stay("Bea")
    bea, brought = house.persons["Bea"], "a" * 43
    house.studio.commit(lambda c: logins.set_password(c, bea, passwords.hash_of(PASSWORD), 1))
    found = {brought}
    for _time in range(2):
        other = house.come("other", Cookie=f"uncaged_session={brought}", **house.origin)
        done = other.post("/enter", data={"name": "Bea", "password": PASSWORD})
        assert done.status_code == 303, done.text
        given = [c for c in done.headers.get_list("set-cookie") if c.startswith("uncaged_session=")]
        found.add(given[0].partition("=")[2].partition(";")[0])
    assert len(found) == 3


def routes() -> list[tuple[str, str]]:
    """Every address there is, with the ways in which it can be asked."""
    every = (*router.routes, *v1.router.routes, *hook_routes.router.routes)
    return [
        (way, one.path)
        for one in every
        if isinstance(one, APIRoute)
        for way in sorted(one.methods)
        if not one.path.endswith("/events") and (way, one.path) != ("GET", "/source.tar.gz")
    ]


def address(path: str) -> str:
    """With something in the place of each name."""
    known = re.sub(r"\{(work_id|video_id)\}", new_id("work"), path)
    return re.sub(r"\{[a-z0-9_]+\}", SAYS, known)


def test_no_other_site_changes_anything_by_any_address(house: Any) -> None:
    owner = house.come("owner")  # who needs no login: nothing else would keep a page elsewhere out
    ways = [(way, address(path)) for way, path in routes() if way not in ("GET", "HEAD")]
    assert len(ways) > 50
    for way, at in ways:
        for said in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = owner.request(way, at, headers=said, data={"prompt": "a bird"})
            assert answer.status_code == 403, (way, at, said, answer.text)


def test_by_no_other_name_anything_is_answered(house: Any) -> None:
    for way, path in routes():
        for name in ("evil.example", f"{house.host}.evil.example", "evil.localhost"):
            headers = house.origin | {"Host": name}
            answer = house.come("owner").request(way, address(path), headers=headers)
            assert answer.status_code == 421, (way, path, name)


def test_what_is_a_secret_is_said_in_no_log(
    house: Any, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = dict.fromkeys(NAMES, SAYS)
    cookie = "; ".join(
        f"uncaged_{n}={SAYS}" for n in ("room", "key", "session", "as", "invitation")
    )
    headers = house.origin | {"User-Agent": SAYS, "Referer": f"http://x/{SAYS}", "Cookie": cookie}
    clients = [house.come("guest"), house.come("guest", Authorization=f"Bearer uncaged_{SAYS}")]
    for way, path in routes():
        for n, client in enumerate(clients):
            how = {"json": sent} if n else {"data": sent}
            more = how if way in ("POST", "PUT", "PATCH") else {}
            client.request(
                way, f"{address(path)}?{SAYS}={SAYS}&link={SAYS}", headers=headers, **more
            )
    wish = {"prompt": SAYS, "model": "echo", "size": "64x64", "seconds": 1}
    assert house.come("guest").post("/works", json=wish, headers=house.origin).status_code == 202
    out, err = capfd.readouterr()
    # what the client of this test says is its own matter
    told = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    said = "".join(told) + out + err + house.come("owner").get("/metrics").text
    assert not [line for line in said.splitlines() if SAYS in line]
    with house.studio.archive.read() as conn:
        assert SAYS not in str(conn.exec_driver_sql("SELECT * FROM log").all())
