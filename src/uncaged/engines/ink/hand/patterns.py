"""Marks that fill a form: stripes, hatching, dots. Lines and discs in pixels, nothing painted.

Where a form has a body they follow it (u along, v across), so that they turn with it; else they lie across its box.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from uncaged.engines.ink.hand.lots import draws
from uncaged.engines.ink.hand.paths import Contour, neighbours, on_grid, rings, rounded, tame, tamed
from uncaged.engines.ink.numbers import Array, sin

At = Callable[[Array, Array], Array]
"""Body coordinates (u, v), both (n,), → pixels (n, 2)."""


@dataclass(slots=True)
class Marks:
    """lines: (n, m, 2) centre lines, all of `width`. discs: (n, 3), x, y, radius."""

    lines: Array = field(default_factory=lambda: np.empty((0, 2, 2)))
    width: float = 1.0
    discs: Array = field(default_factory=lambda: np.empty((0, 3)))

    def contours(self) -> list[Contour]:
        """The ink of all of them, as closed polygons."""
        return ribbons(self.lines, self.width) + rings(self.discs)


def ribbons(lines: Array, width: float | Array, ends: float = 0.45) -> list[Contour]:
    """Even lines (n, m, 2) as closed polygons; the ends are `ends` of the width. width: of all, or of each (n,)."""
    n, m = lines.shape[:2]
    if n == 0 or m < 2:
        return []
    t = np.empty_like(lines)
    t[:, 1:-1] = lines[:, 2:] - lines[:, :-2]
    t[:, 0], t[:, -1] = lines[:, 1] - lines[:, 0], lines[:, -1] - lines[:, -2]
    half = np.full((n, m), 0.5)
    half[:, 0] = half[:, -1] = 0.5 * ends
    half *= np.asarray(width).reshape(-1, 1)
    half /= np.sqrt(t[..., 0] * t[..., 0] + t[..., 1] * t[..., 1]) + 1e-9
    off = np.empty_like(lines)
    off[..., 0], off[..., 1] = t[..., 1] * half, t[..., 0] * -half
    ink = np.empty((n, 2 * m, 2))
    ink[:, :m] = lines + off
    ink[:, m:] = (lines - off)[:, ::-1]
    if m >= 6:
        flat, first = ink.reshape(-1, 2), np.arange(n) * 2 * m
        flat = rounded(flat, *neighbours(flat, first, first + 2 * m - 1), 2)
        ink = flat.reshape(n, 4 * m, 2)
    return [on_grid(ink)]


def across(low: Array, high: Array) -> tuple[At, float]:
    """Coordinates of a form without a body: along the longer side of its box. Also that side's length."""
    centre, half = (low + high) / 2, (high - low) / 2
    if half[1] >= half[0]:
        return (
            lambda u, v: np.stack([centre[0] + v * half[0] * 1.05, low[1] + u * 2 * half[1]], -1)
        ), float(2 * half[1])
    return (
        lambda u, v: np.stack([low[0] + u * 2 * half[0], centre[1] - v * half[1] * 1.05], -1)
    ), float(2 * half[0])


def pattern(fill: str, at: At, length: float, pixels: float, key: str, marks: float) -> Marks:
    """The marks of a fill. length: pixels along the form. marks: larger = fewer. Unknown fills have none."""
    draw = {"striped": _stripes, "hatched": _hatches, "dotted": _dots}.get(fill)
    if draw is None or length <= 0:
        return Marks()
    marks = max(tamed(marks, -1e6, 1e6, 1.0), 1e-3)
    return draw(at, length, pixels, f"pat/{key}", marks)


def _count(length: float, pitch: float, marks: float, low: int, high: int) -> int:
    return int(min(max(length / pitch / marks, low), high))


def _laid(at: At, u: Array, v: Array) -> Array:
    """Lines of body coordinates, both (n, m), as pixels (n, m, 2)."""
    return tame(at(u.ravel(), v.ravel())).reshape(*u.shape, 2)


def _stripes(at: At, length: float, pixels: float, key: str, marks: float) -> Marks:
    n = _count(length, 0.052 * pixels, marks, 3, 14)
    v = np.linspace(-1.1, 1.1, 9)[None, :] + np.zeros((n, 1))
    i = np.arange(n)[:, None]
    u = (i + 0.5) / n + 0.35 / n * (1 - v * v) + 0.05 / n * sin(v * 4 + i)
    return Marks(_laid(at, u, v), length / n * 0.42)


def _hatches(at: At, length: float, pixels: float, key: str, marks: float) -> Marks:
    n = _count(length, 0.017 * pixels, marks, 6, 46)
    by = draws(key, 3 * n).reshape(3, n, 1)
    first, last = -1.1 + 0.18 * by[1], 0.05 + 0.5 * by[2]
    v = first + (last - first) * np.linspace(0, 1, 6)[None, :]
    u = (np.arange(n)[:, None] + 0.5 + (by[0] - 0.5) * 0.4) / n
    u = u + 1.08 / n * v + 0.03 * (1 - v * v)
    return Marks(_laid(at, u, v), max(0.0042 * pixels, 0.02 * length / n))


def _dots(at: At, length: float, pixels: float, key: str, marks: float) -> Marks:
    n = _count(length, 0.042 * pixels, marks, 3, 16)
    by = draws(key, 15 * n).reshape(3, n, 5)
    row = np.arange(-2, 3)[None, :]
    u = (np.arange(n)[:, None] + 0.5 + (row % 2) * 0.5 + (by[0] - 0.5) * 0.24) / n
    v = row * 0.42 + (by[1] - 0.5) * 0.12
    radius = length / n * 0.2 * (0.75 + 0.4 * by[2])
    return Marks(discs=np.concatenate([_laid(at, u, v), radius[..., None]], 2).reshape(-1, 3))
