"""How well an inker inks: films of fresh seeds, with a model's doubts, beside plain enlargement and as they are meant.

The inker is judged as it is exported: bytes, and steadied. Knows no files.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray

from uncaged.engines.seedling.codec import Codec, Floats, Frames
from uncaged.engines.seedling.inking import FRAMES, steady
from uncaged.training.seedling.clips import SIDE, clip
from uncaged.training.seedling.measures import flicker, psnr
from uncaged.training.seedling.pairs import FRESH
from uncaged.training.seedling.plans import STAGES, Stage

Inks = Callable[[Floats], Frames]
"""(16, 64, 64, 3), −1 … 1 → (48, side, side, 3) uint8."""

EDGE: Final = 60
"""A place has an edge where its colours change by more levels, all three together, to the right or below."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """small: what a model with doubts would leave, (16, 64, 64, 3), −1 … 1. large: (48, side, side, 3) uint8, as it
    is meant."""

    small: Floats
    large: Frames


def trials(
    codec: Codec,
    count: int,
    noise: float,
    *,
    side: int = 256,
    labels: Mapping[str, str] | None = None,
    stages: Sequence[Stage] = STAGES,
) -> Iterator[Trial]:
    """Films of fresh seeds, both stages in turn, with noise of this deviation in their latents. labels: see `clip`."""
    for number in range(count):
        seed, stage = FRESH + number, stages[number % len(stages)]
        small = clip(seed, side=SIDE, frames=FRAMES, stage=stage, labels=labels).frames[1::3]
        large = clip(seed, side=side, frames=FRAMES, stage=stage, labels=labels).frames
        latents = codec.encode(small)
        chance = np.random.default_rng(seed)
        doubts = chance.standard_normal(latents.shape, np.float32) * np.float32(noise)
        yield Trial(np.clip(codec.pixels(latents + doubts), -1, 1), large)


def enlarged(small: Floats, side: int = 256) -> Frames:
    """A small film made large by straight lines between its pixels and frames."""
    film = torch.from_numpy(np.ascontiguousarray(small)).permute(3, 0, 1, 2)[None]
    large = functional.interpolate(film, size=(FRAMES, side, side), mode="trilinear")[0]
    levels = (large.permute(1, 2, 3, 0) + 1) * 127.5 + 0.5
    return levels.clamp(0, 255).to(torch.uint8).numpy()


def doubled(film: Frames) -> Frames:
    """Each frame twice as large, by cubic curves between its pixels: what the step to 512 must be better than."""
    frames = torch.from_numpy(film).permute(0, 3, 1, 2)
    parts = [
        functional.interpolate(part.float(), scale_factor=2, mode="bicubic")
        for part in frames.split(12)
    ]
    large = torch.cat([(part + 0.5).clamp(0, 255).to(torch.uint8) for part in parts])
    return np.ascontiguousarray(large.permute(0, 2, 3, 1).numpy())


def edge_error(made: Frames, meant: Frames) -> float:
    """How wrong the slopes of `made` are where `meant` has edges: 0 where they are the same, about 1 where there are
    none."""
    own, right = _slopes(made), _slopes(meant)
    there = right.sum(-1) > EDGE
    if not there.any():
        return 0.0
    return float(np.abs(own - right)[there].mean() / right[there].mean())


def judged(trials: Iterator[Trial], inks: Mapping[str, Inks]) -> dict[str, dict[str, float]]:
    """Ways of enlarging → "psnr", dB, and "edge", the mean of all trials."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in inks}
    for trial in trials:
        for name, ink in inks.items():
            made = ink(trial.small)
            near = psnr(made[None], trial.large[None])
            found[name].append((near, edge_error(made, trial.large)))
    return {
        name: dict(zip(("psnr", "edge"), np.mean(rows, 0).tolist(), strict=True))
        for name, rows in found.items()
    }


def flickering(trials: Iterator[Trial], inks: Mapping[str, Inks]) -> dict[str, dict[str, float]]:
    """Ways of enlarging → the flicker of films that should stand still, see `measures.flicker`."""
    found: dict[str, list[list[float]]] = {name: [] for name in inks}
    where: list[str] = []
    for trial in trials:
        for name, ink in inks.items():
            figures = flicker(ink(trial.small)[None])
            where = list(figures)
            found[name].append(list(figures.values()))
    return {
        name: dict(zip(where, np.mean(rows, 0).tolist(), strict=True))
        for name, rows in found.items()
    }


def steadied(ink: Inks) -> Inks:
    """The same, steadied as in a performance."""
    return lambda small: steady(ink(small))


def sheet(trials: Iterator[Trial], inks: Mapping[str, Inks], at: int = 22) -> NDArray[np.uint8]:
    """One row a film: the small frame, then each way of enlarging it, then as it is meant; (h, w, 3)."""
    rows: list[NDArray[np.uint8]] = []
    for trial in trials:
        side = trial.large.shape[1]
        levels = np.clip((trial.small[at // 3] + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8)
        small = levels.repeat(side // SIDE, 0).repeat(side // SIDE, 1)
        made = [ink(trial.small)[at] for ink in inks.values()]
        rows.append(np.concatenate([small, *made, trial.large[at]], 1))
    return np.concatenate(rows, 0)


def _slopes(film: Frames) -> NDArray[np.float32]:
    levels = film.astype(np.float32)
    down = np.abs(np.diff(levels, axis=1))[:, :, :-1]
    across = np.abs(np.diff(levels, axis=2))[:, :-1]
    return down + across
