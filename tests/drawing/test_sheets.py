"""A sheet of forty-eight: no two pictures side by side, or one above the other, look alike.

Alike is what is nearer than the nearest tenth of all pairs on the sheet, as `docs/ink/measure.py` says it.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from uncaged.core.order import Order
from uncaged.engines.ink.engine import moving_of, reading_of
from uncaged.engines.registry import engine

SENTENCES = Path(__file__).parents[2] / "docs" / "ink" / "prompts48.txt"
COLUMNS, SHEET, SIDE = 8, 48, 64

TO_LMS = np.array(
    [
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    ]
)
TO_LAB = np.array(
    [
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    ]
)


@cache
def small(text: str, seed: int, more: tuple[tuple[str, str], ...] = ()) -> np.ndarray:
    """A still in OKLab, 32 × 32."""
    options = {name: value if value.isalpha() else float(value) for name, value in more}
    score = engine("ink").score(text, seed=seed, size=(SIDE, SIDE), seconds=2.0, options=options)
    frame = moving_of(score, reading_of(Order("", 0, score)).scene).frame(21) / 255
    linear = np.where(frame <= 0.04045, frame / 12.92, ((frame + 0.055) / 1.055) ** 2.4)
    lab = np.cbrt(linear @ TO_LMS.T) @ TO_LAB.T
    return lab.reshape(32, 2, 32, 2, 3).mean((1, 3))


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.sqrt(((one - other) ** 2).sum(-1)).mean())


def alike(pictures: Sequence[np.ndarray]) -> list[tuple[int, int]]:
    """Neighbours, counted from 1, that are nearer than the nearest tenth of all pairs."""
    least = np.percentile([apart(a, b) for a, b in combinations(pictures, 2)], 10)
    pairs = [(i, i + 1) for i in range(SHEET) if (i + 1) % COLUMNS]
    pairs += [(i, i + COLUMNS) for i in range(SHEET - COLUMNS)]
    return [(a + 1, b + 1) for a, b in pairs if apart(pictures[a], pictures[b]) < least]


def sentences() -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    rows = [
        line.split("\t")
        for line in SENTENCES.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [
        (row[0], tuple((o.split("=")[0], o.split("=")[1]) for o in "".join(row[2:3]).split()))
        for row in rows
    ]


def test_the_forty_eight_sentences_in_their_order() -> None:
    rows = sentences()
    assert len(rows) == SHEET
    assert alike([small(text, 1, options) for text, options in rows]) == []


@pytest.mark.parametrize("text", ["two yellow birds over a blue hill at dusk", "a fish"])
def test_one_sentence_with_seeds_one_after_the_other(text: str) -> None:
    assert alike([small(text, seed) for seed in range(1, SHEET + 1)]) == []


@pytest.mark.parametrize("text", ["a cat"])
def test_few_are_alike_on_any_sheet(text: str) -> None:
    """By chance eight of eighty-two would be."""
    assert len(alike([small(text, seed) for seed in range(1, SHEET + 1)])) <= 2


def test_neighbours_would_be_alike_if_seeds_were_shuffled() -> None:
    """The measure can fail: the same pictures in another order have such neighbours."""
    pictures = [
        small("two yellow birds over a blue hill at dusk", seed) for seed in range(1, SHEET + 1)
    ]
    assert len(alike(sorted(pictures, key=lambda lab: lab[..., 0].mean()))) > 10
