"""The open door on the pages: who sees what, who comes in, who is told that it is closed, and by which way."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from uncaged.studio import open_door
from uncaged.studio.open_door import Found, Note, Terms

ASKED = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 1}
JSON = {"Accept": "application/json"}


def looks_again(house: Any) -> None:
    """As if a second had passed."""
    house.app.state.web.openings._read = float("-inf")
    house.app.state.web.common.clear()


def opened(house: Any, seconds: float = 3600.0) -> tuple[Any, str]:
    """The door, open, and the token in its address."""
    opening = open_door.begin(house.studio, Terms(None, "0.0.0.0"), seconds)
    looks_again(house)
    return opening, open_door.token(house.studio, opening.id)


def closed(house: Any, finished: bool = False) -> None:
    opening = open_door.close(house.studio)
    if finished:
        open_door.finish(house.studio, opening.id)
    looks_again(house)


def visitor(house: Any, address: str = "203.0.113.50") -> TestClient:
    """Another browser behind the same address."""
    return TestClient(
        house.app, f"http://{house.host}", client=(address, 1), follow_redirects=False
    )


def test_before_anything_was_opened(house: Any) -> None:
    page = house.come("guest").get("/open")
    assert page.status_code == 200 and "has not been opened" in page.text
    assert house.come("guest").get("/open", headers=JSON).json()["state"] == "never"
    assert "uncaged open --for 3h" in house.come("owner").get("/open").text
    assert "uncaged open" not in page.text


def test_the_page_shows_address_code_time_and_numbers(house: Any) -> None:
    opening, token = opened(house)
    said = Note("uncaged open", (Found("an owner", "<moss>"),), "http://10.0.0.9:8484")
    open_door.note(house.studio, opening, said)
    house.ask("guest", "secret words")
    page = house.come("guest").get("/open").text
    assert f"/open/{token}" in page and '<svg class="qr"' in page
    assert "10.0.0.9:8484" in page and "&lt;moss&gt;" in page
    assert 'http-equiv="refresh" content="30"' in page
    assert "secret words" not in page and "close the door now" not in page
    assert 'http-equiv="refresh"' not in house.come("guest").get("/open?still=1").text
    view = house.come("guest").get("/open", headers=JSON).json()
    assert view["state"] == "open" and 3590 < view["left"] <= 3600
    assert view["inside"] == {
        "people": 1,
        "waiting": 1,
        "going": 0,
        "done": 0,
        "made": 0,
        "first": 1,
        "longest": view["inside"]["longest"],
        "most": 0,
        "shown": 0,
    }
    squares = re.search(r'class="lane bar"[^>]*>([■□]+)<', page)
    assert squares is not None and len(squares[1]) <= 36


def test_first_page_and_line_say_how_long(house: Any) -> None:
    assert "door-line" not in house.come("guest").get("/").text
    opened(house)
    for path in ("/", "/line"):
        assert "The door is open" in house.come("guest").get(path).text
    assert "door-line" not in house.come("guest").get("/enter").text
    closed(house)
    assert "The door is closed." in house.come("guest").get("/line").text


def test_by_the_address_each_is_a_person(house: Any) -> None:
    _opening, token = opened(house)
    found = set[str]()
    for client in (visitor(house), visitor(house)):
        door = client.get(f"/open/{token.upper()}")  # as a phone's keyboard begins
        assert door.status_code == 303 and door.headers["Location"] == "/"
        made = client.post("/works", json=ASKED, headers=house.origin)
        assert made.status_code == 202
        found.add(made.json()["id"])
    with house.studio.archive.read() as conn:
        people = conn.exec_driver_sql(
            "SELECT count(DISTINCT person_id) FROM works WHERE id IN (?, ?)", tuple(found)
        ).scalar_one()
    assert people == 2
    assert visitor(house).get("/open/aaaaaaaa").status_code == 401
    assert visitor(house).get(f"/open/{'x' * 300}").status_code == 401


@pytest.mark.parametrize("who", ["guest", "member", "room"])
def test_once_closed_nobody_new_makes_anything(house: Any, who: str) -> None:
    _opening, token = opened(house)
    if who == "member":  # held up by a web that was started for the opening alone
        before = house.come(who).post("/works", json=ASKED, headers=house.origin)
        closed(house)
        after = house.come(who).post("/works", json=ASKED, headers=house.origin)
        assert (before.status_code, after.status_code) == (202, 202)
        return
    client = visitor(house) if who == "room" else house.come(who)
    if who == "room":
        client.get(f"/open/{token}")
    first = client.post("/works", json=ASKED, headers=house.origin)
    assert first.status_code == 202
    closed(house)
    refused = client.post("/works", json=ASKED, headers=house.origin)
    assert refused.status_code == 403 and "The door closed at" in refused.json()["error"]["message"]
    form = client.post("/works", data=ASKED, headers=house.origin | {"Accept": "text/html"})
    assert form.status_code == 403 and "The door closed at" in form.text and "a bird" in form.text
    many = client.post("/works", json=ASKED | {"count": 3}, headers=house.origin)
    assert many.status_code == 403
    wire = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "1"}
    for path in ("/v1/videos", "/v1/images/generations"):
        sent = wire if path.endswith("videos") else {"prompt": "a bird", "model": "echo"}
        answer = client.post(path, json=sent, headers=house.origin)
        assert answer.status_code == 403, answer.text
        assert answer.json()["error"]["code"] == "door_closed"
    run = first.json()["run"]["id"]
    cancelled = client.post(f"/runs/{run}/cancel", headers=house.origin | JSON)
    assert cancelled.status_code == 200  # what is one's own stays so
    again = client.post(f"/runs/{run}/again", headers=house.origin | JSON)
    assert again.status_code == 403 and "door closed" in again.text


def test_who_keeps_the_house_may_still_make(house: Any) -> None:
    opened(house)
    closed(house)
    for who in ("owner", "manager"):
        made = house.come(who).post("/works", json=ASKED, headers=house.origin)
        assert made.status_code == 202


def test_after_the_end_only_its_visitors_are_kept_from_making(house: Any) -> None:
    _opening, token = opened(house)
    inside = visitor(house)
    inside.get(f"/open/{token}")
    mine = inside.post("/works", json=ASKED, headers=house.origin).json()["id"]
    closed(house, finished=True)
    assert inside.get(f"/works/{mine}").status_code == 200  # found again by the same browser
    assert inside.post("/works", json=ASKED, headers=house.origin).status_code == 403
    late = visitor(house)
    assert late.get(f"/open/{token}").status_code == 303
    assert late.post("/works", json=ASKED, headers=house.origin).status_code == 403
    assert house.come("guest").post("/works", json=ASKED, headers=house.origin).status_code == 202


def test_its_time_closes_it_without_anybody(house: Any) -> None:
    opening, _token = opened(house)
    with house.studio.archive.write() as conn:
        conn.exec_driver_sql("UPDATE openings SET until = began + 1 WHERE id = ?", (opening.id,))
    looks_again(house)
    assert house.come("guest").get("/open", headers=JSON).json()["state"] == "closing"
    refused = house.come("guest").post("/works", json=ASKED, headers=house.origin)
    assert refused.status_code == 403


def test_keepers_have_two_buttons(house: Any) -> None:
    opened(house)
    for who in ("owner", "manager"):
        page = house.come(who).get("/open").text
        assert "close the door now" in page and "uncaged open --longer 30m" in page
    keeper = house.come("manager")
    before = keeper.get("/open", headers=JSON).json()["until"]
    longer = keeper.post("/open", data={"do": "longer"}, headers=house.origin)
    assert longer.status_code == 303 and longer.headers["Location"] == "/open"
    after = keeper.get("/open", headers=JSON).json()["until"]
    assert after - before == open_door.LONGER * 1e6
    for _press in range(2):  # twice is once
        done = keeper.post("/open", data={"do": "close"}, headers=house.origin | JSON)
        assert done.status_code == 200 and done.json()["state"] == "closing"
    late = keeper.post("/open", data={"do": "longer"}, headers=house.origin | JSON)
    assert late.status_code == 400 and "closed already" in late.text


@pytest.mark.parametrize(
    "data", [{}, {"do": ""}, {"do": "burn"}, {"do": "x" * 5000}, {"done": "close"}]
)
def test_what_the_door_cannot_be_told(house: Any, data: dict[str, str]) -> None:
    opened(house)
    answer = house.come("owner").post("/open", data=data, headers=house.origin | JSON)
    assert answer.status_code in (400, 413)
    assert house.come("owner").get("/open", headers=JSON).json()["state"] == "open"


def test_a_press_from_elsewhere_is_refused(house: Any) -> None:
    opened(house)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = house.come("owner").post("/open", data={"do": "close"}, headers=headers)
        assert answer.status_code == 403
    assert house.come("owner").get("/open", headers=JSON).json()["state"] == "open"


def test_a_web_that_stays_after_an_opening_only_shows(house: Any) -> None:
    from uncaged.web.app import create_app

    opened(house)
    closed(house, finished=True)
    app = create_app(house.studio, hosts=frozenset({house.host}), local=True, read_only=True)
    guest = TestClient(app, f"http://{house.host}", client=("203.0.113.7", 1))
    assert guest.get("/").status_code == 200
    assert guest.post("/works", json=ASKED, headers=house.origin).status_code == 403
