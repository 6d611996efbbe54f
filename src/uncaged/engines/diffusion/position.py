"""Where a score of such a model stands: the noise it begins from and the dials, as one genome. The words stay text.

What somebody turns away from its default beats the position.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from uncaged.core import genome as genomes
from uncaged.core.genome import Genome
from uncaged.core.score import Score
from uncaged.engines import noises
from uncaged.engines.diffusion.options import MOST_STEPS
from uncaged.engines.noises import NOISE

DIALS: Final = ("guidance", "steps", "temperature", "bend", "eta")
"""Options that are genes too."""

SCALE: Final[Mapping[str, float]] = {
    "guidance": 1.0,
    "steps": 12.0,
    "temperature": 0.03,
    "bend": 0.3,
    "eta": 0.2,
}
"""How far a gene usually moves."""

NEW_NOISE: Final = 0.4
"""How much of another noise a mutation of 1 brings."""

TRAITS: Final[Mapping[str, str]] = {
    "noise": "what it begins from",
    "drawn": "how it is drawn: guidance, steps, temperature",
}


class Neutral(Mapping[str, float]):
    """What a gene is worth where a genome does not name it: the dial's own number, and no noise of any seed."""

    def __init__(self, usual: Mapping[str, float]) -> None:
        self._usual = {name: float(usual[name]) for name in DIALS}

    def __getitem__(self, name: str) -> float:
        if name in self._usual:
            return self._usual[name]
        if NOISE.fullmatch(name):
            return 0.0
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._usual)

    def __len__(self) -> int:
        return len(self._usual)


def standing(score: Score, model: str, usual: Mapping[str, float]) -> Genome:
    """The genome of a score. usual: the model's own dials. Raises `AskedWrong` for a position of another model."""
    genome = Genome(model)
    if score.position is not None:
        genome = Genome.from_json(score.position, model)
    genome = noises.begun(genome, score.seed)
    for name in DIALS:
        said = float(score.options.get(name, usual[name]))
        if name not in genome.genes or said != usual[name]:
            genome = genome.evolve({name: said})
    variation = float(score.options.get("variation", 0.0))
    return noises.varied(genome, variation, score.seed) if variation else genome


def steps_of(genome: Genome, usual: Mapping[str, float]) -> int:
    """Steps of a genome, 1 … `MOST_STEPS`: that many are drawn, whatever the number says."""
    return int(max(1.0, min(float(MOST_STEPS), genome.genes.get("steps", usual["steps"]) + 0.5)))


def trait(gene: str) -> str:
    """Which of `TRAITS` a gene belongs to."""
    return "noise" if NOISE.fullmatch(gene) else "drawn"


def mutate(one: Genome, amount: float, seed: int) -> Genome:
    """A child: the dials move but for the steps, which are what it costs, and another noise comes in."""
    own = {name: n for name, n in one.genes.items() if name in SCALE and name != "steps"}
    moved = genomes.mutate(Genome(one.model, own), amount, seed, SCALE).genes
    child = one.evolve(moved)
    return child if amount == 0 else noises.varied(child, amount * NEW_NOISE, seed)


def cross(one: Genome, other: Genome, seed: int, neutral: Mapping[str, float]) -> Genome:
    """A child that takes the noise whole from one parent or the other, and each dial from one of them."""
    names = {*one.genes, *other.genes}
    filled = [
        parent.evolve(
            {name: 0.0 for name in names if NOISE.fullmatch(name) and name not in parent.genes}
        )
        for parent in (one, other)
    ]
    child = genomes.cross(filled[0], filled[1], seed, neutral)
    genes = {name: n for name, n in child.genes.items() if n != 0 or not NOISE.fullmatch(name)}
    return Genome(child.model, genes, child.seeds)
