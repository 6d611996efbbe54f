"""Films from a checkpoint, in torch: what the judge looks at. The studio performs without torch, elsewhere.

Euler steps along the rectified flow (Liu et al. 2022) from t = 1 to 0, with guidance between what was said and nothing
(Ho and Salimans 2022). The key frame is drawn alone first, then all frames around it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from uncaged.training.seedling.checkpoint import Checkpoint
from uncaged.training.seedling.network import CHANNELS, FRAMES, SIDE, UNet, built
from uncaged.training.seedling.saying import SlotSize

LEAST = 0.05
"""Velocities are divided by the flow time, but never by less."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How films are drawn. guidance: 1 = as learned, any real number. bend: > 1 spends more steps on much noise.

    key_place: which frame is drawn first (−1: none); it stands at the flow time `key_time` while the others are drawn.
    """

    steps: int = 12
    guidance: float = 2.0
    bend: float = 1.5
    key_place: int = 4
    key_time: float = 0.1

    def times(self) -> list[float]:
        """steps + 1 flow times, 1 to 0."""
        even = np.linspace(1, 0, self.steps + 1)
        return (self.bend * even / (1 + (self.bend - 1) * even)).tolist()


def loaded(checkpoint: Checkpoint, dtype: torch.dtype, device: str = "cpu") -> UNet:
    """The network of a checkpoint with its running mean as weights."""
    slots = [SlotSize(name, count) for name, count in checkpoint.body["slots"]]
    net = built(checkpoint.body["recipe"]["size"], slots)
    tensors = checkpoint.tensors()
    net.load_state_dict({name: tensors[f"mean.{name}"] for name, _ in net.named_parameters()})
    return net.to(device=device, dtype=dtype).eval()


def films(
    net: UNet, labels: NDArray[np.float32], seeds: Sequence[int], manner: Manner = Manner()
) -> NDArray[np.float32]:
    """One film per row of labels (n, all labels), each from its own seed: latents (n, 8, 16, 16, 32)."""
    said = torch.from_numpy(labels)
    noise = torch.stack([_noise(seed, FRAMES) for seed in seeds])
    key = None
    if manner.key_place >= 0:
        tau = (manner.key_place + 0.5) / FRAMES
        first = torch.stack([_noise(seed + 2**32, 1) for seed in seeds])
        key = _drawn(net, said, first, torch.full((1,), tau), manner, None)[:, 0]
    tau = (torch.arange(FRAMES) + 0.5) / FRAMES
    return _drawn(net, said, noise, tau, manner, key).numpy()


def frames(
    net: UNet,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
    taus: NDArray[np.float32],
    manner: Manner = Manner(),
) -> NDArray[np.float32]:
    """Single frames, each at its own time in its film (n,) 0..1: latents (n, 16, 16, 32)."""
    noise = torch.stack([_noise(seed, 1) for seed in seeds])
    tau = torch.from_numpy(taus)
    return _drawn(net, torch.from_numpy(labels), noise, tau, manner, None)[:, 0].numpy()


def batches(count: int, size: int) -> Iterator[slice]:
    """Slices of `size` that cover `count`."""
    for start in range(0, count, size):
        yield slice(start, min(count, start + size))


def _noise(seed: int, count: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, SIDE, SIDE, CHANNELS, generator=generator)


@torch.no_grad()
def _drawn(
    net: UNet, said: Tensor, x: Tensor, tau: Tensor, manner: Manner, key: Tensor | None
) -> Tensor:
    """From noise x (n, T, 16, 16, 32) to clean latents. tau: (T,) alike for all, or (n,) where T is 1."""
    device = next(net.parameters()).device
    n, count = x.shape[:2]
    x, said = x.to(device), said.to(device)
    tau = (tau if count == 1 and len(tau) == n else tau.repeat(n)).to(device)
    place, near = manner.key_place, manner.key_time
    held = None if key is None else (1 - near) * key.to(device) + near * x[:, place]
    times = manner.times()
    for now, then in pairwise(times):
        t = torch.full((n, count), now, device=device)
        if held is not None:
            t[:, place] = near
            x[:, place] = held
        clean = _guided(net, x, t, said, tau, manner.guidance)
        velocity = (x - clean) / t.clamp_min(LEAST)[:, :, None, None, None]
        if held is not None and then == 0:  # the key frame has a shorter way to go
            velocity[:, place] *= near / now
        x = x + (then - now) * velocity
    return x.cpu()


def _guided(net: UNet, x: Tensor, t: Tensor, said: Tensor, tau: Tensor, guidance: float) -> Tensor:
    """Nothing + guidance · (said − nothing), of the clean latents; one call of the network a step."""
    count = x.shape[1]
    flat = x.flatten(0, 1)
    if guidance == 1:
        return net(flat, t.flatten(), said, tau, count).float().reshape(x.shape)
    both = net(
        torch.cat([flat, flat]),
        t.flatten().repeat(2),
        torch.cat([said, torch.zeros_like(said)]),
        tau.repeat(2),
        count,
    )
    with_words, without = both.float().chunk(2)
    return (without + guidance * (with_words - without)).reshape(x.shape)
