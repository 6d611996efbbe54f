"""What comes in beside works and people: tags, credits, who acts for a collective. What is here stays as it is.

Knows nothing of files, nor of how an export is read.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, insert, select

from uncaged.archive.arriving import Here
from uncaged.archive.house_tables import authors, memberships, tags
from uncaged.archive.tables import people

Rows: TypeAlias = Mapping[str, list[dict[str, Any]]]

_BELONG = frozenset(("owner", "keeper", "member"))
"""Who can act for a collective."""


def bring(
    conn: Connection,
    brought: Rows,
    new: Collection[str],
    person: Mapping[str, str],
    already: Here,
) -> None:
    """Everything that stands beside works that are new here, and the members of collectives that never had one here.

    new: ids of works. person: for each id of theirs, the person here. Who has left here stands in no roll, and acts
    for nobody: that does not come back. Whoever was here already is asked first, and joins no collective that comes.
    """
    here = {row.id: row for row in conn.execute(select(people.c.id, people.c.kind, people.c.left))}
    _insert(conn, tags, [row for row in brought["tags"] if row["work_id"] in new])
    roll: list[dict[str, Any]] = []
    for row in brought["authors"]:
        named = row["person_id"] and person.get(row["person_id"], row["person_id"])
        if row["work_id"] in new and (named not in here or here[named].left is None):
            roll.append(already.credit(row | {"person_id": named}))
    _insert(conn, authors, roll)
    _insert(conn, memberships, _members(conn, brought, person, here, already))


def _members(
    conn: Connection,
    brought: Rows,
    person: Mapping[str, str],
    here: Mapping[str, Any],
    already: Here,
) -> list[dict[str, Any]]:
    known = set(conn.execute(select(memberships.c.collective_id)).scalars())
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    acting = set[tuple[str, str]]()
    for row in brought["memberships"]:
        collective = row["collective_id"]
        who = person.get(row["person_id"], row["person_id"])
        if collective in known or collective not in here or who not in here:
            continue
        if here[collective].kind != "collective" or here[who].kind not in _BELONG:
            continue
        if who in already.guarded and collective not in already.before:
            continue
        still = row["until"] is None
        if here[who].left is not None or (still and (collective, who) in acting):
            continue  # two of theirs may be one person here
        if still:
            acting.add((collective, who))
        found.setdefault((collective, who, row["since"]), row | {"person_id": who})
    return list(found.values())


def _insert(conn: Connection, table: Table, new: list[dict[str, Any]]) -> None:
    if new:
        conn.execute(insert(table), new)
