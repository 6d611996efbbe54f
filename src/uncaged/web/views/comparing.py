"""Records of the page by which models are compared: which there are, what each takes here, what is asked of all."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View
from uncaged.web.views.reading import MeasuredView, MemoryView


class ChoiceView(View):
    """A model that one can tick, and what one would like to know before."""

    name: str
    summary: str
    makes: str = Field(description="Its sizes and lengths, in words.")
    ticked: bool
    measured: MeasuredView | None = Field(description="Null where it has performed nothing here.")
    memory: MemoryView | None = Field(description="Null where it is next to nothing.")
    afar: bool = Field(description="Whether it performs elsewhere, so that what is said leaves.")
    waits: bool = Field(description="Whether something has to be accepted before one asks it.")


class CompareView(View):
    """The form by which several models are asked for the same."""

    models: tuple[ChoiceView, ...]
    most: int = Field(description="So many can be compared at once.")
    typed: dict[str, str] = Field(description="What the form holds.")
    once: str = Field(description="A token of this form: sent twice, it asks once.")
    trouble: Trouble | None = Field(default=None, description="Why the form came back.")
