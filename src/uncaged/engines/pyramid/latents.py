"""Sizes and numbers of a film in latents: frames and units, what a model takes for its own scale, noise from a seed.

Plain arithmetic on numpy arrays or torch tensors; knows no network.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.core.genome import Genome
from uncaged.core.words import _
from uncaged.engines import noises
from uncaged.engines.pyramid.stages import STAGES, Latents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PIXELS: Final = 8
"""Pixels of a latent's side, and frames of a unit, but for the first unit, which is one frame."""

GRAIN: Final = 64
"""Width and height are multiples of it: 8 pixels a latent, halved twice, 2×2 latents a token."""

FIRST: Final[Mapping[str, tuple[float, float]]] = {
    "miniflux": (-0.04, 1.8726),
    "mmdit": (0.1490, 1.8415),
}
"""Shift and spread of a film's first unit, and of still pictures."""

OTHERS: Final = (-0.2343, 3.0986)
"""Shift and spread of every other unit, of either family."""

Noise: TypeAlias = Callable[[int, int], Any]
"""Unit and stage → white noise at the size of that stage, (B, C, 1, h, w). One answer for one question."""


def frames(units: int) -> int:
    """Frames of a film of `units` latent frames: 1, 9, 17 …"""
    return PIXELS * (units - 1) + 1


def units(count: int) -> int:
    """Latent frames of a film of `count` frames. Raises `AskedWrong` where it is not one more than a multiple of 8."""
    if count < 1 or count % PIXELS != 1:
        near = max(0, round((count - 1) / PIXELS))
        raise AskedWrong(
            _("Pyramid Flow draws 1, 9, 17 … frames, not %(count)s.") % {"count": count},
            _("Ask for %(near)s frames.") % {"near": frames(near + 1)},
            "frames",
        )
    return (count - 1) // PIXELS + 1


def enough(count: int) -> int:
    """Latent frames of which a film of `count` frames, 1 or more, can be cut."""
    return -(-(count - 1) // PIXELS) + 1


def side(pixels: int) -> int:
    """Latents along a side. Raises `AskedWrong` where it is no multiple of 64."""
    if pixels < GRAIN or pixels % GRAIN:
        raise AskedWrong(
            _("Pyramid Flow draws sides that are multiples of %(grain)s pixels, not %(pixels)s.")
            % {"grain": GRAIN, "pixels": pixels},
            _("Ask for %(near)s.") % {"near": max(1, round(pixels / GRAIN)) * GRAIN},
            "size",
        )
    return pixels // PIXELS


def inward(unit: Latents, number: int, family: str) -> Latents:
    """From the coder's scale to the model's: unit `number` of a film, by `family` ("miniflux" or "mmdit")."""
    shift, spread = OTHERS if number else FIRST[family]
    return (unit - shift) / spread


def outward(unit: Latents, number: int, family: str) -> Latents:
    """From the model's scale back to the coder's."""
    shift, spread = OTHERS if number else FIRST[family]
    return unit * spread + shift


def seeded(seed: int, width: int, height: int, channels: int = 16) -> Noise:
    """White noise by a seed, for pictures of `width` × `height` pixels: (1, channels, 1, h, w) in float32.

    Every unit and stage has a stream of its own (PCG64), so that a longer film begins as the shorter one does.
    Raises `AskedWrong` for a side that cannot be.
    """
    tall, wide = side(height), side(width)

    def noise(unit: int, stage: int) -> "NDArray[np.float32]":
        less = STAGES - 1 - stage
        return noises.drawn([seed, unit, stage], (1, channels, 1, tall >> less, wide >> less))

    return noise


def standing(genome: Genome, seed: int, size: tuple[int, int], channels: int = 16) -> Noise:
    """White noise of a position, for pictures of a size (width, height): that of `seeded` of each seed it names, in its
    proportions and as warm; that of `seed` where it names none."""

    def noise(unit: int, stage: int) -> "NDArray[np.float32]":
        return noises.blended(genome, seed, lambda own: seeded(own, *size, channels)(unit, stage))

    return noise
