"""What stands at the head and the foot of every page: how many runs wait, what the house is called.

Knows no page and no rule; it is read at most once a second for everybody.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from uncaged.archive.house_tables import house_pages
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import runs


@dataclass(frozen=True, slots=True)
class Mast:
    """waiting: runs in the line of films. house: what the house calls itself, empty where it never said."""

    waiting: int = 0
    house: str = ""


def read(conn: Connection) -> Mast:
    """How many wait, and where is one?"""
    waiting = _WAITING.on(conn, {"lane": "interactive", "state": "queued"}).scalar_one()
    return Mast(waiting, said(conn, "name"))


def said(conn: Connection, name: str) -> str:
    """What does the house say of itself under this name, by its newest page? Empty where it says nothing."""
    return (_SAID.on(conn, {"name": name}).scalar() or "").strip()


_WAITING = Prepared(
    select(func.count())
    .select_from(runs)
    .where(runs.c.lane == bindparam("lane"), runs.c.state == bindparam("state"))
)
_SAID = Prepared(
    select(house_pages.c.text)
    .where(house_pages.c.name == bindparam("name"))
    .order_by(house_pages.c.n.desc())
    .limit(1)
)
