"""Marks that fill a form: stripes, hatching, dots, and shadow as hatching. Lines and discs in pixels, nothing painted.

Where a form has a body they follow it (u along, v across), so that they turn with it; else they lie across its box.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from uncaged.engines.ink.hand.paths import (
    Contour,
    neighbours,
    on_grid,
    rings,
    rounded,
    tame,
    tamed,
)
from uncaged.engines.ink.hand.pen import draws
from uncaged.engines.ink.numbers import Array, sin

At = Callable[[Array, Array], Array]
"""Body coordinates (u, v), both (n,), → pixels (n, 2)."""

MOST_HATCHES = 160


@dataclass(slots=True)
class Marks:
    """lines: (n, m, 2) centre lines, all of `width`. discs: (n, 3), x, y, radius."""

    lines: Array = field(default_factory=lambda: np.empty((0, 2, 2)))
    width: float = 1.0
    discs: Array = field(default_factory=lambda: np.empty((0, 3)))

    def contours(self) -> list[Contour]:
        """The ink of all of them, as closed polygons."""
        return ribbons(self.lines, self.width) + rings(self.discs)


def ribbons(lines: Array, width: float, ends: float = 0.45) -> list[Contour]:
    """Even lines (n, m, 2) as closed polygons; the ends are `ends` of the width."""
    if len(lines) == 0:
        return []
    m = lines.shape[1]
    t = np.empty_like(lines)
    t[:, 1:-1] = lines[:, 2:] - lines[:, :-2]
    t[:, 0], t[:, -1] = lines[:, 1] - lines[:, 0], lines[:, -1] - lines[:, -2]
    half = np.full(m, width / 2)
    half[0] = half[-1] = width / 2 * ends
    off = half[None, :] / (np.sqrt(t[..., 0] * t[..., 0] + t[..., 1] * t[..., 1]) + 1e-9)
    ink = np.empty((len(lines), 2 * m, 2))
    ink[:, :m, 0] = lines[..., 0] + t[..., 1] * off
    ink[:, :m, 1] = lines[..., 1] - t[..., 0] * off
    ink[:, m:, 0] = (lines[..., 0] - t[..., 1] * off)[:, ::-1]
    ink[:, m:, 1] = (lines[..., 1] + t[..., 0] * off)[:, ::-1]
    if m < 6:
        return list(on_grid(ink))
    flat = ink.reshape(-1, 2)
    first = np.arange(len(lines)) * 2 * m
    out = rounded(flat, *neighbours(flat, first, first + 2 * m - 1), 2)
    return list(on_grid(out).reshape(len(lines), 4 * m, 2))


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


def hatching(
    low: Array, high: Array, light: tuple[float, float], amount: float, pixels: float, key: str
) -> list[Array]:
    """Shadow as ink: strokes across the light, closer the deeper they lie, and a second net in the deepest fifth.

    low, high: the form's box. Returns one or two sets of centre lines, (n, m, 2); they are to be cut by the form.
    """
    dx, dy = tamed(light[0], -1e3, 1e3), tamed(light[1], -1e3, 1e3)
    norm = max(float(np.sqrt(dx * dx + dy * dy)), 1e-6)
    dx, dy = dx / norm, dy / norm
    centre, (ex, ey) = (low + high) / 2, (high - low) / 2
    reach, wide = abs(dx) * ex + abs(dy) * ey, abs(dy) * ex + abs(dx) * ey
    gap = max(0.021 * pixels, 1.2, reach / MOST_HATCHES)
    by = draws(f"hs/{key}", 4 * 2 * MOST_HATCHES).reshape(4, -1)
    depth = _depths(reach, tamed(amount, 0, 2), gap, by[0].tolist())
    if not depth:
        return []
    n, d = len(depth), np.array(depth)
    k = (d + reach) / (2 * reach + 1e-9)
    half = wide * (0.35 + 0.65 * k) * (0.75 + 0.35 * by[1, :n])
    slip = wide * (by[2, :n] - 0.5) * 0.16 + wide * 0.25 * (1 - k)
    bow = 0.03 * wide * (2 * by[3, :n] - 1)
    q = np.linspace(-1, 1, 5)
    along = slip[:, None] + half[:, None] * q[None, :]
    deep = d[:, None] + (bow * 0.5)[:, None] * (1 - q * q)[None, :]
    lines = np.stack([centre[0] + dx * deep + dy * along, centre[1] + dy * deep - dx * along], 2)
    return [tame(lines), *_second_net(centre, (dx, dy), d, slip, half, gap, k)]


def _depths(reach: float, amount: float, gap: float, by: list[float]) -> list[float]:
    """How deep in the shadow each stroke lies, from where it begins to its end."""
    out: list[float] = []
    d = reach * (1 - amount * 0.95)
    for chance in by:
        if d >= reach:
            break
        out.append(d)
        d += gap * (1.25 - 0.275 * (d + reach) / (reach + 1e-9)) * (0.8 + 0.4 * chance)
    return out


def _second_net(
    centre: Array,
    light: tuple[float, float],
    d: Array,
    slip: Array,
    half: Array,
    gap: float,
    k: Array,
) -> list[Array]:
    deep = k > 0.82
    if not deep.any():
        return []
    dx, dy = light
    d, o, e = d[deep], slip[deep], half[deep]
    x, y = centre[0] + dx * d + dy * (o - e), centre[1] + dy * d - dx * (o - e)
    start = np.stack([x + dx * gap, y - dy * gap * 2], 1)
    end = np.stack([x + dy * e * 1.4 + dx * gap * 5, y - dx * e * 1.2 + dy * gap * 5], 1)
    return [tame(np.stack([start, end], 1))]
