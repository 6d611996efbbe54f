"""All polygons and lines of a drawing as one array of pixels, and what is asked of them. Knows no marks.

Everything that can be done for all of them at once is done once: placing, rounding, boxes, directions.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from uncaged.engines.ink.hand.cutting import facets
from uncaged.engines.ink.hand.paths import Contour, neighbours, on_grid, rounded, tame
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.numbers import Array

ANGULAR = 12
"""Polygons of fewer points are meant to have corners."""


class Shapes:
    """Polygons and lines, in pixels, on the grid.

    p: (N, 2), one after the other. start, count: where each lies. low, high: their boxes, (k, 2).
    turn: 1 where a closed one runs clockwise on the screen, −1 where not. cut: length of straight cuts as a share of
    the frame, 0 = none. shake: where a hand that trembles puts the points.
    """

    def __init__(
        self,
        arrays: Sequence[Array],
        places: Sequence[Place],
        pixels: float,
        cut: float = 0.0,
        shake: Callable[[Array], Array] | None = None,
    ) -> None:
        self._cut = cut * pixels
        self._per = 1 if pixels <= 192 else 2 if pixels <= 700 else 4
        if not arrays:
            arrays, places = [np.zeros((1, 2))], [Place()]
        arrays = [a if len(a) else np.zeros((1, 2)) for a in arrays]
        count = np.array([len(a) for a in arrays])
        start = np.cumsum(count) - count
        p = _placed(np.concatenate(arrays), places, count)
        self.p = p = p if shake is None else shake(p)
        self.low, self.high = np.minimum.reduceat(p, start), np.maximum.reduceat(p, start)
        self._before, self._after = neighbours(p, start, start + count - 1)
        cross = p[:, 0] * self._after[:, 1] - self._after[:, 0] * p[:, 1]
        self._way = np.where(np.add.reduceat(cross, start) < 0, -1, 1)
        self.start: list[int] = start.tolist()
        self.count: list[int] = count.tolist()
        self.turn: list[int] = self._way.tolist()

    def line(self, k: int) -> Array:
        """The points of polygon k, as they are."""
        return self.p[self.start[k] : self.start[k] + self.count[k]]

    def contour(self, k: int) -> Contour:
        """Polygon k, clockwise (so that those that overlap are one form), its corners rounded, or cut by scissors."""
        a, n = self.start[k], self.count[k]
        if self._cut:
            return self._hard[a : a + n][self._facets[a : a + n]][:: self.turn[k]]
        if n < ANGULAR:
            return self._hard[a : a + n][:: self.turn[k]]
        return self._soft[a * self._per : (a + n) * self._per][:: self.turn[k]]

    def contours(self, k: int, n: int) -> list[Contour]:
        """Polygons k … k + n − 1."""
        return [self.contour(i) for i in range(k, k + n)]

    def many(self, k: int, n: int) -> list[Contour]:
        """Polygons k … k + n − 1 in order; those that are alike, the leaflets of a frond, as one block (n, m, 2)."""
        if self._cut or not self._alike(k, n):
            return self.contours(k, n)
        a, m = self.start[k], self.count[k]
        if m < ANGULAR:
            return [self._block(self._hard[a : a + n * m], k, n)]
        per = self._per
        return [self._block(self._soft[a * per : (a + n * m) * per], k, n)]

    def _alike(self, k: int, n: int) -> bool:
        return n > 1 and self.count[k : k + n].count(self.count[k]) == n

    def _block(self, points: Contour, k: int, n: int) -> Contour:
        """Polygons k … k + n − 1, of as many points each, as (n, m, 2), all of them clockwise."""
        block = points.reshape(n, -1, 2)
        back = self._way[k : k + n] < 0
        if back.all():
            return block[:, ::-1]
        return np.where(back[:, None, None], block[:, ::-1], block) if back.any() else block

    def grown(self, k: int, n: int, reach: float, towards: tuple[float, float]) -> list[Contour]:
        """Polygons k … k + n − 1, clockwise, grown outwards by `reach`, by up to twice that where `towards` points."""
        first, end = self.start[k], self.start[k + n - 1] + self.count[k + n - 1]
        out = self._outward[first:end]
        grow = np.full(len(out), reach, np.float64)
        if towards != (0.0, 0.0):
            grow *= 1 + np.maximum(out[:, 0] * towards[0] + out[:, 1] * towards[1], 0)
        p = self.p[first:end] + out * grow[:, None]
        if self._alike(k, n) and self.count[k] < ANGULAR:
            return [self._block(on_grid(p), k, n)]
        counts = np.array(self.count[k : k + n])
        starts = np.cumsum(counts) - counts
        if max(self.count[k : k + n]) >= ANGULAR:
            soft = on_grid(rounded(p, *neighbours(p, starts, starts + counts - 1), self._per))
        else:
            soft = np.empty((0, 2), np.float32)
        hard, per = on_grid(p), self._per
        return [
            (soft[a * per : (a + m) * per] if m >= ANGULAR else hard[a : a + m])[::way]
            for a, m, way in zip(
                starts.tolist(), self.count[k : k + n], self.turn[k : k + n], strict=True
            )
        ]

    @cached_property
    def _soft(self) -> Contour:
        return on_grid(rounded(self.p, self._before, self._after, self._per))

    @cached_property
    def _facets(self) -> Array:
        start, count = np.array(self.start), np.array(self.count)
        return facets(self.p, self._before, self._after, start, count, self._cut)

    @cached_property
    def _hard(self) -> Contour:
        return self.p.astype(np.float32)

    @cached_property
    def _outward(self) -> Array:
        """Unit normals that point out of closed polygons."""
        t = self._after - self._before
        t *= np.repeat(self._way, self.count)[:, None]
        length = np.sqrt(t[:, 0] * t[:, 0] + t[:, 1] * t[:, 1]) + 1e-9
        out = np.empty_like(t)
        np.divide(t[:, 1], length, out=out[:, 0])
        np.divide(-t[:, 0], length, out=out[:, 1])
        return out


def _placed(p: Array, places: Sequence[Place], count: Array) -> Array:
    """All points in pixels, on the grid; one multiplication where there is only one place."""
    if all(place is places[0] for place in places):
        out = places[0].of(p)
    else:
        rows = np.array([(q.a, q.b, q.c, q.d, q.e, q.f) for q in places])
        a, b, c, d, e, f = np.repeat(rows, count, 0).T
        out = np.stack([p[:, 0] * a + p[:, 1] * c + e, p[:, 0] * b + p[:, 1] * d + f], 1)
        tame(out)
    return np.rint(out * 64) * (1 / 64)
