"""Sizes, scales and noise of a film in latents."""

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.pyramid.latents import frames, inward, outward, seeded, side, units


def test_frames_come_in_eights_after_the_first() -> None:
    assert [frames(count) for count in (1, 2, 16, 31)] == [1, 9, 121, 241]
    assert [units(count) for count in (1, 9, 121, 241)] == [1, 2, 16, 31]


@pytest.mark.parametrize(("wrong", "near"), [(0, 1), (-5, 1), (8, 9), (120, 121), (123, 121)])
def test_other_numbers_of_frames_are_refused(wrong: int, near: int) -> None:
    with pytest.raises(AskedWrong, match=f"Ask for {near} frames"):
        units(wrong)


def test_sides_are_multiples_of_64() -> None:
    assert (side(1280), side(768), side(384)) == (160, 96, 48)
    for wrong, near in ((0, 64), (100, 128), (1281, 1280)):
        with pytest.raises(AskedWrong, match=f"Ask for {near}"):
            side(wrong)


@pytest.mark.parametrize(
    ("number", "family", "shift", "spread"),
    [
        (0, "miniflux", -0.04, 1.8726),
        (0, "mmdit", 0.149, 1.8415),
        (1, "miniflux", -0.2343, 3.0986),
        (15, "mmdit", -0.2343, 3.0986),
    ],
)
def test_the_first_unit_has_a_scale_of_its_own(
    number: int, family: str, shift: float, spread: float
) -> None:
    latents = np.array([shift, shift + spread, 0.5])
    scaled = inward(latents, number, family)
    assert np.allclose(scaled[:2], [0, 1])
    assert np.allclose(outward(scaled, number, family), latents)


def test_a_seed_says_every_noise() -> None:
    noise, other = seeded(5, 128, 64), seeded(6, 128, 64)
    assert [noise(0, stage).shape for stage in range(3)] == [
        (1, 16, 1, 2, 4),
        (1, 16, 1, 4, 8),
        (1, 16, 1, 8, 16),
    ]
    again = seeded(5, 128, 64)
    assert np.array_equal(again(3, 1), noise(3, 1)), "asked in another order, too"
    drawn = [noise(u, s)[0, 0, 0, 0, 0] for u in range(3) for s in range(3)] + [other(0, 0).flat[0]]
    assert len(set(drawn)) == 10
    assert noise(0, 2).dtype == np.float32
    assert abs(noise(1, 2).std() - 1) < 0.05
