"""The line's own clock: it moves on while a steward lives, and jumps with nobody's.

What people used is forgotten by it, and waits are measured with it. It is told with the machine's clock beside it, so
that also a web process can read it; where the two disagree, it never runs backwards.
"""

from sqlalchemy import Connection, func, select, update

from uncaged.archive.tables import runs, studio

LEAP = 60 * 1_000_000
"""Microseconds that it believes the machine's clock at most, since a steward last told it."""

NIGHT = 7 * 24 * 3600 * 1_000_000
"""Microseconds that it believes at most to have passed while no steward lived."""


def read(conn: Connection, now: int, most: int = LEAP) -> int:
    """The line's time, where the machine's clock says `now` (both µs)."""
    told = conn.execute(select(studio.c.line_time, studio.c.line_seen)).one()
    if not told.line_seen:
        return max(told.line_time, now)
    return told.line_time + min(max(0, now - told.line_seen), most)


def tell(conn: Connection, line_time: int, now: int) -> None:
    """A steward says what time it is in the line; earlier than told before changes nothing."""
    moved = func.max(studio.c.line_time, line_time)
    conn.execute(update(studio).values(line_time=moved, line_seen=now))


def next_moment(conn: Connection, now: int) -> int:
    """A moment for somebody who comes now, later than every one that was given before."""
    last = conn.execute(select(func.max(runs.c.stood))).scalar_one()
    return max(read(conn, now), 0 if last is None else last + 1)
