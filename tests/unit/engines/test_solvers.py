"""Solvers: where they land, how their errors fall, what the published formulas give, what noise they leave."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.named import Named
from uncaged.engines.sampling import Ask, Loop, NotFinite, bent, sample
from uncaged.engines.solvers import SOLVERS, Step, Way, curved, euler, mixed, straight

WIDE, MIDDLE = 0.5, 2.0
"""The data are a normal heap, `WIDE` around `MIDDLE`: what an ideal model says is known, and where every way ends."""

WAYS: dict[str, Way] = {"straight": straight, "curved": curved}


def ideal(way: Way) -> Callable[[Ask], Any]:
    def clean(ask: Ask) -> Any:
        alpha, square = way(ask.sigma), WIDE**2
        off = ask.x - MIDDLE * alpha
        return MIDDLE + off * (square * alpha / (alpha * alpha * square + ask.sigma**2))

    return clean


def drive(loop: Loop, model: Callable[[Ask], Any]) -> Any:
    try:
        ask = next(loop)
        while True:
            ask = loop.send([model(ask) for _ in ask.conds])
    except StopIteration as end:
        return end.value


def noise(seed: int = 0, count: int = 200) -> Any:
    return np.random.default_rng(seed).standard_normal(count)


def afresh(number: int) -> Any:
    return noise(100 + number)


def drawn(solver: str, way: Way, times: list[float], **more: Any) -> Any:
    begin = mixed(MIDDLE + WIDE * 0 * noise(), noise(), times[0], way)
    return drive(
        sample(begin, times, ["all"], solver=solver, way=way, fresh=afresh, **more), ideal(way)
    )


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(
    ("solver", "order"), [("euler", 1), ("heun", 2), ("dpm++2m", 2), ("unipc", 2)]
)
def test_errors_fall_as_the_order_says(name: str, solver: str, order: int) -> None:
    """From 0.9 to 0.2, beside the same with very many steps: of twice as many the error is 2^order times as small."""
    way = WAYS[name]

    def even(count: int) -> list[float]:  # even in log(α/σ), in which the orders hold
        low, high = (math.log(way(t) / t) for t in (0.9, 0.2))
        odds = [math.exp(low + (high - low) * i / count) for i in range(count + 1)]
        if name == "straight":
            return [1 / (1 + one) for one in odds]
        return [1 / math.sqrt(1 + one * one) for one in odds]

    exact = drawn("heun", way, even(4096))
    off = [np.abs(drawn(solver, way, even(n)) - exact).max() for n in (16, 32, 64)]
    for coarse, fine in pairwise(off):
        assert 0.8 * 2**order < coarse / fine, off
        assert solver != "euler" or coarse / fine < 2.5, off


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("solver", SOLVERS)
def test_every_solver_ends_at_what_the_model_is_sure_of(name: str, solver: str) -> None:
    begin = noise()
    loop = sample(begin, bent(5, 0.5), ["all"], solver=solver, way=WAYS[name], fresh=afresh)
    assert np.allclose(drive(loop, lambda ask: ask.x * 0 + 3.0), 3.0)


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("solver", ["ancestral", "dpm++2m-sde"])
def test_what_adds_noise_leaves_the_data_as_wide_as_they_are(name: str, solver: str) -> None:
    way = WAYS[name]
    many = np.random.default_rng(3)

    def fresh(number: int) -> Any:
        return many.standard_normal(20_000)

    begin = many.standard_normal(20_000)
    loop = sample(begin, bent(60, 0.5), ["all"], solver=solver, way=way, fresh=fresh)
    made = drive(loop, ideal(way))
    assert made.mean() == pytest.approx(MIDDLE, abs=0.05)
    assert made.std() == pytest.approx(WIDE, rel=0.1)
    again = drive(sample(begin, bent(60, 0.5), ["all"], solver="euler", way=way), ideal(way))
    assert abs(np.corrcoef(made, again)[0, 1]) < 0.9, "the noise is not that of the beginning"


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(
    ("solver", "calm"), [("ancestral", "euler"), ("dpm++2m-sde", "dpm++2m"), ("afresh", "euler")]
)
def test_without_noise_they_are_what_they_are_named_after(
    name: str, solver: str, calm: str
) -> None:
    way, times = WAYS[name], bent(9, 0.5)
    assert np.allclose(drawn(solver, way, times, eta=0.0), drawn(calm, way, times), atol=1e-12)
    assert not np.allclose(drawn(solver, way, times), drawn(calm, way, times))
    wild = drawn(solver, way, times, eta=-0.7)
    assert np.isfinite(wild).all(), "any real number is legal"


def test_a_step_of_ddim_is_that_of_its_equation() -> None:
    """x' = √ᾱ'·x̂ + √(1 − ᾱ')·(x − √ᾱ·x̂)/√(1 − ᾱ), for ᾱ of 0.3 and 0.8."""
    x, clean, old, new = noise(), noise(1), 0.3, 0.8
    step = Step(x, clean, math.sqrt(1 - old), math.sqrt(1 - new), curved)
    rest = (x - math.sqrt(old) * clean) / math.sqrt(1 - old)
    assert np.allclose(euler(step), math.sqrt(new) * clean + math.sqrt(1 - new) * rest)


def test_steps_of_the_stochastic_solver_are_those_of_its_equation() -> None:
    """With λ = log(√(ᾱ/(1 − ᾱ))) and h, r of three ᾱ, as the closed form has it for the variance-preserving way."""
    back, here, there = 0.1, 0.3, 0.7
    lam = [0.5 * math.log(a / (1 - a)) for a in (back, here, there)]
    h, r = lam[2] - lam[1], (lam[1] - lam[0]) / (lam[2] - lam[1])
    x, clean, before, fresh = (noise(i) for i in range(4))
    seen = (1 + 1 / (2 * r)) * clean - before / (2 * r)
    wanted = (
        math.sqrt((1 - there) / (1 - here)) * math.exp(-h) * x
        - math.expm1(-2 * h) * math.sqrt(there) * seen
        + math.sqrt(1 - there) * math.sqrt(1 - math.exp(-2 * h)) * fresh
    )
    sigma = [math.sqrt(1 - a) for a in (back, here, there)]
    last = Step(x, before, sigma[0], sigma[1], curved)
    step = Step(x, clean, sigma[1], sigma[2], curved, lambda: fresh)
    assert np.allclose(SOLVERS["dpm++2m-sde"].advance(step, last), wanted)


def test_what_unipc_puts_right_is_what_its_equations_say() -> None:
    """Three λ and three estimates: the system Rρ = b of the paper solved as it stands, φ by their series."""
    times = [0.9, 0.7, 0.4]
    lam = [math.log((1 - t) / t) for t in times]
    h, ratio = lam[2] - lam[1], (lam[0] - lam[1]) / (lam[2] - lam[1])
    phi = [sum((-h) ** i / math.factorial(i + n) for i in range(30)) for n in (1, 2, 3)]
    whole = phi[0] * -h  # e^(−h) − 1
    rows = np.array([[1.0, 1.0], [ratio, 1.0]])
    right = np.array([-h * phi[1], -h * phi[2] * 2]) / whole
    shares = np.linalg.solve(rows, right)
    old, last, now, x = (noise(i) for i in range(4))
    wanted = times[2] / times[1] * x - (1 - times[2]) * whole * (
        last + shares[0] * (old - last) / ratio + shares[1] * (now - last)
    )
    before = Step(x, last, times[1], times[2], earlier=(times[0], old))
    step = SOLVERS["unipc"].again
    assert step is not None
    assert np.allclose(step(Step(noise(9), now, times[2], 0.1), before).x, wanted)


def test_a_step_afresh_is_that_of_its_algorithm() -> None:
    step = Step(noise(), noise(1), 0.8, 0.3, fresh=lambda: noise(2))
    assert np.allclose(SOLVERS["afresh"].advance(step, None), 0.7 * noise(1) + 0.3 * noise(2))


def test_heun_asks_twice_but_for_the_last_step() -> None:
    seen: list[tuple[int, float]] = []

    def model(ask: Ask) -> Any:
        seen.append((ask.number, ask.sigma))
        return ask.x * 0.5

    drive(sample(noise(), [1.0, 0.6, 0.0], ["all"], solver="heun"), model)
    assert seen == [(0, 1.0), (0, 0.6), (1, 0.6)]


def test_what_they_cannot_do_is_said() -> None:
    with pytest.raises(AskedWrong, match="adds noise in every step"):
        drive(sample(noise(), [1.0, 0.5, 0.0], ["all"], solver="ancestral"), ideal(straight))
    times = [np.full(200, t) for t in (0.9, 0.5, 0.1)]
    with pytest.raises(AskedWrong, match="one time for all"):
        drive(sample(noise(), times, ["all"], solver="dpm++2m"), ideal(straight))


@pytest.mark.parametrize("solver", SOLVERS)
def test_several_tensors_are_drawn_together(solver: str) -> None:
    begin = Named(film=noise(0), sound=noise(1, 7))

    def fresh(number: int) -> Named:
        return Named(film=noise(10 + number), sound=noise(20 + number, 7))

    loop = sample(begin, bent(4, 0.0), ["a", "b"], [1.5], solver=solver, fresh=fresh)
    both = drive(loop, ideal(straight))
    assert set(both) == {"film", "sound"} and both["sound"].shape == (7,)
    for name in both:
        alone = sample(
            begin[name],
            bent(4, 0.0),
            ["a", "b"],
            [1.5],
            solver=solver,
            fresh=lambda number, name=name: fresh(number)[name],
        )
        assert np.allclose(both[name], drive(alone, ideal(straight)))
    with pytest.raises(ValueError, match="not the same tensors"):
        begin + Named(film=noise(0))


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("solver", sorted(SOLVERS))
@pytest.mark.parametrize(
    "times",
    [
        [1.2, 0.5, 0.0],
        [1.0, 0.5, -0.2],
        [1.0, -0.5, 0.2, 0.0],
        [1e-300, 1e300, 0.3, 0.0],
        [0.5, 0.9, 0.9, 0.0],
        [0.0, 0.5, 0.0, 0.0],
        [-1.0, -2.0, 3.0],
        [1e308, -1e308, 1e308, 5e-324, 0.0],
    ],
)
@pytest.mark.parametrize("eta", [1.0, 5000.0, -1e300])
def test_any_times_are_drawn_or_the_last_numbers_are_kept(
    name: str, solver: str, times: list[float], eta: float
) -> None:
    loop = sample(noise(), times, ["all"], solver=solver, way=WAYS[name], fresh=afresh, eta=eta)
    try:
        with np.errstate(all="ignore"):
            found = drive(loop, lambda ask: ask.x * 0.5 + 1)
    except NotFinite as broke:
        found = broke.last
    assert np.isfinite(found).all()


def test_what_breaks_off_keeps_what_was_there_before() -> None:
    """Also where a solver takes the step before it again, with an estimate that is none."""
    kept: list[Any] = []

    def model(ask: Ask) -> Any:
        kept.append(ask.x)
        return ask.x * (math.inf if ask.number == 3 else 0.5)

    for solver in ("euler", "dpm++2m", "unipc"):
        kept.clear()
        with pytest.raises(NotFinite) as broke:
            drive(sample(noise(), bent(6, 0), ["all"], solver=solver), model)
        assert broke.value.number == 3
        assert (broke.value.last == kept[3]).all()
