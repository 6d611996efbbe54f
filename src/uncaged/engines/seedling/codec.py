"""The codec: films as latents and back, by one matrix. Patches of 4×4 pixels and 2 frames become a few numbers each.

Fitted once (principal components), then fixed; it is linear, so what is added in latents is added in pixels. Knows no
network and no drawings.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self, TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import FileDamaged

Floats: TypeAlias = NDArray[np.float32]
Frames: TypeAlias = NDArray[np.uint8]

PATCH: Final = 4
"""Pixels of a patch's side."""
PAIR: Final = 2
"""Frames of a patch."""
NUMBERS: Final = PAIR * PATCH * PATCH * 3
"""What a patch has before it is coded: 96."""


@dataclass(frozen=True, slots=True, eq=False)
class Codec:
    """mean: (96,) of patches, −1 … 1. into: (96, k), patch → numbers. back: (k, 96), numbers → patch. All float32.

    The numbers are in order of what they carry, each scaled by the root of its deviation, their variance 1 in all.
    """

    mean: Floats
    into: Floats
    back: Floats

    @property
    def kept(self) -> int:
        """How many numbers of a patch are kept."""
        return self.into.shape[1]

    @property
    def hash(self) -> str:
        """SHA-256 of its numbers, in hexadecimal: the codec's name."""
        digest = sha256(f"codec {PAIR} {PATCH} {self.kept} ".encode())
        for part in (self.mean, self.into, self.back):
            digest.update(np.ascontiguousarray(part, "<f4").tobytes())
        return digest.hexdigest()

    def encode(self, frames: Frames) -> Floats:
        """(…, n, h, w, 3) uint8 → (…, n/2, h/4, w/4, k) float32. n even, h and w multiples of 4."""
        rows = patches(signed(frames))
        rows -= self.mean
        return rows @ self.into

    def decode(self, latents: NDArray[Any]) -> Frames:
        """(…, t, h, w, k) of any float → (…, 2t, 4h, 4w, 3) uint8; what is beyond black and white is cut off."""
        pixels = (self.pixels(latents) + 1) * 127.5 + 0.5
        return np.clip(pixels, 0, 255).astype(np.uint8)

    def pixels(self, latents: NDArray[Any]) -> Floats:
        """(…, t, h, w, k) → (…, 2t, 4h, 4w, 3) float32, about −1 … 1 and not cut off."""
        return unpatched(latents.astype(np.float32) @ self.back + self.mean)

    def save(self, path: Path) -> None:
        """Writes it as an `.npz` file."""
        with path.open("wb") as file:
            np.savez(file, mean=self.mean, into=self.into, back=self.back)

    @classmethod
    def shipped(cls) -> Self:
        """The codec of the package, which its weights were trained with."""
        return cls.load(Path(__file__).with_name("codec.npz"))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads what `save` wrote; raises `FileDamaged` where that is no codec."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
                codec = cls(*(found[name].astype("<f4") for name in ("mean", "into", "back")))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise FileDamaged(f"{path} is no codec of Seedling.", "Fetch it again.") from error
        k = codec.into.shape[-1]
        shapes = (codec.mean.shape, codec.into.shape, codec.back.shape)
        if shapes != ((NUMBERS,), (NUMBERS, k), (k, NUMBERS)):
            raise FileDamaged(f"{path} is a codec of another shape: {shapes}.", "Fetch it again.")
        return codec


def signed(frames: Frames) -> Floats:
    """Bytes as float32, −1 … 1."""
    out = frames.astype(np.float32)
    out *= 1 / 127.5
    out -= 1
    return out


def patches(films: Floats) -> Floats:
    """(…, n, h, w, 3) → (…, n/2, h/4, w/4, 96): each patch as one row, frame by frame, line by line."""
    *before, n, h, w, _ = films.shape
    split = films.reshape(*before, n // PAIR, PAIR, h // PATCH, PATCH, w // PATCH, PATCH, 3)
    b = len(before)
    rows = split.transpose(*range(b), b, b + 2, b + 4, b + 1, b + 3, b + 5, b + 6)
    return rows.reshape(*rows.shape[: b + 3], NUMBERS)


def unpatched(rows: Floats) -> Floats:
    """(…, t, h, w, 96) → (…, 2t, 4h, 4w, 3): `patches` undone."""
    *before, t, h, w, _ = rows.shape
    split = rows.reshape(*before, t, h, w, PAIR, PATCH, PATCH, 3)
    b = len(before)
    films = split.transpose(*range(b), b, b + 3, b + 1, b + 4, b + 2, b + 5, b + 6)
    return films.reshape(*before, t * PAIR, h * PATCH, w * PATCH, 3)
