"""People: whoever acts. The owner is there from the first moment; everybody else comes later, and may leave.

Knows nothing of passwords or links.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, bindparam, func, insert, select, update

from uncaged.archive import log
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import Kind, people
from uncaged.core.errors import Ambiguous, AskedWrong, NotFound
from uncaged.core.ids import is_beginning, is_id, new_id
from uncaged.core.naming import folded, is_seen, look_alike, looks_as
from uncaged.core.words import _

LONGEST_NAME, LONGEST_ABOUT = 200, 2_000
"""Characters of a name, and of what somebody says of themselves, at most."""


@dataclass(frozen=True, slots=True)
class Person:
    """`same_as`: the person here whom an imported one stands for. `created`, `left`: µs UTC.

    about: what they say of themselves, to everybody. left: they are gone, and have no name any more.
    """

    id: str
    kind: Kind
    name: str | None
    same_as: str | None
    created: int
    about: str | None = None
    left: int | None = None


def _person(row: Fields) -> Person:
    return Person(**{name: row[name] for name in Person.__slots__})


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
        raise NotFound(_("There is no person %(person)s here.") % {"person": person_id})
    return _person(row)


def several(conn: Connection, person_ids: Collection[str]) -> dict[str, Person]:
    """Who are these? By id, in one question; a few hundred at most. Whoever is not here is left out."""
    rows = conn.execute(select(people).where(people.c.id.in_(person_ids))).mappings()
    return {row["id"]: _person(row) for row in rows}


_OWNER = Prepared(select(people).where(people.c.kind == "owner", people.c.same_as.is_(None)))
_ONE = Prepared(select(people).where(people.c.id == bindparam("wanted")))


def all_of_them(conn: Connection, guests: bool = False) -> tuple[Person, ...]:
    """Everybody who was not brought in with an import, the first first; guests too where asked for."""
    wanted = select(people).where(people.c.same_as.is_(None), people.c.left.is_(None))
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
            _("There is nobody called %(name)s here.") % {"name": repr(wanted[:60])},
            _("`uncaged person list` names everybody."),
        )
    if len(rows) > 1:
        named = ", ".join(row["id"] for row in rows)
        raise Ambiguous(
            _("%(name)s fits several people: %(named)s.")
            % {"name": repr(wanted[:60]), "named": named},
            _("Name one by their id."),
        )
    return _person(rows[0])


def named_exactly(conn: Connection, reference: str) -> Person | None:
    """Who with a login has this whole name or id? No beginnings, no list: nobody learns by it who else is here."""
    wanted = reference.strip()
    if is_id("person", wanted):
        row = _ONE.on(conn, {"wanted": wanted}).mappings().one_or_none()
        found = () if row is None else (_person(row),)
    else:
        found = named(conn, wanted)
    here = [one for one in found if one.left is None and one.same_as is None]
    return next((one for one in here if one.kind in ("owner", "keeper", "member")), None)


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
            raise AskedWrong(
                _("A person is one of %(kinds)s, not %(kind)s.")
                % {"kinds": ", ".join(get_args(Kind)), "kind": repr(kind)}
            )
        if "owner" in (kind, before.kind):
            raise AskedWrong(_("A studio has one owner: whoever runs the machine."))
        conn.execute(update(people).where(people.c.id == person_id).values(kind=kind))
        log.append(conn, "class", person_id, who, now, kind=kind)
    if name is not None:
        plain = free_name(conn, name, but=person_id)
        conn.execute(update(people).where(people.c.id == person_id).values(name=plain))
    return get(conn, person_id)


def say_about(conn: Connection, person_id: str, about: str) -> Person:
    """What somebody says of themselves, to everybody; nothing takes it away. `AskedWrong` where it is too long."""
    said = "\n".join(line.rstrip() for line in about.replace("\r\n", "\n").split("\n")).strip()
    if len(said) > LONGEST_ABOUT:
        raise AskedWrong(
            _("What somebody says of themselves has %(most)s characters at most, not %(count)s.")
            % {"most": f"{LONGEST_ABOUT:,}", "count": f"{len(said):,}"},
            _("Say it shorter."),
        )
    conn.execute(update(people).where(people.c.id == person_id).values(about=said or None))
    return get(conn, person_id)


def leave(conn: Connection, person_id: str, who: str, now: int) -> bool:
    """Their name and words are gone, and they with them; False where they had left before. The owner stays."""
    if get(conn, person_id).kind == "owner":
        raise AskedWrong(_("The owner runs the machine, and cannot leave it."))
    gone = {"name": None, "about": None, "left": now}
    here = (people.c.id == person_id, people.c.left.is_(None))
    done = conn.execute(update(people).where(*here).values(gone)).rowcount > 0
    if done:
        log.append(conn, "left", person_id, who, now)
    return done


def named(conn: Connection, name: str) -> tuple[Person, ...]:
    """Who of those with a name is called so? One at most, but where names were given before they had to differ."""
    wanted = folded(name)
    if wanted == "owner":
        return (owner(conn),)
    rows = conn.execute(select(people.c.id, people.c.name).where(people.c.name.is_not(None)))
    return tuple(get(conn, row.id) for row in rows if folded(row.name) == wanted)


def alike(conn: Connection, name: str, but: str | None = None) -> bool:
    """Whether somebody else here has a name that looks like this one, though it is written with other letters."""
    looks = looks_as(name)
    if look_alike(looks, looks_as("owner")):
        return True
    wanted = (people.c.name.is_not(None), people.c.same_as.is_(None))
    rows = conn.execute(select(people.c.id, people.c.name).where(*wanted))
    return any(row.id != but and look_alike(looks_as(row.name), looks) for row in rows)


def free_name(conn: Connection, name: str, but: str | None = None) -> str:
    """A name as it is kept, that nobody else here has; `AskedWrong`. but: whoever may have it."""
    plain = checked_name(name)
    if any(one.id != but and one.same_as is None for one in named(conn, plain)):
        raise AskedWrong(
            _("Somebody here is called %(plain)s already.") % {"plain": repr(plain)},
            _("Choose another name: case and width of letters make no difference."),
            about="name",
        )
    if alike(conn, plain, but):
        raise AskedWrong(
            _("%(plain)s looks like the name of somebody here.") % {"plain": repr(plain)},
            _("Choose another name: one that nobody can take for theirs."),
            about="name",
        )
    return plain


def checked_name(name: str) -> str:
    """A name as it is kept: spaces made even; `AskedWrong` where it is none."""
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    if folded(plain) == "owner" or is_beginning("person", plain):
        raise AskedWrong(
            _("%(plain)s would be taken for somebody else.") % {"plain": repr(plain)},
            _("Choose another name."),
        )
    if not is_seen(plain) or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise AskedWrong(
            _("A name has 1 to %(most)s characters that can be printed.") % {"most": LONGEST_NAME}
        )
    return plain
