"""Records of the open door: how long, who is inside in numbers, what it asked before."""

from pydantic import Field

from uncaged.web.views.base import View


class InsideView(View):
    """Numbers alone: nobody's name, nobody's words."""

    people: int = Field(description="Who asked for anything since the door was opened.")
    waiting: int
    going: int = Field(description="Films that are made now.")
    done: int
    made: int = Field(description="People who have a film.")
    first: int = Field(description="People who wait for their first.")
    longest: float | None = Field(description="Seconds that one of them has waited, at most.")
    most: int = Field(description="Films of one person, at most.")
    shown: int = Field(description="Of these films, how many are shown to everybody.")


class FoundView(View):
    """Something that was asked before the door was opened."""

    asked: str
    found: str
    link: str = ""


class OpenView(View):
    """The open door as it stands; every field about an opening is null where there never was one."""

    state: str = Field(description="never, open, closing (the line is being finished) or closed.")
    began: int | None
    until: int | None = Field(description="When nobody new can make anything.")
    closed: int | None
    finished: int | None
    left: float = Field(description="Seconds until it closes; 0 once it is closed.")
    address: str | None = Field(description="What people type, or scan; null once it is closed.")
    inside: InsideView | None
    longer: float | None = Field(
        description="Seconds that the line takes after the end, as it looks now; null while unknown."
    )
    stays: int | None = Field(description="Until when visitors find their films by their cookie.")
    command: str | None = Field(description="How it was opened.")
    asked: tuple[FoundView, ...] = ()
    encrypted: bool = Field(description="Whether nobody between can read what is sent.")
    keeper: bool = Field(description="Whether one may open and close it.")
    again: float = Field(description="Seconds after which it is worth asking again.")
