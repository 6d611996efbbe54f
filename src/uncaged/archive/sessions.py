"""Sessions: logins that hold, each a secret in a browser's cookie whose hash is kept here. Knows no cookie."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from uncaged.archive import log
from uncaged.archive.door_tables import sessions
from uncaged.archive.keys import hashed
from uncaged.archive.prepared import Fields, Prepared
from uncaged.core.errors import NotFound
from uncaged.core.ids import new_id
from uncaged.core.words import _

HOUR = 3600 * 1_000_000
DAYS = 60
"""Days that a session lasts."""

REMEMBERED = 30 * 24 * HOUR
"""For so long it is known of a session that it is over, so that whoever comes by it is told."""

LONGEST_AGENT = 120


@dataclass(frozen=True, slots=True)
class Session:
    """how: password, passkey or invitation. agent: the browser, shortly. Times are µs UTC; ended: by somebody."""

    id: str
    person_id: str
    how: str
    agent: str
    created: int
    seen: int
    until: int
    ended: int | None

    def holds(self, now: int) -> bool:
        """Whether somebody is signed in by it."""
        return self.ended is None and now < self.until


def begin(conn: Connection, person_id: str, how: str, agent: str, now: int) -> tuple[Session, str]:
    """Somebody signs in: the session, and the secret for their browser. What is long over is forgotten."""
    over = now - REMEMBERED
    conn.execute(delete(sessions).where(or_(sessions.c.until < over, sessions.c.ended < over)))
    secret, session_id = secrets.token_urlsafe(32), new_id("session")
    conn.execute(
        insert(sessions).values(
            id=session_id,
            person_id=person_id,
            hash=hashed(secret),
            how=how,
            agent="".join(c for c in agent if c.isprintable())[:LONGEST_AGENT],
            created=now,
            seen=now,
            until=now + DAYS * 24 * HOUR,
        )
    )
    log.append(conn, "signed-in", person_id, person_id, now, how=how)
    return get(conn, person_id, session_id), secret


def find(conn: Connection, secret: str) -> Session | None:
    """Whose session is this, over or not? None for a secret that is none of ours."""
    row = _FOUND.on(conn, {"said": hashed(secret)}).mappings().one_or_none()
    return None if row is None else _session(row)


_FOUND = Prepared(select(sessions).where(sessions.c.hash == bindparam("said")))


def see(conn: Connection, session_id: str, now: int) -> None:
    """It was used."""
    conn.execute(update(sessions).where(sessions.c.id == session_id).values(seen=now))


def get(conn: Connection, person_id: str, session_id: str) -> Session:
    """This session of this person's; `NotFound`."""
    mine = select(sessions).where(sessions.c.id == session_id, sessions.c.person_id == person_id)
    row = conn.execute(mine).mappings().one_or_none()
    if row is None:
        raise NotFound(_("You have no such session."), _("The list shows those that you have."))
    return _session(row)


def of(conn: Connection, person_id: str | None, now: int) -> tuple[Session, ...]:
    """Sessions of a person, or of everybody, that hold; last used first."""
    wanted = select(sessions).where(sessions.c.ended.is_(None), sessions.c.until > now)
    if person_id is not None:
        wanted = wanted.where(sessions.c.person_id == person_id)
    rows = conn.execute(wanted.order_by(sessions.c.seen.desc(), sessions.c.id).limit(1000))
    return tuple(map(_session, rows.mappings()))


def end(conn: Connection, person_id: str, session_id: str, now: int) -> None:
    """This one ends; twice is once."""
    get(conn, person_id, session_id)
    mine = (sessions.c.id == session_id, sessions.c.ended.is_(None))
    conn.execute(update(sessions).where(*mine).values(ended=now))


def end_all(conn: Connection, person_id: str, now: int, but: str | None = None) -> int:
    """Every session of theirs ends; how many. but: the one that stays."""
    mine = [sessions.c.person_id == person_id, sessions.c.ended.is_(None)]
    if but is not None:
        mine.append(sessions.c.id != but)
    return conn.execute(update(sessions).where(*mine).values(ended=now)).rowcount


def _session(row: Fields) -> Session:
    return Session(**{name: row[name] for name in Session.__slots__})
