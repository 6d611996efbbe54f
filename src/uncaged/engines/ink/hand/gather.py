"""A drawing's marks in one list with their places, and all their points in pixels in one array. Paints nothing.

Groups are dissolved here: each mark gets the transform of its group, so that pen and grain work in the frame's pixels
whatever the group's scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.display import (
    Clip,
    Drawing,
    Flat,
    Form,
    Group,
    Line,
    Manner,
    Mark,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.paths import (
    Contour,
    neighbours,
    on_grid,
    rounded,
    tame,
    tamed,
)
from uncaged.engines.ink.numbers import Array, cos, sin


@dataclass(frozen=True, slots=True)
class Place:
    """An affine transform: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @property
    def unit(self) -> float:
        """How long one local unit is, in the mean of both directions."""
        return tamed(float(np.sqrt(abs(self.a * self.d - self.b * self.c))), 0)

    def of(self, points: Array) -> Array:
        """Points (n, 2), placed."""
        x, y = points[..., 0], points[..., 1]
        out = np.empty(points.shape)
        out[..., 0] = x * self.a + y * self.c + self.e
        out[..., 1] = x * self.b + y * self.d + self.f
        return tame(out)

    def towards(self, direction: tuple[float, float]) -> tuple[float, float]:
        """A direction, turned and mirrored with everything else, in the length it has."""
        x, y = direction
        u = self.unit or 1.0
        return (x * self.a + y * self.c) / u, (x * self.b + y * self.d) / u

    def over(self, inner: "Place") -> "Place":
        """The place of what lies at `inner` in something that lies here."""
        return Place(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )


def _group_place(group: Group) -> Place:
    cs, sn = turned(group.turn) if group.turn else (1.0, 0.0)
    sx, sy = group.scale_x, group.scale_y
    return Place(cs * sx, sn * sx, -sn * sy, cs * sy, group.x, group.y)


def turned(radians: float) -> tuple[float, float]:
    """Cosine and sine of exactly unit length, from the module's own sine."""
    radians = tamed(radians, -1e6, 1e6)
    c, s = cos(radians), sin(radians)
    length = float(np.sqrt(c * c + s * s))
    return c / length, s / length


@dataclass(slots=True)
class Item:
    """A mark and where it lies. share: how much of it is drawn yet, 0 … 1. first: index of its first polygon.

    mark is None where a group ends that was faded.
    """

    mark: Mark | None
    place: Place
    manner: Manner
    share: float
    first: int = 0


@dataclass(slots=True)
class Shapes:
    """All polygons and lines of a drawing, in pixels.

    p: (N, 2). start, count: of each. low, high: their boxes, (k, 2). turn: 1 where a closed one runs clockwise on the
    screen, −1 where not. filled: each as a closed clockwise contour with its corners rounded.
    """

    p: Array
    start: list[int]
    count: list[int]
    low: Array
    high: Array
    turn: Array
    filled: list[Contour]

    def line(self, k: int) -> Array:
        """The points of polygon k."""
        return self.p[self.start[k] : self.start[k] + self.count[k]]


def gather(drawing: Drawing, pixels: float, reveal: float | None) -> tuple[list[Item], Shapes]:
    """Every mark of a drawing and of the drawings inside it, placed. pixels: the frame's shorter side."""
    unit = tamed(drawing.scale * pixels)
    items = list(_flat(drawing, Place(-unit if drawing.flip else unit, d=unit), reveal))
    arrays: list[Array] = []
    places: list[Place] = []
    for item in items:
        own = _arrays(item.mark)
        item.first = len(arrays)
        arrays += own
        places += [item.place] * len(own)
    return items, _shapes(arrays, places, pixels)


