"""Everything in the archive that is one person's, row by row, for whoever takes it along. No secret is among it.

Rows come in pages, so that an archive of any size goes through a little memory. Nobody else's words and addresses are
among them, but what the house decided about their works and reports. Knows no file format.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, or_, select, tuple_

from uncaged.archive import rows
from uncaged.archive.database import Archive
from uncaged.archive.door_tables import invitations, passkeys, sessions
from uncaged.archive.house_tables import (
    authors,
    decisions,
    memberships,
    report_words,
    reports,
    tags,
)
from uncaged.archive.line_tables import keys
from uncaged.archive.reports import ADDRESS
from uncaged.archive.tables import (
    acceptances,
    edges,
    files,
    groups,
    log,
    people,
    run_files,
    runs,
    works,
)
from uncaged.archive.wire_tables import hooks, uploads
from uncaged.core.errors import ArchiveBroken

PAGE = 200
"""Rows that are read at a time."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as JSON values. whole: False where a part of it could not be read, and stands as the text that it is."""

    value: Mapping[str, Any]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows of one table: their order, and whose they are.

    without: columns that stay here. only: the columns that go, where they are few. beside: what is read with them.
    private: columns that are for their person alone, and for no program of theirs; ("*",) for the whole kind.
    """

    table: Table
    order: tuple[str, ...]
    whose: ColumnElement[bool]
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    beside: tuple[ColumnElement[Any], ...] = ()
    private: tuple[str, ...] = ()


def each(
    archive: Archive, person_id: str, private: bool = True
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each kind of thing that is theirs, by the name of its file, and its rows.

    private: with where they are signed in, the mail that they gave with a report, and the addresses of their webhooks.
    """
    kinds = _made(person_id) | _known_by(person_id) | _of_the_house(person_id)
    for name, kind in kinds.items():
        if private or kind.private != ("*",):
            yield name, _rows(archive, name, kind, () if private else kind.private)


def _made(me: str) -> dict[str, _Kind]:
    """What they made, and what stands beside it."""
    my_works = select(works.c.id).where(works.c.person_id == me)
    here = and_(works.c.person_id == me, works.c.deleted.is_(None))
    return {
        "person": _Kind(people, ("id",), people.c.id == me),
        "works": _Kind(works, ("id",), works.c.person_id == me),
        "runs": _Kind(runs, ("id",), runs.c.person_id == me),
        "groups": _Kind(groups, ("id",), groups.c.person_id == me),
        "tags": _Kind(tags, ("work_id", "tag"), tags.c.work_id.in_(my_works)),
        "links": _Kind(works, ("id",), here, only=("id", "visibility", "links")),
        "lineage": _Kind(edges, ("source", "relation", "target"), edges.c.target.in_(my_works)),
        "credits": _Kind(authors, ("work_id", "n"), authors.c.work_id.in_(my_works)),
        "named": _Kind(authors, ("work_id", "n"), authors.c.person_id == me),
        "accepted": _Kind(
            acceptances, ("person_id", "model_id", "hash"), acceptances.c.person_id == me
        ),
        "given": _Kind(uploads, ("id",), uploads.c.person_id == me),
        "log": _Kind(log, ("n",), log.c.who == me),
    }


def _known_by(me: str) -> dict[str, _Kind]:
    """With whom they are here, and by what they come in."""
    called = select(people.c.name).where(people.c.id == memberships.c.collective_id)
    return {
        "collectives": _Kind(
            memberships,
            ("collective_id", "person_id", "since"),
            (memberships.c.person_id == me) | (memberships.c.collective_id == me),
            beside=(called.scalar_subquery().label("collective"),),
        ),
        "keys": _Kind(keys, ("id",), keys.c.person_id == me, ("hash",)),
        "passkeys": _Kind(passkeys, ("id",), passkeys.c.person_id == me, ("public_key",)),
        "sessions": _Kind(sessions, ("id",), sessions.c.person_id == me, ("hash",), private=("*",)),
        "invitations": _Kind(invitations, ("id",), invitations.c.made_by == me, ("hash",)),
        "webhooks": _Kind(
            hooks, ("id",), hooks.c.person_id == me, ("secret", "old_secret"), private=("url",)
        ),
    }


