"""The hand: pen, brush and grain. A display list, drawn with Skia or handed to a plotter. Knows no subjects.

Order of work: gather (marks → pixels) → stepwise (steps; all pen lines and hatching at once) → canvas (steps → Skia).
"""

from dataclasses import dataclass

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
    """A drawing that can be laid down again at the price of its pixels. box: what it covers, where that was asked."""

    picture: skia.Picture
    box: Box | None


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
