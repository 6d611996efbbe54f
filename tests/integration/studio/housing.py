"""A pool at work in a thread of its own, and the short way to a run: for tests of what a steward does."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from uncaged.archive import performers, runs
from uncaged.archive.runs import Run
from uncaged.core.order import Event
from uncaged.engines.asking import Request
from uncaged.studio import making
from uncaged.studio.pool import Eyes, Pool, seats, together
from uncaged.studio.seats import Seat
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio

QUICK = {"size": (64, 64), "seconds": 0.25}
SLOW = {"size": (64, 64), "seconds": 30, "options": {"pause": 0.05}}


@dataclass
class House:
    """A pool at work in a thread of its own, and what it was seen to do."""

    studio: Studio
    performers: int = 1
    begun: list[str] = field(default_factory=list)
    ended: list[Run] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    on: Callable[[Event, Any], None] = lambda event, seats: None
    seated: list[Seat] = field(default_factory=list)

    def __enter__(self) -> "House":
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def _work(self) -> None:
        with stewardship(self.studio) as steward:
            assert steward is not None
            self.seated = seated = seats(self.performers, together=together(self.studio))
            eyes = Eyes(
                lambda run: self.begun.append(run.id),
                self.ended.append,
                lambda event: self.on(event, seated),
                self.trouble.append,
            )
            Pool(self.studio, steward, seated, eyes).work(self.stop)

    def until(self, true: Callable[[], object], seconds: float = 40.0) -> None:
        waited = threading.Event()
        for _ in range(int(seconds / 0.05)):
            if true():
                return
            waited.wait(0.05)
        raise AssertionError(f"it never happened: {self.begun} {self.ended} {self.trouble}")


def ask(studio: Studio, person: str | None = None, **more: Any) -> Run:
    mine = studio if person is None else studio.as_person(person)
    asked = making.ask(mine, Request("a", **(QUICK | more)), "echo")
    assert asked.run is not None
    return asked.run


def sitting(studio: Studio) -> int:
    with studio.archive.read() as conn:
        return len(performers.all_of_them(conn))


def state(studio: Studio, run: Run) -> str:
    with studio.archive.read() as conn:
        return runs.get(conn, run.id).state
