"""The credit roll of a work: who made it beside its maker, and what they did. Who is here is named once they agree."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from uncaged.archive import log, people
from uncaged.archive.house_tables import authors
from uncaged.archive.people import checked_name
from uncaged.archive.tables import log as log_table
from uncaged.archive.tables import people as people_table
from uncaged.archive.tables import works
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import is_id
from uncaged.core.words import _

MOST, LONGEST_ROLE = 100, 100


@dataclass(frozen=True, slots=True)
class Credit:
    """One line of the roll. person_id: somebody here. agreed: when they did (µs UTC); who is not here need not."""

    work_id: str
    n: int
    person_id: str | None
    name: str | None
    role: str
    added: int
    agreed: int | None

    @property
    def shown(self) -> bool:
        """Whether everybody who sees the work sees this line."""
        return self.person_id is None or self.agreed is not None


_LINES = select(
    authors.c.work_id,
    authors.c.n,
    authors.c.person_id,
    func.coalesce(people_table.c.name, authors.c.name).label("name"),
    authors.c.role,
    authors.c.added,
    authors.c.agreed,
).outerjoin(people_table, people_table.c.id == authors.c.person_id)


def of(conn: Connection, work_id: str, every: bool = False) -> tuple[Credit, ...]:
    """Who is named beside a work's maker, in order? every: also who has not agreed yet, for the maker alone."""
    rows = conn.execute(_LINES.where(authors.c.work_id == work_id).order_by(authors.c.n))
    found = tuple(Credit(**row) for row in rows.mappings())
    return tuple(one for one in found if every or one.shown)


def add(conn: Connection, work_id: str, maker: str, name: str, role: str, now: int) -> Credit:
    """The maker names somebody. A name that somebody here has is theirs, and waits until they agree. `AskedWrong`."""
    _check_maker(conn, work_id, maker)
    role, name = checked_role(role), " ".join(name.split())
    here = _here(conn, name)
    if here is None:
        name = checked_name(name)
        _check_looks(conn, name)
    there = of(conn, work_id, every=True)
    who = None if here is None else here.id
    for one in there:
        same = one.person_id == who if who else one.person_id is None and one.name == name
        if same and one.role == role:
            return one
    if len(there) >= MOST:
        raise AskedWrong(
            _("A credit roll has %(most)s lines at most.") % {"most": MOST},
            _("Take one away first."),
        )
    if who is not None:
        _check_wanted(conn, work_id, who, there)
    n = 1 + _highest(conn, work_id, there)
    conn.execute(
        insert(authors).values(
            work_id=work_id,
            n=n,
            person_id=who,
            name=None if who else name,
            role=role,
            added=now,
            agreed=now if who == maker else None,
        )
    )
    log.append(conn, "credited", work_id, maker, now, n=n, person=who)
    return get(conn, work_id, n)


def _check_looks(conn: Connection, name: str) -> None:
    """Nobody is named without being asked by a name that only looks like theirs."""
    if people.alike(conn, name):
        raise AskedWrong(
            _("%(name)s looks like the name of somebody here.") % {"name": repr(name)},
            _("Write it as they do: then they are asked."),
            about="name",
        )


def checked_role(said: str) -> str:
    """What somebody did, as it is kept. `AskedWrong`."""
    role = " ".join(said.split())
    if not role or len(role) > LONGEST_ROLE or not role.isprintable():
        raise AskedWrong(
            _("What they did is said in 1 to %(most)s characters.") % {"most": LONGEST_ROLE},
            about="role",
        )
    return role


def _here(conn: Connection, name: str) -> people.Person | None:
    """Whom of those here a name means: by an id, or the one person who is called so."""
    fits = [one for one in people.named(conn, name) if one.left is None]
    if not fits and is_id("person", name):
        fits = [people.get(conn, name)]
    if len(fits) > 1:
        raise AskedWrong(
            _("Several people here are called %(name)s.") % {"name": repr(name)},
            _("Name one by their id."),
        )
    return fits[0] if fits else None


