"""The networks of a Pyramid Flow, opened: its words, its coder, and one transformer; more of them only as long as films
are drawn with several at a time."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Self, cast
from weakref import WeakValueDictionary

import numpy as np
import torch
from torch import Tensor, nn

from uncaged.core.order import Pixels
from uncaged.engines import devices, fitting
from uncaged.engines.precision import WHOLE, Opening
from uncaged.engines.pyramid.answering import Network
from uncaged.engines.pyramid.latents import PIXELS, inward, outward
from uncaged.engines.pyramid.tiling import Tiles
from uncaged.engines.pyramid.vae import VaeNet, to_bytes, to_pixels
from uncaged.engines.pyramid.vae_layers import Past
from uncaged.engines.pyramid.weights import Published
from uncaged.engines.pyramid.words import Words

SMALL = 32
"""Latents of a side of a picture to try a model with: 256 pixels."""

WINDOW = 16
"""Frames that are coded at a time, as published."""


class Networks:
    """What a performance asks."""

    def __init__(self, found: Published, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.found, self.dtype, self.device = found, dtype, device
        self.words = Words(found, dtype, device)
        self.coder = found.coder(dtype, device)
        self.model = ""
        self._drawing = WeakValueDictionary[str, nn.Module]()
        self._variant = found.chosen(found.usual, 2)
        self._net: nn.Module | None = found.transformer(self._variant, dtype, device)
        self._drawing[self._variant] = self._net
        self.numbers = WHOLE
        """With which numbers all of them compute."""

    @classmethod
    def opened(cls, folder: Path, wanted: Opening) -> Self:
        """Those of a folder. wanted: its place may be empty, the fastest there is.

        Raises `WeightsMissing`, `WeightsBroken`, `TooLittleMemory`.
        """
        devices.quiet(("transformers",))
        place = devices.place(wanted.place)

        def make(kind: torch.dtype) -> Self:
            with torch.random.fork_rng(devices=[]):  # what networks are born with is thrown away
                return cls(Published.of(folder), kind, place)

        made, made.numbers = replace(wanted, place=place).numbers(make, cls._asked)
        made.model = wanted.model
        return made

    def _asked(self) -> tuple[list[nn.Module], Callable[[], object]]:
        """The network that draws, and a small question to it."""
        net = self._net
        assert isinstance(net, nn.Module)

        def ask() -> Tensor:
            told, _cut = self.words.told("a film")
            clip = torch.ones(1, self.coder.shape.channels, 1, SMALL, SMALL)
            time = torch.full((1,), 500.0, device=self.device)
            clip = clip.to(self.device, self.dtype)
            return net([clip], [told.tokens], told.pooled[None], time)

        return [net], ask

    def transformer(self, variant: str) -> Network:
        """A variant. The one that was asked last stays open, and each that a film is still drawn with: whoever holds
        one keeps it. Others are closed before the next opens.

        Raises `AskedWrong`, `WeightsMissing`, `WeightsBroken`, and `TooLittleMemory` where those that must stay leave
        no room for it.
        """
        if variant != self._variant or self._net is None:
            self.found.named(variant)
            self._net, self._variant = self._drawing.get(variant), variant
        if self._net is None:
            gc.collect()  # layers that were compiled hold each other
            count = fitting.numbers(self.found.named(variant))
            self.numbers.refuse(self.model, count, self.device, self.dtype)
            with self.numbers.alike():
                self._net = self.found.transformer(variant, self.dtype, self.device)
            self._drawing[variant] = self._net
            if self.numbers.compiled:
                self.numbers = self.numbers.compiled_as_well(*self._asked())
        return cast("Network", self._net)

    def reel(self, tiles: Tiles | None = None) -> "Reel":
        """A film of which nothing is decoded yet. tiles: where it is decoded in some."""
        return Reel(self.coder, self.found.family, self.dtype, tiles)

    @torch.no_grad()
    def coded(self, frames: Sequence[Pixels], tiles: Tiles | None = None) -> list[Tensor]:
        """8k + 1 frames (height, width, 3) as the units (1, C, 1, h, w) of a film, in the model's scale, float32."""
        pixels = to_pixels(torch.from_numpy(np.stack(list(frames)))[None]).to(
            self.device, self.dtype
        )
        units = self.coder.encode(pixels, window=WINDOW, tiles=tiles).float().split(1, 2)
        return [inward(unit, number, self.found.family) for number, unit in enumerate(units)]


class Reel:
    """A film that is decoded unit after unit, exactly as it would be as a whole."""

    def __init__(
        self, coder: VaeNet, family: str, dtype: torch.dtype, tiles: Tiles | None = None
    ) -> None:
        self._coder, self._family, self._dtype, self._tiles = coder, family, dtype, tiles
        self._pasts: list[Past] = []
        self._units = 0

    @torch.no_grad()
    def shown(self, unit: Tensor) -> list[Pixels]:
        """The frames of the next unit (1, C, 1, h, w), in the model's scale: one of the first, eight of each other."""
        own = outward(unit, self._units, self._family).to(self._dtype)
        pasts = count()

        def decode(part: Tensor) -> Tensor:
            number = next(pasts)
            if number == len(self._pasts):
                self._pasts.append({})
            return self._coder.go_on(part, self._pasts[number])

        film = self._tiles.decoded(decode, own) if self._tiles else decode(own)
        self._units += 1
        return list(to_bytes(film)[0].cpu().numpy())


def lasting(unit: Tensor, height: int) -> Tensor:
    """A unit of any stage at full size, by repeating its numbers; height: of a full one, in pixels."""
    times = height // PIXELS // unit.shape[-2]
    return unit.repeat_interleave(times, -2).repeat_interleave(times, -1)
