"""Arrays of pixels → Skia paths: rounded before the raster, straight lines only. Knows no pens and no marks.

Lines in pixel coordinates under the identity matrix are rasterised alike on every processor that was measured (curves
and circles are not), so curves are flattened here, in numpy, and coordinates lie on a grid of 1/64 pixel.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.numbers import TAU, Array, cos, sin

Contour: TypeAlias = NDArray[np.float32]
"""A closed polygon in pixels, (n, 2), or several of as many points, (k, n, 2); on the grid."""

FAR = 30000.0
"""Pixels: nothing is drawn farther out, however wild the numbers. Within it the grid is exact in 32-bit floats."""

GRID = 64.0


def tame(x: Array) -> Array:
    """`x` without NaN and within ±`FAR`; changed in place."""
    np.minimum(x, FAR, out=x)
    np.maximum(x, -FAR, out=x)
    if x.size and np.isnan(x.sum()):
        x[np.isnan(x)] = 0
    return x


def tamed(x: float, low: float = -FAR, high: float = FAR, instead: float = 0.0) -> float:
    """A number that may be NaN or infinite, made usable."""
    x = float(x)
    return instead if x != x else low if x < low else high if x > high else x


def on_grid(x: Array) -> Contour:
    """Rounded to 1/64 pixel, as 32-bit floats."""
    return (np.rint(x * GRID) * (1 / GRID)).astype(np.float32)


@lru_cache(16)
def _between(per: int) -> tuple[tuple[float, float, float], ...]:
    """Weights of the previous, this and the next point for `per` points of the B-spline about this one."""
    steps = [(k + 1) / per for k in range(per)]
    return tuple(
        ((1 - t) * (1 - t) / 2, 1 - (1 - t) * (1 - t) / 2 - t * t / 2, t * t / 2) for t in steps
    )


def rounded(p: Array, before: Array, after: Array, per: int) -> Array:
    """Closed polygons as quadratic B-splines, `per` points for each of theirs: it hides their corners.

    p, before, after: (n, 2), each point, the one before and the one after it in its own polygon. Returns (n·per, 2).
    """
    out = np.empty((len(p), per, 2))
    for k, (a, b, c) in enumerate(_between(per)):
        row = out[:, k]
        np.multiply(p, b, out=row)
        if a:
            row += before * a
        row += after * c
    return out.reshape(-1, 2)


def neighbours(p: Array, first: Array, last: Array) -> tuple[Array, Array]:
    """The point before and the point after each, where `first` and `last` index the ends of closed polygons."""
    before, after = np.empty_like(p), np.empty_like(p)
    before[1:], after[:-1] = p[:-1], p[1:]
    before[first], after[last] = p[last], p[first]
    return before, after


@lru_cache(64)
def _ring(count: int) -> Array:
    turn = np.arange(count) * (TAU / count)
    ring = np.stack([cos(turn), sin(turn)], 1)
    return ring / np.sqrt(ring[:, :1] * ring[:, :1] + ring[:, 1:] * ring[:, 1:])


def rings(discs: Array) -> list[Contour]:
    """Discs (n, 3: x, y, radius) as polygons, with as many corners as the largest needs."""
    if not len(discs):
        return []
    largest = float(discs[:, 2].max())
    count = 10 if largest < 2 else 16 if largest < 6 else 32 if largest < 30 else 96
    out = on_grid(discs[:, None, :2] + _ring(count)[None] * discs[:, 2, None, None])
    return [out]


def each(contours: Iterable[Contour]) -> Iterator[Contour]:
    """The single polygons, (n, 2), of all contours."""
    for contour in contours:
        if contour.ndim == 2:
            yield contour
        else:
            yield from contour


@lru_cache(1024)
def _verbs(count: int) -> bytes:
    """Move, lines, close: what Skia calls the verbs of one polygon."""
    return b"\0" + b"\1" * (count - 1) + b"\5"


def _by_memory(contours: Sequence[Contour]) -> skia.Path:
    """A path in the layout of `SkPath::writeToMemory`, ten times faster than one call for each point."""
    if len(contours) == 1:
        (c,) = contours
        points, verbs = c.tobytes(), _verbs(c.shape[-2])
        verbs = verbs if c.ndim == 2 else verbs * len(c)
    else:
        points = b"".join([c.tobytes() for c in contours])
        verbs = b"".join(
            [_verbs(len(c)) if c.ndim == 2 else _verbs(c.shape[1]) * len(c) for c in contours]
        )
    head = struct.pack("<4I", 5, len(points) // 8, 0, len(verbs))
    path = skia.Path()
    path.readFromMemory(b"".join((head, points, verbs, b"\0" * (-len(verbs) % 4))))
    return path


def _by_calls(contours: Sequence[Contour]) -> skia.Path:
    path = skia.Path()
    for contour in each(contours):
        (x, y), *rest = contour.tolist()
        path.moveTo(x, y)
        for x, y in rest:
            path.lineTo(x, y)
        path.close()
    return path


def _memory_is_known() -> bool:
    """Whether this Skia reads the layout above: the same two polygons, made both ways, must be the same bytes."""
    square = np.array([(1, 2), (3, 2), (3, 4), (1, 4.5)], np.float32)
    pair = [square, square[:3]]
    return bytes(_by_memory(pair).writeToMemory()) == bytes(_by_calls(pair).writeToMemory())


_build = _by_memory if _memory_is_known() else _by_calls


def path(contours: Iterable[Contour]) -> skia.Path:
    """One path of closed polygons; where they overlap in the same direction they are one form."""
    return _build([c for c in contours if len(c)])