def _check_wanted(
    conn: Connection, work_id: str, person_id: str, there: tuple[Credit, ...]
) -> None:
    """A work asks somebody one thing at a time, and whoever said no is not asked again by it."""
    if log.happened(conn, "credit-refused", work_id, person_id):
        raise AskedWrong(_("They said that they are not to be named here."))
    if any(one.person_id == person_id and one.agreed is None for one in there):
        raise AskedWrong(
            _("They have been asked already whether they are to be named here."),
            _("Wait for their answer, then name them for something else as well."),
        )


def _highest(conn: Connection, work_id: str, there: tuple[Credit, ...]) -> int:
    """The highest number that a line of this roll ever had: an answer from an old page finds its own line, or none."""
    ever = select(func.max(func.json_extract(log_table.c.details, "$.n"))).where(
        log_table.c.about == work_id, log_table.c.what == "credited"
    )
    return max(conn.execute(ever).scalar() or 0, *(one.n for one in there), 0)


def get(conn: Connection, work_id: str, n: int) -> Credit:
    """One line; `NotFound`."""
    wanted = _LINES.where(authors.c.work_id == work_id, authors.c.n == n)
    row = conn.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(_("There is no such line in this credit roll."))
    return Credit(**row)


def remove(conn: Connection, work_id: str, maker: str, n: int, now: int) -> None:
    """The maker takes a line away; twice is once."""
    _check_maker(conn, work_id, maker)
    gone = conn.execute(delete(authors).where(authors.c.work_id == work_id, authors.c.n == n))
    if gone.rowcount:
        log.append(conn, "credit-removed", work_id, maker, now, n=n)


def answer(conn: Connection, work_id: str, person_id: str, n: int, agrees: bool, now: int) -> None:
    """Who is named agrees, or it is not them: then the line goes, and they are asked no more. `NotFound`.

    With a no goes all else that this work asks them and that they have not answered.
    """
    if get(conn, work_id, n).person_id != person_id:
        raise NotFound(_("There is no such line in this credit roll."))
    mine = (authors.c.work_id == work_id, authors.c.n == n)
    if agrees:
        unsaid = authors.c.agreed.is_(None)
        if conn.execute(update(authors).where(*mine, unsaid).values(agreed=now)).rowcount:
            log.append(conn, "credit-agreed", work_id, person_id, now, n=n)
    else:
        theirs = authors.c.person_id == person_id
        open_ones = and_(authors.c.work_id == work_id, theirs, authors.c.agreed.is_(None))
        conn.execute(delete(authors).where(or_(and_(*mine), open_ones)))
        log.append(conn, "credit-refused", work_id, person_id, now, n=n)


def answer_each(
    conn: Connection, work_id: str, person_id: str, n: int | None, agrees: bool, now: int
) -> None:
    """The same answer to every line of a work that names them, or to line n where they say one."""
    for one in of(conn, work_id, every=True):
        meant = one.person_id == person_id and n in (None, one.n)
        if meant and any(there.n == one.n for there in of(conn, work_id, every=True)):
            answer(conn, work_id, person_id, one.n, agrees, now)


def asked(conn: Connection, person_id: str) -> tuple[Credit, ...]:
    """Works whose makers name this person, who has not answered yet."""
    waiting = _LINES.where(authors.c.person_id == person_id, authors.c.agreed.is_(None))
    rows = conn.execute(waiting.order_by(authors.c.added, authors.c.work_id).limit(200))
    return tuple(Credit(**row) for row in rows.mappings())


def mine(conn: Connection, person_id: str) -> tuple[Credit, ...]:
    """Every line in which this person is named."""
    wanted = _LINES.where(authors.c.person_id == person_id)
    rows = conn.execute(wanted.order_by(authors.c.work_id, authors.c.n)).mappings()
    return tuple(Credit(**row) for row in rows)


def forget(conn: Connection, person_id: str) -> None:
    """Whoever leaves stands in no roll any more."""
    conn.execute(delete(authors).where(authors.c.person_id == person_id))


def _check_maker(conn: Connection, work_id: str, maker: str) -> None:
    mine = (works.c.id == work_id, works.c.person_id == maker, works.c.deleted.is_(None))
    if conn.execute(select(works.c.id).where(*mine)).scalar() is None:
        raise NotFound(_("There is no such work of yours here."), _("`uncaged works` lists them."))
