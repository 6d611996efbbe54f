"""A step cache: where a model goes on saying what it said, the next answer is carried on from the last two, and it is
not asked.

Lossy: only where somebody says how much may drift. When to ask again is judged as EasyCache does (Zhou et al. 2025,
arXiv 2507.02860): by how far velocities went for how far the latents went. What is guessed is not held as there but
goes on in a straight line, as TaylorSeer's first order (Liu et al. 2025, arXiv 2503.06923). Knows no model.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from uncaged.engines.hooks import Hook, Moment
from uncaged.engines.named import Named
from uncaged.engines.solvers import Latents, Time, Way, cleaned, velocity

FIRST: Final = -1000
"""Before hooks that change what the model says: what it said itself is remembered."""

GUESSED: Final = "guessed"
"""What recipes call it how many answers of a model were guessed."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a model said of x at a time, under each of the conditions `asked`: the velocities."""

    x: Latents
    at: Time
    asked: tuple[int, ...]
    velocities: tuple[Latents, ...]


class StepCache(Hook):
    """tolerance: by what share of themselves velocities may be guessed to change before the model is asked again, any
    number; 0 or below asks in every step. way: what the model was trained on. The first two steps and the last are
    always asked."""

    order = FIRST

    def __init__(self, tolerance: float, way: Way) -> None:
        self._tolerance, self._way = tolerance, way
        self._last: list[_Said] = []
        self._seen: Latents = None
        self._drift = 0.0
        self._guessing = False
        self._questions = 0
        self.guessed = 0
        """Answers, so far."""

    @property
    def noted(self) -> Mapping[str, str]:
        """What a recipe says of it: nothing where the model was asked each time."""
        if not self.guessed:
            return {}
        return {GUESSED: f"{self.guessed} of {self._questions} answers: lossy"}

    def known(self, moment: Moment) -> Sequence[Latents] | None:
        self._guessing = self._may(moment)
        self._questions += 1
        if not self._guessing:
            return None
        self.guessed += 1
        before, last = self._last
        reach = _apart(moment.at, last.at) / _apart(last.at, before.at)
        return [
            cleaned(moment.seen, new + (new - old) * reach, moment.at, self._way)
            for old, new in zip(before.velocities, last.velocities, strict=True)
        ]

    def model_out(self, moment: Moment) -> None:
        if self._guessing or self._tolerance <= 0:  # then nothing is ever guessed from it
            return
        self._seen, self._drift = moment.seen, 0.0
        if _is_none(moment.at):  # nothing moves any more
            self._last = []
            return
        went = [velocity(moment.seen, one, moment.at, self._way) for one in moment.estimates]
        said = _Said(moment.seen, moment.at, tuple(moment.asked), tuple(went))
        self._last = [*self._last[-1:], said]

    def _may(self, moment: Moment) -> bool:
        """Whether the model need not be asked; reckons how far its answer has gone since it was."""
        ends = moment.number == moment.steps - 1 or _is_none(moment.at)
        if len(self._last) < 2 or ends:
            return False
        before, last = self._last
        same = before.asked == last.asked == tuple(moment.asked)
        if not same or _apart(last.at, before.at) == 0:
            return False
        self._drift += _share(moment.seen, self._seen, before, last)
        self._seen = moment.seen
        return self._drift < self._tolerance


def _apart(one: Time, other: Time) -> float:
    """From one time to another; where each frame has its own, in the mean."""
    return float(one - other) if isinstance(one, int | float) else float((one - other).mean())


def _is_none(time: Time) -> bool:
    """Whether there is no noise at this time, of some frame at least."""
    return bool((time == 0) if isinstance(time, int | float) else (time == 0).any())


def _share(x: Latents, seen: Latents, before: _Said, last: _Said) -> float:
    """By what share of themselves velocities change while the latents go from `seen` to x, if they change as they did;
    of all conditions and tensors the most."""
    rates = [
        _most(_rate, new, old, last.x, before.x, x, seen)
        for old, new in zip(before.velocities, last.velocities, strict=True)
    ]
    return max(rates)


def _most(of: Any, *several: Latents) -> float:
    if isinstance(several[0], Named):
        return max(of(*(one[name] for one in several)) for name in several[0])
    return of(*several)


def _rate(new: Any, old: Any, there: Any, here: Any, x: Any, seen: Any) -> float:
    moved, size = _size(there - here), _size(new)
    if moved == 0 or size == 0:
        return math.inf
    return _size(new - old) / moved * _size(x - seen) / size


def _size(x: Any) -> float:
    """Root of the mean square."""
    return float((x * x).mean()) ** 0.5
