"""Between frames, (height, width, 3) bytes, and what networks take for frames, (3, F, height, width) from −1 to 1."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from uncaged.core.order import Pixels


def pixels(signed: Tensor) -> Iterator[Pixels]:
    """(3, F, h, w), −1 … 1 -> each frame; what lies beyond is black or white."""
    for frame in signed.unbind(1):
        shade = (frame.float().nan_to_num() * 127.5 + 128).clamp(0, 255)
        yield shade.to(torch.uint8).permute(1, 2, 0).contiguous().cpu().numpy()


def signed(frames: Sequence[Pixels]) -> Tensor:
    """Frames (h, w, 3) -> (3, F, h, w) float32, −1 … 1."""
    whole = torch.from_numpy(np.stack(list(frames)))
    return whole.permute(3, 0, 1, 2).float().div_(127.5).sub_(1)


def covering(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture cut and scaled so that it fills a size (width, height): its middle, and nothing stretched."""
    height, width = picture.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    wide, high = size[0] / scale, size[1] / scale
    left, top = (width - wide) / 2, (height - high) / 2
    box = (left, top, left + wide, top + high)
    whole = Image.fromarray(picture)
    return np.asarray(whole.resize(size, Image.Resampling.LANCZOS, box=box), np.uint8)
