"""How forms are laid down: colour a little beside its line, grain or hatching, a pattern, a contour. Paints nothing.

Every function gives the steps of one mark; lines of the pen come ready drawn, in the order they were asked for.
"""

from collections.abc import Iterator

import numpy as np

from uncaged.engines.ink.colour import Colour, shade
from uncaged.engines.ink.display import Form, Multi, Overprint, Union
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.lines import (
    FAINT,
    LIGHT,
    OVERPRINTS_FROM,
    SMALLEST,
    Sheet,
    is_inked,
    tone,
)
from uncaged.engines.ink.hand.paths import Contour, rings, tamed
from uncaged.engines.ink.hand.patterns import Marks, across, pattern
from uncaged.engines.ink.hand.pen import SHADOW, Traced
from uncaged.engines.ink.hand.steps import Even, Fill, Ink, Step, Tone, Within, Without

COLOUR_AFTER = 0.55
"""Share of a contour that must be there before its colour comes."""

Drawn = Iterator[Traced | None]
"""Lines as the pen drew them."""


def alpha_of(alpha: float) -> int:
    """An alpha that may be any number, as 0 … 255."""
    return int(tamed(alpha, 0, 255))


def ink(drawn: Drawn, colour: Colour, alpha: int = 255) -> Iterator[Step]:
    """The next line of the pen."""
    line = next(drawn)
    if line is not None and line.width > 0:
        yield Ink([line], colour, alpha_of(alpha))


def form(sheet: Sheet, mark: Form, item: Item, drawn: Drawn) -> Iterator[Step]:
    """Colour, shade, pattern, contour. While it is being drawn the contour comes first, then the colour."""
    manner, k = item.manner, item.first
    outlined = mark.fill == "outlined"
    come = 1.0 if item.share >= 1 else max(0.0, (item.share - COLOUR_AFTER) / 0.45)
    inked = is_inked(mark, item)
    if come > 0:
        dx, dy = _beside(sheet, mark, item)
        contour = sheet.shapes.contour(k)
        if dx or dy:
            contour = contour + np.array((dx, dy), np.float32)
        colour = manner.palette.light if outlined else mark.colour
        lined = inked or (mark.line > 0 and manner.mode == "dotted")
        yield Fill([contour], colour, alpha_of(mark.alpha * come), lined)
        if come >= 1:
            yield from _shaded(sheet, mark, item, contour, colour)
    if inked:
        yield from ink(drawn, mark.colour if outlined else mark.ink or manner.ink)
    elif mark.line > 0 and manner.mode == "dotted":
        yield from _dotted(sheet, mark, item)


def _beside(sheet: Sheet, mark: Form, item: Item) -> tuple[float, float]:
    """How far colour lies beside its line; small forms would fall apart."""
    if mark.line <= 0:
        return 0.0, 0.0
    size = float((sheet.shapes.high[item.first] - sheet.shapes.low[item.first]).max())
    reach = tamed(item.manner.offset * sheet.pixels, -0.05 * size, 0.05 * size)
    return _grid(reach * 0.8), _grid(reach * 0.5)


def _shaded(
    sheet: Sheet, mark: Form, item: Item, contour: Contour, colour: Colour
) -> Iterator[Step]:
    """Grain or hatching, then the pattern, both cut by the form."""
    manner = item.manner
    amount = tone(item, mark.shade)
    yield from _tone(sheet, item, item.first, contour, colour, amount, mark.light)
    if mark.fill in ("plain", "outlined"):
        return
    marks = _pattern(sheet, mark, item)
    if len(marks.lines) or len(marks.discs):
        yield Within(contour)
        yield _marked(marks, mark.colour2 or shade(colour, manner.palette))
        yield Without()


def _tone(
    sheet: Sheet,
    item: Item,
    k: int,
    contour: Contour,
    colour: Colour,
    amount: float,
    light: tuple[float, float] | None,
) -> Iterator[Step]:
    """The shadow inside a contour: grain that is stretched to the form's box, or the pen's hatching."""
    palette = item.manner.palette
    if palette.pen:
        hatched = sheet.hatched.get(k)
        if hatched is not None and hatched.lines:
            width = sheet.width(item, 0.42)
            yield Within(contour)
            yield Even(hatched.lines, width, hatched.ink, item.manner.ink, 235)
            yield Without()
        return
    box = sheet.box(k)
    if amount > FAINT and min(box[2] - box[0], box[3] - box[1]) >= SMALLEST:
        towards = LIGHT if light is None else item.place.towards(light)
        yield Tone(contour, box, shade(colour, palette), towards, amount)


