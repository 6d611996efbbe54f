"""What stands beside Pyramid Flow in `engines.py`, for which diffusers has no pipeline: a limit, no program.

Every question that a film asks of the network is put to an empty one, and its FLOPs are counted; so is the decoding.
Divided by how quickly this machine multiplies matrices, measured here, that is a time that nobody who asks the same
questions can stay below. Reading the words is left out. What was published ran at 14 % of such a limit's peak: 330 s
for 121 frames of 1280x768 with the SD3 variant on a card of 312 TFLOP/s.

Prints, as JSON: flop, coder, of the network and the coder; rate, FLOP/s; step and all, seconds; memory, bytes of the
weights.
"""

import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from uncaged.engines.precision import KINDS
from uncaged.engines.pyramid import latents
from uncaged.engines.pyramid.drawing import Plan
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.pyramid.history import clips
from uncaged.engines.pyramid.latents import PIXELS
from uncaged.engines.pyramid.options import SUFFIX, PyramidOptions
from uncaged.engines.pyramid.stages import STAGES
from uncaged.engines.pyramid.weights import Published
from uncaged.engines.pyramid.words import Words

LONG = 1.0
"""Seconds of multiplying, at least."""

SIDE = {True: 8192, False: 1024}
"""Of the matrices that are multiplied, on a graphics card and without."""


def main() -> None:
    """Arguments: folder, text, frames, width, height, steps, threads, numbers."""
    folder, text = Path(sys.argv[1]), sys.argv[2]
    frames, width, height, steps, threads = map(int, sys.argv[3:8])
    kind = KINDS[sys.argv[8]]
    torch.set_num_threads(threads)
    found = Published.of(folder)
    plan = Plan(latents.enough(frames), (steps,) * STAGES, (steps,) * STAGES)
    tall, wide = latents.side(height), latents.side(width)
    told = tokens(found, text)
    flop, coder = drawn(found, plan, (tall, wide), told), decoded(found, plan.units, (tall, wide))
    rate = quickest(kind)
    asked = plan.asked()
    print(
        json.dumps(
            {
                "flop": flop,
                "coder": coder,
                "rate": rate,
                "step": (flop + coder) / asked / rate,
                "all": (flop + coder) / rate,
                "memory": PyramidFlow.numbers(folder) * kind.itemsize,
            }
        )
    )


def tokens(found: Published, text: str) -> list[int]:
    """How many tokens the network is told where it is led away, and where it is led to."""
    words = Words(found, torch.float32, "cpu")
    both = (PyramidOptions().negative, text + SUFFIX)
    return [len(words.told(one)[0].tokens) for one in both]


def drawn(found: Published, plan: Plan, size: tuple[int, int], told: list[int]) -> int:
    """FLOPs of all questions of a film. size: (height, width) in latents. told: see `tokens`."""
    net = found.empty(found.chosen((size[1] * PIXELS, size[0] * PIXELS), plan.units))
    shape: Any = net.shape
    texts = [torch.empty(count, shape.joint_attention_dim, device="meta") for count in told]
    pooled = torch.empty(len(told), shape.pooled_projection_dim, device="meta")
    when = torch.empty(len(told), device="meta")
    total = 0
    for unit in range(plan.units):
        for stage in range(STAGES):
            seen = [(one.last - one.first, one.size) for one in clips(unit, stage)]
            films = [
                torch.empty(len(told), shape.channels, count, *smaller(size, which), device="meta")
                for count, which in (*seen, (1, stage))
            ]
            asked = len(plan.way(unit, stage)[0])
            total += asked * counted(net, films, texts, pooled, when)
    return total


def smaller(size: tuple[int, int], stage: int) -> tuple[int, int]:
    """A size at a stage."""
    less = STAGES - 1 - stage
    return size[0] >> less, size[1] >> less


def decoded(found: Published, units: int, size: tuple[int, int]) -> int:
    """FLOPs of decoding a film, unit by unit."""
    coder, past = found.empty_coder(), {}
    part = torch.empty(1, coder.shape.channels, 1, *size, device="meta")
    return sum(counted(coder.go_on, part, past) for _ in range(units))


def counted(ask: Callable[..., Tensor], *given: Any) -> int:
    """FLOPs of an answer: two for a product and its sum, in matrices, attention and convolutions."""
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        ask(*given)
    return counter.get_total_flops()


def quickest(kind: torch.dtype) -> float:
    """FLOP/s of multiplying matrices here, the best of many times."""
    card = torch.cuda.is_available()
    side = SIDE[card]
    one, two = (torch.randn(side, side, dtype=kind, device="cuda" if card else "cpu") for _ in "ab")
    began, least = time.perf_counter(), math.inf
    while time.perf_counter() - began < LONG:
        begun = time.perf_counter()
        one @ two
        if card:
            torch.cuda.synchronize()
        least = min(least, time.perf_counter() - begun)
    return 2 * side**3 / least


if __name__ == "__main__":
    main()
