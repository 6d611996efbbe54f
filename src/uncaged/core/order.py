"""What a performer is handed and what it gives back. Every record here can be written as JSON plus raw bytes.

An engine yields events; frames never leave the performer's process, which encodes them into a media file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.core.score import Score
from uncaged.core.task import Task
from uncaged.core.words import _

if TYPE_CHECKING:  # whoever only hands records on needs no numpy
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"
"""One frame: (height, width, 3), red green blue, 0 … 255."""


FORMS = {
    "mp4": ".mp4",
    "png": ".png",
    "frames": "",
    "prores": ".mov",
    "webm": ".webm",
    "gif": ".gif",
    "strip": ".png",
    "svg": ".svg",
}
"""What a performance can become, and how the name of its file ends; frames are a folder."""


def kept_as(score: Score) -> str:
    """The form in which the work of a score is kept: a picture as PNG, which loses nothing of it."""
    return "png" if score.is_picture else "mp4"


@dataclass(frozen=True, slots=True)
class Order:
    """One performance to give.

    files: SHA-256 → path of every file the score names (pictures, lexicons), readable where the performer runs.
    scratch: a folder of its own, emptied afterwards. quiet: no previews wanted.
    form: what to make of it, a key of `FORMS`. at: the second of a still form (svg, png), None = the middle.
    kept: path of the kept film to take the frames from instead of performing again.
    engine: whose engine performs, where the model is one of the studio's own; else it has the model's name.
    model: SHA-256 → path of such a model's own files; where two have the same bytes, of one of them.
    folder: where all of them lie, each under its own name; empty where there are none.
    seconds: what it should take, as the line estimates it; 0 where nobody did.
    adapters: the hash of each adapter that the score names → the folder where its files lie.
    key: what opens the machine where it is performed elsewhere; neither logged nor kept.
    precision: with which numbers the model computes faster there, where that was found out; see `Opened`. compiled:
    whether a model's layers are to be compiled when it is opened.
    mark: by which the studio knows that it asks itself there.
    errand: path of a file, which outlasts the attempts, for what is asked for elsewhere; empty where nothing is.
    """

    run: str
    attempt: int
    score: Score
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    scratch: str = ""
    quiet: bool = False
    form: str = "mp4"
    at: float | None = None
    kept: str | None = None
    engine: str = ""
    model: Mapping[str, str] = field(default_factory=dict[str, str])
    folder: str = ""
    seconds: float = 0.0
    adapters: Mapping[str, str] = field(default_factory=dict[str, str])
    key: str = field(default="", repr=False)
    precision: str = ""
    compiled: bool = False
    mark: str = ""
    errand: str = ""

    def to_json(self) -> dict[str, Any]:
        """The order as JSON values."""
        own: dict[str, Any] = {}
        if self.engine:
            own = {"engine": self.engine, "model": dict(self.model), "folder": self.folder}
        if self.adapters:
            own["adapters"] = dict(self.adapters)
        if self.key:
            own["key"] = self.key
        if self.precision:
            own["precision"] = self.precision
        if self.compiled:
            own["compiled"] = True
        if self.mark:
            own["mark"] = self.mark
        if self.errand:
            own["errand"] = self.errand
        return own | {
            "run": self.run,
            "attempt": self.attempt,
            "score": self.score.to_json(),
            "files": dict(self.files),
            "scratch": self.scratch,
            "quiet": self.quiet,
            "form": self.form,
            "at": self.at,
            "kept": self.kept,
            "seconds": self.seconds,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Order":
        """Reads what `to_json` wrote."""
        return cls(
            value["run"],
            value["attempt"],
            Score.from_json(value["score"]),
            dict(value.get("files", {})),
            value.get("scratch", ""),
            bool(value.get("quiet", False)),
            value.get("form", "mp4"),
            value.get("at"),
            value.get("kept"),
            value.get("engine", ""),
            dict(value.get("model", {})),
            value.get("folder", ""),
            float(value.get("seconds", 0.0)),
            dict(value.get("adapters", {})),
            value.get("key", ""),
            value.get("precision", ""),
            bool(value.get("compiled", False)),
            value.get("mark", ""),
            value.get("errand", ""),
        )


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """One training to perform: a task beside the score of an `Order`, with the folders it learns in."""

    run: str
    attempt: int
    task: Task

    def to_json(self) -> dict[str, Any]:
        """The order as JSON values."""
        return {"run": self.run, "attempt": self.attempt, "task": self.task.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "TaskOrder":
        """Reads what `to_json` wrote."""
        return cls(value["run"], value["attempt"], Task.from_json(value["task"]))


def read_order(value: Mapping[str, Any]) -> "Order | TaskOrder":
    """An order of either sort. `AskedWrong` where it names neither a score nor a task, or cannot be read."""
    try:
        if "score" in value:
            return Order.from_json(value)
        if "task" in value:
            return TaskOrder.from_json(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AskedWrong(
            _("The order cannot be read: %(why)s.") % {"why": f"{type(error).__name__}: {error}"},
            _("Its steward is of another version: start the studio anew."),
        ) from None
    raise AskedWrong(
        _("The order names neither a score nor a task."),
        _("Its steward is of another version: start the studio anew."),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A performer has loaded a model it had not; it took so many seconds, and the model stays open.

    closed: models that were let go to make room for it. precision: with which numbers it computes, where a measurement
    has just found out that these are the faster ones; whoever keeps it tells it with the next order.
    """

    model: str
    seconds: float
    closed: tuple[str, ...] = ()
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """How the model read the text: what a person is told. `words`: word → what it became; "" = only hashed."""

    words: Mapping[str, str]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PositionFound:
    """The point in the model's space that this performance stands at, in the form a score's `position` takes."""

    position: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of the performance; `doing` says in a word or two what is going on.

    total: 0 while no step is counted yet, as when a model is opened.
    """

    done: int
    total: int
    doing: str = ""


def opening(model: str) -> str:
    """What is going on while a model is opened.

    >>> opening("my-wan")
    'opening my-wan'
    """
    return f"opening {model}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One finished frame, in order. Engines yield it; it stays inside the performer."""

    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Sound:
    """A part of a film's sound, each after the one before; it stays inside the performer. The first comes before the
    first frame, and all of the same rate. waves: (channels, samples) float32 from −1 to 1, of one or two channels, as
    many in each part; rate: samples a second."""

    waves: "NDArray[np.float32]"
    rate: int


