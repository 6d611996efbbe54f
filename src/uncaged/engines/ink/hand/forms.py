"""How forms are laid down: colour a little beside its line, its shadow, a contour. Paints nothing.

Every function gives the steps of one mark; lines of the pen come ready drawn, in the order they were asked for.
"""

from collections.abc import Iterator

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.display import Form, Multi, Overprint, Union
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.lines import OVERPRINTS_FROM, Sheet, is_inked, passes, tone
from uncaged.engines.ink.hand.lots import number
from uncaged.engines.ink.hand.papers import shadows
from uncaged.engines.ink.hand.paths import Contour, rings, tamed
from uncaged.engines.ink.hand.patterns import across, pattern
from uncaged.engines.ink.hand.pen import SHADOW, Traced
from uncaged.engines.ink.hand.shading import alpha_of, marked, shaded, toned
from uncaged.engines.ink.hand.steps import Fill, Ink, Step, Within, Without
from uncaged.engines.ink.hands import PRINT
from uncaged.engines.ink.manner import Manner

COLOUR_AFTER = 0.55
"""Share of a contour that must be there before its colour comes."""

PLAIN_OFFSET, FAR_OFF = 0.006, 0.013
"""How far a plate slips by itself, as a share of the frame; from the second on nothing stays in its place."""

PLATES = ((0.8, 0.5), (-0.75, 0.35), (0.15, -0.9), (0.9, -0.25), (-0.4, -0.8))
"""Ways in which plates slip; all the first way until it is far."""

Drawn = Iterator[Traced | None]
"""Lines as the pen drew them."""


def ink(drawn: Drawn, colour: Colour, alpha: int = 255, count: int = 1) -> Iterator[Step]:
    """The next lines of the pen."""
    for _ in range(count):
        line = next(drawn)
        if line is not None and line.width > 0:
            yield Ink([line], colour, alpha_of(alpha))


def filled(manner: Manner, colour: Colour, share: float = 0.3) -> Colour:
    """What a form of this colour is filled with: chalk is rubbed thin over the board, a tint leaves paper its light."""
    match manner.hand.fills:
        case "rubbed":
            return mix(bare(manner.palette), colour, share)
        case "tinted":
            return mix(bare(manner.palette), colour, 0.5)
        case _:
            return colour


def beneath(sheet: Sheet, item: Item, contours: list[Contour], alpha: float) -> Iterator[Step]:
    """What lies under a form: the shadow of a cut piece, the smear of chalk."""
    manner, mark = item.manner, item.mark
    if alpha <= 200 or not contours:
        return
    if manner.hand.fills == "rubbed" and isinstance(mark, Form) and mark.line > 0:
        yield from _smeared(sheet, item, contours[0], mark.colour)
    if manner.hand.cast > 0:
        yield from shadows(contours, manner.hand.cast * sheet.pixels, manner.palette, sheet.pixels)


def _smeared(sheet: Sheet, item: Item, contour: Contour, colour: Colour) -> Iterator[Step]:
    """Dust that a finger drew aside."""
    size = float((sheet.shapes.high[item.first] - sheet.shapes.low[item.first]).max())
    for far, strength in ((0.03, 16), (0.016, 20)):
        shift = _grid(min(far * sheet.pixels, 0.2 * size))
        smear = contour + np.array((shift, shift * 0.25), np.float32)
        yield Fill([smear], colour, strength, False)


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
        if manner.hand is not PRINT:
            yield from beneath(sheet, item, [contour], mark.alpha * come)
        yield Fill([contour], filled(manner, colour), alpha_of(mark.alpha * come), lined)
        if come >= 1:
            yield from shaded(sheet, mark, item, contour, colour)
    if inked:
        colour = mark.colour if outlined else mark.ink or manner.ink
        yield from ink(drawn, colour, 255, passes(item))
    elif mark.line > 0 and manner.mode == "dotted":
        yield from _dotted(sheet, mark, item)


