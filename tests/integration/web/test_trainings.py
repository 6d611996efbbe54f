"""Trainings on the pages: how one stands, what it has learned, stopping it, going on; its model beside the others."""

import re
import threading
from typing import Any

import pytest

from uncaged.archive import runs, works
from uncaged.core.order import Event, Learned
from uncaged.studio import learning, lessons, shelf, standing
from uncaged.studio.learning import Wish
from uncaged.studio.stewardship import stewardship
from uncaged.training.seedling import trainer

JSON = {"Accept": "application/json"}


def ask(house: Any, name: str = "mine", **recipe: Any) -> runs.Run:
    return learning.ask(house.studio, Wish("echo", {"steps": 8, "number": 5.0} | recipe, name))


def perform(house: Any, run: runs.Run, at: int = 0) -> None:
    """To its end, or until it is cancelled after this step."""

    def watch(event: Event) -> None:
        if at and isinstance(event, Learned) and event.facts["step"] == at:
            standing.cancel(house.studio, run.id)

    with stewardship(house.studio) as steward:
        assert steward is not None
        steward.perform(run.id, watch, threading.Event())


def test_its_page_says_how_it_stands_and_what_it_has_learned(house: Any) -> None:
    run = ask(house)
    owner = house.come("owner")
    waits = owner.get(f"/runs/{run.id}")
    assert waits.status_code == 200
    assert "training mine with echo" in waits.text and "data-events" in waits.text
    assert 'http-equiv="refresh"' in waits.text  # without script
    assert owner.get(f"/runs/{run.id}/preview").status_code == 404
    perform(house, run)
    page = owner.get(f"/runs/{run.id}").text
    assert "The model is on the shelf." in page and "<polyline" in page
    assert "assumed, not measured" in page and "samples a second" in page
    record = owner.get(f"/runs/{run.id}", headers=JSON).json()
    assert (record["kind"], record["text"]) == ("training", "training mine with echo")
    lesson = record["training"]
    assert (lesson["name"], lesson["step"], lesson["kept"]) == ("mine", 8, 8)
    assert [curve["name"] for curve in lesson["curves"]] == ["held_loss", "loss"]
    assert lesson["curves"][1]["points"][0] == [1.0, 2.5] and lesson["model"].startswith("m_")
    picture = owner.get(lesson["preview"]["url"])
    assert picture.content.startswith(b"\x89PNG") and picture.headers["Cache-Control"].startswith(
        "private"
    )


def test_it_is_nobody_elses(house: Any) -> None:
    run = ask(house)
    perform(house, run)
    for who in ("guest", "member"):
        for path in (f"/runs/{run.id}", f"/runs/{run.id}/preview"):
            assert house.come(who).get(path).status_code == 404


def test_it_is_stopped_and_goes_on_by_the_page(house: Any) -> None:
    run = ask(house, pause=0.05, steps=200)
    perform(house, run, at=4)
    owner = house.come("owner")
    page = owner.get(f"/runs/{run.id}").text
    assert "it can go on from there" in page and "go on with it" in page
    assert f"uncaged train --on {run.id}" in page
    done = owner.post(f"/runs/{run.id}/again", headers=house.origin)
    assert done.status_code == 303
    on = done.headers["Location"].removeprefix("/runs/")
    again = standing.look(house.studio, on)
    assert again.task is not None and again.task.begun == run.id and again.state == "queued"
    twice = owner.post(f"/runs/{run.id}/again", headers=house.origin | JSON)
    assert twice.status_code == 400 and "not over yet" in twice.json()["error"]["message"]
    gone = owner.post(f"/runs/{on}/cancel", headers=house.origin | JSON)
    assert gone.json()["state"] == "cancelled"
    (line,) = owner.get("/trainings", headers=JSON).json()["trainings"]
    assert line["run"] == on and line["runs"] == 2
    assert "the last of 2 runs" in owner.get("/trainings").text


def test_the_line_says_trainings_in_words(house: Any) -> None:
    run = ask(house)
    mine = house.come("owner").get("/line?lane=batch", headers=JSON).json()["rows"]
    assert [row["text"] for row in mine] == ["training mine with echo"]
    assert mine[0]["work"] is None and mine[0]["run"] == run.id and "a training" in mine[0]["why"]
    others = house.come("member").get("/line?lane=batch", headers=JSON).json()["rows"]
    assert others[0]["text"] is None and others[0]["run"] is None
    assert "a training" in others[0]["why"] and "mine" not in str(others)
    page = house.come("owner").get("/line?lane=batch").text
    assert f'href="/runs/{run.id}"' in page and "/works/None" not in page


