"""Which lines of the pen and which hatching a mark asks for. Draws nothing: `pen` and `hatching` draw all at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from uncaged.engines.ink.display import Form, Overprint, Stroke, Union
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.hatching import Hatched, Shade, hatch
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.hand.pen import Line
from uncaged.engines.ink.hand.searching import search
from uncaged.engines.ink.hand.shapes import Shapes
from uncaged.engines.ink.hand.stippling import stipple
from uncaged.engines.ink.hands import Tone
from uncaged.engines.ink.manner import Manner
from uncaged.engines.ink.numbers import Array

WIDEST = 2000.0
FAINT, SMALLEST = 0.02, 3.0
"""Less shade than this is none; forms of fewer pixels have none."""

LIGHT = (0.55, 0.83)
"""Where the shadow lies, for grain and hatching."""

OVERPRINTS_FROM = 0.6
"""Share of an overprint that must be there before it shows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of all marks while steps are made of them.

    pixels: the frame's shorter side. variant: the tremor. hatched: polygon → its hatching, where shadow is hatched;
    dotted: polygon → its points, where it is stippled.
    """

    shapes: Shapes
    pixels: float
    variant: int
    hatched: dict[int, Hatched] = field(default_factory=dict[int, Hatched])
    dotted: dict[int, Array] = field(default_factory=dict[int, Array])

    def width(self, item: Item, factor: float) -> float:
        """A width in pixels from a factor of the manner's own."""
        return tamed(factor * item.manner.line * self.pixels, 0, WIDEST)

    def box(self, k: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of polygon k."""
        low, high = self.shapes.low[k], self.shapes.high[k]
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def tone_of(manner: Manner) -> Tone:
    """What shadow is made of under this manner."""
    own = manner.hand.tone
    if own != "own":
        return own
    return "hatching" if manner.palette.pen else "grain"


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
            yield from _passes(sheet, item, _line(sheet, item, k, mark))
        case Form() if is_inked(mark, item):
            width = max(mark.line, 1.0) * 1.7 if mark.fill == "outlined" else mark.line
            share = min(1.0, item.share * 1.6)
            yield from _passes(sheet, item, _contour(sheet, item, k, mark.key, width, share))
        case Overprint() if item.share >= OVERPRINTS_FROM:
            yield _contour(sheet, item, k + 1, mark.key, 1.0, 1.0)
        case _:
            pass


def _passes(sheet: Sheet, item: Item, line: Line) -> Iterator[Line]:
    """A line as often as the hand draws it; before it those with which a hungry pen searches."""
    manner = item.manner
    if manner.hunger:
        sought = search(line, tamed(manner.hunger, -100, 100), sheet.pixels)
        item.sought = len(sought)
        yield from sought
    for k in range(1, manner.hand.passes):
        yield replace(line, key=f"{line.key}/{k}", width=line.width * 0.7, wobble=line.wobble * 1.6)
    yield line


def passes(item: Item) -> int:
    """How many lines `needed` gave for a form or a stroke."""
    return item.manner.hand.passes + item.sought


def _line(sheet: Sheet, item: Item, k: int, mark: Stroke) -> Line:
    wobble = tamed(item.manner.wobble * mark.wobble * sheet.pixels)
    taper = mark.taper if item.share >= 1 else (mark.taper[0], 0.0)
    width = sheet.width(item, mark.width)
    return Line(sheet.shapes.line(k), mark.key, width, wobble, taper, 0, item.share)


def _contour(sheet: Sheet, item: Item, k: int, key: str, factor: float, share: float) -> Line:
    wobble, hand = tamed(item.manner.wobble * sheet.pixels), item.manner.hand
    taper = hand.taper if share >= 1 else (hand.taper[0], 0.0)
    width, outside = sheet.width(item, factor), sheet.shapes.turn[k]
    return Line(sheet.shapes.line(k), key, width, wobble, taper, outside, share, hand.swell)


def hatch_all(sheet: Sheet, items: list[Item]) -> None:
    """Hatches or stipples every form that is there as a whole, where shadow is made of lines or points."""
    found: dict[int, tuple[Shade, float]] = {}
    dots: dict[int, Shade] = {}
    for item in items:
        made_of = tone_of(item.manner)
        if item.share < 1 or made_of not in ("hatching", "stipple"):
            continue
        for k, shade in _shades(sheet, item):
            if made_of == "stipple":
                dots[k] = shade
            else:
                found[k] = (shade, sheet.width(item, 0.42))
    sheet.dotted.update(zip(dots, stipple(list(dots.values()), sheet.pixels), strict=True))
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
    amount, manner = tone(item, mark.shade), item.manner
    towards = shadow_side(item, light)
    still = manner.hand.tone == "stipple"  # points do not tremble
    for k, key in polygons:
        box = sheet.box(k)
        if amount > FAINT and min(box[2] - box[0], box[3] - box[1]) >= SMALLEST:
            name = key if still else f"{key}/{sheet.variant}"
            yield k, Shade(box, towards, amount, name, manner.density, manner.hand.nets)


def shadow_side(item: Item, light: tuple[float, float] | None) -> tuple[float, float]:
    """Where the shadow of an item lies in the frame: away from what shines, as its mark says, or as everywhere."""
    if item.manner.light is not None:
        return item.manner.light
    return LIGHT if light is None else item.place.towards(light)


def tone(item: Item, share: float) -> float:
    """The amount of shade for a share of the manner's own; grain is as dense as the marks are."""
    manner = item.manner
    if manner.density != 1 and tone_of(manner) == "grain":
        share *= float(np.sqrt(tamed(manner.density, 0, 100, 1.0)))
    return tamed(share * manner.shade, 0, 3)
