"""Everything in the archive that is one person's, row by row, for whoever takes it along. No secret is among it.

Rows come in pages, so that an archive of any size goes through a little memory. Knows no file format.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select, tuple_

from uncaged.archive import rows
from uncaged.archive.database import Archive
from uncaged.archive.door_tables import invitations, passkeys, sessions
from uncaged.archive.house_tables import authors, memberships, report_words, reports, tags
from uncaged.archive.line_tables import keys
from uncaged.archive.tables import edges, files, people, run_files, runs, works

PAGE = 200
"""Rows that are read at a time."""

_WITHOUT = {
    "keys": frozenset(("hash",)),
    "sessions": frozenset(("hash",)),
    "invitations": frozenset(("hash",)),
    "passkeys": frozenset(("public_key",)),
    "reports": frozenset(("hash", "mark", "keeper_id")),
}
"""Columns that stay: secrets' hashes, and who decides a report."""

Rows = Iterator[Mapping[str, Any]]


_PRIVATE = {"reports": frozenset(("mail",))}
"""Columns that are for their person alone, and for no program of theirs."""


def each(archive: Archive, person_id: str, private: bool = True) -> Iterator[tuple[str, Rows]]:
    """Each kind of thing that is theirs, by the name of its file, and its rows.

    private: with where they are signed in, and the mail that they gave with a report.
    """
    for name, (table, order, whose) in _kinds(person_id).items():
        if private:
            yield name, _rows(archive, table, order, whose)
        elif name != "sessions":
            yield name, _rows(archive, table, order, whose, _PRIVATE.get(name, frozenset()))


def _kinds(me: str) -> dict[str, tuple[Table, tuple[str, ...], ColumnElement[bool]]]:
    my_works = select(works.c.id).where(works.c.person_id == me)
    my_reports = select(reports.c.n).where(reports.c.person_id == me)
    said_here = report_words.c.report_n.in_(my_reports) & report_words.c.author.in_(
        ("reporter", "studio")
    )
    return {
        "person": (people, ("id",), people.c.id == me),
        "works": (works, ("id",), works.c.person_id == me),
        "runs": (runs, ("id",), runs.c.person_id == me),
        "tags": (tags, ("work_id", "tag"), tags.c.work_id.in_(my_works)),
        "lineage": (edges, ("source", "relation", "target"), edges.c.target.in_(my_works)),
        "credits": (authors, ("work_id", "n"), authors.c.work_id.in_(my_works)),
        "named": (authors, ("work_id", "n"), authors.c.person_id == me),
        "collectives": (
            memberships,
            ("collective_id", "person_id", "since"),
            (memberships.c.person_id == me) | (memberships.c.collective_id == me),
        ),
        "keys": (keys, ("id",), keys.c.person_id == me),
        "passkeys": (passkeys, ("id",), passkeys.c.person_id == me),
        "sessions": (sessions, ("id",), sessions.c.person_id == me),
        "invitations": (invitations, ("id",), invitations.c.made_by == me),
        "reports": (reports, ("n",), reports.c.person_id == me),
        "report_words": (report_words, ("report_n", "n"), said_here),
    }


def _rows(
    archive: Archive,
    table: Table,
    order: tuple[str, ...],
    whose: ColumnElement[bool],
    private: frozenset[str] = frozenset(),
) -> Rows:
    columns = [table.c[name] for name in order]
    wanted = select(table).where(whose).order_by(*columns).limit(PAGE)
    without = _WITHOUT.get(table.name, frozenset[str]()) | private
    for row in _paged(archive, wanted, lambda row: tuple_(*columns) > tuple(row[n] for n in order)):
        value = rows.to_json(table.name, row)
        if table.name == "works" and row["hidden"] is not None:  # the house gives it to nobody
            value |= dict.fromkeys(("media", "position"))
        yield {name: one for name, one in value.items() if name not in without}


def _paged(
    archive: Archive, wanted: Any, after: Callable[[RowMapping], Any]
) -> Iterator[RowMapping]:
    last: RowMapping | None = None
    while True:
        with archive.read() as conn:  # one page: nobody holds the archive while bytes go out
            page = wanted if last is None else wanted.where(after(last))
            found: Sequence[RowMapping] = conn.execute(page).mappings().all()
        yield from found
        if len(found) < PAGE:
            return
        last = found[-1]


def films(archive: Archive, person_id: str) -> Iterator[tuple[str, str]]:
    """SHA-256 and type of each kept file of theirs: films, and pictures that their scores name."""
    named = select(run_files.c.sha256).join(runs, runs.c.id == run_files.c.run_id)
    named = named.where(runs.c.person_id == person_id)
    shown = works.c.hidden.is_(None) & works.c.media.is_not(None)
    made = select(works.c.media).where(works.c.person_id == person_id, shown)
    wanted = select(files.c.sha256, files.c.mime).where(
        files.c.sha256.in_(made) | files.c.sha256.in_(named)
    )
    wanted = wanted.order_by(files.c.sha256).limit(PAGE)
    for row in _paged(archive, wanted, lambda row: files.c.sha256 > row["sha256"]):
        yield row["sha256"], row["mime"]


def made(conn: Connection, person_id: str) -> tuple[int, int]:
    """How many works of theirs are here, and how many of these others can see?"""
    mine = (works.c.person_id == person_id, works.c.deleted.is_(None))
    found = [row.visibility for row in conn.execute(select(works.c.visibility).where(*mine))]
    return len(found), sum(one != "nobody" for one in found)


def unfinished(conn: Connection, person_id: str) -> tuple[str, ...]:
    """Runs of theirs that stand in line or are performed."""
    mine = (runs.c.person_id == person_id, runs.c.state.in_(("queued", "in_progress")))
    return tuple(conn.execute(select(runs.c.id).where(*mine)).scalars())


def to_delete(conn: Connection, person_id: str, every: bool, limit: int) -> tuple[str, ...]:
    """Some works of theirs that are to go when they leave. every: also those that others can see."""
    mine = [works.c.person_id == person_id, works.c.deleted.is_(None)]
    if not every:
        mine.append(works.c.visibility == "nobody")
    return tuple(conn.execute(select(works.c.id).where(*mine).limit(limit)).scalars())
