"""The folder of a training: what it said of itself so far, its last picture, the trainer's checkpoints. It stays.

Knows no trainer: what lies in it beside its own two files is the trainer's. Whoever may see the run may read them.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id
from uncaged.core.task import is_plain
from uncaged.core.words import _
from uncaged.studio import previews

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

NAME = "learned.jsonl"

POINTS = 240
"""Points of a curve that are shown: more of them no page and no terminal has room for."""

LONGEST, LARGEST = 4_000, 32 << 20
"""Characters of a record, and bytes of the records that are read, the last ones."""

Facts = Mapping[str, Any]


def folder(studio: "Studio", run_id: str) -> Path:
    """Where the training of this run learns; `NotFound` where it is no run's id."""
    if not is_id("run", run_id):
        raise NotFound(_("There is no run %(run)s here.") % {"run": run_id})
    return studio.settings.trainings / run_id


def note(place: Path, facts: Facts, now: int) -> None:
    """One more record, with its time (µs UTC). It is worth no training: trouble with the disk is passed over."""
    text = json.dumps({"at": now, **facts}, ensure_ascii=False) if is_plain(facts) else ""
    if not text or len(text) > LONGEST:
        return
    with contextlib.suppress(OSError), (place / NAME).open("a", encoding="utf-8") as out:
        out.write(text + "\n")


def told(place: Path) -> tuple[Facts, ...]:
    """Every record, oldest first; where an attempt went back to a checkpoint, what was said beyond it is left out."""
    found: list[Facts] = []
    for line in _lines(place / NAME):
        try:
            said: Any = json.loads(line)
        except ValueError:
            continue  # a kill cut it short
        if not isinstance(said, dict):
            continue
        record = cast("Facts", said)
        step = number(record.get("step"))
        while step is not None and found and _step(found[-1]) > step:
            found.pop()
        if step is not None and found and _step(found[-1]) == step:  # the same step, and more of it
            record = {**found.pop(), **record}
        found.append(record)
    return tuple(found)


def _step(record: Facts) -> float:
    return number(record.get("step")) or 0.0


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as opened:
            size = opened.seek(0, 2)
            opened.seek(max(0, size - LARGEST))
            return opened.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def number(value: object) -> float | None:
    """A number of a record; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def curve(
    records: Sequence[Facts], name: str, most: int = POINTS
) -> tuple[tuple[float, float], ...]:
    """(step, value) of everything that was said by this name: at most so many points, each the mean of those it stands
    for."""
    pairs = [(number(one.get("step")), number(one.get(name))) for one in records]
    points = [(a, b) for a, b in pairs if a is not None and b is not None]
    size = max(1, -(-len(points) // most))
    groups = [points[i : i + size] for i in range(0, len(points), size)]
    return tuple((group[-1][0], sum(b for _a, b in group) / len(group)) for group in groups)


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a training stands. figures: the last that was said by each name. curves: name → (step, value) …"""

    figures: Facts
    curves: Mapping[str, tuple[tuple[float, float], ...]]
    step: int
    kept: int | None


HIDDEN = ("at", "step", "kept")
"""Names that are said otherwise than as figures."""

SHARES = ("kind", "hue", "size", "motion", "place")
"""Names of what a probe names right, in percent."""


def lesson(place: Path, most: int = POINTS) -> Lesson:
    """What a page or a terminal shows of a training."""
    records = told(place)
    figures: dict[str, Any] = {}
    for record in records:
        figures.update(record)
    drawn = [
        name
        for name in figures
        if name.endswith("loss") or name.startswith("held") or name in SHARES
    ]
    curves = {name: curve(records, name, most) for name in drawn}
    return Lesson(
        {name: value for name, value in figures.items() if name not in HIDDEN},
        {name: points for name, points in curves.items() if len(points) > 1},
        int(number(figures.get("step")) or 0),
        None if "kept" not in figures else int(number(figures["kept"]) or 0),
    )


STEPS = "▁▂▃▄▅▆▇█"
"""Heights of a line of blocks."""

WIDE = 48
"""Characters of such a line, at most."""


def blocks(values: Sequence[float], wide: int = WIDE) -> str:
    """Values as a line of blocks, from the least to the largest; one alone, or all alike, stand in the middle.

    >>> blocks([0, 1, 2, 3])
    '▁▃▆█'
    """
    if not values:
        return ""
    size = max(1, -(-len(values) // max(1, wide)))
    groups = [values[i : i + size] for i in range(0, len(values), size)]
    means = [sum(group) / len(group) for group in groups]
    low, high = min(means), max(means)
    if high <= low:
        return STEPS[3] * len(means)
    scale = (len(STEPS) - 1) / (high - low)
    return "".join(STEPS[round((mean - low) * scale)] for mean in means)


def preview(place: Path) -> bytes | None:
    """The last picture of how far it has come, as PNG."""
    return previews.read(place)
