"""From one spot to its bodies: repetition with variation. A pair, a few, a scattered flock, a crowd up to the horizon.

However many there are, each still shows: at most half of one is hidden by others. Knows no kinds but their breadth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from uncaged.engines.ink.numbers import GOLDEN, TAU, Stream, clamp, cos, lerp, sin
from uncaged.engines.ink.space import CENTRED, Space, Spot

_PAIR = ((-0.17, 0.07, 1.0), (0.17, -0.07, 0.82))
_THREE = ((-0.25, 0.08, 0.9), (0.04, -0.1, 1.12), (0.27, 0.1, 0.74))
_FEW = 9
_RINGS = ((0.28, 6), (0.62, 10), (0.9, 14))
_DISC = np.array(
    [(r * cos(TAU * k / n), r * sin(TAU * k / n)) for r, n in _RINGS for k in range(n)]
)
"""Points spread evenly over a disc."""


@dataclass(frozen=True, slots=True)
class Body:
    """x, y: its anchor; size: its height, all in shorter sides."""

    x: float
    y: float
    size: float


def herd(spot: Spot, space: Space, stream: Stream) -> list[Body]:
    """The bodies of a spot, far ones first."""
    if spot.array == "row":
        return _along(spot, space)
    if spot.count == 1:
        return [Body(spot.x, spot.y, spot.size)]
    if spot.array == "scatter":
        return _scattered(spot, space, stream)
    if spot.flank:
        found = _flanking(spot, space)
    elif spot.domain in CENTRED or spot.domain == "float":
        found = _flock(spot, space, stream)
    elif spot.count <= _FEW:
        found = _row(spot, space, stream)
    else:
        found = _crowd(spot, space, stream)
    if spot.domain in CENTRED or spot.domain == "float":
        return sorted(found, key=lambda body: body.size)
    seen = _seen(sorted(found, key=lambda body: body.y), spot.kind.width)
    below = min(body.y - 0.6 * body.size for body in seen) - space.height
    if below <= 0:
        return seen
    return [Body(body.x, body.y - below, body.size) for body in seen]  # they shrank out of sight


def _along(spot: Spot, space: Space) -> list[Body]:
    """In one row from edge to edge, all alike; several subjects take turns."""
    step = space.width / spot.count
    first = (spot.rank + 0.5) / spot.among * step
    return [Body(first + i * step, spot.y, spot.size) for i in range(spot.count)]


def _scattered(spot: Spot, space: Space, stream: Stream) -> list[Body]:
    """Over the ground as one sees it from above: everywhere, none nearer than another."""
    rx, ry = 0.44 * space.width, 0.4 * space.height
    if spot.tight or space.setting.name == "paper":
        rx, ry = 0.5 * rx, 0.5 * ry
    size = min(spot.size, 1.5 * sqrt(rx * ry / spot.count))
    foot = 0.0 if spot.domain in CENTRED else 0.5 * size
    out: list[Body] = []
    for i in range(spot.count):
        r = sqrt((i + 0.5) / spot.count)
        angle = i * GOLDEN + stream.uniform(-0.25, 0.25)
        x = space.middle + (spot.x - space.middle) * 0.6 + rx * r * cos(angle)
        out.append(Body(x, 0.54 * space.height + ry * r * sin(angle) + foot, size))
    return sorted(out, key=lambda body: body.y)


def _seen(found: list[Body], width: float) -> list[Body]:
    """Bodies that stand one before the other, made smaller until none is half hidden. Far ones come first."""
    x, y, size = (np.array([getattr(b, k) for b in found]) for k in ("x", "y", "size"))
    later = np.triu(np.ones((len(found), len(found)), dtype=np.bool_), 1)
    for _ in range(12):
        half = size / 2
        wide = half * max(width, 0.1)
        px = x[:, None] + wide[:, None] * _DISC[:, 0]
        py = (y - half)[:, None] + half[:, None] * _DISC[:, 1]
        dx = (px[:, None] - x[None, :, None]) / wide[None, :, None]
        dy = (py[:, None] - (y - half)[None, :, None]) / half[None, :, None]
        under = (dx * dx + dy * dy < 1) & later[:, :, None]
        if under.any(1).mean(1).max() <= 0.45:
            break
        size = size * 0.94
    return [Body(b.x, b.y, float(s)) for b, s in zip(found, size, strict=True)]


def _flanking(spot: Spot, space: Space) -> list[Body]:
    """To the left and right of the spot, further out with each pair; what would leave the frame stands behind."""
    each = (spot.count + 1) // 2
    near = 0.3 * space.near
    gap = min(max(0.1, 0.8 * spot.breadth), max(0.02, space.width / 2 - near - 0.04) / each)
    size = spot.size if each == 1 else min(spot.size, 1.9 * gap / max(0.35, spot.kind.width))
    out: list[Body] = []
    for i in range(spot.count):
        reach = near + gap * (i // 2)
        x = spot.x + (-reach if i % 2 == 0 else reach)
        out.append(Body(x, spot.y - 0.012 * min(i // 2, 6), size))
    return out


def _flock(spot: Spot, space: Space, stream: Stream) -> list[Body]:
    """In the air: two and three as drawn by hand, more by golden angles, the front ones larger."""
    m, h = spot.count, min(space.height, 2.0)
    tall = (1.15 if space.open else 0.8) * (h if spot.tight else lerp(1, h, 0.7))
    wide = 1.0 if spot.tight else lerp(1, min(space.width, 6.0), 0.6)
    x = space.middle + (spot.x - space.middle) * (0.9 if spot.tight else 0.5)
    if m <= 3:
        near = 0.62 if spot.tight else 1.0
        apart = 0.85 * spot.breadth / ((0.34 if m == 2 else 0.23) * wide)  # side by side
        near = max(near, min(apart, (space.width - 0.06 - spot.breadth) / (0.52 * wide)))
        return [
            Body(x + dx * near * wide, spot.y + dy * tall, spot.size * k)
            for dx, dy, k in (_PAIR if m == 2 else _THREE)
        ]
    grow = clamp((m - 9) / 40)
    rx = 0.33 if spot.tight else lerp(0.40 * wide, max(0.3, space.width / 2 - 0.07), grow)
    ry = 0.40 * 0.72 * tall * (0.8 if spot.tight else 1 + 0.35 * grow)
    low = (space.height if space.open else min(space.horizon + 0.1, space.height)) - 0.08
    high = 0.05 + 0.5 * spot.half + ry
    y = clamp(spot.y, high, max(high, low - ry))
    x = space.inside(x, 2 * rx) if spot.tight else x
    room = lerp(1.5, 1.18, grow) * sqrt(rx * ry / m) / max(0.5, spot.kind.width)
    size = min(spot.size, room)
    out: list[Body] = []
    for i in range(m):
        q = (i + 0.5) / m
        angle = i * GOLDEN + (stream.uniform(-0.2, 0.2) if m < 16 else 0.0)
        r = sqrt(q)
        k = 1.15 - 0.5 * q + stream.uniform(-0.08, 0.08)
        out.append(Body(x + rx * r * cos(angle), y + ry * r * sin(angle), size * k))
    return out


def _row(spot: Spot, space: Space, stream: Stream) -> list[Body]:
    """A few on the ground: even spacing a little disturbed, depth out of order, nearer ones lower and larger."""
    m = spot.count
    plain = min(1.05, 0.36 + 0.13 * m) * (0.62 if spot.tight else 1.0)
    room = space.width - 0.12 - spot.breadth
    reach = min(max(plain, (1.5 if m == 2 else 1.28) * m * spot.breadth), max(plain, room))
    if not spot.tight:
        reach = lerp(reach, reach * min(space.width, 3.0), 0.35)
    size = min(spot.size, 1.5 * reach / m / max(0.35, spot.kind.width))
    x = space.inside(spot.x, min(reach, space.width - 0.1)) if spot.tight else space.middle
    x = lerp(spot.x, x, 1.0 if m > 2 or spot.tight else 0.5)
    deep = (0.17 if m > 2 else 0.065) * (0.6 if spot.domain == "land" else 1.0)
    out: list[Body] = []
    for i, order in enumerate(_scrambled(m)):
        d = (order + 0.5) / m - 0.5
        at = x + ((i + 0.5) / m - 0.5) * reach + stream.uniform(-0.03, 0.03) * min(1.0, 6 / m)
        out.append(Body(at, spot.y + d * deep, size * (1 + d * 0.55) * stream.uniform(0.9, 1.08)))
    return out


def _scrambled(m: int) -> Sequence[int]:
    """0 … m − 1 in an order that leaves neighbours at different depths."""
    if m % 2:
        return [(i * 2 + 1) % m for i in range(m)]
    return [(i * 3 + 1) % m for i in range(m)] if m % 3 else list(range(m))


def _crowd(spot: Spot, space: Space, stream: Stream) -> list[Body]:
    """Many on the ground: rows up to the horizon, smaller and more to a row the farther they are."""
    m = spot.count
    grow = clamp((m - 3) / 22)
    line = min(spot.y, space.height - 0.02)
    near = lerp(line + 0.05, max(line + 0.06, space.height - 0.03), grow)
    far = lerp(line - 0.16, max(space.horizon + 0.03, line - 0.5), grow)
    far = min(far, near - 0.12)
    across = max(0.3, space.width - 0.06) * (0.72 if spot.tight else 1.0)
    fewest = 2 if m < 25 else 3
    layouts = [_rows(spot, m, rows, near - far, across) for rows in range(fewest, 16)]
    best = max(layouts, key=lambda layout: layout.size)
    size = min(spot.size, best.size)
    out: list[Body] = []
    x = space.inside(spot.x, across) if spot.tight else space.middle
    y = far
    for row, (count, scale) in enumerate(zip(best.counts, best.scales, strict=True)):
        deep = (near - far) * scale / fsum(best.scales)
        y += deep
        gap = across / max(1, count)
        for i in range(count):
            shift = 0.25 if row % 2 else -0.25
            at = x + ((i + 0.5 + shift * min(1, count - 1)) / count - 0.5) * across
            jitter = stream.uniform(-0.1, 0.1)
            out.append(
                Body(
                    at + jitter * gap,
                    y - deep * (0.5 + stream.uniform(-0.1, 0.1)),
                    size * scale * stream.uniform(0.93, 1.07),
                )
            )
    return out


@dataclass(frozen=True, slots=True)
class _Rows:
    """counts, scales: per row, far ones first. size: the largest height at which every row can be seen."""

    counts: tuple[int, ...]
    scales: tuple[float, ...]
    size: float


def _rows(spot: Spot, m: int, rows: int, deep: float, across: float) -> _Rows:
    rows = min(rows, m)
    scales = tuple(lerp(0.5, 1.0, (j + 1) / rows) for j in range(rows))
    weights = [1 / k for k in scales]
    counts, placed, due = [], 0, 0.0
    for w in weights:
        due += m * w / fsum(weights)
        counts.append(int(due + 0.5) - placed)
        placed += counts[-1]
    rise = deep / fsum(scales)  # how much higher a row is than the one before it, per scale
    size = rise / 0.56 if rows > 1 else spot.size
    for count, scale in zip(counts, scales, strict=True):
        if count > 0:
            size = min(size, across / count / (1.05 * max(0.3, spot.kind.width) * scale))
    return _Rows(tuple(counts), scales, size)
