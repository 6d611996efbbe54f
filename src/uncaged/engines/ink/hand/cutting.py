"""Scissors: contours become straight cuts between points that stay, so that a moving form keeps its facets.

Works on all polygons of a drawing at once. Knows no colours and no canvas.
"""

import numpy as np

from uncaged.engines.ink.numbers import Array

CORNER = 0.72
"""Cosine of the turn from which on a point is a corner and stays."""

FEWEST, SMALL = 7, 9
"""Cuts round a form at least; polygons of so few points are cut already."""


def facets(
    p: Array, before: Array, after: Array, start: Array, count: Array, length: float
) -> Array:
    """Which points of closed polygons remain, (n,) booleans: corners, and one each `length` of the way round."""
    one, two = p - before, after - p
    first = np.sqrt(one[:, 0] * one[:, 0] + one[:, 1] * one[:, 1])
    second = np.sqrt(two[:, 0] * two[:, 0] + two[:, 1] * two[:, 1])
    straight = one[:, 0] * two[:, 0] + one[:, 1] * two[:, 1]
    keep = straight < CORNER * first * second
    which = np.repeat(np.arange(len(count)), count)
    along = np.cumsum(second) - second
    along -= along[start][which]
    round_ = np.add.reduceat(second, start)
    step = np.minimum(np.maximum(length, round_ / 30), round_ / FEWEST)
    cell = np.floor(along / (step[which] + 1e-9))
    new = np.ones(len(p), np.bool_)
    new[1:] = cell[1:] != cell[:-1]
    new[start] = True
    keep |= new
    keep |= (count < SMALL)[which]
    return keep
