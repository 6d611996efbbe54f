"""One line: every contour begins where the pen is nearest to it, and the pen wanders there without being lifted.

From lines to lines of the same number and order, so that what is laid over a line later still hides it. Knows no marks.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from uncaged.engines.ink.hand.pen import Line
from uncaged.engines.ink.numbers import Array

NEAR, WORTH = 0.035, 1.6
"""The pen goes on over this share of the frame, and over so many lengths of the shorter of two lines."""

EVEN = (0.004, 0.004)
"""Taper of a line that goes on."""


def joined(lines: Sequence[Line], pixels: float) -> list[Line]:
    """The same lines as one: each with the way to it before it. Short ones far apart are not worth the way."""
    out: list[Line] = []
    pen: Array | None = None
    heading, before = np.zeros(2), 0.0
    for line in lines:
        ring = _begun(line, pen)
        size = float(np.ptp(ring, axis=0).max())
        if pen is not None and _far(pen, ring[0]) <= NEAR * pixels + WORTH * min(before, size):
            ring = np.concatenate([_way(pen, heading, ring[0], ring[1] - ring[0]), ring])
        out.append(replace(line, points=ring, taper=EVEN, outside=0, swell=1.0))
        pen, heading, before = ring[-1], ring[-1] - ring[-2], size
    return out


def _far(a: Array, b: Array) -> float:
    d = a - b
    return float(np.sqrt(d[0] * d[0] + d[1] * d[1]))


def _begun(line: Line, pen: Array | None) -> Array:
    """A contour from its point nearest to the pen once round; an open line from its nearer end."""
    p = line.points
    if len(p) < 2:
        return np.concatenate([p, p + 0.01])
    if pen is None:
        return np.concatenate([p, p[:2]]) if line.outside else p
    if not line.outside:
        d = p[[0, -1]] - pen
        d = d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]
        return p if d[0] <= d[1] else p[::-1]
    d = p - pen
    at = int((d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]).argmin())
    return np.concatenate([p[at:], p[: at + 2]])


def _way(pen: Array, heading: Array, to: Array, onward: Array, count: int = 9) -> Array:
    """A loose curve that leaves as the pen was going and arrives as it will go on."""
    d = to - pen
    length = float(np.sqrt(d[0] * d[0] + d[1] * d[1]))
    out, into = _unit(heading) * length * 0.5, _unit(onward) * length * 0.5
    t = np.linspace(0, 1, count)[1:-1, None]
    a, b, c, e = pen, pen + out, to - into, to
    k = 1 - t
    return a * k * k * k + b * 3 * k * k * t + c * 3 * k * t * t + e * t * t * t


def _unit(v: Array) -> Array:
    return v / (float(np.sqrt(v[0] * v[0] + v[1] * v[1])) + 1e-9)
