"""A finished training becomes a model on the shelf, once, in one transaction. See `runs`.

Its files have been written by then (`files.Files.keep`). Knows nothing of how it learned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func

from uncaged.archive import lineage, log, models
from uncaged.archive.files import Files
from uncaged.archive.keeping import completed
from uncaged.archive.run import SHOWN as RUNS
from uncaged.archive.run import Run, from_row, get
from uncaged.archive.tables import runs
from uncaged.core.canonical import canonical
from uncaged.core.task import KIND, Task


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came back from a training. model: see `models.Shelved`. data: the name of the file that says what it was
    trained on. start: the id of the model that it began from. recipe: versions. measured_seconds: of the last attempt.
    """

    model: models.Shelved
    recipe: Mapping[str, Any]
    measured_seconds: float
    data: str | None = None
    start: str | None = None


def trained(
    conn: Connection, store: Files, run_id: str, attempt: int, learnt: Learnt, now: int
) -> str | None:
    """Keeps the model: rows, files, edges, log line, run completed, all or nothing; its id.

    None, and nothing changed: this attempt is a late twin, or the run is not in progress any more. Raises `AskedWrong`
    where another model has its name by now, `FileDamaged` where a file is not there any more.
    """
    run = get(conn, run_id)
    with conn.begin_nested():
        found = {
            "measured_seconds": learnt.measured_seconds,
            "recipe": canonical(dict(learnt.recipe)).decode(),
            "ended": now,
        }
        if not completed(conn, run_id, attempt, found):
            return None
        model_id = models.shelve(conn, store, learnt.model, now)
        lineage.add(conn, run_id, "made", model_id, now)
        if learnt.data is not None:
            for name, salted in models.salted_files(conn, model_id).items():
                if name == learnt.data:
                    lineage.add(conn, model_id, "trained_on", salted, now)
        if learnt.start is not None and learnt.start != model_id:
            lineage.add(conn, model_id, "adapted_from", learnt.start, now)
        log.append(conn, "trained", model_id, run.person_id, now, run=run_id)
    return model_id


def in_hand(conn: Connection) -> tuple[Run, ...]:
    """Which trainings stand in line or are being performed?"""
    wanted = RUNS.where(runs.c.kind == KIND, runs.c.state.in_(("queued", "in_progress")))
    return tuple(from_row(row) for row in conn.execute(wanted.order_by(runs.c.stood)).mappings())


def own(conn: Connection, person_id: str, count: int) -> tuple[Run, ...]:
    """Which trainings has this person asked for? The newest first, at most so many."""
    wanted = RUNS.where(runs.c.kind == KIND, runs.c.person_id == person_id)
    rows = conn.execute(wanted.order_by(runs.c.asked.desc(), runs.c.id).limit(count)).mappings()
    return tuple(from_row(row) for row in rows)


def newest_in(conn: Connection, begun: str) -> Run | None:
    """The last training that learned in this run's folder, if any: it, or what went on with it."""
    wanted = RUNS.where(runs.c.kind == KIND, func.json_extract(runs.c.task, "$.begun") == begun)
    row = conn.execute(wanted.order_by(runs.c.stood.desc()).limit(1)).mappings().first()
    return None if row is None else from_row(row)


def begun_from(conn: Connection, task: Task) -> str | None:
    """The id of the model that a training begins from, where it goes on from a finished one."""
    before = newest_in(conn, task.start) if task.start else None
    return None if before is None else made_by(conn, before.id)


def made(conn: Connection, model_id: str) -> Run | None:
    """Which training made this model, the last one where several did?"""
    edges = [e for e in lineage.edges_of(conn, model_id, "to") if e.relation == "made"]
    return get(conn, edges[-1].source) if edges else None


def made_by(conn: Connection, run_id: str) -> str | None:
    """The id of the model that this training made."""
    found = lineage.edges_of(conn, run_id, "from")
    return next((edge.target for edge in found if edge.relation == "made"), None)
