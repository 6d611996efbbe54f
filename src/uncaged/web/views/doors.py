"""Records of who one is here."""

from pydantic import Field

from uncaged.web.views.base import View


class EnterView(View):
    """Who one is here, and the way to be somebody."""

    name: str | None
    kind: str | None = Field(description="Null where nobody without a key may come in.")
    may: tuple[str, ...]
    by_key: bool
    encrypted: bool = Field(description="Whether nobody between can read what is sent.")
