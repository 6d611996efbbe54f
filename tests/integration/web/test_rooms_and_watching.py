"""Rooms: each visitor a person. And whoever watches over the studio: health and numbers."""

import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient


def visitor(house: Any, cookie: str | None = None) -> TestClient:
    cookies = None if cookie is None else {"uncaged_room": cookie}
    return TestClient(
        house.app,
        f"http://{house.host}",
        client=("203.0.113.50", 1),
        follow_redirects=False,
        cookies=cookies,
    )


def test_visitors_of_a_room_are_people_of_their_own(house: Any) -> None:
    _room, token = house.room()
    one, two = visitor(house), visitor(house)
    for client in (one, two):
        door = client.get(f"/rooms/enter?token={token}")
        assert door.status_code == 303 and door.headers["Location"] == "/"
        said = door.headers["Set-Cookie"].lower()
        assert "httponly" in said and "samesite=lax" in said and "secure" not in said
    sent = {"prompt": "a bird", "model": "echo"}
    work = one.post("/works", json=sent, headers=house.origin).json()["id"]
    assert one.get(f"/works/{work}").status_code == 200
    assert two.get(f"/works/{work}").status_code == 404
    assert one.cookies["uncaged_room"] != two.cookies["uncaged_room"]
    again = one.get(f"/rooms/enter?token={token}")
    assert again.cookies["uncaged_room"] == one.cookies["uncaged_room"]


def test_a_cookie_that_is_not_ours_is_nobodys(house: Any) -> None:
    _room, token = house.room()
    mine = visitor(house)
    mine.get(f"/rooms/enter?token={token}")
    cookie = mine.cookies["uncaged_room"]
    work = mine.post("/works", json={"prompt": "a", "model": "echo"}, headers=house.origin).json()[
        "id"
    ]
    assert visitor(house, cookie).get(f"/works/{work}").status_code == 200
    flipped = cookie[:-1] + ("0" if cookie[-1] != "0" else "1")
    for other in (flipped, cookie + "0", cookie.replace(".", ";"), "x.y.z", "", "." * 9):
        found = visitor(house, other)
        assert found.get(f"/works/{work}").status_code == 404


def test_a_closed_room_lets_nobody_in(house: Any) -> None:
    from uncaged.archive import rooms

    room, token = house.room()
    inside = visitor(house)
    inside.get(f"/rooms/enter?token={token}")
    sent = {"prompt": "a bird", "model": "echo"}
    work = inside.post("/works", json=sent, headers=house.origin).json()["id"]
    house.studio.commit(lambda c: rooms.close(c, room.id, house.studio.person, 1))
    assert visitor(house).get(f"/rooms/enter?token={token}").status_code == 401
    assert inside.get(f"/works/{work}").status_code == 404  # a guest by address again
    house.policy("[door]\nguests = false\n")
    assert inside.get("/").status_code == 401


def test_a_full_room_says_so(house: Any) -> None:
    _room, token = house.room(visitors=1)
    sent = {"prompt": "a bird", "model": "echo"}
    for status in (202, 429):
        client = visitor(house)
        client.get(f"/rooms/enter?token={token}")
        assert client.post("/works", json=sent, headers=house.origin).status_code == status


def test_a_token_is_tried_only_so_often(house: Any) -> None:
    house.policy("[door]\nrequests_a_minute = 3\n")
    tried = [visitor(house).get("/rooms/enter?token=guess").status_code for _ in range(4)]
    assert tried == [401, 401, 401, 429]


def test_health_names_what_is_wrong_to_the_owner_alone(house: Any) -> None:
    owner = house.come("owner").get("/healthz")
    assert owner.status_code == 503 and owner.json()["steward"] is False
    assert owner.json()["writable"] is owner.json()["writer"] is owner.json()["readable"] is True
    assert house.come("guest").get("/healthz").json() == {"well": False}
    assert house.come("member").get("/healthz").json() == {"well": False}
    assert house.come("manager").get("/healthz").json()["steward"] is False


