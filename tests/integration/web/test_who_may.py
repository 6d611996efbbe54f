"""Every route, by everybody, for what is theirs, somebody else's, missing and malformed: a new route needs a row."""

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from uncaged.core.ids import new_id
from uncaged.web.routes import router

EVERYBODY = ("owner", "manager", "member", "reader", "guest", "other", "nobody")
THINGS = ("theirs", "somebody else's", "missing", "malformed")
RIGHTS = {
    "owner": "read make manage",
    "manager": "read make manage",
    "member": "read make",
    "reader": "read",
    "guest": "read make",
    "other": "read make",
    "nobody": "",
}

# What it needs, and what the answer is where all is right. Routes with an id are asked for each of `THINGS`.
ROUTES: dict[tuple[str, str], tuple[str, int]] = {
    ("GET", "/"): ("read", 200),
    ("GET", "/grow/{twelve}/{number}"): ("read", 404),  # nothing is drawn in this house
    ("POST", "/grow"): ("make", 404),  # of a work that nobody has; `test_grow` has some
    ("GET", "/compare"): ("read", 200),
    ("POST", "/compare"): ("make", 202),
    ("POST", "/works"): ("make", 202),
    ("GET", "/works/{work_id}"): ("read", 200),
    ("GET", "/works/{work_id}/events"): ("read", 200),
    ("GET", "/works/{work_id}/film"): ("read", 200),
    ("GET", "/works/{work_id}/still"): ("read", 200),
    ("GET", "/works/{work_id}/strip"): ("read", 200),
    ("GET", "/works/{work_id}/preview"): ("read", 303),  # to the still: it is made
    ("GET", "/works/{work_id}/position"): ("read", 200),
    ("POST", "/works/{work_id}/delete"): ("make", 204),
    ("POST", "/works/{work_id}/show"): ("make", 200),
    ("POST", "/works/{work_id}/tags"): ("make", 200),
    ("POST", "/works/{work_id}/trash"): ("make", 200),
    ("POST", "/works/{work_id}/restore"): ("make", 200),
    ("POST", "/works/{work_id}/keep"): ("make", 200),
    ("POST", "/works/{work_id}/training"): ("make", 200),
    ("POST", "/works/{work_id}/links"): ("make", 200),
    ("POST", "/works/{work_id}/cancel"): ("make", 200),
    ("GET", "/works"): ("read", 200),
    ("GET", "/films"): ("read", 200),
    ("GET", "/films.atom"): ("read", 200),
    ("GET", "/people/{person_id}"): ("read", 200),
    ("GET", "/people/{person_id}/films.atom"): ("read", 200),
    ("GET", "/line"): ("read", 200),
    ("GET", "/runs/{run_id}"): ("read", 200),
    ("GET", "/runs/{run_id}/preview"): (
        "read",
        404,
    ),  # of a training alone; `test_trainings` has some
    ("POST", "/runs/{run_id}/{doing}"): ("make", 200),
    ("GET", "/trainings"): ("read", 200),
    ("POST", "/trainings"): ("make", 400),
    ("GET", "/groups/{group_id}"): ("read", 200),
    ("POST", "/groups/{group_id}/{doing}"): ("make", 200),
    ("GET", "/open"): ("read", 200),
    ("POST", "/open"): ("manage", 400),
    ("GET", "/me"): ("read", 200),
    ("GET", "/me/export"): ("read", 200),
    ("GET", "/invitations"): ("manage", 200),
    ("POST", "/invitations"): ("manage", 201),
    ("GET", "/metrics"): ("manage", 200),
    ("GET", "/openapi.json"): ("read", 200),
    ("GET", "/house"): ("read", 200),
    ("POST", "/house"): ("manage", 400),
    ("GET", "/house/book"): ("read", 200),
    ("GET", "/house/book.jsonl"): ("read", 200),
    ("GET", "/reports"): ("manage", 200),
    ("GET", "/reports/{number}/film"): ("manage", 404),
    ("POST", "/reports/{number}/take"): ("manage", 404),
    ("POST", "/reports/{number}/decision"): ("manage", 404),
    ("POST", "/house/give"): ("manage", 400),
    ("GET", "/blocks"): ("manage", 200),
    ("POST", "/blocks"): ("manage", 400),
    ("POST", "/blocks/{sha256}/remove"): ("manage", 404),
    # Whoever is shown in a film needs no login to say so; a report is its two sides' and the keepers' alone.
    ("GET", "/reports/new"): ("", 200),
    ("POST", "/reports"): ("", 400),
    ("GET", "/reports/{number}"): ("", 404),
    ("POST", "/reports/{number}/answer"): ("", 404),
    ("POST", "/reports/{number}/appeal"): ("", 404),
    # These let in whoever finds the house: they say nothing of anybody.
    ("GET", "/rooms/enter"): ("", 401),
    ("GET", "/open/{token}"): ("", 401),
    ("GET", "/enter"): ("", 200),
    ("POST", "/enter"): ("", 401),
    ("POST", "/leave"): ("", 303),
    ("POST", "/words"): ("", 303),
    ("GET", "/join"): ("", 410),
    ("POST", "/join"): ("", 410),
    ("POST", "/passkeys/challenge"): ("", 400),
    ("GET", "/style.css"): ("", 200),
    ("GET", "/passkey.js"): ("", 200),
    ("GET", "/wait.js"): ("", 200),
    ("GET", "/play.js"): ("", 200),
    ("GET", "/grow/{twelve}/{number}.jpg"): ("", 404),
    ("GET", "/grow/{twelve}/{number}.mp4"): ("", 404),
    ("GET", "/grow/{twelve}/{number}/{child}.jpg"): ("", 404),
    ("GET", "/grow/{twelve}/{number}/{child}.mp4"): ("", 404),
    ("GET", "/film.js"): ("", 200),
    ("GET", "/favicon.ico"): ("", 204),
    ("GET", "/models"): ("read", 200),
    ("GET", "/models/{name}"): ("read", 404),
    ("POST", "/models/accept"): ("make", 400),  # `test_shelf` has some
    ("POST", "/models/remove"): ("manage", 400),
    ("GET", "/fetches"): ("manage", 200),
    ("POST", "/fetches"): ("manage", 400),
    ("POST", "/fetches/look"): ("manage", 400),  # `test_fetches` has a hub
    ("POST", "/fetches/{fetch}/{doing}"): ("manage", 404),
    ("GET", "/verify"): ("read", 200),
    ("POST", "/verify"): ("read", 200),
    ("GET", "/api"): ("read", 200),
    ("GET", "/about"): ("read", 200),
    ("GET", "/source"): ("", 200),
    ("GET", "/training"): ("", 200),
    ("GET", "/robots.txt"): ("", 200),
    ("GET", "/.well-known/tdmrep.json"): ("", 200),
    ("GET", "/source.tar.gz"): ("", 200),
}
ELSEWHERE = {
    ("GET", "/healthz"),
    ("GET", "/works/{work_id}/events"),
    ("GET", "/runs/{run_id}/events"),
}
"""What `test_watching` and `test_events` ask."""

