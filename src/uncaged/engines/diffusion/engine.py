"""A family of diffusion models as an engine: what of a folder it performs with, what it then can, and opening it.

Needs no torch: everything known at the door is read from small configurations.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from uncaged.core.errors import AskedWrong, UncagedError, WeightsBroken, WeightsMissing
from uncaged.core.genome import Genome
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import noises, published
from uncaged.engines.base import Capabilities, Engine, Offer
from uncaged.engines.diffusion import position
from uncaged.engines.diffusion.options import MOST_STEPS, DiffusionOptions
from uncaged.engines.extras import lacking

if TYPE_CHECKING:
    from uncaged.engines.diffusion.performing import DiffusionPerformance

GENERATION: Final = 1
"""Raised whenever the same score gives other frames than before; stands in every recipe."""

INDEX: Final = "model_index.json"
TWIN: Final = "_uncaged_twin"
"""What stands in the index of a tiny model of random weights."""

LIBRARIES: Final = ("torch", "diffusers", "transformers", "numpy")
LIMITS: Final = Capabilities(
    position=True, negative=True, sides=(64, 2048), seconds=(0.02, 120.0), frames=1000
)
"""What cost sets, for every family."""

SMALL: Final = ("tokenizer", "scheduler", "image_processor")
"""Folders of which everything is needed, and nothing is large."""

TEXT_FILES: Final = (".json", ".model", ".txt")


@dataclass(frozen=True, slots=True)
class Published:
    """What a model was published for, by its configurations.

    size: (width, height) in pixels. frames, fps: of the films it learnt from. multiple: pixels of a side come in these.
    pictures: how many it takes. needs: whether it draws none without. only: whether no other size is possible.
    """

    size: tuple[int, int]
    frames: int
    fps: int
    multiple: int
    pictures: int = 0
    needs: bool = False
    only: bool = False


class DiffusionEngine(Engine):
    """What the families share. A family says its name, its card's facts, and where its networks are opened."""

    options = DiffusionOptions
    capabilities = LIMITS
    traits: ClassVar[Mapping[str, str]] = position.TRAITS

    pipelines: ClassVar[Sequence[str]]
    """What `model_index.json` calls it."""
    networks: ClassVar[Sequence[str]] = ("transformer", "vae", "text_encoder")
    """Folders of weights."""
    extra: ClassVar[Sequence[str]] = ()
    """More of them, which only some models of the family have."""
    denoiser: ClassVar[str]
    """Where the networks are opened: a module of this room and a class in it."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: a model as it was published."""
        self.folder: Path | None = None
        self._needs = False
        if folder is not None:
            self.settle(folder)

    @property
    def is_here(self) -> bool:
        """A family has no weights of its own."""
        return self.folder is not None

    @property
    def lacks(self) -> str:
        return lacking("models", *LIBRARIES)

    @property
    def usual(self) -> dict[str, float]:
        """Every dial where nobody turns it."""
        plain = self.options().model_dump()
        return {name: float(plain[name]) for name in position.DIALS}

    @abstractmethod
    def published(self, folder: Path) -> Published:
        """What a folder's configurations say. Raises `WeightsMissing`, `WeightsBroken`."""

    @abstractmethod
    def described(self, folder: Path) -> Mapping[str, Any]:
        """Texts for a card, and facts beside them; see `Offer.card`."""

    def settle(self, folder: Path) -> None:
        self.folder = folder
        try:
            known = self.published(folder)
        except UncagedError:  # whoever performs says so
            return
        self.capabilities, self._needs = self._able(known), known.needs
        self.defaults = MappingProxyType(
            {"size": known.size, "seconds": known.frames / known.fps, "fps": known.fps}
        )

    def _able(self, known: Published) -> Capabilities:
        return replace(
            LIMITS,
            pictures=known.pictures,
            multiple=known.multiple,
            sizes=(known.size,) if known.only else (),
        )

    def offer(self, folder: Path) -> Offer | None:
        if not (folder / INDEX).is_file():
            return None
        index = published.read_json(folder / INDEX)
        if index.get("_class_name") not in self.pipelines:
            return None
        self.published(folder)
        found: dict[str, Path] = {INDEX: folder / INDEX}
        numbers = 0
        there = [part for part in self.extra if (folder / part).is_dir()]
        for part in (*self.networks, *there):
            for path in (folder / part / published.CONFIG, *published.files(folder / part)):
                found[f"{part}/{path.name}"] = path
                if path.suffix == ".safetensors":
                    numbers += published.held(path).numbers
        for part in SMALL:
            for path in sorted((folder / part).glob("*")):
                if path.suffix in TEXT_FILES and path.is_file():
                    found[f"{part}/{path.name}"] = path
        self._whole(folder, found)
        facts = {"family": self.name, "parameters": numbers}
        said = twin_card(self.name) if index.get(TWIN) else self.described(folder)
        return Offer(found, {**facts, **said})

    def _whole(self, folder: Path, found: Mapping[str, Path]) -> None:
        for name in ("scheduler/scheduler_config.json", "tokenizer/tokenizer_config.json"):
            if name not in found:
                raise published.missing(folder / name)

    def ready(self, score: Score) -> None:
        if self.folder is None:
            raise WeightsMissing(
                _("%(model)s is a family of models, and none of it is on the shelf.")
                % {"model": self.name},
                _("Add one that you have: uncaged models add FOLDER"),
            )
        if self._needs and not score.pictures:
            raise AskedWrong(
                _("%(model)s begins every film with a picture.") % {"model": self.name},
                _("Give it one."),
                "pictures",
            )
        absent = [name for name in LIBRARIES if find_spec(name) is None]
        if absent:
            raise WeightsMissing(
                _("%(model)s performs with %(library)s, which is not installed.")
                % {"model": self.name, "library": absent[0]},
                _("Install it: pip install 'uncaged[models]'"),
            )

    def open(self, files: Mapping[str, Path], device: str = "cpu") -> "DiffusionPerformance":
        from uncaged.engines.diffusion.opening import opened
        from uncaged.engines.diffusion.performing import DiffusionPerformance

        if self.folder is None:
            raise WeightsMissing(_("The weights of %(model)s are not here.") % {"model": self.name})
        module, _dot, name = self.denoiser.rpartition(".")
        family = getattr(import_module(module), name)
        return DiffusionPerformance(self, opened(family, self.folder, device))

    def recipe(self) -> dict[str, str]:
        from uncaged.core.version import __version__

        found = {"engine": f"{self.family or self.name} {GENERATION}", "uncaged": __version__}
        for name in LIBRARIES:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                found[name] = "missing"
        return found

    def cost(self, score: Score) -> float:
        """Millions of pixels × questions: each step asks under both conditions, unless one counts for nothing."""
        usual = self.usual
        genes: Any = score.position.get("genes") if score.position else None
        there: Mapping[str, Any] = genes if isinstance(genes, Mapping) else {}
        said = {name: score.options.get(name, usual[name]) for name in ("steps", "guidance")}
        turned = {
            name: value if value != usual[name] else there.get(name, value)
            for name, value in said.items()
        }
        asked = 1 if turned["guidance"] in (0.0, 1.0) else 2
        steps = turned["steps"] if isinstance(turned["steps"], int | float) else usual["steps"]
        return score.pixels * max(1.0, min(float(steps), float(MOST_STEPS))) * asked

    def genome(self, score: Score) -> Genome:
        return position.standing(score, self.name, self.usual)

    def inherited(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """The position holds the dials and the noise; what is said in words goes on."""
        kept = ("solver", "negative")
        return {name: options[name] for name in kept if options.get(name)}

    @property
    def neutral(self) -> Mapping[str, float]:
        return position.Neutral(self.usual)

    @property
    def scale(self) -> Mapping[str, float]:
        return position.SCALE

    def trait(self, gene: str) -> str:
        return position.trait(gene)

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        return position.mutate(one, amount, seed)

    def cross(self, one: Genome, other: Genome, seed: int) -> Genome:
        return position.cross(one, other, seed, self.neutral)

    def between(self, one: Genome, other: Genome, at: float) -> Genome:
        return noises.between(one, other, at, self.neutral)


def twin_card(family: str) -> dict[str, str]:
    """What a tiny model of random weights says of itself."""
    return {
        "summary": f"A tiny twin of {family} with random weights: everything runs, and nothing is shown.",
        "origin": "Made on this machine.",
        "training_data": "Nothing.",
        "licence": "CC0-1.0",
        "works": "CC0-1.0: there is nobody's work in them.",
    }


def number(config: Mapping[str, Any], name: str, path: Path) -> int:
    """A whole number above 0 of a configuration. Raises `WeightsBroken`."""
    value = config.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise WeightsBroken(
            _("%(path)s says %(field)s is %(value)s, which cannot be.")
            % {"path": path, "field": name, "value": value},
            published.again(),
        )
    return value
