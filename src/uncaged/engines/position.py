"""Where a score of a model stands that draws from noise: that noise, its dials, and what it is told, as one genome.

Words and pictures of one's own beat those of the position; what somebody turns away from its default beats its dials.
Which dials there are, each family says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from uncaged.core import genome as genomes
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


class Neutral(Mapping[str, float]):
    """What a gene is worth where a genome does not name it: the dial's own number, and no noise of any seed."""

    def __init__(self, usual: Mapping[str, float]) -> None:
        self._usual = dict(usual)

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


@dataclass(frozen=True, slots=True)
class Space:
    """The positions of a model. usual: its dials, each with its own number; scale: how far each usually moves."""

    model: str
    usual: Mapping[str, float]
    scale: Mapping[str, float]

    @property
    def neutral(self) -> Neutral:
        """What a gene is worth where a genome does not name it."""
        return Neutral(self.usual)

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
        variation = float(score.options.get("variation", 0.0))
        return noises.varied(genome, variation, score.seed) if variation else genome

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        """A child: the dials move but for the steps, which are what it costs, and another noise comes in."""
        own = {name: n for name, n in one.genes.items() if name in self.scale and name != "steps"}
        moved = genomes.mutate(Genome(one.model, own), amount, seed, self.scale).genes
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
    pictures = last.pictures if anew else ()
    film = score.film if anew else None
    return Given(last.text, score.negative or "", pictures, film)


def trait(gene: str) -> str:
    """Which of `TRAITS` a gene belongs to."""
    return "noise" if NOISE.fullmatch(gene) else "drawn"
