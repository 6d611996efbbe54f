"""Films from a checkpoint, in torch and many at a time: what the judge looks at. The studio performs without torch.

The loop is the studio's own (`engines.sampling`), and so are the key frame and its time (`engines.seedling.drawing`);
here is only how a network of torch answers what it asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from uncaged.engines.sampling import Loop, bent, flow, sample
from uncaged.engines.seedling.drawing import CHANNELS, FRAMES, KEY, KEY_TIME, SIDE, TAU
from uncaged.engines.seedling.drawing import times as times_of
from uncaged.engines.seedling.usual import BEND, CALM, GUIDANCE, STEPS
from uncaged.training.seedling.checkpoint import Checkpoint
from uncaged.training.seedling.network import UNet, built
from uncaged.training.seedling.saying import SlotSize


@dataclass(frozen=True, slots=True)
class Manner:
    """How films are drawn. guidance: 1 = as learned, any real number. bend: see `engines.sampling.bent`. calm: see
    `engines.seedling.inking.calmed`."""

    steps: int = STEPS
    guidance: float = GUIDANCE
    bend: float = BEND
    calm: float = CALM


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
    begun = torch.stack([noise(seed, FRAMES) for seed in seeds])
    moments = torch.from_numpy(TAU)
    key = frames_of(net, labels, begun[:, KEY : KEY + 1], moments[KEY : KEY + 1], manner)
    begin = begun.clone()
    begin[:, KEY] = flow(key[:, 0], begun[:, KEY], KEY_TIME)
    times = [torch.from_numpy(time) for time in times_of(manner.steps, manner.bend)]
    return _drawn(net, begin, times, labels, moments, manner).numpy()


def frames(
    net: UNet,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
    taus: NDArray[np.float32],
    manner: Manner = Manner(),
) -> NDArray[np.float32]:
    """Single frames, each at its own time in its film (n,) 0..1: latents (n, 16, 16, 32)."""
    begun = torch.stack([noise(seed, 1) for seed in seeds])
    return frames_of(net, labels, begun, torch.from_numpy(taus), manner)[:, 0].numpy()


def frames_of(
    net: UNet, labels: NDArray[np.float32], noise: Tensor, tau: Tensor, manner: Manner
) -> Tensor:
    """Single frames from noise (n, 1, 16, 16, 32). tau: (1,) alike for all, or (n,)."""
    return _drawn(net, noise, bent(manner.steps, manner.bend), labels, tau, manner)


def batches(count: int, size: int) -> Iterator[slice]:
    """Slices of `size` that cover `count`."""
    for start in range(0, count, size):
        yield slice(start, min(count, start + size))


def noise(seed: int, count: int) -> Tensor:
    """What a film (8 latent frames) or a frame (1) of a seed begins from: (count, 16, 16, 32)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, SIDE, SIDE, CHANNELS, generator=generator)


@torch.no_grad()
def _drawn(
    net: UNet,
    noise: Tensor,
    times: Sequence[float | Tensor],
    labels: NDArray[np.float32],
    tau: Tensor,
    manner: Manner,
) -> Tensor:
    """From noise (n, T, 16, 16, 32) to clean latents; what several conditions want is answered in one call."""
    device = next(net.parameters()).device
    n, count = noise.shape[:2]
    said = torch.from_numpy(labels).to(device)
    moments = (tau if len(tau) == n * count else tau.repeat(n)).to(device)
    steps = [one.to(device) if isinstance(one, Tensor) else one for one in times]
    loop: Loop = sample(noise.to(device), steps, [torch.zeros_like(said), said], [manner.guidance])
    try:
        ask = next(loop)
        while True:
            many = len(ask.conds)
            t = torch.as_tensor(ask.sigma, dtype=torch.float32, device=device)
            flat = ask.x.flatten(0, 1).repeat(many, 1, 1, 1)
            row = t.reshape(-1).expand(count).repeat(n * many)
            clean = net(flat, row, torch.cat(ask.conds), moments.repeat(many), count).float()
            ask = loop.send(clean.reshape(many, *ask.x.shape).unbind())
    except StopIteration as end:
        return end.value.cpu()
    finally:
        loop.close()
