"""The parts of Seedling's network that see one frame: convolutions led by the caption, attention, words.

Tensors are channels-last, (frames, height, width, channels). A part knows neither training nor files nor grammar.
"""

import math
from typing import Any, TypeVar

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

Part = TypeVar("Part", bound=nn.Module)


class Conv(nn.Conv2d):
    """A convolution over height and width of (N, H, W, C); `zero`: it begins by saying nothing."""

    def __init__(
        self, inside: int, outside: int, reach: int = 3, *, stride: int = 1, zero: bool = False
    ) -> None:
        super().__init__(inside, outside, reach, stride, reach // 2)
        if zero:
            nn.init.zeros_(self.weight)
        if self.bias is not None:
            nn.init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """(N, H, W, inside) -> (N, H / stride, W / stride, outside)."""
        x = super().forward(input.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        if (
            torch.compiler.is_exporting()
        ):  # the tracer guesses the order of a convolution's memory, wrongly
            return x.clone(memory_format=torch.contiguous_format)
        return x


def channels_last(part: Part) -> Part:
    """The same part, its convolutions' weights in the order in which they are fastest."""
    untyped: Any = part  # of `Module.to` torch types three ways, and not this one
    return untyped.to(memory_format=torch.channels_last)


def normed(x: Tensor) -> Tensor:
    """Mean 0 and variance 1 over the last axis (LayerNorm without weights)."""
    return functional.layer_norm(x, (x.shape[-1],))


def quiet(layer: nn.Linear) -> nn.Linear:
    """The same layer, beginning at zero: what is added to a trained network changes nothing at first."""
    nn.init.zeros_(layer.weight)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


class Waves(nn.Module):
    """A time in 0..1 as `count` sines and cosines, their frequencies from top^½ down to top^-½, evenly in the log."""

    rates: Tensor

    def __init__(self, count: int, top: float) -> None:
        super().__init__()
        half = count // 2
        steps = torch.arange(half, dtype=torch.float32)
        rates = torch.exp(steps * (-math.log(top) / (half - 1))) * math.sqrt(top)
        self.register_buffer("rates", rates, persistent=False)

    def forward(self, time: Tensor) -> Tensor:
        """(N,) -> (N, count), in fp32 whatever the network computes in."""
        angle = time.float()[:, None] * self.rates.float()
        return torch.cat([angle.sin(), angle.cos()], 1)


class Block(nn.Module):
    """A residual block whose norms are scaled and shifted by caption, flow time and frame time (FiLM)."""

    def __init__(self, inside: int, outside: int, said: int) -> None:
        super().__init__()
        self.first = Conv(inside, outside)
        self.second = Conv(outside, outside, zero=True)
        self.lead = nn.Linear(said, inside + 2 * outside)
        self.past = Conv(inside, outside, 1) if inside != outside else nn.Identity()
        self.widths = [inside, outside, outside]

    def forward(self, x: Tensor, said: Tensor) -> Tensor:
        """(N, H, W, inside), (N, said) -> (N, H, W, outside)."""
        before, scale, shift = self.lead(said)[:, None, None].split(self.widths, -1)
        h = self.first(functional.silu(normed(x) * (1 + before)))
        h = self.second(functional.silu(torch.addcmul(shift, normed(h), 1 + scale)))
        return self.past(x) + h


class Attention(nn.Module):
    """Full attention among the tokens given, with the words as extra keys; q and k are normed.

    By hand rather than by `scaled_dot_product_attention`: on short rows in bf16 on a CPU that one costs two to four
    times as much, forward and backward.
    """

    def __init__(self, width: int, said: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.own = nn.Linear(width, 3 * width, bias=False)
        self.words = nn.Linear(said, 2 * width, bias=False)
        self.out = quiet(nn.Linear(width, width))

    def forward(self, x: Tensor, words: Tensor) -> Tensor:
        """(N, L, width), (N, W, said) -> what to add to x, (N, L, width)."""
        q, k, v = self.own(normed(x)).chunk(3, -1)
        word_k, word_v = self.words(words).chunk(2, -1)
        keys, values = torch.cat([k, word_k], 1), torch.cat([v, word_v], 1)
        return self.out(attend(q, keys, values, self.heads))


class Reading(nn.Module):
    """Each place of a frame looks at the words alone: which subject is meant here, and what was said of it."""

    def __init__(self, width: int, said: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.own = nn.Linear(width, width, bias=False)
        self.words = nn.Linear(said, 2 * width, bias=False)
        self.out = quiet(nn.Linear(width, width))

    def forward(self, x: Tensor, words: Tensor) -> Tensor:
        """(B, L, width) with all places of all frames of a film in L, (B, W, said) -> what to add, (B, L, width)."""
        keys, values = self.words(words).chunk(2, -1)
        return self.out(attend(self.own(normed(x)), keys, values, self.heads))


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
    """softmax(q·kᵀ/√d)·v in `heads` heads: (N, L, C), (N, M, C), (N, M, C) -> (N, L, C)."""
    n, length, width = q.shape
    each = width // heads
    q = normed(q.reshape(n, length, heads, each).transpose(1, 2))
    k = normed(k.reshape(n, -1, heads, each).transpose(1, 2))
    v = v.reshape(n, -1, heads, each).transpose(1, 2)
    weights = torch.softmax(q @ k.transpose(-1, -2) * each**-0.5, -1)
    return (weights @ v).transpose(1, 2).reshape(n, length, width)
