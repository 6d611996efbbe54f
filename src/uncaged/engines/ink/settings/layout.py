"""Measures of a frame of any aspect: where the ground lies, how far it reaches, how many things fit. Knows no marks.

The measures settings are written in are those of a square frame with its horizon at 0.63; here they are stretched.
"""

from math import sqrt

from uncaged.engines.ink.numbers import clamp
from uncaged.engines.ink.settings import Ground

MARGIN = 0.22
"""How far a moving camera sees beyond the frame, in shorter sides."""

REACH = 0.45
"""How far land runs beyond the frame, in shorter sides."""

_ROOM = 0.37


def level(ground: Ground, share: float | None = None, most: float = 1.1) -> float:
    """Fixes the horizon (to a share of the height where one is named) and gives its y.

    A horizon far outside the frame is brought to its edge, so that any number draws something.
    """
    y = ground.horizon if share is None else share * ground.height
    ground.horizon = clamp(y, -0.1 * ground.height, most * ground.height)
    return ground.horizon


def stretch(ground: Ground) -> float:
    """How deep the ground is, from the horizon to the lower edge, against the square frame's."""
    return max(ground.height - ground.horizon, 0.04) / _ROOM


def down(ground: Ground, offset: float) -> float:
    """The y of what lies `offset` below the horizon in the square frame, 0 … 0.37."""
    return ground.horizon + offset * stretch(ground)


def many(ground: Ground, count: float, deep: bool = False) -> int:
    """How many there are where the square frame has `count`: more in a wide frame, and on deep ground if `deep`."""
    area = min(ground.width, 14.0) * (clamp(stretch(ground), 0.3, 2.4) if deep else 1.0)
    return int(count * area + 0.5)


def wide(ground: Ground) -> float:
    """By how much things that gather at the edges grow inwards in a wide frame: 1 in a square one."""
    return sqrt(min(ground.width, 9.0))


def tall(ground: Ground) -> float:
    """By how much what rises from the lower edge grows in a tall frame: 1 in a square one."""
    return sqrt(min(ground.height, 4.0))


def soft(amount: float, most: float) -> float:
    """An amount without bounds, bent so that it never passes ±`most`; small amounts stay what they are."""
    bounded = clamp(amount, -1e9, 1e9)
    return bounded * most / (most + abs(bounded))


def gust(ground: Ground) -> float:
    """Factor of all swaying: 1 in still air, 1.6 in a plain wind, never above 4."""
    return 1 + 0.6 * soft(1.25 * abs(ground.weather.wind), 5.0)
