"""`seedling` as an engine: its card, its dials, the performance from a score to frames. It performs without torch.

Importing it is cheap: words, numbers and onnxruntime are imported when a performance begins.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, field_validator

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.genome import Genome
from uncaged.core.order import Understood
from uncaged.core.score import Score
from uncaged.engines.base import Capabilities, Card, Engine
from uncaged.engines.dials import Options, counted, dial
from uncaged.engines.seedling import INDEX
from uncaged.engines.seedling.usual import BEND, CALM, GUIDANCE, STEPS, TEMPERATURE, TRAITS

if TYPE_CHECKING:
    from uncaged.engines.ink.words.lexicon import Lexicon
    from uncaged.engines.seedling.performing import SeedlingPerformance
    from uncaged.engines.seedling.weights import Index

GENERATION = 2
"""Raised whenever the same score gives other frames than before; stands in every recipe."""

WEIGHTS = Path(__file__).parent / "weights"
"""Where the weights that come with the studio lie."""

MOST_STEPS = 100
"""Steps of one film, at most: they are what it costs."""


class SeedlingOptions(Options):
    """How it is drawn. Any number is legal; only what costs has an end."""

    guidance: float = dial(
        GUIDANCE,
        -2.0,
        8.0,
        "How far it follows the words; 0 not at all, below 0 it flees them.",
    )
    steps: int = dial(
        STEPS, 4, 40, f"Steps from noise to picture, 1 to {MOST_STEPS}; more take longer."
    )
    temperature: float = dial(
        TEMPERATURE,
        0.6,
        1.4,
        "How strong the noise is that it begins from: little is calm and alike, much is rough.",
    )
    bend: float = dial(
        BEND,
        -2.0,
        3.0,
        "Where the steps lie: above 0 more while everything is open, below 0 more at the end.",
    )
    calm: float = dial(
        CALM,
        0.0,
        64.0,
        "How much a place may waver and still stand, of 255; 0 lets all lines breathe, much leaves only leaps.",
    )
    variation: float = dial(
        0.0, 0.0, 1.0, "So much of another noise: a little is the same picture, a bit different."
    )
    negative: str = Field(default="", description="What guidance leads away from, in words.")
    labels: str = Field(
        default="",
        description="Labels as raw numbers beside the words, as bird=-1 s1.hue.red=0.5; any number is legal.",
    )

    @field_validator("labels", mode="before")
    @classmethod
    def _labels(cls, given: Any) -> Any:
        """Text, or an object of names and numbers, as one text."""
        from uncaged.engines.seedling.labelling import read_labels, written

        return written(read_labels(given))

    @field_validator("steps")
    @classmethod
    def _steps(cls, steps: int) -> int:
        return counted(steps, MOST_STEPS)


class Seedling(Engine):
    """A small network that was trained from scratch on drawings the studio makes itself."""

    name = "seedling"
    slots: ClassVar[int] = 2
    card = Card(
        summary="A small network that learnt to draw from the studio's own drawings. It runs on any machine.",
        origin="Part of the studio: trained from scratch, by the code that comes with it.",
        training_data="Drawings that the studio makes from a seed, and nothing else; anybody can draw them again.",
        licence="AGPL-3.0-or-later, CC0-1.0",
        works="CC0-1.0 for what the network adds: the films are yours.",
    )
    options = SeedlingOptions
    capabilities = Capabilities(
        position=True,
        negative=True,
        lexicons=True,
        stills=True,
        farther=True,
        around=True,
        masks=True,
        sides=(256, 512),
        sizes=((256, 256), (512, 512)),
        seconds=(2.0, 2.0),
        rates=(24.0, 12.0, 8.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5),
    )
    defaults: Mapping[str, Any] = MappingProxyType({"size": (256, 256), "seconds": 2.0, "fps": 24})
    traits: ClassVar[Mapping[str, str]] = TRAITS
    examples: ClassVar[Sequence[str]] = (
        "a large red bird rises",
        "a small blue fish drifts to the right",
        "a green tree sways at the bottom",
        "a yellow sun spins",
    )

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """folder: where the weights lie; they are looked for when somebody asks for a film."""
        self.folder = folder

    @property
    def is_here(self) -> bool:
        return (self.folder / INDEX).is_file()

    def settle(self, folder: Path) -> None:
        self.folder = folder

    def index(self) -> "Index":
        """What lies in the folder. Raises `WeightsMissing`, `WeightsBroken`."""
        from uncaged.engines.seedling.weights import Index

        return Index.of(self.folder)

    def ready(self, score: Score) -> None:
        from uncaged.engines.seedling.inking import check_size

        check_size(self.index(), score.size)

    def open(self, files: Mapping[str, Path], device: str = "") -> "SeedlingPerformance":
        from uncaged.engines.seedling.performing import SeedlingPerformance

        return SeedlingPerformance(self.index(), self.name)

    def recipe(self) -> dict[str, str]:
        from uncaged.core.version import __version__
        from uncaged.engines.ink.engine import rules
        from uncaged.engines.seedling.inking import inkers_of

        try:
            index = self.index()
            weights, manifest = index.hash, index.manifest
            inker = inkers_of(index).hash
        except (WeightsMissing, WeightsBroken):
            weights, manifest, inker = "missing", "", ""
        return {
            "engine": f"{self.name} {GENERATION}",
            "weights": weights,
            "training": manifest,
            "inker": inker,
            "words": rules(),
            "uncaged": __version__,
        } | {name: version(name) for name in ("numpy", "onnxruntime")}

    def farther(self, score: Score, here: Genome, picture: str, factor: float) -> Mapping[str, Any]:
        """The picture itself, smaller, in the middle of paper that is drawn on anew."""
        from uncaged.engines.farther import around

        return around(score, here, picture, factor)

    def cost(self, score: Score) -> float:
        """In steps of one condition, each about a thirtieth of a second on one core; inking is worth some of them."""
        genes: Any = score.position.get("genes") if score.position else None
        there: Mapping[str, Any] = genes if isinstance(genes, Mapping) else {}
        steps, guidance = (
            _number(said if said != plain else there.get(name, plain), plain)
            for name, plain in (("steps", float(STEPS)), ("guidance", GUIDANCE))
            for said in (score.options.get(name, plain),)
        )
        asked = 1 if guidance in (0.0, 1.0) else 2
        drawing = min(max(steps, 1.0), float(MOST_STEPS)) * asked
        return (drawing * KEY if score.is_picture else drawing) + INKING[max(score.size) > 256]

    def genome(self, score: Score) -> Genome:
        from uncaged.engines.seedling.standing import standing

        return standing(score, self.name, learned=self.learned())[0]

    def learned(self) -> frozenset[str]:
        """The slots of the grammar that the weights know; all of them where there are no weights."""
        from uncaged.engines.seedling.grammar import SLOT

        try:
            return frozenset(self.index().facts.get("learned", SLOT))
        except (WeightsMissing, WeightsBroken):
            return frozenset(SLOT)

    @property
    def knows(self) -> Mapping[str, Sequence[str]]:
        from uncaged.engines.seedling.grammar import KNOWN, SLOT

        learned = self.learned()
        return {said: SLOT[slot].values for said, slot in KNOWN.items() if slot in learned}

    def inherited(
        self, options: Mapping[str, Any], *others: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The position holds everything that was turned."""
        return {}

    @property
    def neutral(self) -> Mapping[str, float]:
        from uncaged.engines.seedling.genome import NEUTRAL

        return NEUTRAL

    @property
    def scale(self) -> Mapping[str, float]:
        from uncaged.engines.seedling.genome import SCALE

        return SCALE

    def trait(self, gene: str) -> str:
        from uncaged.engines.seedling.genome import trait

        return trait(gene)

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        from uncaged.engines.seedling.genome import mutate

        return mutate(one, amount, seed)

    def cross(self, one: Genome, other: Genome, seed: int) -> Genome:
        from uncaged.engines.seedling.genome import cross

        return cross(one, other, seed)

    def between(self, one: Genome, other: Genome, at: float) -> Genome:
        from uncaged.engines.seedling.genome import between

        return between(one, other, at)

    def understand(
        self,
        text: str,
        *,
        seed: int = 1,
        words: Sequence[tuple[str, bytes]] = (),
        options: Mapping[str, Any] | None = None,
    ) -> Understood:
        from uncaged.engines.seedling.reading import read

        self.check(options or {})
        reading = read(text, seed, self._lexicons(words), self.learned())
        return Understood(reading.words, reading.sentence)

    def check_words(self, data: bytes, name: str) -> None:
        self._lexicons([(name, data)])

    def _lexicons(self, words: Sequence[tuple[str, bytes]]) -> "list[Lexicon]":
        from uncaged.engines.ink.words.lexicon import Lexicon

        return [Lexicon.from_bytes(data, name) for name, data in words]


KEY = 0.125
"""What the key frame alone costs, of a film of eight latent frames."""

INKING = (8.0, 24.0)
"""What inking 256 and 512 pixels costs, in steps."""


def _number(value: object, plain: float) -> float:
    return float(value) if isinstance(value, int | float) else plain
