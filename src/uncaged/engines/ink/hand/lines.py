"""Which lines of the pen and which hatching a mark asks for. Draws nothing: `pen` and `hatching` draw all at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from uncaged.engines.ink.display import Form, Overprint, Stroke, Union
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.hatching import Hatched, Shade, hatch
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.hand.pen import Line
from uncaged.engines.ink.hand.shapes import Shapes

WIDEST = 2000.0
FAINT, SMALLEST = 0.02, 3.0
"""Less shade than this is none; forms of fewer pixels have none."""

LIGHT = (0.55, 0.83)
"""Where the shadow lies, for grain and hatching."""

CONTOUR_TAPER = (0.12, 0.06)
OVERPRINTS_FROM = 0.6
"""Share of an overprint that must be there before it shows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of all marks while steps are made of them.

    pixels: the frame's shorter side. variant: the tremor. hatched: polygon → its hatching, under a pen's palette.
    """

    shapes: Shapes
    pixels: float
    variant: int
    hatched: dict[int, Hatched] = field(default_factory=dict[int, Hatched])

    def width(self, item: Item, factor: float) -> float:
        """A width in pixels from a factor of the manner's own."""
        return tamed(factor * item.manner.line * self.pixels, 0, WIDEST)

    def box(self, k: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of polygon k."""
        low, high = self.shapes.low[k], self.shapes.high[k]
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


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
    width, outside = sheet.width(item, factor), sheet.shapes.turn[k]
    return Line(sheet.shapes.line(k), key, width, wobble, taper, outside, share)


def hatch_all(sheet: Sheet, items: list[Item]) -> None:
    """Hatches every form that is there as a whole, under palettes that shade with the pen."""
    found: dict[int, tuple[Shade, float]] = {}
    for item in items:
        if item.manner.palette.pen and item.share >= 1:
            for k, shade in _shades(sheet, item):
                found[k] = (shade, sheet.width(item, 0.42))
    shades = [shade for shade, _ in found.values()]
    widths = [width for _, width in found.values()]
    sheet.hatched.update(zip(found, hatch(shades, widths, sheet.pixels), strict=True))


def _shades(sheet: Sheet, item: Item) -> Iterator[tuple[int, Shade]]:
    mark, first = item.mark, item.first
    if isinstance(mark, Form):
        polygons, light = [(first, mark.key)], mark.light
    elif isinstance(mark, Union):
        polygons = [(first + i, f"{mark.key}/{i}") for i in range(len(mark.polygons))]
        light = None
    else:
        return
    amount = tone(item, mark.shade)
    towards = LIGHT if light is None else item.place.towards(light)
    for k, key in polygons:
        box = sheet.box(k)
        if amount > FAINT and min(box[2] - box[0], box[3] - box[1]) >= SMALLEST:
            yield k, Shade(box, towards, amount, f"{key}/{sheet.variant}")


def tone(item: Item, share: float) -> float:
    """The amount of shade for a share of the manner's own."""
    return tamed(share * item.manner.shade, 0, 3)
