"""A performer that is handed a task: it learns at the lowest priority, keeps a checkpoint when told to stop."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Broke, Done, Event, Learned, Trained
from uncaged.core.order import TaskOrder as Order
from uncaged.core.task import Task
from uncaged.performer.local import LocalPerformer
from uncaged.training.echo import EchoTrainer

RUN = "r_" + "a" * 12


class Strange(Order):
    """As a steward of another version would send it."""

    def to_json(self) -> dict[str, Any]:
        return {"run": self.run, "attempt": self.attempt, "dance": {}}


@pytest.fixture
def performer() -> Iterator[LocalPerformer]:
    made = LocalPerformer()
    yield made
    made.end()


def order(tmp_path: Path, **recipe: Any) -> Order:
    return Order(RUN, 1, Task("echo", EchoTrainer().recipe(recipe, None), folder=str(tmp_path)))


def hear_all(performer: LocalPerformer, seconds: float = 20.0) -> list[Event]:
    events: list[Event] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        event = performer.hear(0.1)
        if event is not None:
            events.append(event)
            if isinstance(event, Done | Broke):
                return events
    raise AssertionError(f"no end: {events}")


def test_a_task_becomes_a_model(performer: LocalPerformer, tmp_path: Path) -> None:
    performer.start(order(tmp_path, steps=6))
    events = hear_all(performer)
    assert isinstance(events[-1], Done) and events[-1].recipe["trainer"] == "echo 1"
    assert any(isinstance(event, Trained) for event in events)
    assert sum(isinstance(event, Learned) for event in events) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for a niceness")
def test_it_learns_at_the_lowest_priority(performer: LocalPerformer, tmp_path: Path) -> None:
    performer.start(order(tmp_path, steps=200, pause=0.05))
    while not isinstance(performer.hear(5.0), Learned):
        pass
    assert os.getpriority(os.PRIO_PROCESS, performer.pid) == 19
    performer.cancel()
    assert isinstance(hear_all(performer)[-1], Broke)
    assert (tmp_path / "checkpoint.json").exists()


def test_what_goes_wrong_is_told_in_words(performer: LocalPerformer, tmp_path: Path) -> None:
    for recipe, words in (({"nan_at": 3}, "nan"), ({"full_at": 3}, "no room left on the disk")):
        performer.start(order(tmp_path, **recipe))
        last = hear_all(performer)[-1]
        assert isinstance(last, Broke) and words in last.reason
    performer.start(Order(RUN, 1, Task("nobody", {}, folder=str(tmp_path))))
    last = hear_all(performer)[-1]
    assert isinstance(last, Broke) and last.asked_wrong and "nobody" in last.reason


def test_an_order_that_cannot_be_read_is_answered(
    performer: LocalPerformer, tmp_path: Path
) -> None:
    one = order(tmp_path)
    performer.start(Strange(one.run, one.attempt, one.task))
    last = hear_all(performer)[-1]
    assert isinstance(last, Broke) and "neither a score nor a task" in last.reason
    performer.start(one)
    assert isinstance(hear_all(performer)[-1], Done)  # it lives


def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str) -> LocalPerformer:
    """A performer of another version: it says this, and ends with the order."""
    code = (
        "import struct, sys, json\n"
        "def say(what, body):\n"
        f"    m = dict(v=1, what=what, run={RUN!r}, attempt=1, n=0, body=body)\n"
        "    t = json.dumps(m).encode()\n"
        "    sys.stdout.buffer.write(struct.pack('>II', len(t), 0) + t)\n"
        "    sys.stdout.buffer.flush()\n"
        f"{says}\n"
    )
    fake = tmp_path / "python"
    fake.write_text(f"#!{sys.executable}\n{code}")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    return LocalPerformer()


def test_an_older_performer_is_told_from_a_dead_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    older = play(monkeypatch, tmp_path, "say('here', {})\nsys.stdin.buffer.read(10)")
    older.start(order(tmp_path))
    with pytest.raises(PerformerDied, match="older version"):
        hear_all(older)
    older.end()


def test_an_event_that_nobody_can_read_ends_the_performer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    says = "say('here', {})\nsys.stdin.buffer.read(10)\nsay('learned', {})\nsys.stdin.buffer.read()"
    strange = play(monkeypatch, tmp_path, says)
    strange.start(order(tmp_path))
    with pytest.raises(PerformerDied, match="nobody can read"):
        hear_all(strange)
    assert not strange.alive
    strange.end()
