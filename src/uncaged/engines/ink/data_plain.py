"""Pictures for small models: every form flat, an even line, no grain, no paper, no pen. Knows stages, no scenes.

Also the boxes of bodies: as far as what is drawn of them reaches, cut to the frame. Both come from the display list.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.appearance import actor_drawing, camera_place, layer_drawing, sights
from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Gradation,
    Group,
    Line,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.canvas import paint
from uncaged.engines.ink.hand.gather import Item, gather
from uncaged.engines.ink.hand.paths import Contour, path, rings
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hand.shapes import Shapes
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Actor, Stage

THINNEST: Final = 0.9
"""Pixels of a line, at least: a thinner one is not seen at 64."""

SMALL: Final = 0.05
"""A contour of a small body is thinner than that: so many of its heights."""

QUIET: Final = 120
"""Alpha of contours in the surroundings, so that bodies stand out of them."""

BANDS: Final = 5
"""Flat bands that stand for a gradation."""

Box: TypeAlias = tuple[float, float, float, float]
Op: TypeAlias = tuple[str, skia.Path | None, skia.Paint | None, int]
"""What to do, with which path and paint, and how strongly: *draw*, *clip*, *unclip*, *fade*, *restore*."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """A drawing as flat operations, and the points that say how far it reaches, (n, 2), both in its own pixels."""

    ops: tuple[Op, ...]
    reach: Array


class PlainPicture:
    """Frames of one stage in flat colours."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        film = stage.film
        self._pixels = np.zeros((film.height, film.width, 4), np.uint8)
        self._surface = skia.Surface(
            self._pixels, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
        )
        self._still = {
            p.name: flattened(layer_drawing(stage, p.what, 0), film.side, body=False)
            for p in stage.placed
            if isinstance(p.what, Layer) and p.what.kind != "live"
        }

    def frame(self, number: int) -> tuple[NDArray[np.uint8], dict[str, Box]]:
        """Frame `number` as sRGB bytes, (height, width, 3), and the box of every body by its key, in pixels."""
        boxes: dict[str, Box] = {}
        with self._surface as canvas:
            canvas.clear(skia.Color(*self.stage.palette.low))
            for placed in self.stage.placed:
                canvas.save()
                _at(canvas, camera_place(self.stage, placed.depth, number))
                if isinstance(placed.what, Actor):
                    boxes[placed.name] = self._body(canvas, placed.what, number)
                else:
                    lay(canvas, self._layer(placed.what, number).ops)
                canvas.restore()
        return self._pixels[..., :3].copy(), boxes

    def _layer(self, layer: Layer, number: int) -> Flattened:
        still = self._still.get(layer.name)
        if still is not None:
            return still
        drawing = layer_drawing(self.stage, layer, number)
        return flattened(drawing, self.stage.film.side, body=False)

    def _body(self, canvas: skia.Canvas, actor: Actor, number: int) -> Box:
        drawing, reveal = actor_drawing(self.stage, actor, number)
        flat = flattened(drawing, self.stage.film.side, reveal)
        place = sights(self.stage, actor, number)[-1].place
        canvas.save()
        _at(canvas, place)
        lay(canvas, flat.ops)
        canvas.restore()
        return cut(flat.reach, place, self.stage)


def boxes(stage: Stage, number: int) -> dict[str, Box]:
    """The box of every body in a frame by its key, in pixels (left, top, right, bottom), cut to the frame.

    What hides a body does not make its box smaller. A body outside of the frame has a box without extent.
    """
    found: dict[str, Box] = {}
    for actor in stage.actors:
        drawing, reveal = actor_drawing(stage, actor, number)
        items, shapes = gather(drawing, stage.film.side, reveal)
        place = sights(stage, actor, number)[-1].place
        found[actor.key] = cut(reach(items, shapes), place, stage)
    return found


