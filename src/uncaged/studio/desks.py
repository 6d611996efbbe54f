"""A desk: one performer's place under a steward, with what it has loaded and in hand. It outlives the performers.

Several seats may be at one desk: what their performer performs there, it performs in turn. Knows no archive.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Event, Opened, Progress
from uncaged.performer.slot import Slot
from uncaged.queue.fairness import COLD, Choice, Warm, stayed
from uncaged.queue.line import Able
from uncaged.queue.passing import SHORT, Room


@dataclass(frozen=True, slots=True)
class InHand:
    """A run that is performed here. seconds: what it should take. slots: how many runs of its model may be together; 0
    where none of any model may begin beside it.

    share: how much of it is done, 0 … 1. first, heard: that share when one heard of it first, and when that was; took:
    seconds from then to the last time.
    """

    run: str
    model: str
    seconds: float
    slots: int
    share: float = 0.0
    first: float | None = None
    took: float = 0.0
    heard: float = 0.0

    @property
    def left(self) -> float:
        """Device-seconds that it still needs: as was expected, or as is seen where that is more."""
        seen = 0.0
        if self.first is not None and self.share > self.first:
            seen = self.took * (1.0 - self.share) / (self.share - self.first)
        return max(self.seconds * (1.0 - self.share), seen)

    def come(self, share: float, now: float) -> "InHand":
        """It has come so far. now: seconds of any clock that goes on."""
        if self.first is None:
            return replace(self, share=share, first=share, heard=now)
        return replace(self, share=share, took=now - self.heard)


@dataclass(slots=True)
class Desk:
    """number: of its first seat. hire: gives a new performer. opened: models that were loaded, and how long it took,
    since somebody last noted them. in_hand: what is performed here, by the number of the seat."""

    number: int
    able: Able
    hire: Callable[[], Slot]
    first: Slot | None = None
    warm: Warm = COLD
    deaths: int = 0
    opened: list[Opened] = field(default_factory=list[Opened])
    in_hand: dict[int, InHand] = field(default_factory=dict[int, InHand])
    hired: int = 0
    _counted: int = -1
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def slot(self) -> Slot:
        """A slot of the performer that is here, or of a new one. Raises `PerformerDied` where none can be started."""
        with self._lock:
            if self.first is not None and self.first.alive:
                return self.first.beside()
            self.warm = COLD
            try:
                self.first = self.hire()
            except OSError as error:
                self.first = None
                why = f"No performer could be started ({error.strerror})."
                raise PerformerDied(why) from None
            self.hired += 1
            return self.first

    def died(self, hired: int) -> None:
        """The performer that was hired as this one in a row died; however many were at work there, it is one death."""
        with self._lock:
            if hired > self._counted:
                self._counted = hired
                self.deaths += 1

    def look(self) -> None:
        """Whoever is gone has nothing loaded."""
        with self._lock:
            if self.first is None or not self.first.alive:
                self.first, self.warm = None, COLD

    def turn(self, choice: Choice, seconds: float) -> None:
        """A turn was given here: how long it has stayed with its model."""
        with self._lock:
            self.warm = replace(stayed(self.warm, choice, seconds), models=self.warm.models)

    def heard(self, number: int, event: Event) -> None:
        """Takes note of what the performer loads, and of how far it is. number: the seat's."""
        if isinstance(event, Opened):
            with self._lock:
                self.opened.append(event)
                open_now = (self.warm.models | {event.model}) - frozenset(event.closed)
                self.warm = replace(self.warm, models=open_now)
        held = self.in_hand.get(number)
        if isinstance(event, Progress) and event.total > 0 and held is not None:
            share = min(1.0, max(0.0, event.done / event.total))
            self.in_hand[number] = held.come(share, time.monotonic())

    @property
    def is_away(self) -> bool:
        """Whether what is performed here needs no device of this machine: each begins as if nothing were in hand."""
        return self.able.away is True

    @property
    def able_now(self) -> Able:
        """What can be begun here beside what is in hand."""
        if not self.is_away:
            return self.able
        held = list(self.in_hand.values())
        if any(one.slots == 0 for one in held):
            return replace(self.able, models=frozenset())
        counted = Counter(one.model for one in held)
        full = (one.model for one in held if counted[one.model] >= one.slots)
        return replace(self.able, full=frozenset(full))

    @property
    def room(self) -> Room | None:
        """For what there is room beside what is in hand; None where nothing may be begun beside it."""
        held = [] if self.is_away else list(self.in_hand.values())
        if not held or len(held) >= min(one.slots for one in held):
            return None
        if len({one.model for one in held}) > 1:
            return None
        return Room(held[0].model, SHORT * min(one.left for one in held))
