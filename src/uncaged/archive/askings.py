"""Requests of `/v1` that may be sent again: which work each became. Hashes are keyed, so that no prompt can be guessed.

Knows no request; whoever writes one down makes the hashes.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from uncaged.archive.prepared import Prepared
from uncaged.archive.wire_tables import askings

DAY = 24 * 3600 * 1_000_000
"""Microseconds for which a key holds, at least."""

AGAIN = 15 * 60 * 1_000_000
"""Microseconds within which a repeated request without a key is known: clients give up sooner."""


@dataclass(frozen=True, slots=True)
class Asking:
    """mark: who, under which key; None without one. said: who, and all they said. again: it says itself that it was
    sent before. came: when (µs UTC)."""

    mark: str | None
    said: str
    again: bool = False
    came: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The work that came of it. same: whether it said the same."""

    work_id: str
    same: bool


def find(conn: Connection, asking: Asking, now: int) -> Known | None:
    """What was asked for under this key, or by the same words a moment ago where this is a repetition."""
    if asking.mark is not None:
        row = _MARKED.on(conn, {"named": asking.mark}).mappings().one_or_none()
        return None if row is None else Known(row["work_id"], row["said"] == asking.said)
    if not asking.again:
        return None
    row = _SAID.on(conn, {"words": asking.said, "since": now - AGAIN}).mappings().one_or_none()
    return None if row is None else Known(row["work_id"], True)


_MARKED = Prepared(select(askings).where(askings.c.mark == bindparam("named")))
_SAID = Prepared(
    select(askings)
    .where(askings.c.said == bindparam("words"), askings.c.asked >= bindparam("since"))
    .order_by(askings.c.asked.desc())
    .limit(1)
)
_ROW = Prepared(insert(askings))


def remember(conn: Connection, asking: Asking, work_id: str, now: int) -> None:
    """Writes down what came of it, in the transaction that promises it."""
    row = {"work_id": work_id, "mark": asking.mark, "said": asking.said, "asked": now}
    _ROW.on(conn, row)


def forget(conn: Connection, now: int) -> int:
    """Forgets what nobody sends again; returns how many."""
    return conn.execute(delete(askings).where(askings.c.asked < now - 2 * DAY)).rowcount
