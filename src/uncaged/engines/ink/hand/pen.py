"""The pen: its error, and lines of changing width, all strokes of a drawing at once. Knows no colours, no canvas.

The error is that of a damped follower pushed by noise, by arc length: an error-feedback pen. Most of it stays with the
stroke's name; a smaller part has four variants, so that a held line breathes. Lengths are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from uncaged.engines.ink.hand.lots import number
from uncaged.engines.ink.hand.paths import Contour, neighbours, on_grid, rounded
from uncaged.engines.ink.numbers import Array

TREMORS = 512
STEPS = 95
PLAIN = 0.006
"""The pen's error as a share of the frame when nothing is said; from twice that on short lines err more, too."""

SHADOW = (0.5, 0.8)
"""Where the shadow lies, for lines: to the lower right. Contours are heavier there."""


@dataclass(slots=True)
class Line:
    """One line to be drawn. points: (n, 2). key: its name. width, wobble: full width and error.

    taper: shares of the length over which it swells and thins; a second share of 0 means that it is still being drawn.
    outside: 1 or −1, the side of travel that lies outside a closed contour; 0 for an open line.
    share: how much of it is there, 0 … 1. swell: how much heavier a contour is away from the light; 0 = even.
    """

    points: Array
    key: str
    width: float
    wobble: float
    taper: tuple[float, float]
    outside: int = 0
    share: float = 1.0
    swell: float = 1.0


@dataclass(slots=True)
class Traced:
    """A line as the pen drew it. contour: its ink. centre: (n, 2). width: its full width in the middle."""

    contour: Contour
    centre: Array
    width: float


@cache
def tremors(variant: int) -> Array:
    """The pen's errors along a stroke, −1 … 1, (512, 95): mostly their own, partly the variant's (0 … 3)."""
    push = np.random.PCG64(7).random_raw(TREMORS * (STEPS + 17))
    push = (push >> np.uint64(11)).astype(np.float64).reshape(STEPS + 17, TREMORS)
    push = push * (1.0 / 9007199254740992.0) - 0.5
    x, v = np.zeros(TREMORS), np.zeros(TREMORS)
    rows: list[Array] = []
    for step in push:
        v = v * 0.72 - x * 0.16 + step
        x = x + v
        rows.append(x)
    table = np.array(rows[16:])
    table = table - table[0] - (table[-1] - table[0]) * (np.arange(STEPS + 1) / STEPS)[:, None]
    table = (table / (abs(table).max(0) + 1e-6))[:STEPS].T
    other = np.roll(table, 37 + 101 * variant, 0)
    return np.ascontiguousarray(table * 0.7 + other * 0.4)


@dataclass(slots=True)
class _Batch:
    """All lines as one array of points: where each begins and how many it has, and its own numbers per line."""

    p: Array
    s: Array
    start: Array
    count: Array
    length: Array


