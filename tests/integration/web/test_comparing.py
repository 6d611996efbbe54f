"""Models are compared by the page: ticked, asked as near as each can, once, by whoever may; then side by side."""

import re
from typing import Any

from uncaged.studio import shelf

JSON = {"Accept": "application/json"}
TWO: dict[str, Any] = {"prompt": "a heron wades", "models": ["echo", "seedling"], "each": "2"}


def test_a_form_asks_what_the_command_asks(house: Any) -> None:
    owner = house.come("owner")
    page = owner.get("/compare").text
    assert len(re.findall(r'type="checkbox" name="models"', page)) == len(
        shelf.players(house.studio)
    )
    assert page.count("checked") == 2 and "uncaged compare" in page and "<script" not in page
    form = TWO | {"size": "300x200", "seconds": "1,5", "seed": "7", "once": "abc"}
    asked = owner.post("/compare", data=form, headers=house.origin)
    assert asked.status_code == 303
    view = owner.get(asked.headers["Location"], headers=JSON).json()
    assert view["kind"] == "compare" and view["count"] == 4
    first, second = view["beside"]
    assert (first["model"], first["film"], first["size"]) == ("echo", 1.5, [300, 200])
    assert second["model"] == "seedling" and second["film"] == 2.0  # the nearest that it makes
    assert [(p["model"], p["seed"], p["row"]) for p in view["parts"]] == [
        ("echo", 7, 1),
        ("seedling", 7, 1),
        ("echo", 8, 2),
        ("seedling", 8, 2),
    ]
    page = owner.get(asked.headers["Location"]).text
    assert page.count('class="reel sheet-of beside"') == 2
    assert "/compare?models=echo%2Cseedling" in page
    again = owner.post("/compare", data=form, headers=house.origin)
    assert again.headers["Location"] == asked.headers["Location"]
    changed = owner.post("/compare", data=form | {"each": "1"}, headers=house.origin)
    assert changed.status_code == 303
    assert changed.headers["Location"] != asked.headers["Location"]


def test_what_came_to_nothing_is_said_beside_what_was_made(house: Any) -> None:
    owner = house.come("owner")
    place = owner.post("/compare", data=TWO, headers=house.origin).headers["Location"]
    before = owner.get(place, headers=JSON).json()["beside"]
    assert [(one["made"], one["ended"]) for one in before] == [(0, 0), (0, 0)]
    assert "not made yet" in owner.get(place).text
    assert owner.post(f"{place}/cancel", headers=house.origin).status_code in (200, 303)
    after = owner.get(place, headers=JSON).json()["beside"]
    assert [(one["made"], one["ended"]) for one in after] == [(0, 2), (0, 2)]
    page = owner.get(place).text
    assert page.count("2 that came to nothing") == 2 and "not made yet" not in page


def test_a_program_is_told_what_was_changed_for_whom(house: Any) -> None:
    owner, key = house.come("owner"), {"Idempotency-Key": "one"}
    sent = TWO | {"size": "8000x16", "seconds": 3, "each": 1}
    asked = owner.post("/compare", json=sent, headers=house.origin | key)
    assert asked.status_code == 202 and asked.headers["Location"] == f"/groups/{asked.json()['id']}"
    told = asked.json()["notes"]
    assert any(note.startswith("echo: It makes 4096x16") for note in told)
    assert any(note.startswith("seedling: It makes 2 s") for note in told)
    seeds = {part["seed"] for part in asked.json()["parts"]}
    assert len(seeds) == 1  # nobody said one: it is the same for all
    again = owner.post("/compare", json=sent, headers=house.origin | key)
    assert again.json()["id"] == asked.json()["id"]


def test_what_cannot_be_asked_comes_back_as_it_was_typed(house: Any) -> None:
    owner = house.come("owner")
    form = TWO | {"models": ["echo"], "negative": "hats & coats"}
    back = owner.post("/compare", data=form, headers=house.origin)
    assert back.status_code == 400 and "Compare 2 to 12 models, not 1." in back.text
    assert "a heron wades" in back.text and "hats &amp; coats" in back.text
    assert back.text.count(" checked") == 1
    nothing = owner.post("/compare", data={"prompt": "x"}, headers=house.origin)
    assert nothing.status_code == 400 and " checked" not in nothing.text
    for wrong, says in (
        ({"models": ["echo", "nosuch"]}, 404),
        ({"each": "0"}, 400),
        ({"each": "5000"}, 400),
        ({"size": "large"}, 400),
        ({"seconds": "soon"}, 400),
        ({"size": "0x0"}, 400),
        ({"fps": "0"}, 400),
        ({"seed": "-1"}, 400),
        ({"models": [1, 2]}, 400),
    ):
        answer = owner.post("/compare", json=TWO | wrong, headers=house.origin)
        assert answer.status_code == says, (wrong, answer.text)
        assert answer.json()["error"]["message"]
    with house.studio.archive.read() as conn:
        count = conn.exec_driver_sql("SELECT count(*) FROM groups").scalar_one()
    assert count == 0


def test_pictures_are_compared_too_and_nothing_said_plays_the_line_in_grey(house: Any) -> None:
    guest = house.come("guest")
    form = {"what": "picture", "models": ["echo", "ink"], "prompt": " ", "if_empty": "a red fish"}
    asked = guest.post("/compare", data=form, headers=house.origin)
    view = guest.get(asked.headers["Location"], headers=JSON).json()
    assert view["pictures"] and {part["text"] for part in view["parts"]} == {"a red fish"}
    assert house.come("other").get(asked.headers["Location"]).status_code == 404


def test_models_come_ticked_by_the_address(house: Any) -> None:
    view = house.come("owner").get("/compare?models=ink,nosuch&prompt=hey", headers=JSON).json()
    assert [one["name"] for one in view["models"] if one["ticked"]] == ["ink"]
    makes = {one["name"]: one["makes"] for one in view["models"]}
    assert view["typed"]["prompt"] == "hey" and "always 2 seconds" in makes["seedling"]
