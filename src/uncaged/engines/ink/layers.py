"""Layers that are drawn once: baked into images, as large as the camera will need, cut to what is on them.

Knows the stage and the canvas, no frames: what is baked does not depend on when it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.appearance import camera_place, layer_drawing
from uncaged.engines.ink.hand import draw
from uncaged.engines.ink.hand.grain import LINEAR
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hand.steps import Box
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Stage

WHOLE = 720
"""From so many pixels of the shorter side on layers move by whole pixels: sharper, and three times as fast."""

MOST_PIXELS = 12_000_000
WATCHED = 24
"""At so many moments of the film it is asked what the camera sees."""


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees of a depth over the whole film. box: in pixels at scale 1. scale: the closest it comes."""

    box: Box
    scale: float


def view(stage: Stage, depth: float) -> View:
    """The part of a layer that will be seen, and how much it will be enlarged."""
    film = stage.film
    frames = sorted({round(i * (film.frames - 1) / WATCHED) for i in range(WATCHED + 1)})
    places = [camera_place(stage, depth, frame) for frame in frames]
    left = min(-p.e / p.a for p in places)
    top = min(-p.f / p.d for p in places)
    right = max((film.width - p.e) / p.a for p in places)
    bottom = max((film.height - p.f) / p.d for p in places)
    side = film.side
    box = (
        max(left - 2, -side),
        max(top - 2, -side),
        min(right + 2, film.width + side),
        min(bottom + 2, film.height + side),
    )
    area = max(box[2] - box[0], 1.0) * max(box[3] - box[1], 1.0)
    return View(box, min(max(p.a for p in places), float(np.sqrt(MOST_PIXELS / area))))


@dataclass(frozen=True, slots=True)
class Baked:
    """An image of some layers.

    x, y: where its corner lies, in its own pixels. scale: its pixels per frame pixel. whole: it moves by whole pixels.
    """

    image: skia.Image
    x: int
    y: int
    scale: float
    whole: bool

    def show(self, canvas: skia.Canvas, place: Place | None = None) -> None:
        """Lays it where the camera has it; without a camera, pixel on pixel."""
        if place is None:
            canvas.drawImage(self.image, self.x, self.y)
            return
        k = place.a / self.scale
        if abs(k - 1) < 1e-9 and self.whole:
            canvas.drawImage(self.image, round(place.e) + self.x, round(place.f) + self.y)
            return
        if abs(k - 1) < 1e-9:
            canvas.drawImage(self.image, place.e + self.x, place.f + self.y, LINEAR)
            return
        x, y = place.e + self.x * k, place.f + self.y * k
        size = skia.Rect(x, y, x + self.image.width() * k, y + self.image.height() * k)
        canvas.drawImageRect(self.image, size, LINEAR)


def bake(stage: Stage, layers: Sequence[Layer], seen: View | None = None) -> Baked | None:
    """Draws layers onto one image, cut to what is on it. None where nothing is."""
    film = stage.film
    scale = seen.scale if seen else 1.0
    left, top, right, bottom = seen.box if seen else (0, 0, film.width, film.height)
    x, y = int(np.floor(left * scale)), int(np.floor(top * scale))
    w, h = int(np.ceil(right * scale)) - x, int(np.ceil(bottom * scale)) - y
    if w < 1 or h < 1:
        return None
    pixels = np.zeros((h, w, 4), np.uint8)
    surface = skia.Surface(pixels, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    with surface as canvas:
        canvas.translate(-x, -y)
        for layer in layers:
            draw(canvas, layer_drawing(stage, layer, 0), film.side * scale)
    cut = _inked(pixels)
    if cut is None:
        return None
    image = surface.makeImageSnapshot(skia.IRect(*cut))
    return Baked(image, x + cut[0], y + cut[1], scale, film.side >= WHOLE)


def _inked(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """The box of what is not transparent, one pixel wider where there is room."""
    alpha = pixels[..., 3]
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    if not len(rows):
        return None
    h, w = alpha.shape
    return (
        max(int(columns[0]) - 1, 0),
        max(int(rows[0]) - 1, 0),
        min(int(columns[-1]) + 2, w),
        min(int(rows[-1]) + 2, h),
    )
