"""A display list becomes steps in pixels: what to fill, what to ink, where the shadow lies. Paints nothing.

All pen lines and all hatching of a drawing are drawn at once, then laid down in the order of the marks.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Gradation,
    Grain,
    Group,
    Line,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.forms import (
    beneath,
    filled,
    form,
    ink,
    multi,
    overprint,
    union,
)
from uncaged.engines.ink.hand.gather import Item, gather
from uncaged.engines.ink.hand.joining import joined
from uncaged.engines.ink.hand.lines import (
    FAINT,
    WIDEST,
    Sheet,
    hatch_all,
    needed,
    passes,
    tone_of,
)
from uncaged.engines.ink.hand.papers import darkened, sheets, sliver, whitened
from uncaged.engines.ink.hand.paths import FAR, rings, tamed
from uncaged.engines.ink.hand.patterns import ribbons
from uncaged.engines.ink.hand.pen import trace
from uncaged.engines.ink.hand.shading import alpha_of, strewn
from uncaged.engines.ink.hand.steps import (
    Box,
    Even,
    Faded,
    Fill,
    Ink,
    Restored,
    Step,
    Tone,
    Wash,
    Within,
    Without,
)


def steps_of(drawing: Drawing, pixels: float, reveal: float | None = None) -> list[Step]:
    """The steps that draw `drawing` where the frame's shorter side has this many pixels; origin at (0, 0).

    reveal: 0 … 1 of a drawing that draws itself, stroke after stroke; None = all of it.
    """
    with np.errstate(all="ignore"):
        items, shapes = gather(drawing, pixels, reveal)
        sheet = Sheet(shapes, pixels, drawing.variant)
        hatch_all(sheet, items)
        steps = _joined(_steps(items, sheet))
    manner = drawing.manner
    if manner.sheet is not None:
        return [darkened(step, manner.sheet) for step in steps]
    if manner.hand.fills == "rubbed":
        return [whitened(step, manner.palette) for step in steps]
    return steps


def _steps(items: list[Item], sheet: Sheet) -> Iterator[Step]:
    """Every mark's steps. The pen's lines are all drawn first, and handed out in order."""
    lines = [line for item in items for line in needed(sheet, item)]
    if items and items[0].manner.mode == "joined":
        lines = joined(lines, sheet.pixels)
    drawn = iter(trace(lines, sheet.pixels, sheet.variant))
    for item in items:
        match item.mark:
            case Form() as mark:
                yield from form(sheet, mark, item, drawn)
            case Stroke() as mark if item.manner.hand.cuts:
                yield from sliver(sheet, mark, item, drawn)
            case Stroke() as mark:
                yield from ink(drawn, mark.colour or item.manner.ink, mark.alpha, passes(item))
            case Union() as mark:
                yield from union(sheet, mark, item)
            case Multi() as mark:
                yield from multi(sheet, mark, item)
            case Overprint() as mark:
                yield from overprint(sheet, mark, item, drawn)
            case _:
                yield from _plain(sheet, item)


def _plain(sheet: Sheet, item: Item) -> Iterator[Step]:
    """Marks that are one step each."""
    mark, shapes, k = item.mark, sheet.shapes, item.first
    match mark:
        case Flat():
            if item.manner.hand.cuts:
                yield from beneath(sheet, item, [shapes.contour(k)], mark.alpha)
            yield Fill([shapes.contour(k)], _flat_colour(mark, item), alpha_of(mark.alpha), False)
        case Line():
            yield _line(mark, sheet, item)
        case Dot():
            yield from _dot(mark, item)
        case Grain() if tone_of(item.manner) == "stipple":
            yield from strewn(sheet, mark, item)
        case Grain():
            light, amount = item.place.towards(mark.light), tamed(mark.amount, 0, 3)
            box = _box(item, mark.box)
            if amount > FAINT and tone_of(item.manner) != "none":
                yield Tone(None, box, mark.colour, light, amount, alpha_of(mark.alpha))
        case Gradation() if item.manner.hand.cuts:
            yield from sheets(sheet, mark, item)
        case Gradation():
            yield _wash(mark, item)
        case Clip():
            yield Within(shapes.contour(k), shapes.contours(k + 1, len(mark.more)))
        case Unclip():
            yield Without()
        case Group():
            yield Faded(alpha_of(mark.alpha))
        case _:
            yield Restored()


def _flat_colour(mark: Flat, item: Item) -> Colour:
    """A thin wash is one already; what covers is filled as the hand fills."""
    return filled(item.manner, mark.colour, 0.6) if mark.alpha >= 250 else mark.colour


def _line(mark: Line, sheet: Sheet, item: Item) -> Even:
    lines = sheet.shapes.line(item.first)[None]
    width = tamed(mark.width * item.place.unit, 0, WIDEST)
    return Even([lines], width, ribbons(lines, width, 0.8), mark.colour, alpha_of(mark.alpha))


def _dot(mark: Dot, item: Item) -> Iterator[Fill]:
    x, y = item.place.of(np.array([[mark.x, mark.y]]))[0]
    radius = tamed(mark.radius * item.place.unit * item.share, 0, FAR)
    if radius > 0:
        disc = np.array([[x, y, radius]])
        yield Fill(rings(disc), mark.colour, alpha_of(mark.alpha), False)


def _wash(mark: Gradation, item: Item) -> Wash:
    top, down = mark.box[1], item.place.d
    start, end = (tamed((y - top) * down) for y in (mark.start, mark.end))
    return Wash(_box(item, mark.box), mark.upper, mark.lower, start, end)


def _box(item: Item, box: Box) -> Box:
    """A box of the drawing in whole pixels."""
    corners = item.place.of(np.array([box[:2], box[2:]]))
    (x0, y0), (x1, y1) = np.rint(corners.min(0)).tolist(), np.rint(corners.max(0)).tolist()
    return x0, y0, x1, y1


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Neighbours of one colour become one step: snow, rain, a row of strokes are one path."""
    out: list[Step] = []
    for step in steps:
        if not out or not _joins(out[-1], step):
            out.append(step)
    return out


def _joins(last: Step, step: Step) -> bool:
    """Adds a step to the one before it, where that paints the same."""
    if isinstance(step, Ink) and isinstance(last, Ink):
        if step.colour == last.colour and step.alpha == last.alpha == 255:
            last.lines += step.lines
            return True
    elif isinstance(step, Even) and isinstance(last, Even):
        if (step.colour, step.alpha, step.width) == (last.colour, last.alpha, last.width):
            last.lines += step.lines
            last.contours += step.contours
            return True
    elif (
        isinstance(step, Fill)
        and isinstance(last, Fill)
        and not (step.lined or last.lined)
        and (step.colour, step.alpha, last.alpha) == (last.colour, 255, 255)
    ):
        last.contours = last.contours + step.contours
        return True
    return False