THEIR_OWN = {
    ("POST", "/me/name"),
    ("POST", "/me/about"),
    ("POST", "/me/password"),
    ("POST", "/me/sessions/end"),
    ("POST", "/me/sessions/{session}/end"),
    ("POST", "/me/passkeys"),
    ("POST", "/me/passkeys/{passkey}/remove"),
    ("POST", "/me/keys"),
    ("POST", "/me/keys/{key}/revoke"),
    ("POST", "/me/as"),
    ("POST", "/me/collectives"),
    ("POST", "/me/asked/{invitation}"),
    ("POST", "/me/credits"),
    ("GET", "/me/leave"),
    ("POST", "/me/leave"),
    ("POST", "/invitations/{invitation}/revoke"),
    ("GET", "/collectives/{collective}"),
    ("POST", "/collectives/{collective}/ask"),
    ("POST", "/collectives/{collective}/invite"),
    ("POST", "/collectives/{collective}/remove"),
    ("POST", "/works/{work_id}/credits"),
}
"""What `test_people_may` asks: who may depends on who signed in, and on whose it is."""


def addresses() -> set[tuple[str, str]]:
    return {(m, r.path) for r in router.routes if isinstance(r, APIRoute) for m in r.methods}


def test_every_route_has_a_row() -> None:
    assert addresses() == set(ROUTES) | ELSEWHERE | THEIR_OWN


