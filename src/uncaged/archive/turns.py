"""Each person's next run, kept by triggers (``views.sql``). Whose turn of these it is, the room ``queue`` says.

Knows no weights and no performers.
"""

from sqlalchemy import Connection, select

from uncaged.archive.line_tables import turns
from uncaged.archive.run import Run, get
from uncaged.archive.tables import Lane


def find_anew(conn: Connection) -> None:
    """All of them from nothing, as after a migration."""
    conn.exec_driver_sql("DELETE FROM turns")
    conn.exec_driver_sql(
        "INSERT INTO turn_anew (lane, person_id, model, needs) "
        "SELECT DISTINCT lane, person_id, model, needs FROM runs WHERE state = 'queued'"
    )


def next_asked(conn: Connection, lane: Lane = "interactive") -> Run | None:
    """Whose next run has stood longest? None where nobody waits for a performer."""
    oldest = select(turns.c.run_id).where(turns.c.lane == lane)
    found = conn.execute(oldest.order_by(turns.c.stood, turns.c.run_id).limit(1)).scalar()
    return None if found is None else get(conn, found)
