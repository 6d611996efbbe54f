"""The codec: linear, exact where all numbers are kept, and refused where a file is no codec."""

from pathlib import Path

import numpy as np
import pytest

from uncaged.core.errors import FileDamaged
from uncaged.engines.seedling.codec import NUMBERS, Codec, patches, unpatched


def _codec(kept: int) -> Codec:
    axes, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(NUMBERS, NUMBERS)))
    axes = axes[:, :kept].astype(np.float32)
    return Codec(np.full(NUMBERS, 0.25, np.float32), 2 * axes, axes.T / 2)


def _films(*shape: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (*shape, 3), np.uint8)


def test_patches_are_what_lies_together() -> None:
    films = _films(2, 4, 8, 12).astype(np.float32)
    rows = patches(films)
    assert rows.shape == (2, 2, 2, 3, 96)
    np.testing.assert_array_equal(rows[1, 1, 0, 2].reshape(2, 4, 4, 3), films[1, 2:4, 0:4, 8:12])
    np.testing.assert_array_equal(unpatched(rows), films)


@pytest.mark.parametrize("shape", [(16, 64, 64), (3, 2, 8, 8)])
def test_all_numbers_give_the_film_again(shape: tuple[int, ...]) -> None:
    films, codec = _films(*shape), _codec(NUMBERS)
    latents = codec.encode(films)
    assert latents.dtype == np.float32 and latents.shape[-1] == NUMBERS
    back = codec.decode(latents)
    assert back.shape == films.shape and np.abs(back.astype(int) - films).max() <= 1


def test_it_is_linear() -> None:
    codec, (one, other) = _codec(32), _films(2, 2, 8, 8)
    z, w = codec.encode(one), codec.encode(other)
    mixed = codec.pixels(0.25 * z + 0.75 * w)
    np.testing.assert_allclose(mixed, 0.25 * codec.pixels(z) + 0.75 * codec.pixels(w), atol=1e-5)
    assert codec.decode(100 * z).max() == 255, "what is too bright is cut off, not folded"


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    codec = _codec(32)
    codec.save(tmp_path / "codec.npz")
    again = Codec.load(tmp_path / "codec.npz")
    assert again.hash == codec.hash and again.kept == 32
    assert _codec(31).hash != codec.hash


def test_what_is_no_codec_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "codec.npz"
    with pytest.raises(FileDamaged):
        Codec.load(path)
    path.write_bytes(b"no archive")
    with pytest.raises(FileDamaged, match="no codec"):
        Codec.load(path)
    codec = _codec(32)
    Codec(codec.mean[:5], codec.into, codec.back).save(path)
    with pytest.raises(FileDamaged, match="shape"):
        Codec.load(path)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(FileDamaged):
        Codec.load(path)
