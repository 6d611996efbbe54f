"""Hidden lines: what can be seen of the lines of many drawings that lie one upon the other. Knows steps, no stage.

A raster remembers which step covers each pixel last, so a line is compared with what lies above it once, however much
that is. All lines are looked at together, pixel by pixel; more coarsely where they are endless.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.hand.paths import Contour, on_grid, path
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hand.steps import (
    Even,
    Faded,
    Fill,
    Ink,
    Restored,
    Step,
    Tone,
    Within,
    Without,
)
from uncaged.engines.ink.numbers import Array

HIDES, SHOWS = 200, 60
"""From which alpha on a fill hides what lies behind it, and from which on a step is drawn at all."""

SHORTEST = 4.0
"""Pixels: shorter pieces are left out."""

EXACT = 0.25
"""Pixels a point may lie beside a straight line and still be left out."""

LONGEST = 3_000_000
"""Pixels of line on the sheet that are looked at one by one; of more, each look covers several."""

_TOGETHER = 60_000
"""Points of lines that are looked at together: memory."""

_HELD = 24
"""Masks that are kept while lines are cut by them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A step with its centre lines and their widths, in pixels of its own drawing."""

    step: Step
    lines: tuple[tuple[Array, float], ...]


@dataclass(slots=True)
class Line:
    """A centre line in pixels, the number of the step that drew it, and the forms that cut it, each as one."""

    points: Array
    width: float
    colour: Colour
    step: int
    within: tuple[list[Contour], ...]


class Board:
    """Collects lines, and which step covers each pixel last."""

    def __init__(self, width: int, height: int, palette: Palette) -> None:
        self.lines: list[Line] = []
        self._paper, self._bare = palette.low, bare(palette)
        self._count = 0
        self._size = (width, height)
        self._pixels = np.zeros((height, width, 4), np.uint8)
        self._surface = skia.Surface(self._pixels)
        self._masks: dict[int, tuple[list[Contour], _Mask]] = {}

    def add(self, parts: Sequence[Part], place: Place, alpha: int) -> None:
        """Steps in their order; those of one drawing share a place and an alpha."""
        canvas = self._surface.getCanvas()
        depth = canvas.save()
        within: list[list[Contour]] = []
        alphas = [alpha]
        for part in parts:
            match part.step:
                case Within() as step:
                    forms = [on_grid(place.of(c)) for c in (step.contour, *step.more)]
                    within.append(forms)
                    canvas.save()
                    canvas.clipPath(path(forms), skia.ClipOp.kIntersect, False)
                case Without():
                    within.pop()
                    canvas.restore()
                case Faded() as step:
                    alphas.append(alphas[-1] * step.alpha // 255)
                case Restored():
                    alphas.pop()
                case Fill() | Ink() | Even() | Tone() as step if step.alpha >= SHOWS:
                    self._count += 1
                    self._take(canvas, step, part, place, alphas[-1], tuple(within))
                case _:
                    pass
        canvas.restoreToCount(depth)

    def _take(
        self,
        canvas: skia.Canvas,
        step: Fill | Ink | Even | Tone,
        part: Part,
        place: Place,
        alpha: int,
        within: tuple[list[Contour], ...],
    ) -> None:
        """Notes the lines of a step; a strong fill covers what was there."""
        if isinstance(step, Fill) and step.alpha >= HIDES:
            contours = [on_grid(place.of(c)) for c in step.contours]
            canvas.drawPath(path(contours), _number(self._count))
        if isinstance(step, Fill) and step.colour == self._bare:
            return  # no pen draws the edge of bare paper
        if isinstance(step, Tone) and step.contour is not None and part.lines:
            within = (*within, [on_grid(place.of(step.contour))])
        colour = mix(self._paper, step.colour, alpha / 255) if alpha < 255 else step.colour
        for points, width in part.lines:
            line = place.of(points)
            self.lines.append(Line(line, width * place.unit, colour, self._count, within))

    def seen(self) -> Iterator[tuple[Line, Array]]:
        """The parts of all lines, in order, that lie on the sheet, inside what cuts them, and under nothing."""
        lines = [line for line in self.lines if len(line.points) > 1]
        runs = [Run(run, self._size) for run in _runs(lines)]
        pitch = max(1.0, sum(run.pixels for run in runs) / LONGEST)
        for run in runs:
            samples = run.samples(pitch)
            shown = self._shown(run.lines, samples)
            for owner, piece in samples.pieces(shown):
                yield run.lines[owner], plain(piece)

    def _shown(self, lines: Sequence[Line], samples: "Samples") -> NDArray[np.bool_]:
        width, height = self._size
        x = np.clip(samples.at[:, 0].astype(np.int64), 0, width - 1)
        y = np.clip(samples.at[:, 1].astype(np.int64), 0, height - 1)
        cover = self._pixels[y, x].astype(np.int64)
        step = np.array([line.step for line in lines], np.int64)[samples.owner]
        shown = cover[:, 0] + cover[:, 1] * 256 + cover[:, 2] * 65536 <= step
        ends = np.searchsorted(samples.owner, np.arange(len(lines) + 1)).tolist()
        first = 0
        for k, line in enumerate(lines):
            last = k + 1 == len(lines)
            if not last and lines[k + 1].within is line.within:
                continue
            part = slice(ends[first], ends[k + 1])
            for forms in line.within:
                if not shown[part].any():
                    break
                shown[part] &= self._mask(forms).holds(x[part], y[part])
            first = k + 1
        return shown

    def _mask(self, forms: list[Contour]) -> "_Mask":
        """The forms' pixels; the last few are kept, since neighbours share them."""
        held = self._masks.get(id(forms))
        if held is not None:
            return held[1]
        made = _Mask(forms, *self._size)
        while len(self._masks) >= _HELD:
            del self._masks[next(iter(self._masks))]
        self._masks[id(forms)] = (forms, made)
        return made


