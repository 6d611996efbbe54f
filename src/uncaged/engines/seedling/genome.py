"""A position of Seedling: what is said as raw real numbers, the noise it begins from, and how it is drawn.

Labels are named as the grammar names them (``s1.kind.bird``; behind ``not.`` what guidance leads away from).
``noise.SEED`` is how much of the noise of that seed there is; ``z.4.7.7.0`` replaces one number of it (latent frame,
row, column, channel), so that any noise at all can be said. Everything is open-ended; nothing is clamped.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from uncaged.core import genome as genomes
from uncaged.core.genome import Genome
from uncaged.engines import noises
from uncaged.engines.noises import NOISE
from uncaged.engines.seedling.described import vector
from uncaged.engines.seedling.drawing import SHAPE
from uncaged.engines.seedling.grammar import LARGEST, SLOTS, Labels
from uncaged.engines.seedling.running import Floats
from uncaged.engines.seedling.usual import BEND, CALM, GUIDANCE, STEPS, TEMPERATURE

NOT: Final = "not."
SINGLE: Final = re.compile(r"z\.(\d)\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})")

LABELS: Final = tuple(f"{slot.name}.{value}" for slot in SLOTS for value in slot.values)
DIALS: Final[Mapping[str, float]] = {
    "guidance": GUIDANCE,
    "steps": float(STEPS),
    "temperature": TEMPERATURE,
    "bend": BEND,
    "calm": CALM,
}
"""How it is drawn where nobody says otherwise."""

SCALE: Final[Mapping[str, float]] = {
    **dict.fromkeys(LABELS, 0.25),
    **{f"{NOT}{name}": 0.25 for name in LABELS},
    "guidance": 0.5,
    "steps": 12.0,
    "temperature": 0.05,
    "bend": 0.2,
    "calm": 4.0,
}
"""How far a gene usually moves."""

NEW_NOISE: Final = 0.4
"""How much of another noise a mutation of 1 brings."""

NEW_WORD: Final = 0.1
"""How likely a mutation of 1 says something more, in each slot of which something is said."""


class Neutral(Mapping[str, float]):
    """What a gene is worth where a genome does not name it: 0, or the dial's own number. Any noise is known."""

    def __getitem__(self, name: str) -> float:
        if name in DIALS:
            return DIALS[name]
        if name.removeprefix(NOT) in _KNOWN or NOISE.fullmatch(name) or SINGLE.fullmatch(name):
            return 0.0
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter((*DIALS, *LABELS))

    def __len__(self) -> int:
        return len(DIALS) + len(LABELS)


_KNOWN: Final = frozenset(LABELS)
NEUTRAL: Final = Neutral()


def trait(gene: str) -> str:
    """Which of `TRAITS` a gene belongs to."""
    slot = gene.removeprefix(NOT).rpartition(".")[0]
    part = slot.rpartition(".")[2]
    if part in ("kind", "hue", "size"):
        return "who"
    if part in ("place", "relation", "setting", "palette"):
        return "where"
    return "moves" if part in ("motion", "camera") else "drawn"


def said(genome: Genome, negative: bool = False) -> Labels:
    """The label vector of a genome; negative: what guidance leads away from."""
    names = {
        name.removeprefix(NOT): number
        for name, number in genome.genes.items()
        if name.startswith(NOT) == negative and name.removeprefix(NOT) in _KNOWN
    }
    return vector({name: bounded(number) for name, number in names.items()})


def bounded(number: float) -> float:
    """A number as the network can hold it: beyond the largest lies the largest."""
    return max(-LARGEST, min(LARGEST, number))


def noise_of(genome: Genome, seed: int) -> Floats:
    """The noise `SHAPE` that a genome begins from; that of `seed` where it names none."""
    noise = noises.mixed(genome, SHAPE, seed, DIALS["temperature"])
    for name, number in genome.genes.items():
        found = SINGLE.fullmatch(name)
        place = tuple(map(int, found.groups())) if found else ()
        if place and all(at < size for at, size in zip(place, SHAPE, strict=True)):
            noise[place] = bounded(number)
    return noise


def mutate(one: Genome, amount: float, seed: int) -> Genome:
    """A child: every number moves, another noise comes in, and perhaps another word where one is said."""
    one = _short(one)
    own = {
        name: n for name, n in one.genes.items() if not NOISE.fullmatch(name) and name != "steps"
    }
    moved = genomes.mutate(replace(one, genes=own), amount, seed, SCALE).genes
    lots = random.Random(f"words/{seed}")
    new: dict[str, float] = {}
    for slot in SLOTS:
        chance, value = lots.random(), lots.choice(slot.values)
        name = f"{slot.name}.{value}"
        slots_said = any(gene.startswith(f"{slot.name}.") for gene in one.genes)
        if slots_said and name not in one.genes and chance < NEW_WORD * abs(amount):
            new[name] = noises.finite(amount * 0.5)
    child = one.evolve({**moved, **new})
    return child if amount == 0 else noises.varied(child, amount * NEW_NOISE, seed)


def cross(one: Genome, other: Genome, seed: int) -> Genome:
    """A child that takes what is said of each thing, and the noise, whole from one parent or the other."""
    names = {*one.genes, *other.genes}
    filled = [
        parent.evolve({name: NEUTRAL.get(name, 0.0) for name in names if name not in parent.genes})
        for parent in (one, other)
    ]
    return _short(genomes.cross(filled[0], filled[1], seed, NEUTRAL))


def between(one: Genome, other: Genome, at: float) -> Genome:
    """The point `at` of the way; the noise goes along the great circle. Ends are ends."""
    return _short(noises.between(one, other, at, NEUTRAL))


def _short(genome: Genome) -> Genome:
    """Without the numbers that say nothing."""
    genes = {
        name: number
        for name, number in genome.genes.items()
        if name in DIALS or number != 0 or NEUTRAL.get(name) is None
    }
    return replace(genome, genes=genes)
