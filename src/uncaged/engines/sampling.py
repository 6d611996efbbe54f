"""The loop that draws: from noise to something clean, step by step, asking a model for its estimate at each.

Plain arithmetic on whatever the caller brings (numpy arrays, torch tensors); knows no model, no device and no film. A
generator, so that whoever drives it may answer for many loops at once, look at every step, or stop: `close` ends it.
"""

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from uncaged.core.errors import AskedWrong, Failed, nearest
from uncaged.core.words import _

Latents: TypeAlias = Any
"""An array or a tensor; one sort throughout a loop."""

Time: TypeAlias = Any
"""Share of noise, 1 all … 0 none: a number, or an array that spreads over the latents, such as one time a frame."""

Weight: TypeAlias = float | Sequence[float]
"""A real number, or one for each step. Nothing is clamped."""

Loop: TypeAlias = Generator["Ask", Sequence[Latents], Latents]
Solver: TypeAlias = Callable[["Step", "Step | None"], Latents]
"""The latents at `Step.then`, from this step and, for solvers that remember, the one before it."""

quietly = np.errstate(all="ignore")
"""What leaves the numbers a computer holds is found by the guard, not by a warning."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the loop wants to know: the clean latents, as the model estimates them, under each of `conds`.

    x: the latents at the time `sigma`. number: this step, from 0, of `steps`. The answer is a sequence of estimates,
    one for each condition and in their order.
    """

    x: Latents
    sigma: Time
    conds: tuple[Any, ...]
    number: int
    steps: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a solver: the latents `x` at the time `now`, the estimate `clean`, and the time to go to."""

    x: Latents
    clean: Latents
    now: Time
    then: Time


class NotFinite(Failed):
    """The numbers grew beyond what a computer holds. last: the latents of the last step at which they had not."""

    def __init__(self, number: int, steps: int, last: Latents) -> None:
        super().__init__(
            _("The numbers left what a computer can hold at step %(step)s of %(steps)s.")
            % {"step": number + 1, "steps": steps},
            _("Turn the dials nearer to what is suggested."),
        )
        self.number = number
        self.last = last


@quietly
def flow(clean: Latents, noise: Latents, sigma: Time) -> Latents:
    """Latents at a time: the straight way from clean to noise. Liu et al. 2022 (arXiv 2209.03003), equation 1."""
    return clean * (1 - sigma) + noise * sigma


@quietly
def euler(step: Step, before: Step | None) -> Latents:
    """One straight step. Karras et al. 2022 (arXiv 2206.00364), algorithm 1 without its churn: dx/dσ = (x − x̂)/σ.

    Written as a mean of x̂ and x, so that a step to 0 is the estimate itself, and what stands at 0 stays as it is.
    """
    none = (step.now == 0) * 1.0
    left = (step.then + none) / (step.now + none)
    return step.clean * (1 - left) + step.x * left


SOLVERS: Final[Mapping[str, Solver]] = {"euler": euler}
"""By name. A solver of a higher order that only remembers its last step fits in; each is one function."""


def sample(
    noise: Latents,
    times: Sequence[Time],
    conds: Sequence[Any],
    weights: Sequence[Weight] = (),
    *,
    given: Latents | None = None,
    mask: Latents | None = None,
    solver: str = "euler",
) -> Loop:
    """Draws: yields `Ask` once a step, receives the estimates, returns the latents at the last of `times`.

    times: one more than there are steps; any list, it may also rise. conds: what the model is told, the first of them
    what guidance leads away from (nothing said, or what must not be seen). weights: one for each further condition;
    the estimate is x̂₀ + Σ wᵢ·(x̂ᵢ − x̂₀), any real wᵢ (Ho and Salimans 2022; Liu et al. 2022, arXiv 2206.01714). A
    condition that counts for exactly nothing in a step is not asked for.
    given: latents to begin from; at `times[0]` they are mixed with the noise. mask: 1 where they may change, 0 where
    they stay, anything between by its share; spreads over the latents.
    Raises `AskedWrong` where the lists do not fit, `NotFinite` where a number is none any more.
    """
    steps = len(times) - 1
    shares = _shares(weights, len(conds), steps)
    advance = _solver(solver)
    if mask is not None and given is None:
        raise AskedWrong(_("A mask needs latents to keep."), _("Say what is given."), "given")
    x = noise if given is None else flow(given, noise, times[0])
    if not finite(x):
        raise AskedWrong(_("What the drawing begins from holds numbers without an end."))
    before: Step | None = None
    for number in range(steps):
        now, then = times[number], times[number + 1]
        if mask is not None:
            x = _held(x, flow(given, noise, now), mask)
        wanted = [i for i, share in enumerate(shares[number]) if share != 0]
        estimates = yield Ask(x, now, tuple(conds[i] for i in wanted), number, steps)
        clean = guided(estimates, [shares[number][i] for i in wanted])
        step = Step(x, clean, now, then)
        x = advance(step, before)
        if not finite(x):
            raise NotFinite(number, steps, step.x)
        before = step
    return x if mask is None else _held(x, flow(given, noise, times[-1]), mask)


@quietly
def guided(estimates: Sequence[Latents], shares: Sequence[float]) -> Latents:
    """The weighted sum of estimates; a single one that counts whole is handed through untouched."""
    if len(estimates) != len(shares):
        raise ValueError(f"{len(shares)} conditions were asked for, {len(estimates)} answered")
    if len(estimates) == 1 and shares[0] == 1:
        return estimates[0]
    total = estimates[0] * shares[0]
    for estimate, share in zip(estimates[1:], shares[1:], strict=True):
        total = total + estimate * share
    return total


def bent(steps: int, bend: float, begin: float = 1.0) -> list[float]:
    """`steps` + 1 times from `begin` to 0. bend: 0 even steps; above, more of them near the noise, below, near the end.

    Time t of even steps becomes k·t / (1 + (k − 1)·t) with k = 2^bend. Esser et al. 2024 (arXiv 2403.03206), equation
    23. Any real bend; beyond ±60 it bends no further.

    >>> [round(t, 3) for t in bent(2, 1.0)]
    [1.0, 0.667, 0.0]
    """
    k = 2.0 ** max(-60.0, min(60.0, bend))
    even = [begin * (steps - i) / steps for i in range(steps + 1)]
    return [k * t / (1 + (k - 1) * t) if t < 1 else t for t in even]


@quietly
def finite(x: Latents) -> bool:
    """Whether every number of it is one."""
    return math.isfinite(float(abs(x).max()))


@quietly
def _held(x: Latents, kept: Latents, mask: Latents) -> Latents:
    return kept + (x - kept) * mask


def _shares(weights: Sequence[Weight], conds: int, steps: int) -> list[list[float]]:
    """For each step, how much each condition's estimate counts; together 1."""
    if steps < 1:
        raise AskedWrong(_("A film takes at least one step."), about="steps")
    if len(weights) != conds - 1:
        raise AskedWrong(
            _("%(conds)s conditions take %(wanted)s weights, not %(given)s.")
            % {"conds": conds, "wanted": max(conds - 1, 0), "given": len(weights)},
            about="weights",
        )
    rows = [_each(weight, steps) for weight in weights]
    return [[1 - sum(row), *row] for row in zip(*rows, strict=True)] or [[1.0]] * steps


def _each(weight: Weight, steps: int) -> list[float]:
    if isinstance(weight, int | float):
        return [float(weight)] * steps
    if len(weight) != steps:
        raise AskedWrong(
            _("There are %(given)s weights for %(steps)s steps.")
            % {"given": len(weight), "steps": steps},
            _("Give one number, or one for each step."),
            "weights",
        )
    return [float(one) for one in weight]


def _solver(name: str) -> Solver:
    if name not in SOLVERS:
        raise AskedWrong(
            _("There is no solver called %(name)s.") % {"name": name}, nearest(name, list(SOLVERS))
        )
    return SOLVERS[name]
