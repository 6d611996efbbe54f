"""What both transformers are made of: time and text as one vector, norms that it leads, attention, and what follows it.

Tensors are (B, tokens, width). Parameters bear the names under which the weights were published. Led norms: Peebles and
Xie 2023 (arXiv 2212.09748), section 3.2. Joint attention: Esser et al. 2024 (arXiv 2403.03206), section 4.
"""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.engines.pyramid.tokens import Group, attend

WAVES = 256
"""Numbers in which a timestep is told: half cosines, half sines."""


def waves(timestep: Tensor) -> Tensor:
    """(B,) in 0…1000 -> (B, 256) in float32, cosines first, frequencies from 1 down to almost 1/10000."""
    half = WAVES // 2
    steps = torch.arange(half, dtype=torch.float32, device=timestep.device)
    angles = timestep.float()[:, None] * torch.exp(steps * (-math.log(10000.0) / half))
    return torch.cat([angles.cos(), angles.sin()], 1)


class TwoLayers(nn.Module):
    """Linear, SiLU, Linear."""

    def __init__(self, inside: int, width: int) -> None:
        super().__init__()
        self.linear_1 = nn.Linear(inside, width)
        self.linear_2 = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inside) -> (B, width)."""
        return self.linear_2(functional.silu(self.linear_1(x)))


class TimeText(nn.Module):
    """What leads every norm: the timestep and the text as a whole."""

    def __init__(self, pooled: int, width: int) -> None:
        super().__init__()
        self.timestep_embedder = TwoLayers(WAVES, width)
        self.text_embedder = TwoLayers(pooled, width)

    def forward(self, timestep: Tensor, pooled: Tensor) -> Tensor:
        """(B,) in 0…1000, (B, pooled) -> (B, width)."""
        time = self.timestep_embedder(waves(timestep).to(pooled.dtype))
        return time + self.text_embedder(pooled)


class Led(nn.Module):
    """Shifts, scales and gates from the leading vector, `parts` of them."""

    def __init__(self, width: int, parts: int) -> None:
        super().__init__()
        self.parts = parts
        self.linear = nn.Linear(width, parts * width)

    def forward(self, lead: Tensor) -> tuple[Tensor, ...]:
        """(B, width) -> `parts` of (B, 1, width)."""
        return self.linear(functional.silu(lead))[:, None].chunk(self.parts, -1)


def led(x: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    """LayerNorm without weights, scaled and shifted."""
    return functional.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale) + shift


class Rms(nn.Module):
    """Each head's queries or keys at length √d, times a learnt weight; the length is taken in float32."""

    def __init__(self, size: int, eps: float) -> None:
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        """(…, size) -> the same."""
        normed = functional.rms_norm(x.float(), x.shape[-1:], eps=self.eps)
        return normed.to(x.dtype) * self.weight


def turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Neighbouring pairs of numbers turned by an angle, in float32: (B, heads, N, d), (N, d/2) twice -> as x."""
    first, second = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    pairs = torch.stack([first * cos - second * sin, first * sin + second * cos], -1)
    return pairs.flatten(-2).to(x.dtype)


def in_heads(x: Tensor, heads: int) -> Tensor:
    """(B, N, heads · d) -> (B, heads, N, d)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def looked(
    q: Tensor, k: Tensor, v: Tensor, turn: tuple[Tensor, Tensor], groups: Sequence[Group]
) -> Tensor:
    """Turned queries look at turned keys.

    (B, heads, N or less, d), (B, heads, N, d) twice -> (B, N or less, heads · d).
    Fewer queries than keys are the last of them.
    """
    cos, sin = turn
    own = q.shape[2]
    q, k = turned(q, cos[-own:], sin[-own:]), turned(k, cos, sin)
    return attend(q, k, v, groups).transpose(1, 2).flatten(2)


class Widened(nn.Module):
    """Linear, GELU (by tanh)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.proj = nn.Linear(width, 4 * width)

    def forward(self, x: Tensor) -> Tensor:
        """(…, width) -> (…, 4 · width)."""
        return functional.gelu(self.proj(x), approximate="tanh")


class Thinking(nn.Module):
    """What every token does for itself: four times as wide, and back."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = nn.Sequential(Widened(width), nn.Identity(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor) -> Tensor:
        """(…, width) -> the same."""
        return self.net(x)
