"""Measures what can be measured of the drawings and writes measured.md: diversity, neighbours on a sheet, the dials.

    python docs/ink/measure.py
    python docs/ink/measure.py --alone             diversity only, as a line for each sentence

For the first version, unpack its commit somewhere and name its source:
    git archive 095c4f9 | tar x -C DIR && PYTHONPATH=DIR/src python docs/ink/measure.py --alone
"""

import argparse
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
from features import NAMES, SPREAD, Floats, Pixels, apart, features, thumbnail

from uncaged.core.order import Order
from uncaged.engines.ink import engine as ink
from uncaged.engines.registry import engine

HERE = Path(__file__).parent

SENTENCES = ("two yellow birds over a blue hill at dusk", "a cat", "a woman in a garden")
SEEDS = 64
SIDE, SECONDS, SHOWN = 128, 2.0, 21

FIRST = {SENTENCES[0]: 0.0579, SENTENCES[1]: 0.1555, SENTENCES[2]: 0.1280}
"""The first version's diversity, measured once by this script as its docstring says."""

SHEET, COLUMNS, SHARE = 48, 8, 10

DIALLED = (
    "two horses beside a small house, three birds over the hills",
    "a woman and a dog in a room, four chairs",
)


def frames(text: str, seed: int, options: dict[str, float], count: int = 1) -> list[Pixels]:
    """Neighbouring frames of a film, from near its middle."""
    score = engine("ink").score(
        text, seed=seed, size=(SIDE, SIDE), seconds=SECONDS, options=options
    )
    scene = ink.reading_of(Order("", 0, score)).scene
    if hasattr(ink, "moving_of"):
        moving = ink.moving_of(score, scene)
    else:  # the first version
        from uncaged.engines.ink.picture import Picture

        moving = Picture(ink.stage_of(score, scene))  # pyright: ignore
    return [moving.frame(SHOWN + i) for i in range(count)]


def small(text: str, seed: int) -> Floats:
    return thumbnail(frames(text, seed, {})[0])


def distances(pictures: Iterable[Floats]) -> Floats:
    """Of every pair."""
    return np.array([apart(a, b) for a, b in combinations(pictures, 2)])


def diversity() -> dict[str, float]:
    """The mean distance of two drawings of one sentence, over 64 seeds."""
    return {
        text: float(distances([small(text, seed) for seed in range(SEEDS)]).mean())
        for text in SENTENCES
    }


def neighbours(pictures: list[Floats]) -> tuple[int, int, float]:
    """On a sheet of eight columns: pairs that are alike, pairs in all, and the distance that counts as alike."""
    least = float(np.percentile(distances(pictures), SHARE))
    pairs = [(i, i + 1) for i in range(len(pictures)) if (i + 1) % COLUMNS]
    pairs += [(i, i + COLUMNS) for i in range(len(pictures) - COLUMNS)]
    alike = sum(apart(pictures[a], pictures[b]) < least for a, b in pairs)
    return alike, len(pairs), least


def dials() -> dict[str, tuple[Floats, Floats]]:
    """What the lower and the upper suggested end of each dial changes, in the spread of each feature."""

    def measured(options: dict[str, float]) -> Floats:
        return np.mean([features(frames(text, 2, options, 4)) for text in DIALLED], 0) / SPREAD

    plain = measured({})
    found: dict[str, tuple[Floats, Floats]] = {}
    for name, field in ink.InkOptions.model_fields.items():
        if isinstance(field.json_schema_extra, dict):
            low, high = field.json_schema_extra["suggested"]  # type: ignore[misc]
            down = measured({name: low}) - plain if low != field.default else 0 * plain  # type: ignore[dict-item]
            found[name] = down, measured({name: high}) - plain  # type: ignore[dict-item]
    return found


def report() -> str:
    """The whole document."""
    sheet = [line.split("\t")[0] for line in _lines("prompts48.txt")]
    sentences = neighbours([small(text, 1) for text in sheet])
    seeds = neighbours([small(SENTENCES[0], seed) for seed in range(1, SHEET + 1)])
    return "\n".join(
        [
            *_HEAD,
            *_diversity(),
            *_neighbours(sentences, seeds),
            *_dials(dials()),
            "",
        ]
    )


def _lines(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_HEAD = [
    "# What `ink`'s drawings measure",
    "",
    "Written by `docs/ink/measure.py`; which words are understood stands in [words-measured.md](words-measured.md),",
    "what it costs in [speed.md](speed.md). Two pictures are as far apart as their cells of 32 × 32 are on the mean",
    "in OKLab: black and white paper are 1 apart.",
    "",
]


def _diversity() -> list[str]:
    found = diversity()
    return [
        "## Diversity",
        "",
        f"The mean distance of two drawings of one sentence, over {SEEDS} seeds.",
        "",
        "| sentence | first version | now | times |",
        "|---|---|---|---|",
        *(
            f"| {text} | {FIRST[text]:.3f} | {now:.3f} | {now / FIRST[text]:.2f} |"
            for text, now in found.items()
        ),
        "",
        "The first version's were measured by the same script with the source of commit `095c4f9`.",
        "",
    ]


def _neighbours(sentences: tuple[int, int, float], seeds: tuple[int, int, float]) -> list[str]:
    listed = "the 48 sentences of [prompts48.txt](prompts48.txt), in their order"
    return [
        "## Neighbours on a sheet of 48",
        "",
        "Two are alike when they are nearer than the nearest tenth of all pairs on the sheet. By chance every tenth",
        "pair of neighbours would be; the sentences stand in an order in which few are.",
        "",
        "| sheet | neighbours alike | of | alike is below |",
        "|---|---|---|---|",
        f"| {listed} | {sentences[0]} | {sentences[1]} | {sentences[2]:.3f} |",
        f"| one sentence, seeds 1 to 48 | {seeds[0]} | {seeds[1]} | {seeds[2]:.3f} |",
        "",
    ]


def _dials(found: dict[str, tuple[Floats, Floats]]) -> list[str]:
    rows = [
        f"| {name} | {end} | " + " | ".join(f"{value:+.2f}" for value in changes) + " |"
        for name, both in found.items()
        for end, changes in zip(("low", "high"), both, strict=True)
        if changes.any()
    ]
    return [
        "## What each dial changes",
        "",
        "At its suggested ends, on two scenes, in how much the feature differs between pictures of many sentences (its",
        "standard deviation). `docs/ink/features.py` says what the features are; a test fails for a dial that changes",
        "nothing, or the same as another.",
        "",
        f"| dial | end | {' | '.join(NAMES)} |",
        "|---|---|" + "---|" * len(NAMES),
        *rows,
        "",
        f"The most alike are {_nearest(found)}.",
    ]


def _nearest(found: dict[str, tuple[Floats, Floats]]) -> str:
    """The two dials whose profiles have the highest cosine."""
    profiles = {name: np.concatenate(both) for name, both in found.items()}
    cosines = {
        (a, b): abs(profiles[a] @ profiles[b])
        / (np.linalg.norm(profiles[a]) * np.linalg.norm(profiles[b]))
        for a, b in combinations(profiles, 2)
    }
    (a, b), most = max(cosines.items(), key=lambda item: item[1])
    return f"*{a}* and *{b}*, with a cosine of {most:.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--alone", action="store_true")
    if parser.parse_args().alone:
        for sentence, far in diversity().items():
            print(f"{far:.4f}  {sentence}")
    else:
        (HERE / "measured.md").write_text(report(), encoding="utf-8")
        print("measured.md")
