"""The loop: what it asks, how it adds, where it lands, how it ends; the same on numpy arrays and torch tensors."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.sampling import Ask, Loop, NotFinite, Weight, bent, flow, sample

TARGETS = {"nothing": -1.0, "fish": 2.0, "bird": 0.5}
"""Three conditions, and what each model here believes is there."""

Model = Callable[[Ask, str], Any]


def target(ask: Ask, cond: str) -> Any:
    """A model that is always sure: the same clean latents, whatever it sees."""
    return ask.x * 0 + TARGETS[cond]


def curved(ask: Ask, cond: str) -> Any:
    """What an ideal model says where the data are a normal heap around its target, `SPREAD` wide: the way is bent."""
    left, wide = 1 - ask.sigma, SPREAD**2
    off = ask.x - left * TARGETS[cond]
    return TARGETS[cond] + off * (wide * left / (left**2 * wide + ask.sigma**2))


SPREAD = 0.5


def drive(loop: Loop, model: Model, seen: list[Ask] | None = None) -> Any:
    """Answers until the loop ends; what it returns."""
    try:
        ask = next(loop)
        while True:
            if seen is not None:
                seen.append(ask)
            ask = loop.send([model(ask, cond) for cond in ask.conds])
    except StopIteration as end:
        return end.value


def noise(seed: int = 0) -> Any:
    return np.random.default_rng(seed).standard_normal((4, 3, 2)).astype(np.float32)


def drawn(conds: Sequence[str], weights: Sequence[Weight], steps: int = 6) -> Any:
    return drive(sample(noise(), bent(steps, 0.5), conds, weights), target)


def test_it_lands_on_what_the_model_is_sure_of() -> None:
    assert np.array_equal(drawn(["fish"], []), np.full((4, 3, 2), 2.0, np.float32))


@pytest.mark.parametrize("weight", [2.0, 0.5, 0.0, -3.0, 1.0, 40.0, 1e6])
def test_guidance_is_any_real_number(weight: float) -> None:
    expected = -1.0 + weight * (2.0 - -1.0)
    assert np.allclose(drawn(["nothing", "fish"], [weight]), expected, rtol=1e-5)


def test_any_number_of_conditions() -> None:
    expected = -1.0 + 2.0 * 3.0 + -1.5 * 1.5
    assert np.allclose(drawn(["nothing", "fish", "bird"], [2.0, -1.5]), expected, rtol=1e-5)


def test_a_weight_for_each_step() -> None:
    """The last step decides for a model that is always sure."""
    assert np.allclose(drawn(["nothing", "fish"], [[9, 9, 9, 9, 9, -2]]), -1.0 - 2.0 * 3.0)
    with pytest.raises(AskedWrong, match="There are 2 weights for 6 steps"):
        drawn(["nothing", "fish"], [[1.0, 2.0]])
    with pytest.raises(AskedWrong, match="2 conditions take 1 weights, not 0"):
        drawn(["nothing", "fish"], [])


def test_what_counts_for_nothing_is_not_asked_for() -> None:
    seen: list[Ask] = []
    times = bent(3, 0.0)
    drive(sample(noise(), times, ["nothing", "fish"], [[1.0, 0.0, 0.5]]), target, seen)
    assert [ask.conds for ask in seen] == [("fish",), ("nothing",), ("nothing", "fish")]
    assert [(ask.number, ask.steps, ask.sigma) for ask in seen] == [
        (0, 3, times[0]),
        (1, 3, times[1]),
        (2, 3, times[2]),
    ]


def test_a_single_step_is_the_estimate_itself() -> None:
    seen: list[Ask] = []
    out = drive(sample(noise(), [1.0, 0.0], ["bird"]), curved, seen)
    assert np.array_equal(seen[0].x, noise()) and np.array_equal(out, curved(seen[0], "bird"))


def test_a_step_by_hand() -> None:
    """From 0.8 to 0.2 with x = 1 and an estimate of 0.5: x̂ + (x − x̂)/4."""
    out = drive(sample(np.ones(1), [0.8, 0.2], ["bird"]), target)
    assert out == pytest.approx([0.625])


def test_more_steps_come_nearer() -> None:
    """For the ideal model the exact end is known; Euler's error falls with the number of steps."""
    exact = TARGETS["fish"] + SPREAD * noise()
    off = [
        np.abs(drive(sample(noise(), bent(n, 0.0), ["fish"]), curved) - exact).max()
        for n in (10, 20, 40, 80)
    ]
    assert 1.7 < off[0] / off[1] < 2.3 and 1.7 < off[1] / off[2] < 2.3 and off[3] < 0.05


def test_each_frame_has_its_own_time() -> None:
    """Frame 1 stands at 0.1 until the last step; frame 2 at 0 and never moves."""
    times = [np.array([t, 0.1 if t else 0.0, 0.0, t]).reshape(4, 1, 1) for t in bent(5, 0.5)]
    seen: list[Ask] = []
    begin = noise()
    out = drive(sample(begin, times, ["fish"]), target, seen)
    assert all(np.allclose(ask.x[1], begin[1]) for ask in seen)
    assert not np.allclose(seen[1].x[0], begin[0])
    assert np.array_equal(out[2], begin[2])
    assert np.array_equal(out[[0, 1, 3]], np.full((3, 3, 2), 2.0))


