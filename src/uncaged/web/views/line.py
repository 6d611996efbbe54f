"""Records of the line: where a run stands, who waits in which order, which policy holds."""

from typing import Any

from pydantic import Field

from uncaged.web.views.base import View


class PlaceView(View):
    """Where a run stands in line. place: 1 is next, null where its turn cannot come yet."""

    place: int | None
    starts: float | None = Field(description="Seconds until it begins, if all goes as expected.")
    about: bool = Field(description="Whether the place was only counted.")
    why: tuple[str, ...] = Field(description="The reasons, the most important first.")


class FigureView(View):
    """One thing that a training says of itself, as it was said last."""

    name: str
    said: str = Field(description="The name in the reader's language.")
    value: float | str


class CurveView(View):
    """What a training has said of one thing so far: at most a few hundred points, each the mean of those around it."""

    name: str
    said: str = Field(description="The name in the reader's language.")
    points: tuple[tuple[float, float], ...] = Field(description="Step and value.")
    drawn: str = Field(description="The same as a line of block characters.")
    low: float
    high: float


class PictureView(View):
    """A small picture, as PNG."""

    url: str
    width: int
    height: int


class TrainingView(View):
    """What a training is to do, and what it has learned so far."""

    name: str = Field(description="What the model is called once it is on the shelf.")
    what: str = Field(description="Which trainer.")
    recipe: dict[str, Any]
    step: int
    kept: int | None = Field(description="The step of the last whole checkpoint.")
    now: str = Field(description="What it does at the moment, in words.")
    seconds_left: float | None
    watt_hours: float | None
    energy_assumes: str
    figures: tuple[FigureView, ...]
    curves: tuple[CurveView, ...]
    preview: PictureView | None
    model: str | None = Field(description="The id of the model that it made.")
    shelved: bool = Field(description="Whether that model is on the shelf.")


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
    measured_bytes: int | None = Field(
        description="Of memory, the most that its performer held meanwhile; null where nobody knows."
    )
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
    kind: str = Field(default="making", description="making or training.")
    training: TrainingView | None = Field(default=None, description="Null for a film.")
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
