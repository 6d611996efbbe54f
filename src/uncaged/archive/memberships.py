"""Collectives: people together, who act under one name. Who belongs to one, now and before. Knows no login."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from uncaged.archive import invitations, log, people
from uncaged.archive.house_tables import memberships
from uncaged.archive.people import Person
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import people as people_table
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import is_id
from uncaged.core.words import _

MOST = 5
"""Collectives that one person may belong to at a time: each has a turn of its own in the line."""

MOST_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Member:
    """Who belongs to a collective, and since when (µs UTC)."""

    id: str
    name: str | None
    since: int


def make(conn: Connection, name: str, founder: str, now: int) -> Person:
    """A new collective, of one person at first. `AskedWrong`."""
    _check_room(conn, founder)
    made = people.add(conn, "collective", now, people.free_name(conn, name))
    log.append(conn, "collective-made", made.id, founder, now)
    join(conn, made.id, founder, now)
    return made


def get(conn: Connection, collective_id: str, person_id: str | None = None) -> Person:
    """This collective; `NotFound` for anything else. person_id: only where they belong to it."""
    found = people.get(conn, collective_id) if _is_there(conn, collective_id) else None
    if found is None or found.kind != "collective" or found.left is not None:
        raise _not_found()
    if person_id is not None and not belongs(conn, collective_id, person_id):
        raise _not_found()
    return found


def _is_there(conn: Connection, collective_id: str) -> bool:
    if not is_id("person", collective_id):
        return False
    wanted = select(people_table.c.id).where(people_table.c.id == collective_id)
    return conn.execute(wanted).scalar() is not None


def _not_found() -> NotFound:
    return NotFound(_("There is no such collective here, or you do not belong to it."))


def join(conn: Connection, collective_id: str, person_id: str, now: int) -> None:
    """They belong to it from now on; twice is once. `AskedWrong` where they belong to too many, or it is full."""
    if belongs(conn, collective_id, person_id):
        return
    _check_room(conn, person_id)
    person = people.get(conn, person_id)
    if person.left is not None or person.kind not in ("owner", "keeper", "member"):
        raise AskedWrong(_("People with a login belong to a collective, and nobody else."))
    if len(members(conn, collective_id)) >= MOST_MEMBERS:
        raise AskedWrong(_("A collective has %(most)s members at most.") % {"most": MOST_MEMBERS})
    conn.execute(
        insert(memberships).values(collective_id=collective_id, person_id=person_id, since=now)
    )
    log.append(conn, "joined", collective_id, person_id, now)


def _check_room(conn: Connection, person_id: str) -> None:
    if len(of(conn, person_id)) >= MOST:
        raise AskedWrong(
            _("One belongs to %(most)s collectives at most.") % {"most": MOST},
            _("Leave one first."),
        )


def leave(conn: Connection, collective_id: str, person_id: str, who: str, now: int) -> None:
    """They act for it no more, from this moment on. `NotFound`; `AskedWrong` for the last one."""
    if not belongs(conn, collective_id, person_id):
        raise NotFound(_("They do not belong to this collective."))
    if len(members(conn, collective_id)) == 1:
        raise AskedWrong(
            _("You are the last one: nobody could act for it any more."),
            _("Act as the collective, and let it leave the studio; or ask somebody in first."),
        )
    _end(conn, collective_id, person_id, who, now)


def end_all(conn: Connection, person_id: str, now: int) -> None:
    """Somebody leaves the studio: they belong to nothing any more, and nobody to them."""
    for collective in of(conn, person_id):
        _end(conn, collective.id, person_id, person_id, now)
    for member in members(conn, person_id):
        _end(conn, person_id, member.id, person_id, now)


def _end(conn: Connection, collective_id: str, person_id: str, who: str, now: int) -> None:
    conn.execute(
        update(memberships)
        .where(
            memberships.c.collective_id == collective_id,
            memberships.c.person_id == person_id,
            memberships.c.until.is_(None),
        )
        .values(until=now)
    )
    log.append(conn, "left-collective", collective_id, who, now, person=person_id)
    invitations.revoke_into(conn, collective_id, person_id, who, now)


def belongs(conn: Connection, collective_id: str, person_id: str) -> bool:
    """Whether they may act for it now."""
    named = {"which": collective_id, "who": person_id}
    return bool(_BELONGS.on(conn, named).scalar_one())


_BELONGS = Prepared(
    select(func.count()).where(
        memberships.c.collective_id == bindparam("which"),
        memberships.c.person_id == bindparam("who"),
        memberships.c.until.is_(None),
    )
)


def members(conn: Connection, collective_id: str) -> tuple[Member, ...]:
    """Who belongs to it now, the first first."""
    wanted = (
        select(people_table.c.id, people_table.c.name, memberships.c.since)
        .join(memberships, memberships.c.person_id == people_table.c.id)
        .where(memberships.c.collective_id == collective_id, memberships.c.until.is_(None))
        .order_by(memberships.c.since, people_table.c.id)
    )
    return tuple(Member(row.id, row.name, row.since) for row in conn.execute(wanted))


def of(conn: Connection, person_id: str) -> tuple[Person, ...]:
    """Which collectives they may act for."""
    wanted = (
        select(memberships.c.collective_id)
        .where(memberships.c.person_id == person_id, memberships.c.until.is_(None))
        .order_by(memberships.c.since, memberships.c.collective_id)
    )
    found = tuple(people.get(conn, name) for name in conn.execute(wanted).scalars())
    return tuple(one for one in found if one.left is None)


def history(conn: Connection, person_id: str) -> tuple[RowMapping, ...]:
    """Every membership of theirs, now and before, as rows."""
    wanted = select(memberships).where(memberships.c.person_id == person_id)
    return tuple(conn.execute(wanted.order_by(memberships.c.since)).mappings())
