"""Seedling's network: a U-Net on latent frames that names the clean latent.

What one frame needs is a picture network led by caption, flow time and the frame's own time in the film; what joins the
frames (joining.py) is passed over where there is only one. Export needs no branch on data: T is a fixed number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.training.seedling.joining import FilmAttention, Joining, Mixing, Neighbours
from uncaged.training.seedling.layers import Attention, Block, Conv, Reading, channels_last, normed
from uncaged.training.seedling.saying import Saying, SlotSize, spread

SIDE, CHANNELS, FRAMES = 16, 32, 8
"""A latent frame is SIDE × SIDE × CHANNELS, a film has FRAMES of them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """widths: channels at 16×16, 8×8, 4×4. said: of the condition and the words. hidden: of the layer that makes it."""

    widths: tuple[int, int, int]
    said: int
    hidden: int
    blocks: int = 2


SHAPES = {
    "s": Shape((64, 128, 192), 256, 384),
    "m": Shape((112, 224, 336), 384, 512),
    "tiny": Shape((16, 24, 32), 32, 48, blocks=1),
}
"""s and m are what is trained; tiny is for tests and for the teaching document."""


class Level(nn.Module):
    """One size of picture, on the way down or up: blocks, each followed by its neighbours in time; then what looks
    further. In the middle level the words are read; in the lowest each frame attends to itself, on the way down."""

    def __init__(self, inside: int, shape: Shape, depth: int, *, down: bool) -> None:
        super().__init__()
        width, said = shape.widths[depth], shape.said
        lowest = depth == len(shape.widths) - 1
        self.blocks = nn.ModuleList(
            [Block(inside if i == 0 else width, width, said) for i in range(shape.blocks)]
        )
        self.neighbours = nn.ModuleList([Neighbours(width) for _ in range(shape.blocks)])
        self.reading = Reading(width, said) if depth == 1 else None
        self.mixing = None if lowest else Mixing(width, said, FRAMES)
        self.film = FilmAttention(width, said, FRAMES) if depth > 0 else None
        self.attention = Attention(width, said) if lowest and down else None

    def forward(self, h: Tensor, said: Tensor, words: Tensor, frames: int) -> Tensor:
        """(B·T, H, W, inside), (B·T, said), (B, W, said) -> (B·T, H, W, width)."""
        for block, neighbours in zip(self.blocks, self.neighbours, strict=True):
            h = block(h, said)
            if frames > 1:
                h = neighbours(h, frames)
        if self.reading is not None:
            places = h.reshape(h.shape[0] // frames, -1, h.shape[-1])
            h = h + self.reading(places, words).reshape(h.shape)
        if self.mixing is not None and frames > 1:
            h = self.mixing(h, said, frames)
        if self.film is not None and frames > 1:
            h = self.film(h, words, frames)
        if self.attention is not None:
            places = h.reshape(h.shape[0], -1, h.shape[-1])
            h = h + self.attention(places, spread(words, frames)).reshape(h.shape)
        return h


class UNet(nn.Module):
    """The network of one shape for the slots of one grammar."""

    def __init__(self, shape: Shape, slots: Sequence[SlotSize]) -> None:
        super().__init__()
        widths = shape.widths
        last = len(widths) - 1
        self.saying = Saying(slots, shape.said, shape.hidden)
        self.enter = Conv(CHANNELS, widths[0])
        self.mixing = Mixing(widths[0], shape.said, FRAMES)
        self.places = nn.ParameterList(
            [
                nn.Parameter(torch.randn(1, SIDE >> i, SIDE >> i, width) * 0.1)
                for i, width in enumerate(widths)
            ]
        )
        self.down = nn.ModuleList(
            [Level(width, shape, i, down=True) for i, width in enumerate(widths)]
        )
        self.up = nn.ModuleList(
            [Level(2 * width, shape, i, down=False) for i, width in enumerate(widths)]
        )
        self.smaller = nn.ModuleList(
            [Conv(widths[i], widths[i + 1], stride=2) for i in range(last)]
        )
        self.larger = nn.ModuleList([Conv(widths[i + 1], widths[i], 1) for i in range(last)])
        self.leave = Conv(widths[0], CHANNELS, zero=True)

    def forward(self, x: Tensor, t: Tensor, labels: Tensor, tau: Tensor, frames: int = 1) -> Tensor:
        """The clean latent behind a noisy one.

        x (B·T, 16, 16, 32); t (B·T,) flow time of each frame, 0 clean to 1 noise; labels (B, all labels), any real
        numbers; tau (B·T,) the frame's time in the film, 0..1; frames: T, 1 or 8. -> (B·T, 16, 16, 32).
        """
        kind = self.enter.weight.dtype
        vectors = self.saying.vectors(labels.to(kind))
        words = self.saying.words(vectors)
        said = self.saying.condition(vectors, t, tau, frames)
        h = self.enter(x.to(kind))
        if frames > 1:
            h = self.mixing(h, said, frames)
        kept: list[Tensor] = []
        for i, level in enumerate(self.down):
            h = level(h + self.places[i], said, words, frames)
            kept.append(h)
            if i < len(self.smaller):
                h = self.smaller[i](h)
        for i in reversed(range(len(self.up))):
            h = self.up[i](torch.cat([h, kept[i]], -1), said, words, frames)
            if i > 0:
                h = twice(self.larger[i - 1](h))
        return self.leave(functional.silu(normed(h)))


def twice(x: Tensor) -> Tensor:
    """Every place four times: (N, H, W, C) -> (N, 2H, 2W, C)."""
    n, height, wide, width = x.shape
    x = x[:, :, None, :, None].expand(n, height, 2, wide, 2, width)
    return x.reshape(n, 2 * height, 2 * wide, width)


def joining(net: nn.Module) -> set[str]:
    """The names of the parameters that join frames."""
    return {
        f"{name}.{own}"
        for name, part in net.named_modules()
        if isinstance(part, Joining)
        for own, _ in part.named_parameters()
    }


def built(size: str, slots: Sequence[SlotSize]) -> UNet:
    """A fresh network in fp32, convolutions channels-last. Seed torch first: the same seed gives the same weights."""
    return channels_last(UNet(SHAPES[size], slots))
