"""A family of diffusion models as an engine: what of a folder it performs with, what it then can, and opening it.

Needs no torch: everything known at the door is read from small configurations.
"""

import json
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from uncaged.core.errors import AskedWrong, Impossible, UncagedError
from uncaged.core.genome import Genome
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import choosing, fitting, published
from uncaged.engines.base import Capabilities, Offer, Small
from uncaged.engines.diffusion.gathering import SHRUNK, gathered
from uncaged.engines.diffusion.options import DiffusionOptions
from uncaged.engines.diffusion.sketching import Sketch
from uncaged.engines.diffusion.stated import check_layers, number
from uncaged.engines.diffusion.turning import numbers_of
from uncaged.engines.farther import around
from uncaged.engines.foretelling import laid
from uncaged.engines.open_model import (
    LIMITS,
    MOST_SHOTS,
    MOST_STEPS,
    PRECISION,
    TWIN,
    OpenModel,
    twin_card,
)

if TYPE_CHECKING:
    from uncaged.engines.diffusion.performing import DiffusionPerformance

MODEL_INDEX: Final = "model_index.json"
DIALS: Final[Mapping[str, float]] = {
    "guidance": 1.0,
    "steps": 12.0,
    "temperature": 0.03,
    "bend": 0.3,
    "eta": 0.2,
}
"""Options that are genes too, and how far each usually moves."""

DRAW: Final = ("transformer", "transformer_2")
"""Folders of the networks that draw: those that adapters change."""

SMALL: Final = ("tokenizer", "scheduler", "image_processor")
"""Folders of which everything is needed, and nothing is large."""


SMALL_FRAMES, SMALL_SIDE = 9, 256
"""A film to try a model with: frames, and pixels of a side."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a model was published for, by its configurations.

    size: (width, height) in pixels. frames, fps: of the films it learnt from. multiple: pixels of a side come in these.
    pictures: how many it takes; of several, each at its own moment. needs: how many it draws none without. only:
    whether no other size is possible. goes_on: whether it can be told of a film's end alone. reach: pixels of a side,
    and frames, for which it knows places at most; 0: no end.

    For the memory it takes: deep: frames of a latent frame. width: numbers of a token. channels: of a pixel in the
    coder's last layer. once: how many frames it decodes at once, 0: all. tile: pixels of a tile in which it can decode
    them, 0: of none. branch: layers of a second branch, whose answers the network holds all at once.
    """

    size: tuple[int, int]
    frames: int
    fps: int
    multiple: int
    pictures: int = 0
    needs: int = 0
    only: bool = False
    goes_on: bool = True
    reach: tuple[int, int] = (0, 0)
    deep: int = 4
    width: int = 0
    channels: float = 0.0
    once: int = 0
    tile: int = 0
    branch: int = 0


BRANCH: Final = 2
"""Arrays of tokens that a layer of a second branch leaves behind: above what Wan VACE was seen to take."""

TRIED: Final = 25
"""Frames of a twin's film, where nobody says how many."""


def _is_twin(folder: Path) -> bool:
    """Whether it is a tiny model of random weights."""
    return bool(published.read_json(folder / MODEL_INDEX).get(TWIN))