def trace(lines: Sequence[Line], pixels: float, variant: int = 0) -> list[Traced | None]:
    """Draws all lines with the pen: resampled by arc length, displaced, given their width.

    pixels: the frame's shorter side. None for a line without length.
    """
    if not lines:
        return []
    batch = _resampled(_gathered(lines), pixels)
    n = len(lines)
    p, start, count = batch.p, batch.start, batch.count
    which = np.repeat(np.arange(n), count)
    normal = _normals(p, start, start + count - 1)
    tag = np.array([number(line.key) for line in lines], np.int64)
    along = batch.s - batch.s[start][which]
    at = (along * (1 / (0.014 * pixels)) + (tag // TREMORS % STEPS)[which]).astype(np.int64) % STEPS
    error = tremors(variant % 4)[(tag % TREMORS)[which], at]
    wobble = np.array([line.wobble for line in lines])
    loose = np.maximum(abs(wobble) / (PLAIN * pixels), 2.0) / 2.0
    reach = np.minimum(wobble, batch.length * (0.03 * np.minimum(loose, 5.0)))
    centre = p + normal * (error * reach[which])[:, None]
    half = _half_widths(lines, which, along / (batch.length[which] + 1e-9), normal, error)
    return _outlined(lines, batch, centre, normal * half[:, None], pixels)


def _gathered(lines: Sequence[Line]) -> _Batch:
    """The lines' own points; contours begin at a place of their own and overlap themselves a little."""
    have = np.array([len(line.points) for line in lines])
    closed = np.array([line.outside != 0 for line in lines])
    turn = np.array([number(line.key) % len(line.points) if line.outside else 0 for line in lines])
    count = have + closed * (1 + np.maximum(1, have // 30))
    which = np.repeat(np.arange(len(lines)), count)
    start = np.cumsum(count) - count
    source = np.cumsum(have) - have
    step = np.arange(len(which)) - start[which] + turn[which]
    p = np.concatenate([line.points for line in lines])[source[which] + step % have[which]]
    s, length = _arc(p, start, count)
    return _Batch(p, s, start, count, length)


def _arc(p: Array, start: Array, count: Array) -> tuple[Array, Array]:
    """Length along all lines, one after the other with a gap of 1, and the length of each."""
    d = p[1:] - p[:-1]
    step = np.empty(len(p))
    step[0] = 0
    np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1], out=step[1:])
    step[start[1:]] = 1
    s = np.cumsum(step)
    return s, s[start + count - 1] - s[start]


def _resampled(raw: _Batch, pixels: float) -> _Batch:
    """Even steps of about .015 of the frame; lines that have about as many points already keep them."""
    spacing = max(0.015 * pixels, 2.5)
    want = np.clip(raw.length / spacing, 8, 220).astype(np.int64)
    keep = abs(want - raw.count) <= 4
    count = np.where(keep, raw.count, want)
    start = np.cumsum(count) - count
    which = np.repeat(np.arange(len(count)), count)
    step = raw.length / np.maximum(count - 1, 1)
    s = raw.s[raw.start][which] + (np.arange(len(which)) - start[which]) * step[which]
    s[keep[which]] = raw.s[np.repeat(keep, raw.count)]
    p = np.empty((len(s), 2))
    p[:, 0] = np.interp(s, raw.s, raw.p[:, 0])
    p[:, 1] = np.interp(s, raw.s, raw.p[:, 1])
    return _Batch(p, s, start, count, raw.length)


def _normals(p: Array, first: Array, last: Array) -> Array:
    """Unit normals of open lines, left of travel (y down)."""
    t = np.empty_like(p)
    t[1:-1] = p[2:] - p[:-2]
    t[first] = p[np.minimum(first + 1, last)] - p[first]
    t[last] = p[last] - p[np.maximum(last - 1, first)]
    length = np.sqrt(t[:, 0] * t[:, 0] + t[:, 1] * t[:, 1]) + 1e-9
    out = np.empty_like(p)
    np.divide(t[:, 1], length, out=out[:, 0])
    np.divide(-t[:, 0], length, out=out[:, 1])
    return out


def _half_widths(
    lines: Sequence[Line], which: Array, u: Array, normal: Array, error: Array
) -> Array:
    """Half the width at each point: swelling, thinning, heavier away from the light, uneven as a hand is."""
    grow = np.array([1 / max(line.taper[0], 1e-6) for line in lines])[which]
    fade = np.array([1 / max(line.taper[1], 1e-6) for line in lines])[which]
    outside = np.array([line.outside for line in lines], np.float64)[which]
    profile = np.minimum(np.minimum(u * grow, (1 - u) * fade), 1)
    profile = np.maximum(profile * (2 - profile), 0)
    side = (normal[:, 0] * SHADOW[0] + normal[:, 1] * SHADOW[1]) * outside
    heavier = 0.62 + 0.75 * np.maximum(side, 0) + 0.16 * error
    if any(line.swell != 1 for line in lines):
        heavier = 0.9 + (heavier - 0.9) * np.array([line.swell for line in lines])[which]
    contour = (0.3 + 0.7 * profile) * heavier
    stroke = 0.12 + 0.88 * profile * (1 + 0.25 * error)
    half = np.array([line.width for line in lines]) * 0.5
    return half[which] * np.where(outside != 0, contour, stroke)


def _outlined(
    lines: Sequence[Line], batch: _Batch, centre: Array, off: Array, pixels: float
) -> list[Traced | None]:
    """The ink of each line as a closed polygon: along its left side and back along its right one."""
    share = np.array([line.share for line in lines])
    part = np.maximum(2, (batch.count * np.minimum(share, 1)).astype(np.int64))
    part = np.minimum(part, batch.count)
    which = np.repeat(np.arange(len(lines)), part)
    start = np.cumsum(part) - part
    step = np.arange(len(which)) - start[which]
    source = batch.start[which] + step
    ink = np.empty((2 * len(which), 2))
    ink[(2 * start)[which] + step] = centre[source] + off[source]
    ink[(2 * (start + part) - 1)[which] - step] = centre[source] - off[source]
    per = 1 if pixels <= 320 else 2 if pixels <= 800 else 4
    if per > 1:
        ink = rounded(ink, *neighbours(ink, 2 * start, 2 * (start + part) - 1), per)
    contours = on_grid(ink)
    out: list[Traced | None] = []
    for k, line in enumerate(lines):
        if batch.length[k] < 0.01 or line.share <= 0:
            out.append(None)
            continue
        a, n, from_ = int(start[k]), int(part[k]), int(batch.start[k])
        contour = contours[2 * a * per : 2 * (a + n) * per]
        out.append(Traced(contour, centre[from_ : from_ + n], line.width))
    return out
