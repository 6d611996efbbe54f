"""The log: the append-only record of what was kept, published, agreed, withdrawn, decided.

It names things by id and holds nothing personal: no words of anybody, no hash of a score.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, insert, select

from uncaged.archive import stored
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import log
from uncaged.core.canonical import canonical
from uncaged.core.ids import new_id

Detail: TypeAlias = str | int | float | bool | None

# Too short for a SHA-256, without the spaces that a sentence has.
_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `n`: this archive's own order; `happened`: µs UTC; `who` is None where the studio did it."""

    n: int
    id: str
    happened: int
    what: str
    about: str
    who: str | None
    details: Mapping[str, Detail]


def append(
    conn: Connection, what: str, about: str, who: str | None, now: int, **details: Detail
) -> str:
    """Writes a line and returns its id. Details are numbers, single words and ids, else `ValueError`."""
    check_details(details)
    entry_id = new_id("log")
    line = {"id": entry_id, "happened": now, "what": what, "about": about, "who": who}
    _LINE.on(conn, line | {"details": canonical(details).decode()})
    return entry_id


def append_each(conn: Connection, what: str, about: Sequence[str], now: int) -> None:
    """A line for each of these ids, in this order, of something that the studio did to all of them."""
    same = {"happened": now, "what": what, "who": None, "details": canonical({}).decode()}
    conn.execute(insert(log), [{"id": new_id("log"), "about": one} | same for one in about])


_LINE = Prepared(insert(log))


def check_details(details: Mapping[str, object]) -> None:
    """Whether these may stand in a record that nobody can take back; raises `ValueError`."""
    for name, value in details.items():
        match value:
            case None | bool() | int():
                continue
            case float() if math.isfinite(value):
                continue
            case str() if _WORD.fullmatch(value):
                continue
            case _:
                raise ValueError(f"The log takes no such detail: {name}={value!r}")


def entries(
    conn: Connection, *, about: str | None = None, after: int = 0, limit: int = 1000
) -> tuple[Entry, ...]:
    """What happened (to this id), from line `after` on, oldest first?"""
    wanted = select(log).where(log.c.n > after).order_by(log.c.n).limit(limit)
    if about is not None:
        wanted = wanted.where(log.c.about == about)
    return tuple(_entry(row) for row in conn.execute(wanted).mappings())


def happened(conn: Connection, what: str, about: str, who: str) -> bool:
    """Did this person ever do this to that?"""
    here = log.c.about == about, log.c.what == what, log.c.who == who
    return conn.execute(select(log.c.n).where(*here).limit(1)).first() is not None


def last(conn: Connection, about: str, *what: str) -> Entry | None:
    """The last time that one of these happened to this id; None where none did."""
    wanted = select(log).where(log.c.about == about, log.c.what.in_(what)).order_by(log.c.n.desc())
    row = conn.execute(wanted.limit(1)).mappings().one_or_none()
    return None if row is None else _entry(row)


def _entry(row: RowMapping) -> Entry:
    with stored.reading(row["id"]):
        details = stored.mapping(row["details"]) or {}
    return Entry(
        row["n"], row["id"], row["happened"], row["what"], row["about"], row["who"], details
    )
