"""The parts of Seedling's network that join the frames of a film. All begin by saying nothing, so that a network that
has learned single frames draws the same frames at first.

A film of T frames is T neighbours on the first axis of (B·T, H, W, C). `Joining` marks what single frames never use.
"""

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.training.seedling.layers import Attention, normed, quiet


class Joining(nn.Module):
    """Weights that only films teach: an optimiser leaves them alone in a step on single frames."""


class Neighbours(Joining):
    """A convolution of three taps over time, made as one linear layer, two shifts and a sum."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.taps = quiet(nn.Linear(width, 3 * width))

    def forward(self, x: Tensor, frames: int) -> Tensor:
        """(B·T, H, W, C) -> the same."""
        n, height, wide, width = x.shape
        taps = self.taps(functional.silu(normed(x)))
        taps = taps.reshape(n // frames, frames, height * wide, 3 * width)
        before, here, after = taps.chunk(3, -1)
        none = torch.zeros_like(before[:, :1])
        h = here + torch.cat([none, before[:, :-1]], 1) + torch.cat([after[:, 1:], none], 1)
        return x + h.reshape(n, height, wide, width)


class Mixing(Joining):
    """Each frame takes a weighted sum over all frames. Caption, flow time and frame time decide who listens to whom,
    not the picture: *still* can average at once."""

    def __init__(self, width: int, said: int, frames: int, groups: int = 4) -> None:
        super().__init__()
        self.groups = groups
        self.value = nn.Linear(width, width, bias=False)
        self.who = quiet(nn.Linear(said, groups * frames))

    def forward(self, x: Tensor, said: Tensor, frames: int) -> Tensor:
        """(B·T, H, W, C), (B·T, said) -> (B·T, H, W, C)."""
        n, height, wide, width = x.shape
        films, groups, each = n // frames, self.groups, width // self.groups
        value = self.value(normed(x)).reshape(films, frames, height * wide, groups, each)
        value = value.permute(0, 3, 1, 2, 4).reshape(films * groups, frames, -1)
        who = self.who(said).reshape(films, frames, groups, frames).transpose(1, 2)
        mixed = torch.bmm(who.reshape(films * groups, frames, frames), value)
        mixed = mixed.reshape(films, groups, frames, height * wide, each).permute(0, 2, 3, 1, 4)
        return x + mixed.reshape(n, height, wide, width)


class FilmAttention(Joining):
    """Full attention over all places of all frames of a film."""

    def __init__(self, width: int, said: int, frames: int) -> None:
        super().__init__()
        self.moment = nn.Parameter(torch.randn(1, frames, 1, width) * 0.1)
        self.attention = Attention(width, said)

    def forward(self, x: Tensor, words: Tensor, frames: int) -> Tensor:
        """(B·T, H, W, C), (B, W, said) -> (B·T, H, W, C)."""
        n, height, wide, width = x.shape
        tokens = x.reshape(n // frames, frames, height * wide, width) + self.moment
        tokens = tokens.reshape(n // frames, frames * height * wide, width)
        return x + self.attention(tokens, words).reshape(x.shape)
