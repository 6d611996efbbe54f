"""The inker's network: a film of 64×64 pixels and 16 frames becomes 256×256 and 48, and by a small step more 512×512.

Feed-forward. Five frames are seen at a time at full size, more at half and a quarter of it, so that what is doubtful in
one frame is made up from its neighbours. Colours are −1 … 1. Knows neither drawings nor training nor files.
"""

from dataclasses import dataclass
from typing import Final

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.engines.seedling.inking import SIDES
from uncaged.training.seedling.layers import channels_last

TIMES: Final = 3
"""Frames that are made of one."""
LARGER: Final = 4
"""Pixels in a row that are made of one."""
SEEN: Final = 2
"""Frames before and after that are seen with each frame."""
AT_ONCE: Final = 6
"""Frames that become 512 pixels at a time."""
LEAK: Final = 0.2
"""Slope below zero. With none at all whole layers fall silent in the first steps and never speak again."""


@dataclass(frozen=True, slots=True)
class InkShape:
    """widths: channels at full size, a half, a quarter. blocks: residual blocks at each, `last` more at full size after
    the others. fine: channels of the step to 512."""

    widths: tuple[int, int, int] = (48, 64, 64)
    blocks: tuple[int, int, int] = (1, 2, 2)
    last: int = 2
    fine: int = 16


SHAPES: Final = {
    "s": InkShape(),
    "tiny": InkShape((16, 16, 16), (1, 1, 1), 1, 8),
}
"""tiny is for tests."""


class Plain(nn.Module):
    """A residual block that sees one frame: (N, C, H, W) → the same; at first it changes nothing."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = _quiet(nn.Conv2d(width, width, 3, padding=1))

    def forward(self, x: Tensor, frames: int) -> Tensor:
        """(B·frames, C, H, W) → the same."""
        return x + self.second(_lit(self.first(_lit(x))))


class Joined(nn.Module):
    """A residual block that also sees the frames before and after; at first it changes nothing."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.times = nn.Conv2d(3 * width, width, 1)
        self.second = _quiet(nn.Conv2d(width, width, 3, padding=1))

    def forward(self, x: Tensor, frames: int) -> Tensor:
        """(B·frames, C, H, W) → the same."""
        h = _lit(self.first(_lit(x)))
        h = _lit(self.times(beside(h, frames, 1)))
        return x + self.second(h)


class Inker(nn.Module):
    """From films to larger ones. side: what `forward` makes of 64 pixels, 256 or 512; weights serve both."""

    def __init__(self, shape: InkShape, side: int = SIDES[0]) -> None:
        super().__init__()
        self.side = side
        full, half, quarter = shape.widths
        self.into = nn.Conv2d(3 * (2 * SEEN + 1), full, 3, padding=1)
        self.first = _row(Plain, full, shape.blocks[0])
        self.down = nn.Conv2d(full, half, 3, 2, 1)
        self.second = _row(Joined, half, shape.blocks[1])
        self.deeper = nn.Conv2d(half, quarter, 3, 2, 1)
        self.third = _row(Joined, quarter, shape.blocks[2])
        self.rise = nn.Conv2d(quarter, half, 1)
        self.up = nn.Conv2d(half, full, 1)
        self.last = _row(Plain, full, shape.last)
        self.out = _quiet(nn.Conv2d(full, TIMES * LARGER * LARGER * 3, 3, padding=1))
        self.fine = nn.Conv2d(3, shape.fine, 3, padding=1)
        self.finer = _quiet(nn.Conv2d(shape.fine, 12, 3, padding=1))
        for part in self.modules():
            if isinstance(part, nn.Conv2d) and bool(part.weight.any()):
                nn.init.kaiming_normal_(part.weight, LEAK)
                _silent(part)

    def forward(self, film: Tensor) -> Tensor:
        """(T, h, w, 3) → (3·T, k·h, k·w, 3), with k 4 or 8 by `side`. h, w: multiples of 4."""
        return torch.cat(self.parts(film))

    def parts(self, film: Tensor) -> list[Tensor]:
        """What `forward` gives, in parts of some frames: at 512 pixels all of them at once take much memory."""
        large = self.ink(film, len(film))
        if self.side == SIDES[0]:
            return [large]
        return [self.enlarge(part) for part in large.split(AT_ONCE)]

    def ink(self, films: Tensor, frames: int) -> Tensor:
        """(B·frames, h, w, 3) → (3·B·frames, 4·h, 4·w, 3). What is made of one frame lies about its time, the second at
        it."""
        x = films.permute(0, 3, 1, 2)
        h = _through(self.first, self.into(beside(x, frames, SEEN)), frames)
        low = _through(self.second, self.down(h), frames)
        lowest = _through(self.third, self.deeper(low), frames)
        low = low + _doubled(self.rise(lowest))
        h = _through(self.last, h + _doubled(self.up(low)), frames)
        cells = self.out(_lit(h)) + x.repeat(1, TIMES * LARGER * LARGER, 1, 1)
        n, _, high, wide = cells.shape
        cells = cells.view(n, TIMES, LARGER, LARGER, 3, high, wide).permute(0, 1, 5, 2, 6, 3, 4)
        return cells.reshape(n * TIMES, LARGER * high, LARGER * wide, 3)

    def enlarge(self, films: Tensor) -> Tensor:
        """(N, h, w, 3) → (N, 2·h, 2·w, 3), each frame by itself."""
        x = films.permute(0, 3, 1, 2)
        cells = self.finer(_lit(self.fine(x))) + x.repeat(1, 4, 1, 1)
        n, _, high, wide = cells.shape
        cells = cells.view(n, 2, 2, 3, high, wide).permute(0, 4, 1, 5, 2, 3)
        return cells.reshape(n, 2 * high, 2 * wide, 3)

    def finest(self) -> list[nn.Parameter]:
        """The parameters of the step to 512."""
        return [*self.fine.parameters(), *self.finer.parameters()]


def beside(x: Tensor, frames: int, reach: int) -> Tensor:
    """(B·frames, C, H, W) → (B·frames, (2·reach + 1)·C, H, W): each frame with those before and after it; where a film
    ends, its first or last once more."""
    film = x.unflatten(0, (-1, frames))
    first, last = film[:, :1], film[:, -1:]
    long = torch.cat([first] * reach + [film] + [last] * reach, 1)
    seen = [long[:, i : i + frames].flatten(0, 1) for i in range(2 * reach + 1)]
    return torch.cat(seen, 1)


def built(size: str) -> Inker:
    """A fresh network in fp32, convolutions channels-last. Seed torch first: the same seed gives the same weights."""
    return channels_last(Inker(SHAPES[size]))


def _row(block: type[Plain] | type[Joined], width: int, count: int) -> nn.ModuleList:
    return nn.ModuleList([block(width) for _ in range(count)])


def _through(blocks: nn.ModuleList, x: Tensor, frames: int) -> Tensor:
    for block in blocks:
        x = block(x, frames)
    return x


def _lit(x: Tensor) -> Tensor:
    return functional.leaky_relu(x, LEAK)


def _doubled(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def _quiet(layer: nn.Conv2d) -> nn.Conv2d:
    """The same layer, beginning at zero."""
    nn.init.zeros_(layer.weight)
    _silent(layer)
    return layer


def _silent(layer: nn.Conv2d) -> None:
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
