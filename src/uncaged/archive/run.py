"""A run as it stands: the record, and reading it. See `runs` for everything that can happen to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from uncaged.archive import stored
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import Lane, State, runs, works
from uncaged.core.errors import NotFound
from uncaged.core.score import Score
from uncaged.core.task import Task
from uncaged.core.words import _


@dataclass(frozen=True, slots=True)
class Run:
    """One execution. Times are µs UTC, lengths seconds.

    score, recipe, understood and reason are None before they are known, and after the work was deleted. A training
    has a task instead of a score, and no work. epoch: the steward that claimed it last. cancelled_by: the person who
    asked to stop it. progress: steps done and in all (0 in all while unknown). stood: since when in line,
    by the line's clock. paused: since when it lets others pass. blocked: how many runs it still comes after.
    """

    id: str
    work_id: str | None
    person_id: str
    group_id: str | None
    group_order: int | None
    after: tuple[str, ...]
    lane: Lane
    needs: Mapping[str, Any]
    kind: str
    model: str
    score: Score | None
    score_hash: str | None
    task: Task | None
    own_priority: int
    state: State
    attempt: int
    deaths: int
    epoch: int
    cancel_asked: int | None
    cancelled_by: str | None
    progress: tuple[int, int]
    estimated_seconds: float | None
    measured_seconds: float | None
    measured_bytes: int | None
    recipe: Mapping[str, Any] | None
    understood: Mapping[str, Any] | None
    reason: str | None
    asked: int
    stood: int | None
    paused: int | None
    blocked: int | None
    began: int | None
    ended: int | None


SHOWN = select(*runs.c, works.c.id.label("work_id")).outerjoin(works, works.c.run_id == runs.c.id)
"""What `from_row` reads."""


_ONE = Prepared(SHOWN.where(runs.c.id == bindparam("wanted")))


def from_row(row: Fields) -> Run:
    """A row of `SHOWN` as the record; `ArchiveBroken` where it cannot be read."""
    fields: dict[str, Any] = {name: row[name] for name in Run.__slots__ if name in row}
    with stored.reading(row["id"]):
        fields["after"] = stored.names(row["after"])
        fields["needs"] = stored.mapping(row["needs"])
        fields["score"] = stored.score(row["score"])
        fields["task"] = (
            None if row["task"] is None else Task.from_json(stored.mapping(row["task"]))
        )
        fields["progress"] = (row["progress_done"], row["progress_total"])
        fields["recipe"] = stored.mapping(row["recipe"])
        fields["understood"] = stored.mapping(row["understood"])
        for moment in ("asked", "began", "ended", "cancel_asked"):
            stored.time(row[moment])
    return Run(**fields)


def find(conn: Connection, run_id: str) -> Run | None:
    """Is there such a run?"""
    row = _ONE.on(conn, {"wanted": run_id}).mappings().one_or_none()
    return None if row is None else from_row(row)


def get(conn: Connection, run_id: str) -> Run:
    """How does this run stand?"""
    run = find(conn, run_id)
    if run is None:
        raise NotFound(_("There is no run %(run)s here.") % {"run": run_id})
    return run
