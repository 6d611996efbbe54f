"""What a step learns from: latent frames or clips, noise, flow times, and labels of which some are left unsaid.

All chance of a step comes from (seed, process, step) alone, so a leg that goes on after a stop draws what it would have
drawn; there is no other state to keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.grammar import SLOTS, slot_of
from uncaged.training.seedling.recipe import Recipe

HELD_BACK = 512
"""So many clips at the end of a store are never learned from: the held-out loss is measured on them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """n films of T latent frames: clean and noise (n·T, 16, 16, 32), t and tau (n·T,), labels (n, all labels)."""

    clean: Tensor
    noise: Tensor
    t: Tensor
    tau: Tensor
    labels: Tensor
    frames: int

    def noisy(self) -> Tensor:
        """(1 − t)·clean + t·noise."""
        return torch.lerp(self.clean, self.noise, self.t[:, None, None, None])


class Feed:
    """Batches from coded clips. latents (N, 8, 16, 16, 32), may lie on a disk; labels (N, all labels)."""

    def __init__(
        self, latents: NDArray[np.float16], labels: NDArray[np.float32], recipe: Recipe
    ) -> None:
        held = min(HELD_BACK, len(latents) // 10)
        if len(latents) - held < 1:
            raise AskedWrong("There are no clips to learn from.", "Draw a store of clips first.")
        self._latents, self._labels, self._recipe = latents, labels, recipe
        self._known = len(latents) - held
        self._chances = chances(labels[: self._known], recipe.emphasis)
        self._slot = np.concatenate([np.full(len(slot.values), i) for i, slot in enumerate(SLOTS)])

    def batch(self, key: Sequence[int], *, clips: bool) -> Batch:
        """The batch of a step. key: non-negative numbers that all its chance comes from."""
        chance = np.random.default_rng(list(key))
        count = self._recipe.clips_a_step if clips else self._recipe.frames_a_step
        which = self._drawn(chance, count)
        return self._batch(which, chance, clips=clips, drop=True)

    def held(self, number: int, *, clips: bool) -> Batch:
        """The number-th batch of clips that are never learned from: always the same noise and times, all is said."""
        chance = np.random.default_rng([7, number, int(clips)])
        count = self._recipe.clips_a_step if clips else self._recipe.frames_a_step
        back = len(self._latents) - self._known
        which = (
            self._known + chance.integers(0, back, count)
            if back
            else chance.integers(0, self._known, count)
        )
        return self._batch(which, chance, clips=clips, drop=False)

    def _drawn(self, chance: np.random.Generator, count: int) -> NDArray[np.int64]:
        if self._chances is None:
            return chance.integers(0, self._known, count)
        return np.searchsorted(self._chances, chance.random(count) * self._chances[-1])

    def _batch(
        self, which: NDArray[np.int64], chance: np.random.Generator, *, clips: bool, drop: bool
    ) -> Batch:
        recipe, count = self._recipe, len(which)
        places = np.arange(8) if clips else chance.integers(0, 8, count)
        rows = which[:, None] if clips else which
        clean = np.asarray(self._latents[rows, places], np.float32).reshape(-1, 16, 16, 32)
        labels = np.array(self._labels[which], np.float32)
        if drop:
            unsaid = chance.random((count, len(SLOTS))) < recipe.drop_slot
            unsaid |= chance.random((count, 1)) < recipe.drop_all
            labels[unsaid[:, self._slot]] = 0.0
        mean, spread = (
            (recipe.clip_mean, recipe.clip_spread)
            if clips
            else (recipe.frame_mean, recipe.frame_spread)
        )
        frames = 8 if clips else 1
        t = 1 / (1 + np.exp(-(chance.normal(size=count) * spread + mean)))
        t = np.repeat(t, frames)
        if clips and recipe.key_place >= 0:  # the key frame is nearly clean: what is drawn is given
            t[recipe.key_place :: frames] = chance.random(count) * recipe.key_time
        tau = (np.tile(places, count) if clips else places) / 8 + 1 / 16
        generator = torch.Generator(recipe.device).manual_seed(int(chance.integers(2**62)))
        noise = torch.randn(clean.shape, generator=generator, device=recipe.device)
        there = {"device": recipe.device, "dtype": torch.float32}
        return Batch(
            torch.from_numpy(clean).to(recipe.device),
            noise,
            torch.from_numpy(t).to(**there),
            torch.from_numpy(tau).to(**there),
            torch.from_numpy(labels).to(recipe.device),
            frames,
        )


def chances(
    labels: NDArray[np.float32], emphasis: Sequence[tuple[str, float]]
) -> NDArray[np.float64] | None:
    """Running sums of how often each clip is drawn, or None where all are drawn alike. `AskedWrong` for a name like
    "s1.motion=sways" that the grammar does not have, or a weight below 0."""
    if not emphasis:
        return None
    weights = np.ones(len(labels))
    for name, weight in emphasis:
        slot, _, value = name.partition("=")
        if not 0 <= weight < float("inf"):
            raise AskedWrong(f"{name} has the weight {weight}.", "Weights are 0 or more.")
        weights[labels[:, slot_of(slot).at(value)] > 0] *= weight
    if not weights.sum():
        raise AskedWrong("With these weights no clip is ever drawn.", "Leave one above 0.")
    return np.cumsum(weights)
