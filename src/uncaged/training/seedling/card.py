"""The data card: what Seedling is trained on, written from the seeds themselves.

``python -m uncaged.training.seedling.card [FILE]`` writes that of the films the shipped weights are trained on.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import (
    FREE,
    HUES,
    KINDS,
    MOTIONS,
    SLOTS,
    Slot,
    held_out,
)
from uncaged.training.seedling.clips import FRAMES, SECONDS, SIDE
from uncaged.training.seedling.plans import PLAIN, VERSION, plan
from uncaged.training.seedling.store import Root

SHIPPED: Final = 40_000
"""Films of one subject, from seed 0 on, that the weights of the package are trained on."""


def card(root: Root, measured: Sequence[str] = ()) -> str:
    """The data card of a store's films as Markdown. measured: lines on what was measured of them."""
    plans = [plan(seed, held=root.split == "held", stage=root.stage) for seed in root.seeds]
    counts = Counter(item for one in plans for item in one.names.items())
    two = sum(len(one.subjects) == 2 for one in plans)
    lines = [
        f"# Seedling's data: {root.count:,} drawn films",
        "",
        "Written by `uncaged.training.seedling.card` from the seeds; do not edit.",
        "",
        *_whose(),
        *_which(root),
        *(["## Measured", "", *(f"- {line}" for line in measured), ""] if measured else []),
        *_shown(root, counts, two),
        *_held(),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _whose() -> Iterable[str]:
    return (
        "## Whose it is",
        "",
        "Every film is drawn by this program's own drawing engine, `ink`, from a number. No picture, film, text",
        "or label was collected, downloaded or bought; nobody was photographed, recorded or described, and nobody",
        "is depicted: the persons in the films are flat figures by lot. No other model had a part in it.",
        "",
        "- **Why we may use it** (`basis`): own, each item. **Who is depicted** (`depicts`): nobody, in each item.",
        "- **Licence** of films, latents, labels and captions: CC0-1.0.",
        "",
    )


def _which(root: Root) -> Iterable[str]:
    last = root.first + root.count - 1
    return (
        "## Which films",
        "",
        "| | |",
        "|---|---|",
        f"| generator | `uncaged.training.seedling.clips`, version {VERSION} |",
        f"| seeds | {root.first} to {last}, stage “{root.stage}”, split “{root.split}” |",
        f"| each film | {FRAMES} frames of {SIDE}×{SIDE} pixels over {SECONDS:g} seconds |",
        f"| codec | `{root.codec}` |",
        f"| data root | `{root.hash}` |",
        "",
        "To draw one of them again, at any size, and to say in four languages what it shows:",
        "",
        "```python",
        "from uncaged.training.seedling.clips import clip",
        "from uncaged.training.seedling.plans import plan",
        "from uncaged.training.seedling.wording import captions",
        "",
        f'clip({root.first}, side=256, frames=48, stage="{root.stage}").frames',
        f'[caption.text for caption in captions(plan({root.first}, stage="{root.stage}"))]',
        "```",
        "",
    )


def _shown(root: Root, counts: Counter[tuple[str, str]], two: int) -> Iterable[str]:
    said = [slot for slot in SLOTS if any(counts[slot.name, value] for value in slot.values)]
    yield from ("## What they show", "")
    if two:
        yield from (f"{two:,} of the films show two subjects, the others one.", "")
    yield from ("| slot | films that say so |", "|---|---|")
    for slot in said:
        yield f"| {slot.name} | {_counted(slot, counts)} |"
    free = sum(counts["free", value] for value in FREE)
    yield from (
        "",
        f"{free:,} films are drawn in one of the {len(FREE)} ways that free words stand for, and say which;",
        "the others each in a way of their own.",
        "Line, breadth, tint of the paper, pose, exact place and speed are by lot.",
    )
    if root.stage == "one":
        plain = ", ".join(f"{name} {value}" for name, value in PLAIN.items())
        yield f"All of them: {plain}."
    yield ""


def _counted(slot: Slot, counts: Counter[tuple[str, str]]) -> str:
    shown = [f"{value} {counts[slot.name, value]:,}" for value in slot.values]
    return ", ".join(shown).replace("way-", "")


def _held() -> Iterable[str]:
    yield from (
        "## What they never show",
        "",
        "These pairs are held out of every film that is trained on, so that it can be measured whether what was",
        "learned apart comes together.",
        "",
        "| kind | never in | never |",
        "|---|---|---|",
    )
    for kind in KINDS:
        hue = next(name for name in HUES if held_out(kind, name))
        motion = next(name for name in MOTIONS if held_out(kind, name))
        yield f"| {kind} | {hue} | {motion} |"
    yield ""


def main(path: Path) -> None:
    """Writes the card of the films that the shipped weights are trained on."""
    root = Root(0, SHIPPED, "train", Codec.shipped().hash)
    path.write_text(card(root), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/seedling-data.md"))
