"""The loop that draws: from noise to something clean, step by step, asking a model for its estimate at each.

Plain arithmetic on whatever the caller brings (numpy arrays, torch tensors); knows no model, no device and no film. A
generator, so that whoever drives it may answer for many loops at once, look at every step, or stop: `close` ends it.
"""

import math
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

import numpy as np

from uncaged.core.errors import AskedWrong, Failed
from uncaged.core.words import _
from uncaged.engines.hooks import Hook, Moment, in_order
from uncaged.engines.solvers import Latents, Solver, Step, Time, Way, mixed, straight
from uncaged.engines.solvers import solver as named

Weight: TypeAlias = float | Sequence[float]
"""A real number, or one for each step. Nothing is clamped."""

Fresh: TypeAlias = Callable[[int], Latents]
"""Noise for a step, by its number."""

T = TypeVar("T")
Loop: TypeAlias = Generator["Ask", Sequence[Latents], Latents]
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
    """Latents at a time on the straight way. Liu et al. 2022 (arXiv 2209.03003), equation 1."""
    return mixed(clean, noise, sigma)


def sample(
    noise: Latents,
    times: Sequence[Time],
    conds: Sequence[Any],
    weights: Sequence[Weight] = (),
    *,
    given: Latents | None = None,
    mask: Latents | None = None,
    start: Latents | None = None,
    solver: str = "euler",
    way: Way = straight,
    hooks: Sequence[Hook] = (),
    fresh: Fresh | None = None,
    eta: float = 1.0,
) -> Loop:
    """Draws: yields `Ask` once a step, receives the estimates, returns the latents at the last of `times`.

    times: one more than there are steps; any list, it may also rise. conds: what the model is told, the first of them
    what guidance leads away from (nothing said, or what must not be seen). weights: one for each further condition;
    the estimate is x̂₀ + Σ wᵢ·(x̂ᵢ − x̂₀), any real wᵢ (Ho and Salimans 2022; Liu et al. 2022, arXiv 2206.01714). A
    condition that counts for exactly nothing in a step is not asked for.
    given: latents to begin from; at `times[0]` they are mixed with the noise. mask: 1 where they may change, 0 where
    they stay, anything between by its share; spreads over the latents. start: latents at `times[0]` to draw on from,
    where that is not what is given, with noise. solver: see `solvers.SOLVERS`; way: what the
    model was trained on. hooks: see `hooks.Hook`. fresh: noise for a step, by its number, of solvers that add some, and
    eta how much.
    Raises `AskedWrong` where the lists do not fit, `NotFinite` where a number is none any more.
    """
    _shares(weights, len(conds), len(times) - 1)
    if mask is not None and given is None:
        raise AskedWrong(_("A mask needs latents to keep."), _("Say what is given."), "given")
    x = noise if given is None else _mixed(given, noise, times[0], way)
    x = x if start is None else start
    if not finite(x):
        raise AskedWrong(_("What the drawing begins from holds numbers without an end."))
    held = _Staying(given, noise, mask, way)
    how = _How(named(solver), way, in_order(hooks), fresh, eta)
    moment = Moment(x, 0, list(times), list(conds), list(weights))
    with ExitStack() as patched:
        for hook in how.hooks:
            patched.enter_context(hook.patch(moment))
        for hook in how.hooks:
            hook.start(moment)
        before: Step | None = None
        while moment.number < moment.steps:
            before = yield from _stepped(moment, how, held, before)
            moment.number += 1
        for hook in how.hooks:
            hook.end(moment)
    return held.over(moment.x, moment.times[-1])


@dataclass(frozen=True, slots=True)
class _How:
    """How the steps go."""

    solver: Solver
    way: Way
    hooks: Sequence[Hook]
    fresh: Fresh | None
    eta: float

    def of(self, number: int) -> Callable[[], Latents] | None:
        """The noise of a step."""
        fresh = self.fresh
        return None if fresh is None else lambda: fresh(number)


