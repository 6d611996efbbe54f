"""Who becomes a person, and when: by what is promised or kept, and by nothing that was refused."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from uncaged.archive import rooms
from uncaged.web import visitors

ECHO = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 1}
V1 = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "1"}
MISSING = "w_aaaaaaaaaaaa"


def people(house: Any) -> int:
    with house.studio.archive.read() as conn:
        return conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one()


def newcomer(house: Any, last: int = 9) -> TestClient:
    return TestClient(
        house.app,
        f"http://{house.host}",
        client=(f"192.0.2.{last}", 1),
        headers=house.origin | {"Accept": "application/json"},
        follow_redirects=False,
    )


def film(name: str) -> dict[str, Any]:
    return {"files": {"file": ("a.bin", b""), "purpose": (None, name)}}


REFUSED: list[tuple[str, dict[str, Any], int]] = [
    ("/works", {"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
    ("/works", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
    ("/works", {"json": ECHO | {"prompt": " "}}, 400),
    ("/works", {"json": ECHO | {"model": "none-such"}}, 404),
    ("/works", {"json": ECHO | {"size": [4096, 4096]}}, 400),
    ("/works", {"json": ECHO | {"lane": "batch"}}, 400),
    ("/works", {"json": ECHO | {"after": [MISSING]}}, 400),
    ("/works", {"json": ECHO | {"count": 5_000}}, 400),
    ("/works", {"json": ECHO | {"count": 900}}, 429),
    ("/works", {"json": ECHO, "headers": {"Idempotency-Key": "ü".encode()}}, 400),
    ("/works", {"files": {"picture": ("a.png", b"none"), "prompt": (None, "x")}}, 400),
    (f"/works/{MISSING}/delete", {}, 404),
    ("/runs/r_aaaaaaaaaaaa/cancel", {}, 404),
    ("/groups/g_aaaaaaaaaaaa/cancel", {}, 404),
    ("/v1/videos", {"json": V1 | {"model": "none-such"}}, 404),
    ("/v1/videos", {"json": V1 | {"size": "4096x4096"}}, 400),
    ("/v1/videos", {"json": V1 | {"prompt": ""}}, 400),
    ("/v1/videos", {"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
    ("/v1/videos", {"json": V1 | {"input_reference": {"file_id": "file_none"}}}, 404),
    (f"/v1/videos/{MISSING}/remix", {"json": {"prompt": "x"}}, 404),
    ("/v1/videos/characters", {"json": {}}, 400),
    ("/v1/images/generations", {"json": {"prompt": "x", "n": 99}}, 400),
    ("/v1/images/generations", {"json": {"prompt": ""}}, 400),
    ("/v1/files", film("vision"), 400),
    ("/v1/webhook_endpoints", {"json": {"url": "https://a.example/"}}, 403),
    ("/v1/webhook_endpoints/none/rotate_secret", {"json": {}}, 404),
]


@pytest.mark.parametrize(("path", "sent", "status"), REFUSED)
def test_what_is_refused_makes_nobody(
    shared: Any, path: str, sent: dict[str, Any], status: int
) -> None:
    shared.policy(
        "[door]\nguest_pictures = true\nrequests_a_minute = 1_000_000\n[class.guest]\nwaiting = 8\n"
    )
    before = people(shared)
    answer = newcomer(shared).post(path, **sent)
    assert answer.status_code == status, answer.text
    assert people(shared) == before


KEPT: dict[str, Callable[[TestClient], Any]] = {
    "a work": lambda one: one.post("/works", json=ECHO),
    "a form": lambda one: one.post(
        "/works", data=ECHO | {"once": "abc"}, headers={"Accept": "text/html"}
    ),
    "a group": lambda one: one.post("/works", json=ECHO | {"count": 2}),
    "a video": lambda one: one.post("/v1/videos", json=V1),
    "a file": lambda one: one.post("/v1/files", files={"file": ("a.bin", b"x")}),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_kept_makes_one_person_and_once(house: Any, what: str) -> None:
    house.policy("[door]\nguest_pictures = true\n")
    before = people(house)
    one = newcomer(house)
    for _ in range(2):
        answer = KEPT[what](one)
        assert answer.status_code in (200, 202, 303), answer.text
        assert people(house) == before + 1


def test_the_first_request_of_somebody_can_be_sent_again(house: Any) -> None:
    one, key = newcomer(house), {"Idempotency-Key": "the-first"}
    for path, body in (("/works", ECHO), ("/v1/videos", V1)):
        said = [one.post(path, json=body, headers=key).json()["id"] for _ in range(2)]
        assert said[0] == said[1]


def test_no_script_fills_a_room_in_seconds(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "NEWCOMERS", 3)
    room, token = house.room(visitors=50)
    statuses, said = list[int](), list[str]()
    for _ in range(5):
        one = newcomer(house)
        one.get(f"/rooms/enter?token={token}")
        assert one.post("/works", json=ECHO | {"prompt": " "}).status_code == 400
        answer = one.post("/works", json=ECHO)
        statuses.append(answer.status_code)
        said.append(answer.text)
    assert statuses == [202, 202, 202, 429, 429]
    assert "from one address" in said[-1]
    with house.studio.archive.read() as conn:
        assert rooms.get(conn, room.id).came == 3
    assert newcomer(house, 10).post("/works", json=ECHO).status_code == 202


def test_a_class_that_comes_by_a_room_s_door_is_no_flood(house: Any) -> None:
    """Each counts by themselves, also before they have made anything."""
    house.policy("[door]\nrequests_a_minute = 6\n")
    _room, token = house.room(50)
    crowd = [newcomer(house) for _ in range(5)]
    for one in crowd:
        assert one.get("/rooms/enter", params={"token": token}).status_code == 303
        assert [one.get("/line?as=json").status_code for _ in range(5)] == [200] * 5
    assert [crowd[-1].get("/line?as=json").status_code for _ in range(3)][-1] == 429
