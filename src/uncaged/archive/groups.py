"""Groups: runs asked for together, in an order. Knows nothing of what they are together for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from uncaged.archive.run import SHOWN, Run, from_row
from uncaged.archive.tables import State, groups, runs
from uncaged.core.errors import NotFound
from uncaged.core.ids import new_id
from uncaged.core.words import _

_AT_ONCE = 200
"""Runs that are read together."""


@dataclass(frozen=True, slots=True)
class Group:
    """`kind`: what the runs are together, in a word. `asked`: µs UTC. `runs`: ids, in order."""

    id: str
    person_id: str
    kind: str
    asked: int
    runs: tuple[str, ...] = ()


def add(
    conn: Connection, person_id: str, kind: str, now: int, group_id: str | None = None
) -> Group:
    """A group without runs yet; `runs.ask` names it for each of them, in the same transaction."""
    group = Group(group_id or new_id("group"), person_id, kind, now)
    conn.execute(insert(groups).values(id=group.id, person_id=person_id, kind=kind, asked=now))
    return group


def get(conn: Connection, group_id: str) -> Group:
    """What was asked for together?"""
    group = find(conn, group_id)
    if group is None:
        raise NotFound(_("There is no group %(group)s here.") % {"group": group_id})
    return group


def own(conn: Connection, person_id: str, group_id: str) -> Group:
    """A group of this person; `NotFound` alike where it is not here and where it is somebody else's."""
    group = find(conn, group_id)
    if group is None or group.person_id != person_id:
        raise NotFound(_("There is no group %(group)s here.") % {"group": group_id})
    return group


def standing(conn: Connection, group_id: str) -> Mapping[str, State]:
    """How does each part of it stand, in order? Of a part that was asked for again, the run that was asked last."""
    order = (runs.c.group_order, runs.c.asked, runs.c.stood, runs.c.id)
    wanted = select(runs.c.id, runs.c.state, runs.c.group_order).where(runs.c.group_id == group_id)
    found: dict[int | str, tuple[str, State]] = {}
    for row in conn.execute(wanted.order_by(*order)):
        part = row.id if row.group_order is None else row.group_order
        found[part] = (row.id, row.state)
    return dict(found.values())


def newest(conn: Connection, group_id: str, first: int = 0, count: int = 10_000) -> tuple[Run, ...]:
    """The same, as runs: so many parts of it, from the first-th on."""
    names = list(standing(conn, group_id))[first : first + count]
    found: dict[str, Run] = {}
    for n in range(0, len(names), _AT_ONCE):
        some = SHOWN.where(runs.c.id.in_(names[n : n + _AT_ONCE]))
        found |= {row["id"]: from_row(row) for row in conn.execute(some).mappings()}
    return tuple(found[name] for name in names)


def of_runs(conn: Connection, run_ids: Sequence[str]) -> Mapping[str, str]:
    """To which group does each of these runs belong, where it belongs to one? A few hundred are asked about at most."""
    wanted = select(runs.c.id, runs.c.group_id).where(
        runs.c.id.in_(run_ids), runs.c.group_id.is_not(None)
    )
    return {row.id: row.group_id for row in conn.execute(wanted)}


def replaced(conn: Connection, group_id: str) -> Mapping[str, str]:
    """Which of its runs were asked for again, and which run is the newest of the same part?"""
    order = (runs.c.asked, runs.c.stood, runs.c.id)
    wanted = select(runs.c.id, runs.c.group_order).where(runs.c.group_id == group_id)
    rows = conn.execute(wanted.order_by(*order)).all()
    last = {row.group_order: row.id for row in rows if row.group_order is not None}
    return {
        row.id: last[row.group_order] for row in rows if last.get(row.group_order, row.id) != row.id
    }


def find(conn: Connection, group_id: str) -> Group | None:
    """Is there such a group?"""
    row = conn.execute(select(groups).where(groups.c.id == group_id)).mappings().one_or_none()
    if row is None:
        return None
    order = (runs.c.group_order, runs.c.asked, runs.c.id)
    members = conn.execute(select(runs.c.id).where(runs.c.group_id == group_id).order_by(*order))
    return Group(row["id"], row["person_id"], row["kind"], row["asked"], tuple(members.scalars()))
