"""The lines of one frame in drawing order, for a pen plotter: contours, strokes, patterns, shadow as hatching.

The same steps that paint the picture, with hidden lines removed. Knows the stage, no figures and no machine.
However much a picture holds, its plot ends: what would be too much is left out, shadow first, and the plot says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.ink.appearance import (
    Showing,
    camera_place,
    layer_drawing,
    showing,
    shown_drawing,
    sights,
    wiped,
)
from uncaged.engines.ink.colour import ROLES, Colour, Palette, to_lab
from uncaged.engines.ink.hand.hatching import Shade, hatch
from uncaged.engines.ink.hand.paths import Contour, each, on_grid, rounded
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hand.steps import Even, Fill, Ink, Step, Tone, Within, Without
from uncaged.engines.ink.hand.stepwise import steps_of
from uncaged.engines.ink.hidden import Board, Part
from uncaged.engines.ink.mirror import folds, mirrored_lines
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.plot import Plot, Stroke, svg
from uncaged.engines.ink.sight import Sight
from uncaged.engines.ink.stage import Actor, Stage

__all__ = ["MOST_DRAWINGS", "MOST_WORK", "Plot", "Stroke", "strokes", "svg"]

SIDE = 1024
"""Pixels of the frame's shorter side while hidden lines are looked for, whatever the film's own size."""

WIDE = 0.014 * SIDE
"""Pixels: even lines that are wider are drawn as their outline."""

THIN = 0.003 * SIDE
"""Pixels: a line that the picture has no width for."""

MOST_WORK = 40_000
"""Steps, lines, and every twenty-fifth point of them: a few seconds. What is more is left out."""

MOST_DRAWINGS = 300
"""Different drawings of bodies; of more, earlier ones are left out."""


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A drawing's steps with their lines. low, high: the box of each, (n, 2). work: what each costs."""

    parts: tuple[Part, ...]
    low: Array
    high: Array
    work: NDArray[np.int64]

    def on(self, low: Array, high: Array) -> NDArray[np.bool_]:
        """Which parts touch a box; clips and fadings always."""
        return np.logical_and.reduce((self.high >= low) & (self.low <= high), axis=1)

    def of(self, kind: type[Step]) -> NDArray[np.bool_]:
        """Which parts are steps of this kind."""
        return np.array([isinstance(part.step, kind) for part in self.parts], np.bool_)


@dataclass(slots=True)
class _Laid:
    """A sketch where it lies. kept: which of its parts are wanted. more: a copy, a shard or a trace of a body."""

    sketch: _Sketch
    place: Place
    alpha: int
    cut: Contour | None
    more: bool
    kept: NDArray[np.bool_]

    @property
    def work(self) -> int:
        """What is wanted of it costs this much."""
        return int(self.sketch.work[self.kept].sum())

    @property
    def parts(self) -> list[Part]:
        """What is wanted of it, inside its cut."""
        kept = [part for part, k in zip(self.sketch.parts, self.kept.tolist(), strict=True) if k]
        if self.cut is None:
            return kept
        return [Part(Within(self.cut), ()), *kept, Part(Without(), ())]


def strokes(stage: Stage, t: float, share: float = 1.0) -> Plot:
    """The visible lines of the frame at t (0 … 1 over the film), in drawing order.

    Grain becomes hatching; forms without a contour get one. Always the same for the same stage. share: of the work that
    one sheet may take, where there are several pictures on it.
    """
    frames = stage.film.frames
    frame = min(max(int(t * frames), 0), max(frames - 1, 0))
    film = stage.film
    across, down, k = film.across, film.down, SIDE / film.side
    size = (round(film.width * k), round(film.height * k))
    stage = replace(stage, film=replace(film, width=size[0], height=size[1]))
    board = Board(*size, stage.palette)
    laid, left_out = _everything(stage, frame, share)
    for one in laid:
        board.add(one.parts, one.place, one.alpha)
    pens: dict[Colour, str] = {}
    out: list[Stroke] = []
    for line, points in board.seen():
        if line.colour not in pens:
            pens[line.colour] = _pen(line.colour, stage.palette)
        layer, width = pens[line.colour], line.width / SIDE
        for piece in _folded(np.minimum(points / SIDE, (across, down)), stage):
            out.append(Stroke(piece, width, line.colour, layer))
    used = {stroke.layer for stroke in out}
    roles = {role: stage.palette.role(role) for role in ROLES if role in used}
    return Plot(across, down, roles, tuple(out), left_out)