def test_it_begins_from_given_latents() -> None:
    given = np.full((4, 3, 2), 7.0, np.float32)
    seen: list[Ask] = []
    drive(sample(noise(), bent(2, 0.0, begin=0.25), ["fish"], given=given), target, seen)
    assert np.allclose(seen[0].x, 0.75 * 7.0 + 0.25 * noise()) and seen[0].sigma == 0.25


def test_a_mask_keeps_what_is_given() -> None:
    given, mask = np.full((4, 3, 2), 7.0, np.float32), np.zeros((4, 1, 1), np.float32)
    mask[2:] = 1
    times = bent(4, 0.3)
    seen: list[Ask] = []
    out = drive(sample(noise(), times, ["fish"], given=given, mask=mask), curved, seen)
    free = drive(sample(noise(), times, ["fish"], given=given), curved)
    assert np.array_equal(out[:2], given[:2]) and np.allclose(out[2:], free[2:])
    for ask in seen:
        assert np.allclose(ask.x[:2], flow(given, noise(), ask.sigma)[:2])
    with pytest.raises(AskedWrong, match="latents to keep"):
        next(sample(noise(), times, ["fish"], mask=mask))


def test_what_is_no_number_ends_it_and_leaves_the_last_that_was() -> None:
    def breaks(ask: Ask, cond: str) -> Any:
        return ask.x * (np.float32(np.nan) if ask.number == 3 else 0.5)

    seen: list[Ask] = []
    with pytest.raises(NotFinite, match="step 4 of 6") as caught:
        drive(sample(noise(), bent(6, 0.5), ["fish"]), breaks, seen)
    assert np.array_equal(caught.value.last, seen[3].x) and np.isfinite(caught.value.last).all()
    assert len(seen) == 4 and caught.value.hint

    with pytest.raises(NotFinite, match="step 1 of 6"):
        drawn(["nothing", "fish"], [1e300])
    with pytest.raises(AskedWrong, match="without an end"):
        next(sample(noise() * np.float32(np.inf), [1.0, 0.0], ["fish"]))


def test_closing_ends_it() -> None:
    loop = sample(noise(), bent(6, 0.5), ["fish"])
    next(loop)
    loop.close()
    with pytest.raises(StopIteration):
        next(loop)


def test_what_cannot_be() -> None:
    with pytest.raises(AskedWrong, match="at least one step"):
        next(sample(noise(), [1.0], ["fish"]))
    with pytest.raises(AskedWrong, match="no solver called eulr") as caught:
        next(sample(noise(), [1.0, 0.0], ["fish"], solver="eulr"))
    assert "euler" in caught.value.hint
    loop = sample(noise(), [1.0, 0.0], ["nothing", "fish"], [2.0])
    next(loop)
    with pytest.raises(ValueError, match="2 conditions were asked for, 1 answered"):
        loop.send([noise()])


@pytest.mark.parametrize("bend", [0.585, 0.0, -2.0, 1e9, -1e300])
def test_times_fall_from_all_noise_to_none(bend: float) -> None:
    times = bent(12, bend)
    assert len(times) == 13 and times[0] == 1 and times[-1] == 0
    assert all(math.isfinite(t) and 0 <= t <= 1 for t in times)
    assert times == sorted(times, reverse=True)
    middle = times[6]
    assert (middle > 0.5) == (bend > 0) and (middle < 0.5) == (bend < 0)


def test_torch_tensors_take_the_same_way() -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    given, mask = noise(5), np.ones((4, 1, 1), np.float32)
    mask[1] = 0.25
    frames = [
        np.array([t, 0.1 if t else 0.0, t, 0.0], np.float32).reshape(4, 1, 1) for t in bent(5, 0.5)
    ]

    def run(bring: Callable[[Any], Any]) -> list[Any]:
        begin, conds = bring(noise()), ["nothing", "fish", "bird"]
        weights: list[Weight] = [[3.0, 0.5, 0.0, -2.0, 1.0], -0.75]
        return [
            drive(sample(begin, bent(5, 0.5), conds, weights), curved),
            drive(sample(begin, [bring(t) for t in frames], conds, weights), curved),
            drive(
                sample(begin, bent(5, 1.5), conds, weights, given=bring(given), mask=bring(mask)),
                curved,
            ),
        ]

    for ours, theirs in zip(run(lambda a: a), run(torch.from_numpy), strict=True):
        assert np.abs(ours).max() > 0.1
        assert np.allclose(ours, theirs.numpy(), rtol=1e-5, atol=1e-5)
    with pytest.raises(NotFinite) as caught:
        drive(sample(torch.ones(3), [1.0, 0.5, 0.0], ["fish"]), lambda ask, _: ask.x / 0.0)
    assert caught.value.number == 0 and bool(torch.isfinite(caught.value.last).all())
