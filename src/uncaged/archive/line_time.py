"""The line's own clock: it moves on while a steward lives, and jumps with nobody's.

What people used is forgotten by it, and waits are measured with it. It is told with the machine's clock beside it, so
that also a web process can read it; where the two disagree, it never runs backwards.
"""

from sqlalchemy import Connection, bindparam, func, select, update

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import runs, studio

LEAP = 60 * 1_000_000
"""Microseconds that it believes the machine's clock at most, since a steward last told it."""

NIGHT = 7 * 24 * 3600 * 1_000_000
"""Microseconds that it believes at most to have passed while no steward lived."""


_TOLD = Prepared(select(studio.c.line_time, studio.c.line_seen))
_LAST = select(func.max(runs.c.stood)).scalar_subquery()
_NEXT = Prepared(select(studio.c.line_time, studio.c.line_seen, _LAST))
_TELL = Prepared(
    update(studio).values(
        line_time=func.max(studio.c.line_time, bindparam("told")), line_seen=bindparam("seen")
    )
)


def read(conn: Connection, now: int, most: int = LEAP) -> int:
    """The line's time, where the machine's clock says `now` (both µs)."""
    told, seen = _TOLD.on(conn).one()
    return _goes_on(told, seen, now, most)


def tell(conn: Connection, line_time: int, now: int) -> None:
    """A steward says what time it is in the line; earlier than told before changes nothing."""
    _TELL.on(conn, {"told": line_time, "seen": now})


def next_moment(conn: Connection, now: int) -> int:
    """A moment for somebody who comes now, later than every one that was given before."""
    told, seen, last = _NEXT.on(conn).one()
    return max(_goes_on(told, seen, now, LEAP), 0 if last is None else last + 1)


def _goes_on(told: int, seen: int, now: int, most: int) -> int:
    """Since it was told, at the machine's clock `seen`."""
    return told + min(max(0, now - seen), most) if seen else max(told, now)
