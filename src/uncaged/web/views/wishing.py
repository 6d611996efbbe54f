"""Records of what somebody wants, and which models can: a part of the page of models."""

from pydantic import Field

from uncaged.web.views.base import View


class MachineView(View):
    """What computes here."""

    name: str | None = Field(description="Told to whoever keeps the machine alone.")
    cores: int
    memory: int | None = Field(description="Bytes; null where nobody knows.")
    card: int | None = Field(
        description="Bytes of the graphics card that models compute on; null where there is none."
    )


class AbleView(View):
    """A model that can."""

    name: str
    seconds: float | None = Field(
        description="Of this machine, for the film that is compared; null where nobody knows."
    )


class WantView(View):
    """Something that people want of a model."""

    way: str = Field(
        description="What one asks with (`with`); empty where it is no question of that."
    )
    models: tuple[AbleView, ...] = Field(description="The quickest of those that can.")
    more: int = Field(description="How many others can.")


class SaysView(View):
    """What one model says to that."""

    name: str
    can: bool
    why: str = Field(description="Why it cannot; empty where it can.")
    waits: bool = Field(description="Whether whoever asks has to accept its licence first.")
    unknown: bool = Field(description="Whether nobody knows that it takes no longer.")
    seconds: float | None = Field(description="Of this machine; null where nobody knows.")
    rough: bool = Field(description="Whether that was reckoned from much smaller films.")
    needs: int | None = Field(
        description="Bytes of memory; null where that is next to nothing, or nobody knows."
    )
    film: float | None = Field(description="Seconds of the film that was reckoned; 0 is a picture.")
    size: tuple[int, int] | None = Field(description="Of that film.")


class AnswersView(View):
    """What somebody wants, as they said it, and what every model says to that."""

    what: str = Field(description="film or picture.")
    seconds: float | None
    size: tuple[int, int] | None
    minutes: float | None = Field(description="It may take so many at most.")
    ways: tuple[str, ...] = Field(
        description="picture, on, anew, part, sound, loop, without, play."
    )
    models: tuple[SaysView, ...] = Field(description="Those that can first, the quickest first.")
