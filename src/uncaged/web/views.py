"""The view records: what each page shows, as a program gets it. OpenAPI is made from them.

Times are µs UTC, lengths seconds, sizes pixels. Knows no archive and no template.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """A record that a page shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Trouble(View):
    """What went wrong, and what to do."""

    message: str
    hint: str = ""


class ErrorView(View):
    """The answer where something cannot be done."""

    error: Trouble


class PlaceView(View):
    """Where a run stands in line. place: 1 is next, null where its turn cannot come yet."""

    place: int | None
    starts: float | None = Field(description="Seconds until it begins, if all goes as expected.")
    about: bool = Field(description="Whether the place was only counted.")
    why: tuple[str, ...] = Field(description="The reasons, the most important first.")


class RunView(View):
    """A run as it stands."""

    id: str
    work: str | None
    state: str
    model: str
    text: str | None
    attempt: int
    done: int
    total: int = Field(description="Steps in all; 0 while unknown.")
    estimated_seconds: float | None
    measured_seconds: float | None
    asked: int
    began: int | None
    ended: int | None
    reason: str | None = Field(description="Why it failed or was cancelled.")
    paused: bool
    lane: str
    needs: dict[str, Any] = Field(description="What a performer must have.")
    after: tuple[str, ...] = Field(description="Runs that have to be made before it.")
    group: str | None = Field(description="The group it belongs to.")
    left: float | None = Field(description="Seconds until it is made, while it is performed.")
    place: PlaceView | None = Field(description="Null once it stands in line no more.")
    recipe: dict[str, Any] | None
    understood: dict[str, Any] | None
    again: float | None = Field(description="Seconds after which it is worth asking again.")


class StandsView(View):
    """How a work stands that somebody waits for, as it goes by in a stream of events."""

    id: str
    state: str
    done: int
    total: int = Field(description="Steps in all; 0 while unknown.")
    left: float | None = Field(description="Seconds until it is made, while it is performed.")
    place: int | None = Field(description="1 is next; null where it is not known exactly.")
    starts: float | None = Field(description="Seconds until it begins, if all goes as expected.")


class FilmView(View):
    """A kept film, and where it lies."""

    url: str
    still: str = Field(description="Where one frame of it can be had, as JPEG.")
    strip: str = Field(description="Where eight frames of it can be had, side by side, as JPEG.")
    mime: str
    bytes: int
    sha256: str
    width: int
    height: int
    fps: float
    frames: int
    seconds: float


class WorkView(View):
    """A work, from the moment it was asked for."""

    id: str
    own: bool
    state: str
    text: str
    model: str
    size: tuple[int, int]
    seconds: float
    fps: float
    seed: int
    score: dict[str, Any]
    visibility: str
    asked: int
    kept: int | None
    film: FilmView | None = Field(description="Null until it is kept.")
    position: str | None = Field(description="Where the point in the model's space can be had.")
    run: RunView | None = Field(description="How it is made; for its own person, and once kept.")
    notes: tuple[str, ...] = ()


class WorkLine(View):
    """A work in a list."""

    id: str
    run: str
    state: str
    text: str
    model: str
    seconds: float
    asked: int
    kept: int | None
    film: FilmView | None
    reason: str | None = Field(default=None, description="Why it failed or was cancelled.")
    group: str | None = Field(
        default=None, description="The group, where several stand here as one."
    )
    count: int = Field(default=1, description="Works of this group that stand here as one.")


class PartView(View):
    """A part of a group: the run that was asked last for it, and the work that it makes."""

    number: int = Field(description="1 is the first.")
    run: str
    work: str | None
    state: str
    text: str | None = Field(description="Null where it was deleted.")
    seed: int | None
    seconds: float
    model: str
    paused: bool
    after: tuple[str, ...] = Field(description="Runs that it still waits for.")
    done: int
    total: int = Field(description="Steps in all; 0 while unknown.")
    film: FilmView | None
    reason: str | None


class GroupView(View):
    """Films that were asked for together, in their order, a page of them."""

    id: str
    kind: str = Field(description="What they are together: a grid, a chain, a long score.")
    chained: bool = Field(description="Whether each waits until the one before it is made.")
    lane: str
    asked: int
    count: int
    states: dict[str, int] = Field(description="How many are in which state.")
    first: int = Field(description="The number of the first part that stands here.")
    parts: tuple[PartView, ...]
    again: float | None = Field(description="Seconds after which it is worth asking again.")


class DialView(View):
    """An option of a model. A dial has a suggested range, and no clamp; one of several words has choices."""

    name: str
    description: str
    default: float | str | bool | None
    suggested: tuple[float, float] | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()


class ModelView(View):
    """A model that one can choose, and what it can do."""

    name: str
    summary: str
    seconds: float
    size: tuple[int, int]
    fps: float
    longest: float
    pictures: int
    loop: bool
    position: bool
    options: tuple[DialView, ...]


class MakeView(View):
    """The first page: what can be asked for, and what this person made last."""

    models: tuple[ModelView, ...]
    waiting: int = Field(description="Runs in line, everybody's.")
    performers: int
    typed: dict[str, str] = Field(description="What the form holds.")
    trouble: Trouble | None = Field(default=None, description="Why the form came back.")
    once: str = Field(description="A token of this form: sent twice, it makes one film.")
    works: tuple[WorkLine, ...]
    unkept: tuple[WorkLine, ...] = Field(description="In line, paused, or performed now.")
    ended: tuple[WorkLine, ...] = Field(description="Failed or cancelled.")


class RowView(View):
    """A run in the line as everybody sees it; words, work and run only where this person may see them."""

    state: str = Field(description="in_progress; queued; or held, while its turn cannot come yet.")
    place: int | None = Field(description="1 is next; null while it is performed or held.")
    count: int = Field(default=1, description="Runs of one group that stand together here.")
    who: str
    own: bool
    model: str
    text: str | None
    work: str | None
    run: str | None
    group: str | None = Field(description="The group it belongs to, of one's own.")
    starts: float | None = Field(description="Seconds until it begins; null while unknown.")
    takes: float = Field(description="Seconds it takes, as estimated.")
    done: float = Field(description="Seconds of these that are over.")
    why: str


class PerformerView(View):
    """A performer, and what it does."""

    number: int
    device: str
    lane: str
    model: str | None
    busy: bool
    deaths: int
    since: int


class PolicyView(View):
    """The policy that holds: all it says, and its name."""

    hash: str
    since: int = Field(description="0 where nothing was ever decided: the defaults hold.")
    mistake: str
    says: dict[str, Any]


class LineView(View):
    """The line as it stands."""

    now: int
    waiting: int
    performers: tuple[PerformerView, ...]
    rows: tuple[RowView, ...]
    lane: str = "interactive"
    others: tuple[str, ...] = Field(default=(), description="Other lanes in which anything stands.")
    policy: PolicyView
    again: float


class EnterView(View):
    """Who one is here, and the way to be somebody."""

    name: str | None
    kind: str | None = Field(description="Null where nobody without a key may come in.")
    may: tuple[str, ...]
    by_key: bool
    encrypted: bool = Field(description="Whether nobody between can read what is sent.")


class HealthView(View):
    """Whether all is well. The single answers are for whoever may know them.

    steward_silent: seconds since the steward's last sign of life; None where none lives.
    """

    well: bool
    writer: bool | None = None
    readable: bool | None = None
    writable: bool | None = None
    steward: bool | None = None
    steward_silent: float | None = None
    free_megabytes: int | None = None
    policy_mistake: str | None = None