def _pattern(sheet: Sheet, mark: Form, item: Item) -> Marks:
    k = item.first
    if mark.body is None:
        at, length = across(sheet.shapes.low[k], sheet.shapes.high[k])
        return pattern(mark.fill, at, length, sheet.pixels, mark.key, mark.marks)
    body, place = mark.body, item.place
    d = body.p[1:] - body.p[:-1]
    length = float(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]).sum()) * place.unit
    return pattern(
        mark.fill,
        lambda u, v: place.of(body.at(u, v)),
        tamed(length),
        sheet.pixels,
        mark.key,
        mark.marks,
    )


def _dotted(sheet: Sheet, mark: Form, item: Item) -> Iterator[Step]:
    """A contour of dots, evenly spaced."""
    p = sheet.shapes.line(item.first)
    p = np.concatenate([p, p[:1]])
    d = p[1:] - p[:-1]
    s = np.concatenate([[0.0], np.cumsum(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]))])
    step = max(0.022 * sheet.pixels, s[-1] / 1000, 1.0)
    at = np.arange(int(s[-1] / step * min(1.0, item.share * 1.6))) * step
    radius = sheet.width(item, mark.line * 0.55)
    discs = np.stack(
        [np.interp(at, s, p[:, 0]), np.interp(at, s, p[:, 1]), np.full(len(at), radius)], 1
    )
    if len(discs):
        yield Fill(rings(discs), mark.ink or item.manner.ink, 255, False)


def union(sheet: Sheet, mark: Union, item: Item) -> Iterator[Step]:
    """All contours, then all colours: no line shows where the parts meet."""
    manner, n = item.manner, len(mark.polygons)
    line = mark.line > 0 and manner.mode != "none" and n > 0
    if line:
        yield Fill(
            _contour(sheet, item, n, mark.line * 0.6, SHADOW), mark.ink or manner.ink, 255, False
        )
    contours = sheet.shapes.contours(item.first, n)
    yield Fill(contours, mark.colour, alpha_of(255 * min(1.0, item.share * 1.2)), line)
    if item.share >= 1:
        amount = tone(item, mark.shade)
        for k, contour in enumerate(contours, item.first):
            yield from _tone(sheet, item, k, contour, mark.colour, amount, None)


def multi(sheet: Sheet, mark: Multi, item: Item) -> Iterator[Step]:
    """Many small forms in two paths: a thin contour behind, one colour."""
    manner, n = item.manner, len(mark.polygons)
    line = mark.line > 0 and manner.mode != "none" and n > 0
    if line:
        yield Fill(_contour(sheet, item, n, mark.line * 0.65, (0.0, 0.0)), manner.ink, 255, False)
    contours = sheet.shapes.contours(item.first, n)
    yield Fill(contours, mark.colour, alpha_of(255 * item.share), line)


def _contour(
    sheet: Sheet, item: Item, n: int, width: float, towards: tuple[float, float]
) -> list[Contour]:
    """Polygons grown by `width` of the line: what is left of them behind their colour is a contour."""
    return sheet.shapes.grown(item.first, n, sheet.width(item, width), towards)


def overprint(sheet: Sheet, mark: Overprint, item: Item, drawn: Drawn) -> Iterator[Step]:
    """The shared part as a third ink, its pattern, and the second contour on top."""
    if item.share < OVERPRINTS_FROM:
        return
    first, second = sheet.shapes.contours(item.first, 2)
    at, length = across(sheet.shapes.low[item.first + 1], sheet.shapes.high[item.first + 1])
    yield Within(first)
    yield Fill([second], mark.colour)
    yield Within(second)
    yield _marked(pattern(mark.fill, at, length, sheet.pixels, mark.key, 1.0), mark.colour2)
    yield Without()
    yield Without()
    yield from ink(drawn, item.manner.ink)


def _grid(x: float) -> float:
    return round(x * 64) / 64


def _marked(marks: Marks, colour: Colour) -> Step:
    lines = [marks.lines] if len(marks.lines) else []
    return Even(lines, marks.width, marks.contours(), colour)
