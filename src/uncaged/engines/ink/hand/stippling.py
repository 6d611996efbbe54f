"""Shadow as points: they crowd where it is dark and grow a little there. All forms of a drawing at once.

Points of an additive sequence (Roberts 2018: the plane's golden ratio): any first n of them lie evenly, so a point
appears when the tone at its place passes its own share, and stays where it is when the form moves.
"""

from collections.abc import Sequence

import numpy as np

from uncaged.engines.ink.hand.hatching import Shade
from uncaged.engines.ink.hand.lots import draws, number
from uncaged.engines.ink.hand.paths import tame, tamed
from uncaged.engines.ink.numbers import Array

MOST = 1000
"""Points on one form."""

_PLASTIC = (0.7548776662466927, 0.5698402909980532)
"""1/g and 1/g² of g = 1.3247 …, the real root of g³ = g + 1."""

_GAP, _RADIUS = 0.0125, 0.0034
"""Between the closest points, and the radius of one, as shares of the frame."""


def stipple(shades: Sequence[Shade], pixels: float) -> list[Array]:
    """The points of each form, (n, 3): x, y, radius in pixels, to be cut by it."""
    return [_points(shade, pixels) for shade in shades]


def _points(shade: Shade, pixels: float) -> Array:
    left, top, right, bottom = shade.box
    wide, high = right - left, bottom - top
    gap = max(_GAP * pixels, 1.9) / float(np.sqrt(tamed(shade.density, 0.05, 100, 1.0)))
    count = int(min(tamed(wide * high / (gap * gap), 0, 1e9), MOST))
    if count < 1:
        return np.empty((0, 3))
    n = np.arange(count)
    start = number(shade.key) % 4096
    u, v = ((n + start) * step % 1.0 for step in _PLASTIC)
    lot = draws(f"dot/{shade.key}", 4 * count).reshape(4, count)
    u, v = u + (lot[2] - 0.5) * 0.8 * gap / wide, v + (lot[3] - 0.5) * 0.8 * gap / high
    tone = _tone(shade, u, v)
    here = tone > (n + 0.5) / count + (lot[0] - 0.5) * 0.12
    radius = max(_RADIUS * pixels, 0.62) * (0.72 + 0.35 * lot[1] + 0.3 * tone)
    found = np.stack([left + u * wide, top + v * high, radius], 1)[here]
    return tame(found)


def _tone(shade: Shade, u: Array, v: Array) -> Array:
    """How dark it is, 0 … 1, at shares of the box: nothing on the light side, most on the shadow side."""
    dx, dy = tamed(shade.light[0], -8, 8), tamed(shade.light[1], -8, 8)
    norm = max(abs(dx) + abs(dy), 0.25)
    q = ((2 * u - 1) * dx + (2 * v - 1) * dy) / norm
    q = np.clip((q + 0.62) / 1.5, 0, 1)
    return np.minimum(q * q * tamed(shade.amount, 0, 3) * 1.25 + 0.015, 1.0)
