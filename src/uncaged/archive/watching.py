"""What somebody who looks at the line may see of it: who is on which performer, whose words are whose, how many.

Nobody's words but one's own, and those of works that everybody may see. Knows no rule and no page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from uncaged.archive import stored
from uncaged.archive.line_tables import awaits
from uncaged.archive.tables import Kind, Lane, State, people, runs, works
from uncaged.archive.works import may_see

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
    """A run of which this person may read the words, and the work it makes."""

    work_id: str
    text: str
    group_id: str | None = None


def going(conn: Connection, lane: Lane) -> tuple[Going, ...]:
    """What is being performed in this lane, the oldest first?"""
    r = runs
    wanted = (
        select(r, people.c.kind.label("person_kind"))
        .join(people, people.c.id == r.c.person_id)
        .where(r.c.state == "in_progress", r.c.lane == lane)
        .order_by(r.c.began, r.c.id)
    )
    return tuple(
        Going(
            row["id"],
            row["person_id"],
            row["person_kind"],
            row["model"],
            (row["progress_done"], row["progress_total"]),
            row["estimated_seconds"],
            row["began"] or 0,
        )
        for row in conn.execute(wanted).mappings()
    )


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
    return found


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
    mine = select(runs.c.id).where(runs.c.person_id == person_id).order_by(runs.c.asked.desc())
    latest = mine.limit(LATEST).subquery()
    wanted = (
        select(runs.c.id, runs.c.model, runs.c.estimated_seconds, runs.c.paused)
        .join(latest, latest.c.id == runs.c.id)
        .where(runs.c.lane == lane, runs.c.state == "queued")
        .where(or_(runs.c.paused.is_not(None), runs.c.blocked.is_not(None)))
        .order_by(runs.c.stood)
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


def lanes_with_work(conn: Connection) -> frozenset[Lane]:
    """In which lanes does anything wait, or is anything performed?"""
    wanted = select(runs.c.lane).where(runs.c.state.in_(("queued", "in_progress"))).distinct()
    return frozenset(conn.execute(wanted).scalars())


def counts(conn: Connection) -> tuple[tuple[State, Lane, int], ...]:
    """How many runs are in which state and lane? Counts every row: ask now and then only."""
    counted = select(runs.c.state, runs.c.lane, func.count()).group_by(runs.c.state, runs.c.lane)
    return tuple((row[0], row[1], row[2]) for row in conn.execute(counted))
