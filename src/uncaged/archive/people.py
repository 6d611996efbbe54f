"""People: whoever acts. The owner is there from the first moment; everybody else comes later.

Knows nothing of passwords or links.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select

from uncaged.archive.tables import Kind, people
from uncaged.core.errors import NotFound
from uncaged.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Person:
    """`same_as`: the person here whom an imported one stands for. `created`: µs UTC."""

    id: str
    kind: Kind
    name: str | None
    same_as: str | None
    created: int


def _person(row: RowMapping) -> Person:
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
    found = conn.execute(select(people).where(people.c.kind == "owner", people.c.same_as.is_(None)))
    return _person(found.mappings().one())


def get(conn: Connection, person_id: str) -> Person:
    """Who is this?"""
    row = conn.execute(select(people).where(people.c.id == person_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no person {person_id} here.")
    return _person(row)
