"""Records of the first page: what can be asked for, and with which dials."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View
from uncaged.web.views.grow import TwelveView
from uncaged.web.views.line import LineView, RowView
from uncaged.web.views.sharing import ShownView
from uncaged.web.views.works import WorkLine


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
    shortest: float
    longest: float
    sizes: tuple[tuple[int, int], ...] = Field(
        description="The only ones; empty: any within sides."
    )
    sides: tuple[int, int] = Field(description="Pixels of a side, at least and at most.")
    multiple: int = Field(description="Every side is a multiple of so many pixels.")
    pictures: int
    masks: bool = Field(description="Whether it draws a part again, and keeps the rest.")
    negative: bool = Field(description="Whether it leaves out what must not be seen.")
    loop: bool
    position: bool
    options: tuple[DialView, ...]
    adapters: tuple[str, ...] = Field(description="Adapters on the shelf for its family.")
    leaves: str = Field(
        description="What leaves the studio with every film, and whither; empty where it performs here."
    )


class MakeView(View):
    """The first page: what can be asked for, and what this person made last."""

    models: tuple[ModelView, ...]
    waiting: int = Field(description="Runs in line, everybody's.")
    performers: int
    typed: dict[str, str] = Field(description="What the form holds.")
    trouble: Trouble | None = Field(default=None, description="Why the form came back.")
    once: str = Field(description="A token of this form: sent twice, it makes one film.")
    twelve: TwelveView | None = Field(
        description="Drawings to press, drawn beforehand; null before the first of them is there."
    )
    line: LineView = Field(description="The line as it stands, its first rows.")
    pressed: RowView | None = Field(
        description="Where this person's film would stand if they asked for one now."
    )
    shown: tuple[ShownView, ...] = Field(description="Films that everybody may see, the last ones.")
    works: tuple[WorkLine, ...]
    unkept: tuple[WorkLine, ...] = Field(description="In line, paused, or performed now.")
    ended: tuple[WorkLine, ...] = Field(description="Failed or cancelled.")
