"""What an engine is: a name, a card, options, capabilities, and a performance that turns an order into events.

Form, flags, API schema and documents are derived from `Options` and `Capabilities`. Knows no archive and no person.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol, TypeAlias, runtime_checkable

from pydantic import ValidationError

from uncaged.core import genome as genomes
from uncaged.core.adapters import Chosen
from uncaged.core.errors import AskedWrong, Impossible, WrongOption, nearest
from uncaged.core.genome import Genome
from uncaged.core.order import Event, Frame, Order, Pixels, Rest, Understood
from uncaged.core.score import Score, Way, shown
from uncaged.core.words import _
from uncaged.engines.adapters.natives import Native
from uncaged.engines.dials import Options

Small: TypeAlias = Callable[[str], Mapping[str, Any]]
"""Gives the content of a small JSON file by its name."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a model says of itself: in one line, what it is made of, and under which terms its works come."""

    summary: str
    origin: str
    training_data: str
    licence: str
    works: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do, and the bounds that cost sets. Sizes in pixels, lengths in seconds.

    pictures: how many it takes with a shot. shots: how many it plays, in order. films: which ways of making one work
    of another begin from the other's very frames. position: has a space one can stand in.
    exact: the same score gives the same frames wherever the recipe's versions are the same. strokes: its drawing
    order can be taken as lines. sides, seconds, frames: what one film may cost. multiple: every side is one of this
    many pixels, and even. stills: makes pictures, works of one frame. farther: see `Engine.farther`. around:
    draws what lies around a picture that has a share of its frame. masks: draws a part of a picture again, and of a
    film where `films` says that it draws one anew, and holds the rest. sound: its films have one. sizes, rates: the
    only sizes (width and height) and frames a second there are, where a model cannot make any; empty = any.
    """

    pictures: int = 0
    shots: int = 1
    films: tuple[Way, ...] = ()
    position: bool = False
    negative: bool = False
    lexicons: bool = False
    loop: bool = False
    exact: bool = False
    strokes: bool = False
    stills: bool = False
    farther: bool = False
    around: bool = False
    sound: bool = False
    masks: bool = False
    sides: tuple[int, int] = (64, 2048)
    multiple: int = 2
    seconds: tuple[float, float] = (0.5, 120.0)
    frames: int = 15_000
    sizes: tuple[tuple[int, int], ...] = ()
    rates: tuple[float, ...] = ()

    def size_near(self, size: tuple[int, int]) -> tuple[int, int]:
        """The nearest to this one: of the only ones there are by its number of pixels, else of its format within
        `sides`. No size stays none."""
        pixels = size[0] * size[1]
        if self.sizes or min(size) < 1:
            return min(self.sizes, key=lambda one: abs(one[0] * one[1] - pixels), default=size)
        shrink = min(1.0, self.sides[1] / max(size))
        wide, high = (max(round(side * shrink), self.sides[0]) for side in size)
        return wide, high

    def rate_near(self, fps: float) -> float:
        """The same for frames a second."""
        return min(self.rates, key=lambda one: abs(one - fps), default=fps)


MOST_UNREAD: Final = 1000
"""Words of a text that are listed where none of them becomes anything by itself."""


def unread(text: str, sentence: str) -> Understood:
    """The words of a text, of which none became anything by itself, and why."""
    return Understood(dict.fromkeys(text.split()[:MOST_UNREAD], ""), sentence)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a folder holds that an engine can perform with: a model that is not on the shelf yet.

    files: everything that is needed, by the name the engine wants it under (`/` between folders), and where it lies;
    nothing else of the folder is looked at again. card: texts for a `Card`, by its fields, and other facts beside
    them, each a text or a number. made: small files that the engine writes itself, which the studio keeps.
    """

    files: Mapping[str, Path]
    card: Mapping[str, Any]
    made: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


class Performance(Protocol):
    """An opened model: ready to turn orders into events."""

    def perform(self, order: Order) -> Iterator[Event]:
        """Understood, PositionFound, then Frame after Frame in order; Progress wherever it helps.

        Closing the iterator ends the performance. `UncagedError` where it cannot go on.
        """
        ...

    def strokes(self, order: Order, at: float) -> str:
        """The drawing at `at` seconds as SVG for a pen plotter; only where capabilities say so."""
        ...


@runtime_checkable
class Precise(Protocol):
    """An opened model that may compute with other numbers too. precision: with which it does. measured: whether a
    measurement has just found out that these are the faster ones."""

    precision: str
    measured: bool


