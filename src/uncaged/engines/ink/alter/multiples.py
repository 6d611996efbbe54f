"""A body more than once: copies beside it, shards that drift apart, traces that smear. Sights only: nothing is drawn.

What each costs is bounded: so many copies, so many shards, however far the dial goes.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.hand.place import Place, turned
from uncaged.engines.ink.numbers import TAU, Array, Stream, ease, sin
from uncaged.engines.ink.sight import Sight

MOST_COPIES = 9
MOST_LINES = 5
"""Cuts through one body; five straight cuts make sixteen shards at most."""

MANY = 12
"""From so many bodies on each falls into fewer pieces."""


# ---- repetition ------------------------------------------------------------------------------


def repeated(own: Sight, dial: float, wide: float, side: float) -> list[Sight]:
    """The body and, behind it, its copies, farthest first: to both sides, or above it where the dial is below 0.

    wide: breadth of the body, in pixels. side: pixels of the frame's shorter side.
    """
    k = soft(dial, 2.0, 5.0)
    count = min(MOST_COPIES, int(abs(k) * 2.0 + 0.999))
    if count < 1:
        return [own]
    step = max(0.32 * wide, 0.045 * side) * (0.75 + 0.25 * abs(k))
    out: list[Sight] = []
    for n in range(count, 0, -1):
        ring, way = (n + 1) // 2, 1 if n % 2 else -1
        dx, dy = (
            (way * ring * step, -0.012 * side * ring)
            if k > 0
            else (0.25 * way * step, -n * step * 0.8)
        )
        place = replace(own.place, e=_on_grid(own.place.e + dx), f=_on_grid(own.place.f + dy))
        out.append(replace(own, place=place, look="second" if n % 2 else "paler"))
    return [*out, own]


# ---- fragments -------------------------------------------------------------------------------


def shattered(
    own: Sight, dial: float, seed: str, t: float, height: float, middle: float, many: int
) -> list[Sight]:
    """The shards of a body, moved apart. t: 0 … 1, a whole turn of their slow drift.

    height: of the body in pixels. middle: y of its middle, in pixels from its origin. many: bodies on the stage.
    """
    k = soft(dial, 3.0, 9.0)
    lines = min(MOST_LINES, int(abs(k) * 2.2 + 1.4)) if abs(k) > 1e-3 else 0
    lines = lines if many < MANY else min(lines, 2)
    if lines < 1:
        return [own]
    out: list[Sight] = []
    for n, shard in enumerate(_shards(seed, lines)):
        centre = shard.mean(0)
        stream = Stream(f"{seed}/shard/{n}")
        far, lag = stream.uniform(0.55, 1.3), stream.uniform()
        turn = stream.uniform(-0.16, 0.16) * k
        breath = 0.82 + 0.18 * sin(TAU * (t + lag))
        length = float(np.sqrt(centre[0] * centre[0] + centre[1] * centre[1])) + 1e-9
        near = min(1.0, length * 2.4)
        dx, dy = (centre / length * (0.115 * k * far * breath * near)).tolist()
        out.append(
            _moved(
                own, shard, (dx, dy + 0.015 * abs(k) * near), turn * breath * near, height, middle
            )
        )
    return out


def _moved(
    own: Sight, shard: Array, by: tuple[float, float], turn: float, height: float, middle: float
) -> Sight:
    """One shard: cut out, turned about its own middle, moved."""
    cut = shard * height
    cut = np.stack([cut[:, 0], cut[:, 1] + middle], 1)
    inner = np.clip(
        cut, -0.6 * height + np.array((0, middle)), 0.6 * height + np.array((0, middle))
    )
    x, y = inner.mean(0).tolist()
    c, s = turned(turn)
    e, f = x - c * x + s * y + by[0] * height, y - s * x - c * y + by[1] * height
    place = own.place.over(Place(c, s, -s, c, e, f))
    place = replace(place, e=_on_grid(place.e), f=_on_grid(place.f))
    return replace(own, place=place, cut=cut)


@lru_cache(512)
def _shards(seed: str, lines: int) -> tuple[Array, ...]:
    """A square of two heights about the middle, cut by straight lines that pass near it."""
    stream = Stream(f"{seed}/cuts")
    pieces = [np.array([(-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0)])]
    turn = stream.uniform(0, TAU)
    for k in range(lines):
        angle = turn + TAU / 2 * (k + stream.uniform(-0.25, 0.25)) / lines
        c, s = turned(angle)
        past = stream.uniform(-0.22, 0.22)
        pieces = [part for piece in pieces for part in _halves(piece, c, s, past)]
    return tuple(pieces)


def _halves(p: Array, nx: float, ny: float, past: float) -> list[Array]:
    """A convex polygon on both sides of a line (Sutherland and Hodgman); one of them where it is not crossed."""
    d = p[:, 0] * nx + p[:, 1] * ny - past
    return [q for sign in (1.0, -1.0) if len(q := _side(p, d * sign)) > 2]


def _side(p: Array, d: Array) -> Array:
    out: list[Array] = []
    for k in range(len(p)):
        j = (k + 1) % len(p)
        if d[k] >= 0:
            out.append(p[k])
        if (d[k] > 0 > d[j]) or (d[k] < 0 < d[j]):
            out.append(p[k] + (p[j] - p[k]) * (d[k] / (d[k] - d[j])))
    return np.array(out) if out else np.empty((0, 2))


# ---- memory ----------------------------------------------------------------------------------


def smeared(traces: Sequence[Sight], echo: float, seed: str, height: float) -> list[Sight]:
    """Traces of what stands still, drawn aside by the hand that wiped them; the oldest farthest."""
    stream = Stream(f"{seed}/smear")
    way, rise = stream.pick((-1, 1)), stream.uniform(-0.35, 0.1)
    far = 0.055 * height * min(abs(soft(echo, 2.0, 5.0)), 5.0)
    out: list[Sight] = []
    for n, trace in enumerate(reversed(traces), 1):
        q = far * n * (0.8 + 0.06 * n)
        e, f = trace.place.e + way * q, trace.place.f + rise * q
        place = replace(trace.place, e=_on_grid(e), f=_on_grid(f))
        out.append(replace(trace, place=place))
    return out[::-1]


def grown(t: float, loop: bool) -> float:
    """How far shards are apart at t: they go on drifting; in a film without a seam they only breathe."""
    return 1.0 if loop else 0.7 + 0.3 * ease(t)


def _on_grid(x: float) -> float:
    return round(tamed(x) * 64) / 64
