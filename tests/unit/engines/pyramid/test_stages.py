"""The stages: their times against the authors' own, and what a jump does to picture and noise, worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from uncaged.core.errors import AskedWrong
from uncaged.engines.pyramid.stages import (
    STAGE,
    block_noise,
    halved,
    jump,
    rescaled,
    sigmas,
    timesteps,
)

Values = Callable[[str], dict[str, Tensor]]
BEGIN = {1: 0.667, 2: 0.334}
"""How much noise there is where the stage before ends."""

START = {1: 0.800240, 2: 0.500750}
"""How much there is where the stage starts."""


@pytest.mark.parametrize("steps", [5, 10, 20])
@pytest.mark.parametrize("stage", [0, 1, 2])
def test_times_are_those_of_the_authors(values: Values, stage: int, steps: int) -> None:
    """Theirs went through float32, whose numbers lie 6e-5 apart near 1000."""
    meant = values("scheduler")
    assert np.allclose(timesteps(stage, steps), meant[f"t.{steps}.{stage}"], rtol=0, atol=3e-5)
    assert np.allclose(sigmas(steps), meant[f"s.{steps}.{stage}"], rtol=0, atol=1e-7)


def test_stages_lie_where_the_authors_put_them(values: Values) -> None:
    meant = values("scheduler")
    for found, name in (
        ([stage.start for stage in STAGE], "start_sigmas"),
        ([stage.end for stage in STAGE], "end_sigmas"),
        ([stage.begin for stage in STAGE], "ori_start_sigmas"),
    ):
        assert np.allclose(found, meant[name], rtol=0, atol=1e-7)


def test_one_step_is_asked_at_the_start() -> None:
    assert sigmas(1) == [1.0, 0.0]
    assert timesteps(1, 1) == [744.0]
    with pytest.raises(AskedWrong, match="at least one step"):
        sigmas(0)


def test_a_jump_rescales_by_the_published_numbers() -> None:
    assert np.allclose(rescaled(1), (0.599880, 0.693028), rtol=0, atol=1e-6)
    assert np.allclose(rescaled(2), (0.749625, 0.433662), rtol=0, atol=1e-6)


def basis(size: int) -> NDArray[np.float64]:
    """Every picture of `size`² numbers of which one is 1: what a linear map makes of them is the map."""
    return np.eye(size * size).reshape(-1, size, size)


def test_block_noise_has_the_covariance_that_it_should() -> None:
    """For white noise z and a linear map A, the covariance of A·z is A·Aᵀ."""
    map_ = block_noise(basis(4)).reshape(16, 16).T
    of_block = np.arange(16).reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(4, 4)
    meant = np.zeros((16, 16))
    for block in of_block:
        meant[np.ix_(block, block)] = np.eye(4) * (4 / 3) - 1 / 3
    assert np.allclose(map_ @ map_.T, meant)


@pytest.mark.parametrize("stage", [1, 2])
def test_a_jump_lands_on_the_start_of_the_next_stage(stage: int) -> None:
    """Where a stage ends: begin of noise, four alike once enlarged. Where the next starts: start of white noise, and
    the rest of picture."""
    of_latents = jump(basis(2), np.zeros((4, 4, 4)), stage).reshape(4, 16).T
    of_noise = jump(np.zeros((16, 2, 2)), basis(4), stage).reshape(16, 16).T
    covariance = BEGIN[stage] ** 2 * of_latents @ of_latents.T + of_noise @ of_noise.T
    assert np.allclose(covariance, START[stage] ** 2 * np.eye(16), atol=1e-6)
    picture = jump(np.full((2, 2), 1 - BEGIN[stage]), np.zeros((4, 4)), stage)
    assert np.allclose(picture, 1 - START[stage], atol=1e-6)


def test_a_jump_enlarges_without_smoothing() -> None:
    small = np.array([[1.0, 2.0], [3.0, 4.0]])
    large = jump(small, np.zeros((4, 4)), 1) / rescaled(1)[0]
    assert np.allclose(large, [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]])


def test_drawn_noise_pulls_in_fours() -> None:
    white = np.random.default_rng(3).standard_normal((400_000, 2, 2))
    found = np.cov(block_noise(white).reshape(-1, 4).T)
    assert np.allclose(found, np.eye(4) * (4 / 3) - 1 / 3, atol=0.01)


def test_halving_is_what_bilinear_halving_is() -> None:
    x = torch.randn(2, 3, 1, 8, 12, generator=torch.Generator().manual_seed(1))
    meant = torch.nn.functional.interpolate(x[:, :, 0], scale_factor=0.5, mode="bilinear")
    assert torch.allclose(halved(x)[:, :, 0], meant, atol=1e-6)


def test_arrays_and_tensors_jump_alike() -> None:
    chance = np.random.default_rng(1)
    x = chance.standard_normal((1, 4, 1, 4, 6), np.float32)
    white = chance.standard_normal((1, 4, 1, 8, 12), np.float32)
    of_tensors = jump(torch.from_numpy(x), torch.from_numpy(white), 2)
    assert of_tensors.shape == white.shape
    assert np.allclose(jump(x, white, 2), of_tensors, atol=1e-6)
