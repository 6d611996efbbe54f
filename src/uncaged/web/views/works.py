"""Records of works: one, a line of a list, several that were asked for together."""

from typing import Any

from pydantic import Field

from uncaged.web.views.base import View
from uncaged.web.views.grow import GrownView
from uncaged.web.views.house import HouseNote
from uncaged.web.views.line import RunView


class FilmView(View):
    """A kept film or picture, and where it lies."""

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
    seconds: float = Field(description="0 for a picture.")
    picture: bool = Field(default=False, description="Whether it is one frame by itself.")


class MakerView(View):
    """Whose work it is. name: null where they have none."""

    id: str
    name: str | None
    kind: str


class SharingView(View):
    """Who sees a work, and what its person may do about it."""

    tags: tuple[str, ...] = Field(description="Seen by its person alone.")
    claimed: bool = Field(description="Whether its guest said to keep it, or showed it.")
    until: int | None = Field(description="When it goes by itself; null where it stays.")
    trashed: int | None = Field(description="When it was thrown away.")
    link: str | None = Field(
        description="Your link: whoever has it may do with this work what you may. For guests."
    )
    viewer_link: str | None = Field(
        description="The link by which others see it, while it is shown by link."
    )


class PreviewView(View):
    """The small picture of how far a performance has come, as PNG."""

    url: str
    width: int
    height: int


class AdaptedView(View):
    """An adapter that a work was performed with."""

    name: str
    weight: float = Field(description="How much it counts: any number.")
    hash: str = Field(description="SHA-256 of its files.")


class ShotView(View):
    """A shot of a score: its words, and when it begins and ends."""

    text: str
    begins: float
    ends: float


class MadeByView(View):
    """What a work is made by, as the model's card says it."""

    summary: str
    origin: str
    data: str = Field(description="What is known of the data it was trained on.")
    licence: str
    works: str = Field(description="Under which terms its works come.")
    exact: bool = Field(description="Whether the same score gives the same frames again.")
    strokes: bool = Field(description="Whether its drawing order can be taken as lines.")
    extends: bool = Field(description="Whether a film of it can go on.")


class CreditView(View):
    """A line of a work's credit roll, beside its maker."""

    n: int
    name: str | None
    person: str | None = Field(description="The id of somebody who is here.")
    role: str = Field(description="What they did, in words.")
    agreed: bool = Field(description="False: its maker and they alone see the line yet.")
    you: bool


class WorkView(View):
    """A work, from the moment it was asked for."""

    id: str
    own: bool
    state: str
    text: str
    model: str
    size: tuple[int, int]
    seconds: float = Field(description="0 for a picture.")
    fps: float
    seed: int
    shots: tuple[ShotView, ...] = Field(description="The score, shot by shot.")
    dials: dict[str, Any] = Field(description="Options that do not stand as they stand by default.")
    adapters: tuple[AdaptedView, ...] = Field(description="Adapters that it was performed with.")
    parents: tuple[str, ...] = Field(description="Works that it was made from.")
    picture: bool = Field(default=False, description="Whether it is, or will be, a picture.")
    plays: tuple[str, ...] = Field(
        default=(), description="What can be asked of it by /grow: vary, farther, films."
    )
    made_by: MadeByView | None = Field(description="Null where the model is not here any more.")
    score: dict[str, Any]
    visibility: str
    asked: int
    kept: int | None
    film: FilmView | None = Field(description="Null until it is kept.")
    preview: PreviewView | None = Field(default=None, description="While it is performed.")
    position: str | None = Field(description="Where the point in the model's space can be had.")
    run: RunView | None = Field(description="How it is made; for its own person, and once kept.")
    notes: tuple[str, ...] = Field(
        default=(),
        description="What was changed at the door; of a kept one, why it was not drawn to its end.",
    )
    maker: MakerView | None = None
    training: bool = Field(
        default=False, description="Whether its person allows that models learn from it."
    )
    by_link: bool = Field(default=False, description="Whether this visitor came by a link.")
    sharing: SharingView | None = Field(default=None, description="For its own person.")
    house: HouseNote | None = Field(
        default=None, description="What the house says of it; null where it says nothing."
    )

    credits: tuple[CreditView, ...] = ()


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
    understood: str = Field(default="", description="What the model understood, in a sentence.")
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
    understood: str = Field(default="", description="What the model understood, in a sentence.")
    reason: str | None
    row: int = Field(
        default=0, description="Where models are compared: the how-manieth of its model it is."
    )


class BesideView(View):
    """One model of several that were asked for the same, and what its films took."""

    model: str
    asked: int
    made: int
    mean: float | None = Field(description="Device-seconds of its films; null: none is made yet.")
    low: float | None = Field(description="Of the quickest; null where there are not several.")
    high: float | None
    film: float = Field(description="Seconds of a film of its.")
    size: tuple[int, int]
    fps: float
    memory: int | None = Field(
        description="Bytes that it takes to be opened, reckoned; null where next to nothing."
    )
    spread: float | None = Field(
        description="As if so many of its films were unlike the others, by its own measure; null of one alone."
    )
    ended: int = Field(description="How many of them came to nothing.")
    why: str = Field(description="Why the first of these did; empty where nobody said.")


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
    grown: GrownView | None = Field(
        default=None, description="Of children: the generations up to them, and what may come next."
    )
    origin: str | None = Field(
        default=None,
        description="Of films of a generation's drawings: the group of that generation.",
    )
    parts: tuple[PartView, ...]
    pictures: bool = Field(default=False, description="Whether all that stands here are pictures.")
    plays: tuple[str, ...] = Field(
        default=(), description="What can be asked of one of them by /grow: vary, farther, films."
    )
    beside: tuple[BesideView, ...] = Field(
        default=(), description="Where several models were asked: what each of them took."
    )
    again: float | None = Field(description="Seconds after which it is worth asking again.")
    notes: tuple[str, ...] = Field(
        default=(), description="What was made the nearest that a model can, in the first answer."
    )