def cut(points: Array, place: Place, stage: Stage) -> Box:
    """The box of points once they are placed, cut to the frame."""
    film = stage.film
    if not len(points):
        return (0.0, 0.0, 0.0, 0.0)
    placed = place.of(points)
    edge = np.array([film.width, film.height], np.float64)
    low, high = np.clip(placed.min(0), 0, edge), np.clip(placed.max(0), 0, edge)
    if (high - low).min() <= 0:
        return (0.0, 0.0, 0.0, 0.0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def reach(items: Sequence[Item], shapes: Shapes) -> Array:
    """Points that say how far marks reach; what is cut by a clip reaches as far as the clip."""
    corners: list[Array] = []
    inside = 0
    for item in items:
        if isinstance(item.mark, Clip):
            inside += 1
        elif isinstance(item.mark, Unclip):
            inside -= 1
        elif inside <= 0 and isinstance(item.mark, Dot):
            spread = item.mark.radius
            middle = np.array([[item.mark.x, item.mark.y]])
            corners.append(item.place.of(middle + np.array([[-spread], [spread]])))
        elif inside <= 0 and (n := _count(item)):
            corners += [shapes.low[item.first : item.first + n]]
            corners += [shapes.high[item.first : item.first + n]]
    return np.concatenate(corners) if corners else np.zeros((0, 2))


def _count(item: Item) -> int:
    match item.mark:
        case Form() | Stroke() | Line() | Flat():
            return 1
        case Union() | Multi():
            return len(item.mark.polygons)
        case _:
            return 0


def flattened(
    drawing: Drawing, side: int, reveal: float | None = None, *, body: bool = True
) -> Flattened:
    """A drawing without grain, pen and patterns. side: pixels of the frame's shorter side.

    body: it is one, so its reach is wanted; else it belongs to the surroundings, and its contours are quieter.
    """
    with np.errstate(all="ignore"):
        items, shapes = gather(drawing, side, reveal)
        lines = 255 if body else QUIET
        ops = tuple(op for item in items for op in _ops(item, shapes, side, lines))
        return Flattened(ops, reach(items, shapes) if body else np.zeros((0, 2)))


def _ops(item: Item, shapes: Shapes, side: int, lines: int) -> Iterator[Op]:
    mark, k = item.mark, item.first
    match mark:
        case Form():
            yield _filled([shapes.contour(k)], mark.colour, mark.alpha)
            if mark.line > 0 and item.manner.mode != "none":
                width = _width(item, mark.line, side)
                yield _line([shapes.contour(k)], mark.ink or item.manner.ink, width, lines)
        case Union():
            contours = shapes.contours(k, len(mark.polygons))
            if mark.line > 0 and item.manner.mode != "none":
                width = 1.7 * _width(item, mark.line, side)
                yield _line(contours, mark.ink or item.manner.ink, width, lines)
            yield _filled(contours, mark.colour)
        case Multi():
            yield _filled(shapes.contours(k, len(mark.polygons)), mark.colour)
        case Stroke():
            width = _width(item, mark.width, side)
            yield _open(shapes.line(k), mark.colour or item.manner.ink, width, mark.alpha)
        case Line():
            width = max(mark.width * item.place.unit, THINNEST)
            yield _open(shapes.line(k), mark.colour, width, mark.alpha)
        case _:
            yield from _rest(item, shapes)


def _rest(item: Item, shapes: Shapes) -> Iterator[Op]:
    """Marks without a contour; grain is left out."""
    mark, k = item.mark, item.first
    match mark:
        case Flat():
            yield _filled([shapes.contour(k)], mark.colour, mark.alpha)
        case Dot():
            x, y = item.place.of(np.array([[mark.x, mark.y]]))[0]
            disc = np.array([[x, y, abs(mark.radius * item.place.unit)]])
            yield _filled(rings(disc), mark.colour, mark.alpha)
        case Gradation():
            yield from _banded(item, mark)
        case Overprint():
            yield ("clip", path([shapes.contour(k)]), None, 0)
            yield _filled([shapes.contour(k + 1)], mark.colour)
            yield ("unclip", None, None, 0)
        case Clip():
            yield ("clip", path([shapes.contour(k)]), None, 0)
        case Unclip():
            yield ("unclip", None, None, 0)
        case Group():
            yield ("fade", None, None, max(0, min(255, int(mark.alpha))))
        case None:
            yield ("restore", None, None, 0)
        case _:
            pass


def _banded(item: Item, mark: Gradation) -> Iterator[Op]:
    """A gradation as a few flat bands."""
    x0, y0, x1, y1 = mark.box
    edges = np.linspace(mark.start, mark.end, BANDS - 1)
    tops, bottoms = [y0, *edges.tolist()], [*edges.tolist(), y1]
    for i, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
        top, bottom = min(max(top, y0), y1), min(max(bottom, y0), y1)
        if bottom > top:
            band = item.place.of(np.array([(x0, top), (x1, top), (x1, bottom), (x0, bottom)]))
            colour = mix(mark.upper, mark.lower, i / (BANDS - 1))
            yield _filled([np.rint(band).astype(np.float32)], colour)


def _width(item: Item, factor: float, side: int) -> float:
    """Pixels of a line: as the manner has it, but so that it is seen, and does not drown a small body."""
    least = min(THINNEST, SMALL * item.place.unit)
    return min(max(factor * item.manner.line * side, least), 1e3)


def _filled(contours: Sequence[Contour], colour: Colour, alpha: int = 255) -> Op:
    return ("draw", path(contours), paint(colour, max(0, min(255, int(alpha)))), 0)


def _line(contours: Sequence[Contour], colour: Colour, width: float, alpha: int) -> Op:
    return ("draw", path(contours), _pen(colour, width, alpha), 0)


def _open(points: Array, colour: Colour, width: float, alpha: int) -> Op:
    there_and_back = np.concatenate([points, points[-2:0:-1]]).astype(np.float32)
    return ("draw", path([there_and_back]), _pen(colour, width, alpha), 0)


def _pen(colour: Colour, width: float, alpha: int) -> skia.Paint:
    return _brush(colour, round(min(width, 1e3) * 8) / 8, max(0, min(255, int(alpha))))


@lru_cache(4096)
def _brush(colour: Colour, width: float, alpha: int) -> skia.Paint:
    r, g, b = colour
    return skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeJoin=skia.Paint.kRound_Join,
        StrokeCap=skia.Paint.kRound_Cap,
        Color=skia.Color(int(r), int(g), int(b), alpha),
    )


def _at(canvas: skia.Canvas, place: Place) -> None:
    canvas.concat(
        skia.Matrix.MakeAll(place.a, place.c, place.e, place.b, place.d, place.f, 0, 0, 1)
    )


def lay(
    canvas: skia.Canvas,
    ops: Sequence[Op],
    pen: Callable[[skia.Paint | None], skia.Paint | None] = lambda paint: paint,
) -> None:
    """Draws operations, each with the paint that `pen` makes of its own.

    The canvas is afterwards as it was, whatever clips were left open.
    """
    depth = canvas.save()
    for name, form, brush, alpha in ops:
        match name:
            case "draw":
                canvas.drawPath(form, pen(brush))
            case "clip":
                canvas.save()
                canvas.clipPath(form, skia.ClipOp.kIntersect, True)
            case "fade":
                canvas.saveLayerAlpha(None, alpha)
            case _:
                canvas.restore()
    canvas.restoreToCount(depth)