def _small(multiple: int) -> int:
    """The least side that can be asked for, in steps of `multiple`."""
    least = LIMITS.sides[0]
    return -(-least // multiple) * multiple


class DiffusionEngine(OpenModel):
    """What the families share. A family says its name, its card's facts, and where its networks are opened."""

    options = DiffusionOptions
    libraries = ("torch", "diffusers", "transformers", "numpy")
    dials = DIALS
    kept = (
        "solver",
        "negative",
        "strength",
        "past",
        "guidance_steps",
        "sigmas",
        "step_cache",
        PRECISION,
    )

    pipelines: ClassVar[Sequence[str]]
    """What `model_index.json` calls it."""
    networks: ClassVar[Sequence[str]] = ("transformer", "vae", "text_encoder")
    """Folders of weights."""
    extra: ClassVar[Sequence[str]] = ()
    """More of them, which only some models of the family have."""
    sketch: ClassVar[Sketch | None] = None
    """How single files of it are known; None where none are."""
    denoiser: ClassVar[str]
    """Where the networks are opened: a module of this room and a class in it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.needs = 0
        super().__init__(folder)

    @abstractmethod
    def published(self, folder: Path) -> Published:
        """What a folder's configurations say. Raises `WeightsMissing`, `WeightsBroken`."""

    @abstractmethod
    def described(self, folder: Path) -> Mapping[str, Any]:
        """Texts for a card, and facts beside them; see `Offer.card`."""

    def able(self, folder: Path) -> tuple[Capabilities, Mapping[str, Any]]:
        known = self.published(folder)
        self.needs = known.needs
        (low, high), (side, most) = LIMITS.sides, known.reach
        can = replace(
            LIMITS,
            sides=(low, min(high, side or high)),
            frames=min(LIMITS.frames, most or LIMITS.frames),
            pictures=known.pictures,
            farther=not known.needs,
            around=not known.needs,
            masks=not known.needs,
            shots=MOST_SHOTS if known.goes_on else 1,
            films=("remixes", "extends") if known.goes_on else ("remixes",),
            multiple=known.multiple,
            sizes=(known.size,) if known.only else (),
        )
        size, frames = known.size, known.frames
        if (
            _is_twin(folder) and not known.only
        ):  # for a try, which shows nothing and should be over soon
            size, frames = (_small(known.multiple),) * 2, min(frames, TRIED)
        return can, {"size": size, "seconds": frames / known.fps, "fps": known.fps}

    def adaptable(self, folder: Path) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        named = [name for name in DRAW if (folder / name).is_dir()]
        return {name: published.arrays(folder / name) for name in named}

    def offer(self, folder: Path) -> Offer | None:
        if not (folder / MODEL_INDEX).is_file():
            return None
        index = published.read_json(folder / MODEL_INDEX)
        if index.get("_class_name") not in self.pipelines:
            return None
        self._checked(folder)
        there = [part for part in self.extra if (folder / part).is_dir()]
        found, numbers = published.gathered(folder, (*self.networks, *there), SMALL)
        found[MODEL_INDEX] = folder / MODEL_INDEX
        self._whole(folder, found)
        facts = {"family": self.name, "parameters": numbers}
        return Offer(found, {**facts, **self._card(folder)})

    def gather(self, file: Path, parts: Sequence[Path] = ()) -> Offer | None:
        if self.sketch is None:
            return None
        found = gathered(self.sketch, self.networks, SMALL, file, parts)
        if found is None:
            return None
        small = {name: path for name, path in found.files.items() if name.endswith(".json")}
        said = {name: published.small(path) for name, path in small.items()}
        with laid(said | found.made) as folder:
            self._checked(folder)
            card = self._card(folder)
        facts: dict[str, Any] = {"family": self.name, "parameters": found.numbers}
        if found.shrunk:
            facts["shrunk"] = as_said(found.shrunk)
        files = {name: path for name, path in found.files.items() if name not in found.made}
        return Offer(files, {**facts, **card}, found.made)

    def foretold(self, names: Collection[str], read: Small) -> Mapping[str, Any]:
        """What the card will say; see `foretelling.Foretells`."""
        small = [one for one in names if one == MODEL_INDEX or one.endswith(f"/{published.CONFIG}")]
        with laid({name: json.dumps(read(name)).encode() for name in small}) as folder:
            return self._card(folder)

    def _card(self, folder: Path) -> Mapping[str, Any]:
        return twin_card(self.name) if _is_twin(folder) else self.described(folder)

    def recipe(self) -> dict[str, str]:
        found = super().recipe()
        with suppress(UncagedError):
            shrunk = (
                {}
                if self.folder is None
                else published.read_json(self.folder / MODEL_INDEX).get(SHRUNK)
            )
            if isinstance(shrunk, dict) and shrunk:
                found["shrunk"] = as_said(cast("dict[str, str]", shrunk))
        return found

    def wants(self, names: Collection[str], read: Small) -> Collection[str] | None:
        if MODEL_INDEX not in names or read(MODEL_INDEX).get("_class_name") not in self.pipelines:
            return None
        more = [part for part in self.extra if any(name.startswith(f"{part}/") for name in names)]
        return {MODEL_INDEX} | choosing.chosen(names, (*self.networks, *more), SMALL, read)

    def _checked(self, folder: Path) -> None:
        """Raises `WeightsBroken` where a configuration says what cannot be."""
        self.published(folder)
        for path in sorted(folder.glob(f"*/{published.CONFIG}")):
            check_layers(published.read_json(path), path)
        path = folder / "scheduler" / "scheduler_config.json"
        if path.is_file():
            number(
                {"num_train_timesteps": 1000, **published.read_json(path)},
                "num_train_timesteps",
                path,
            )

    def _whole(self, folder: Path, found: Mapping[str, Path]) -> None:
        for name in ("scheduler/scheduler_config.json", "tokenizer/tokenizer_config.json"):
            if name not in found:
                raise published.missing(folder / name)

    def ready(self, score: Score) -> None:
        super().ready(score)
        given = [picture for picture in score.shots[-1].pictures if not picture.mask]
        if len(given) < self.needs and score.film is None:
            said = (
                _("%(model)s begins every film with a picture.")
                if self.needs == 1
                else _("%(model)s draws from a first picture to a last one.")
            )
            raise AskedWrong(said % {"model": self.name}, _("Give it one."), "pictures")
        goes_on = score.film is not None and len(score.shots) > 1
        if self.capabilities.pictures == 1 and any(one.at or goes_on for one in given):
            raise Impossible(
                _("%(model)s takes a picture for the beginning of a film alone.")
                % {"model": self.name},
                about="pictures",
            )
        if score.is_picture and len(given) > 1:
            raise Impossible(
                _("%(model)s draws a picture from one picture.") % {"model": self.name},
                _("Give it one, or ask for a film."),
                "pictures",
            )
        self.refuse_film(score)

    def weighed(self, score: Score) -> fitting.Weighed | None:
        if self.folder is None:
            return None
        known = self.published(self.folder)
        new, held = self._in_hand(score)
        film = fitting.Film(score.size, new, known.only, held)
        said = str(score.options.get(PRECISION, ""))
        numbers, narrow = fitting.numbers(self.folder), fitting.narrow(self.folder)
        return fitting.Weighed(numbers, film, partial(_work, known), said, narrow)

    def _in_hand(self, score: Score) -> tuple[int, int]:
        """Frames that are drawn at once, and frames before them that are looked back at."""
        if score.film is None or len(score.shots) == 1:
            return score.frame_count, 0
        new = score.frames_new
        past = int(score.options.get("past", self.options().model_dump()["past"]))
        return new, max(0, min(past, score.frame_count - new))

    def open(self, files: Mapping[str, Path], device: str = "") -> "DiffusionPerformance":
        from uncaged.engines.diffusion.opening import Wanted, opened
        from uncaged.engines.diffusion.performing import DiffusionPerformance

        folder = self.home()
        self._checked(folder)
        module, _dot, name = self.denoiser.rpartition(".")
        family = getattr(import_module(module), name)
        wanted = Wanted(self.name, self.precision, *self._small(), self.compiled)
        return DiffusionPerformance(self, *opened(family, folder, device, wanted))

    def _small(self) -> tuple[int, tuple[int, int], int]:
        """Frames and size of a small film, and how many pictures it needs."""
        can = self.capabilities
        side = -(-SMALL_SIDE // can.multiple) * can.multiple
        return 1 if can.sizes else SMALL_FRAMES, can.size_near((side, side)), self.needs

    def farther(self, score: Score, here: Genome, picture: str, factor: float) -> Mapping[str, Any]:
        """The picture itself, smaller, in the middle of a field that is drawn from new noise."""
        if not self.capabilities.around:
            return super().farther(score, here, picture, factor)
        return around(score, here, picture, factor)

    def cost(self, score: Score) -> float:
        """Millions of pixels × questions: each step asks under both conditions, unless one counts for nothing."""
        usual = self.usual
        genes: Any = score.position.get("genes") if score.position else None
        there: Mapping[str, Any] = genes if isinstance(genes, Mapping) else {}
        said = {name: score.options.get(name, plain) for name, plain in usual.items()}
        turned = {
            name: value if value != usual[name] else there.get(name, value)
            for name, value in said.items()
        }
        asked = self.asked({**score.options, **turned})
        steps = turned["steps"] if isinstance(turned["steps"], int | float) else usual["steps"]
        if own := numbers_of(str(score.options.get("sigmas", "")), "sigmas"):
            steps = len(own) - 1
        return self._drawn(score) * max(1.0, min(float(steps), float(MOST_STEPS))) * asked

    def asked(self, turned: Mapping[str, Any]) -> float:
        """How often a network is asked in a step, in the mean. turned: every dial as it stands."""
        one = turned["guidance"] in (0.0, 1.0) and not turned.get("guidance_steps")
        return 1.0 if one else 2.0

    def _drawn(self, score: Score) -> float:
        """Millions of pixels, each as often as it is drawn, as a share of all steps."""
        if score.film is None:
            return score.pixels
        if len(score.shots) == 1:
            strength = score.options.get("strength", self.options().model_dump()["strength"])
            return score.pixels * min(1.0, abs(strength))
        return score.pixels * min(1.0, sum(self._in_hand(score)) / score.frame_count)


def as_said(shrunk: Mapping[str, str]) -> str:
    """Which parts of a model lie in numbers that say less than those it was published in.

    >>> as_said({"transformer": "Q4_K", "text_encoder": "F8_E4M3 scaled"})
    'transformer Q4_K, text_encoder F8_E4M3 scaled: lossy'
    """
    parts = ", ".join(f"{part} {kind}" for part, kind in shrunk.items())
    return f"{parts}: lossy"


def _work(known: Published, film: fitting.Film) -> fitting.Work:
    """What is in hand for a film."""
    pixels, frames = film.size[0] * film.size[1], film.frames + film.held
    once = min(frames, known.once or frames)
    tokens = pixels / known.multiple**2 * (frames / known.deep + 1)
    tile, whole = min(pixels, known.tile) * once, pixels * frames
    return fitting.Work(
        tokens, known.width, pixels * once, known.channels, whole, tile, BRANCH * known.branch
    )
