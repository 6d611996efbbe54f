"""The codec that films give: films that it never saw survive it, the better the more numbers are kept."""

import numpy as np

from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling.fitting import CHECKED, codec_of, films, moments, psnr


def test_films_survive_their_codec() -> None:
    mean, covariance = moments(films(range(100, 160)))
    found = [psnr(codec_of(mean, covariance, kept), CHECKED[:8]) for kept in (16, 32, 48)]
    assert found[0] < found[1] < found[2]
    assert found[1] > 33


def test_the_shipped_codec_is_good_for_both_stages() -> None:
    codec = Codec.shipped()
    assert codec.kept == 32
    assert psnr(codec, CHECKED[:8]) > 34
    assert psnr(codec, CHECKED[:6], "many") > 32


def test_its_numbers_have_a_variance_of_one_and_fall_off() -> None:
    mean, covariance = moments(films(range(100, 140)))
    codec = codec_of(mean, covariance, 32)
    latents = np.stack([codec.encode(film) for film in films(range(100, 140))])
    each = latents.reshape(-1, 32).astype(np.float64).var(0)
    assert abs(each.mean() - 1) < 0.02
    assert (np.diff(each) < 1e-4).all()
    np.testing.assert_allclose(codec.back @ codec.into, np.eye(32), atol=1e-4)
