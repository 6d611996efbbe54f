"""One order, step by step: what it costs, what stays open, what goes where memory is short. Time is moved by hand."""

import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from uncaged.core.order import Broke, Done, Event, Frame, Opened, Order, Progress, Rest
from uncaged.engines.registry import engine
from uncaged.performer import opened, playing
from uncaged.performer.host import Host
from uncaged.performer.opened import OpenModels
from uncaged.performer.playing import Playing
from uncaged.performer.telling import Cancelled

ECHO = engine("echo")


class Clock:
    """In place of the module `time`."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


class Heard:
    """In place of a voice: what was said."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.is_cancelled = False

    def tell(self, event: Event) -> None:
        if self.is_cancelled:
            raise Cancelled
        self.say(event)

    def say(self, event: Event) -> None:
        self.events.append(event)


class Steps:
    """A model that takes two seconds for each of three frames, and five to open. alone: whether no other is open."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self.closed, self.alone = clock, False, True

    def holds_alone(self, model: Any) -> bool:
        assert model == ("echo", "")
        return self.alone

    def performance(self, order: Order, tell: Any, others: Any) -> "Steps":
        self._clock.now += 5.0
        tell(Opened("echo", 5.0))
        return self

    def perform(self, order: Order) -> Iterator[Event]:
        try:
            for n in range(3):
                self._clock.now += 2.0
                yield Progress(n + 1, 4)
                yield Frame(np.zeros((64, 64, 3), np.uint8))
        finally:
            self.closed = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(playing, "time", made)
    return made


def made(tmp_path: Path, models: Any, seconds: float = 0.0) -> tuple[Playing, Heard]:
    score = ECHO.score("a", size=(64, 64), seconds=3 / 24)
    order = Order("r_" + "a" * 12, 1, score, {}, str(tmp_path), True, "frames", seconds=seconds)
    voice: Any = Heard()
    return Playing(order, voice, models), voice


def step(one: Playing, beside: bool = False) -> None:
    one.step((), beside, lambda: None)


def test_it_costs_its_own_steps_and_the_opening_is_told_by_itself(
    clock: Clock, tmp_path: Path
) -> None:
    one, voice = made(tmp_path, Steps(clock))
    while not one.over:
        before = clock.now
        step(one)
        clock.now = max(clock.now, before) + 10.0  # a neighbour's
        assert one.used <= 11.0
    assert isinstance(voice.events[-1], Done) and voice.events[-1].seconds == 6.0


@pytest.mark.parametrize("who", ["nobody", "a neighbour", "another model", "one opened meanwhile"])
def test_memory_is_noted_where_it_is_one_models(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Of several that are open, or at work, nobody can tell whose it was."""
    counted: list[str] = []
    monkeypatch.setattr(playing.memory, "count_anew", lambda: counted.append("anew"))
    monkeypatch.setattr(playing.memory, "most", lambda: 7_000_000)
    models = Steps(clock)
    models.alone = who != "another model"
    one, voice = made(tmp_path, models)
    step(one)
    assert bool(counted) == models.alone
    step(one, beside=who == "a neighbour")
    models.alone = who != "one opened meanwhile" if models.alone else True  # or was let go by now
    while not one.over:
        step(one)
    done = voice.events[-1]
    assert isinstance(done, Done) and done.bytes == (7_000_000 if who == "nobody" else 0)


def test_whoever_comes_while_another_is_at_work_is_not_alone_nor_is_the_other(
    tmp_path: Path,
) -> None:
    """Also a short one, that comes and goes between two steps of the long one."""
    host: Any = Host(io.BytesIO(), io.BytesIO())
    for name in ("a", "b"):
        score = ECHO.score("a", size=(64, 64), seconds=3 / 24)
        host._orders.put(Order("r_" + name * 12, 1, score, {}, str(tmp_path), True, "frames"))
        host._take_orders()
        if name == "a":
            assert [one.alone for one in host._playing.values()] == [True]
    assert [one.alone for one in host._playing.values()] == [False, False]


