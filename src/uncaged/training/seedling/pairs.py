"""What the inker learns from: films as the codec leaves them and a model's doubts spoil them, and the same drawn large.

All chance of a step comes from (seed, step) alone, and its films from their seeds; so a leg that goes on after a stop
learns what it would have learned. No pair is kept on a disk: each film serves some steps and is drawn no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from uncaged.engines.seedling.codec import PAIR, PATCH, Codec, Floats, signed
from uncaged.engines.seedling.inking import FRAMES
from uncaged.training.seedling.clips import SIDE, clip
from uncaged.training.seedling.inker import LARGER, TIMES
from uncaged.training.seedling.plans import STAGES, Stage

FIRST: Final = 7 * 2**40
"""The seed of the first film that is learned from."""
FRESH: Final = 9 * 2**40
"""The seed of the first film to judge by: none of them is learned from."""
MANY: Final = 2**40
"""So many seeds are there of each."""

DIFFERENT: Final = 30
"""Neighbouring pixels that differ by more levels have a line or an edge between them."""
AIMED: Final = 0.8
"""Share of the windows that lie about an edge; the others lie anywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One film twice. latents: (8, 16, 16, k) float32, of 64×64 pixels and 16 frames. large: (n, side, side, 3) uint8;
    n is 48, or 16 where only the frames at the small ones' times are drawn. edges: (m, 3) frame, line and column of the
    small film's edges."""

    latents: Floats
    large: NDArray[np.uint8]
    edges: NDArray[np.int64]


def pair(seed: int, codec: Codec, *, side: int = 256, stage: Stage = "one") -> Pair:
    """The pair of a seed: a pure function of it. At 512 pixels only every third frame is drawn.

    The small film is every third frame of the 48, and not drawn for itself as 16: where a subject goes to the border,
    its way is moved by less than a pixel between the two.
    """
    small = clip(seed, side=SIDE, frames=FRAMES, stage=stage).frames[1::TIMES]
    large = clip(seed, side=side, frames=FRAMES, stage=stage).frames
    if side > SIDE * LARGER:
        large = np.ascontiguousarray(large[1::TIMES])
    levels = small.astype(np.int16)
    across = np.abs(np.diff(levels, axis=2, prepend=levels[:, :, :1])).max(-1)
    down = np.abs(np.diff(levels, axis=1, prepend=levels[:, :1])).max(-1)
    edges = np.argwhere(np.maximum(across, down) > DIFFERENT)
    return Pair(codec.encode(small), large, edges)


@dataclass(frozen=True, slots=True)
class Window:
    """What of a film is looked at, in latents. places: of its side. times: of its length."""

    places: int = 8
    times: int = 3

    def about(
        self, edges: NDArray[np.int64], chance: np.random.Generator, shape: Sequence[int]
    ) -> tuple[int, int, int]:
        """Where one begins, (time, line, column) in latents (T, H, W): about an edge, or anywhere."""
        sizes = np.array([self.times, self.places, self.places])
        most = np.array(shape[:3]) - sizes
        if len(edges) and chance.random() < AIMED:
            at = edges[chance.integers(len(edges))] // (PAIR, PATCH, PATCH)
            found = np.clip(at - chance.integers(0, sizes), 0, most)
        else:
            found = chance.integers(0, most + 1)
        time, line, column = (int(n) for n in found)
        return time, line, column


def spoiled(latents: Floats, chance: np.random.Generator, noise: float) -> Floats:
    """Latents (T, H, W, k) with noise of a deviation of 0 … `noise`: partly its own in each frame, partly the same in
    all, as a model's doubts are."""
    deviation = noise * chance.random()
    shared = chance.random() ** 2
    own = chance.standard_normal(latents.shape, np.float32)
    whole = chance.standard_normal((1, *latents.shape[1:]), np.float32)
    mixed = np.sqrt(1 - shared) * own + np.sqrt(shared) * whole
    return (latents + deviation * mixed).astype(np.float32)


class Pairs:
    """Batches for an inker's leg: windows of some films at a time, of both stages in turn.

    side: of the large films. kept: films in use at a time. lasts: steps after which one of them gives way to the next.
    """

    def __init__(
        self,
        codec: Codec,
        seed: int,
        *,
        side: int,
        window: Window,
        noise: float,
        kept: int,
        lasts: int,
    ) -> None:
        self._codec, self._seed, self._side = codec, seed, side
        self._window, self._noise = window, noise
        self._kept, self._lasts = kept, lasts
        self._films: dict[int, Pair] = {}

    def batch(self, step: int, count: int) -> tuple[Tensor, Tensor]:
        """`count` windows of T small frames: (count·T, h, w, 3), and what they should become, −1 … 1: (count·3·T, 4·h,
        4·w, 3) at 256 pixels, (count·T, 8·h, 8·w, 3) at 512."""
        newest = step // self._lasts + self._kept - 1
        own = range(newest - self._kept + 1, newest + 1)
        self._films = {number: self._films.get(number) or self._drawn(number) for number in own}
        chance = np.random.default_rng([self._seed, step, self._side])
        cut = [self._cut(self._films[int(n)], chance) for n in chance.choice(own, count)]
        small, large = (np.concatenate(parts) for parts in zip(*cut, strict=True))
        return torch.from_numpy(small), torch.from_numpy(large)

    def _drawn(self, number: int) -> Pair:
        seed = FIRST + (self._seed * 2**30 + number) % MANY
        return pair(seed, self._codec, side=self._side, stage=STAGES[number % len(STAGES)])

    def _cut(self, film: Pair, chance: np.random.Generator) -> tuple[Floats, Floats]:
        window, latents = self._window, film.latents
        t, y, x = window.about(film.edges, chance, latents.shape)
        part = latents[t : t + window.times, y : y + window.places, x : x + window.places]
        small = np.clip(self._codec.pixels(spoiled(part, chance, self._noise)), -1, 1)
        k = PATCH * film.large.shape[1] // SIDE
        n = PAIR * len(film.large) // (FRAMES // TIMES)
        large = film.large[
            n * t : n * (t + window.times),
            k * y : k * (y + window.places),
            k * x : k * (x + window.places),
        ]
        return small, signed(large)
