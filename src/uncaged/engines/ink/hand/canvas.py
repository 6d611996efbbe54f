"""Steps onto a Skia canvas: paths, colours, clips, alpha images. Knows no marks and no pens.

No shaders (through this binding they cost milliseconds) and no blend modes: fills, clips, alpha images, faded layers.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import skia

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.hand.grain import LINEAR, gradation, ramp
from uncaged.engines.ink.hand.paths import path
from uncaged.engines.ink.hand.steps import (
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

MOST_PIXELS = 9_000_000
"""Of a gradation; larger ones are stretched."""


@lru_cache(4096)
def paint(colour: Colour, alpha: int = 255) -> skia.Paint:
    """An anti-aliased fill."""
    r, g, b = colour
    return skia.Paint(AntiAlias=True, Color=skia.Color(int(r), int(g), int(b), int(alpha)))


def lay(canvas: skia.Canvas, steps: Iterable[Step], pixels: float) -> None:
    """Paints steps in their order. The canvas is afterwards as it was, whatever clips were left open."""
    depth = canvas.save()
    for step in steps:
        _LAYS[type(step)](canvas, step, pixels)
    canvas.restoreToCount(depth)


def _fill(canvas: skia.Canvas, step: Fill, pixels: float) -> None:
    canvas.drawPath(path(step.contours), paint(step.colour, step.alpha))


def _ink(canvas: skia.Canvas, step: Ink, pixels: float) -> None:
    canvas.drawPath(path([line.contour for line in step.lines]), paint(step.colour, step.alpha))


def _even(canvas: skia.Canvas, step: Even, pixels: float) -> None:
    canvas.drawPath(path(step.contours), paint(step.colour, step.alpha))


def _tone(canvas: skia.Canvas, step: Tone, pixels: float) -> None:
    left, top, right, bottom = step.box
    image = ramp(right - left, bottom - top, step.light, step.amount, pixels)
    colour = paint(step.colour, step.alpha)
    if step.contour is None:
        canvas.drawImageRect(image, skia.Rect(left, top, right, bottom), LINEAR, colour)
        return
    canvas.save()
    canvas.clipPath(path([step.contour]), skia.ClipOp.kIntersect, True)
    canvas.drawImageRect(image, skia.Rect(left, top, right, bottom), LINEAR, colour)
    canvas.restore()


def _wash(canvas: skia.Canvas, step: Wash, pixels: float) -> None:
    """As many pixels as the box has, but not more than a large frame's."""
    left, top, right, bottom = step.box
    width, height = right - left, bottom - top
    if width < 1 or height < 1:
        return
    k = min(1.0, 4096 / width, 4096 / height, float(np.sqrt(MOST_PIXELS / (width * height))))
    size = (max(int(width * k), 1), max(int(height * k), 1))
    image = _gradation(size, step.upper, step.lower, step.start * k, step.end * k, pixels)
    canvas.drawImageRect(image, skia.Rect(left, top, right, bottom), LINEAR)


_gradation = lru_cache(2)(gradation)


def _within(canvas: skia.Canvas, step: Within, pixels: float) -> None:
    canvas.save()
    canvas.clipPath(path([step.contour, *step.more]), skia.ClipOp.kIntersect, True)


def _without(canvas: skia.Canvas, step: Without, pixels: float) -> None:
    canvas.restore()


def _faded(canvas: skia.Canvas, step: Faded, pixels: float) -> None:
    canvas.saveLayerAlpha(None, step.alpha)


def _restored(canvas: skia.Canvas, step: Restored, pixels: float) -> None:
    canvas.restore()


_LAYS: dict[type, Any] = {
    Fill: _fill,
    Ink: _ink,
    Even: _even,
    Tone: _tone,
    Wash: _wash,
    Within: _within,
    Without: _without,
    Faded: _faded,
    Restored: _restored,
}
