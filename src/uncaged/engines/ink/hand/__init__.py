"""The hand: pen, brush and grain. A display list, drawn with Skia or handed to a plotter. Knows no subjects.

Order of work: gather (marks → pixels) → stepwise (steps; all pen lines and hatching at once) → canvas (steps → Skia).
"""

from dataclasses import dataclass
from math import floor

import numpy as np
import skia

from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.hand.canvas import lay
from uncaged.engines.ink.hand.paths import FAR
from uncaged.engines.ink.hand.steps import Box, extent
from uncaged.engines.ink.hand.stepwise import steps_of


def draw(canvas: skia.Canvas, drawing: Drawing, pixels: float, reveal: float | None = None) -> None:
    """Draws on a canvas whose unit is the pixel, with the drawing's origin at (0, 0).

    pixels: the frame's shorter side; one local unit is `drawing.scale` of it. A drawing with `flip` is drawn mirrored
    (a group inside one says so by its scale). reveal: 0 … 1 draws the marks one after the other, colour after line.
    """
    lay(canvas, steps_of(drawing, pixels, reveal), pixels)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A drawing that can be laid down again at the price of its pixels. box: what it covers, where that was asked.

    stamp: the same as an image whose upper left corner lies at the box's, for those that are laid down by the dozen.
    """

    picture: skia.Picture
    box: Box | None
    stamp: skia.Image | None = None


LARGEST_STAMP = 256
"""Pixels of a stamp's longer side, at most; larger drawings are laid down from their paths."""


def stamped(drawing: Drawing, pixels: float, reveal: float | None = None) -> Recorded:
    """Draws once, for dozens of times: as an image, where it is small enough."""
    made = record(drawing, pixels, reveal, boxed=True)
    if made.box is None:
        return made
    left, top, right, bottom = (floor(x) for x in made.box)
    width, height = right + 1 - left, bottom + 1 - top
    if not (0 < width <= LARGEST_STAMP and 0 < height <= LARGEST_STAMP):
        return made
    image = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface(image, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    with surface as canvas:
        canvas.translate(-left, -top)
        canvas.drawPicture(made.picture)
    box = (float(left), float(top), float(right + 1), float(bottom + 1))
    return Recorded(made.picture, box, surface.makeImageSnapshot())


def record(
    drawing: Drawing, pixels: float, reveal: float | None = None, boxed: bool = False
) -> Recorded:
    """Draws once, for many times; see `draw`. boxed: it will be faded, so its box is worth its price."""
    steps = steps_of(drawing, pixels, reveal)
    box = extent(steps) if boxed else None
    recorder = skia.PictureRecorder()
    wide = skia.Rect(-FAR, -FAR, FAR, FAR)
    lay(recorder.beginRecording(wide), steps, pixels)
    return Recorded(recorder.finishRecordingAsPicture(), box)
