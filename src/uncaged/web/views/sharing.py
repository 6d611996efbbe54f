"""Records of who sees works: a gallery, somebody's face, what a work's person may do with it, one's own works."""

from pydantic import Field

from uncaged.web.views.base import View
from uncaged.web.views.works import FilmView, MakerView


class ShownView(View):
    """A film that is shown to everybody."""

    id: str
    text: str
    shots: int
    understood: str = Field(description="What is seen in it, as far as its model says so.")
    model: str
    seconds: float
    seed: int
    shown: int
    training: bool = Field(description="Whether its person allows that models learn from it.")
    maker: MakerView
    film: FilmView


class FilmsView(View):
    """A page of what is shown to everybody, newest first."""

    films: tuple[ShownView, ...]
    count: int = Field(description="How many there are; 10,001 stands for more than 10,000.")
    by: MakerView | None = Field(description="Whose alone, where that was asked for.")
    model: str | None
    models: tuple[str, ...] = Field(description="What can be asked for as `model`.")
    before: str | None = Field(description="Where this page begins; null for the first.")
    further: str | None = Field(
        description="What to ask for as `before` for the next page; null at the end. A page may be "
        "empty and not the last where one model is asked for."
    )


class FaceView(View):
    """Somebody who shows films, or oneself."""

    id: str
    name: str | None
    kind: str
    about: str | None = Field(description="What they say of themselves.")
    created: int = Field(description="Here since then.")
    own: bool
    count: int = Field(description="Films shown; 10,001 stands for more than 10,000.")
    films: tuple[ShownView, ...] = Field(description="The newest of them.")
    further: str | None = Field(description="What to ask /films for as `before`, with `by`.")


class OwnLine(View):
    """A work of one's own in a list."""

    id: str
    run: str
    state: str
    text: str
    model: str
    seconds: float
    visibility: str
    tags: tuple[str, ...]
    asked: int
    kept: int | None
    trashed: int | None
    hidden: int | None
    until: int | None = Field(description="When it goes by itself; null where it stays.")
    reason: str | None = Field(description="Why it failed or was cancelled.")
    understood: str = Field(default="", description="What the model understood, in a sentence.")
    film: FilmView | None
    group: str | None = Field(
        default=None, description="The group it stands for; null where it stands for itself."
    )
    together: int = Field(default=1, description="How many were asked for in that group.")


class OwnWorksView(View):
    """One's own works, a page of them, the latest first."""

    where: str = Field(description="kept, making, failed, trash or hidden.")
    each: bool = Field(
        default=False, description="Whether works that were asked for together lie each by itself."
    )
    q: str = Field(description="The words that were looked for.")
    tag: str | None
    works: tuple[OwnLine, ...]
    tags: dict[str, int] = Field(description="One's own tags, and on how many works each.")
    making: int = Field(description="How many are on their way; 1,000 stands for more.")
    failed: int
    trash: int
    hidden: int
    trash_days: float | None = Field(description="Days for which the trash is kept; null for ever.")
    keep_days: float | None = Field(
        description="Days after which a guest's work goes that nobody kept; null where it stays."
    )
    before: str | None
    further: str | None = Field(description="As in FilmsView.")


class TrainingView(View):
    """What models may learn from here."""

    reservation: int = Field(description="1: nothing may be mined, but what says otherwise.")
    why: str
