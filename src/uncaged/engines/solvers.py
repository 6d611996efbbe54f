"""How one step of the loop goes: the ways from clean to noise, and the solvers, each a plain function of a step.

Arithmetic that numbers, numpy arrays, torch tensors and `Named` share. A time is the share of noise σ; a way says which
share α of what is clean goes with it: x = α·clean + σ·noise.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.words import _

Latents: TypeAlias = Any
"""An array, a tensor, or several of them as `Named`; one sort throughout a loop."""

Time: TypeAlias = Any
"""Share of noise σ, 0 none: a number, or an array that spreads over the latents, such as one time a frame."""

MOST_LOG: Final = 709.0
"""Of what a number can hold, about the logarithm."""

Way: TypeAlias = Callable[[Time], Time]
"""σ → α."""


def straight(sigma: Time) -> Time:
    """α = 1 − σ: rectified flow. Liu et al. 2022 (arXiv 2209.03003), equation 1."""
    return 1 - sigma


def mixed(clean: Latents, noise: Latents, sigma: Time, way: Way = straight) -> Latents:
    """α·clean + σ·noise: latents at a time."""
    return clean * way(sigma) + noise * sigma


def curved(sigma: Time) -> Time:
    """α = √(1 − σ²): the latents keep their variance. Ho et al. 2020 (arXiv 2006.11239), equation 4. No number beyond
    σ = ±1."""
    square = 1 - sigma * sigma
    if isinstance(square, int | float) and square < 0:
        return math.nan  # a plain number would become a complex one
    return square**0.5


def velocity(x: Latents, clean: Latents, sigma: Time, way: Way) -> Latents:
    """Where latents move, by an estimate of what is clean in them: noise − clean on the straight way; α·noise − σ·clean
    on the curved one, Salimans and Ho 2022 (arXiv 2202.00512), appendix D. sigma: not 0."""
    return (x * _pull(sigma, way) - clean) / sigma


def cleaned(x: Latents, moving: Latents, sigma: Time, way: Way) -> Latents:
    """What is clean in latents that move so: `velocity`, turned round."""
    return x * _pull(sigma, way) - moving * sigma


def _pull(sigma: Time, way: Way) -> Time:
    return 1.0 if way is straight else way(sigma)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the latents `x` at the time `now`, the estimate `clean`, and the time to go to, on `way`.

    fresh: noise of this step, for solvers that add some. eta: how much of it, 1 as derived; any real number. earlier:
    the time and the estimate of the step before it, for solvers that look back twice.
    """

    x: Latents
    clean: Latents
    now: Time
    then: Time
    way: Way = straight
    fresh: Callable[[], Latents] | None = None
    eta: float = 1.0
    earlier: tuple[Time, Latents] | None = None


Advance: TypeAlias = Callable[[Step, "Step | None"], Latents]
"""The latents at `Step.then`, from this step and, for solvers that remember, the one before it."""

Correct: TypeAlias = Callable[[Step, Latents], Latents]
"""The latents at `Step.then` once more, now that the model has said what is clean there."""

Again: TypeAlias = Callable[[Step, Step], Step]
"""The step with other latents to stand on: those of the step before, taken again now that its end is known."""


def euler(step: Step, before: Step | None = None) -> Latents:
    """One straight step: Karras et al. 2022 (arXiv 2206.00364), algorithm 1 without its churn; on the curved way, DDIM:
    Song et al. 2020 (arXiv 2010.02502), equation 12 with η = 0.

    What was noise stays the same noise, of which σ' is left. A step to 0 is the estimate itself, and what stands at 0
    stays as it is.
    """
    return _carried(step, step.clean, _left(step))


def mean(step: Step, clean: Latents) -> Latents:
    """Heun's second half: the same step by the mean of both estimates. Of order 2 in log(α/σ)."""
    return _carried(step, (step.clean + clean) * 0.5, _left(step))


def dpm_2m(step: Step, before: Step | None) -> Latents:
    """DPM-Solver++(2M): Lu et al. 2022 (arXiv 2211.01095), algorithm 2. Its first step, and one to 0, are `euler`'s.

    Takes times that are plain numbers; raises `AskedWrong` for others.
    """
    return _carried(step, _foreseen(step, before), _left(step))


def dpm_2m_noisy(step: Step, before: Step | None) -> Latents:
    """The same along the stochastic way, SDE-DPM-Solver++(2M) of the same paper's appendix: with q = e^(−h), h the step
    in log(α/σ), x' = x·q^η·σ'/σ + α'·(1 − q^(1 + η))·clean + σ'·√(1 − q^(2η))·noise. η is 1 there, 0 in `dpm_2m`."""
    clean, way, eta = _foreseen(step, before), step.way, abs(step.eta)
    if step.then == 0 or step.now == 0:
        return _carried(step, clean, _left(step))
    kept = _kept(step)
    turned = clean * (way(step.then) * (1 - _power(kept, 1 + eta)))
    old = step.x * (_left(step) * _power(kept, eta))
    return old + turned + _fresh(step) * (step.then * _root(1 - _power(kept, 2 * eta)))


def ancestral(step: Step, before: Step | None = None) -> Latents:
    """Part of the noise is taken away and afresh added: Song et al. 2020 (arXiv 2010.02502), equations 12 and 16; on
    the straight way with the same variance given both ends. η is 1 there; 0 is `euler`."""
    kept = _kept(step)
    added = step.then * (step.eta * _root(1 - kept * kept))
    none = (step.now == 0) * 1.0
    left = (_root(step.then * step.then - added * added) + none) / (step.now + none)
    return _carried(step, step.clean, left) + _fresh(step) * added


