"""People: whoever acts. The owner is there from the first moment; everybody else comes later.

Knows nothing of passwords or links.
"""

from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, bindparam, func, insert, select, update

from uncaged.archive import log
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import Kind, people
from uncaged.core.errors import Ambiguous, AskedWrong, NotFound
from uncaged.core.ids import is_beginning, is_id, new_id

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Person:
    """`same_as`: the person here whom an imported one stands for. `created`: µs UTC."""

    id: str
    kind: Kind
    name: str | None
    same_as: str | None
    created: int


def _person(row: Fields) -> Person:
    return Person(row["id"], row["kind"], row["name"], row["same_as"], row["created"])


def add(conn: Connection, kind: Kind, now: int, name: str | None = None) -> Person:
    """Somebody comes."""
    person = Person(new_id("person"), kind, name, None, now)
    conn.execute(
        insert(people).values(
            id=person.id, kind=kind, name=name, same_as=None, created=person.created
        )
    )
    return person


def owner(conn: Connection) -> Person:
    """Who runs this machine?"""
    return _person(_OWNER.on(conn).mappings().one())


def get(conn: Connection, person_id: str) -> Person:
    """Who is this?"""
    row = _ONE.on(conn, {"wanted": person_id}).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no person {person_id} here.")
    return _person(row)


_OWNER = Prepared(select(people).where(people.c.kind == "owner", people.c.same_as.is_(None)))
_ONE = Prepared(select(people).where(people.c.id == bindparam("wanted")))


def all_of_them(conn: Connection, guests: bool = False) -> tuple[Person, ...]:
    """Everybody who was not brought in with an import, the first first; guests too where asked for."""
    wanted = select(people).where(people.c.same_as.is_(None))
    if not guests:
        wanted = wanted.where(people.c.kind != "guest")
    rows = conn.execute(wanted.order_by(people.c.created, people.c.id)).mappings()
    return tuple(_person(row) for row in rows)


def find(conn: Connection, reference: str) -> Person:
    """Whom does somebody mean: an id, the beginning of one, a name, or ``owner``? `NotFound`, `Ambiguous`."""
    wanted = reference.strip()
    if wanted.lower() == "owner":
        return owner(conn)
    if is_id("person", wanted):
        return get(conn, wanted)
    fits = func.lower(people.c.name) == wanted.lower()
    if is_beginning("person", wanted):
        fits = fits | people.c.id.startswith(wanted, autoescape=True)
    rows = conn.execute(select(people).where(fits).order_by(people.c.id).limit(9)).mappings().all()
    if not rows:
        raise NotFound(
            f"There is nobody called {wanted[:60]!r} here.",
            "`uncaged person list` names everybody.",
        )
    if len(rows) > 1:
        named = ", ".join(row["id"] for row in rows)
        raise Ambiguous(f"{wanted[:60]!r} fits several people: {named}.", "Name one by their id.")
    return _person(rows[0])


def change(
    conn: Connection,
    person_id: str,
    who: str,
    now: int,
    *,
    kind: str | None = None,
    name: str | None = None,
) -> Person:
    """Another class or another name. The owner stays the owner: somebody has to run the machine."""
    before = get(conn, person_id)
    if kind is not None and kind != before.kind:
        if kind not in get_args(Kind):
            raise AskedWrong(f"A person is one of {', '.join(get_args(Kind))}, not {kind!r}.")
        if "owner" in (kind, before.kind):
            raise AskedWrong("A studio has one owner: whoever runs the machine.")
        conn.execute(update(people).where(people.c.id == person_id).values(kind=kind))
        log.append(conn, "class", person_id, who, now, kind=kind)
    if name is not None:
        conn.execute(update(people).where(people.c.id == person_id).values(name=checked_name(name)))
    return get(conn, person_id)


def checked_name(name: str) -> str:
    """A name as it is kept: spaces made even; `AskedWrong` where it is none."""
    plain = " ".join(name.split())
    if plain.lower() == "owner" or is_beginning("person", plain):
        raise AskedWrong(f"{plain!r} would be taken for somebody else.", "Choose another name.")
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise AskedWrong(f"A name has 1 to {LONGEST_NAME} characters that can be printed.")
    return plain