def _flat(drawing: Drawing, place: Place, reveal: float | None) -> Iterator[Item]:
    """Marks in order, groups dissolved; with `reveal`, only those that are begun."""
    shares = None if reveal is None or reveal >= 1 else _shares(drawing, tamed(reveal, 0, 1))
    clips = 0
    for k, mark in enumerate(drawing.marks):
        share = 1.0 if shares is None else shares[k]
        clips += isinstance(mark, Clip) - isinstance(mark, Unclip)
        if share <= 0 or clips < 0:
            clips = max(clips, 0)
            continue
        if not isinstance(mark, Group):
            yield Item(mark, place, drawing.manner, share)
            continue
        faded = mark.alpha < 255
        if faded:
            yield Item(mark, place, drawing.manner, share)
        yield from _flat(
            mark.drawing, place.over(_group_place(mark)), None if shares is None else share
        )
        if faded:
            yield Item(None, place, drawing.manner, share)
    for _ in range(clips):
        yield Item(Unclip(), place, drawing.manner, 1.0)


def _weight(mark: Mark) -> float:
    """Strokes take time by their length; eyes do not take as long as a body."""
    if isinstance(mark, Form | Stroke | Line | Flat | Overprint):
        p = mark.first if isinstance(mark, Overprint) else mark.points
        d = p[1:] - p[:-1]
        length = float(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]).sum())
        return tamed(length, 0.12, 1.6, 0.12)
    if isinstance(mark, Group):
        return min(1.6, sum(_weight(m) for m in mark.drawing.marks))
    return 1.0 if isinstance(mark, Union | Multi) else 0.05


def _shares(drawing: Drawing, reveal: float) -> list[float]:
    """How much of each mark is there. Clips are, as soon as the first mark after them could be."""
    out: list[float] = []
    weights = [_weight(mark) for mark in drawing.marks]
    now, begun = reveal * (sum(weights) + 0.6), 0.0
    for w in weights:
        out.append(min(max((now - begun) / (w + 0.6), 0.0), 1.0))
        begun += w
    return out


def _arrays(mark: Mark | None) -> list[Array]:
    match mark:
        case Form() | Stroke() | Line() | Flat() | Clip():
            return [mark.points]
        case Union() | Multi():
            return mark.polygons
        case Overprint():
            return [mark.first, mark.second]
        case _:
            return []


def _shapes(arrays: list[Array], places: list[Place], pixels: float) -> Shapes:
    if not arrays:
        none = np.empty((0, 2))
        return Shapes(none, [], [], none, none, np.empty(0), [])
    arrays = [a if len(a) else np.zeros((1, 2)) for a in arrays]
    count = np.array([len(a) for a in arrays])
    start = np.cumsum(count) - count
    p = _placed(np.concatenate(arrays), places, count)
    low, high = np.minimum.reduceat(p, start), np.maximum.reduceat(p, start)
    before, after = neighbours(p, start, start + count - 1)
    cross = np.add.reduceat(p[:, 0] * after[:, 1] - after[:, 0] * p[:, 1], start)
    turn = np.where(cross < 0, -1, 1)
    filled = _filled(p, (before, after), (start, count, turn), pixels)
    return Shapes(p, start.tolist(), count.tolist(), low, high, turn, filled)


def _placed(p: Array, places: list[Place], count: Array) -> Array:
    """All points in pixels, on the grid; one multiplication where there is only one place."""
    if all(place is places[0] for place in places):
        out = places[0].of(p)
    else:
        rows = np.array([(q.a, q.b, q.c, q.d, q.e, q.f) for q in places])
        a, b, c, d, e, f = np.repeat(rows, count, 0).T
        out = np.stack([p[:, 0] * a + p[:, 1] * c + e, p[:, 0] * b + p[:, 1] * d + f], 1)
        tame(out)
    return np.rint(out * 64) * (1 / 64)


def _filled(
    p: Array, beside: tuple[Array, Array], polygons: tuple[Array, Array, Array], pixels: float
) -> list[Contour]:
    """All clockwise, so that those that overlap are one form.

    From 12 points on a polygon's corners are rounded; smaller ones are meant to be angular.
    """
    per = 1 if pixels <= 192 else 2 if pixels <= 700 else 4
    soft = on_grid(rounded(p, *beside, per))
    hard = p.astype(np.float32)
    return [
        (soft[a * per : (a + n) * per] if n >= 12 else hard[a : a + n])[::way]
        for a, n, way in zip(*(x.tolist() for x in polygons), strict=True)
    ]
