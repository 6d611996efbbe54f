"""What can be turned on Pyramid Flow. Any number is legal; only what costs has an end. Needs no torch."""

import re
from typing import Any, Final, cast

from pydantic import Field, field_validator

from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.dials import dial
from uncaged.engines.open_model import MOST_STEPS, OpenOptions
from uncaged.engines.pyramid.stages import Steps

SUFFIX: Final = ", hyper quality, Ultra HD, 8K"
NEGATIVE: Final = (
    "cartoon style, worst quality, low quality, blurry, absolute black, absolute white, low res, extra limbs, "
    "extra digits, misplaced objects, mutated anatomy, monochrome, horror"
)
"""As published."""

STEPPED: Final = f"one number, or three for a quarter, half and all of the size, like 10 10 5; each 1 to {MOST_STEPS}"


class PyramidOptions(OpenOptions):
    """As it was published, where nobody turns anything."""

    guidance: float = dial(
        5.0,
        -2.0,
        12.0,
        "How far the film follows the words after its first frame; 1 as they are, 0 not at all, below 0 it flees them. "
        "More is more motion.",
    )
    first_guidance: float = dial(7.0, -2.0, 12.0, "The same for the first frame.")
    fall: float = dial(
        0.0,
        0.0,
        0.5,
        "How much less guidance every eight frames have than those before, down to 2.",
    )
    steps: str = Field(default="10", description=f"Steps of every eight frames: {STEPPED}.")
    first_steps: str = Field(default="20", description=f"Steps of the first frame: {STEPPED}.")
    temperature: float = dial(
        1.0, 0.8, 1.2, "How strong the noise is that it draws from: little is calm, much is rough."
    )
    variation: float = dial(
        0.0, 0.0, 1.0, "So much of another noise: a little is the same film, a bit different."
    )
    variant: str = Field(
        default="", description="Which of its networks draws, such as 384p; empty: by the size."
    )
    suffix: str = Field(default=SUFFIX, description="What is put behind every text.")
    negative: str = Field(default=NEGATIVE, description="What guidance leads away from, in words.")
    brief: bool = Field(
        default=False,
        description="Leave out the last step of each size, which hardly moves anything: a tenth less to do.",
    )

    @field_validator("steps", "first_steps", mode="before")
    @classmethod
    def _steps(cls, given: Any) -> str:
        """A number, a list of three, or either as text -> the text."""
        return told(stepped(given))


def stepped(given: object) -> Steps:
    """Steps of each of the three sizes. given: a number, three of them, or a text of them. Raises `AskedWrong`.

    >>> stepped("10"), stepped("20, 10 5")
    ((10, 10, 10), (20, 10, 5))
    """
    if isinstance(given, str):
        parts: list[object] = [
            int(part) if re.fullmatch(r"[0-9]{1,9}", part) else part
            for part in re.split(r"[\s,;]+", given.strip())
        ]
    else:
        several = isinstance(given, list | tuple)
        parts = list(cast("list[object]", given)) if several else [given]
    numbers = [part for part in parts if isinstance(part, int) and not isinstance(part, bool)]
    if len(numbers) != len(parts) or len(parts) not in (1, 3):
        raise AskedWrong(
            _("Steps are one number, or three, not %(given)s.") % {"given": shown(given)},
            _("For example 10, or 10 10 5."),
            "steps",
        )
    if not all(1 <= number <= MOST_STEPS for number in numbers):
        raise AskedWrong(
            _("A film takes 1 to %(most)s steps, not %(steps)s.")
            % {"most": MOST_STEPS, "steps": " ".join(f"{number:,}" for number in numbers)},
            about="steps",
        )
    return (numbers[0], numbers[len(numbers) // 2], numbers[-1])


def told(steps: Steps) -> str:
    """Steps as the text that `stepped` reads."""
    return str(steps[0]) if len(set(steps)) == 1 else " ".join(map(str, steps))
