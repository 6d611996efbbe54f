"""What a steward needs of a performer, wherever it is: take an order, be heard, be stopped, be alive or not.

A child process over a pipe has one or several (`local`); an actor on another machine can have some too. No order ever
waits in a slot: the steward hands out one, hears its last event, then the next.
"""

from typing import Protocol

from uncaged.core.order import Event, Order, TaskOrder


class Slot(Protocol):
    """One performance at a time. Every method raises `PerformerDied` where that ended in the middle of an order."""

    @property
    def busy(self) -> bool:
        """Whether it has an order whose last event has not been heard."""
        ...

    @property
    def greeted(self) -> bool:
        """Whether it ever said that it is there; one that did not could never have performed anything."""
        ...

    @property
    def company(self) -> int:
        """How many other orders the same performer has in hand: what ends it, ends them too."""
        ...

    @property
    def heard(self) -> int:
        """How often the performer gave any sign of life, also to its other slots."""
        ...

    @property
    def alive(self) -> bool:
        """Whether it can take an order."""
        ...

    def start(self, order: Order | TaskOrder) -> None:
        """Hands over an order; its events come through `hear`."""
        ...

    def hear(self, seconds: float) -> Event | None:
        """The present order's next event, or None when none came in time."""
        ...

    def cancel(self) -> None:
        """Asks the performance to end; it does at its next event, or not at all."""
        ...

    def give_up(self) -> None:
        """The same, and nothing of the order is heard again."""
        ...

    def beside(self) -> "Slot":
        """One more slot of the same performer, for an order that it performs in turn with this one's."""
        ...

    def kill(self) -> None:
        """Ends the performer at once, with whatever it does, in its other slots too."""
        ...

    def end(self) -> None:
        """Leaves it in good order; whoever leaves last ends the performer. Safe to call twice."""
        ...
