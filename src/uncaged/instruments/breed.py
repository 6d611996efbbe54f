"""Breed: children of one, two or more positions, with what crosses between them. Knows no archive and no pixels.

After Ganbreeder (Simon, 2018) and Picbreeder (Secretan et al., 2008), and without their clamps.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from uncaged.core import genome as genomes
from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.genome import Genome
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.base import Engine
from uncaged.instruments.vary import child_seed, moved, variations

EITHER, BETWEEN = "either", "between"
"""How a trait crosses where it is not one parent's: by chance from one of them, or at a point between them."""

MOST_PARENTS = 12
"""Parents of one generation, at most."""

Crossing = Mapping[str, str]
"""Trait → the number of the parent it comes from ("1" is the first), `EITHER` or `BETWEEN`; unnamed: `EITHER`."""


def children(
    player: Engine,
    parents: Sequence[Genome],
    rate: float,
    seed: int,
    count: int,
    crossing: Crossing | None = None,
) -> Iterator[Genome]:
    """So many children of one, two or more parents, crossed first and then moved by steps of about `rate`.

    crossing: by trait, see `Crossing`; traits are the model's own. seed, rate, count: as in `vary.variations`, which
    this is where there is one parent. Raises `AskedWrong` for no parents, too many, or a crossing nobody knows.
    """
    check_parents(len(parents))
    chosen = check_crossing(player, crossing or {}, len(parents))
    if len(parents) == 1:
        yield from variations(player, parents[0], rate, seed, count)
        return
    for n, _same in enumerate(variations(player, parents[0], rate, seed, count)):
        own = child_seed(seed, n)
        yield moved(player, crossed(player, parents, own, chosen), rate, own)


def crossed(player: Engine, parents: Sequence[Genome], seed: int, crossing: Crossing) -> Genome:
    """One child of several parents before it moves."""
    lots = random.Random(f"breed/{seed}")
    order = list(parents)
    for n in range(len(order) - 1, 0, -1):
        other = int(lots.random() * (n + 1))
        order[n], order[other] = order[other], order[n]
    either = reduce(lambda one, other: player.cross(one, other, _lot(lots)), order)
    if not any(way != EITHER for way in crossing.values()):
        return either
    middle = reduce(lambda one, other: player.between(one, other, lots.random()), order)
    sources = {EITHER: either, BETWEEN: middle}
    sources |= {str(n): parent for n, parent in enumerate(parents, 1)}
    return _assembled(player, sources, crossing)


def check_parents(count: int) -> None:
    """Raises `AskedWrong` where there is nobody to breed, or a crowd."""
    if not 1 <= count <= MOST_PARENTS:
        raise AskedWrong(
            _("Children have 1 to %(most)s parents, not %(count)s.")
            % {"most": MOST_PARENTS, "count": f"{count:,}"},
            _("Press one, or tick the ones to cross."),
            "parents",
        )


def check_crossing(player: Engine, crossing: Crossing, parents: int) -> Crossing:
    """The crossing, if there are such traits and such ways; `AskedWrong` names the nearest."""
    ways = (EITHER, BETWEEN, *(str(n) for n in range(1, parents + 1)))
    for trait, way in crossing.items():
        if trait not in player.traits:
            known = list(player.traits)
            offer = (
                nearest(trait, known)
                if known
                else _("%(model)s crosses as a whole.") % {"model": player.name}
            )
            raise AskedWrong(
                _("%(model)s has no trait %(trait)s.")
                % {"model": player.name, "trait": shown(trait)},
                offer,
                "cross",
            )
        if way not in ways:
            raise AskedWrong(
                _("%(trait)s cannot come from %(way)s.") % {"trait": trait, "way": shown(way)},
                _("Say one of %(ways)s.") % {"ways": ", ".join(ways)},
                "cross",
            )
    return crossing


def _assembled(player: Engine, sources: Mapping[str, Genome], crossing: Crossing) -> Genome:
    """Each trait from where it is to come from. A gene that its source does not name is worth what it is there: its
    neutral value, so that *who from the first* leaves out who is only in the second."""
    either = sources[EITHER]
    names = sorted({name for one in sources.values() for name in one.genes})
    genes: dict[str, float] = {}
    for name in names:
        source = sources[crossing.get(player.trait(name), EITHER)]
        if name in source.genes:
            genes[name] = source.genes[name]
        elif name in player.neutral:
            genes[name] = player.neutral[name]
    seeds: dict[str, int] = {}
    for name in sorted({name for one in sources.values() for name in one.seeds}):
        source = sources[crossing.get(player.trait(name), EITHER)]
        if name in source.seeds:
            seeds[name] = source.seeds[name]
    told = sources[crossing.get(genomes.WORDS, EITHER)].given
    return Genome(either.model, genes, seeds, told)


def _lot(lots: random.Random) -> int:
    return int(lots.random() * 2**53)