def _of_the_house(me: str) -> dict[str, _Kind]:
    """What they reported and said there, what was reported of their works, and what was decided of both."""
    my_works = select(works.c.id).where(works.c.person_id == me)
    mine = select(reports.c.n).where(reports.c.person_id == me)
    of_mine = select(reports.c.n).where(reports.c.work_id.in_(my_works))
    asked = report_words.c.report_n.in_(mine) & report_words.c.author.in_(("reporter", "studio"))
    answered = report_words.c.author == "maker"
    said = (report_words.c.person_id == me) | report_words.c.report_n.in_(of_mine)
    about = select(reports.c.work_id).where(reports.c.n == decisions.c.report_n)
    seen = ("n", "work_id", "why", "created", "decided", "appealed")
    return {
        "reports": _Kind(
            reports,
            ("n",),
            reports.c.person_id == me,
            ("hash", "mark", "keeper_id"),
            private=("mail",),
        ),
        "report_words": _Kind(report_words, ("report_n", "n"), asked & ~ADDRESS),
        "reported": _Kind(reports, ("n",), reports.c.work_id.in_(my_works), only=seen),
        "answers": _Kind(report_words, ("report_n", "n"), answered & said),
        "decisions": _Kind(
            decisions,
            ("n",),
            or_(decisions.c.report_n.in_(mine), decisions.c.report_n.in_(of_mine)),
            ("decided_by", "second_id"),
            beside=(about.scalar_subquery().label("work_id"),),
        ),
    }


def _rows(archive: Archive, name: str, kind: _Kind, private: tuple[str, ...]) -> Iterator[Row]:
    table, order = kind.table, [kind.table.c[one] for one in kind.order]
    columns = [table.c[one] for one in kind.only] or list(table.c)
    wanted = select(*columns, *kind.beside).where(kind.whose).order_by(*order).limit(PAGE)
    without = {*kind.without, *private}
    for row in _paged(
        archive, wanted, lambda row: tuple_(*order) > tuple(row[n] for n in kind.order)
    ):
        try:
            value, whole = rows.to_json(name if kind.only else table.name, row), True
        except ArchiveBroken:
            value, whole = rows.as_it_is(table.name, row), False
        if name == "works" and row["hidden"] is not None:  # the house gives it to nobody
            value |= dict.fromkeys(("media", "position"))
        yield Row({one: part for one, part in value.items() if one not in without}, whole)


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
    """SHA-256 and type of each kept file of theirs: films, pictures that their scores name, files that they gave."""
    given = select(uploads.c.sha256).where(uploads.c.person_id == person_id)
    named = select(run_files.c.sha256).join(runs, runs.c.id == run_files.c.run_id)
    named = named.where(runs.c.person_id == person_id)
    shown = works.c.hidden.is_(None) & works.c.media.is_not(None)
    made = select(works.c.media).where(works.c.person_id == person_id, shown)
    wanted = select(files.c.sha256, files.c.mime).where(
        files.c.sha256.in_(made) | files.c.sha256.in_(named) | files.c.sha256.in_(given)
    )
    wanted = wanted.order_by(files.c.sha256).limit(PAGE)
    for row in _paged(archive, wanted, lambda row: files.c.sha256 > row["sha256"]):
        yield row["sha256"], row["mime"]


def made_with(archive: Archive, person_id: str, sha: str) -> tuple[str, ...]:
    """Works of theirs that show this file, or whose scores name it."""
    naming = select(run_files.c.run_id).where(run_files.c.sha256 == sha)
    uses = or_(works.c.media == sha, works.c.run_id.in_(naming))
    wanted = select(works.c.id).where(works.c.person_id == person_id, uses)
    with archive.read() as conn:
        return tuple(conn.execute(wanted.order_by(works.c.id)).scalars())


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
