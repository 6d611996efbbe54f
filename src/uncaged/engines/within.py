"""A picture in a frame: filling it, or lying in its middle with a field around it that is to be drawn; and masks.

Pixels only, (height, width, 3) bytes; knows no network.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from uncaged.core.errors import Impossible
from uncaged.core.order import Pixels
from uncaged.core.score import LIGHT
from uncaged.core.words import _


def covering(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture cut and scaled so that it fills a size (width, height): its middle, and nothing stretched."""
    height, width = picture.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    wide, high = size[0] / scale, size[1] / scale
    left, top = (width - wide) / 2, (height - high) / 2
    box = (left, top, left + wide, top + high)
    whole = Image.fromarray(picture)
    return np.asarray(whole.resize(size, Image.Resampling.LANCZOS, box=box), np.uint8)


def changing(mask: Pixels, size: tuple[int, int]) -> NDArray[np.float32]:
    """Which of a network's places a mask leaves open. size: (height, width) of them. -> the same, 1 where any pixel of
    a place is light, else 0."""
    light = np.pad((mask[:, :, 0] >= LIGHT).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    begins, ends = zip(*map(_pieces, mask.shape[:2], size), strict=True)
    found = light[np.ix_(*ends)] - light[np.ix_(begins[0], ends[1])]
    found += light[np.ix_(*begins)] - light[np.ix_(ends[0], begins[1])]
    return (found > 0).astype(np.float32)


def _pieces(pixels: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each of so many places begins and ends along a side; a pixel of two belongs to both."""
    number = np.arange(count)
    return number * pixels // count, -(-(number + 1) * pixels // count)


@dataclass(frozen=True, slots=True)
class Lying:
    """A frame in whose middle a picture lies. frame: its edge goes on to the frame's, so that a coder that looks beyond
    the picture sees nothing strange. rows, columns: of a network's places, those that hold nothing but the picture."""

    frame: Pixels
    rows: slice
    columns: slice


def lying(
    picture: Pixels, size: tuple[int, int], share: float, places: tuple[int, int], grain: int = 1
) -> Lying:
    """The picture at `share` of a frame's size (width, height), in its middle. places: across and down, of a network.

    grain: the picture covers whole places, so many at a time, where a coder knows only such. Raises `Impossible` where
    no place would hold it.
    """
    sides = [_side(side, share, count, grain) for side, count in zip(size, places, strict=True)]
    (left, wide, columns), (top, high, rows) = sides
    if not wide or not high or columns.start >= columns.stop or rows.start >= rows.stop:
        raise Impossible(
            _("The picture would be too small for this model to keep anything of it."),
            _("Go less far away, or ask for a larger size."),
        )
    small = covering(picture, (wide, high))
    around = ((top, size[1] - top - high), (left, size[0] - left - wide), (0, 0))
    return Lying(np.pad(small, around, mode="edge"), rows, columns)


def _side(whole: int, share: float, count: int, grain: int) -> tuple[int, int, slice]:
    """Where the picture begins on a side, how long it is there, and which of its places it fills."""
    if grain > 1:
        half = round(count * share / 2)
        return (
            (count // 2 - half) * grain,
            2 * half * grain,
            slice(count // 2 - half, count // 2 + half),
        )
    length = int(whole * share + 0.5)
    begin = (whole - length) // 2
    place = whole / count
    return begin, length, slice(-int(-begin // place), int((begin + length) // place))
