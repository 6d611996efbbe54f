"""Films to train on: subjects of `ink`, drawn plainly, that move. From a seed alone, at any size and length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.training.seedling.arranging import Cell, camera, cells, ground
from uncaged.training.seedling.drawings import recorded
from uncaged.training.seedling.motions import Body, matrices
from uncaged.training.seedling.plans import VERSION, Plan, Stage, plan
from uncaged.training.seedling.ways import Way, way

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
    stage: Stage = "one",
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
    planned = plan(seed, labels, held, stage)
    return Clip(drawn(planned, side, frames), planned.names)


def drawn(planned: Plan, side: int = SIDE, frames: int = FRAMES) -> NDArray[np.uint8]:
    """The frames of a plan, (frames, side, side, 3) uint8."""
    names, by, lots = planned.names, way(planned.way), planned.lots
    own = cells(names.get("relation", ""), lots)
    bodies = [
        _placed(subject, names["palette"], by, cell, lots.sub(number), frames)
        for number, (subject, cell) in enumerate(zip(planned.subjects, own, strict=True))
    ]
    behind = None
    if names["setting"] != "paper":
        behind = ground(names["setting"], names["palette"], planned.way)
    paper = skia.Color(*by.paper(palette(names["palette"])))
    return _frames(Scenery(paper, behind, camera(names["camera"], frames)), bodies, side)


@dataclass(frozen=True, slots=True)
class Scenery:
    """paper: its colour. behind: what stands on it, if anything. camera: see `arranging.camera`."""

    paper: int
    behind: skia.Picture | None
    camera: Array


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing, and its matrix in each frame, (frames, 6), in frames."""

    picture: skia.Picture
    places: Array


def _placed(
    subject: Mapping[str, str], colours: str, by: Way, cell: Cell, lots: Stream, frames: int
) -> Placed:
    motion, size = subject["motion"], subject["size"]
    found = recorded(subject["kind"], subject["hue"], size, colours, by)
    facing = {"drifts-left": -1, "drifts-right": 1}.get(motion, by.facing)
    place = subject.get("place", "centre")
    body = Body(found.width, found.height, size, place, facing)
    return Placed(found.picture, cell.over(matrices(motion, body, lots, frames)))


def _frames(scenery: Scenery, bodies: Sequence[Placed], side: int) -> NDArray[np.uint8]:
    """All frames; where nothing moves, one is drawn."""
    moving = [scenery.camera, *(body.places for body in bodies)]
    count = len(scenery.camera)
    if all((places == places[0]).all() for places in moving):
        return np.repeat(_sheet(scenery, bodies, side, 1), count, 0)
    return _sheet(scenery, bodies, side, count)


def _sheet(scenery: Scenery, bodies: Sequence[Placed], side: int, count: int) -> NDArray[np.uint8]:
    """The first so many frames, one below the other on a tall sheet; the later subject is in front."""
    pixels = np.empty((count, side, side, 4), np.uint8)
    surface = skia.Surface(
        pixels.reshape(count * side, side, 4), skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
    )
    with surface as canvas:
        canvas.clear(scenery.paper)
        for i, (k, right, down) in enumerate(scenery.camera.tolist()):
            canvas.save()
            canvas.clipRect(skia.Rect(0, i * side, side, (i + 1) * side))
            canvas.translate(right * side, (down + i) * side)
            canvas.scale(k * side, k * side)
            if scenery.behind is not None:
                canvas.drawPicture(scenery.behind)
            for body in bodies:
                _draw(canvas, body, i)
            canvas.restore()
    return pixels[..., :3].copy()


def _draw(canvas: skia.Canvas, body: Placed, frame: int) -> None:
    a, b, c, d, e, f = body.places[frame].tolist()
    canvas.save()
    canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
    canvas.drawPicture(body.picture)
    canvas.restore()
