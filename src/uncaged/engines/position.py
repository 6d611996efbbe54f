"""Where a score of a model stands that draws from noise: that noise, its dials, how strong its adapters are, and what
it is told, as one genome.

Words and pictures of one's own beat those of the position; what somebody turns away from its default beats its dials.
Which dials there are, each family says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from uncaged.core import adapters
from uncaged.core import genome as genomes
from uncaged.core.adapters import GENE, MOVES
from uncaged.core.genome import WORDS, Genome, Given
from uncaged.core.score import Score
from uncaged.engines import noises
from uncaged.engines.noises import NOISE

NEW_NOISE: Final = 0.4
"""How much of another noise a mutation of 1 brings."""

TRAITS: Final[Mapping[str, str]] = {
    WORDS: "what it is told: the words, and what is lent to it",
    "noise": "what it begins from",
    "drawn": "how it is drawn: every dial",
}


class Genes(Mapping[str, float]):
    """A number for each gene there can be: dials, each its own; the noise of any seed; any adapter. None: it has no
    number."""

    def __init__(
        self, dials: Mapping[str, float], noise: float | None, adapter: float | None
    ) -> None:
        self._usual, self._noise, self._adapter = dict(dials), noise, adapter

    def __getitem__(self, name: str) -> float:
        if name in self._usual:
            return self._usual[name]
        for pattern, number in ((NOISE, self._noise), (GENE, self._adapter)):
            if number is not None and pattern.fullmatch(name):
                return number
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._usual)

    def __len__(self) -> int:
        return len(self._usual)


@dataclass(frozen=True, slots=True)
class Space:
    """The positions of a model. usual: its dials, each with its own number; scale: how far each usually moves."""

    model: str
    usual: Mapping[str, float]
    scale: Mapping[str, float]

    @property
    def neutral(self) -> Genes:
        """What a gene is worth where a genome does not name it: the dial's own number, no noise, no adapter."""
        return Genes(self.usual, 0.0, 0.0)

    @property
    def steps(self) -> Genes:
        """How far a gene usually moves, where it does."""
        return Genes(self.scale, None, MOVES)

    def standing(self, score: Score) -> Genome:
        """The genome of a score. Raises `AskedWrong` for a position of another model."""
        genome = Genome(self.model)
        if score.position is not None:
            genome = Genome.from_json(score.position, self.model)
        genome = replace(noises.begun(genome, score.seed), given=told(score))
        for name, usual in self.usual.items():
            said = float(score.options.get(name, usual))
            if name not in genome.genes or said != usual:
                genome = genome.evolve({name: said})
        for one in adapters.of(score.options):
            if one.weight is not None or one.gene not in genome.genes:
                genome = genome.evolve({one.gene: 1.0 if one.weight is None else one.weight})
        variation = float(score.options.get("variation", 0.0))
        return noises.varied(genome, variation, score.seed) if variation else genome

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        """A child: the dials move but for the steps, which are what it costs, and another noise comes in."""
        own = {name: n for name, n in one.genes.items() if name in self.steps and name != "steps"}
        moved = genomes.mutate(Genome(one.model, own), amount, seed, self.steps).genes
        child = one.evolve(moved)
        return child if amount == 0 else noises.varied(child, amount * NEW_NOISE, seed)

    def cross(self, one: Genome, other: Genome, seed: int) -> Genome:
        """A child that takes the noise whole from one parent or the other, and each dial from one of them."""
        names = {*one.genes, *other.genes}
        filled = [
            parent.evolve(
                {name: 0.0 for name in names if NOISE.fullmatch(name) and name not in parent.genes}
            )
            for parent in (one, other)
        ]
        child = genomes.cross(filled[0], filled[1], seed, self.neutral)
        genes = {name: n for name, n in child.genes.items() if n != 0 or not NOISE.fullmatch(name)}
        return replace(child, genes=genes)

    def between(self, one: Genome, other: Genome, at: float) -> Genome:
        """The point `at` of the way; the noise stays as large on it."""
        return noises.between(one, other, at, self.neutral)


def told(score: Score) -> Given:
    """What a score's model is told beside its numbers. What only lengthens a film is no part of where it stands."""
    last, anew = score.shots[-1], len(score.shots) == 1
    whole = tuple(one for one in last.pictures if one.share == 1)
    pictures = whole if anew else ()
    film = score.film if anew else None
    return Given(last.text, score.negative or "", pictures, film)


def trait(gene: str) -> str:
    """Which of `TRAITS` a gene belongs to."""
    return "noise" if NOISE.fullmatch(gene) else "drawn"