@dataclass(frozen=True, slots=True)
class _Staying:
    """What stays as it was given."""

    given: Latents | None
    noise: Latents
    mask: Latents | None
    way: Way

    def over(self, x: Latents, time: Time) -> Latents:
        """x, and what is held as it is at this time."""
        if self.mask is None:
            return x
        return _masked(x, _mixed(self.given, self.noise, time, self.way), self.mask)


def _stepped(
    moment: Moment, how: _How, held: _Staying, before: Step | None
) -> Generator[Ask, Sequence[Latents], Step]:
    """One step: the model is asked, once or twice, and `moment.x` goes on. Raises `NotFinite`, `AskedWrong`."""
    for hook in how.hooks:
        hook.step(moment)
    begun = moment.x = held.over(moment.x, moment.now)
    then = moment.times[moment.number + 1]
    clean = yield from _estimated(moment, how, moment.x, moment.now)
    step = Step(moment.x, clean, moment.now, then, how.way, how.of(moment.number), how.eta)
    if how.solver.again is not None and before is not None:
        step = how.solver.again(step, before)
        step = replace(step, x=held.over(step.x, moment.now))
    x = _quiet(how.solver.advance, step, before)
    correct = how.solver.correct
    if correct is not None and not _is_none(then) and finite(x):
        clean = yield from _estimated(moment, how, x, then)
        x = _quiet(correct, step, clean)
    moment.x = x
    for hook in how.hooks:
        hook.after(moment)
    if not finite(moment.x):
        raise NotFinite(moment.number, moment.steps, begun)
    return step


def _estimated(
    moment: Moment, how: _How, x: Latents, time: Time
) -> Generator[Ask, Sequence[Latents], Latents]:
    """What the model takes for clean in x at a time, of all conditions together."""
    shares = _shares(moment.weights, len(moment.conds), moment.steps)[moment.number]
    every = any(hook.every for hook in how.hooks)
    moment.seen, moment.at = x, time
    moment.asked = [i for i, share in enumerate(shares) if every or share != 0]
    for hook in how.hooks:
        hook.model_in(moment)
    answer = _first(hook.known(moment) for hook in how.hooks)
    if answer is None:
        told = tuple(moment.conds[i] for i in moment.asked)
        answer = yield Ask(moment.seen, time, told, moment.number, moment.steps)
    moment.estimates = list(answer)
    for hook in how.hooks:
        hook.model_out(moment)
    clean = _first(hook.combine(moment) for hook in how.hooks)
    if clean is None:
        clean = guided(moment.estimates, [shares[i] for i in moment.asked])
    moment.clean = clean
    return clean


def _first(found: Iterable[T | None]) -> T | None:
    """The first that is something; nobody after it is asked."""
    return next((one for one in found if one is not None), None)


def _is_none(time: Time) -> bool:
    """Whether there is no noise at this time, anywhere."""
    return not bool((time != 0) if isinstance(time, int | float) else (time != 0).any())


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
    return bowed([begin * (steps - i) / steps for i in range(steps + 1)], bend)


def bowed(times: Sequence[float], bend: float) -> list[float]:
    """Any times from 1 to 0, bent as `bent` bends even ones; with a bend of 0 they stay exactly as they are."""
    if bend == 0:
        return list(times)
    k = 2.0 ** max(-60.0, min(60.0, bend))
    return [k * t / (1 + (k - 1) * t) if t < 1 else t for t in times]


@quietly
def finite(x: Latents) -> bool:
    """Whether every number of it is one."""
    return math.isfinite(float(abs(x).max()))


@quietly
def _masked(x: Latents, kept: Latents, mask: Latents) -> Latents:
    return kept + (x - kept) * mask


@quietly
def _mixed(clean: Latents, noise: Latents, sigma: Time, way: Way) -> Latents:
    return mixed(clean, noise, sigma, way)


@quietly
def _quiet(do: Callable[..., Latents], *given: Any) -> Latents:
    return do(*given)


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
