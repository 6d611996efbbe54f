"""What can be turned on every model of diffusion. Any number is legal; only what costs has an end."""

from typing import Any, Final, Literal

from pydantic import Field, field_validator

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.dials import counted, dial
from uncaged.engines.diffusion.turning import numbers_of, written
from uncaged.engines.open_model import MOST_STEPS, OpenOptions

MOST_PAST: Final = 257
"""Frames of a film that are looked back at, at most: they are drawn along with those that come."""

SolverName = Literal["", "euler", "heun", "dpm++2m", "unipc", "dpm++2m-sde", "ancestral", "afresh"]


def following(usual: float) -> Any:
    """The dial of guidance, where it was published with this."""
    return dial(
        usual,
        -2.0,
        12.0,
        "How far it follows the words; 1 as they are, 0 not at all, below 0 it flees them.",
    )


def stepping(usual: int) -> Any:
    """The dial of steps, where it was published with so many."""
    return dial(usual, 4, 60, f"Steps from noise to picture, 1 to {MOST_STEPS}; more take longer.")


class DiffusionOptions(OpenOptions):
    """A family gives its own numbers where it was published with others."""

    guidance: float = following(6.0)
    steps: int = stepping(50)
    solver: SolverName = Field(
        default="", description="How one step is taken; empty: as the model was published."
    )
    eta: float = dial(
        1.0, 0.0, 1.5, "How much fresh noise a step brings, with the solvers that bring some."
    )
    temperature: float = dial(
        1.0, 0.8, 1.2, "How strong the noise is that it begins from: little is calm, much is rough."
    )
    bend: float = dial(
        0.0,
        -2.0,
        3.0,
        "Where the steps lie: above 0 more while everything is open, below 0 more at the end.",
    )
    variation: float = dial(
        0.0, 0.0, 1.0, "So much of another noise: a little is the same film, a bit different."
    )
    strength: float = dial(
        0.6,
        0.0,
        1.0,
        "Where it draws a film anew: how far it may leave it. 0 the film itself, 1 only the words.",
    )
    past: int = dial(
        17, 1, 49, "Where it goes on with a film: so many frames of its end it looks back at."
    )
    negative: str = Field(default="", description="What guidance leads away from, in words.")
    guidance_steps: str = Field(
        default="",
        description="Guidance that turns while it draws, such as 9 6 0 -2: the first number at the first step, the "
        "last at the last; empty: the same at all.",
    )
    sigmas: str = Field(
        default="",
        description="Times of one's own, such as 1 0.8 0.5 0: how much noise there is before each step, and after the "
        "last, which makes as many steps; empty: as `steps` and `bend` say.",
    )

    step_cache: float = dial(
        0.0,
        0.0,
        0.3,
        "Lossy: by what share its answers may be guessed to change before the network is asked again, such as 0.1; 0 "
        "asks it in every step.",
    )

    @field_validator("guidance_steps", "sigmas", mode="before")
    @classmethod
    def _as_text(cls, said: Any) -> Any:
        """A number, or a list of them, as one text."""
        return written(said)

    @field_validator("guidance_steps")
    @classmethod
    def _turning(cls, said: str) -> str:
        numbers_of(said, "guidance_steps")
        return said

    @field_validator("sigmas")
    @classmethod
    def _times(cls, said: str) -> str:
        numbers_of(said, "sigmas", 2)
        return said

    @field_validator("steps")
    @classmethod
    def _steps(cls, steps: int) -> int:
        return counted(steps, MOST_STEPS)

    @field_validator("past")
    @classmethod
    def _past(cls, past: int) -> int:
        if not 1 <= past <= MOST_PAST:
            raise AskedWrong(
                _("It looks back at 1 to %(most)s frames, not %(past)s.")
                % {"most": MOST_PAST, "past": f"{past:,}"},
                about="past",
            )
        return past