@dataclass(frozen=True, slots=True)
class Marked:
    """What the film says of itself beside what its engine's films do (`core.marks`), as whoever made it elsewhere has
    marked it. Comes before the first frame and the first sound; it stays inside the performer."""

    text: str


BROKE_OFF: Final = "broke off"
"""What recipes call it why a film was not drawn to its end, where it shows what was there before."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the recipe of this performance has to say beside the versions; it stays inside the performer."""

    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rest:
    """There is nothing to do here for so many seconds, while others work; it stays inside the performer, which does
    something else meanwhile. Whoever has nothing else to do sleeps."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of how far it has come, as PNG bytes."""

    png: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """The finished media file in the order's scratch folder."""

    path: str
    mime: str
    width: int
    height: int
    fps: float
    frames: int


@dataclass(frozen=True, slots=True)
class Done:
    """The performance is complete. `recipe`: names and versions of everything that could change the result.

    seconds: of the performer that went into it, without those of others that it performed in between, and without the
    opening of the model. bytes: of memory that the performer held meanwhile at the most: of its graphics card where
    it used one, else of the machine; 0 where nobody knows, as where it had other models open or at work.
    """

    recipe: Mapping[str, Any]
    seconds: float = 0.0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Broke:
    """The performance failed; `reason` is for the person. `asked_wrong`: no other attempt would help.

    crowded: there was not room enough beside others; alone there may be. seconds: see `Done`.
    """

    reason: str
    hint: str = ""
    asked_wrong: bool = False
    crowded: bool = False
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training says of itself now and then: plain values by name.

    step: how far it is in its own count; kept: the step of a checkpoint that has just been written whole; what else is
    said (losses, held-out losses, probe figures, samples a second, seconds left, energy) is shown by its name.
    """

    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trained:
    """A training's model lies finished in `folder`. manifest: see `studio.learning.Manifest`."""

    folder: str
    manifest: Mapping[str, Any]


Event: TypeAlias = (
    Opened
    | Understood
    | PositionFound
    | Progress
    | Frame
    | Sound
    | Marked
    | Noted
    | Rest
    | Preview
    | Media
    | Learned
    | Trained
    | Done
    | Broke
)
