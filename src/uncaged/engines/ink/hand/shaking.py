"""A hand that trembles: whole forms sway with their lines, all of a drawing together. Knows no marks.

The pen's own error is in `pen`; this begins where that is more than plain, so that colour goes with its contour.
"""

from collections.abc import Callable

import numpy as np

from uncaged.engines.ink.hand.paths import tame, tamed
from uncaged.engines.ink.numbers import TAU, Array, sin

PLAIN, REACH = 0.006, 0.62
"""The plain error as a share of the frame, and how much of what is beyond it moves the forms."""

WAVES = ((0.235, 1.0, 0.13, 0.41), (0.101, 0.55, 0.77, 0.19), (0.052, 0.30, 0.35, 0.91))
"""Lengths as shares of the frame, strengths, and two phases in turns."""


def shaken(wobble: float, pixels: float, variant: int) -> Callable[[Array], Array] | None:
    """The map of points (n, 2) in pixels; None for a hand that errs no more than plainly.

    wobble: the manner's, a share of the frame. variant: 0 … 3, so that what is held still breathes.
    """
    beyond = tamed(abs(wobble), 0, 10) - PLAIN
    if beyond <= 1e-9:
        return None
    reach = REACH * beyond * pixels

    def shake(p: Array) -> Array:
        out = p.copy()
        for length, strength, one, two in WAVES:
            k = TAU / (length * pixels)
            breath = 0.06 * variant
            x, y = p[:, 0] * k, p[:, 1] * k
            out[:, 0] += reach * strength * sin(0.31 * x + y + TAU * (one + breath))
            out[:, 1] += reach * strength * sin(x - 0.27 * y + TAU * (two - breath))
        return np.rint(tame(out) * 64) * (1 / 64)

    return shake
