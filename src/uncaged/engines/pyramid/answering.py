"""What a transformer answers to the questions of a drawing: all conditions of a question in one batch.

Knows neither where the texts come from nor where the film goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import torch
from torch import Tensor

from uncaged.engines.pyramid.drawing import Drawing, Question
from uncaged.engines.pyramid.latents import Noise


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says to the transformer.

    tokens (n, joint width): of the tokens that were really said, without padding. pooled (pooled width,): of the whole.
    """

    tokens: Tensor
    pooled: Tensor


class Network(Protocol):
    """`MiniFluxNet` and `MmditNet`."""

    def __call__(
        self, clips: Sequence[Tensor], texts: Sequence[Tensor], pooled: Tensor, timestep: Tensor
    ) -> Tensor:
        """See `MiniFluxNet.forward`."""
        ...


@torch.no_grad()
def answered(net: Network, question: Question) -> list[Tensor]:
    """An estimate for each of the question's conditions, each a `Told`.

    The network computes in the type of the texts it was told; times, latents and estimates stay in float32.
    """
    told = cast("Sequence[Told]", question.conds)
    x: Tensor = question.x
    kind, batch = told[0].tokens.dtype, x.shape[0]
    clips = [torch.cat(frames, 2) for frames in (*question.history, (x,))]
    clips = [clip.to(kind).repeat(len(told), 1, 1, 1, 1) for clip in clips]
    each = [one for one in told for _ in range(batch)]
    velocity = net(
        clips,
        [one.tokens for one in each],
        torch.stack([one.pooled for one in each]),
        torch.full((len(each),), question.timestep, dtype=torch.float32, device=x.device),
    )
    return [question.estimate(own) for own in velocity.to(x.dtype).split(batch)]


def finish(drawing: Drawing, net: Network) -> tuple[Tensor, ...]:
    """Answers until the film is drawn: its units. Whoever wants to look, or to stop, asks for himself."""
    try:
        question = next(drawing)
        while True:
            question = drawing.send(answered(net, question))
    except StopIteration as end:
        return end.value
    finally:
        drawing.close()


def on_device(noise: Noise, device: torch.device | str = "cpu") -> Noise:
    """The same noise as tensors on a device, for a drawing in tensors."""
    return lambda unit, stage: torch.as_tensor(noise(unit, stage)).to(device)
