"""What a value can be: the bounds of numbers and times, and the shapes of what stands in JSON columns.

Wide enough for whatever a studio keeps; what lies outside was never made by one. Knows no rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from uncaged.core.errors import AskedWrong
from uncaged.core.genome import Genome
from uncaged.core.ids import is_sha256
from uncaged.core.score import Score, shown
from uncaged.core.task import Task

_TIMES = (
    "created asked remembered kept cancel_asked began ended deleted happened exported"
    " left shown claimed trashed hidden since until added agreed removed"
).split()
_COUNTS = "epoch deaths progress_done progress_total n links".split()
_LARGEST_COUNT = 2**53


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` (left out itself where `above`) to `high`; `says` completes "must be …"."""

    low: float
    high: float
    says: str
    above: bool = False

    def hold(self, value: float) -> bool:
        """Whether the value lies within."""
        return self.low <= value <= self.high and not (self.above and value == self.low)


_TIME = Bounds(0, 7_258_118_400_000_000, "microseconds of a time from 1970 to 2200 (UTC)")
_COUNT = Bounds(0, _LARGEST_COUNT, "a number from 0 on")
_SIDE = Bounds(1, 100_000, "pixels, from 1 to 100,000")
_TOOK = Bounds(0, 3_200_000_000, "seconds, from 0 to a hundred years")
_LENGTH = Bounds(0, 604_800, "seconds, at least 0 (a picture) and at most a week")
_FPS = Bounds(0, 10_000, "frames per second, more than 0 and at most 10,000", above=True)

NUMBERS: Mapping[str, Bounds] = {
    **dict.fromkeys(_TIMES, _TIME),
    **dict.fromkeys(_COUNTS, _COUNT),
    "width": _SIDE,
    "height": _SIDE,
    "fps": _FPS,
    "seconds": _LENGTH,
    "frames": Bounds(1, _LARGEST_COUNT, "a number from 1 on"),
    "training": Bounds(0, 1, "0 or 1"),
    "attempt": Bounds(1, _LARGEST_COUNT, "a number from 1 on"),
    "bytes": Bounds(0, _LARGEST_COUNT, "a number of bytes"),
    "estimated_seconds": _TOOK,
    "measured_seconds": _TOOK,
    "measured_bytes": Bounds(0, _LARGEST_COUNT, "a number of bytes"),
}
"""What the number in a column of this name must be, whatever the table."""


def check_number(column: str, where: str, value: float) -> None:
    """`ValueError` where the number cannot stand in such a column; `where` names it."""
    bounds = NUMBERS.get(column)
    if bounds is not None and not bounds.hold(value):
        raise ValueError(f"{where} is {shown(value)}, and must be {bounds.says}")


def check_score(score: Score, where: str) -> None:
    """`ValueError` where no model could perform this, whichever it is."""
    if not score.shots:
        raise ValueError(f"{where} has no shots")
    for side, pixels in zip(("width", "height"), score.size, strict=True):
        check_number(side, f"the {side} in {where}", pixels)
    check_number("fps", f"fps in {where}", score.fps)
    for shot in score.shots:
        check_number("seconds", f"seconds in {where}", shot.seconds)
    check_number("seconds", f"seconds in {where} altogether", score.seconds)
    if len(score.shots) > 1 and any(shot.seconds == 0 for shot in score.shots):
        raise ValueError(f"a shot of several in {where} has no length")
    if any(not 0 <= picture.at <= 1 for picture in score.pictures):
        raise ValueError(f"a picture's moment in {where} is not between 0 and 1")
    if score.position is not None:
        check_position(score.position, f"the position in {where}")
    if score.model.hash is not None and not is_sha256(str(score.model.hash)):
        raise ValueError(f"the model's hash in {where} is no SHA-256")


def check_understood(value: Mapping[str, Any], where: str) -> None:
    """`ValueError` where this is not how a text was read: pairs of words, and a sentence."""
    words = value.get("words", [])
    if not isinstance(words, list) or not all(map(_is_pair, cast("list[object]", words))):
        raise ValueError(f"words in {where} must be pairs: a word, and what it became")
    if not isinstance(value.get("sentence", ""), str):
        raise ValueError(f"the sentence in {where} is no text")


def _is_pair(value: object) -> bool:
    if not isinstance(value, list):
        return False
    parts = cast("list[object]", value)
    return len(parts) == 2 and all(isinstance(part, str) for part in parts)


def check_recipe(value: Mapping[str, Any], where: str) -> None:
    """`ValueError` where these are not names and their versions."""
    for name, version in value.items():
        if not isinstance(version, str | int | float):
            raise ValueError(f"{shown(name)} in {where} is no version")


def check_position(value: Mapping[str, Any], where: str) -> None:
    """`ValueError` for what calls itself a genome and is none; `AskedWrong` says why. A model may have other forms."""
    if not isinstance(value.get("model"), str):
        raise ValueError(f"{where} does not say which model it belongs to")
    if "genome" in value:
        Genome.from_json(dict(value))


def check_task(value: Mapping[str, Any], where: str) -> None:
    """`ValueError` where this is no task; a path of another machine means nothing here."""
    try:
        task = Task.from_json(value)
    except AskedWrong as error:
        raise ValueError(f"{where} cannot be read ({error})") from error
    if task.folder or task.source:
        raise ValueError(f"{where} names a folder")
