"""Spread: how many really different ones a generation has. Knows positions and their distance, no pixels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from uncaged.core.genome import Genome
from uncaged.engines.base import Engine


@dataclass(frozen=True, slots=True)
class Spread:
    """count: as if so many were unlike all others, from 1 to how many there are. nearest, farthest: two of them, by
    their places from 0 on; None where there is only one."""

    count: float
    nearest: tuple[int, int] | None = None
    farthest: tuple[int, int] | None = None


def spread(player: Engine, positions: Sequence[Genome]) -> Spread:
    """The diversity of order 2 of these positions, with the similarity e^−d of two that lie d apart.

    n² ÷ the sum of all similarities (Leinster and Cobbold, Ecology 93, 2012): 1 where all are the same, n where none is
    like another. d: the model's own distance, in units of its scale.
    """
    total = len(positions)
    if total < 2:
        return Spread(float(total))
    apart = {
        (i, j): player.distance(positions[i], positions[j])
        for i, j in combinations(range(total), 2)
    }
    alike = total + 2 * math.fsum(math.exp(-d) for d in apart.values())
    closest = min(apart, key=lambda pair: apart[pair])
    widest = max(apart, key=lambda pair: apart[pair])
    return Spread(total * total / alike, closest, widest)
