"""Vary: near relations of one position, each a step of its own away from it. Knows no archive and no pixels."""

import hashlib
import math
import random
from collections.abc import Iterator

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.genome import Genome
from uncaged.core.score import MAX_SEED, finite, read_seed
from uncaged.core.words import _
from uncaged.engines.base import Engine

MOST = 144
"""Children of one generation, at most: twelve times twelve."""

RATE = 0.35
"""How far they go where nobody says: near enough to be told for relations, far enough to be told apart."""

FEWEST, MORE, STRETCH = 0.08, 0.4, 3.0
"""Which share of its numbers moves at a rate of 0, how much more of them at 1; how many steps of the model's own scale
they go then."""

SUGGESTED = (0.0, 1.0)
"""Between which rates children look like their parents. Beyond lies the rest of the space, and any real number."""


def variations(player: Engine, one: Genome, rate: float, seed: int, count: int) -> Iterator[Genome]:
    """So many relations of `one`: in each some of its numbers move, more and farther the greater `rate` is. A negative
    rate goes the other way, 0 stays where it is.

    seed: 0 … 2^53 − 1; the same one gives the same relations, in the same order, whatever `count` is.
    Raises `AskedWrong` for a rate that is no finite number, and for a count that is none.
    """
    playable(player)
    rate, seed = _rate(rate), read_seed(seed)
    check_count(count)
    for n in range(count):
        yield moved(player, one, rate, child_seed(seed, n))


def moved(player: Engine, one: Genome, rate: float, seed: int) -> Genome:
    """One relation. Numbers of one thing (a colour, a place in a plane) move together or not at all.

    Not all of them move, since a child that differs in everything a little can be told from nobody.
    """
    far = player.mutate(one, rate * STRETCH, seed)
    share = FEWEST + MORE * abs(rate)
    lots = random.Random(f"vary/{seed}")
    moves = {unit: lots.random() < share for unit in sorted({_unit(name) for name in one.genes})}
    return far.evolve({name: one.genes[name] for name in one.genes if not moves[_unit(name)]})


def _unit(gene: str) -> str:
    """What moves together: ``s1.hue.l`` is of ``s1.hue``, ``palette.x`` of ``palette``, ``dial.line`` is its own."""
    parts = gene.split(".")
    if len(parts) > 2:
        return ".".join(parts[:-1]) if len(parts[-1]) == 1 else gene
    return parts[0] if len(parts) == 2 and len(parts[1]) == 1 else gene


def playable(player: Engine) -> None:
    """Raises `Impossible` where a model has no space one could move in."""
    if not player.capabilities.position:
        raise Impossible(
            _("%(model)s has no positions, so that nothing of it can be bred or varied.")
            % {"model": player.name},
            _("`uncaged models list` says which models have some; ink has."),
            "parents",
        )


def check_count(count: int) -> None:
    """Raises `AskedWrong` where so many children are none, or too many to look at."""
    if not 1 <= count <= MOST:
        raise AskedWrong(
            _("A generation has 1 to %(most)s children, not %(count)s.")
            % {"most": MOST, "count": f"{count:,}"},
            _("Twelve can be looked at together."),
            "children",
        )


def child_seed(seed: int, number: int) -> int:
    """The seed of one child of many, so that none of them depends on how many there are."""
    name = hashlib.sha256(f"child/{seed}/{number}".encode()).digest()
    return int.from_bytes(name[:8], "big") & MAX_SEED


def _rate(rate: float) -> float:
    number = finite(rate, "The rate")
    assert math.isfinite(number)
    return number
