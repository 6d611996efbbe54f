"""Several orders in one performer: they take turns, and nobody's film depends on its neighbours, nor ends with them."""

import hashlib
import os
import signal
import textwrap
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Broke, Done, Event, Media, Order, Progress, Understood
from uncaged.engines.registry import engine
from uncaged.performer.local import LocalPerformer

ECHO = engine("echo")

PLUGIN = """
import gc
import weakref
from uncaged.core.hookspecs import hookimpl
from uncaged.core.order import Frame, Progress, Understood
from uncaged.engines.dials import Options, dial
from uncaged.engines.echo import Echo, EchoPerformance

living = weakref.WeakSet()
gc.disable()  # nothing comes back by itself

class Much:
    pass

class GluttonOptions(Options):
    pause: float = dial(0.0, 0.0, 1.0, "As of echo.")
    shift: float = dial(1.0, 0.0, 4.0, "As of echo.")
    eats: int = dial(0, 0, 10, "After so many frames there is no memory left.")

class Full(EchoPerformance):
    def perform(self, order):
        much = Much()
        much.itself = much  # a ring: nothing but a collector lets it go
        living.add(much)
        yield Understood({}, f"{len(living)} held")
        for i, event in enumerate(super().perform(order)):
            if order.score.options["eats"] and i > order.score.options["eats"]:
                raise MemoryError
            yield event

class Glutton(Echo):
    name = "glutton"
    options = GluttonOptions
    def open(self, files, device=""):
        return Full(self)

@hookimpl
def uncaged_engines():
    return [Glutton()]
"""


@pytest.fixture
def performer() -> Iterator[LocalPerformer]:
    made = LocalPerformer()
    yield made
    made.end()


@pytest.fixture
def glutton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalPerformer]:
    """A performer whose machine has a model that runs out of memory when asked to."""
    place = tmp_path / "plugin"
    info = place / "uncaged_glutton-1.dist-info"
    info.mkdir(parents=True)
    (place / "glutton_plugin.py").write_text(textwrap.dedent(PLUGIN))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: uncaged-glutton\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\nglutton = glutton_plugin\n")
    monkeypatch.setenv("PYTHONPATH", str(place), prepend=os.pathsep)
    made = LocalPerformer()
    yield made
    made.end()


def order(tmp_path: Path, letter: str, frames: int, model: str = "echo", **given: Any) -> Order:
    run = "r_" + letter * 12
    scratch = tmp_path / run
    scratch.mkdir(parents=True, exist_ok=True)
    options = {"pause": 0.004, **given.pop("options", {})}
    score = ECHO.score("hello", size=(64, 64), seconds=frames / 24, options=options)
    value = Order(run, 1, score, {}, str(scratch), True).to_json() | given
    value["score"]["model"]["name"] = model
    value["score"]["options"] |= {"eats": 0} if model == "glutton" else {}
    return Order.from_json(value)


def eating(one: Order, frames: int) -> Order:
    value = one.to_json()
    value["score"]["options"]["eats"] = frames
    return Order.from_json(value)


