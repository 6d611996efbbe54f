"""What the house says of itself: its name, its rules, whom to write to. Dated; older versions are kept.

Knows nothing of decisions and of who may write.
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Connection, insert, select

from uncaged.archive import log
from uncaged.archive.house_tables import house_pages
from uncaged.archive.people import Person
from uncaged.archive.people import get as person
from uncaged.archive.prepared import Fields
from uncaged.archive.tables import people, studio
from uncaged.core.errors import AskedWrong, NotFound, nearest
from uncaged.core.words import _

Name: TypeAlias = Literal["name", "rules", "about", "contact", "promise"]

NAMES: tuple[Name, ...] = get_args(Name)

LONGEST: dict[Name, int] = {
    "name": 60,
    "rules": 8_000,
    "about": 2_000,
    "contact": 2_000,
    "promise": 2_000,
}
"""Characters of each, at most."""

RULES = """\
Who is shown has agreed. A licence is not an agreement of a face.
No one is degraded or threatened. Anger is welcome.
Say what it is made from, or say that you do not know.
What you make is yours.
Nobody approves a film before it is shown. Afterwards anybody may report it, and gets an answer with reasons.
What the law of this place forbids is not shown here."""
"""What holds until the owner has written rules of their own; `current` does not count it as written."""

_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|[-*•])\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the house says. n: the order in which it was written. since: µs UTC."""

    n: int
    name: str
    text: str
    since: int
    who: str


def _said(row: Fields) -> Said:
    return Said(**{name: row[name] for name in Said.__slots__})


def current(conn: Connection, name: Name) -> Said | None:
    """What the house says under this name now; None where nobody has written it (or it was emptied)."""
    wanted = select(house_pages).where(house_pages.c.name == name)
    newest = wanted.order_by(house_pages.c.n.desc()).limit(1)
    row = conn.execute(newest).mappings().one_or_none()
    return None if row is None or not row["text"] else _said(row)


def older(
    conn: Connection, name: Name, limit: int = 100, before: int | None = None
) -> tuple[Said, ...]:
    """What the house ever said under this name, the newest first.

    before: the number of the last one of the page before.
    """
    wanted = select(house_pages).where(house_pages.c.name == name)
    if before is not None:
        wanted = wanted.where(house_pages.c.n < before)
    rows = conn.execute(wanted.order_by(house_pages.c.n.desc()).limit(limit)).mappings()
    return tuple(_said(row) for row in rows)


def version(conn: Connection, name: Name, n: int) -> Said:
    """One of them, by its number; `NotFound` where there is none."""
    wanted = select(house_pages).where(house_pages.c.name == name, house_pages.c.n == n)
    row = conn.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(_("The house never said that."), _("Its page lists what it said, by date."))
    return _said(row)


def rules(conn: Connection) -> tuple[str, ...]:
    """The rules that hold, each one sentence or a few: those that somebody wrote, else what every house begins with."""
    written = current(conn, "rules")
    return as_list(RULES if written is None else written.text)


def as_list(text: str) -> tuple[str, ...]:
    """Rules one by one: a line each, without the number or the dash before it.

    >>> as_list("1. Be kind.\\n\\n2) Say so.")
    ('Be kind.', 'Say so.')
    """
    lines = (_NUMBER.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def write(conn: Connection, name: str, text: str, who: str, now: int) -> Said | None:
    """From now on the house says this; what it said before stays where it was. The same text again writes nothing.

    An empty text takes it back; a house always has rules. Raises `AskedWrong`.
    """
    known = checked_name(name)
    said = _checked(known, text)
    before = current(conn, known)
    if said == ("" if before is None else before.text):
        return before
    row = {"name": known, "text": said, "since": now, "who": who}
    made = conn.execute(insert(house_pages).values(row)).inserted_primary_key
    assert made is not None
    here = conn.execute(select(studio.c.id)).scalar_one()
    log.append(conn, "house", here, who, now, page=known, n=made[0])
    return current(conn, known)


def checked_name(name: str) -> Name:
    """The name as the house knows it. Raises `AskedWrong`."""
    for known in NAMES:
        if known == name:
            return known
    raise AskedWrong(
        _("The house says nothing called %(name)s.") % {"name": repr(name[:40])},
        nearest(name, NAMES),
    )


def keepers(conn: Connection) -> tuple[Person, ...]:
    """Who keeps the house now: the owner, and whoever is a keeper; the first first."""
    keeps = people.c.kind.in_(("owner", "keeper")), people.c.same_as.is_(None)
    wanted = select(people.c.id).where(*keeps, people.c.left.is_(None))
    rows = conn.execute(wanted.order_by(people.c.created, people.c.id)).scalars().all()
    return tuple(person(conn, one) for one in rows)


def _checked(name: Name, text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if name == "name":
        plain = " ".join(plain.split())
    if len(plain) > LONGEST[name]:
        raise AskedWrong(
            _("The %(name)s of a house has %(most)s characters at most; these are %(count)s.")
            % {"name": name, "most": f"{LONGEST[name]:,}", "count": f"{len(plain):,}"}
        )
    if "\x00" in plain or (not plain.isascii() and _half(plain)):
        raise AskedWrong(_("This text holds letters that are none."), _("Write it anew."))
    if name == "name" and plain and not plain.isprintable():
        raise AskedWrong(_("The name of a house has letters that can be printed, and no others."))
    if name == "rules" and not as_list(plain):
        raise AskedWrong(_("A house has at least one rule."), _("Write each on a line of its own."))
    return plain


def _half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
