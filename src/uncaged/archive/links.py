"""Links of a work: how often they were changed. They are made of the studio's secret, and stand nowhere themselves."""

from sqlalchemy import Connection, select

from uncaged.archive import log
from uncaged.archive import works as work_statements
from uncaged.archive.tables import Visibility, works


def of(conn: Connection, work_id: str) -> tuple[str, Visibility, int] | None:
    """Whose work this is, who may see it, and how often its links were changed; None where it is not here."""
    wanted = select(works.c.person_id, works.c.visibility, works.c.links)
    row = conn.execute(wanted.where(works.c.id == work_id, work_statements.HERE)).one_or_none()
    return None if row is None else (row[0], row[1], row[2] or 0)


def times(conn: Connection, work_id: str) -> int | None:
    """How often its links were changed; None where it is not here."""
    found = of(conn, work_id)
    return None if found is None else found[2]


def change(conn: Connection, person_id: str, work_id: str, now: int) -> int:
    """From now on its older links open nothing; returns how often they were changed."""
    times = (work_statements.own(conn, person_id, work_id).links or 0) + 1
    work_statements.write(conn, work_id, links=times)
    log.append(conn, "links", work_id, person_id, now, times=times)
    return times
