"""Telling the events of one order, numbered; progress not more often than somebody could read it."""

import time
from collections.abc import Set as AbstractSet
from typing import BinaryIO

from uncaged.core.order import Event, Progress
from uncaged.core.wire import Message, pack, send

QUIET = 0.05
"""Seconds between two progress events, at least."""


class Cancelled(Exception):
    """Somebody said stop; the performance ends at the next event."""


class Voice:
    """cancelled: run and attempt of whatever somebody said stop to."""

    def __init__(
        self, go: BinaryIO, run: str, attempt: int, cancelled: AbstractSet[tuple[str, int]]
    ) -> None:
        self._go, self._run, self._attempt, self._cancelled = go, run, attempt, cancelled
        self._n, self._progressed = 0, 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody said stop."""
        return (self._run, self._attempt) in self._cancelled

    def tell(self, event: Event) -> None:
        """Hands an event to the steward, or raises `Cancelled`."""
        if self.is_cancelled:
            raise Cancelled
        if isinstance(event, Progress) and event.done < event.total:
            now = time.monotonic()
            if now - self._progressed < QUIET:
                return
            self._progressed = now
        self.say(event)

    def say(self, event: Event) -> None:
        """Hands it over in any case."""
        what, body, raw = pack(event)
        send(self._go, Message(what, self._run, self._attempt, self._n, body, raw))
        self._n += 1