def test_a_model_of_one_s_own_is_played_by_the_form(house: Any) -> None:
    perform(house, ask(house))
    owner = house.come("owner")
    models = owner.get("/models", headers=JSON).json()["models"]
    own = next(model for model in models if model["name"] == "mine")
    assert own["engine"] == "echo" and "the number" in own["summary"]
    page = owner.get("/models").text
    assert 'id="mine"' in page and "performed by" in owner.get("/models/mine").text
    assert re.search(r'<option[^>]*value="mine"|value="mine"', owner.get("/?model=mine").text)
    form = {"prompt": "a bird", "model": "mine", "mine.shift": "2", "size": "64x64"}
    made = owner.post("/works", data=form | {"seconds": "0.5"}, headers=house.origin)
    assert made.status_code == 303
    work = owner.get(made.headers["Location"], headers=JSON).json()
    assert work["model"] == "mine" and work["score"]["options"]["shift"] == 2
    assert work["made_by"]["summary"] == own["summary"]
    asked = owner.post("/works", json={"prompt": "a", "model": "mine"}, headers=house.origin | JSON)
    assert asked.status_code == 202
    nobody = owner.post(
        "/works", data={"prompt": "a", "model": "mien"}, headers=house.origin | JSON
    )
    assert nobody.status_code == 404 and "mine" in nobody.json()["error"]["hint"]


def test_a_model_that_was_taken_off_is_said_to_be(house: Any) -> None:
    run = ask(house)
    perform(house, run)
    owner = house.come("owner")
    assert "The model is on the shelf." in owner.get(f"/runs/{run.id}").text
    assert run.task is not None
    shelf.remove(house.studio, run.task.name)
    page = owner.get(f"/runs/{run.id}").text
    assert "taken off the shelf since" in page and "make a film with it" not in page


def test_it_is_begun_by_a_form(house: Any) -> None:
    owner = house.come("owner")
    page = owner.get("/trainings").text
    assert (
        "from nothing: seedling" in page
        and "None yet." in page
        and 'href="/trainings"' in (owner.get("/models").text)
    )
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    form = {"from": "echo", "minutes": "0.02", "name": "mine", "more": "steps=8\nnumber=5"}
    form["once"] = once[1]
    asked = owner.post("/trainings", data=form, headers=house.origin)
    assert asked.status_code == 303
    twice = owner.post("/trainings", data=form, headers=house.origin)
    assert twice.headers["Location"] == asked.headers["Location"]
    run = standing.look(house.studio, asked.headers["Location"].removeprefix("/runs/"))
    assert run.task is not None and run.task.recipe["steps"] == 8 and run.task.name == "mine"
    perform(house, run)
    page = owner.get("/trainings").text
    assert "where mine ended" in page and "/?model=mine" in page and run.id in page
    wish = {"from": "mine", "minutes": 1, "name": "second"}
    on = owner.post("/trainings", json=wish, headers=house.origin | JSON)
    assert on.status_code == 201 and on.json()["training"]["name"] == "second"
    rows = owner.get("/trainings", headers=JSON).json()["trainings"]
    assert {row["name"]: row["here"] for row in rows} == {"second": False, "mine": True}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"from": "sedling"}, "no training called"),
        ({"from": ""}, "What is to be trained?"),
        ({"from": "echo", "minutes": "soon"}, "no number of minutes"),
        ({"from": "echo", "minutes": "-1"}, "minutes"),
        ({"from": "echo", "minutes": "nan"}, "minutes"),
        ({"from": "echo", "minutes": "9" * 400}, "minutes"),
        ({"from": "seedling", "more": 'emphasis=[["a","x"]]'}, "emphasis"),
        ({"from": "echo", "more": "steps"}, "A change is a name and a value"),
        ({"from": "echo", "more": "steps=1e999"}, "steps"),
        ({"from": "echo", "name": "ink"}, "built-in"),
    ],
    ids=str,
)
def test_a_form_that_cannot_be_is_shown_again(
    house: Any, said: dict[str, str], sentence: str
) -> None:
    owner = house.come("owner")
    back = owner.post("/trainings", data=said, headers=house.origin)
    assert back.status_code in (400, 404) and sentence in back.text and 'role="alert"' in back.text
    for name in ("minutes", "name"):
        assert not said.get(name) or f'value="{said[name]}"' in back.text
    program = owner.post("/trainings", json=said, headers=house.origin | JSON)
    assert program.status_code == back.status_code and "error" in program.json()


