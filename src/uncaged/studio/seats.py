"""A seat: one performer's place under a steward, with what it has loaded. It outlives the performers that sit in it.

Knows no archive; whose turn it is on a seat, the steward asks the line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Event, Opened
from uncaged.performer.slot import Slot
from uncaged.queue.fairness import COLD, Choice, Warm, stayed
from uncaged.queue.line import Able


@dataclass(slots=True)
class Seat:
    """number: its own under this steward. hire: gives a new performer. opened: models that were loaded, and how long it
    took, since somebody last noted them. refused: the last time nobody who waits could begin here."""

    number: int
    able: Able
    hire: Callable[[], Slot]
    slot: Slot | None = None
    warm: Warm = COLD
    deaths: int = 0
    refused: bool = False
    opened: list[Opened] = field(default_factory=list[Opened])

    def ready(self) -> Slot:
        """The warm performer, or a new one where it died."""
        if not self.sat_in:
            self.leave()
        if self.slot is None:
            try:
                self.slot = self.hire()
            except OSError as error:
                why = f"No performer could be started ({error.strerror})."
                raise PerformerDied(why) from None
        return self.slot

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return f"seat {self.number}"

    @property
    def sat_in(self) -> bool:
        """Whether a performer is there."""
        return self.slot is not None and self.slot.alive

    def turn(self, choice: Choice, seconds: float) -> None:
        """A turn was given here: how long it has stayed with its model."""
        self.warm = replace(stayed(self.warm, choice, seconds), models=self.warm.models)

    def heard(self, event: Event) -> None:
        """Takes note of what the performer loads."""
        if isinstance(event, Opened):
            self.opened.append(event)
            self.warm = replace(self.warm, models=self.warm.models | {event.model})

    @property
    def greeted(self) -> bool:
        """Whether the performer that sits here ever said that it is there."""
        return self.slot is not None and self.slot.greeted

    @property
    def model(self) -> str | None:
        """What it has loaded, in one word."""
        return ", ".join(sorted(self.warm.models)) or None

    def abandon(self) -> None:
        """Whatever the performer still performs is nobody's any more."""
        if self.slot is not None and self.slot.busy:
            self.slot.kill()
            self.warm = COLD

    def leave(self) -> None:
        """Ends the performer."""
        if self.slot is not None:
            self.slot.end()
        self.slot, self.warm = None, COLD
