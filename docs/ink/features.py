"""Numbers that say what a picture is like: eight of a frame, two of how it moves. For measuring, not for drawing.

Everything is made from OKLab of a small picture, so that grain and paper count as little as they do for an eye.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

NAMES = (
    "lightness", "contrast", "edges", "colour", "symmetry", "disorder", "lines", "regions", "movement", "stillness",
)  # fmt: skip
"""lightness: mean. contrast: spread of lightness. edges: mean slope of lightness. colour: mean chroma. symmetry: how
alike both halves are, 1 = the same. disorder: entropy of lightness in 8 × 8 patches, in bits. lines: share of pixels
much darker than what is round them. regions: connected patches of one of six lightnesses at 32 pixels.
movement: mean change from one frame to the next. stillness: share of neighbouring frames that are the same."""

SPREAD = np.array([0.143, 0.037, 0.0092, 0.026, 0.052, 0.300, 0.024, 28.0, 0.0102, 0.167])
"""How much each of them varies among the stills of prompts48.txt and forty.txt: the unit differences are given in."""

_TO_LMS = np.array(
    [
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    ]
)
_TO_LAB = np.array(
    [
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    ]
)
_BYTES = np.arange(256) / 255
_LINEAR = np.where(_BYTES <= 0.04045, _BYTES / 12.92, ((_BYTES + 0.055) / 1.055) ** 2.4)


def oklab(pixels: Pixels) -> Floats:
    """sRGB bytes (…, 3) → OKLab."""
    return np.cbrt(_LINEAR[pixels] @ _TO_LMS.T) @ _TO_LAB.T


def thumbnail(pixels: Pixels, side: int = 32) -> Floats:
    """A picture's mean OKLab in side × side equal cells, (side, side, 3)."""
    lab = oklab(pixels)
    rows = np.arange(side + 1) * lab.shape[0] // side
    columns = np.arange(side + 1) * lab.shape[1] // side
    sums = np.add.reduceat(np.add.reduceat(lab, rows[:-1], 0), columns[:-1], 1)
    return sums / (np.diff(rows)[:, None] * np.diff(columns))[..., None]


def apart(one: Floats, other: Floats) -> float:
    """How far two thumbnails are apart: the mean distance of their cells in OKLab."""
    return float(np.sqrt(((one - other) ** 2).sum(-1)).mean())


def features(frames: Sequence[Pixels]) -> Floats:
    """The ten numbers of a film, from neighbouring frames of it; the first eight are those of the first frame."""
    lab = oklab(frames[0])
    light = lab[..., 0]
    return np.array(
        [
            light.mean(),
            light.std(),
            (np.abs(np.diff(light, axis=0)).mean() + np.abs(np.diff(light, axis=1)).mean()) / 2,
            np.sqrt((lab[..., 1:] ** 2).sum(-1)).mean(),
            1 - np.abs(light - light[:, ::-1]).mean(),
            _disorder(light),
            _lines(light),
            _regions(thumbnail(frames[0])[..., 0]),
            *_movement(frames),
        ]
    )


def _disorder(light: Floats) -> float:
    """Bits that lightness has on the mean in 8 × 8 patches, in 32 steps."""
    h, w = light.shape[0] // 8 * 8, light.shape[1] // 8 * 8
    patches = light[:h, :w].reshape(h // 8, 8, w // 8, 8).swapaxes(1, 2).reshape(-1, 64)
    steps = np.clip(patches * 32, 0, 31).astype(int)
    counts = np.zeros((len(steps), 32))
    np.add.at(counts, (np.arange(len(steps))[:, None], steps), 1)
    shares = counts / 64
    return float(-(shares * np.log2(np.maximum(shares, 1e-9))).sum(1).mean())


def _lines(light: Floats) -> float:
    """The share of pixels that are darker by .1 than the mean of the 5 × 5 round them."""
    padded = np.pad(light, 2, mode="edge")
    sums = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    mean = (sums[5:, 5:] - sums[:-5, 5:] - sums[5:, :-5] + sums[:-5, :-5]) / 25
    return float((light < mean - 0.1).mean())


def _regions(light: Floats) -> float:
    """Connected patches of one lightness, in six steps."""
    steps = np.clip(light * 6, 0, 5).astype(int)
    height, width = steps.shape
    parent = list(range(height * width))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for y in range(height):
        for x in range(width):
            here = y * width + x
            if x and steps[y, x] == steps[y, x - 1]:
                parent[root(here)] = root(here - 1)
            if y and steps[y, x] == steps[y - 1, x]:
                parent[root(here)] = root(here - width)
    return float(sum(parent[i] == i for i in range(height * width)))


def _movement(frames: Sequence[Pixels]) -> tuple[float, float]:
    """Mean change of lightness from frame to frame, and the share of frames that are the same as the one before."""
    lights = [oklab(frame)[..., 0] for frame in frames]
    steps = [float(np.abs(b - a).mean()) for a, b in pairwise(lights)]
    if not steps:
        return 0.0, 0.0
    return float(np.mean(steps)), float(np.mean([step < 1e-9 for step in steps]))