class Heard:
    """What was said to several slots, in the order in which it came."""

    def __init__(self, slots: Sequence[LocalPerformer]) -> None:
        self.slots = slots
        self.events: list[list[Event]] = [[] for _ in slots]
        self.ended: list[int] = []

    def until(self, *wanted: int, progress: int = 0) -> "Heard":
        """Until these have ended, or have made so many steps."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if all(n in self.ended or (progress and self._done(n) >= progress) for n in wanted):
                return self
            for n, slot in enumerate(self.slots):
                event = slot.hear(0.002) if slot.busy else None
                if event is not None:
                    self.events[n].append(event)
                    if isinstance(event, Done | Broke):
                        self.ended.append(n)
        raise AssertionError(f"it never came: {self.events}")

    def _done(self, n: int) -> int:
        return max((e.done for e in self.events[n] if isinstance(e, Progress)), default=0)

    def film(self, n: int) -> str:
        media = next(event for event in self.events[n] if isinstance(event, Media))
        return hashlib.sha256(Path(media.path).read_bytes()).hexdigest()

    def last(self, n: int) -> Any:
        return self.events[n][-1]


def alone(performer: LocalPerformer, one: Order) -> str:
    performer.start(one)
    return Heard([performer]).until(0).film(0)


def test_a_preview_passes_a_film_and_both_are_what_they_are_alone(
    performer: LocalPerformer, tmp_path: Path
) -> None:
    film, preview = (order(tmp_path / "alone", "ab"[n], (60, 4)[n]) for n in range(2))
    wanted = [alone(performer, film), alone(performer, preview)]
    assert wanted[0] != wanted[1]
    slots = [performer, performer.beside()]
    heard = Heard(slots)
    slots[0].start(order(tmp_path, "a", 60))
    heard.until(0, progress=5)
    slots[1].start(order(tmp_path, "b", 4))
    assert (slots[0].company, slots[1].company) == (1, 1)
    heard.until(0, 1)
    assert heard.ended == [1, 0]
    assert [heard.film(0), heard.film(1)] == wanted
    done = [heard.last(n) for n in range(2)]
    assert 0 < done[1].seconds < done[0].seconds  # each its own
    assert (slots[0].company, slots[1].company) == (0, 0)


def test_cancelling_one_leaves_the_other(performer: LocalPerformer, tmp_path: Path) -> None:
    wanted = alone(performer, order(tmp_path / "alone", "a", 60))
    slots = [performer, performer.beside()]
    heard = Heard(slots)
    slots[0].start(order(tmp_path, "a", 60))
    slots[1].start(order(tmp_path, "b", 2000))
    heard.until(0, 1, progress=2)
    slots[1].cancel()
    heard.until(0, 1)
    assert heard.ended == [1, 0] and heard.last(1) == Broke("It was cancelled.")
    assert heard.film(0) == wanted


def test_what_was_given_up_is_heard_no_more_and_the_slot_is_free(
    performer: LocalPerformer, tmp_path: Path
) -> None:
    slots = [performer, performer.beside()]
    heard = Heard(slots)
    slots[0].start(order(tmp_path, "a", 2000))
    heard.until(0, progress=1)
    slots[0].give_up()
    assert not slots[0].busy
    slots[1].start(order(tmp_path, "b", 4))
    heard.until(1)
    slots[0].start(order(tmp_path, "c", 4))
    heard.events[0].clear()
    heard.until(0)
    assert "r_cccccccccccc" in next(e for e in heard.events[0] if isinstance(e, Media)).path
    assert slots[0].company == 0


def test_one_that_fails_leaves_the_other(performer: LocalPerformer, tmp_path: Path) -> None:
    slots = [performer, performer.beside()]
    slots[0].start(order(tmp_path, "a", 60))
    slots[1].start(order(tmp_path, "b", 4, form="svg"))
    heard = Heard(slots).until(0, 1)
    assert isinstance(heard.last(1), Broke) and "no lines" in heard.last(1).reason
    assert isinstance(heard.last(0), Done)


def test_memory_that_runs_out_ends_one_run_and_comes_back(
    glutton: LocalPerformer, tmp_path: Path
) -> None:
    slots = [glutton, glutton.beside()]
    slots[0].start(order(tmp_path, "a", 60, "glutton"))
    heard = Heard(slots).until(0, progress=1)
    slots[1].start(eating(order(tmp_path, "b", 30, "glutton"), 5))
    heard.until(0, 1)
    assert heard.ended == [1, 0] and isinstance(heard.last(0), Done), heard.events
    broke = heard.last(1)
    assert "not enough memory" in broke.reason and "smaller" in broke.hint and broke.crowded
    slots[1].start(eating(order(tmp_path, "c", 30, "glutton"), 5))
    again = Heard(slots).until(1)
    assert again.last(1).reason == broke.reason and not again.last(1).crowded
    slots[1].start(order(tmp_path, "d", 4, "glutton"))
    after = Heard(slots).until(1)
    assert isinstance(after.last(1), Done)
    said = next(e.sentence for e in after.events[1] if isinstance(e, Understood))
    assert said == "1 held"  # its own


def test_what_a_cancelled_one_held_comes_back(glutton: LocalPerformer, tmp_path: Path) -> None:
    glutton.start(order(tmp_path, "a", 2000, "glutton"))
    Heard([glutton]).until(0, progress=1)
    glutton.cancel()
    Heard([glutton]).until(0)
    glutton.start(order(tmp_path, "b", 4, "glutton"))
    after = Heard([glutton]).until(0)
    assert next(e.sentence for e in after.events[0] if isinstance(e, Understood)) == "1 held"


def heard_out(slot: LocalPerformer) -> None:
    while True:
        slot.hear(5.0)


def test_its_death_is_told_to_everybody_in_it(performer: LocalPerformer, tmp_path: Path) -> None:
    slots = [performer, performer.beside(), performer.beside()]
    slots[0].start(order(tmp_path, "a", 2000))
    slots[1].start(order(tmp_path, "b", 2000))
    Heard(slots).until(0, 1, progress=1)
    os.kill(performer.pid, signal.SIGKILL)
    for slot in slots[:2]:
        with pytest.raises(PerformerDied, match="signal 9"):
            heard_out(slot)
        assert slot.company == 1
    with pytest.raises(PerformerDied):
        slots[2].start(order(tmp_path, "c", 4))


def test_whoever_leaves_last_ends_the_process(performer: LocalPerformer) -> None:
    other = performer.beside()
    performer.end()
    performer.end()
    assert other.alive
    other.end()
    assert not other.alive
