"""The step cache: nothing is guessed unasked, what goes straight on is guessed right, what turns is asked about."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from uncaged.engines.hooks import Hook
from uncaged.engines.named import Named
from uncaged.engines.sampling import Ask, bent, sample
from uncaged.engines.solvers import Way, cleaned, curved, straight, velocity
from uncaged.engines.step_cache import StepCache

NOISE = np.random.default_rng(1).standard_normal((2, 3))
CLEAN = np.linspace(-1, 1, 6).reshape(2, 3)
Model = Callable[[Ask, int], Any]


def drive(
    model: Model, *hooks: Hook, steps: int = 12, noise: Any = NOISE, **more: Any
) -> tuple[Any, list[int]]:
    """What is drawn, and at which steps the model was asked."""
    asked: list[int] = []
    loop = sample(noise, bent(steps, 0), ["none", "fish"], [3.0], hooks=hooks, **more)
    try:
        ask = next(loop)
        while True:
            asked.append(ask.number)
            ask = loop.send([model(ask, i) for i, _ in enumerate(ask.conds)])
    except StopIteration as end:
        return end.value, asked


def even(way: Way = straight) -> Model:
    """Its velocity changes evenly over time, under each condition another."""
    return lambda ask, i: cleaned(ask.x, CLEAN + (i + 1) * (1 + 0.2 * ask.sigma), ask.sigma, way)


def turning(ask: Ask, i: int) -> Any:
    """Its velocity changes more from step to step than any that was before."""
    return cleaned(ask.x, CLEAN * (1 + 8.0 ** (ask.number + i)), ask.sigma, straight)


@pytest.mark.parametrize("way", [straight, curved])
@pytest.mark.parametrize("sigma", [0.9, 0.1, np.array([[0.3], [0.8]])])
def test_velocity_is_what_its_papers_say_and_turns_back(way: Way, sigma: Any) -> None:
    x = CLEAN * way(sigma) + NOISE * sigma
    own = velocity(x, CLEAN, sigma, way)
    said = NOISE - CLEAN if way is straight else NOISE * way(sigma) - CLEAN * sigma
    np.testing.assert_allclose(own, said, atol=1e-12)
    np.testing.assert_allclose(cleaned(x, own, sigma, way), CLEAN, atol=1e-12)


@pytest.mark.parametrize("way", [straight, curved])
def test_what_goes_straight_on_is_guessed_right(way: Way) -> None:
    plain, every = drive(even(way), way=way)
    cache = StepCache(0.5, way)
    drawn, asked = drive(even(way), cache, way=way)
    assert every == list(range(12)) and asked[:2] == [0, 1] and asked[-1] == 11
    assert len(asked) < 8
    np.testing.assert_allclose(drawn, plain, rtol=1e-9)
    assert cache.noted == {"guessed": f"{12 - len(asked)} of 12 answers: lossy"}


@pytest.mark.parametrize("tolerance", [0.0, -1.0])
def test_nothing_is_guessed_unasked(tolerance: float) -> None:
    cache = StepCache(tolerance, straight)
    drawn, asked = drive(even(), cache)
    assert asked == list(range(12)) and cache.noted == {}
    assert (drawn == drive(even())[0]).all()


def test_the_more_may_drift_the_less_is_asked_and_what_turns_is_asked_about() -> None:
    counts = [
        len(drive(even(), StepCache(tolerance, straight))[1]) for tolerance in (0.02, 0.1, 0.5, 9)
    ]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1] >= 3
    assert drive(turning, StepCache(0.3, straight))[1] == list(range(12))


def test_other_conditions_are_no_answer_to_these() -> None:
    weights = [1.0, 1.0, 3.0, 3.0, 1.0, 1.0, 1.0, 1.0]
    asked: list[int] = []
    loop = sample(NOISE, bent(8, 0), ["none", "fish"], [weights], hooks=[StepCache(9, straight)])
    try:
        ask = next(loop)
        while True:
            asked.append(ask.number)
            ask = loop.send([even()(ask, i) for i, _ in enumerate(ask.conds)])
    except StopIteration:
        pass
    assert asked == [0, 1, 2, 3, 4, 5, 7]  # two of the same conditions first, then one guessed


def test_several_tensors_and_a_second_look_are_cached_too() -> None:
    noise = Named(video=NOISE, audio=NOISE[0])

    def model(ask: Ask, i: int) -> Any:
        return ask.x.each(lambda one: one - (one * 0 + 1 + i) * ask.sigma)

    plain, _every = drive(model, noise=noise)
    drawn, asked = drive(model, StepCache(0.2, straight), noise=noise)
    assert len(asked) < 12
    for name in ("video", "audio"):
        np.testing.assert_allclose(drawn[name], plain[name], rtol=1e-9, atol=1e-12)
    plain, every = drive(even(), solver="heun")
    drawn, asked = drive(even(), StepCache(0.5, straight), solver="heun")
    assert len(asked) < len(every)
    np.testing.assert_allclose(drawn, plain, rtol=1e-9)


def test_where_a_frame_has_no_noise_the_model_is_asked() -> None:
    times = [np.array([[time], [0.0]]) for time in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)]
    asked = 0
    loop = sample(NOISE, times, ["fish"], hooks=[StepCache(9, straight)])
    try:
        next(loop)
        while True:
            asked += 1
            loop.send([CLEAN])
    except StopIteration:
        pass
    assert asked == 5