class _Mask:
    """Forms that cut lines, as one: their pixels, as far as they lie on the sheet."""

    def __init__(self, forms: Sequence[Contour], width: int, height: int) -> None:
        low = np.floor(np.min([form.min(0) for form in forms], axis=0)).astype(int)
        high = np.ceil(np.max([form.max(0) for form in forms], axis=0)).astype(int)
        self._left, self._top = max(int(low[0]), 0), max(int(low[1]), 0)
        size = (min(int(high[1]), height) - self._top, min(int(high[0]), width) - self._left)
        pixels = np.zeros((max(size[0], 1), max(size[1], 1), 4), np.uint8)
        with skia.Surface(pixels) as canvas:
            canvas.translate(-self._left, -self._top)
            canvas.drawPath(path(forms), _number(0))
        self._pixels = pixels[..., 3] > 0

    def holds(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether pixels of the sheet lie in it."""
        height, width = self._pixels.shape
        x, y = x - self._left, y - self._top
        on = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        on[on] = self._pixels[y[on], x[on]]
        return on


def _number(step: int) -> skia.Paint:
    """A colour that is a number; never blended, never anti-aliased."""
    return skia.Paint(
        AntiAlias=False,
        Color=skia.Color(step & 255, step >> 8 & 255, step >> 16 & 255, 255),
        BlendMode=skia.BlendMode.kSrc,
    )


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that are looked at together, in order."""
    run: list[Line] = []
    points = 0
    for line in lines:
        if run and points + len(line.points) > _TOGETHER:
            yield run
            run, points = [], 0
        run.append(line)
        points += len(line.points)
    if run:
        yield run


class Run:
    """Some lines as straight pieces: where each begins and goes, and which part of it lies on the sheet."""

    def __init__(self, lines: list[Line], size: tuple[int, int]) -> None:
        self.lines, self._size = lines, size
        p = np.concatenate([line.points for line in lines])
        own = np.repeat(np.arange(len(lines)), [len(line.points) for line in lines])
        within = np.flatnonzero(own[1:] == own[:-1])
        start, way = p[within], (p[1:] - p[:-1])[within]
        enters, leaves = _on_sheet(start, way, size)
        there = np.flatnonzero(enters <= leaves)
        self._start, self._way, self._owner = start[there], way[there], own[within][there]
        self._enters, self._leaves = enters[there], leaves[there]
        goes_on = np.zeros(len(there), np.bool_)
        goes_on[1:] = within[there][1:] == within[there][:-1] + 1
        goes_on[1:] &= (self._enters[1:] == 0) & (self._leaves[:-1] == 1)
        self._goes_on = goes_on
        length = np.sqrt(self._way[:, 0] * self._way[:, 0] + self._way[:, 1] * self._way[:, 1])
        self._length = length * (self._leaves - self._enters)
        self.pixels = float(self._length.sum())

    def samples(self, pitch: float) -> "Samples":
        """Points on the lines that are at most `pitch` pixels apart, all of their own points among them."""
        count = np.maximum(np.ceil(self._length / pitch), 1).astype(np.int64)
        first = self._goes_on.astype(np.int64)  # its first point is the last of the piece before it
        own = count + 1 - first
        which = np.repeat(np.arange(len(count)), own)
        j = np.arange(len(which)) - (np.cumsum(own) - own)[which] + first[which]
        share = self._enters[which] + (self._leaves - self._enters)[which] * (j / count[which])
        at = self._start[which] + self._way[which] * share[:, None]
        np.clip(at, 0, self._size, out=at)
        corner = (j == count[which]) & (self._leaves[which] == 1)
        return Samples(at, self._owner[which], j == 0, corner)


@dataclass(frozen=True, slots=True)
class Samples:
    """Points on lines. at: (n, 2). owner: the line. begins: it follows nothing. corner: it is the line's own point."""

    at: Array
    owner: NDArray[np.int64]
    begins: NDArray[np.bool_]
    corner: NDArray[np.bool_]

    def pieces(self, shown: NDArray[np.bool_]) -> Iterator[tuple[int, Array]]:
        """What is shown without a gap, with the line's own points; without the shortest of them."""
        before, after = np.zeros_like(shown), np.zeros_like(shown)
        before[1:] = shown[:-1] & ~self.begins[1:]
        after[:-1] = shown[1:] & ~self.begins[1:]
        starts = shown & ~before
        kept = np.flatnonzero(starts | (shown & (~after | self.corner)))
        p, owner = self.at[kept], self.owner[kept]
        edges = [*np.flatnonzero(starts[kept]).tolist(), len(kept)]
        d = p[1:] - p[:-1]
        along = np.concatenate([[0.0], np.cumsum(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]))])
        for a, b in pairwise(edges):
            if b - a > 1 and along[b - 1] - along[a] >= SHORTEST:
                yield int(owner[a]), p[a:b]