def test_what_differs_is_shown_and_accepted_on_the_page(house: Any) -> None:
    run = ask(house, pause=0.05, steps=200)
    perform(house, run, at=4)
    owner = house.come("owner")
    assert f"/trainings?from={run.id}" in owner.get(f"/runs/{run.id}").text
    page = owner.get(f"/trainings?from={run.id}").text
    assert f"where {run.id} ended" in page and 'name="accept"' in page
    form = {"from": run.id, "more": "number=9"}
    shown = owner.post("/trainings", data=form, headers=house.origin)
    assert shown.status_code == 400 and "was begun differently" in shown.text
    assert "number" in shown.text and 'name="accept"' in shown.text and "number=9" in shown.text
    done = owner.post("/trainings", data=form | {"accept": "yes"}, headers=house.origin)
    assert done.status_code == 303
    on = standing.look(house.studio, done.headers["Location"].removeprefix("/runs/"))
    assert on.task is not None and on.task.accepted and on.task.begun == run.id
    assert on.task.recipe["number"] == 9
    other = house.come("member").get(f"/trainings?from={run.id}").text
    assert f"where {run.id} ended" not in other


def test_guests_never_train_and_nobody_sees_anothers(house: Any) -> None:
    run = ask(house)
    guest = house.come("guest")
    page = guest.get("/trainings").text
    assert "by people who stay here" in page and '<form action="/trainings' not in page
    assert run.id not in page and run.id not in house.come("member").get("/trainings").text
    refused = guest.post("/trainings", data={"from": "echo"}, headers=house.origin)
    assert refused.status_code == 403 and "people who stay here" in refused.text


def test_what_a_trainer_misses_stands_on_the_page(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "find_spec", lambda name: None)
    page = house.come("owner").get("/trainings").text
    assert "not installed here" in page and "uncaged[training]" in page
    assert "from nothing: echo" in page and "from nothing: seedling" not in page


def test_a_model_of_one_s_own_is_played_over_the_interface_for_programs(house: Any) -> None:
    perform(house, ask(house))
    owner, wire = house.come("owner"), house.origin | JSON
    listed = {row["id"]: row for row in owner.get("/v1/models").json()["data"]}
    assert "shift" in listed["mine"]["dials"] and "the number" in listed["mine"]["summary"]
    assert owner.get("/v1/models/mine").json() == listed["mine"]
    wish = {"prompt": "a bird", "model": "mine", "size": "64x64", "seconds": "0.5"}
    made = owner.post("/v1/videos", json=wish, headers=wire)
    assert made.status_code == 200 and made.json()["model"] == "mine"
    with house.studio.archive.read() as conn:
        run = runs.get(conn, works.get(conn, house.studio.person, made.json()["id"]).run_id)
    perform(house, run)
    again = {"prompt": "brighter", "video": {"id": run.work_id}}
    edited = owner.post("/v1/videos/edits", json=again, headers=wire)
    assert edited.status_code == 200 and edited.json()["model"] == "mine"
    nobody = owner.post("/v1/videos", json=wish | {"model": "mien"}, headers=wire)
    assert nobody.status_code == 404 and "mine" in nobody.json()["error"]["message"]
    shelf.remove(house.studio, "mine")
    gone = owner.post("/v1/videos/edits", json=again, headers=wire)
    assert gone.status_code == 400 and "not here" in gone.json()["error"]["message"]
    assert owner.get("/v1/models/mine").status_code == 404


def test_strange_facts_break_no_page(house: Any) -> None:
    run = ask(house)
    place = lessons.folder(house.studio, run.id)
    place.mkdir(parents=True)
    lessons.note(place, {"step": 1, "<script>": "<b>", "loss": 1e300, "words": "a\u202eb"}, 5)
    lessons.note(place, {"step": 2, "loss": 1e300, "deep": {"a": [1]}, "flag": True}, 6)
    (place / "preview.png").write_bytes(b"no picture")
    page = house.come("owner").get(f"/runs/{run.id}")
    assert page.status_code == 200
    assert '<th scope="row">&lt;script&gt;</th>' in page.text and "&lt;b&gt;</td>" in page.text
    assert (
        house.come("owner").get(f"/runs/{run.id}", headers=JSON).json()["training"]["preview"]
        is None
    )


@pytest.mark.parametrize(
    "path", ["/works", "/films", "/", "/me", "/metrics", "/works?state=failed"]
)
def test_other_pages_pass_trainings_by(house: Any, path: str) -> None:
    failed = ask(house, "unlucky", nan_at=3)
    perform(house, failed)
    perform(house, ask(house))
    ask(house, "waits")
    page = house.come("owner").get(path)
    assert page.status_code == 200
    assert "/works/None" not in page.text
