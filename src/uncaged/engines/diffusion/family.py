"""What a family brings: how words become conditions, noise becomes an estimate, and latents become frames.

Latents are (F, C, H, W) in every family, one frame of them behind the other; whatever a network wants instead, its
family does. Knows no score and no archive.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

from torch import Tensor, nn

from uncaged.core.order import Pixels, Sound
from uncaged.engines.hooks import Hook
from uncaged.engines.named import Named
from uncaged.engines.sampling import Weight
from uncaged.engines.solvers import Way

Turned: TypeAlias = Mapping[str, Any]
"""Dials and other options by their names, as they stand."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Frames (height, width, 3) that a film has, one after the other: the first of them is its frame `at`, from 0."""

    frames: Sequence[Pixels]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Guided:
    """What a loop asks of a network: see `sampling.sample`."""

    conds: Sequence[Any]
    weights: Sequence[Weight]
    hooks: Sequence[Hook] = ()


@runtime_checkable
class Guides(Protocol):
    """A family with more guidance than one weight for the words."""

    def guided(self, conds: Sequence[Any], times: Sequence[float], turned: Turned) -> Guided:
        """What is asked in each step. conds: what guidance leads away from, and what it leads to. turned: every dial as
        it stands."""
        ...


@runtime_checkable
class Sounds(Protocol):
    """A family that draws a film's sound along: its latents are `Named`, `video` (F, C, H, W) and `audio`."""

    def sounding(self, shape: Sequence[int], fps: float) -> tuple[int, ...]:
        """The shape of the sound's latents, beside those of a film of this shape and so many frames a second."""
        ...

    @property
    def spoken(self) -> tuple[int, int]:
        """Channels and samples a second of its sound."""
        ...

    def heard(self, latents: Named, begin: float, end: float) -> Sound:
        """The sound of clean latents between these seconds."""
        ...

    def hears(self, count: int) -> tuple[float, tuple[int, int]]:
        """How many seconds of a sound make so many latents, and which channels and samples a second they are."""
        ...

    def sounded(self, sound: Sound, count: int) -> Tensor:
        """So many clean latents of a sound, which is as `hears` says: what `heard` would give back, nearly."""
        ...


class Denoiser(Protocol):
    """The opened networks of a model."""

    way: Way
    """From clean to noise; see `solvers`."""

    solver: str
    """The solver it was published with, a key of `solvers.SOLVERS`."""

    device: str

    leads: bool
    """Where a network wants more latent frames than a film has: whether they stand before the others, or after them."""

    @property
    def ratio(self) -> int:
        """Frames of a latent frame; the first has one alone."""
        ...

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        """Those that draw, by the names of their folders: what adapters change."""
        ...

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Latents of so many frames of a size (width, height) in pixels: (F, C, H, W)."""
        ...

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        """Steps + 1 shares of noise, from all of it to none; with a bend of 0 those it was published with."""
        ...

    def told(self, text: str) -> tuple[Any, int]:
        """A text as a condition, and how many of its tokens were left out because there is no place for more."""
        ...

    def within(self, told: Any, fps: float, seed: int) -> Any:
        """The condition in a film of so many frames a second and this seed, where a network is told of either."""
        ...

    def beside(self, told: Any, shown: Sequence[Shown], shape: Sequence[int]) -> Any:
        """The condition, and that the film has these frames: as much of it as the network can be told."""
        ...

    def estimate(self, x: Any, sigma: float, told: Any) -> Any:
        """What is clean in x at a time, under one condition: (F, C, H, W) float32, like x; `Named` where x is."""
        ...

    def frames(
        self, latents: Any, count: int, seed: int = 0, *, tiled: bool = False
    ) -> Iterator[Pixels]:
        """The last step: `count` frames of clean latents. seed: of what a coder adds by lot, where it adds any. tiled:
        in tiles, where the family can (`Published.tile`)."""
        ...

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        """Clean latents of frames: what `frames` would give back."""
        ...
