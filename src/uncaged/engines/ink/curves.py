"""Curves and the forms made of them: tubes with body coordinates, leaves, blobs, circles. Knows no subjects.

Points are float arrays (n, 2), y down.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin

Point: TypeAlias = tuple[float, float] | Array
Points: TypeAlias = Sequence[Point] | Array


def points(*pairs: Point | float) -> Array:
    """Pairs as an (n, 2) array; plain numbers as (n,)."""
    return np.array(pairs, dtype=np.float64)


@lru_cache(64)
def _basis(per: int) -> tuple[Array, Array, Array, Array]:
    t = np.arange(per) / per
    t2, t3 = t * t, t * t * t
    rows = (
        0.5 * (2 * t2 - t - t3),
        0.5 * (2 - 5 * t2 + 3 * t3),
        0.5 * (t + 4 * t2 - 3 * t3),
        0.5 * (t3 - t2),
    )
    a, b, c, d = (row[None, :, None] for row in rows)
    return a, b, c, d


def smooth(control: Points, closed: bool = False, per: int = 6) -> Array:
    """A Catmull-Rom curve through the control points, `per` points between two of them."""
    p = np.asarray(control, dtype=np.float64)
    if closed:
        q = np.concatenate([p[-1:], p, p[:2]])
    else:
        q = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    a, b, c, d = _basis(per)
    n = len(q) - 3
    out = q[:n, None] * a + q[1 : n + 1, None] * b + q[2 : n + 2, None] * c + q[3:, None] * d
    out = out.reshape(-1, 2)
    return out if closed else np.concatenate([out, p[-1:]])


@lru_cache(256)
def _ramp(count: int) -> Array:
    """0 … 1 in `count` equal steps. Shared, so read only."""
    ramp = np.linspace(0, 1, count)
    ramp.flags.writeable = False
    return ramp


def _pairs(x: Array, y: Array) -> Array:
    """Two rows of coordinates as (n, 2)."""
    out = np.empty((len(x), 2))
    out[:, 0] = x
    out[:, 1] = y
    return out


def arc_length(p: Array) -> Array:
    """Length along the curve at each of its points, (n,)."""
    d = p[1:] - p[:-1]
    d *= d
    s = np.empty(len(p))
    s[0] = 0
    np.cumsum(np.sqrt(d[:, 0] + d[:, 1]), out=s[1:])
    return s


def resample(p: Array, count: int) -> Array:
    """The same curve as `count` points at equal distances."""
    s = arc_length(p)
    q = _ramp(count) * s[-1]
    return _pairs(np.interp(q, s, p[:, 0]), np.interp(q, s, p[:, 1]))


def normals(p: Array) -> tuple[Array, Array]:
    """Unit normals (left of travel, y down) and unit tangents at each point."""
    t = np.empty_like(p)
    t[1:-1] = p[2:] - p[:-2]
    t[0] = p[1] - p[0]
    t[-1] = p[-1] - p[-2]
    square = t * t
    t /= (np.sqrt(square[:, 0] + square[:, 1]) + 1e-9)[:, None]
    return _pairs(t[:, 1], -t[:, 0]), t


@lru_cache(4096)
def _along(radii: tuple[float, ...], count: int) -> Array:
    """Radii at `count` equal steps: a curve through the given ones. Shared between tubes, so read only."""
    r = np.array(radii, dtype=np.float64)
    x, steps = _ramp(len(r)), _ramp(count)
    if len(r) > 2:
        curve = smooth(np.stack([x, r], 1), per=5)
        along = np.maximum(np.interp(steps, curve[:, 0], curve[:, 1]), 0)
    else:
        along = np.interp(steps, x, r)
    along.flags.writeable = False
    return along


_CAP = tuple(f(np.array([0.3, 0.5, 0.7]) * PI)[:, None] for f in (cos, sin))
"""Cosine and sine of the three points of a round cap."""


class Tube:
    """A spine with radii: body, limb, leaf, petal, trunk. `at(u, v)` are its body coordinates.

    Scales, stripes, hatching, ribs and veins drawn in (u, v) follow the form when it bends.
    spine: (k, 2) control points; radii: along the spine, any number; count: points of the result.
    """

    __slots__ = ("_caps", "normal", "p", "r", "tangent")

    def __init__(
        self,
        spine: Points,
        radii: Sequence[float] | Array,
        count: int = 20,
        curved: bool = True,
        cap_start: bool = True,
        cap_end: bool = True,
    ) -> None:
        line = np.asarray(spine, dtype=np.float64)
        if curved and len(line) > 2:
            line = smooth(line, per=max(2, count // (len(line) - 1)))
        self.p = resample(line, count)
        self.r = _along(tuple(radii), count)
        self.normal, self.tangent = normals(self.p)
        self._caps = (cap_start, cap_end)

    def outline(self) -> Array:
        """The closed contour."""
        p, r, n, t = self.p, self.r[:, None], self.normal, self.tangent
        parts = [p + n * r]
        c, s = _CAP
        if self._caps[1] and self.r[-1] > 1e-4:
            parts.append(p[-1] + self.r[-1] * (c * n[-1] + s * t[-1]))
        parts.append((p - n * r)[::-1])
        if self._caps[0] and self.r[0] > 1e-4:
            parts.append(p[0] - self.r[0] * (c * n[0] + s * t[0]))
        return np.concatenate(parts)

    def at(self, u: float | Sequence[float] | Array, v: float | Sequence[float] | Array) -> Array:
        """Body coordinates → plane: u 0 … 1 along, v −1 … 1 across (beyond ±1: outside the form)."""
        last = len(self.p) - 1
        x = np.minimum(np.maximum(np.asarray(u, dtype=np.float64), 0.0), 1.0) * last
        i = np.minimum(x.astype(np.intp), last - 1)
        w = (x - i)[..., None]
        k = 1 - w
        across = (self.r[i] * k[..., 0] + self.r[i + 1] * w[..., 0]) * np.asarray(
            v, dtype=np.float64
        )
        middle = self.p[i] * k + self.p[i + 1] * w
        return middle + (self.normal[i] * k + self.normal[i + 1] * w) * across[..., None]

    def direction(self, u: float) -> Array:
        """The unit tangent at u."""
        return self.tangent[int(min(max(u, 0.0), 1.0) * (len(self.p) - 1))]


def circle(
    x: float, y: float, rx: float, ry: float | None = None, count: int = 28, turn: float = 0.0
) -> Array:
    """An ellipse as a closed polygon; `turn` in radians."""
    around = _around(count)
    c, s = around[0] * rx, around[1] * (rx if ry is None else ry)
    if turn:
        ca, sa = cos(turn), sin(turn)
        c, s = c * ca - s * sa, c * sa + s * ca
    return _pairs(x + c, y + s)


@lru_cache(256)
def _around(count: int) -> tuple[Array, Array]:
    """Cosines and sines of `count` equal steps round a circle. Shared, so read only."""
    t = np.arange(count) * (TAU / count)
    c, s = cos(t), sin(t)
    c.flags.writeable = s.flags.writeable = False
    return c, s


def blob(
    stream: Stream,
    x: float,
    y: float,
    rx: float,
    ry: float | None = None,
    knots: int = 9,
    amplitude: float = 0.15,
    per: int = 5,
) -> Array:
    """A closed form that never repeats: jittered radii, smoothed."""
    ry = rx if ry is None else ry
    a = (np.arange(knots) + stream.array(knots, -0.25, 0.25)) * (TAU / knots)
    q = 1 + stream.array(knots, -amplitude, amplitude)
    return smooth(np.stack([x + cos(a) * rx * q, y + sin(a) * ry * q], 1), True, per)


def lobed(
    stream: Stream,
    x: float,
    y: float,
    rx: float,
    ry: float,
    lobes: int = 9,
    depth: float = 0.16,
    per: int = 5,
) -> Array:
    """A leafy outline: uneven arcs round an ellipse, round outwards and sharp inwards."""
    a = np.cumsum(stream.array(lobes, 0.7, 1.3))
    a = a / a[-1] * TAU + stream.uniform(0, TAU)
    start = np.concatenate([a[-1:] - TAU, a[:-1]])
    q = np.arange(per) / per
    arc = np.sqrt(q * (1 - q) * 4)
    lift = (0.8 + 0.4 * stream.array(lobes * per)).reshape(lobes, per)
    b = (start[:, None] + (a - start)[:, None] * q).reshape(-1)
    k = (1 - depth + depth * 1.6 * arc * lift).reshape(-1)
    return np.stack([x + cos(b) * rx * k, y + sin(b) * ry * k], 1)


def bezier(start: Point, control: Point, end: Point, count: int = 12) -> Array:
    """A quadratic curve."""
    t = _ramp(count)[:, None]
    a, b, c = (np.asarray(p, dtype=np.float64) for p in (start, control, end))
    return a * (1 - t) * (1 - t) + b * 2 * t * (1 - t) + c * t * t


def leaf(start: Point, end: Point, width: float, bend: float = 0.0, count: int = 9) -> Tube:
    """A leaf or petal, bent sideways by `bend` of its length."""
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    d = b - a
    middle = (a + b) / 2 + np.array([d[1], -d[0]]) * bend
    radii = [0.01 * width, width * 0.8, width, width * 0.6, 0]
    return Tube(np.stack([a, middle, b]), radii, count, cap_start=False, cap_end=False)


def leaf_mark(x: float, y: float, dx: float, dy: float, width: float) -> Array:
    """A small leaf as six points, for marks by the dozen; (dx, dy) is half its length."""
    w = width
    return np.array(
        [
            (x - dx, y - dy),
            (x - dx * 0.3 + dy * w, y - dy * 0.3 - dx * w),
            (x + dx * 0.4 + dy * w, y + dy * 0.4 - dx * w),
            (x + dx, y + dy),
            (x + dx * 0.4 - dy * w, y + dy * 0.4 + dx * w),
            (x - dx * 0.3 - dy * w, y - dy * 0.3 + dx * w),
        ]
    )
