"""Each person's next run, kept by triggers (``views.sql``). Whose turn of these it is, the room ``queue`` says.

Knows no weights and no performers.
"""

from sqlalchemy import Connection


def find_anew(conn: Connection) -> None:
    """All of them from nothing, as after a migration."""
    conn.exec_driver_sql("DELETE FROM turns")
    conn.exec_driver_sql(
        "INSERT INTO turn_anew (lane, person_id, model, needs) "
        "SELECT DISTINCT lane, person_id, model, needs FROM runs WHERE state = 'queued'"
    )
