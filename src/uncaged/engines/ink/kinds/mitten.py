"""A hand as a mitten with a thumb: enough for a gesture, and still legible at the size of a thumbnail."""

from uncaged.engines.ink.curves import Point, points, smooth
from uncaged.engines.ink.numbers import Array

OPEN = points(
    (-0.3, 0.36), (0.35, 0.46), (0.95, 0.4), (1.4, 0.12), (1.35, -0.2), (0.85, -0.36), (0.62, -0.42)
)
FIST = points(
    (-0.3, 0.36), (0.3, 0.52), (0.8, 0.5), (1.0, 0.15), (0.95, -0.25), (0.7, -0.4), (0.6, -0.42)
)
THUMB = points((0.82, -0.84), (0.5, -0.9), (0.12, -0.5), (-0.3, -0.36))
FOLDED = points((0.68, -0.62), (0.4, -0.68), (0.1, -0.5), (-0.3, -0.36))
"""Outlines in units of the hand's size: x along the hand from the wrist, y away from the thumb."""


def mitten(wrist: Point, along: Array, size: float, side: int = 1, closed: bool = False) -> Array:
    """The outline of a hand. along: unit vector from the wrist to the fingers. size: about two thirds of its length.

    side: 1 has the thumb to the left of `along` (in front, when the arm of a figure that faces right hangs down),
    −1 to its right. closed: a fist that holds something.
    """
    form = points(*(FIST if closed else OPEN), *(FOLDED if closed else THUMB)) * size
    x, y = form[:, :1], form[:, 1:] * side
    across = points(-along[1], along[0])
    return smooth(points(*wrist) + x * along + y * across, True, 3)
