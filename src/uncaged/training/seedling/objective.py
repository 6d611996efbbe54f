"""What is learned: the clean latent behind a noisy one (rectified flow, x-prediction), and that films hold still.

x_t = (1 − t)·x + t·noise (Liu et al., Flow Straight and Fast, 2022). The network names x; dividing its error by t makes
it the error of the velocity. Plain functions of tensors.
"""

from dataclasses import dataclass

from torch import Tensor, nn

from uncaged.training.seedling.feeding import Batch
from uncaged.training.seedling.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Loss:
    """whole: what is made smaller. plain: without the part on differences from frame to frame."""

    whole: Tensor
    plain: Tensor


def loss(net: nn.Module, batch: Batch, recipe: Recipe, pixels: Tensor) -> Loss:
    """The loss of a batch. pixels (32,): each latent channel's share of the pixels, 1 in the mean."""
    named = net(batch.noisy(), batch.t, batch.labels, batch.tau, batch.frames).float()
    floor = batch.t.clamp_min(recipe.least_time)[:, None, None, None]
    error = (named - batch.clean) / floor
    plain = error.square().mean()
    if batch.frames == 1 or not recipe.difference:
        return Loss(plain, plain)
    films = error.unflatten(0, (-1, batch.frames))
    changing = ((films[:, 1:] - films[:, :-1]).square() * pixels).mean()
    return Loss(plain + recipe.difference * changing, plain)
