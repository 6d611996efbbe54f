"""Who accepted the licence of which model. Knows nothing of what a licence says: it is named by its hash."""

from sqlalchemy import Connection, insert, select

from uncaged.archive import log
from uncaged.archive.tables import acceptances


def accepted(conn: Connection, person_id: str, model_id: str, hash_: str) -> bool:
    """Has this person accepted just this?"""
    return _find(conn, person_id, model_id, hash_)


def accepted_of_any(conn: Connection, person_id: str, hash_: str) -> bool:
    """Has this person accepted just this of any model?"""
    one = (acceptances.c.person_id == person_id, acceptances.c.hash == hash_)
    return conn.execute(select(acceptances.c.accepted).where(*one)).first() is not None


def accept(
    conn: Connection, person_id: str, model_id: str, hash_: str, terms: str, now: int
) -> bool:
    """Notes it, with a line in the log; False, and nothing changed, where they have accepted it before."""
    if _find(conn, person_id, model_id, hash_):
        return False
    row = {"person_id": person_id, "model_id": model_id, "hash": hash_, "terms": terms}
    conn.execute(insert(acceptances).values(row | {"accepted": now}))
    log.append(conn, "accepted", model_id, person_id, now)
    return True


def _find(conn: Connection, person_id: str, model_id: str, hash_: str) -> bool:
    one = (
        acceptances.c.person_id == person_id,
        acceptances.c.model_id == model_id,
        acceptances.c.hash == hash_,
    )
    return conn.execute(select(acceptances.c.accepted).where(*one)).first() is not None
