"""A picture in the middle of a larger frame: where it lies, which places hold it alone, when it is too small; masks."""

import numpy as np
import pytest
import torch
from torch.nn.functional import adaptive_max_pool2d

from uncaged.core.errors import Impossible
from uncaged.engines.within import changing, covering, lying

PICTURE = np.full((40, 60, 3), 7, np.uint8)
PICTURE[:, 30:] = 200


def test_it_lies_in_the_middle_and_its_edge_goes_on() -> None:
    there = lying(PICTURE, (96, 64), 0.5, (12, 8))
    assert there.frame.shape == (64, 96, 3)
    assert (there.rows, there.columns) == (slice(2, 6), slice(3, 9))
    assert (there.frame[:, :24] == there.frame[:, 24:25]).all()
    assert (there.frame[16:48, 24:72] == covering(PICTURE, (48, 32))).all()


def test_places_that_hold_something_else_as_well_are_drawn_anew() -> None:
    there = lying(PICTURE, (96, 64), 0.4, (12, 8))
    assert (there.rows, there.columns) == (slice(3, 5), slice(4, 8))  # 38 of 96, 26 of 64 pixels
    grained = lying(PICTURE, (64, 64), 0.4, (16, 16), 4)
    assert grained.columns == slice(5, 11) and (grained.frame[20:44, 20:44] == 7).any()


@pytest.mark.parametrize(
    ("size", "share", "places"), [((32, 32), 0.5, (1, 1)), ((64, 64), 0.01, (8, 8))]
)
def test_too_small_to_be_kept(size: tuple[int, int], share: float, places: tuple[int, int]) -> None:
    with pytest.raises(Impossible):
        lying(PICTURE, size, share, places)
    with pytest.raises(Impossible):
        lying(PICTURE, (64, 64), 0.01, (16, 16), 4)


@pytest.mark.parametrize("size", [(4, 8), (3, 5), (8, 16), (1, 1)])
def test_a_place_is_open_where_any_pixel_of_it_is(size: tuple[int, int]) -> None:
    """As torch pools, which knows how places lie that share a pixel."""
    light = np.random.default_rng(1).random((8, 16)) > 0.9
    mask = np.where(light, 255, 0).astype(np.uint8)[:, :, None].repeat(3, 2)
    pooled = adaptive_max_pool2d(torch.from_numpy(light)[None].float(), size)[0].numpy()
    assert (changing(mask, size) == pooled).all() and pooled.any()
    assert not changing(np.zeros((8, 16, 3), np.uint8), size).any()
