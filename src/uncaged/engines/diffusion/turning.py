"""Dials that turn while a film is drawn: numbers in a text, one after the other, over the steps. Needs no torch."""

import math
from collections.abc import Sequence
from typing import Any, Final, cast

from uncaged.core import numbers
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.open_model import MOST_STEPS

MOST: Final = MOST_STEPS + 1
"""Numbers of a text, at most."""


def numbers_of(text: str, about: str, least: int = 1) -> tuple[float, ...]:
    """The numbers of a text, apart by spaces or commas; none for an empty one. Raises `AskedWrong` about an option.

    >>> numbers_of("9, 6 -2", "guidance_steps")
    (9.0, 6.0, -2.0)
    """
    words = text.replace(",", " ").split(maxsplit=MOST)
    try:
        found = tuple(numbers.number(word) for word in words)
    except (ValueError, OverflowError):
        found = (math.nan,)
    if words and not (least <= len(found) <= MOST and all(map(math.isfinite, found))):
        raise AskedWrong(
            _("%(name)s is %(least)s to %(most)s numbers, not %(said)s.")
            % {"name": about, "least": least, "most": MOST, "said": shown(text)},
            _("Such as: 1 0.5 0"),
            about,
        )
    return found


def written(said: Any) -> Any:
    """A number or a list of numbers as a text; anything else as it is.

    >>> written([9, -0.5]), written(2), written("1 0"), written([True])
    ('9 -0.5', '2', '1 0', [True])
    """
    many = cast("list[Any]", said) if isinstance(said, list) else [said]
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in many):
        return " ".join(f"{one}" for one in many)
    return said


def over(values: Sequence[float], steps: int) -> list[float]:
    """One number for each step, 1 or more: the first of `values` at the first, the last at the last, and straight
    between.

    >>> over([8.0, 0.0], 3)
    [8.0, 4.0, 0.0]
    >>> over([9.0, 0.0], 1), over([2.0], 3)
    ([9.0], [2.0, 2.0, 2.0])
    """
    found: list[float] = []
    for step in range(steps):
        place = step * (len(values) - 1) / max(1, steps - 1)
        left = min(int(place), len(values) - 1)
        right, share = min(left + 1, len(values) - 1), place - left
        found.append(values[left] * (1 - share) + values[right] * share)
    return found
