"""The smallest network learns from drawings what a hue is: in a minute, on one core."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import HUES
from uncaged.training.seedling.checkpoint import read
from uncaged.training.seedling.drawing import Manner, frames, loaded
from uncaged.training.seedling.judging import captions, real, vectors
from uncaged.training.seedling.opening import Files
from uncaged.training.seedling.probe import targets
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.store import Root, drawn_store
from uncaged.training.seedling.training import train

LEARNED = Recipe(
    size="tiny", samples=9_600, frames_a_step=16, learning_rate=4e-3, decay_last=0.5, drop_slot=0.0,
    frame_mean=1.5, warm_steps=20, precision="fp32", save_every=60,
)  # fmt: skip


def colours(pictures: NDArray[np.uint8], most: int = 500, bins: int = 5) -> NDArray[np.float32]:
    """How often which colour is among the places that stand out most from the paper: (n, 64, 64, 3) -> (n, 126)."""
    flat = pictures.reshape(len(pictures), -1, 3).astype(np.float32)
    far = np.abs(flat - np.median(flat, 1, keepdims=True)).sum(-1)
    rows = np.arange(len(flat))[:, None]
    places = (flat[rows, np.argsort(far, 1)[:, -most:]] * bins / 256).astype(int)
    which = (places[..., 0] * bins + places[..., 1]) * bins + places[..., 2]
    counts = np.zeros((len(flat), bins**3), np.float32)
    np.add.at(counts, (rows.repeat(most, 1), which), 1 / most)
    return np.concatenate([np.sqrt(counts), np.ones((len(flat), 1), np.float32)], 1)


def reader(pictures: NDArray[np.uint8], hues: NDArray[np.int64]) -> NDArray[np.float32]:
    """A linear reader of hues from colours, (126, 12), by ridge regression."""
    seen = colours(pictures)
    wanted = np.eye(len(HUES), dtype=np.float32)[hues]
    return np.linalg.solve(seen.T @ seen + 0.5 * np.eye(seen.shape[1]), seen.T @ wanted)


@pytest.mark.learning
def test_a_minute_of_training_beats_chance_on_hue(files: Files, tmp_path: Path) -> None:
    codec = Codec.load(files.codec)
    root = Root(0, 600, "train", codec.hash)
    store = drawn_store(tmp_path / "store", root, codec, processes=1)
    leg = train(LEARNED, replace(files, store=tmp_path / "store"), tmp_path / "leg")
    plans = captions(96, "seen")
    said, wanted = vectors(plans), targets(vectors(plans))[:, 1]
    drawn = frames(
        loaded(read(leg), torch.float32),
        said,
        [one.seed for one in plans],
        np.full(len(plans), 0.5, np.float32),
        Manner(steps=6, guidance=3.0),
    )
    hues = reader(codec.decode(store.latents[:, 4:5])[:, 0], targets(store.labels)[:, 1])
    of_drawings = (colours(real(plans, codec)[:, 8]) @ hues).argmax(1) == wanted
    assert of_drawings.mean() > 0.85, "the reader itself can read"
    right = (colours(codec.decode(drawn[:, None])[:, 0]) @ hues).argmax(1) == wanted
    assert right.mean() > 0.25, f"chance is 0.08, and it is {right.mean():.2f}"
