"""The inker: 64×64 pixels and 16 frames become 256×256 or 512×512 and 48, with firm lines. Knows no latents.

Each size is a graph of its own, in the model's folder or in that of the inker that comes with the studio.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from uncaged.core.errors import Impossible
from uncaged.core.order import Pixels
from uncaged.core.words import _
from uncaged.engines.seedling.running import Floats, Network
from uncaged.engines.seedling.weights import Index

SHIPPED: Final = Path(__file__).parent / "inker"
"""The inker that comes with the studio: of every model that brings none of its own."""

FRAMES: Final = 48
SMALL: Final = 16
"""Frames of a film, as it is shown and before it is inked."""

SECONDS: Final = 2.0
SIDES: Final = (256, 512)

AROUND: Final = 2
"""Small pixels about one that moves, in which the large film may move too: so far a line reaches."""

STILL: Final = 3
"""Levels of 255 by which a colour may be off before it is shown that it changes."""


NEARLY: Final = 0.375
"""See `calmed`. Of the generator's own films, 64 through the codec, 46 dB are left of those that move."""


def graph(side: int) -> str:
    """The name of the graph that inks this size."""
    return f"ink-{side}.onnx"


def inkers_of(index: Index) -> Index:
    """Where a model's inker lies. Raises `WeightsMissing`, `WeightsBroken`."""
    return index if sides(index) else Index.of(SHIPPED)


def sides(index: Index) -> Sequence[int]:
    """The sizes that this folder can ink by itself."""
    return tuple(side for side in SIDES if graph(side) in index.files)


def check_size(index: Index, size: tuple[int, int]) -> None:
    """Raises `Impossible` where the model has no inker for this size; `WeightsMissing`, `WeightsBroken`."""
    can = sides(inkers_of(index))
    if size[0] != size[1] or size[0] not in can:
        raise Impossible(
            _("These weights draw %(sizes)s pixels, not %(size)s.")
            % {
                "sizes": " or ".join(f"{side}x{side}" for side in can) or _("no size at all:"),
                "size": f"{size[0]}x{size[1]}",
            },
            about="size",
        )


def calmed(small: Floats, within: float) -> Floats:
    """(16, 64, 64, 3), −1 … 1: what hardly wavers stands still, at its median over the film.

    within: levels of 255. A place that stays so near to it in all frames stands; of any other place, those frames that
    come within `NEARLY` of that. Drawings are flat: what moves in them changes a place by more. 0 or less changes
    nothing; a large number leaves only what leaps.
    """
    if not within > 0:
        return small
    within = min(within, 256.0)  # farther apart no two colours are
    rest = np.median(small, 0)
    off = np.abs(small - rest).max(-1, keepdims=True) * (255 / 2)
    near = (off.max(0) <= within) | (off <= NEARLY * within)
    return np.where(near, rest, small)


class Inker:
    """One size of inker, ready."""

    def __init__(self, index: Index, side: int, threads: int = 1) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self._side = side
        self._network = Network(inkers_of(index), graph(side), threads, sparing=True)

    def ink(self, small: Floats) -> NDArray[np.uint8]:
        """(16, 64, 64, 3), −1 … 1 → (48, side, side, 3). What is beyond black or white is cut off before."""
        whole = np.nan_to_num(small, nan=0.0, posinf=1.0, neginf=-1.0)
        inked = self._network(film=np.clip(whole, -1, 1, dtype=np.float32))
        return np.asarray(inked, np.uint8).reshape(FRAMES, self._side, self._side, 3)

    def still(self, small: Floats) -> Pixels:
        """Small pixels of one latent frame, (2, 64, 64, 3), as the middle of a film in which nothing moves."""
        film = np.repeat(small[:1], SMALL, 0)
        return np.ascontiguousarray(self.ink(film)[FRAMES // 2])

    def shown(self, small: Floats) -> NDArray[np.uint8]:
        """The same as it is shown: what stands in the small film stands in the large one."""
        return steady(stilled(self.ink(small), small))


def stilled(inked: NDArray[np.uint8], small: Floats) -> NDArray[np.uint8]:
    """(48, side, side, 3): places that stand in the small film (16, 64, 64, 3), and `AROUND` pixels about it, are what
    they are in the mean of all frames: the moments in between are the inker's, and leave them a little restless."""
    moves = (small[1:] != small[:-1]).any((0, 3))
    wide = np.pad(moves, AROUND)
    near = sliding_window_view(wide, (2 * AROUND + 1, 2 * AROUND + 1)).any((2, 3))
    scale = inked.shape[1] // len(moves)
    stands = ~near.repeat(scale, 0).repeat(scale, 1)[..., None]
    rest = (inked.sum(0, dtype=np.uint16) + len(inked) // 2) // len(inked)
    return np.where(stands, rest.astype(np.uint8), inked)


def steady(inked: NDArray[np.uint8], within: int = STILL) -> NDArray[np.uint8]:
    """(n, h, w, 3): what differs by no more than `within` levels from what is shown stays as it is shown.

    Paper that a model leaves a little restless stands still so, and nothing is shown wrong by more than `within`.
    """
    shown = np.array(inked)
    for before, now in pairwise(shown):
        near = np.maximum(before, now) - np.minimum(before, now) <= within
        np.copyto(now, before, where=near)
    return shown


def chosen(inked: NDArray[np.uint8], fps: float) -> list[Pixels]:
    """The frames of a film of `fps`: all of them at 24, or every second, third … one, as the engine's rates are."""
    step = round(FRAMES / SECONDS / fps)
    return [np.ascontiguousarray(frame) for frame in inked[::step]]
