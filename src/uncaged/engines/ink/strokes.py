"""The lines of one frame in drawing order, for a pen plotter: contours, strokes, patterns, shadow as hatching.

The same steps that paint the picture, with hidden lines removed. Knows the stage, no figures and no machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.appearance import (
    actor_drawing,
    camera_place,
    layer_drawing,
    sights,
    wiped,
)
from uncaged.engines.ink.colour import ROLES, Colour, Palette, mix, to_lab
from uncaged.engines.ink.curves import arc_length
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.hand.hatching import Shade, hatch
from uncaged.engines.ink.hand.paths import Contour, each, on_grid, path, rounded
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
from uncaged.engines.ink.hand.stepwise import steps_of
from uncaged.engines.ink.mirror import folds, mirrored_lines
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.plot import Plot, Stroke, svg
from uncaged.engines.ink.stage import Actor, Stage

__all__ = ["Plot", "Stroke", "strokes", "svg"]

SIDE = 1024
"""Pixels of the frame's shorter side while hidden lines are looked for, whatever the film's own size."""

HIDES, SHOWS = 200, 60
"""From which alpha on a fill hides what lies behind it, and from which on a step is drawn at all."""

WIDE = 0.014 * SIDE
"""Pixels: even lines that are wider are drawn as their outline."""

THIN = 0.003 * SIDE
"""Pixels: a line that the picture has no width for."""

SHORTEST = 4.0
"""Pixels: shorter pieces are left out."""

EXACT = 0.25
"""Pixels a point may lie beside a straight line and still be left out."""


class _Cut:
    """Forms that cut lines: their pixels, as far as they lie on the sheet."""

    def __init__(self, forms: Sequence[Contour], width: int, height: int) -> None:
        low = np.floor(np.min([form.min(0) for form in forms], axis=0)).astype(int)
        high = np.ceil(np.max([form.max(0) for form in forms], axis=0)).astype(int)
        self._left, self._top = max(int(low[0]), 0), max(int(low[1]), 0)
        size = (min(int(high[1]), height) - self._top, min(int(high[0]), width) - self._left)
        pixels = np.zeros((max(size[0], 1), max(size[1], 1), 4), np.uint8)
        with skia.Surface(pixels) as canvas:
            canvas.translate(-self._left, -self._top)
            canvas.drawPath(path(forms), _number(0))
        self._mask = pixels[..., 3] > 0

    def holds(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether pixels of the sheet lie in it."""
        height, width = self._mask.shape
        x, y = x - self._left, y - self._top
        on = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        on[on] = self._mask[y[on], x[on]]
        return on


@dataclass(slots=True)
class _Line:
    """A centre line in pixels, the number of the step that drew it, and the forms that cut it."""

    points: Array
    width: float
    colour: Colour
    step: int
    within: tuple[_Cut, ...]


def strokes(stage: Stage, t: float) -> Plot:
    """The visible lines of the frame at t (0 … 1 over the film), in drawing order.

    Grain becomes hatching; forms without a contour get one. Always the same for the same stage.
    """
    frames = stage.film.frames
    frame = min(max(int(t * frames), 0), max(frames - 1, 0))
    film = stage.film
    across, down, k = film.across, film.down, SIDE / film.side
    size = (round(film.width * k), round(film.height * k))
    stage = replace(stage, film=replace(film, width=size[0], height=size[1]))
    board = _Board(*size, stage.palette)
    for steps, place, alpha in _everything(stage, frame):
        board.add(steps, place, alpha)
    pens = {role: stage.palette.role(role) for role in ROLES}
    out = [
        Stroke(piece, line.width / SIDE, line.colour, _pen(line.colour, stage.palette))
        for line in board.lines
        for points in board.visible(line)
        for piece in _folded(np.minimum(points / SIDE, (across, down)), stage)
    ]
    used = {stroke.layer for stroke in out}
    pens = {role: colour for role, colour in pens.items() if role in used}
    return Plot(across, down, pens, tuple(out))


def _folded(p: Array, stage: Stage) -> Iterator[Array]:
    """The line, or its pieces in every pane of a frame that mirrors itself."""
    how = folds(stage)
    if how is None:
        yield p
    else:
        yield from mirrored_lines(p, how, stage.film.across, stage.film.down)


def _everything(stage: Stage, frame: int) -> Iterator[tuple[list[Step], Place, int]]:
    """Steps, where they go, and how strong: back to front. Layers that are half brushed in are there."""
    for placed in stage.placed:
        what = placed.what
        sky = not isinstance(what, Actor) and what.kind == "sky"
        seen = Place() if sky else camera_place(stage, placed.depth, frame)
        if isinstance(what, Actor):
            for sight in sights(stage, what, frame):
                drawing, reveal = actor_drawing(stage, what, sight.frame, sight.look)
                steps = steps_of(drawing, SIDE, reveal)
                if sight.cut is not None:
                    steps = [Within(on_grid(sight.cut)), *steps, Without()]
                yield steps, seen.over(sight.place), sight.alpha
        elif wiped(stage, what, frame)[0] > 0.5:
            yield steps_of(layer_drawing(stage, what, frame), SIDE), seen, 255