def _folded(p: Array, stage: Stage) -> Iterator[Array]:
    """The line, or its pieces in every pane of a frame that mirrors itself."""
    how = folds(stage)
    if how is None:
        yield p
    else:
        yield from mirrored_lines(p, how, stage.film.across, stage.film.down)


# ---- what there is, and how much of it ---------------------------------------------------------


def _everything(stage: Stage, frame: int, share: float) -> tuple[list[_Laid], tuple[str, ...]]:
    """All that lies on the sheet, back to front, as far as it is not too much; and what was left out."""
    seen = {actor.key: _shown(stage, actor, frame) for actor in stage.actors}
    left_out = _forgotten(seen, max(1, int(MOST_DRAWINGS * share)))
    laid: list[_Laid] = []
    sketches: dict[tuple[object, ...], _Sketch] = {}
    for placed in stage.placed:
        what = placed.what
        sky = not isinstance(what, Actor) and what.kind == "sky"
        camera = Place() if sky else camera_place(stage, placed.depth, frame)
        if isinstance(what, Actor):
            for n, one in enumerate(seen[what.key], 1):
                sight, shown = one.sight, one.showing
                if one.name not in sketches:
                    drawing = shown_drawing(stage, shown, sight.look)
                    sketches[one.name] = _sketch(steps_of(drawing, SIDE, shown.reveal))
                cut = None if sight.cut is None else on_grid(sight.cut)
                place, more = camera.over(sight.place), n < len(seen[what.key])
                laid.append(_lay(stage, sketches[one.name], place, sight.alpha, cut, more))
        elif wiped(stage, what, frame)[0] > 0.5:  # half brushed in is there
            sketch = _sketch(steps_of(layer_drawing(stage, what, frame), SIDE))
            laid.append(_lay(stage, sketch, camera, 255, None, False))
    thinner, also = _thinned(laid, max(1, int(MOST_WORK * share)))
    return thinner, (*left_out, *also)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sight and what is drawn for it. name: equal for equal drawings. past: it is a trace of an earlier one."""

    sight: Sight
    showing: Showing
    name: tuple[object, ...]
    past: bool


def _shown(stage: Stage, actor: Actor, frame: int) -> list[_Shown]:
    out: list[_Shown] = []
    found = sights(stage, actor, frame)
    drawn = {sight.frame: showing(stage, actor, sight.frame) for sight in found}
    for sight in found:
        shown = drawn[sight.frame]
        name = (shown.key, sight.look, shown.reveal)
        out.append(_Shown(sight, shown, name, sight.frame != found[-1].frame))
    return out


def _forgotten(seen: dict[str, list[_Shown]], most: int) -> tuple[str, ...]:
    """Leaves out the earliest drawings of all bodies, as many as need be, at last the colours of copies; in place."""
    named = {
        name: n for n, name in enumerate({s.name: 0 for found in seen.values() for s in found})
    }
    if len(named) <= most:
        return ()
    now = {named[s.name] for found in seen.values() for s in found if not s.past}
    past = [[named[s.name] for s in found if s.past] for found in seen.values()]
    kept = max(len(names) for names in past)
    left_out = ("earlier drawings",) if kept else ()
    while kept > 0 and len(now.union(*(names[len(names) - kept :] for names in past))) > most:
        kept -= 1
    plain = kept == 0 and len(now) > most
    for key, found in seen.items():
        gone = max(0, sum(s.past for s in found) - kept)
        traces = iter(range(len(found)))
        left = [s for s in found if not s.past or next(traces) >= gone]
        seen[key] = [_in_its_own(s) for s in left] if plain else left
    return (*left_out, "the colours of copies") if plain else left_out


def _in_its_own(shown: _Shown) -> _Shown:
    """Drawn as the body itself: one drawing for all its copies."""
    key, _, reveal = shown.name
    return replace(shown, sight=replace(shown.sight, look="own"), name=(key, "own", reveal))


def _thinned(laid: list[_Laid], most: int) -> tuple[list[_Laid], tuple[str, ...]]:
    """What takes no more than `most`: without shadow, then without patterns, at last fewer of each body."""
    left_out: list[str] = []
    for kind, name in ((Tone, "shadow"), (Even, "patterns")):
        if sum(one.work for one in laid) <= most:
            break
        left_out.append(name)
        for one in laid:
            one.kept &= ~one.sketch.of(kind)
    more = sum(one.work for one in laid if one.more)
    over = sum(one.work for one in laid) - most
    if over > 0 and more > 0:
        left_out.append("some copies, shards and traces")
        every = more / max(more - over, 1)
        laid = [one for one, k in zip(laid, _each(laid, every), strict=True) if k]
    return laid, tuple(left_out)


def _each(laid: Sequence[_Laid], every: float) -> Iterator[bool]:
    """Of what is there once more, one of so many, evenly; all else."""
    due = 0.0
    for one in laid:
        due += one.more
        stays = not one.more or due >= every
        due -= every if one.more and stays else 0.0
        yield stays


def _lay(
    stage: Stage, sketch: _Sketch, place: Place, alpha: int, cut: Contour | None, more: bool
) -> _Laid:
    """A sketch at its place, without what lies beside the sheet or outside its cut."""
    kept = sketch.on(*_sheet_from(place, stage.film.width, stage.film.height))
    if cut is not None:
        kept &= sketch.on(cut.min(0).astype(np.float64), cut.max(0).astype(np.float64))
    return _Laid(sketch, place, alpha, cut, more, kept)


def _sheet_from(place: Place, width: int, height: int) -> tuple[Array, Array]:
    """The box of the sheet as a drawing sees it that lies at `place`; all there is, where it has no size."""
    whole = place.a * place.d - place.b * place.c
    if not abs(whole) > 1e-9:
        return np.full(2, -np.inf), np.full(2, np.inf)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    x, y = corners[:, 0] - place.e, corners[:, 1] - place.f
    u, v = (place.d * x - place.c * y) / whole, (place.a * y - place.b * x) / whole
    return np.array([u.min(), v.min()]), np.array([u.max(), v.max()])


# ---- a drawing's lines -------------------------------------------------------------------------


def _sketch(steps: list[Step]) -> _Sketch:
    parts: list[Part] = []
    boxes = np.empty((2, len(steps), 2))
    work = np.ones(len(steps), np.int64)
    for k, step in enumerate(steps):
        part = Part(step, tuple(_centre_lines(step)))
        parts.append(part)
        boxes[:, k] = _box(part)
        work[k] += len(part.lines) + sum(len(line) for line, _ in part.lines) // 25
    return _Sketch(tuple(parts), boxes[0], boxes[1], work)


def _box(part: Part) -> tuple[Array, Array]:
    """The box of a step: of what it fills, else of its lines; everywhere for what is no mark."""
    match part.step:
        case Fill() | Even() as step:
            found = [contour.reshape(-1, 2) for contour in step.contours]
        case Ink() as step:
            found = [line.contour for line in step.lines]
        case Tone() as step:
            found = [np.array([step.box[:2], step.box[2:]])]
        case _:
            return np.full(2, -np.inf), np.full(2, np.inf)
    if not found:
        return np.full(2, np.inf), np.full(2, -np.inf)
    points = np.concatenate(found)
    return points.min(0) - THIN, points.max(0) + THIN


def _centre_lines(step: Step) -> Iterator[tuple[Array, float]]:
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
        case _:
            pass


def _smoothed(p: Array) -> Array:
    """A pen line without corners, as its ink has none."""
    if len(p) < 3:
        return p
    before, after = np.concatenate([p[:1], p[:-1]]), np.concatenate([p[1:], p[-1:]])
    return np.concatenate([p[:1], rounded(p, before, after, 4), p[-1:]])


def _closed(contour: Contour) -> Array:
    return np.concatenate([contour, contour[:1]]).astype(np.float64)


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
