"""A genome: a position as named real numbers and named seeds, which instruments can move about in.

Genes are named, never indexed. What a gene means is its model's business; this module only reads, writes and
does plain arithmetic with them. Every finite number is legal: the far side of a gene is an invitation.
"""

import math
import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeAlias, cast

from uncaged.core.errors import AskedWrong
from uncaged.core.score import Picture, finite, read_seed, read_sha, read_shot, read_text, shown
from uncaged.core.words import _

VERSION = 1

_Named: TypeAlias = Mapping[object, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is told beside numbers: words, what must not be seen, pictures, and a film that is drawn anew."""

    text: str = ""
    negative: str = ""
    pictures: tuple[Picture, ...] = ()
    film: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON; what is not given is absent. Files go by their SHA-256."""
        rows = [one.to_json() for one in self.pictures]
        found = {"text": self.text, "negative": self.negative, "pictures": rows, "film": self.film}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Reads `to_json`'s form. Raises `AskedWrong`."""
        if not isinstance(value, dict):
            raise AskedWrong(
                _("What a position is given is an object, not %(value)s.") % {"value": shown(value)}
            )
        data = cast("dict[str, Any]", value)
        shot = read_shot({"text": "", "seconds": 0} | {k: data[k] for k in _OF_SHOT if k in data})
        negative, film = data.get("negative", ""), data.get("film")
        return cls(
            shot.text,
            read_text(negative, "negative"),
            shot.pictures,
            None if film is None else read_sha(film),
        )


_OF_SHOT = ("text", "pictures")
NOTHING = Given()

WORDS = "words"
"""The trait that what is given belongs to, where a model has it."""


@dataclass(frozen=True, slots=True)
class Genome:
    """`genes`: name → finite number; `seeds`: name → 0 … 2^53 − 1; `model`: the one whose space this is.

    `given`: what it stands on that is no number, see `Given`; empty where the numbers are all.
    """

    model: str
    genes: Mapping[str, float] = field(default_factory=dict[str, float])
    seeds: Mapping[str, int] = field(default_factory=dict[str, int])
    given: Given = NOTHING

    def to_json(self) -> dict[str, Any]:
        """The JSON form of DESIGN: ``{model, genome: 1, genes, seeds}``, names sorted; `given` where there is any."""
        given = self.given.to_json()
        return {
            "model": self.model,
            "genome": VERSION,
            "genes": {name: self.genes[name] for name in sorted(self.genes)},
            "seeds": {name: self.seeds[name] for name in sorted(self.seeds)},
        } | ({"given": given} if given else {})

    @classmethod
    def from_json(cls, value: object, model: str | None = None) -> Self:
        """Reads `to_json`'s form; unknown genes are kept. `model`: the one that must have written it."""
        if not isinstance(value, dict):
            raise AskedWrong(
                _("A position is an object with model, genome, genes and seeds, not %(value)s.")
                % {"value": shown(value)}
            )
        data = cast("dict[str, Any]", value)
        name = data.get("model")
        if not isinstance(name, str):
            raise AskedWrong(_("The position does not say which model it belongs to."))
        if model is not None and name != model:
            raise AskedWrong(
                _("This position belongs to the model %(name)s; %(model)s cannot stand there.")
                % {"name": shown(name), "model": model},
                _("Choose it with --model %(name)s, or take a position of %(model)s.")
                % {"name": name, "model": model},
            )
        if data.get("genome") != VERSION:
            raise AskedWrong(
                _("This position has genome version %(version)s; this studio reads %(known)s.")
                % {"version": shown(data.get("genome")), "known": VERSION}
            )
        genes, seeds = data.get("genes", {}), data.get("seeds", {})
        if not isinstance(genes, dict) or not isinstance(seeds, dict):
            raise AskedWrong(_("A position's genes and seeds are objects with named numbers."))
        return cls(
            name,
            {_name(k): finite(v, f"The gene {k}") for k, v in cast("_Named", genes).items()},
            {_name(k): read_seed(v) for k, v in cast("_Named", seeds).items()},
            Given.from_json(data.get("given", {})),
        )

    def evolve(self, genes: Mapping[str, float], seeds: Mapping[str, int] | None = None) -> Self:
        """This genome with some genes and seeds replaced."""
        return replace(self, genes={**self.genes, **genes}, seeds={**self.seeds, **(seeds or {})})


def mutate(genome: Genome, amount: float, seed: int, scale: Mapping[str, float]) -> Genome:
    """A child: each gene moved by a normal step of `amount` × its `scale` (1 where none is named).

    `seed` makes the child repeatable; an amount of 0 returns the same genes.
    """
    draw = random.Random(f"mutate/{seed}").random
    genes: dict[str, float] = {}
    for name in sorted(genome.genes):
        step = (draw() + draw() + draw() + draw() - 2) * 1.73
        genes[name] = _finite(genome.genes[name] + step * amount * scale.get(name, 1.0))
    return genome.evolve(genes)


def cross(one: Genome, other: Genome, seed: int, neutral: Mapping[str, float]) -> Genome:
    """A child that takes each gene and seed from one parent or the other, by the toss of a named coin.

    Genes that belong to one noun (``s1.size``, ``s1.hue.a``) travel together, or a fox's colour would fall on a house.
    """
    draw = random.Random(f"cross/{seed}").random
    nouns = sorted({_noun(name) for name in (*one.genes, *other.genes, *one.seeds, *other.seeds)})
    first = {noun: draw() < 0.5 for noun in nouns}
    genes: dict[str, float] = {}
    for name in sorted({*one.genes, *other.genes}):
        chosen, rest = (one, other) if first[_noun(name)] else (other, one)
        genes[name] = chosen.genes.get(name, rest.genes.get(name, neutral.get(name, 0.0)))
    seeds: dict[str, int] = {}
    for name in sorted({*one.seeds, *other.seeds}):
        chosen, rest = (one, other) if first[_noun(name)] else (other, one)
        seeds[name] = chosen.seeds.get(name, rest.seeds.get(name, 0))
    alike = random.Random(f"cross/{seed}/given").random() < 0.5
    return Genome(one.model, genes, seeds, (one if alike else other).given)


def between(one: Genome, other: Genome, at: float, neutral: Mapping[str, float]) -> Genome:
    """The point `at` of the way from one to the other; 0 and 1 are the ends, anything beyond is legal.

    Seeds cannot be mixed: they are the nearer end's. So is what is given.
    """
    genes: dict[str, float] = {}
    for name in sorted({*one.genes, *other.genes}):
        start = one.genes.get(name, neutral.get(name, 0.0))
        end = other.genes.get(name, neutral.get(name, 0.0))
        genes[name] = _finite(start + _finite(end - start) * at)
    nearer, farther = (one, other) if at < 0.5 else (other, one)
    return Genome(one.model, genes, {**farther.seeds, **nearer.seeds}, nearer.given)


def distance(
    one: Genome, other: Genome, scale: Mapping[str, float], neutral: Mapping[str, float]
) -> float:
    """Root mean square of the genes' differences, each in units of its `scale`; seeds do not count."""
    names = {*one.genes, *other.genes}
    if not names:
        return 0.0
    apart: list[float] = []
    for name in sorted(names):
        start = one.genes.get(name, neutral.get(name, 0.0))
        end = other.genes.get(name, neutral.get(name, 0.0))
        apart.append(_finite(end - start) / scale.get(name, 1.0))
    return _finite(math.hypot(*apart) / math.sqrt(len(names)))


def _name(gene: object) -> str:
    """A gene's name; `AskedWrong` where it could not be written down again."""
    name = str(gene)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise AskedWrong(
            _("The gene %(name)s holds half a character.") % {"name": f"{name!a}"}
        ) from None
    return name


def _finite(value: float) -> float:
    """Beyond the largest number lies the largest number."""
    return max(-sys.float_info.max, min(sys.float_info.max, value))


def _noun(gene: str) -> str:
    """``s1.hue.a`` belongs to ``s1``; a gene without a dot stands alone."""
    return gene.split(".", 1)[0]
