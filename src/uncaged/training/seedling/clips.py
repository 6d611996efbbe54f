"""Films to train on: one subject of `ink`, drawn plainly, that moves. From a seed alone, at any size and length."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.numbers import Array
from uncaged.training.seedling.drawings import recorded
from uncaged.training.seedling.motions import Body, matrices
from uncaged.training.seedling.plans import VERSION, Plan, plan
from uncaged.training.seedling.ways import way

__all__ = ["FRAMES", "SECONDS", "SIDE", "VERSION", "Clip", "clip", "drawn"]

SIDE: Final = 64
FRAMES: Final = 16
SECONDS: Final = 2.0
"""Of every film: 16 frames at 64×64 pixels are what is trained on."""

SMALLEST, LARGEST = 16, 2048
MOST_FRAMES: Final = 240


@dataclass(frozen=True, slots=True)
class Clip:
    """frames: (n, side, side, 3) uint8, sRGB. names: slot → value of all that is said of it."""

    frames: NDArray[np.uint8]
    names: Mapping[str, str]


def clip(
    seed: int,
    *,
    side: int = SIDE,
    frames: int = FRAMES,
    labels: Mapping[str, str] | None = None,
    held: bool = False,
) -> Clip:
    """The film of a seed: the same always, and the same film at every size and number of frames.

    side: pixels, 16 … 2048. frames: 1 … 240, evenly over two seconds. labels: slot → value of what is not left to the
    seed. held: show a pair that is held out of training, instead of none. Raises `AskedWrong` where there is no such.
    """
    for name, value, low, high in (
        ("side", side, SMALLEST, LARGEST),
        ("frames", frames, 1, MOST_FRAMES),
    ):
        if not low <= value <= high:
            raise AskedWrong(f"{name} is {value}; a film has {low} to {high}.")
    planned = plan(seed, labels, held)
    return Clip(drawn(planned, side, frames), planned.names)


def drawn(planned: Plan, side: int = SIDE, frames: int = FRAMES) -> NDArray[np.uint8]:
    """The frames of a plan, (frames, side, side, 3) uint8."""
    names, by = planned.names, way(planned.way)
    kind, hue, size, motion = (names[f"s1.{name}"] for name in ("kind", "hue", "size", "motion"))
    subject = recorded(kind, hue, size, names["palette"], by)
    facing = {"drifts-left": -1, "drifts-right": 1}.get(motion, by.facing)
    body = Body(subject.width, subject.height, size, names["s1.place"], facing)
    places = matrices(motion, body, planned.lots, frames)
    paper = skia.Color(*by.paper(palette(names["palette"])))
    return _frames(subject.picture, paper, places, side)


def _frames(picture: skia.Picture, paper: int, places: Array, side: int) -> NDArray[np.uint8]:
    """A picture by each of so many matrices, all on one tall sheet. Where nothing moves, one frame is drawn."""
    if (places == places[0]).all():
        return np.repeat(_sheet(picture, paper, places[:1], side), len(places), 0)
    return _sheet(picture, paper, places, side)


def _sheet(picture: skia.Picture, paper: int, places: Array, side: int) -> NDArray[np.uint8]:
    count = len(places)
    pixels = np.empty((count, side, side, 4), np.uint8)
    surface = skia.Surface(
        pixels.reshape(count * side, side, 4), skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
    )
    with surface as canvas:
        canvas.clear(paper)
        for i, (a, b, c, d, e, f) in enumerate((places * side).tolist()):
            canvas.save()
            canvas.clipRect(skia.Rect(0, i * side, side, (i + 1) * side))
            canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f + i * side, 0, 0, 1))
            canvas.drawPicture(picture)
            canvas.restore()
    return pixels[..., :3].copy()
