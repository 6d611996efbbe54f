"""Lineage: ``source –relation→ target``, the one graph that credentials, audit and credit read.

Edges are append-only and name things by id; a file is named by its salted hash, which says nothing any more
once the file is gone. Knows nothing of what the things are.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, insert, or_, select

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Relation, edges, files
from uncaged.core.ids import PREFIXES, is_id, is_sha256


@dataclass(frozen=True, slots=True)
class Edge:
    """``source –relation→ target``; `happened`: µs UTC."""

    source: str
    relation: Relation
    target: str
    happened: int


def add(conn: Connection, source: str, relation: Relation, target: str, now: int) -> None:
    """Writes an edge; one that is there already stays as it is.

    Raises `ValueError` where an end is neither an id nor the salted name of a kept file.
    """
    for end in (source, target):
        if not is_name(end) or (is_sha256(end) and not _is_salted(conn, end)):
            raise ValueError(f"An edge joins ids and salted names, not {end!r}.")
    row = {"source": source, "relation": relation, "target": target}
    if _SAME.on(conn, row).first() is None:
        _EDGE.on(conn, row | {"happened": now})


_SAME = Prepared(
    select(edges.c.source).where(
        *(edges.c[name] == bindparam(name) for name in ("source", "relation", "target"))
    )
)
_EDGE = Prepared(insert(edges))


def is_name(text: str) -> bool:
    """Whether `text` has the form of something an edge may name."""
    return is_sha256(text) or any(is_id(noun, text) for noun in PREFIXES)


def _is_salted(conn: Connection, name: str) -> bool:
    found = conn.execute(select(files.c.salted).where(files.c.salted == name))
    return found.scalar_one_or_none() is not None


def edges_of(
    conn: Connection, name: str, way: Literal["from", "to", "both"] = "both"
) -> tuple[Edge, ...]:
    """Where does this come from (edges from it), and what came of it (edges to it)?"""
    ends = {
        "from": edges.c.source == name,
        "to": edges.c.target == name,
        "both": or_(edges.c.source == name, edges.c.target == name),
    }
    wanted = select(edges).where(ends[way])
    ordered = wanted.order_by(edges.c.happened, edges.c.source, edges.c.relation, edges.c.target)
    return tuple(
        Edge(row["source"], row["relation"], row["target"], row["happened"])
        for row in conn.execute(ordered).mappings()
    )