def test_every_address_stands_in_the_document() -> None:
    said = (Path(__file__).parents[3] / "docs" / "web.md").read_text(encoding="utf-8")
    for method, path in addresses():
        assert f"`{method} {path}`" in said, (method, path)


def cases() -> Iterator[tuple[str, str, str, str]]:
    for (method, path), who in itertools.product(ROUTES, EVERYBODY):
        for thing in THINGS if "_id}" in path else ("",):
            yield method, path, who, thing


SENT: dict[str, dict[str, Any]] = {
    "/works": {"prompt": "a bird", "model": "echo"},
    "/compare": {"prompt": "a bird", "models": ["echo", "ink"]},
    "/verify": {"sha256": "0" * 64},
    "/works/{work_id}/show": {"to": "everybody"},
    "/works/{work_id}/training": {"allow": "yes"},
    "/grow": {"parents": ["w_" + "a" * 12]},
}
"""What has to be sent along."""


def the_id(house: Any, method: str, path: str, who: str, thing: str) -> str:
    noun = next(n for n in ("work", "group", "person", "run") if f"{{{n}_id}}" in path)
    if thing == "malformed":
        return noun[0] + "_..secret'--"
    if thing == "missing":
        return new_id(noun)
    if noun == "person" and thing != "theirs":  # somebody who shows nothing
        return house.persons["stranger"]
    whose = who if thing == "theirs" else ("other" if who in ("owner", "manager") else "owner")
    if noun == "person":
        return house.persons[whose]
    if noun == "group":
        return house.group(whose)
    run = house.make(whose) if noun == "work" else house.ask(whose)
    if path.endswith(("still", "strip")):  # as if somebody had looked before; `test_pictures` looks
        sha = hashlib.sha256(house.film).hexdigest()
        picture = house.studio.files.derived(sha, path[-5:] + ".jpg")
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(b"a picture")
    return run.work_id if noun == "work" else run.id


@pytest.mark.parametrize(("method", "path", "who", "thing"), list(cases()))
def test_who_may(shared: Any, method: str, path: str, who: str, thing: str) -> None:
    needs, right = ROUTES[method, path]
    # Whoever has no place yet in this house has nothing there either.
    mine = "owner" if who == "nobody" else who
    address = path.replace("{doing}", "cancel" if "group" in path else "pause")
    if thing:
        name = the_id(shared, method, path, mine, thing)
        for noun in ("work", "run", "group", "person"):
            address = address.replace(f"{{{noun}_id}}", name)
    headers = {"Accept": "application/json"} | (shared.origin if method == "POST" else {})
    sent = SENT.get(path) if method == "POST" else None
    answer = shared.come(who).request(method, address, headers=headers, json=sent)
    if not needs:
        expected = right
    elif not RIGHTS[who]:
        expected = 401
    elif needs not in RIGHTS[who].split():
        expected = 403
    else:
        expected = right if thing in ("theirs", "") else 404
    assert answer.status_code == expected, answer.text
    if expected >= 400:
        assert set(answer.json()["error"]) == {"message", "hint"}


@pytest.mark.parametrize(("method", "path"), sorted(r for r in ROUTES if "_id}" in r[1]))
def test_missing_and_somebody_elses_look_the_same(shared: Any, method: str, path: str) -> None:
    said = set[bytes]()
    for thing in THINGS[1:]:
        name = the_id(shared, method, path, "guest", thing)
        ids = dict.fromkeys(("work_id", "run_id", "group_id", "person_id"), name)
        address = path.replace("{doing}", "cancel").format(**ids)
        answer = shared.come("guest").request(
            method,
            address,
            headers=shared.origin | {"Accept": "application/json"},
            json=SENT.get(path) if method == "POST" else None,
        )
        said.add(answer.content)
    assert len(said) == 1


