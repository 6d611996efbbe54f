"""What unbounded numbers do: any count, size or dial means something, and none of them breaks a picture.

Knows no scene. Within the range people use, a number stays what it is; far out it bends towards a limit.
"""

from collections.abc import Sequence
from functools import lru_cache

MANY = 100
"""The most bodies one subject is drawn as."""

MOST = 240
"""The most bodies a whole scene is drawn with: about a second to a frame at 512 pixels."""

SMALLEST, LARGEST = 0.05, 3.4
"""Factors of a kind's height for sizes 0 and infinite."""

_FAR = 1e9


def soft(amount: float, free: float, most: float) -> float:
    """`amount` as it is up to ±`free`, then bent so that it comes near ±`most` but never passes it; any float."""
    if amount != amount:  # no number: infinity times nought
        return 0.0
    size = min(abs(amount), _FAR)
    if size <= free:
        return amount
    beyond = (size - free) / (most - free)
    bent = free + (most - free) * beyond / (beyond + 1)
    return bent if amount > 0 else -bent


def bodies(count: float) -> int:
    """How many bodies a count is drawn as: rounded, 0 … `MANY`; below zero they are holes."""
    return int(min(abs(count), float(MANY)) + 0.5)


def shares(counts: Sequence[int], most: int = MOST) -> list[int]:
    """Counts as they are where their sum is at most `most`; else those above a common level come down to it.

    What the level leaves over goes to the first of them, one each. Nobody is left out unless there are more counts
    than `most`; a small count stays what it is beside great ones.

    >>> shares([2, 100, 100, 100]), shares([100] * 3 + [1], 11)
    ([2, 80, 79, 79], [4, 3, 3, 1])
    """
    left, level, over = most, 0, 0
    for n, count in enumerate(sorted(counts)):
        level, over = divmod(left, len(counts) - n)
        if count > level:
            break
        left -= count
    else:
        return list(counts)
    out: list[int] = []
    for count in counts:
        extra = count > level and over > 0
        out.append(min(count, level + extra))
        over -= extra
    return out


def factor(size: float) -> float:
    """A subject's size as a factor of its height: `SMALLEST` at 0, the number itself from 0.1 to 2, below `LARGEST`."""
    size = abs(size)
    if size < 0.1:
        return SMALLEST + 5 * size * size
    return soft(size, 2.0, LARGEST)


@lru_cache(64)
def pace(tempo: float) -> float:
    """The dial `tempo` as a factor of all rates, never negative, bent before it flickers."""
    return soft(abs(tempo), 4.0, 12.0)
