"""The line: who waits, where, and whose turn it is. See `runs`.

Computed when read, as the view ``line`` of ``views.sql`` says it; nothing about places is stored.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Row, column, select, table

from uncaged.archive import stored
from uncaged.archive.run import SHOWN, Run, all_completed, from_row, get
from uncaged.archive.tables import Lane, runs

_line = table("line", column("run_id"), column("lane"), column("place"))
_PAGE = 64


def waiting(conn: Connection, lane: Lane = "interactive", limit: int = 1000) -> tuple[Run, ...]:
    """Who stands in this line, in its order?"""
    joined = SHOWN.join(_line, _line.c.run_id == runs.c.id).where(_line.c.lane == lane)
    ordered = joined.order_by(_line.c.place).limit(limit)
    return tuple(from_row(row) for row in conn.execute(ordered).mappings())


def place(conn: Connection, run_id: str) -> int | None:
    """Where in its line does this run stand? 1 is next; None where it does not wait."""
    return conn.execute(select(_line.c.place).where(_line.c.run_id == run_id)).scalar_one_or_none()


def next_in_line(conn: Connection, lane: Lane = "interactive") -> Run | None:
    """Whose turn is it: who is first in line with everything it comes after completed?

    A run whose predecessor failed is not in line any more: it failed together with it.
    """
    for run_id, after in _in_order(conn, lane):
        if all_completed(conn, after):
            return get(conn, run_id)
    return None


def _in_order(conn: Connection, lane: Lane) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The order of the view ``line``, without placing everybody: the first is nearly always the one.

    Each moment somebody asked is a turn of that person, who spends it on what they wish for most.
    """
    queued = (runs.c.state == "queued", runs.c.lane == lane)
    turns = select(runs.c.person_id).where(*queued).order_by(runs.c.asked, runs.c.id).limit(_PAGE)
    own = select(runs.c.id, runs.c.after).where(*queued)
    wishes: dict[str, Iterator[Row[str, str]]] = {}
    page = 0
    while people := conn.execute(turns.offset(page * _PAGE)).scalars().all():
        for person in people:
            if person not in wishes:
                order = (runs.c.own_priority.desc(), runs.c.asked, runs.c.id)
                found = conn.execute(own.where(runs.c.person_id == person).order_by(*order))
                wishes[person] = iter(found.all())
            wish = next(wishes[person])
            with stored.reading(wish.id):
                after = stored.names(wish.after)
            yield wish.id, after
        page += 1