def test_whoever_only_looks_is_no_person_yet(house: Any) -> None:
    def people() -> int:
        with house.studio.archive.read() as conn:
            return conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one()

    from starlette.testclient import TestClient

    before = people()
    passer = TestClient(house.app, f"http://{house.host}", client=("192.0.2.99", 1))
    assert passer.get("/").status_code == 200 and passer.get("/line").status_code == 200
    assert people() == before
    sent = {"prompt": "a bird", "model": "echo"}
    assert passer.post("/works", json=sent, headers=house.origin).status_code == 202
    assert people() == before + 1


def test_a_house_without_guests_lets_in_keys_alone(house: Any) -> None:
    house.policy("[door]\nguests = false\n")
    turned_away = house.come("guest").get("/")
    assert turned_away.status_code == 401 and "key" in turned_away.text
    assert turned_away.headers["WWW-Authenticate"].startswith("Bearer")
    assert house.come("member").get("/").status_code == 200
    assert house.come("owner").get("/").status_code == 200


def test_a_key_that_was_taken_back_opens_nothing(house: Any) -> None:
    from uncaged.archive import keys

    with house.studio.archive.read() as conn:
        found = keys.find(conn, house.secrets["member"])
    assert found is not None and house.come("member").get("/").status_code == 200
    house.studio.commit(lambda conn: keys.revoke(conn, found.id, house.studio.person, 1))
    assert house.come("member").get("/").status_code == 401


@pytest.mark.parametrize(
    "said",
    ["", "Bearer", "Bearer ", "Basic b3duZXI6", "Bearer uncaged_", "Bearer \u00e9", "uncaged_x"],
)
def test_a_key_that_is_none_is_never_the_owner(house: Any, said: str) -> None:
    owner = house.come("owner")
    assert owner.get("/", headers={"Authorization": said.encode()}).status_code == 401


def test_wrong_keys_are_counted(house: Any) -> None:
    house.policy("[door]\nrequests_a_minute = 3\n")
    nobody = house.come("nobody")
    assert [nobody.get("/").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert int(nobody.get("/").headers["Retry-After"]) >= 1
    assert house.come("reader").get("/").status_code == 200


def test_a_key_is_shown_once_and_a_cookie_stands_for_it(house: Any) -> None:
    from uncaged.archive import keys

    browser = house.come("guest")
    assert "sign in" in browser.get("/enter").text
    wrong = browser.post("/enter", data={"key": "uncaged_wrong"}, headers=house.origin)
    assert wrong.status_code == 401 and "set-cookie" not in wrong.headers
    secret = house.secrets["manager"]
    done = browser.post("/enter", data={"key": f" {secret} "}, headers=house.origin)
    said = done.headers["Set-Cookie"].lower()
    assert done.status_code == 303 and "httponly" in said and "samesite=lax" in said
    assert secret not in done.headers["Set-Cookie"]
    assert browser.get("/enter?as=json").json()["kind"] == "owner"
    assert browser.get("/metrics").status_code == 200
    crossing = {"Origin": "http://evil.example"}
    assert browser.post("/works", json={"prompt": "a"}, headers=crossing).status_code == 403
    with house.studio.archive.read() as conn:
        found = keys.find(conn, secret)
    assert found is not None
    house.studio.commit(lambda conn: keys.revoke(conn, found.id, house.studio.person, 1))
    assert browser.get("/metrics").status_code == 403
    assert browser.get("/enter?as=json").json()["kind"] == "guest"


def test_whoever_leaves_is_a_guest_again(house: Any) -> None:
    browser = house.come("guest")
    browser.post("/enter", data={"key": house.secrets["member"]}, headers=house.origin)
    assert browser.get("/enter?as=json").json()["name"] == "ana"
    browser.post("/leave", headers=house.origin)
    assert browser.get("/enter?as=json").json()["kind"] == "guest"
