"""A position of Seedling: what is said as raw real numbers, the noise it begins from, and how it is drawn.

Labels are named as the grammar names them (``s1.kind.bird``; behind ``not.`` what guidance leads away from).
``noise.SEED`` is how much of the noise of that seed there is; ``z.4.7.7.0`` replaces one number of it (latent frame,
row, column, channel), so that any noise at all can be said. Everything is open-ended; nothing is clamped.
"""

import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from uncaged.core import genome as genomes
from uncaged.core.genome import Genome
from uncaged.core.score import MAX_SEED
from uncaged.engines.seedling.drawing import SHAPE
from uncaged.engines.seedling.grammar import LARGEST, SLOTS, Labels
from uncaged.engines.seedling.reading import vector
from uncaged.engines.seedling.running import Floats
from uncaged.engines.seedling.usual import BEND, CALM, GUIDANCE, STEPS, TEMPERATURE

NOT: Final = "not."
NOISE: Final = re.compile(r"noise\.(0|[1-9][0-9]{0,15})")
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

FARTHEST: Final = 1e30
"""So hot is noise at the most: its numbers, and what a network makes of them, must still be numbers."""

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
    return vector({name: held(number) for name, number in names.items()})


def held(number: float) -> float:
    """A number as the network can hold it: beyond the largest lies the largest."""
    return max(-LARGEST, min(LARGEST, number))


def noise_of(genome: Genome, seed: int) -> Floats:
    """The noise `SHAPE` that a genome begins from; that of `seed` where it names none.

    Several are added by their amounts and brought back to their common size, so that a way between two is noise too.
    """
    amounts = {
        int(found[1]): genome.genes[name]
        for name in sorted(genome.genes)
        if (found := NOISE.fullmatch(name)) and genome.genes[name] != 0
    } or {seed: 1.0}
    whole = math.hypot(*(_near(amount) for amount in amounts.values()))
    noise = np.zeros(SHAPE, np.float32)
    for own, amount in amounts.items():
        noise += drawn(own) * np.float32(_near(amount) / whole)
    warmth = genome.genes.get("temperature", DIALS["temperature"])
    noise *= np.float32(max(-FARTHEST, min(FARTHEST, warmth)))
    for name, number in genome.genes.items():
        found = SINGLE.fullmatch(name)
        place = tuple(map(int, found.groups())) if found else ()
        if place and all(at < size for at, size in zip(place, SHAPE, strict=True)):
            noise[place] = held(number)
    return noise


def _near(amount: float) -> float:
    """Amounts are proportions: a square of theirs must be a number."""
    return max(-1e150, min(1e150, amount))


def drawn(seed: int) -> Floats:
    """The noise of a seed: normal numbers from PCG64."""
    return np.random.Generator(np.random.PCG64(seed)).standard_normal(SHAPE, np.float32)


def varied(genome: Genome, amount: float, seed: int) -> Genome:
    """So much of another noise, by lot: √|1 − s²|·z + s·ε, any real s."""
    old = {name: number for name, number in genome.genes.items() if NOISE.fullmatch(name)}
    kept = math.sqrt(abs(1 - amount * amount)) if abs(amount) < 1e150 else abs(amount)
    genes = {name: _finite(number * kept) for name, number in old.items()}
    fresh = f"noise.{random.Random(f'variation/{seed}').randrange(MAX_SEED)}"
    return genome.evolve(genes | {fresh: _finite(amount + genes.get(fresh, 0.0))})


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
            new[name] = _finite(amount * 0.5)
    child = one.evolve({**moved, **new})
    return child if amount == 0 else varied(child, amount * NEW_NOISE, seed)


def cross(one: Genome, other: Genome, seed: int) -> Genome:
    """A child that takes what is said of each thing, and the noise, whole from one parent or the other."""
    names = {*one.genes, *other.genes}
    filled = [
        parent.evolve({name: NEUTRAL.get(name, 0.0) for name in names if name not in parent.genes})
        for parent in (one, other)
    ]
    return _short(genomes.cross(filled[0], filled[1], seed, NEUTRAL))


def between(one: Genome, other: Genome, at: float) -> Genome:
    """The point `at` of the way; the noise goes along the great circle, so that it stays as large. Ends are ends."""
    way = genomes.between(one, other, at, NEUTRAL)
    names = sorted(name for name in way.genes if NOISE.fullmatch(name))
    ends = [np.array([end.genes.get(name, 0.0) for name in names]) for end in (one, other)]
    sizes = [math.hypot(*end) for end in ends]
    if at in (0, 1) or min(sizes, default=0.0) == 0 or not math.isfinite(max(sizes)):
        return _short(way)
    a, b = (end / size for end, size in zip(ends, sizes, strict=True))
    angle = math.acos(max(-1.0, min(1.0, float(a @ b))))
    if math.sin(angle) < 1e-6:
        return _short(way)
    point = math.sin((1 - at) * angle) * a + math.sin(at * angle) * b
    genes = dict(zip(names, (point / math.sin(angle)).tolist(), strict=True))
    return _short(way.evolve(genes))


def _short(genome: Genome) -> Genome:
    """Without the numbers that say nothing."""
    genes = {
        name: number
        for name, number in genome.genes.items()
        if name in DIALS or number != 0 or NEUTRAL.get(name) is None
    }
    return replace(genome, genes=genes)


def _finite(value: float) -> float:
    """Beyond the largest number lies the largest number."""
    return max(-1.7e308, min(1.7e308, value))