def _on_sheet(start: Array, way: Array, size: tuple[int, int]) -> tuple[Array, Array]:
    """From which share of each straight piece to which it lies on the sheet (Liang and Barsky); none: from > to."""
    enters, leaves = np.zeros(len(start)), np.ones(len(start))
    with np.errstate(all="ignore"):
        for axis, limit in enumerate(size):
            p, d = start[:, axis], way[:, axis]
            one, other = -p / d, (limit - p) / d
            first, last = np.minimum(one, other), np.maximum(one, other)
            along, on = d == 0, (p >= 0) & (p <= limit)
            first = np.where(along, np.where(on, 0.0, 2.0), first)
            last = np.where(along, np.where(on, 1.0, -1.0), last)
            enters, leaves = np.maximum(enters, first), np.minimum(leaves, last)
    return enters, leaves


def plain(p: Array) -> Array:
    """The same line with the points that matter (Ramer, Douglas, Peucker)."""
    if len(p) < 3:
        return p
    keep = np.zeros(len(p), np.bool_)
    keep[0] = keep[-1] = True
    spans = [(0, len(p) - 1)]
    while spans:
        a, b = spans.pop()
        if b - a < 2:
            continue
        (dx, dy), rest = p[b] - p[a], p[a + 1 : b] - p[a]
        length = float(np.sqrt(dx * dx + dy * dy))
        if length > 1e-6:
            away = abs(rest[:, 0] * dy - rest[:, 1] * dx) / length
        else:
            away = np.sqrt(rest[:, 0] * rest[:, 0] + rest[:, 1] * rest[:, 1])
        k = int(away.argmax())
        if away[k] > EXACT:
            keep[a + 1 + k] = True
            spans += [(a, a + 1 + k), (a + 1 + k, b)]
    return p[keep]
