"""Records of who one is here, and of the ways in."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View


class EnterView(View):
    """Who one is here, and the way to be somebody."""

    name: str | None
    kind: str | None = Field(description="Null where nobody without a login may come in.")
    may: tuple[str, ...]
    by_key: bool
    by_login: bool = Field(description="Whether somebody signed in, so that they can sign out.")
    encrypted: bool = Field(description="Whether nobody between can read what is sent.")
    passkeys: bool = Field(description="Whether passkeys work at this address.")
    left: bool = Field(default=False, description="Whether somebody has just left the studio.")
    typed: str = Field(default="", description="The name that was typed.")
    trouble: Trouble | None = None


class JoinView(View):
    """An invitation that is good, and what it asks for."""

    invited_by: str | None
    kind: str = Field(description="What one becomes: member or keeper.")
    collective: str | None = Field(description="The collective that one joins with it.")
    until: int
    again: str | None = Field(
        description="Whose login it opens again; null where somebody new comes."
    )
    name: str = Field(description="A name to begin with.")
    here: str | None = Field(description="Who one is here already, who can join the collective.")
    encrypted: bool
    passkeys: bool
    trouble: Trouble | None = None
