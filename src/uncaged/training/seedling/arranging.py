"""Where subjects stand to each other, what is behind them, and the camera. Knows no subject's drawing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import skia

from uncaged.engines.ink.appearance import layer_drawing
from uncaged.engines.ink.data_plain import flattened, lay
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Film
from uncaged.engines.ink.staging import staged
from uncaged.training.seedling.drawings import SHEET, simplify

BROADER: Final = 1.5
"""A setting is drawn so much broader than the frame, that a camera can pan over it."""

PANNED: Final = 0.3
"""How far a camera pans, in frames; how much it zooms."""
ZOOMED: Final = 1.35

PAIRED: Final = 0.62
"""How large the square is that one of two subjects has to itself, in frames."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A square that a subject has to itself. x, y: its middle; side: how large it is; all in frames."""

    x: float = 0.5
    y: float = 0.5
    side: float = 1.0

    def over(self, places: Array) -> Array:
        """Matrices (n, 6) of a subject in its cell, as matrices in the frame."""
        out = places * self.side
        out[:, 4] += self.x - self.side / 2
        out[:, 5] += self.y - self.side / 2
        return out


def cells(relation: str, lots: Stream) -> tuple[Cell, ...]:
    """The squares of the first subject and the second, as the first one stands to it; "" = there is one, the frame."""
    side = lots.pick((-1, 1))
    match relation:
        case "beside":
            return Cell(0.5 + 0.24 * side, 0.5, PAIRED), Cell(0.5 - 0.24 * side, 0.5, PAIRED)
        case "above":
            return Cell(0.5, 0.27, PAIRED), Cell(0.5, 0.73, PAIRED)
        case "below":
            return Cell(0.5, 0.73, PAIRED), Cell(0.5, 0.27, PAIRED)
        case "behind":
            return Cell(0.5 + 0.1 * side, 0.4, 0.72), Cell(0.5 - 0.08 * side, 0.6, PAIRED)
        case _:
            return (Cell(),)


def camera(name: str, frames: int) -> Array:
    """(frames, 3): how much larger everything is, and how far it is moved right and down, in frames."""
    t = (np.arange(frames) + 0.5) / frames
    moved = np.stack([np.ones(frames), np.zeros(frames), np.zeros(frames)], 1)
    if name in ("pan-left", "pan-right"):
        moved[:, 1] = (t - 0.5) * PANNED * (1 if name == "pan-left" else -1)
    if name in ("zoom-in", "zoom-out"):
        moved[:, 0] += (ZOOMED - 1) * (t if name == "zoom-in" else 1 - t)
        moved[:, 1:] = (1 - moved[:, :1]) / 2
    return moved


@lru_cache(256)
def ground(setting: str, colours: str, lots: str) -> skia.Picture:
    """A setting without anybody in it, in frames of one pixel, broader than the frame on both sides."""
    film = Film(round(BROADER * SHEET), SHEET, 2.0, 8.0, 16)
    seed = int(Stream(f"seedling/{setting}/{lots}").uniform() * 2**40)
    stage = staged(Scene((), setting, colours, seed), film)
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect(-1, -1, 2, 2))
    canvas.translate((1 - BROADER) / 2, 0)
    canvas.scale(1 / SHEET, 1 / SHEET)
    for placed in stage.placed:
        if isinstance(placed.what, Layer):
            drawing = layer_drawing(stage, placed.what, 0)
            simplify(drawing)
            lay(canvas, flattened(drawing, SHEET, body=False).ops)
    return recorder.finishRecordingAsPicture()
