"""A seat: a place for one run at a desk, whose performer performs what its seats have in turn.

Knows no archive; whose turn it is on a seat, the steward asks the line.
"""

from dataclasses import dataclass

from uncaged.archive.performers import BESIDE
from uncaged.core.order import Event
from uncaged.performer.slot import Slot
from uncaged.queue.fairness import Choice, Warm
from uncaged.queue.line import Able
from uncaged.studio.desks import Desk, InHand


@dataclass(slots=True)
class Seat:
    """number: its own under this steward. refused: the last time nobody who waits could begin here."""

    number: int
    desk: Desk
    slot: Slot | None = None
    refused: bool = False
    _hired: int = 0

    def ready(self) -> Slot:
        """A slot of the warm performer, or of a new one where it died. Raises `PerformerDied`."""
        if not self.sat_in:
            self.leave()
        if self.slot is None:
            self.slot = self.desk.slot()
            self._hired = self.desk.hired
        return self.slot

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return f"seat {self.number}"

    @property
    def is_first(self) -> bool:
        """Whether what is begun on a free performer is begun here."""
        return self.number < BESIDE

    @property
    def may_begin(self) -> bool:
        """Whether it is worth to ask for a turn: of those who could begin at a desk, one asks."""
        held = self.desk.in_hand
        if self.desk.is_away:
            before = range(self.desk.number + BESIDE, self.number, BESIDE)
            return all(number in held for number in before)
        return self.desk.room is not None or (self.is_first and not held)

    @property
    def looks_often(self) -> bool:
        """Whether somebody waits for it who wants to be served soon."""
        beside = self.desk.is_away and self.number != self.desk.number + BESIDE
        return self.able.lane == "interactive" and not beside

    @property
    def able(self) -> Able:
        """What the performer can do beside what it has in hand."""
        return self.desk.able_now

    @property
    def warm(self) -> Warm:
        """What it has loaded."""
        return self.desk.warm

    @property
    def sat_in(self) -> bool:
        """Whether a performer is there."""
        return self.slot is not None and self.slot.alive

    def begins(self, held: InHand, choice: Choice, seconds: float) -> None:
        """A turn was given here. seconds: device-seconds that were charged for it."""
        self.desk.turn(choice, seconds)
        self.desk.in_hand[self.number] = held

    def ends(self) -> None:
        """Whatever was begun here is over."""
        self.desk.in_hand.pop(self.number, None)

    def heard(self, event: Event) -> None:
        """Takes note of what the performer says."""
        self.desk.heard(self.number, event)

    def died(self) -> None:
        """The performer died."""
        self.desk.died(self._hired)

    @property
    def greeted(self) -> bool:
        """Whether the performer that sits here ever said that it is there."""
        return self.slot is not None and self.slot.greeted

    @property
    def company(self) -> int:
        """How many other orders the performer has in hand."""
        return 0 if self.slot is None else self.slot.company

    @property
    def model(self) -> str | None:
        """What it has loaded, in one word."""
        return ", ".join(sorted(self.warm.models)) or None

    def abandon(self) -> None:
        """Whatever is still performed here is nobody's any more; others at the desk go on."""
        slot = self.slot
        if slot is None or not slot.busy:
            return
        if slot.company and slot.alive:
            slot.give_up()
        else:
            slot.kill()
            self.desk.look()

    def leave(self) -> None:
        """Gives its slot back; with the last one the performer ends."""
        if self.slot is not None:
            self.slot.end()
        self.slot = None
        self.desk.look()
