"""What every record of a page is, and how a refusal looks.

Times are µs UTC, lengths seconds, sizes pixels, here and beside. Knows no archive and no template.
"""

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """A record that a page shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Trouble(View):
    """What went wrong, and what to do."""

    message: str
    hint: str = ""


class ErrorView(View):
    """The answer where something cannot be done."""

    error: Trouble
