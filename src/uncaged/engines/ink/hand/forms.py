"""How forms are laid down: colour a little beside its line, grain or hatching, a pattern, a contour. Paints nothing.

Every function gives the steps of one mark; lines of the pen come ready drawn, in the order they were asked for.
"""

from collections.abc import Iterator

import numpy as np

from uncaged.engines.ink.colour import Colour, shade
from uncaged.engines.ink.display import Form, Multi, Overprint, Union
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.lines import OVERPRINTS_FROM, Sheet, is_inked
from uncaged.engines.ink.hand.paths import Contour, neighbours, on_grid, rings, rounded, tamed
from uncaged.engines.ink.hand.patterns import Marks, across, hatching, pattern, ribbons
from uncaged.engines.ink.hand.pen import SHADOW, Traced
from uncaged.engines.ink.hand.steps import Even, Fill, Ink, Step, Tone, Within, Without
from uncaged.engines.ink.numbers import Array

LIGHT = (0.55, 0.83)
"""Where the shadow lies, for grain."""

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
        contour = sheet.shapes.filled[k]
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
    yield from _tone(sheet, item, item.first, contour, colour, mark.shade, mark.light, mark.key)
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
    share: float,
    light: tuple[float, float] | None,
    key: str,
) -> Iterator[Step]:
    """The shadow inside a contour: grain that is stretched to the form's box, or the pen's hatching."""
    manner = item.manner
    amount = tamed(share * manner.shade, 0, 3)
    low, high = sheet.shapes.low[k], sheet.shapes.high[k]
    if amount <= 0.02 or float((high - low).min()) < 3:
        return
    towards = LIGHT if light is None else item.place.towards(light)
    if not manner.palette.pen:
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        yield Tone(contour, box, shade(colour, manner.palette), towards, amount)
        return
    named = f"{key}/{sheet.variant}"
    lines = hatching(low, high, towards, amount, sheet.pixels, named)
    if lines:
        width = sheet.width(item, 0.42)
        ink = [c for set_ in lines for c in ribbons(set_, width)]
        yield Within(contour)
        yield Even(lines, width, ink, manner.ink, 235)
        yield Without()


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
        yield Fill(_fat(sheet, item, n, mark.line * 0.85, True), mark.ink or manner.ink, 255, False)
    contours = sheet.shapes.filled[item.first : item.first + n]
    yield Fill(contours, mark.colour, alpha_of(255 * min(1.0, item.share * 1.2)), line)
    if item.share >= 1:
        for k, contour in enumerate(contours, item.first):
            key = f"{mark.key}/{k - item.first}"
            yield from _tone(sheet, item, k, contour, mark.colour, mark.shade, None, key)


def multi(sheet: Sheet, mark: Multi, item: Item) -> Iterator[Step]:
    """Many small forms in two paths: a thin contour behind, one colour."""
    manner, n = item.manner, len(mark.polygons)
    line = mark.line > 0 and manner.mode != "none" and n > 0
    if line:
        yield Fill(_fat(sheet, item, n, mark.line * 0.65, False), manner.ink, 255, False)
    contours = sheet.shapes.filled[item.first : item.first + n]
    yield Fill(contours, mark.colour, alpha_of(255 * item.share), line)


def _fat(sheet: Sheet, item: Item, n: int, width: float, modelled: bool) -> list[Contour]:
    """Polygons grown outwards by `width` of the line: what remains of them behind their colour is a contour.

    modelled: heavier away from the light.
    """
    shapes, k = sheet.shapes, item.first
    count = np.array(shapes.count[k : k + n])
    start = np.cumsum(count) - count
    p = shapes.p[shapes.start[k] : shapes.start[k] + int(count.sum())]
    before, after = neighbours(p, start, start + count - 1)
    t = (after - before) * np.repeat(shapes.turn[k : k + n], count)[:, None]
    length = np.sqrt(t[:, 0] * t[:, 0] + t[:, 1] * t[:, 1]) + 1e-9
    outward = np.stack([t[:, 1], -t[:, 0]], 1) / length[:, None]
    reach: float | Array = sheet.width(item, width)
    if modelled:
        side = outward[:, 0] * SHADOW[0] + outward[:, 1] * SHADOW[1]
        reach = reach * (0.7 + 0.7 * np.maximum(side, 0))[:, None]
    grown = p + outward * reach
    per = 1 if sheet.pixels <= 192 else 2
    soft = on_grid(rounded(grown, *neighbours(grown, start, start + count - 1), per))
    turn = shapes.turn[k : k + n].tolist()
    return [
        soft[a * per : (a + m) * per][::way]
        for a, m, way in zip(start.tolist(), count.tolist(), turn, strict=True)
    ]


def overprint(sheet: Sheet, mark: Overprint, item: Item, drawn: Drawn) -> Iterator[Step]:
    """The shared part as a third ink, its pattern, and the second contour on top."""
    if item.share < OVERPRINTS_FROM:
        return
    first, second = sheet.shapes.filled[item.first : item.first + 2]
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
