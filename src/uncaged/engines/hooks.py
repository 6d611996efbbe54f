"""Where somebody may reach into the loop: before a step, around each question, in place of the sum, after the step.

A hook is an object with any of these methods; those with a lower `order` come first. It sees a `Moment`, and whatever
it changes there, the loop goes on with. Knows no model.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from uncaged.engines.solvers import Latents, Time


@dataclass(slots=True)
class Moment:
    """The loop as it stands; all of it may be changed.

    x: the latents at `times[number]`. seen: what the model is shown, at the time `at`. conds, weights: see
    `sampling.sample`, with a weight for each condition but the first. asked: which conditions were asked for;
    estimates: what the model said under each of them. clean: their sum. more: whatever hooks want to remember.
    """

    x: Latents
    number: int
    times: list[Time]
    conds: list[Any]
    weights: list[Any]
    seen: Latents = None
    at: Time = 1.0
    asked: list[int] = field(default_factory=list[int])
    estimates: list[Latents] = field(default_factory=list[Latents])
    clean: Latents = None
    more: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def now(self) -> Time:
        """The time of this step."""
        return self.times[self.number]

    @property
    def steps(self) -> int:
        """How many there are in all."""
        return len(self.times) - 1


class Hook:
    """Does nothing; a hook overrides what it wants to do."""

    order: int = 0
    every: bool = False
    """Whether each condition is to be asked for, also one that counts for nothing in a step."""

    def patch(self, moment: Moment) -> AbstractContextManager[object]:
        """Around the whole run: what it changes in a model's weights is undone at the end, however that comes.

        A performer performs several runs of a model in turn (`Engine.slots`), and they share its weights: where one of
        them is not to be seen by the others, it is changed around each question instead.
        """
        return nullcontext()

    def start(self, moment: Moment) -> None:
        """Before the first step: everything may be changed."""

    def step(self, moment: Moment) -> None:
        """Before a step: x, conds, weights, and the times from here on."""

    def model_in(self, moment: Moment) -> None:
        """Before the model is asked: `seen`."""

    def known(self, moment: Moment) -> Sequence[Latents] | None:
        """In place of asking the model: an estimate for each of `asked`. None leaves it to the next hook, and at last
        to the model."""
        return None

    def model_out(self, moment: Moment) -> None:
        """After it has answered, or a hook has: `estimates`, one for each of `asked`."""

    def combine(self, moment: Moment) -> Latents | None:
        """In place of the weighted sum; None leaves it to the next hook, and at last to the sum."""
        return None

    def after(self, moment: Moment) -> None:
        """After the solver's step: x, at the time gone to."""

    def end(self, moment: Moment) -> None:
        """After the last step."""


def in_order(hooks: Sequence[Hook]) -> list[Hook]:
    """By `order`; those of one order as they were given."""
    return sorted(hooks, key=lambda hook: hook.order)