class _Board:
    """Collects lines, and which step covers each pixel last."""

    def __init__(self, width: int, height: int, palette: Palette) -> None:
        self.lines: list[_Line] = []
        self._paper, self._bare = palette.low, bare(palette)
        self._count = 0
        self._pixels = np.zeros((height, width, 4), np.uint8)
        self._surface = skia.Surface(self._pixels)

    def add(self, steps: list[Step], place: Place, alpha: int) -> None:
        """Steps in their order; those of one drawing share a place and an alpha."""
        canvas = self._surface.getCanvas()
        depth = canvas.save()
        within: list[_Cut] = []
        alphas = [alpha]
        for step in steps:
            match step:
                case Within():
                    forms = [on_grid(place.of(c)) for c in (step.contour, *step.more)]
                    within.append(self._cut(forms))
                    canvas.save()
                    canvas.clipPath(path(forms), skia.ClipOp.kIntersect, False)
                case Without():
                    within.pop()
                    canvas.restore()
                case Faded():
                    alphas.append(alphas[-1] * step.alpha // 255)
                case Restored():
                    alphas.pop()
                case _:
                    self._count += 1
                    self._take(canvas, step, place, alphas[-1], tuple(within))
        canvas.restoreToCount(depth)

    def _take(
        self, canvas: skia.Canvas, step: Step, place: Place, alpha: int, within: tuple[_Cut, ...]
    ) -> None:
        """Notes the lines of a step; a strong fill covers what was there."""
        if isinstance(step, Fill) and step.alpha >= HIDES:
            contours = [on_grid(place.of(c)) for c in each(step.contours)]
            canvas.drawPath(path(contours), _number(self._count))
        if not isinstance(step, Fill | Ink | Even | Tone) or step.alpha < SHOWS:
            return
        if isinstance(step, Fill) and step.colour == self._bare:
            return  # no pen draws the edge of bare paper
        if isinstance(step, Tone) and step.contour is not None:
            within = (*within, self._cut([on_grid(place.of(step.contour))]))
        for points, width in _centre_lines(step):
            line = place.of(points.astype(np.float64))
            wide = width * place.unit
            colour = mix(self._paper, step.colour, alpha / 255) if alpha < 255 else step.colour
            self.lines.append(_Line(line, wide, colour, self._count, within))

    def _cut(self, forms: Sequence[Contour]) -> _Cut:
        height, width = self._pixels.shape[:2]
        return _Cut(forms, width, height)

    def visible(self, line: _Line) -> Iterator[Array]:
        """The parts of a line that lie on the sheet, inside what cuts it, and under nothing."""
        p = _densely(line.points)
        height, width = self._pixels.shape[:2]
        x, y = np.floor(p[:, 0]).astype(np.int64), np.floor(p[:, 1]).astype(np.int64)
        shown = (p[:, 0] >= 0) & (p[:, 1] >= 0) & (p[:, 0] <= width) & (p[:, 1] <= height)
        x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
        cover = self._pixels[y, x].astype(np.int64)
        shown &= cover[:, 0] + cover[:, 1] * 256 + cover[:, 2] * 65536 <= line.step
        for cut in line.within:
            shown &= cut.holds(x, y)
        edge = np.flatnonzero(np.diff(np.concatenate([[False], shown, [False]]).astype(np.int8)))
        for begin, end in edge.reshape(-1, 2).tolist():
            piece = p[begin:end]
            if len(piece) > 1 and arc_length(piece)[-1] >= SHORTEST:
                yield _plain(piece)


def _number(step: int) -> skia.Paint:
    """A colour that is a number; never blended, never anti-aliased."""
    return skia.Paint(
        AntiAlias=False,
        Color=skia.Color(step & 255, step >> 8 & 255, step >> 16 & 255, 255),
        BlendMode=skia.BlendMode.kSrc,
    )


def _centre_lines(step: Fill | Ink | Even | Tone) -> Iterator[tuple[Array, float]]:
    """The lines of a step and their widths, in pixels of its own drawing."""
    match step:
        case Ink():
            yield from ((_smoothed(line.centre), line.width) for line in step.lines)
        case Even() if step.width > WIDE:
            yield from ((_closed(c), THIN) for c in each(step.contours))
        case Even():
            yield from ((line, step.width) for lines in step.lines for line in lines)
        case Fill():
            if not step.lined:
                yield from ((_closed(c), THIN) for c in each(step.contours))
        case Tone():
            key = "{:.0f}/{:.0f}/{:.0f}/{:.0f}".format(*step.box)
            shade = Shade(step.box, step.light, min(step.amount, 1), key)
            for lines in hatch([shade], [THIN], SIDE)[0].lines:
                yield from ((line, THIN) for line in lines)


def _smoothed(p: Array) -> Array:
    """A pen line without corners, as its ink has none."""
    if len(p) < 3:
        return p
    before, after = np.concatenate([p[:1], p[:-1]]), np.concatenate([p[1:], p[-1:]])
    return np.concatenate([p[:1], rounded(p, before, after, 4), p[-1:]])


def _closed(contour: Contour) -> Array:
    return np.concatenate([contour, contour[:1]]).astype(np.float64)


def _densely(p: Array) -> Array:
    """A point at least every pixel, the line's own points among them."""
    d = p[1:] - p[:-1]
    length = np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1])
    count = np.clip(np.ceil(length), 1, 8192).astype(np.int64)
    which = np.repeat(np.arange(len(d)), count)
    share = (np.arange(len(which)) - (np.cumsum(count) - count)[which]) / count[which]
    return np.concatenate([p[which] + d[which] * share[:, None], p[-1:]])


def _plain(p: Array) -> Array:
    """The same line with the points that matter (Ramer, Douglas, Peucker)."""
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


def _pen(colour: Colour, palette: Palette) -> str:
    """The role whose colour is nearest in OKLab; the ink and the accents before those that look the same."""
    l0, a0, b0 = to_lab(colour)
    best, nearest = "ink", 9.0
    for role in ("ink", "a", "b", "c", *ROLES):
        light, a, b = to_lab(palette.role(role))
        away = (light - l0) * (light - l0) + (a - a0) * (a - a0) + (b - b0) * (b - b0)
        if away < nearest - 1e-9:
            best, nearest = role, away
    return best
