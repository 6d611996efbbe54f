"""What the doctor says of one thing. Knows nothing of how one looks."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["works", "weak", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` says what to do where it is not well."""

    name: str
    state: State
    what: str
    advice: str = ""
