"""Records of works: one, a line of a list, several that were asked for together."""

from typing import Any

from pydantic import Field

from uncaged.web.views.base import View
from uncaged.web.views.line import RunView


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
