"""What can be said to a model beside words: options of its own, and dials among them. A number has no clamp."""

from types import NoneType, UnionType
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _


class Options(BaseModel):
    """A model's own options, beside what every score has. A number is a dial: it has a suggested range and no clamp.

    Strict: a number is a number, neither its digits in quotes nor a truth value.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


def counted(steps: int, most: int) -> int:
    """The steps of a film, which are what it costs; `AskedWrong` where there are none, or more than `most`."""
    if not 1 <= steps <= most:
        raise AskedWrong(
            _("A film takes 1 to %(most)s steps, not %(steps)s.")
            % {"most": most, "steps": f"{steps:,}"},
            about="steps",
        )
    return steps


def dial(default: float | None, low: float, high: float, description: str, unit: str = "") -> Any:
    """A dial of an `Options` class: suggested from `low` to `high`, any finite number is legal. default: None where it
    says something only when it is said."""
    return Field(
        default=default,
        description=description,
        json_schema_extra={"suggested": [low, high], "unit": unit},
    )


def sort_of(annotation: Any) -> Any:
    """What a value of an option is, where it is one; also of an option that may be left open.

    >>> sort_of(float | None)
    <class 'float'>
    """
    found = [one for one in get_args(annotation) if one is not NoneType]
    return found[0] if isinstance(annotation, UnionType) and len(found) == 1 else annotation
