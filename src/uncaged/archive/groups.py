"""Groups: runs asked for together, in an order. Knows nothing of what they are together for."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from uncaged.archive.tables import groups, runs
from uncaged.core.errors import NotFound
from uncaged.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Group:
    """`kind`: what the runs are together, in a word. `asked`: µs UTC. `runs`: ids, in order."""

    id: str
    person_id: str
    kind: str
    asked: int
    runs: tuple[str, ...] = ()


def add(conn: Connection, person_id: str, kind: str, now: int) -> Group:
    """A group without runs yet; `runs.ask` names it for each of them, in the same transaction."""
    group = Group(new_id("group"), person_id, kind, now)
    conn.execute(insert(groups).values(id=group.id, person_id=person_id, kind=kind, asked=now))
    return group


def get(conn: Connection, group_id: str) -> Group:
    """What was asked for together?"""
    row = conn.execute(select(groups).where(groups.c.id == group_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no group {group_id} here.")
    order = (runs.c.group_order, runs.c.asked, runs.c.id)
    members = conn.execute(select(runs.c.id).where(runs.c.group_id == group_id).order_by(*order))
    return Group(row["id"], row["person_id"], row["kind"], row["asked"], tuple(members.scalars()))
