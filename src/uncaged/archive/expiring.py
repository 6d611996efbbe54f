"""Expiring: what no guest kept in time, and what lay in the trash long enough. Knows no policy: it is told the times.

Nothing goes that somebody kept, showed, or that the house is deciding about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from uncaged.archive import log
from uncaged.archive import works as work_statements
from uncaged.archive.tables import FINISHED, people, runs, works
from uncaged.archive.work import HERE, Work


@dataclass(frozen=True, slots=True)
class Due:
    """A work that goes now."""

    id: str
    person_id: str


def keep(conn: Connection, person_id: str, work_id: str, now: int) -> Work:
    """Its guest says to keep it: it does not expire. Twice is once."""
    work = work_statements.own(conn, person_id, work_id)
    if work.claimed is None:
        work_statements.write(conn, work_id, claimed=now)
        log.append(conn, "claimed", work_id, person_id, now)
    return work_statements.get(conn, person_id, work_id)


def unclaimed(
    conn: Connection, before: int, after: str, limit: int, among: Sequence[str] | None = None
) -> Sequence[Due]:
    """Works of guests that were made (or came to nothing) before this moment and that nobody kept, by their ids.

    after: the id of the last one of the batch before. among: of these alone.
    """
    made = func.coalesce(works.c.kept, runs.c.ended)
    wanted = (
        select(works.c.id, works.c.person_id)
        .join(people, people.c.id == works.c.person_id)
        .join(runs, runs.c.id == works.c.run_id)
        .where(
            works.c.id > after,
            people.c.kind == "guest",
            HERE,
            works.c.claimed.is_(None),
            works.c.visibility == "nobody",
            works.c.trashed.is_(None),
            works.c.hidden.is_(None),
            or_(works.c.kept.is_not(None), runs.c.state.in_(FINISHED)),
            made < before,
        )
    )
    return _due(conn, wanted, limit, among)


def thrown_away(
    conn: Connection, before: int, after: str, limit: int, among: Sequence[str] | None = None
) -> Sequence[Due]:
    """Works that lie in the trash since before this moment, by their ids; not what the house is deciding about."""
    lying = and_(works.c.trashed.is_not(None), works.c.trashed < before)
    wanted = select(works.c.id, works.c.person_id).where(
        lying, works.c.id > after, HERE, works.c.hidden.is_(None)
    )
    return _due(conn, wanted, limit, among)


def _due(
    conn: Connection, wanted: Select[Any, Any], limit: int, among: Sequence[str] | None
) -> Sequence[Due]:
    if among is not None:
        wanted = wanted.where(works.c.id.in_(among))
    rows = conn.execute(wanted.order_by(works.c.id).limit(limit))
    return [Due(row.id, row.person_id) for row in rows]