def test_which_models_share_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those without files of their own do not count."""
    models = OpenModels()
    monkeypatch.setattr(opened, "_open", lambda order: object())

    def opens(name: str, sha: str = "") -> None:
        value = Order("r_" + "a" * 12, 1, ECHO.score("a")).to_json()
        value["score"]["model"] = {"name": name} | ({"hash": sha} if sha else {})
        models.performance(Order.from_json(value), lambda _event: None, ())

    large, small, ink = ("large", "1" * 64), ("small", "2" * 64), ("ink", "")
    assert models.holds_alone(large) and not models.holds_alone(None)
    opens(*ink)
    assert models.holds_alone(large) and models.holds_alone(ink)
    opens(*large)
    assert models.holds_alone(large)
    assert not models.holds_alone(small) and not models.holds_alone(ink)
    opens(*small)
    assert not models.holds_alone(large) and not models.holds_alone(small)
    assert models.let_go([small, ink]) == ["large"] and models.holds_alone(small)


class Away(Steps):
    """A model that others perform: between its frames there is nothing to do here."""

    def perform(self, order: Order) -> Iterator[Event]:
        for _ in range(3):
            yield Rest(4.0)
            yield Frame(np.zeros((64, 64, 3), np.uint8))


def test_while_others_work_it_waits_and_costs_all_that_passes(clock: Clock, tmp_path: Path) -> None:
    one, voice = made(tmp_path, Away(clock))
    rests = 0
    while not one.over:
        step(one)
        if one.rests:
            assert one.waits and one.rests == clock.now + 4.0
            rests += 1
            clock.now += 4.0
    assert rests == 3 and not any(isinstance(event, Rest) for event in voice.events)
    assert isinstance(voice.events[-1], Done) and voice.events[-1].seconds == 12.0


def test_a_rest_that_is_over_by_now_keeps_nobody(tmp_path: Path) -> None:
    host = Host(io.BytesIO(), io.BytesIO())
    resting = SimpleNamespace(waits=True, rests=time.monotonic() + 0.05, used=0.0, left=1.0)
    resting.voice = SimpleNamespace(is_cancelled=False)
    playing_: Any = host._playing  # pyright: ignore[reportPrivateUsage]
    playing_["r_a", 1] = resting
    for rests in (resting.rests, time.monotonic() - 1.0):
        resting.rests = rests

        def step(*_: object) -> None:
            resting.waits = True

        resting.step, resting.model = step, None
        host._turns.come(("r_a", 1))  # pyright: ignore[reportPrivateUsage]
        resting.key = ("r_a", 1)
        went = threading.Thread(target=host._go_on, daemon=True)  # pyright: ignore[reportPrivateUsage]
        went.start()
        went.join(10)
        assert not went.is_alive()


def test_what_is_left_is_what_was_expected_and_then_what_is_seen(
    clock: Clock, tmp_path: Path
) -> None:
    one, _voice = made(tmp_path, Steps(clock), seconds=12.0)
    assert one.left == 12.0
    step(one)
    assert one.left == 6.0  # three steps more like the first; opening was none


def test_stopping_closes_it_and_says_what_it_cost(clock: Clock, tmp_path: Path) -> None:
    steps = Steps(clock)
    one, voice = made(tmp_path, steps)
    step(one)
    assert not steps.closed
    one.stop()
    assert one.over and steps.closed
    assert voice.events[-1] == Broke("It was cancelled.") and voice.events[-1].seconds == 2.0


@pytest.mark.parametrize(("beside", "idle"), [(False, []), (True, []), (False, ["other"])])
def test_memory_that_runs_out_is_a_sentence(
    clock: Clock, tmp_path: Path, beside: bool, idle: list[str]
) -> None:
    """Tried again only where neighbours had the room, or models that nobody performs with: these go."""

    class Full(Steps):
        def perform(self, order: Order) -> Iterator[Event]:
            yield Progress(1, 4)
            raise MemoryError

        def let_go(self, needed: Any) -> list[str]:
            assert needed == {("echo", "")}
            return idle

    one, voice = made(tmp_path, Full(clock))
    while not one.over:
        step(one, beside)
    last = voice.events[-1]
    assert isinstance(last, Broke) and last.crowded == (beside or bool(idle))
    assert "smaller" in last.hint


def test_where_a_model_has_no_room_those_nobody_needs_are_let_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models, tries = OpenModels(), list[str]()

    def opens(order: Order) -> Any:
        tries.append(order.score.model.name)
        if order.score.model.name == "large" and len(models._open) > 1:
            raise MemoryError
        return object()

    monkeypatch.setattr(opened, "_open", opens)
    told: list[Event] = []

    def order(name: str) -> Order:
        value = Order("r_" + "a" * 12, 1, ECHO.score("a")).to_json()
        value["score"]["model"]["name"] = name
        return Order.from_json(value)

    needed = [("needed", "")]
    for name in ("needed", "idle"):
        models.performance(order(name), told.append, ())
    with pytest.raises(MemoryError):
        models.performance(order("large"), told.append, [*needed, ("idle", "")])
    models.performance(order("large"), told.append, needed)
    last = told[-1]
    assert isinstance(last, Opened) and (last.model, last.closed) == ("large", ("idle",))
    models.performance(order("needed"), told.append, ())
    assert tries == ["needed", "idle", "large", "large", "large"]


def test_whoever_says_nothing_gets_no_copy_that_somebody_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Precisely:
        measured = False

        def __init__(self, said: str) -> None:
            self.precision = said or "float32"

        def perform(self, order: Order) -> Any: ...

        def strokes(self, order: Order, at: float) -> str: ...

    models, tries = OpenModels(), list[str]()

    def opens(order: Order) -> Any:
        tries.append(opened.precision(order))
        return Precisely(opened.precision(order))

    monkeypatch.setattr(opened, "_open", opens)

    def told(said: str = "", found: str = "") -> str:
        value = Order("r_" + "a" * 12, 1, ECHO.score("a"), precision=found).to_json()
        value["score"]["options"] = {"precision": said} if said else {}
        one: Any = models.performance(Order.from_json(value), lambda _event: None, ())
        return str(one.precision)

    assert [told("bfloat16"), told(), told("bfloat16"), told("float32"), told()] == [
        "bfloat16",
        "float32",
        "bfloat16",
        "float32",
        "float32",
    ]
    assert tries == ["bfloat16", ""]
    assert told(found="bfloat16") == "bfloat16" and len(tries) == 2
