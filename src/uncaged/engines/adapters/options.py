"""The option by which a model is told its adapters. Needs no torch."""

from typing import Any

from pydantic import Field, field_validator

from uncaged.core.adapters import read, written
from uncaged.engines.dials import Options


class AdaptedOptions(Options):
    """The options of a model that takes adapters."""

    adapters: str = Field(
        default="",
        description="Adapters (LoRA) on top of it, each with its weight: any number, 0 is without it, below 0 away "
        "from it. Like my-style=0.8 other=-0.5",
    )

    @field_validator("adapters", mode="before")
    @classmethod
    def _adapters(cls, given: Any) -> str:
        return written(read(given))