def test_health_is_well_under_a_steward(house: Any) -> None:
    from uncaged.studio.stewardship import stewardship

    with stewardship(house.studio) as steward:
        assert steward is not None
        answer = house.come("guest").get("/healthz")
    assert answer.status_code == 200 and answer.json() == {"well": True}


STEWARD = """
import sys, time
from pathlib import Path
from uncaged.core.settings import Settings
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import open_studio
with open_studio(settings=Settings(home=Path(sys.argv[1]), fsync=False)) as studio, stewardship(studio):
    print("here", flush=True)
    time.sleep(60)
"""


def test_health_and_the_doctor_see_that_a_steward_was_stopped(house: Any) -> None:
    from uncaged.studio import doctor
    from uncaged.studio.signs import SILENT
    from uncaged.studio.stewardship import why_nobody_performs

    owner, home = house.come("owner"), house.studio.settings.home
    with subprocess.Popen(
        [sys.executable, "-c", STEWARD, str(home)], stdout=subprocess.PIPE, text=True
    ) as steward:
        try:
            assert steward.stdout is not None and steward.stdout.readline() == "here\n"
            assert owner.get("/healthz").status_code == 200
            assert why_nobody_performs(house.studio) == ""
            steward.send_signal(signal.SIGSTOP)
            deadline = time.monotonic() + 30
            while (answer := owner.get("/healthz")).status_code == 200:
                assert time.monotonic() < deadline, "nobody saw it"
                time.sleep(0.1)
            assert answer.status_code == 503
            assert answer.json()["steward"] is True and answer.json()["steward_silent"] >= SILENT
            with ThreadPoolExecutor() as two:
                line = two.submit(why_nobody_performs, house.studio)
                found = list(doctor._line(house.studio))  # pyright: ignore[reportPrivateUsage] - what the command prints first
                assert "has given no sign for 3 seconds" in line.result(20)
            assert [(one.name, one.state) for one in found] == [("steward", "broken")]
            steward.send_signal(signal.SIGCONT)
            while owner.get("/healthz").status_code != 200:
                assert time.monotonic() < deadline, "nobody saw that it goes on"
                time.sleep(0.1)
        finally:
            steward.kill()
    assert why_nobody_performs(house.studio).startswith("Nobody performs now")


def test_health_sees_a_dead_writer_and_a_bad_policy(house: Any) -> None:
    house.policy("[class.gest]\n")
    house.studio.writer.close()
    seen = house.come("owner").get("/healthz").json()
    assert seen["writer"] is seen["writable"] is False and seen["readable"] is True
    assert "gest" in seen["policy_mistake"]
    sent = {"prompt": "a bird", "model": "echo"}
    stopping = house.come("owner").post("/works", json=sent, headers=house.origin)
    assert stopping.status_code == 503 and "stopping" in stopping.json()["error"]["message"]


LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+')


def test_metrics_are_numbers_alone(house: Any) -> None:
    house.ask("member", "a secret bird")
    house.make("guest")
    house.come("guest").get("/works/w_" + "a" * 12)
    house.come("member").post("/works", json={"prompt": "a fox", "model": "echo"})
    text = house.come("manager").get("/metrics").text
    assert text.endswith("# EOF\n")
    for line in text.splitlines():
        assert line.startswith("# ") or LINE.fullmatch(line), line
    assert 'uncaged_runs{state="queued",lane="interactive"} 2' in text
    assert 'uncaged_runs{state="completed",lane="interactive"} 1' in text
    assert 'route="/works/{work_id}",status="404"} 1' in text
    assert "uncaged_commit_seconds_count 1" in text
    assert "w_" not in text.replace("uncaged_", "") and "secret" not in text and "203." not in text


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/style.css", "/openapi.json"])
def test_what_programs_read_answers_head(shared: Any, path: str) -> None:
    answer = shared.come("owner").head(path)
    assert answer.status_code in (200, 503) and answer.content == b""
