"""Asking: a score becomes a run in line, with the id of its work. See `runs`.

Knows nothing of whether it may be asked for: agreements and policy are looked at above.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from uncaged.archive import files, line_time
from uncaged.archive.line_tables import awaits
from uncaged.archive.prepared import Prepared
from uncaged.archive.run import Run, get
from uncaged.archive.tables import Lane, run_files, runs, works
from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_id
from uncaged.core.score import Score
from uncaged.core.task import KIND, Task
from uncaged.core.words import _


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put in line: ids given by the caller, the score, and how it is to be run.

    after: runs that must be completed first. needs: what a performer must have. own_priority: higher first,
    among this person's own runs. estimated_seconds: what it was thought to take.
    """

    run_id: str
    work_id: str
    person_id: str
    score: Score
    group_id: str | None = None
    group_order: int | None = None
    after: tuple[str, ...] = ()
    lane: Lane = "interactive"
    needs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    own_priority: int = 0
    estimated_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class AskedTask:
    """A training that is put in line. estimated_seconds: what it is thought to take."""

    run_id: str
    person_id: str
    task: Task
    estimated_seconds: float
    lane: Lane = "batch"


def ask_task(conn: Connection, asked: AskedTask, now: int) -> Run:
    """Puts a training in line, in the caller's one short transaction. It has no score, and makes no work."""
    if not is_id("run", asked.run_id):
        raise ValueError(f"Not the id of a run: {asked.run_id!r}")
    row: dict[str, Any] = {
        "id": asked.run_id,
        "person_id": asked.person_id,
        "after": "[]",
        "lane": asked.lane,
        "needs": "{}",
        "kind": KIND,
        "model": asked.task.what,
        "task": canonical(asked.task.to_json()).decode(),
        "estimated_seconds": asked.estimated_seconds,
        "asked": now,
        "stood": line_time.next_moment(conn, now),
    } | _NEW
    _RUN.on(conn, row)
    return get(conn, asked.run_id)


def ask(conn: Connection, asked: Asked, now: int) -> Run:
    """Puts a run in line, and its work's id with it, in the caller's one short transaction.

    Files that the score names have rows by then (`files.note`). Raises `AskedWrong` where one is not here, or
    where a run it comes after is not, or will never be completed.
    """
    if not is_id("run", asked.run_id) or not is_id("work", asked.work_id):
        raise ValueError(f"Not the ids of a run and a work: {asked.run_id!r}, {asked.work_id!r}")
    waits = _waits_for(conn, asked.after)
    row = _row(asked, now, line_time.next_moment(conn, now), len(waits))
    _RUN.on(conn, row)
    for first in sorted(waits):
        conn.execute(insert(awaits).values(run_id=asked.run_id, first_id=first))
    work = {"id": asked.work_id, "person_id": asked.person_id, "run_id": asked.run_id}
    _WORK.on(conn, work | {"visibility": "nobody"})
    for sha in sorted(files_named(asked.score)):
        if files.get(conn, sha) is None:
            raise AskedWrong(
                _("The score names a file that is not here: %(file)s….") % {"file": sha[:12]}
            )
        conn.execute(insert(run_files).values(run_id=asked.run_id, sha256=sha))
    return _as_it_stands(asked, row)


_RUN, _WORK = Prepared(insert(runs)), Prepared(insert(works))
"""Built once: to build a statement anew costs more than to execute it."""


def _row(asked: Asked, now: int, stood: int, blocked: int) -> dict[str, Any]:
    score = asked.score.canonical()
    return _NEW | {
        "id": asked.run_id,
        "person_id": asked.person_id,
        "group_id": asked.group_id,
        "group_order": asked.group_order,
        "after": canonical(list(asked.after)).decode() if asked.after else "[]",
        "lane": asked.lane,
        "needs": canonical(dict(asked.needs)).decode() if asked.needs else "{}",
        "kind": "making",
        "model": asked.score.model.name,
        "score": score.decode(),
        "score_hash": sha256(score),
        "estimated_seconds": asked.estimated_seconds,
        "asked": now,
        "stood": stood,
        "blocked": blocked or None,
        "own_priority": asked.own_priority,
    }


_NEW: dict[str, Any] = {
    "own_priority": 0,
    "state": "queued",
    "attempt": 1,
    "deaths": 0,
    "epoch": 0,
    "progress_done": 0,
    "progress_total": 0,
}
"""How every run begins."""


def _as_it_stands(asked: Asked, row: Mapping[str, Any]) -> Run:
    """What `run.get` would read now: nothing of it has happened yet but this."""
    fields: dict[str, Any] = {name: row.get(name) for name in Run.__slots__}
    fields |= {"work_id": asked.work_id, "after": asked.after, "needs": dict(asked.needs)}
    fields |= {"score": asked.score, "progress": (0, 0)}
    return Run(**fields)


def files_named(score: Score) -> set[str]:
    """SHA-256 of every file a score names: its pictures, its lexicons, and the film it is made of."""
    film = set[str]() if score.film is None else {score.film}
    return {picture.sha256 for picture in score.pictures} | set(score.lexicons) | film


def _waits_for(conn: Connection, after: tuple[str, ...]) -> set[str]:
    """Which of the runs that it comes after are not over yet?"""
    if not after:
        return set()
    found = conn.execute(select(runs.c.id, runs.c.state).where(runs.c.id.in_(after)))
    states = {row.id: row.state for row in found}
    for run_id in after:
        match states.get(run_id):
            case None:
                raise AskedWrong(_("There is no run %(run)s to come after.") % {"run": run_id})
            case "failed" | "cancelled" as state:
                said = (
                    _("The run %(run)s has failed; nothing can come after it.")
                    if state == "failed"
                    else _("The run %(run)s was cancelled; nothing can come after it.")
                )
                raise AskedWrong(said % {"run": run_id})
            case _:
                continue
    return {run_id for run_id, state in states.items() if state != "completed"}
