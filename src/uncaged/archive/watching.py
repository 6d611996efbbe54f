"""What somebody who looks at the line may see of it: who is on which performer, whose words are whose, how many.

Nobody's words but one's own, and those of works that everybody may see. Knows no rule and no page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select, text

from uncaged.archive import stored
from uncaged.archive.line_tables import awaits
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Kind, Lane, State, log, people, runs, works
from uncaged.archive.works import may_see
from uncaged.core.task import KIND, Task

LATEST = 1000
"""Runs of one person among which those that stand aside are looked for."""


@dataclass(frozen=True, slots=True)
class Going:
    """A run that is being performed. progress: steps done and in all. began: µs UTC."""

    id: str
    person_id: str
    kind: Kind
    model: str
    progress: tuple[int, int]
    estimated_seconds: float | None
    began: int


@dataclass(frozen=True, slots=True)
class Worded:
    """A run of which this person may read the words, and the work it makes. task: what a training is to do; it makes no
    work."""

    work_id: str | None
    text: str
    group_id: str | None = None
    task: Task | None = None


def going(conn: Connection, lane: Lane) -> tuple[Going, ...]:
    """What is being performed in this lane, the oldest first?"""
    wanted = _GOING.where(runs.c.lane == lane)
    return tuple(_as_going(row) for row in conn.execute(wanted).mappings())


def going_anywhere(conn: Connection) -> tuple[Going, ...]:
    """What is being performed in any lane, the oldest first?"""
    return tuple(_as_going(row) for row in conn.execute(_GOING).mappings())


_GOING = (
    select(runs, people.c.kind.label("person_kind"))
    .join(people, people.c.id == runs.c.person_id)
    .where(text("runs.state = 'in_progress'"))  # as a constant, so that the index of these is used
    .order_by(runs.c.began, runs.c.id)
)


def _as_going(row: RowMapping) -> Going:
    return Going(
        row["id"],
        row["person_id"],
        row["person_kind"],
        row["model"],
        (row["progress_done"], row["progress_total"]),
        row["estimated_seconds"],
        row["began"] or 0,
    )


def newest(conn: Connection) -> int:
    """The number of the log's last line; 0 while there is none."""
    return _NEWEST.on(conn).scalar() or 0


def told_of(conn: Connection, after: int, limit: int = 10_000) -> tuple[int, frozenset[str]]:
    """Of which works and runs does the log speak after this line? And which line was read last."""
    rows = _TOLD_OF.on(conn, {"after": after, "most": limit}).all()
    return (rows[-1].n if rows else after), frozenset(row.about for row in rows)


_NEWEST = Prepared(select(func.max(log.c.n)))
_TOLD_OF = Prepared(
    select(log.c.n, log.c.about)
    .where(log.c.n > bindparam("after"))
    .order_by(log.c.n)
    .limit(bindparam("most"))
)


def states(conn: Connection, run_ids: Sequence[str]) -> Mapping[str, State]:
    """How do these runs stand? A few hundred to a statement."""
    found: dict[str, State] = {}
    for first in range(0, len(run_ids), _AT_ONCE):
        some = run_ids[first : first + _AT_ONCE]
        wanted = select(runs.c.id, runs.c.state).where(runs.c.id.in_(some))
        found |= {row.id: row.state for row in conn.execute(wanted)}
    return found


_AT_ONCE = 400


def worded(conn: Connection, person_id: str, run_ids: Sequence[str]) -> Mapping[str, Worded]:
    """Of which of these runs may this person read the words? At most a few hundred are asked about."""
    wanted = (
        select(runs.c.id, runs.c.score, runs.c.group_id, works.c.id.label("work_id"))
        .join(works, works.c.run_id == runs.c.id)
        .where(runs.c.id.in_(run_ids), runs.c.score.is_not(None), works.c.deleted.is_(None))
        .where(may_see(person_id))
    )
    found: dict[str, Worded] = {}
    for row in conn.execute(wanted).mappings():
        with stored.reading(row["id"]):
            score = stored.score(row["score"])
        if score is not None:
            found[row["id"]] = Worded(row["work_id"], score.text, row["group_id"])
    own = select(runs.c.id, runs.c.task).where(
        runs.c.id.in_(run_ids), runs.c.task.is_not(None), runs.c.person_id == person_id
    )
    for row in conn.execute(own).mappings():
        with stored.reading(row["id"]):
            task = Task.from_json(stored.mapping(row["task"]))
        found[row["id"]] = Worded(None, task.name, None, task)
    return found


def trainings(conn: Connection, run_ids: Sequence[str]) -> frozenset[str]:
    """Which of these are trainings? Everybody may see that."""
    wanted = select(runs.c.id).where(runs.c.id.in_(run_ids), runs.c.kind == KIND)
    return frozenset(conn.execute(wanted).scalars())


@dataclass(frozen=True, slots=True)
class Held:
    """A run in line whose turn cannot come yet. paused: by its person. first: runs that it still waits for."""

    id: str
    model: str
    estimated_seconds: float | None
    paused: bool
    first: tuple[str, ...]


def held_back(conn: Connection, person_id: str, lane: Lane, limit: int) -> tuple[Held, ...]:
    """Which of this person's runs in line stand aside, since they are paused or wait for others?

    Looks at the last `LATEST` that they asked for: a page must not become slow by how much somebody has made.
    """
    if not person_id:
        return ()
    mine = select(runs).where(runs.c.person_id == person_id).order_by(runs.c.asked.desc())
    own = mine.limit(LATEST).subquery().c  # and nothing beside it, by which SQLite could search
    wanted = (
        select(own.id, own.model, own.estimated_seconds, own.paused)
        .where(own.lane == lane, own.state == "queued")
        .where(or_(own.paused.is_not(None), own.blocked.is_not(None)))
        .order_by(own.stood)
        .limit(limit)
    )
    rows = conn.execute(wanted).all()
    firsts: dict[str, list[str]] = {row.id: [] for row in rows}
    waiting = select(awaits).where(awaits.c.run_id.in_(firsts)).order_by(awaits.c.first_id)
    for row in conn.execute(waiting):
        firsts[row.run_id].append(row.first_id)
    return tuple(
        Held(
            row.id, row.model, row.estimated_seconds, row.paused is not None, tuple(firsts[row.id])
        )
        for row in rows
    )


_LIVELY = Prepared(
    text(
        " UNION ALL ".join(
            f"SELECT '{lane}' AS lane WHERE EXISTS (SELECT 1 FROM runs "  # noqa: S608 - of constants alone
            f"WHERE lane = '{lane}' AND state IN ('queued', 'in_progress'))"
            for lane in get_args(Lane)
        )
    )
)
"""A look for each lane, where one for all would read everything that waits."""


def lanes_with_work(conn: Connection) -> frozenset[Lane]:
    """In which lanes does anything wait, or is anything performed?"""
    return frozenset(row.lane for row in _LIVELY.on(conn, {}))


def counts(conn: Connection) -> tuple[tuple[State, Lane, int], ...]:
    """How many runs are in which state and lane? Counts every row: ask now and then only."""
    counted = select(runs.c.state, runs.c.lane, func.count()).group_by(runs.c.state, runs.c.lane)
    return tuple((row[0], row[1], row[2]) for row in conn.execute(counted))
