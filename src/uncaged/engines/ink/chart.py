"""What the schemes draw under the subjects: a chart with its coast and the way between them, the bands of a frieze.

Knows the ground and some points on it; no subjects, no pixels.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.settings import Ground

_DEPTH = 0.62


def chart(ground: Ground, stops: Sequence[tuple[float, float]]) -> None:
    """A coast with lines of depth round it, hills and waves, a dotted way from stop to stop, a compass."""
    stream = ground.stream.sub("chart")
    p, w, h = ground.palette, ground.width, ground.height
    coast = _coast(stream.sub("coast"), w, h)
    middle = points((w / 2, h / 2))
    land = p.near if p.negative else mix(p.low, p.c, 0.35)
    sea = p.top if p.negative else mix(p.low, p.far, 0.5)
    waves = [(stream.uniform(0, w), stream.uniform(0, h)) for _ in range(26)]
    hills = _inland(stream.sub("hills"), w, h, 14)
    cross = stops[-1] if stops else (w / 2, h / 2)
    way = _way(stream.sub("way"), [*stops, *_inland(stream.sub("ends"), w, h, 2)])

    def draw(d: Drawing, _: Moment) -> None:
        d.flat(points((-1, -1), (w + 1, -1), (w + 1, h + 1), (-1, h + 1)), sea)
        for k in (3, 2, 1):
            line = middle + (coast - middle) * (1 + 0.055 * k)
            d.stroke(np.concatenate([line, line[:1]]), 0.32, p.mid, key=f"depth{k}", wobble=0.6)
        for i, (x, y) in enumerate(waves):
            wave = smooth([(x - 0.03, y), (x - 0.015, y - 0.008), (x, y), (x + 0.015, y - 0.008)])
            d.stroke(wave, 0.4, p.mid, key=f"wave{i}")
        d.form(coast, land, line=1.1, shade=0.5, key="coast")
        for i, (x, y) in enumerate(hills):
            peak = points((x - 0.025, y), (x - 0.002, y - 0.034), (x + 0.026, y))
            d.stroke(peak, 0.6, p.near, key=f"peak{i}")
            d.stroke(points((x + 0.002, y - 0.03), (x + 0.012, y)), 0.35, p.near, key=f"side{i}")
        for x, y in way:
            d.dot(x, y, 0.0052, p.a)
        x, y = cross
        for k, (dx, dy) in enumerate(((0.02, 0.02), (0.02, -0.02))):
            d.stroke(points((x - dx, y + 0.1 - dy), (x + dx, y + 0.1 + dy)), 1.4, p.a, key=f"x{k}")
        _compass(d, ground)

    ground.add("chart", _DEPTH, draw)
    ground.stand = ground.behind = land


def bands(ground: Ground) -> None:
    """Two bands of ornament with the frieze between them."""
    stream = ground.stream.sub("bands")
    p, w, h = ground.palette, ground.width, ground.height
    field = mix(p.low, p.b, 0.42) if not p.negative else p.near
    step, meander = 0.072, stream.chance(0.5)
    high = 0.26 * min(h, 1.2)

    def draw(d: Drawing, _: Moment) -> None:
        top, foot = 0.5 * h - high - 0.04, 0.5 * h + high + 0.02
        d.flat(points((-0.1, top), (w + 0.1, top), (w + 0.1, foot), (-0.1, foot)), field)
        for name, y, way in (("over", top, -1), ("under", foot, 1)):
            for k, off in enumerate((0.0, 0.018, 0.1)):
                line = points(
                    (-0.05, y + way * off), (w / 2, y + way * off), (w + 0.05, y + way * off)
                )
                d.stroke(line, 1.2 if k != 1 else 0.5, p.deep, key=f"{name}{k}", wobble=0.5)
            for i in range(int(w / step) + 2):
                x = i * step
                d.stroke(_turn(x, y + way * 0.058, step, meander), 0.8, p.deep, key=f"{name}o{i}")

    ground.add("bands", _DEPTH, draw)
    ground.stand = ground.behind = field


def _turn(x: float, y: float, step: float, meander: bool) -> Array:
    """One piece of an ornament: a turn of a meander, or a running wave."""
    s = 0.5 * step
    if meander:
        turns = ((0.0, 0.6), (0.0, -0.6), (1.3, -0.6), (1.3, 0.2), (0.6, 0.2))
        return points(*((x + s * dx, y + s * dy) for dx, dy in turns))
    return smooth(
        [(x, y + s * 0.5), (x + s * 0.5, y - s * 0.5), (x + s, y), (x + s * 0.6, y + s * 0.3)]
    )


def _coast(stream: Stream, w: float, h: float) -> Array:
    """A ragged closed line well inside the frame."""
    return blob(stream, w / 2, h / 2, 0.43 * w, 0.41 * h, 17, 0.13, 5)


def _inland(stream: Stream, w: float, h: float, many: int) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for _ in range(many):
        angle, r = stream.uniform(0, TAU), 0.36 * sqrt(stream.uniform(0.1, 1.0))
        out.append((w / 2 + r * w * cos(angle), h / 2 + r * h * sin(angle)))
    return out


def _way(stream: Stream, stops: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Dots along a wandering line through the stops."""
    bent: list[tuple[float, float]] = []
    for (x, y), (u, v) in pairwise(stops):
        dx, dy = stream.uniform(-0.06, 0.06), stream.uniform(-0.06, 0.06)
        bent += [(x, y), ((x + u) / 2 + dx, (y + v) / 2 + dy)]
    line = smooth([*bent, stops[-1]])
    apart = line[1:] - line[:-1]
    far = np.concatenate([[0.0], np.cumsum(np.sqrt((apart * apart).sum(1)))])
    at = np.arange(0.0, float(far[-1]), 0.022)
    x, y = np.interp(at, far, line[:, 0]), np.interp(at, far, line[:, 1])
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def _compass(d: Drawing, ground: Ground) -> None:
    """In the corner away from the subject: a circle, four long points, a north."""
    p, r = ground.palette, 0.055
    x = 0.1 if ground.side > 0 else ground.width - 0.1
    y = ground.height - 0.11
    d.form(circle(x, y, r, r, 24), p.light, line=0.6, shade=0.2, key="rose")
    for k in range(4):
        c, s = cos(TAU * k / 4), sin(TAU * k / 4)
        tip, side = (x + 1.25 * r * s, y - 1.25 * r * c), 0.22 * r
        left, right = (x + side * c, y + side * s), (x - side * c, y - side * s)
        d.form(points(left, tip, right), p.a if k == 0 else p.deep, line=0.4, shade=0, key=f"n{k}")
