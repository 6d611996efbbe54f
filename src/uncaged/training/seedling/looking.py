"""A look at a checkpoint: films or single frames from a network, laid out as a sheet, and what the probe names of some.

What the judge does at length, and a training at each of its checkpoints in a few seconds.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from uncaged.engines.seedling import inking
from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling import drawing
from uncaged.training.seedling.checkpoint import Checkpoint
from uncaged.training.seedling.judging import captions, vectors
from uncaged.training.seedling.judging import seeds as seeds_of
from uncaged.training.seedling.network import FRAMES, UNet
from uncaged.training.seedling.placing import beside
from uncaged.training.seedling.probe import NAMED, Probe, named, named_frames, targets

AT_ONCE: Final = 16
"""Films that are drawn together."""

LOOKED_FILMS, LOOKED_FRAMES = 24, 64
"""So many a training looks at, always those of the same sentences: figures of one checkpoint, beside the next's."""

SHOWN: Final = 4
"""Strips of the sheet of a look, eight frames each."""


def films(
    net: UNet,
    codec: Codec,
    manner: drawing.Manner,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
) -> NDArray[np.uint8]:
    """Films of labels (n, all labels), each from its seed: (n, 16, 64, 64, 3)."""
    latents = (
        drawing.films(net, labels[part], seeds[part], manner)
        for part in drawing.batches(len(labels), AT_ONCE)
    )
    return np.stack([calm(film, codec, manner) for part in latents for film in part])


def calm(film: NDArray[np.float32], codec: Codec, manner: drawing.Manner) -> NDArray[np.uint8]:
    """The pixels of a film's latents (8, 16, 16, 32), calmed as in a performance: (16, 64, 64, 3)."""
    pixels = inking.calmed(codec.pixels(film), manner.calm)
    return np.clip((pixels + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8)


def frames(
    net: UNet,
    codec: Codec,
    manner: drawing.Manner,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
) -> NDArray[np.uint8]:
    """Single frames, each at the moment of a film that its seed says: (n, 64, 64, 3)."""
    taus = np.array([(seed % FRAMES + 0.5) / FRAMES for seed in seeds], np.float32)
    parts = [
        codec.decode(drawing.frames(net, labels[part], seeds[part], taus[part], manner)[:, None])[
            :, 0
        ]
        for part in drawing.batches(len(labels), 4 * AT_ONCE)
    ]
    return np.concatenate(parts)


def sheet(strips: NDArray[np.uint8], path: Path, across: int = 1) -> None:
    """Writes strips (n, frames, h, w, 3) as one picture, `across` of them side by side, or as many as there are."""
    across = min(across, len(strips))
    edged = np.pad(strips, ((0, 0), (0, 0), (1, 1), (1, 1), (0, 0)))
    lines = [np.concatenate(list(strip), 1) for strip in edged]
    whole = len(lines) - len(lines) % across
    rows = [np.concatenate(lines[i : i + across], 1) for i in range(0, whole, across)]
    with beside(path) as part:
        Image.fromarray(np.concatenate(rows)).save(part, "PNG")


def look(
    found: Checkpoint, probe: Probe, codec: Codec, path: Path, manner: drawing.Manner
) -> Mapping[str, float]:
    """Writes a sheet of what a checkpoint draws, and returns the percent that the probe names right, by slot, with the
    number of films (or single frames, where it has learned no films yet) under "looked_at"."""
    net = drawing.loaded(found, torch.float32)
    if found.body["recipe"]["stage"] == "frames":
        plans = captions(LOOKED_FRAMES, "seen")
        drawn = frames(net, codec, manner, vectors(plans), seeds_of(plans))
        sheet(drawn[: 8 * SHOWN].reshape(SHOWN, 8, *drawn.shape[1:]), path)
        right = named_frames(probe, drawn) == targets(vectors(plans))[:, :2]
    else:
        plans = captions(LOOKED_FILMS, "seen")
        drawn = films(net, codec, manner, vectors(plans), seeds_of(plans))
        sheet(drawn[:SHOWN, ::2], path)
        right = named(probe, drawn).read == targets(vectors(plans))
    shares = 100 * right.mean(0)
    return {slot: round(float(share), 1) for slot, share in zip(NAMED, shares, strict=False)} | {
        "looked_at": len(plans)
    }
