"""Work that waits for others, done aside: whoever performs goes on telling where it is, and can be stopped.

Knows nothing of what the work is.
"""

import random
import threading
import time
from collections.abc import Callable, Generator
from typing import Final, Generic, TypeVar

from uncaged.core.order import Event, Progress, Rest

TICK: Final = 0.1
"""Seconds between two signs of life."""

SOON: Final = 0.02
"""Seconds for which it is waited at once for what is over soon."""

STEPS: Final = 100

T = TypeVar("T")


class Aside(Generic[T]):
    """One piece of work in a thread of its own, which nobody has to wait for."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._over = threading.Event()
        self._found: list[T] = []
        self._error: BaseException | None = None
        threading.Thread(target=self._go, daemon=True).start()

    def _go(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # whatever it is, it belongs to whoever asked
            self._error = error
        self._over.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over by then."""
        return self._over.wait(seconds)

    def result(self) -> T:
        """What came of it. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._found[0]


class Telling:
    """How far one film is, as it is told while others work on it; never backwards."""

    def __init__(self) -> None:
        self._done = 0
        self.doing = "asking"

    def reached(self, done: int, doing: str) -> None:
        """done: of `STEPS`."""
        self._done = max(self._done, min(done, STEPS - 1))
        self.doing = doing

    @property
    def now(self) -> Progress:
        """As an event."""
        return Progress(self._done, STEPS, self.doing)

    def aside(self, work: Callable[[], T]) -> Generator[Event, None, T]:
        """Does it in another thread, and says where it is until that is over. Raises what it raises."""
        return (yield from self.follow(Aside(work)))

    def follow(self, going: Aside[T]) -> Generator[Event, None, T]:
        """The same of what has begun already."""
        soon = SOON
        while not going.wait(soon):
            yield self.now
            yield Rest(TICK)
            soon = 0.0
        return going.result()

    def pause(self, seconds: float) -> Generator[Event, None, None]:
        """Says where it is for so long."""
        until = time.monotonic() + seconds
        yield self.now
        while (rest := until - time.monotonic()) > 0:
            yield Rest(min(TICK, rest))
            yield self.now


def about(seconds: float) -> float:
    """The same, a fifth more or less: those who wait for one machine do not ask all at once."""
    return seconds * random.uniform(0.8, 1.2)
