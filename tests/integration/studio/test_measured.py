"""What was measured on this machine is measured once, told with the next order, and stands in the recipe."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from performing_here import InProcess

from uncaged.core.errors import AskedWrong
from uncaged.core.order import Done, Opened, Order
from uncaged.core.score import ModelRef, Score
from uncaged.core.wire import Message, pack, unpack
from uncaged.engines.diffusion.options import DiffusionOptions
from uncaged.engines.registry import engine
from uncaged.studio import measured
from uncaged.studio.studio import Studio

ASKED: dict[str, Any] = {"size": (64, 64), "seconds": 0.2}


class Measuring(InProcess):
    """A performer that finds out with which numbers its model is faster, where nobody tells it."""

    def __init__(self, found: str) -> None:
        super().__init__()
        self.found = found
        self.orders: list[Order] = []

    def start(self, order: Any) -> None:
        self.orders.append(order)
        found = order.precision or self.found
        if not order.precision:
            self._events.append(Opened("echo", 1.0, (), found))
        super().start(order)
        assert isinstance(self._events.pop(), Done)
        self._events.append(Done({"engine": "here", "precision": found}))


@pytest.fixture
def performer(monkeypatch: pytest.MonkeyPatch) -> Measuring:
    from uncaged.studio import desks

    made = Measuring("bfloat16")
    monkeypatch.setattr(desks.Desk, "slot", lambda _desk: made)
    return made


def test_it_is_measured_once_and_told_from_then_on(studio: Studio, performer: Measuring) -> None:
    for seed in (1, 2):
        work = studio.make("a", model="echo", seed=seed, **ASKED)
        assert (work.run.recipe or {})["precision"] == "bfloat16"
    assert [one.precision for one in performer.orders] == ["", "bfloat16"]


def test_a_work_made_of_another_is_computed_as_that_was(
    studio: Studio, performer: Measuring
) -> None:
    first = studio.make("a", model="echo", seed=1, **ASKED)
    measured.note(studio, first.score.model, "float32")  # another card has come
    of_it = replace(first.score, parents=(first.id,))
    assert measured.precision(studio, of_it) == "bfloat16"
    assert measured.precision(studio, first.score) == "float32"
    other = replace(of_it, model=ModelRef("ink"))
    assert measured.precision(studio, other) == ""


@pytest.mark.parametrize("content", ["", "[1]", '{"x": 3}', "\x00", "{" * 2000])
def test_a_file_that_cannot_be_read_costs_a_measurement(studio: Studio, content: str) -> None:
    score: Score = engine("echo").score("a", **ASKED)
    place: Path = studio.settings.home / measured.NAME
    place.write_text(content)
    assert measured.precision(studio, score) == ""
    measured.note(studio, score.model, "float32")
    assert measured.precision(studio, score) == "float32"
    assert json.loads(place.read_text())
    assert [one.name for one in place.parent.glob("measured*")] == [measured.NAME]


def test_another_machine_measures_anew(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    score: Score = engine("echo").score("a", **ASKED)
    measured.note(studio, score.model, "float32")
    monkeypatch.setattr(measured, "_here", lambda: "another one")
    assert measured.precision(studio, score) == ""


def test_it_goes_over_the_wire() -> None:
    for event in (Opened("m", 1.5, ("n",), "bfloat16"), Opened("m", 1.5)):
        what, body, raw = pack(event)
        assert unpack(Message(what, "r", 1, 0, json.loads(json.dumps(body)), raw)) == event
    order = Order("r", 1, engine("echo").score("a", **ASKED), precision="float32", compiled=True)
    assert Order.from_json(json.loads(json.dumps(order.to_json()))) == order


def test_whoever_wants_other_numbers_says_so(studio: Studio) -> None:
    assert DiffusionOptions(precision="float32").precision == "float32"
    with pytest.raises(AskedWrong, match="precision"):
        engine("ltx").check({"precision": "int4"})


def test_whoever_keeps_the_machine_has_layers_compiled(
    studio: Studio, performer: Measuring
) -> None:
    studio.make("a", model="echo", **ASKED)
    settings = studio.settings.model_copy(update={"compile": True})
    replace(studio, settings=settings).make("b", model="echo", **ASKED)
    assert [one.compiled for one in performer.orders] == [False, True]