class Engine(ABC):
    """The code that performs with the models of one family."""

    name: ClassVar[str]
    family: ClassVar[str] = ""
    """Whose code performs a model of one's own; empty for a built-in one."""
    hash: ClassVar[str | None] = None
    """SHA-256 of such a model's files."""
    card: ClassVar[Card]
    options: type[Options] = Options
    capabilities: Capabilities = Capabilities()
    """Of the family; a model of one's own may have others, once its files are settled. So with `defaults`,
    and with `options`."""
    defaults: Mapping[str, Any] = MappingProxyType({"size": (512, 512), "seconds": 6.0, "fps": 24})
    told: ClassVar[bool] = False
    """Whether what it is told stands in its positions: words, pictures, a film (`genome.Given`)."""
    shaped: ClassVar[bool] = False
    """Whether a position is another film in another size: where noise has the shape of what is drawn. Children, and
    films of their positions, are then as large as what they come from."""
    slots: ClassVar[int] = 1
    """How many runs of a model a performer performs in turn, at most: 1 where a run is over soon. Nothing that one of
    them changes between two events may be seen by another."""
    mark: ClassVar[str] = ""
    """What every file of its works says of itself, because its licence demands it (`core.marks`). No option, no setting
    and no person leaves it out."""
    away: ClassVar[bool] = False
    """Whether another machine performs: it needs neither memory nor a device of this one."""
    natives: ClassVar[Sequence[Native]] = ()
    """What the original repository calls the layers that adapters change, where it calls them otherwise."""
    traits: ClassVar[Mapping[str, str]] = dict[str, str]()
    """Groups of genes that can cross apart from each other: a name, and what it holds in a few words."""
    examples: ClassVar[Sequence[str]] = ()
    """Texts that it plays well, for whoever says nothing; a page shows them in the reader's language."""

    @abstractmethod
    def open(self, files: Mapping[str, Path], device: str = "") -> Performance:
        """Loads the model. files: SHA-256 → path of the model's own files; device: ``cpu``, ``cuda:0`` …; empty, the
        fastest that it can compute on here.

        What a score names (pictures, words) comes with each order.
        """

    def compute_with(self, precision: str, compiled: bool = False) -> None:  # noqa: B027 - most have no choice
        """With which numbers what is opened next computes; empty: with those that are found to be faster there.
        compiled: whether its layers are to be compiled."""

    def settle(self, folder: Path) -> None:  # noqa: B027 - most look into nothing beforehand
        """Where the files of a model of one's own lie, each under its own name; told before anything else is asked."""

    def offer(self, folder: Path) -> Offer | None:
        """What of a folder is a model of this family; None where nothing is. Reads names and configurations only.

        Raises `WeightsMissing`, `WeightsBroken` where it is one that cannot be performed.
        """
        return None

    def gather(self, file: Path, parts: Sequence[Path] = ()) -> Offer | None:
        """The same of a single file of weights, as other programs keep them, with what it lacks. parts: files and
        folders in which that is looked for first.

        Raises `AskedWrong` where several fit, `WeightsMissing`, `WeightsBroken`.
        """
        return None

    def wants(self, names: Collection[str], read: Small) -> Collection[str] | None:
        """Which files of a model that lies at a hub are needed, by their names in its folder; None where it is none of
        this family. read: gives a small JSON file of it by its name.

        Raises `WeightsMissing`, `WeightsBroken` where it is one that cannot be performed.
        """
        return None

    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Kinds of small twins beside the plain one, and what `twin` is told for each beside the folder and the seed."""

    def twin(self, folder: Path, seed: int = 0) -> None:
        """Writes a tiny model with random weights of this family as it was published: everything runs, nothing is
        shown. The folder is made, or is empty."""
        raise AskedWrong(_("%(model)s has no small twin.") % {"model": self.name})

    @property
    def is_here(self) -> bool:
        """Whether everything that it performs with is installed; what is not, no list offers."""
        return True

    @property
    def lacks(self) -> str:
        """What one types to install what its models are performed with; empty where all of it is here."""
        return ""

    @abstractmethod
    def recipe(self) -> dict[str, str]:
        """Names and versions of everything that could change a frame."""

    def cost(self, score: Score) -> float:
        """How much there is to do for this score, beside others of this model: twice as much is twice the number.

        It is asked at the door, so that it must be known in a thousandth of a second and without loading anything. An
        ordinary score costs its millions of pixels, which is all that an engine knows that does not say otherwise.
        """
        return score.pixels

    def ready(self, score: Score) -> None:  # noqa: B027  (most models have nothing to get ready)
        """Raises where this score cannot be performed here, though the model could: its weights are not there.

        It is asked at the door, so that it loads nothing.
        """

    def inherited(
        self, options: Mapping[str, Any], *others: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What of a parent's options its children are made with, beside the position they stand at. others: of further
        parents. Raises `AskedWrong` where these cannot have children together."""
        return options

    def adaptable(self, folder: Path) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        """What adapters can change of a folder's model: for each network, its arrays with their shapes. Empty where
        it takes no adapters. Raises `WeightsMissing`, `WeightsBroken`.
        """
        return {}

    def adapters(self, score: Score) -> tuple[Chosen, ...]:
        """The adapters that a score is performed with, each with its weight."""
        return ()

    def genome(self, score: Score) -> Genome:
        """The position that a score stands at, without performing it."""
        raise AskedWrong(_("%(model)s has no space of positions.") % {"model": self.name})

    @property
    def neutral(self) -> Mapping[str, float]:
        """What a gene is worth where a genome does not name it."""
        return {}

    @property
    def scale(self) -> Mapping[str, float]:
        """How far a gene usually moves: one step of a mutation, one unit of distance."""
        return {}

    def trait(self, gene: str) -> str:
        """To which of `traits` a gene or a seed belongs; empty where there are none."""
        return ""

    def mutate(self, one: Genome, amount: float, seed: int) -> Genome:
        """A child of `one`, moved by steps of about `amount` × `scale`; the same seed gives the same child."""
        return genomes.mutate(one, amount, seed, self.scale)

    def cross(self, one: Genome, other: Genome, seed: int) -> Genome:
        """A child that takes each noun's genes from one parent or the other."""
        return genomes.cross(one, other, seed, self.neutral)

    def between(self, one: Genome, other: Genome, at: float) -> Genome:
        """The point `at` of the way; 0 and 1 are the ends, anything beyond is legal."""
        return genomes.between(one, other, at, self.neutral)

    def farther(self, score: Score, here: Genome, picture: str, factor: float) -> Mapping[str, Any]:
        """What of a request draws a work again from `factor` times as far: so much smaller, in a larger field.

        here: where the work stands. picture: SHA-256 of its kept file. factor: above 1. Raises `Impossible`.
        """
        raise Impossible(
            _("%(model)s cannot draw a work again from farther away.") % {"model": self.name},
            _("`uncaged models list` says what each model can; ink can."),
        )

    def distance(self, one: Genome, other: Genome) -> float:
        """Root mean square of the differences, in units of `scale`."""
        return genomes.distance(one, other, self.scale, self.neutral)

    def understand(
        self,
        text: str,
        *,
        seed: int = 1,
        words: Sequence[tuple[str, bytes]] = (),
        options: Mapping[str, Any] | None = None,
    ) -> Understood:
        """What each word of a text becomes, without performing it; one that reads no single words says so.

        seed: what is left open is drawn by lot. words: a person's own word files, name and bytes. options: the model's
        own; `AskedWrong` where one of them, or a word file, cannot be read.
        """
        self.check(options or {})
        return unread(text, f"{self.name} takes the text as a whole and reads no single words.")

    @property
    def knows(self) -> Mapping[str, Sequence[str]]:
        """The words it has learnt, by what they say, where those can be counted; a word in another language may say the
        same."""
        return {}

    def check_words(self, data: bytes, name: str) -> None:
        """Reads a person's own word file; `AskedWrong` names the line that cannot be read."""
        raise AskedWrong(
            _("%(model)s reads no word files, such as %(name)s.")
            % {"model": self.name, "name": name}
        )

    def check(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The options with every default written out; `WrongOption` names what is not right."""
        try:
            return self.options(**options).model_dump()
        except ValidationError as error:
            raise WrongOption(*self._wrong_option(error, options)) from None
        except AskedWrong as error:  # what a validator of ours says
            raise WrongOption(error.message, error.hint, error.about) from None

    def _wrong_option(
        self, error: ValidationError, options: Mapping[str, Any]
    ) -> tuple[str, str, str]:
        """What is said of it, what to do, and which it is."""
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        known = sorted(self.options.model_fields)
        if first["type"] == "extra_forbidden":
            offer = nearest(name, known) if known else _("It has none.")
            said = _("%(model)s has no option called %(name)s.")
            return said % {"model": self.name, "name": shown(name)}, offer, name
        said = _("The option %(name)s of %(model)s cannot be %(value)s: %(why)s.")
        value, why = shown(options.get(name)), first["msg"]
        return (
            said % {"name": name, "model": self.name, "value": value, "why": why},
            _("See `uncaged models info %(model)s`.") % {"model": self.name},
            name,
        )

    def score(self, text: str, **given: Any) -> Score:
        """A score for this engine from a text, checked as at the door; `AskedWrong` says what is not right.

        given: seconds, size, fps, seed (1 unless given), options, loop, position, pictures, lexicons, parents.
        """
        from uncaged.engines.asking import Request, score_of  # it stands on this module
        from uncaged.engines.sorts import check_sorts

        check_sorts({"text": text, **given})
        known = list(Request.__slots__)
        strange = sorted(set(given) - set(known))
        if strange:
            offer = nearest(strange[0], known)
            if strange[0] in self.options.model_fields:
                offer = _("It is an option of the model: give it in options.")
            raise AskedWrong(_("A score has no %(name)s.") % {"name": shown(strange[0])}, offer)
        wanted: dict[str, Any] = {"seed": 1, **given}
        return score_of(Request(text, **wanted), self).score

    def perform(
        self, score: Score | str, files: Mapping[str, Path] | None = None, **given: Any
    ) -> Iterator[Pixels]:
        """The frames of a score (or of a text, see `score`), with no archive and no other process."""
        if isinstance(score, str):
            score = self.score(score, **given)
        paths = dict(files or {})
        order = Order(
            "r_" + "a" * 12, 0, score, {sha: str(path) for sha, path in paths.items()}, quiet=True
        )
        for event in self.open(paths).perform(order):
            if isinstance(event, Frame):
                yield event.pixels
            elif isinstance(event, Rest):
                time.sleep(event.seconds)