def _beside(sheet: Sheet, mark: Form, item: Item) -> tuple[float, float]:
    """How far colour lies beside its line; small forms would fall apart."""
    if mark.line <= 0 and abs(tamed(item.manner.offset, -10, 10)) <= FAR_OFF:
        return 0.0, 0.0
    size = float((sheet.shapes.high[item.first] - sheet.shapes.low[item.first]).max())
    return slipped(item.manner, mark.colour, size, sheet.pixels)


def slipped(manner: Manner, colour: Colour, size: float, pixels: float) -> tuple[float, float]:
    """Where a plate lies that slipped; farther off each ink slips its own way, and small forms fall apart at last."""
    offset = tamed(manner.offset, -10, 10)
    slip = abs(offset) / PLAIN_OFFSET
    most = 0.05 * size * (1.0 if slip <= 1 else 1 + 0.35 * (slip - 1))
    reach = tamed(offset * pixels, -most, most)
    x, y = PLATES[0]
    if slip > 1:
        own, k = PLATES[number(f"{colour}") % len(PLATES)], min(1.0, (slip - 1) / 3)
        x, y = x + (own[0] - x) * k, y + (own[1] - y) * k
    return _grid(reach * x), _grid(reach * y)


def _dotted(sheet: Sheet, mark: Form, item: Item) -> Iterator[Step]:
    """A contour of dots, evenly spaced."""
    p = sheet.shapes.line(item.first)
    p = np.concatenate([p, p[:1]])
    d = p[1:] - p[:-1]
    s = np.concatenate([[0.0], np.cumsum(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]))])
    gap = 0.022 if item.manner.hand.tone != "stipple" else 0.0085
    step = max(gap * sheet.pixels, s[-1] / 1000, 1.0)
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
    contours = sheet.shapes.contours(item.first, n)
    if manner.hand is not PRINT:
        yield from beneath(sheet, item, contours, 255 * item.share)
    if line:
        yield Fill(
            _contour(sheet, item, n, mark.line * 0.6, SHADOW), mark.ink or manner.ink, 255, False
        )
    colour = filled(manner, mark.colour)
    contours = _adrift(sheet, item, contours, n, mark.colour)
    yield Fill(contours, colour, alpha_of(255 * min(1.0, item.share * 1.2)), line)
    if item.share >= 1:
        amount = tone(item, mark.shade)
        for k, contour in enumerate(contours, item.first):
            yield from toned(sheet, item, k, contour, mark.colour, amount, None)


def multi(sheet: Sheet, mark: Multi, item: Item) -> Iterator[Step]:
    """Many small forms in two paths: a thin contour behind, one colour."""
    manner, n = item.manner, len(mark.polygons)
    line = mark.line > 0 and manner.mode != "none" and n > 0
    contours = sheet.shapes.many(item.first, n)
    if manner.hand.cuts:
        yield from beneath(sheet, item, contours, 255 * item.share)
    if line:
        yield Fill(_contour(sheet, item, n, mark.line * 0.65, (0.0, 0.0)), manner.ink, 255, False)
    colour = filled(manner, mark.colour, 0.7)
    contours = _adrift(sheet, item, contours, n, mark.colour)
    yield Fill(contours, colour, alpha_of(255 * item.share), line)


def _adrift(
    sheet: Sheet, item: Item, contours: list[Contour], n: int, colour: Colour
) -> list[Contour]:
    """The item's n forms, whose plate never slips by itself, once it slipped far."""
    if not abs(item.manner.offset) > FAR_OFF or not contours:
        return contours
    last = item.first + n
    low, high = sheet.shapes.low[item.first : last], sheet.shapes.high[item.first : last]
    shift = slipped(item.manner, colour, float((high.max(0) - low.min(0)).max()), sheet.pixels)
    return [contour + np.array(shift, np.float32) for contour in contours]


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
    yield marked(pattern(mark.fill, at, length, sheet.pixels, mark.key, 1.0), mark.colour2)
    yield Without()
    yield Without()
    yield from ink(drawn, item.manner.ink)


def _grid(x: float) -> float:
    return round(x * 64) / 64
