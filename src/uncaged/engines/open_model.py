"""What all open models share as engines: published weights that lie in a folder, and a space of noise and dials.

Needs no torch: everything known at the door is read from names and small configurations.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from uncaged.core import adapters
from uncaged.core.adapters import Chosen
from uncaged.core.errors import WeightsMissing
from uncaged.core.genome import Genome
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import fitting, position
from uncaged.engines.adapters.options import AdaptedOptions
from uncaged.engines.base import Capabilities
from uncaged.engines.extras import lacking
from uncaged.engines.in_folder import InFolder

TWIN: Final = "_uncaged_twin"
"""What stands in a configuration of a tiny model of random weights."""

PRECISION: Final = "precision"
"""What recipes and options call it with which numbers a model computes."""

INT8: Final = "int8"
"""The value of that for weights of 8 bits; see `engines.narrowing`."""

WEIGHTS: Final = "weights"
"""What recipes call it how a model's weights were held, where that was lossy."""

LOSSY: Final = "8 bits: lossy"
"""What recipes say there."""

COMPILED: Final = "compiled"
"""What recipes call it that a model's layers were compiled."""

DECODED: Final = "decoded"
"""What recipes call it how a film was decoded, where that was not whole."""

MOST_STEPS: Final = 500
"""Steps, at most, wherever somebody says how many: they are what it costs."""

MOST_SHOTS: Final = 1000
"""Times that a film can go on; its length has an end before."""

LIMITS: Final = Capabilities(
    position=True,
    negative=True,
    stills=True,
    sides=(64, 2048),
    seconds=(0.02, 120.0),
    frames=1000,
)
"""What cost sets, for every family."""


class OpenOptions(AdaptedOptions):
    """What can be said to every open model."""

    precision: Literal["", "float32", "bfloat16", "int8"] = Field(
        default="",
        description="With which numbers it computes: float32 is more exact, bfloat16 takes half the memory; int8 holds "
        "most weights in half of that, and is lossy; empty: whichever was measured to be faster on this machine.",
    )


class OpenModel(InFolder):
    """A family says its dials, what a folder can, and how it is opened."""

    capabilities = LIMITS
    told = True
    shaped = True
    slots: ClassVar[int] = 3
    traits: ClassVar[Mapping[str, str]] = position.TRAITS

    generation: ClassVar[int] = 2
    """Raised whenever the same score gives other frames than before; stands in every recipe."""
    libraries: ClassVar[Sequence[str]]
    """What it performs with, as installed."""
    dials: ClassVar[Mapping[str, float]]
    """Options that are genes too, and how far each usually moves."""
    kept: ClassVar[Sequence[str]]
    """Options that children are made with; the position holds the dials and the noise."""

    precision = ""
    """With which numbers it computes; empty: as was measured. See `OpenOptions`."""
    compiled = False
    """Whether its layers are compiled when it is opened."""

    @property
    def lacks(self) -> str:
        return lacking("models", *self.libraries)

    @property
    def usual(self) -> dict[str, float]:
        """Every dial where nobody turns it."""
        plain = self.options().model_dump()
        return {name: float(plain[name]) for name in self.dials}

    @property
    def space(self) -> position.Space:
        """Where its scores stand."""
        return position.Space(self.name, self.usual, self.dials)

    def compute_with(self, precision: str, compiled: bool = False) -> None:
        self.precision, self.compiled = precision, compiled

    def ready(self, score: Score) -> None:
        if self.folder is None:
            raise WeightsMissing(
                _("%(model)s is a family of models, not a model.") % {"model": self.name},
                _(
                    "Choose one of it (uncaged models list), or add one that you have: uncaged models add FOLDER"
                ),
            )
        absent = [name for name in self.libraries if find_spec(name) is None]
        if absent:
            raise WeightsMissing(
                _("%(model)s performs with %(library)s, which is not installed.")
                % {"model": self.name, "library": absent[0]},
                _("Install it: pip install 'uncaged[models]'"),
            )

    def refuse_film(self, score: Score) -> None:
        """Raises `Impossible` where this machine has not the memory for it."""
        weighed = self.weighed(score)
        if weighed is not None:
            fitting.refuse_film(self.name, weighed)

    def weighed(self, score: Score) -> fitting.Weighed | None:
        """What the memory that a score takes is reckoned by; None where nobody knows. Raises as `able` does."""
        return None

    def in_tiles(self, score: Score) -> bool:
        """Whether there is too little memory here to decode a film whole."""
        weighed = self.weighed(score)
        return weighed is not None and fitting.in_tiles(weighed)

    def recipe(self) -> dict[str, str]:
        from uncaged.core.version import __version__

        found = {
            "engine": f"{self.family or self.name} {self.generation}",
            "uncaged": __version__,
        }
        for name in self.libraries:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                found[name] = "missing"
        return found

    def genome(self, score: Score) -> Genome:
        return self.space.standing(score)

    def inherited(
        self, options: Mapping[str, Any], *others: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Adapters of every parent come along; how strong each is, the position says."""
        plain = self.options().model_dump()
        found = {
            name: options[name]
            for name in self.kept
            if options.get(name, plain[name]) != plain[name]
        }
        named = adapters.inherited((options, *others))
        return found | ({adapters.OPTION: named} if named else {})

    def adapters(self, score: Score) -> tuple[Chosen, ...]:
        chosen = adapters.of(score.options)
        return adapters.weighed(chosen, self.genome(score).genes) if chosen else ()

    @property
    def neutral(self) -> Mapping[str, float]:
        return self.space.neutral

    @property
    def scale(self) -> Mapping[str, float]:
        return self.space.steps

    def trait(self, gene: str) -> str:
        return position.trait(gene)

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        return self.space.mutate(one, amount, seed)

    def cross(self, one: Genome, other: Genome, seed: int) -> Genome:
        return self.space.cross(one, other, seed)

    def between(self, one: Genome, other: Genome, at: float) -> Genome:
        return self.space.between(one, other, at)


def twin_card(family: str) -> dict[str, str]:
    """What a tiny model of random weights says of itself."""
    return {
        "summary": f"A tiny twin of {family} with random weights: everything runs, and nothing is shown.",
        "origin": "Made on this machine.",
        "training_data": "Nothing.",
        "licence": "CC0-1.0",
        "works": "CC0-1.0: there is nobody's work in them.",
    }
