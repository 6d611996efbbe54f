"""Records of trainings: those that one has asked for, and the form for the next one."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View


class TrainingLine(View):
    """A training of one's own among others."""

    run: str = Field(description="The last of its runs.")
    runs: int = Field(description="So many that learned in its folder, one after the other.")
    name: str = Field(description="What its model is called.")
    what: str = Field(description="Which trainer.")
    state: str
    asked: int
    step: int
    kept: int | None = Field(description="The step of the last whole checkpoint.")
    here: bool = Field(description="Whether its model is on the shelf.")


class TrainingsView(View):
    """One's own trainings, the newest first, and what the next one may begin from."""

    trainings: tuple[TrainingLine, ...]
    trainers: tuple[str, ...] = Field(description="What can begin from nothing here.")
    models: tuple[str, ...] = Field(description="Models that were trained here.")
    stopped: str | None = Field(description="The run of one's own that the form goes on with.")
    missing: tuple[Trouble, ...] = Field(description="Why other trainers cannot begin here.")
    may: bool = Field(description="Whether whoever asks may train.")
    most_minutes: float | None = Field(description="What this house allows for one run.")
    typed: dict[str, str]
    once: str
    trouble: Trouble | None = None
