"""Rooms: an exhibition, a workshop, a school. Each visitor who comes by a room's token is a person of their own.

The token is shown once, to be hung on a door; the room knows only its hash. Knows nothing of requests.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from uncaged.archive import log
from uncaged.archive.keys import hashed
from uncaged.archive.line_tables import guests, rooms
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import new_id
from uncaged.core.words import _

MOST = 100_000
"""Visitors of one room, at most."""


@dataclass(frozen=True, slots=True)
class Room:
    """visitors: how many people may come by it; came: how many have. until: when it ends by itself (µs UTC)."""

    id: str
    name: str
    visitors: int
    came: int
    created: int
    until: int | None
    closed: int | None

    def is_open(self, now: int) -> bool:
        """Whether somebody can come in."""
        return self.closed is None and (self.until is None or now < self.until)


def make(
    conn: Connection,
    name: str,
    visitors: int,
    until: int | None,
    who: str,
    now: int,
    token: str | None = None,
) -> tuple[Room, str]:
    """A new room and its token, which cannot be shown again. token: one that can be found again elsewhere."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise AskedWrong(_("A room needs a name of 1 to 200 characters."))
    if not 1 <= visitors <= MOST:
        raise AskedWrong(
            _("A room has 1 to %(most)s visitors, not %(count)s.")
            % {"most": f"{MOST:,}", "count": f"{visitors:,}"}
        )
    if until is not None and until <= now:
        raise AskedWrong(_("This room would be over before it begins."))
    token = token or secrets.token_urlsafe(18)
    room_id = new_id("room")
    conn.execute(
        insert(rooms).values(
            id=room_id, name=name, hash=hashed(token), visitors=visitors, created=now, until=until
        )
    )
    log.append(conn, "room-made", room_id, who, now, visitors=visitors)
    return get(conn, room_id), token


def find(conn: Connection, token: str, now: int) -> Room | None:
    """Whose door does this token hang on? None for an unknown one, and for a room that is over."""
    row = conn.execute(select(rooms.c.id).where(rooms.c.hash == hashed(token[:200]))).scalar()
    room = None if row is None else get(conn, row)
    return room if room is not None and room.is_open(now) else None


def get(conn: Connection, room_id: str) -> Room:
    """Which room is this?"""
    row = conn.execute(select(rooms).where(rooms.c.id == room_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(
            _("There is no room %(room)s here.") % {"room": room_id},
            _("`uncaged room list` lists them."),
        )
    return _room(conn, row)


def all_of_them(conn: Connection) -> tuple[Room, ...]:
    """Every room, oldest first."""
    rows = conn.execute(select(rooms).order_by(rooms.c.created, rooms.c.id)).mappings().all()
    return tuple(_room(conn, row) for row in rows)


def close(conn: Connection, room_id: str, who: str, now: int) -> Room:
    """Closes it, for ever: who came by it keeps their works, and nobody comes by it any more."""
    room = get(conn, room_id)
    if room.closed is None:
        conn.execute(update(rooms).where(rooms.c.id == room_id).values(closed=now))
        log.append(conn, "room-closed", room_id, who, now)
    return get(conn, room_id)


def _room(conn: Connection, row: RowMapping) -> Room:
    came = select(func.count()).where(guests.c.room_id == row["id"])
    return Room(
        row["id"],
        row["name"],
        row["visitors"],
        conn.execute(came).scalar_one(),
        row["created"],
        row["until"],
        row["closed"],
    )
