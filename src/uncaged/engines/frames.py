"""Between frames, (height, width, 3) bytes, and what networks take for frames, (3, F, height, width) from −1 to 1."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from uncaged.core.order import Pixels


def pixels(signed: Tensor) -> Iterator[Pixels]:
    """(3, F, h, w), −1 … 1 -> each frame; what lies beyond is black or white."""
    for frame in signed.unbind(1):
        shade = (frame.float().nan_to_num() * 127.5 + 128).clamp(0, 255)
        yield shade.to(torch.uint8).permute(1, 2, 0).contiguous().cpu().numpy()


def signed(frames: Sequence[Pixels]) -> Tensor:
    """Frames (h, w, 3) -> (3, F, h, w) float32, −1 … 1."""
    whole = torch.as_tensor(np.stack(list(frames)))
    return whole.permute(3, 0, 1, 2).float().div_(127.5).sub_(1)


def units(frames: int, ratio: int) -> int:
    """Latent frames of so many frames: the first alone, then one for each `ratio`."""
    return -(-(frames - 1) // ratio) + 1


def whole(frames: int, ratio: int) -> int:
    """So many frames at least that fill their latent frames: one, and `ratio` for each further one."""
    return (units(frames, ratio) - 1) * ratio + 1


class Scale:
    """Between latents as a coder has them and as a network learnt them: each channel with its middle and its width."""

    def __init__(self, mean: Any, std: Any, factor: float = 1.0) -> None:
        """mean, std: a number for each channel, or None where they are as the coder has them."""
        plain = mean is None or std is None
        self._mean = torch.zeros(1) if plain else torch.as_tensor(mean, dtype=torch.float32)
        self._width = (torch.ones(1) if plain else torch.as_tensor(std).float()) / factor

    def learnt(self, coded: Tensor) -> Tensor:
        """(F, C, H, W) of the coder -> the same as the network has it, float32."""
        return (coded.float() - self._to(self._mean, coded)) / self._to(self._width, coded)

    def coded(self, latents: Tensor) -> Tensor:
        """And back."""
        return latents * self._to(self._width, latents) + self._to(self._mean, latents)

    @staticmethod
    def _to(each: Tensor, like: Tensor) -> Tensor:
        return each.view(1, -1, 1, 1).to(like.device)
