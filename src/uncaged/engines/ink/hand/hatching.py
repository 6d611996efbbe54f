"""Shadow as ink: strokes across the light, closer together the deeper they lie. All forms of a drawing at once.

In the deepest fifth lies a second net; a hand of more nets crosses earlier and once more. Centre lines and their ink in
pixels; nothing is painted, nothing cut yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.hand.lots import place, table
from uncaged.engines.ink.hand.paths import Contour, tame, tamed
from uncaged.engines.ink.hand.patterns import ribbons
from uncaged.engines.ink.numbers import Array

MOST = 160
"""Strokes on one form; on larger ones the gaps are wider."""

DEEP = 0.82
"""From here on (0 the light side, 1 the shadow side) the last net lies."""

MIDDLE = 0.52
"""Where the second of three nets begins."""


@dataclass(frozen=True, slots=True)
class Shade:
    """What is to be hatched. box: left, top, right, bottom of the form. light: where the shadow lies. amount: 0 … 1.

    key: its name, and that of the moment: its strokes are drawn by lot from it. density: strokes for each plain one.
    nets: how many may cross, 1 … 3.
    """

    box: tuple[float, float, float, float]
    light: tuple[float, float]
    amount: float
    key: str
    density: float = 1.0
    nets: int = 2


@dataclass(frozen=True, slots=True)
class Hatched:
    """lines: centre lines, each (n, m, 2), n may be 0. ink: the same as closed polygons."""

    lines: list[Array]
    ink: list[Contour]


def hatch(shades: Sequence[Shade], width: Sequence[float], pixels: float) -> list[Hatched]:
    """The strokes of each form, to be cut by it. width: of the strokes, for each form."""
    rows = [_row(shade, pixels) for shade in shades]
    depths = [_depths(row, shade) for row, shade in zip(rows, shades, strict=True)]
    count = np.array([len(depth) for depth in depths], np.int64)
    if not count.sum():
        return [Hatched([], []) for _ in shades]
    which = np.repeat(np.arange(len(shades)), count)
    of = np.array(rows)[which]
    step = np.arange(len(which)) - (np.cumsum(count) - count)[which]
    by = table()[(of[:, 7].astype(np.int64) + MOST)[:, None] + step[:, None] * 3 + np.arange(3)]
    d = np.concatenate([np.array(depth) for depth in depths])
    wide = np.array(width)[which]
    first, k = _strokes(of, d, by)
    nets = [(first, which, wide)]
    for begins, lean in ((8, 1.0), (9, -1.0)):
        deep = k > of[:, begins]
        if deep.any():
            nets.append((_across(of, d, by, deep, lean), which[deep], wide[deep]))
    out = [Hatched([], []) for _ in shades]
    for lines, owner, widths in nets:
        _deal(out, lines, owner, ribbons(lines, widths))
    return out


def _row(shade: Shade, pixels: float) -> tuple[float, ...]:
    """Centre, direction, half extents along and across the light, gap, where its lots and its other nets begin."""
    dx, dy = tamed(shade.light[0], -1e3, 1e3), tamed(shade.light[1], -1e3, 1e3)
    norm = float(np.sqrt(dx * dx + dy * dy))
    dx, dy = (dx / norm, dy / norm) if norm > 1e-6 else (0.0, 1.0)
    left, top, right, bottom = shade.box
    ex, ey = (right - left) / 2, (bottom - top) / 2
    reach, wide = abs(dx) * ex + abs(dy) * ey, abs(dy) * ex + abs(dx) * ey
    gap = max(0.021 * pixels / tamed(shade.density, 0.05, 100, 1.0), 1.2, 2 * reach / MOST)
    second = DEEP if shade.nets == 2 else MIDDLE if shade.nets > 2 else 2.0
    third = DEEP if shade.nets > 2 else 2.0
    return (left + ex, top + ey, dx, dy, reach, wide, gap, place(shade.key), second, third)


def _depths(row: tuple[float, ...], shade: Shade) -> list[float]:
    """How deep in the shadow each stroke lies, from where it begins to its end."""
    reach, gap, start = row[4], row[6], int(row[7])
    out: list[float] = []
    d = reach * (1 - tamed(shade.amount, 0, 2) * 0.95)
    for chance in table()[start : start + MOST].tolist():
        if d >= reach:
            break
        out.append(d)
        d += gap * (1.25 - 0.275 * (d + reach) / (reach + 1e-9)) * (0.8 + 0.4 * chance)
    return out


def _strokes(of: Array, d: Array, by: Array) -> tuple[Array, Array]:
    """Bowed lines (n, 5, 2), and how deep each lies, 0 … 1."""
    x, y, dx, dy, reach, wide = of.T[:6]
    k = (d + reach) / (2 * reach + 1e-9)
    half = wide * (0.35 + 0.65 * k) * (0.75 + 0.35 * by[:, 0])
    slip = wide * (by[:, 1] - 0.5) * 0.16 + wide * 0.25 * (1 - k)
    bow = 0.015 * wide * (2 * by[:, 2] - 1)
    q = np.linspace(-1, 1, 5)[None, :]
    along = slip[:, None] + half[:, None] * q
    deep = d[:, None] + bow[:, None] * (1 - q * q)
    lines = np.empty((len(d), 5, 2))
    lines[..., 0] = x[:, None] + dx[:, None] * deep + dy[:, None] * along
    lines[..., 1] = y[:, None] + dy[:, None] * deep - dx[:, None] * along
    return tame(lines), k


def _across(of: Array, d: Array, by: Array, deep: Array, lean: float) -> Array:
    """Straight lines (n, 2, 2) across the deep strokes, leaning to one side (1) or to the other (−1)."""
    x, y, dx, dy, reach, wide, gap = of[deep].T[:7]
    d, by = d[deep], by[deep]
    k = (d + reach) / (2 * reach + 1e-9)
    e = wide * (0.35 + 0.65 * k) * (0.75 + 0.35 * by[:, 0]) * lean
    o = wide * (by[:, 1] - 0.5) * 0.16 + wide * 0.25 * (1 - k)
    x, y = x + dx * d + dy * (o - e), y + dy * d - dx * (o - e)
    lines = np.empty((len(d), 2, 2))
    lines[:, 0, 0], lines[:, 0, 1] = x + dx * gap, y - dy * gap * 2
    lines[:, 1, 0] = x + dy * e * 1.4 + dx * gap * 5
    lines[:, 1, 1] = y - dx * e * 1.2 + dy * gap * 5
    return tame(lines)


def _deal(out: list[Hatched], lines: Array, owner: Array, ink: list[Contour]) -> None:
    """Gives each form its own of them; owners are in order."""
    ends = np.searchsorted(owner, np.arange(len(out) + 1)).tolist()
    for k, hatched in enumerate(out):
        a, b = ends[k], ends[k + 1]
        if b > a:
            hatched.lines.append(lines[a:b])
            hatched.ink.append(ink[0][a:b])
