"""Cut sheets: the shadow under a piece, a gradation as sheets laid one over the other, a stroke as a sliver.

Steps in pixels, as everything of the hand; knows no figures.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lightness, mix
from uncaged.engines.ink.display import Gradation, Stroke
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.lines import Sheet
from uncaged.engines.ink.hand.lots import draws
from uncaged.engines.ink.hand.paths import Contour, on_grid
from uncaged.engines.ink.hand.pen import Traced
from uncaged.engines.ink.hand.steps import Even, Fill, Ink, Step, Tone, Wash
from uncaged.engines.ink.numbers import TAU, Array, sin

SHEETS = 6
"""Sheets that make a sky."""

LARGE = 0.55
"""A piece of this share of the frame is land: its shadow shows above its edge, on what lies behind."""

LONG = 0.4
"""A stroke so long is an edge of land, and edges are cut already."""


OWN, CUT, CUTS = 0.14, 0.75, 0.86
"""What is left of a colour in a dark sheet; and of one from this lightness on: there light comes through."""


LEAST = 0.36
"""How much lighter than the board a chalk line is, at least."""


def shadows(
    contours: list[Contour], reach: float, palette: Palette, pixels: float
) -> Iterator[Step]:
    """A soft shadow in two tones, to the lower right; not far under small pieces."""
    small, land = [], []
    for contour in contours:
        if not len(contour):
            continue
        size = float(np.ptp(contour.reshape(-1, 2), axis=0).max())
        far = min(reach, 0.12 * size)
        (land if size > LARGE * pixels else small).append((contour, far))
    for k, strength in ((1.8, 34), (1.0, 62)):
        shifted = [_shifted(c, 0.6 * k * far, 0.8 * k * far) for c, far in small]
        shifted += [_shifted(c, 0.25 * k * far, -0.7 * k * far) for c, far in land]
        if shifted:
            yield Fill(shifted, palette.deep, strength, False)


def _shifted(contour: Contour, x: float, y: float) -> Contour:
    shift = np.rint(np.array((x, y)) * 64) / 64
    return (contour + shift.astype(np.float32)).astype(np.float32)


def sheets(sheet: Sheet, mark: Gradation, item: Item) -> Iterator[Step]:
    """One colour at the top; below it sheet upon sheet with a waving edge, each nearer to the other colour."""
    corners = item.place.of(np.array([mark.box[:2], mark.box[2:]]))
    (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
    start = float(item.place.of(np.array([[0.0, mark.start]]))[0, 1])
    end = float(item.place.of(np.array([[0.0, mark.end]]))[0, 1])
    box = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    yield Fill([on_grid(box)], mark.upper, 255, False)
    far = item.manner.hand.cast * sheet.pixels
    for k in range(1, SHEETS):
        y = start + (end - start) * (k / SHEETS)
        edge = _edge(left, right, y, abs(end - start) / SHEETS, f"sheet/{k}")
        piece = on_grid(np.concatenate([edge, [(right, bottom), (left, bottom)]]))
        yield from shadows([piece], far, item.manner.palette, sheet.pixels)
        yield Fill([piece], mix(mark.upper, mark.lower, round(k / (SHEETS - 1), 3)), 255, False)


def _edge(left: float, right: float, y: float, gap: float, key: str) -> Array:
    """From left to right in straight cuts, in slow waves."""
    lot = draws(key, 8)
    x = np.linspace(left, right, 15)
    q = (x - left) / max(right - left, 1.0)
    wave = 0.30 * sin(TAU * (q * (0.7 + lot[0]) + lot[1])) + 0.12 * sin(TAU * (q * 3 + lot[2]))
    return np.stack([x, y + gap * wave], 1)


def sliver(
    sheet: Sheet, mark: Stroke, item: Item, drawn: Iterator[Traced | None]
) -> Iterator[Step]:
    """A stroke is a thin strip of paper; what is long is the edge of something, and was cut with it."""
    line = next(drawn)
    if line is None or line.width <= 0:
        return
    if float(np.ptp(line.centre, axis=0).max()) > LONG * sheet.pixels:
        return
    colour = mark.colour or mix(item.manner.ink, item.manner.palette.low, 0.12)
    yield Ink([line], colour, int(min(max(mark.alpha, 0), 255)))


def darkened(step: Step, dark: Colour) -> Step:
    """The same step in a sheet's one colour, with a breath of its own."""
    match step:
        case Fill() | Ink() | Even() | Tone():
            return replace(step, colour=_dark(step.colour, dark))
        case Wash():
            return replace(step, upper=_dark(step.upper, dark), lower=_dark(step.lower, dark))
        case _:
            return step


def _dark(colour: Colour, dark: Colour) -> Colour:
    return mix(dark, colour, CUT if lightness(colour) > CUTS else OWN)


def whitened(step: Step, palette: Palette) -> Step:
    """A line on a board, in chalk: none is as dark as what it is drawn on."""
    match step:
        case Ink() | Even():
            return replace(step, colour=_chalk(step.colour, palette))
        case _:
            return step


def _chalk(colour: Colour, palette: Palette) -> Colour:
    light = lightness(colour)
    short = lightness(palette.top) + LEAST - light
    if short <= 0:
        return colour
    return mix(
        colour, palette.ink, round(min(1.0, short / (lightness(palette.ink) - light + 0.01)), 2)
    )
