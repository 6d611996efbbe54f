"""A hand as a mitten with a thumb, or with its fingers spread: legible at the size of a thumbnail. Knows no arm.

A new hand is a row of `HANDS`: an outline from the wrist round the fingers and the thumb and back.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from uncaged.engines.ink.curves import Point, points, smooth
from uncaged.engines.ink.numbers import Array

HANDS: Final[Mapping[str, Array]] = {
    "open": points(
        (-0.3, 0.36), (0.35, 0.46), (0.95, 0.4), (1.4, 0.12), (1.35, -0.2), (0.85, -0.36),
        (0.62, -0.42), (0.82, -0.84), (0.5, -0.9), (0.12, -0.5), (-0.3, -0.36),
    ),
    "fist": points(
        (-0.3, 0.36), (0.3, 0.52), (0.8, 0.5), (1.0, 0.15), (0.95, -0.25), (0.7, -0.4),
        (0.6, -0.42), (0.68, -0.62), (0.4, -0.68), (0.1, -0.5), (-0.3, -0.36),
    ),
    "point": points(
        (-0.3, 0.36), (0.3, 0.54), (0.78, 0.5), (0.98, 0.22), (0.95, -0.06), (1.3, -0.12),
        (1.95, -0.16), (2.02, -0.34), (1.3, -0.42), (0.7, -0.46), (0.66, -0.7), (0.3, -0.72),
        (0.06, -0.5), (-0.3, -0.36),
    ),
    "flat": points(
        (-0.3, 0.26), (0.5, 0.32), (1.3, 0.24), (1.8, 0.02), (1.3, -0.16), (0.72, -0.26),
        (0.9, -0.5), (0.5, -0.58), (0.06, -0.38), (-0.3, -0.28),
    ),
    "palm": points(
        (-0.3, 0.32), (0.5, 0.46), (1.2, 0.34), (1.75, -0.06), (1.62, -0.2), (1.1, 0.0),
        (0.72, -0.08), (0.98, -0.52), (0.7, -0.66), (0.26, -0.42), (-0.3, -0.34),
    ),
    "wave": points(
        (-0.3, 0.36), (0.45, 0.54), (1.2, 0.78), (1.3, 0.6), (0.95, 0.34), (1.62, 0.42),
        (1.66, 0.2), (1.05, 0.1), (1.76, 0.02), (1.74, -0.18), (1.05, -0.14), (1.55, -0.36),
        (1.45, -0.54), (0.8, -0.4), (0.98, -0.96), (0.62, -1.02), (0.16, -0.52), (-0.3, -0.36),
    ),
}  # fmt: skip
"""Outlines in units of the hand's size: x along the hand from the wrist, y away from the thumb."""


def mitten(wrist: Point, along: Array, size: float, side: int = 1, form: str = "open") -> Array:
    """The outline of a hand. along: unit vector from the wrist to the fingers. size: about two thirds of its length.

    side: 1 has the thumb to the left of `along` (in front, when the arm of a figure that faces right hangs down),
    −1 to its right. form: a row of `HANDS`.
    """
    outline = _smooth(form) * size
    x, y = outline[:, :1], outline[:, 1:] * side
    across = points(-along[1], along[0])
    return points(*wrist) + x * along + y * across


@cache
def _smooth(form: str) -> Array:
    """A row of `HANDS` as a curve. Shared, so read only."""
    outline = smooth(HANDS[form], True, 3)
    outline.flags.writeable = False
    return outline
