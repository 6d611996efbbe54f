"""Records of growing: the twelve of the first page, one of them with its children, generations of a group."""

from pydantic import Field

from uncaged.web.views.base import View


class DrawingView(View):
    """A drawing to press."""

    number: int = Field(description="1 is the first of its row.")
    name: str = Field(
        description="By which it becomes a parent: SET/N, SET/N/M or the id of a work."
    )
    alt: str = Field(description="What is seen, in words.")
    at: str = Field(description="Where pressing it leads, or where it can be looked at.")
    still: str | None = Field(description="A frame of it as JPEG; null until it is drawn.")
    film: str | None = Field(description="A small film of it; null until it is there.")
    state: str = Field(default="completed", description="Of a run that draws it.")
    chosen: bool = Field(default=False, description="Whether the next generation comes from it.")


class TwelveView(View):
    """Twelve drawings, drawn beforehand."""

    name: str = Field(description="The set: a day (UTC) and a number.")
    drawings: tuple[DrawingView, ...]
    other: int | None = Field(description="?twelve= of another set that is there; null: none is.")


class SpreadView(View):
    """How different the drawings of a generation are."""

    count: float = Field(description="As if so many were unlike all others.")
    of: int
    nearest: tuple[int, int] | None
    farthest: tuple[int, int] | None


class GenerationView(View):
    """Drawings that lie in one row."""

    number: int
    of: str = Field(description="twelve, children, variations, or works that it began with.")
    parents: tuple[int, ...] = Field(description="Numbers of the chosen in the row above.")
    at: str = Field(description="The address at which it is the present one.")
    rate: float | None
    drawings: tuple[DrawingView, ...]
    spread: SpreadView | None


class TraitView(View):
    """What can cross apart from the rest."""

    name: str
    holds: str


class FamilyView(View):
    """A family tree, as paths of a drawing that is `width` × `height`."""

    width: int
    height: int
    faint: str
    thin: str
    known: str
    mark: str


class GrownView(View):
    """Generations, one below the other; the last is the present one."""

    generations: tuple[GenerationView, ...]
    way: str = Field(description="Which drawings of the stock it began with: SET/N/M,M; or empty.")
    model: str
    traits: tuple[TraitView, ...]
    genes: int = Field(description="Numbers of one position.")
    rate: float
    seed: int = Field(description="Of the next generation, where nobody says another.")
    once: str = Field(description="A token of this form: sent twice, it makes one generation.")
    family: FamilyView
    undo: str = Field(description="The address of the generation before.")
    ready: int = Field(description="How many of the present generation are there.")
    again: float | None = Field(description="Seconds after which it is worth asking again.")
