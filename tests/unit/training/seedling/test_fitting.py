"""The codec that films give: films that it never saw survive it, the better the more numbers are kept."""

import numpy as np
import pytest
from numpy.typing import NDArray

from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.fitting import CHECKED, codec_of, moments, psnr

Films = NDArray[np.uint8]


@pytest.fixture(scope="module")
def films() -> Films:
    return np.stack([clip(seed).frames for seed in range(100, 140)])


def test_films_survive_their_codec(films: Films) -> None:
    mean, covariance = moments(films)
    found = [psnr(codec_of(mean, covariance, kept), CHECKED[:4]) for kept in (16, 32, 48)]
    assert found[0] < found[1] < found[2]
    assert found[1] > 32


def test_its_numbers_have_a_variance_of_one_and_fall_off(films: Films) -> None:
    codec = codec_of(*moments(films), 32)
    each = codec.encode(films).reshape(-1, 32).astype(np.float64).var(0)
    assert abs(each.mean() - 1) < 0.02
    assert (np.diff(each) < 1e-4).all()
    np.testing.assert_allclose(codec.back @ codec.into, np.eye(32), atol=1e-4)


def test_the_shipped_codec_is_good_for_both_stages() -> None:
    codec = Codec.shipped()
    assert codec.kept == 32
    assert psnr(codec, CHECKED[:6]) > 33
    assert psnr(codec, CHECKED[:3], "many") > 31
