"""Guests: people without a login, known again by a mark that says nothing about them.

A mark is a keyed hash of how they came (an address, or a room and a visitor's cookie); it is made elsewhere, and no
address ever stands in the archive. Whose mark nobody has come by for long is forgotten; the person stays.
"""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from uncaged.archive import people, rooms
from uncaged.archive.line_tables import guests
from uncaged.archive.people import Person
from uncaged.archive.prepared import Prepared
from uncaged.archive.rooms import Room
from uncaged.core.errors import TooMany
from uncaged.core.words import _

FORGET = 30 * 24 * 3600 * 1_000_000
"""Microseconds after which a mark is forgotten that nobody has come by."""

SEEN = 3600 * 1_000_000
"""Microseconds within which it is not written down again that somebody was here."""


def known(conn: Connection, mark: str, now: int) -> tuple[Person, bool] | None:
    """Who came by this mark before, and whether that is so long ago that `come` should write it down again?"""
    row = _KNOWN.on(conn, {"came_by": mark}).mappings().one_or_none()
    if row is None:
        return None
    return people.get(conn, row["person_id"]), now - row["seen"] >= SEEN


_KNOWN = Prepared(select(guests).where(guests.c.mark == bindparam("came_by")))


def come(conn: Connection, mark: str, room: Room | None, now: int) -> Person:
    """A guest comes: the person they were before, or a new one. `TooMany` where the room is full."""
    row = conn.execute(select(guests).where(guests.c.mark == mark)).mappings().one_or_none()
    if row is not None:
        if now - row["seen"] >= SEEN:
            conn.execute(update(guests).where(guests.c.mark == mark).values(seen=now))
        return people.get(conn, row["person_id"])
    if room is not None and rooms.get(conn, room.id).came >= room.visitors:
        raise TooMany(
            _("%(room)s is full: %(count)s people have come by this door.")
            % {"room": room.name, "count": f"{room.visitors:,}"},
            _("Ask whoever invited you for another one."),
            retry_after=600.0,
        )
    guest = people.add(conn, "guest", now)
    conn.execute(
        insert(guests).values(
            mark=mark, person_id=guest.id, room_id=None if room is None else room.id, seen=now
        )
    )
    return guest


def forget(conn: Connection, now: int) -> int:
    """Forgets marks that nobody has come by for long; returns how many."""
    return conn.execute(delete(guests).where(guests.c.seen < now - FORGET)).rowcount
