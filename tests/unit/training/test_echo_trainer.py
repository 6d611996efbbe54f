"""The double of a trainer: it learns, goes on from its checkpoints, and fails as it is told to."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong, NotFound, RunFailed
from uncaged.core.order import Done, Event, Learned, Preview, Progress, Trained
from uncaged.core.task import Task
from uncaged.training.echo import RESULT, STATE, EchoTrainer
from uncaged.training.registry import TRAINERS, trainer

ECHO = EchoTrainer()


def task(folder: Path, source: str = "", **recipe: Any) -> Task:
    return Task("echo", ECHO.recipe(recipe, None), "mine", folder=str(folder), source=source)


def steps(events: list[Event]) -> list[int]:
    return [event.facts["step"] for event in events if isinstance(event, Learned)]


def test_it_learns_a_number_and_writes_a_model(tmp_path: Path) -> None:
    events = list(ECHO.learn(task(tmp_path, number=7.0, steps=30)))
    assert steps(events) == list(range(1, 31))
    assert isinstance(events[0], Progress) and isinstance(events[-1], Done)
    assert any(isinstance(event, Preview) for event in events)
    trained = events[-2]
    assert isinstance(trained, Trained) and trained.manifest["engine"] == "echo"
    assert set(trained.manifest["files"]) == {"number.json", "data.json"}
    learned = json.loads((tmp_path / RESULT / "number.json").read_text())
    assert learned["number"] == pytest.approx(7.0, abs=1e-6)


def test_stopped_it_keeps_a_checkpoint_and_goes_on_from_it(tmp_path: Path) -> None:
    events = ECHO.learn(task(tmp_path, steps=30, save_every=1000))
    with contextlib.closing(events):
        seen = [next(events) for _ in range(8)]
    stopped = steps(seen)[-1]
    assert json.loads((tmp_path / STATE).read_text())["step"] == stopped
    again = steps(list(ECHO.learn(task(tmp_path, steps=30))))
    assert again == list(range(stopped + 1, 31))


def test_another_begins_from_the_end_of_one(tmp_path: Path) -> None:
    list(ECHO.learn(task(tmp_path / "one", number=8.0, steps=12)))
    events = list(ECHO.learn(task(tmp_path / "two", str(tmp_path / "one"), number=8.0, steps=2)))
    first = next(event for event in events if isinstance(event, Learned))
    assert first.facts["step"] == 1 and first.facts["loss"] < 0.01


def test_what_goes_wrong_leaves_the_last_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match="nan"):
        list(ECHO.learn(task(tmp_path, nan_at=7)))
    assert json.loads((tmp_path / STATE).read_text())["step"] == 6
    with pytest.raises(OSError, match="space"):
        list(ECHO.learn(task(tmp_path, full_at=9)))
    assert json.loads((tmp_path / STATE).read_text())["step"] == 8


@pytest.mark.parametrize(
    "asked",
    [{"foo": 1}, {"steps": 0}, {"steps": "3"}, {"steps": True}, {"size": "xl"}, {"minutes": -1}],
    ids=str,
)
def test_what_a_recipe_does_not_have_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(AskedWrong):
        ECHO.recipe(asked, None)


def test_minutes_become_the_length_of_its_steps() -> None:
    recipe = ECHO.recipe({"minutes": 0.5, "steps": 10}, None)
    assert ECHO.seconds(recipe) == pytest.approx(30.0)


def test_only_what_changes_the_learning_differs() -> None:
    one = ECHO.recipe({}, None)
    assert ECHO.differences(one, ECHO.recipe({"pause": 1.0, "die_at": 3}, None)) == []
    assert ECHO.differences(one, ECHO.recipe({"steps": 50}, None)) == [("steps", "40", "50")]


def test_trainers_are_found_by_name() -> None:
    assert trainer("echo").name == "echo" and "seedling" in TRAINERS
    with pytest.raises(NotFound, match="echo"):
        trainer("ecko")
