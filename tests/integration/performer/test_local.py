"""A performer as a child process: it performs, stops when told, dies with its pipe, and says how it died."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Broke, Done, Event, Media, Order, PositionFound, Preview, Progress
from uncaged.core.score import Score
from uncaged.engines.registry import engine
from uncaged.performer.local import LocalPerformer

ECHO = engine("echo")


@pytest.fixture
def performer() -> Iterator[LocalPerformer]:
    made = LocalPerformer()
    yield made
    made.end()
    assert not made.alive


def order(
    tmp_path: Path, run: str = "r_aaaaaaaaaaaa", quiet: bool = False, **given: object
) -> Order:
    scratch = tmp_path / run
    scratch.mkdir(exist_ok=True)
    score: Score = ECHO.score("hello", size=(64, 64), **{"seconds": 0.5, **given})
    return Order(run, 1, score, {}, str(scratch), quiet)


def hear_all(performer: LocalPerformer, seconds: float = 20.0) -> list[Event]:
    """Every event of one performance."""
    events: list[Event] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        event = performer.hear(0.1)
        if event is not None:
            events.append(event)
            if isinstance(event, Done | Broke):
                return events
    raise AssertionError(f"no end after {seconds} s: {events}")


def test_a_performance_from_order_to_film(performer: LocalPerformer, tmp_path: Path) -> None:
    performer.start(order(tmp_path))
    events = hear_all(performer)
    kinds = [type(event) for event in events]
    assert PositionFound in kinds
    assert Preview in kinds
    assert kinds[-1] is Done
    media = next(event for event in events if isinstance(event, Media))
    assert media.frames == 12
    assert Path(media.path).stat().st_size > 0
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[-1].done == progress[-1].total == 12
    done = events[-1]
    assert isinstance(done, Done)
    assert done.recipe == ECHO.recipe()


def test_it_stays_warm_for_the_next_order(performer: LocalPerformer, tmp_path: Path) -> None:
    for run in ("r_aaaaaaaaaaaa", "r_bbbbbbbbbbbb"):
        performer.start(order(tmp_path, run, quiet=True))
        events = hear_all(performer)
        assert isinstance(events[-1], Done)
        assert not any(isinstance(event, Preview) for event in events)


def test_what_cannot_be_performed_is_a_sentence(performer: LocalPerformer, tmp_path: Path) -> None:
    wrong = order(tmp_path)
    wrong = Order.from_json(wrong.to_json() | {"form": "svg"})
    performer.start(wrong)
    last = hear_all(performer)[-1]
    assert isinstance(last, Broke)
    assert "no lines" in last.reason
    assert last.asked_wrong


def test_it_stops_when_told(performer: LocalPerformer, tmp_path: Path) -> None:
    performer.start(order(tmp_path, seconds=60, options={"pause": 0.02}))
    while not isinstance(performer.hear(10.0), Progress):
        pass
    performer.cancel()
    assert hear_all(performer)[-1] == Broke("It was cancelled.")
    performer.start(order(tmp_path, "r_bbbbbbbbbbbb"))
    assert isinstance(hear_all(performer)[-1], Done)


def test_what_an_order_given_up_still_says_is_not_heard(
    performer: LocalPerformer, tmp_path: Path
) -> None:
    performer.start(order(tmp_path, seconds=2, options={"pause": 0.02}))
    assert performer.busy
    performer.start(order(tmp_path, "r_bbbbbbbbbbbb"))
    events = hear_all(performer)
    media = next(event for event in events if isinstance(event, Media))
    assert "r_bbbbbbbbbbbb" in media.path
    assert sum(isinstance(event, PositionFound) for event in events) == 1
    assert not performer.busy


def test_its_death_is_told_with_how(performer: LocalPerformer, tmp_path: Path) -> None:
    performer.start(order(tmp_path, seconds=60, options={"pause": 0.02}))
    while not isinstance(performer.hear(10.0), Progress):
        pass
    os.kill(performer.pid, signal.SIGKILL)
    with pytest.raises(PerformerDied, match="signal 9"):
        hear_all(performer)
    with pytest.raises(PerformerDied):
        performer.start(order(tmp_path))


def test_closing_the_pipe_ends_it_whatever_it_does(tmp_path: Path) -> None:
    performer = LocalPerformer()
    performer.start(order(tmp_path, seconds=60, options={"pause": 0.5}))
    performer.hear(10.0)
    performer.end(grace=5.0)
    assert not performer.alive


def test_who_was_stopped_keeps_nobody_waiting(tmp_path: Path) -> None:
    """An order larger than a pipe, and nobody who reads it: it is handed over, cancelled and given up all the same."""
    performer = LocalPerformer()
    try:
        until = time.monotonic() + 20.0
        while not performer.greeted and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(performer.pid, signal.SIGSTOP)
        small = order(tmp_path)
        large = replace(small, score=ECHO.score("word " * 19_000, size=(64, 64), seconds=0.5))
        began = time.monotonic()
        performer.start(large)
        assert performer.hear(0.1) is None
        performer.cancel()
        performer.end(grace=0.2)
        assert time.monotonic() - began < 3.0
        assert not performer.alive
    finally:
        performer.kill()


def test_no_orphan_outlives_its_parent(tmp_path: Path) -> None:
    """The parent is killed while the performer is deaf: its own death signal ends it."""
    code = f"""
        import time
        from pathlib import Path
        from uncaged.core.order import Order
        from uncaged.engines.registry import engine
        from uncaged.performer.local import LocalPerformer
        performer = LocalPerformer()
        score = engine("echo").score("a", size=(64, 64), seconds=60, options={{"pause": 30.0}})
        performer.start(Order("r_aaaaaaaaaaaa", 1, score, {{}}, {str(tmp_path)!r}, True))
        performer.hear(10.0)
        print(performer.pid, flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(child)


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a process ends within `seconds` (a zombie has ended)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