def afresh(step: Step, before: Step | None = None) -> Latents:
    """All of the noise is taken away, and as much as is due is added afresh: Song et al. 2023 (arXiv 2303.01469),
    algorithm 1, as models that were taught to do with few steps have it. η is 1 there; 0 is `euler`."""
    added = step.then * step.eta
    none = (step.now == 0) * 1.0
    left = (_root(step.then * step.then - added * added) + none) / (step.now + none)
    return _carried(step, step.clean, left) + _fresh(step) * added


def united(step: Step, before: Step) -> Step:
    """UniC-2 of UniPC: Zhao et al. 2023 (arXiv 2302.04867), algorithm 1 with B(h) = e^h − 1, in estimates of what is
    clean. What was foreseen for the step before is put right by what the model says at its end, without asking more;
    then `dpm_2m` goes on, which is UniP-2. The first time it is `mean`.

    Takes times that are plain numbers; raises `AskedWrong` for others.
    """
    here, then = _number(before.now), _number(step.now)
    clean = before.clean + (step.clean - before.clean) * 0.5
    if here == 0 or then == 0 or here == then:
        return replace(step, earlier=(before.now, before.clean))
    here, then = _log(step.way(here), here), _log(step.way(then), then)
    if before.earlier is not None and math.isfinite(then - here) and then != here:
        time, old = before.earlier
        back = (_log(step.way(time), time) - here) / (then - here) if time else 0.0
        one, two = _united(then - here)
        if back not in (0.0, 1.0):
            far = (one - two) / (1 - back)
            clean = before.clean + (old - before.clean) * (far / back)
            clean = clean + (step.clean - before.clean) * (one - far)
    x = _carried(before, clean, _left(before))
    return replace(step, x=x, earlier=(before.now, before.clean))


def _united(h: float) -> tuple[float, float]:
    """The right side of the paper's equation 5 for two points: h·φ₂/B and 2·h²·φ₃/B at −h."""
    whole = math.expm1(min(-h, MOST_LOG))
    first = whole / -h - 1
    return first / whole, 2 * (first / -h - 0.5) / whole


def _carried(step: Step, clean: Latents, left: Time) -> Latents:
    """x with `left` of its noise, around `clean`."""
    return clean * (step.way(step.then) - step.way(step.now) * left) + step.x * left


def _left(step: Step) -> Time:
    """σ'/σ; 1 where there is no noise."""
    none = (step.now == 0) * 1.0
    return (step.then + none) / (step.now + none)


def _kept(step: Step) -> Time:
    """e^(−h) = α·σ' / (α'·σ): of the noise that a film has at σ', how much it already had at σ."""
    clear = step.way(step.then) * step.now
    return step.way(step.now) * step.then / (clear + (clear == 0) * 1.0)


def _power(kept: Time, exponent: float) -> float:
    """kept^exponent, without an end where it has none; no number where that would be a complex one."""
    try:
        found = kept**exponent
    except (ZeroDivisionError, OverflowError):
        return math.inf
    return math.nan if isinstance(found, complex) else float(found)


def _root(square: Time) -> Time:
    """√ of what is not below 0."""
    return ((square + abs(square)) * 0.5) ** 0.5


def _fresh(step: Step) -> Latents:
    if step.fresh is None:
        raise AskedWrong(_("This solver adds noise in every step."), _("Give it some."), "solver")
    return step.fresh()


def _foreseen(step: Step, before: Step | None) -> Latents:
    """The estimate at the middle of a step, by the last two: (1 + 1/2r)·clean − 1/2r·clean before, r = h before / h."""
    now, then = _number(step.now), _number(step.then)
    if before is None or then == 0 or now == 0:
        return step.clean
    here, there, back = (_log(step.way(t), t) for t in (now, then, _number(before.now)))
    if there == here or here == back or math.isinf(here):
        return step.clean
    share = (there - here) / (here - back) / 2
    return step.clean * (1 + share) - before.clean * share


def _log(clean: float, noise: float) -> float:
    """log(α/σ); without an end where nothing is clean, no number where there is less than no noise."""
    if clean > 0 and noise < 0:
        return math.nan
    return math.log(clean / noise) if clean > 0 else -math.inf


def _number(time: Time) -> float:
    if not isinstance(time, int | float):
        raise AskedWrong(
            _("This solver takes one time for all latents."), _("Choose euler."), "solver"
        )
    return float(time)


@dataclass(frozen=True, slots=True)
class Solver:
    """advance: see `Advance`. correct: where the model is asked once more, at the end of the step, unless that is 0.
    again: see `Again`. noisy: whether it adds noise."""

    advance: Advance
    correct: Correct | None = None
    again: Again | None = None
    noisy: bool = False


SOLVERS: Final[Mapping[str, Solver]] = {
    "euler": Solver(euler),
    "heun": Solver(euler, mean),
    "dpm++2m": Solver(dpm_2m),
    "unipc": Solver(dpm_2m, again=united),
    "dpm++2m-sde": Solver(dpm_2m_noisy, noisy=True),
    "ancestral": Solver(ancestral, noisy=True),
    "afresh": Solver(afresh, noisy=True),
}
"""By name. On the curved way, "euler" is DDIM."""


def solver(name: str) -> Solver:
    """The solver of this name; `AskedWrong` offers the nearest."""
    if name not in SOLVERS:
        raise AskedWrong(
            _("There is no solver called %(name)s.") % {"name": name}, nearest(name, list(SOLVERS))
        )
    return SOLVERS[name]
