"""Which lines of the pen a mark asks for, and how wide they are. Draws nothing: `pen` draws them all at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from uncaged.engines.ink.display import Form, Overprint, Stroke
from uncaged.engines.ink.hand.gather import Item, Shapes
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.hand.pen import Line

WIDEST = 2000.0
CONTOUR_TAPER = (0.12, 0.06)
OVERPRINTS_FROM = 0.6
"""Share of an overprint that must be there before it shows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of all marks while they are planned. pixels: the frame's shorter side. variant: the tremor."""

    shapes: Shapes
    pixels: float
    variant: int

    def width(self, item: Item, factor: float) -> float:
        """A width in pixels from a factor of the manner's own."""
        return tamed(factor * item.manner.line * self.pixels, 0, WIDEST)


def is_inked(mark: Form, item: Item) -> bool:
    """Whether the pen draws this form's contour."""
    if mark.line <= 0 or item.manner.mode == "dotted":
        return False
    return item.manner.mode != "none" or mark.fill == "outlined"


def needed(sheet: Sheet, item: Item) -> Iterator[Line]:
    """The lines an item needs, in the order in which it will ask for them."""
    mark, k = item.mark, item.first
    match mark:
        case Stroke():
            yield _line(sheet, item, k, mark)
        case Form() if is_inked(mark, item):
            width = max(mark.line, 1.0) * 1.7 if mark.fill == "outlined" else mark.line
            yield _contour(sheet, item, k, mark.key, width, min(1.0, item.share * 1.6))
        case Overprint() if item.share >= OVERPRINTS_FROM:
            yield _contour(sheet, item, k + 1, mark.key, 1.0, 1.0)
        case _:
            pass


def _line(sheet: Sheet, item: Item, k: int, mark: Stroke) -> Line:
    wobble = tamed(item.manner.wobble * mark.wobble * sheet.pixels)
    taper = mark.taper if item.share >= 1 else (mark.taper[0], 0.0)
    width = sheet.width(item, mark.width)
    return Line(sheet.shapes.line(k), mark.key, width, wobble, taper, 0, item.share)


def _contour(sheet: Sheet, item: Item, k: int, key: str, factor: float, share: float) -> Line:
    wobble = tamed(item.manner.wobble * sheet.pixels)
    taper = CONTOUR_TAPER if share >= 1 else (CONTOUR_TAPER[0], 0.0)
    width, outside = sheet.width(item, factor), int(sheet.shapes.turn[k])
    return Line(sheet.shapes.line(k), key, width, wobble, taper, outside, share)
