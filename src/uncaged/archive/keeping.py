"""Keeping: a finished performance becomes a work, once, in one transaction. See `runs`.

The media file has been written by then (`files.Files.keep`). Knows nothing of how it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from uncaged.archive import files, lineage, log, models
from uncaged.archive.asking import files_named
from uncaged.archive.prepared import Prepared
from uncaged.archive.run import Run, get
from uncaged.archive.tables import runs, works
from uncaged.core import adapters
from uncaged.core.canonical import canonical
from uncaged.core.errors import FileDamaged


@dataclass(frozen=True, slots=True)
class Kept:
    """What came back from a performance.

    media_sha, bytes, mime: the kept file. width, height: pixels; fps: frames per second; seconds: its length.
    position: the point in the model's space, if it has one. recipe: versions. understood: how the text was read.
    measured_seconds, measured_bytes: time and memory that the performance took, None where nobody knows.
    """

    media_sha: str
    bytes: int
    mime: str
    width: int
    height: int
    fps: float
    frames: int
    seconds: float
    position: Mapping[str, Any] | None
    recipe: Mapping[str, Any]
    understood: Mapping[str, Any] | None
    measured_seconds: float
    measured_bytes: int | None = None


def complete(
    conn: Connection, store: files.Files, run_id: str, attempt: int, kept: Kept, now: int
) -> bool:
    """Keeps the work: file row, work, edges, log line, run completed, all or nothing.

    False, and nothing changed: this attempt is a late twin, or the run is not in progress any more.
    Raises `FileDamaged` where the media file is not there, or shorter or longer than said.
    """
    run = get(conn, run_id)
    if run.work_id is None:
        return False
    with conn.begin_nested():
        if not _fence(conn, run_id, attempt, kept, now):
            return False
        media = files.note(conn, store, kept.media_sha, kept.mime, now)
        if media.bytes != kept.bytes:
            raise FileDamaged(
                f"The film has {media.bytes:,} bytes where {kept.bytes:,} were written.",
                "Make it again; nothing was kept.",
            )
        _keep_work(conn, run.work_id, kept, now)
        _draw_edges(conn, run, run.work_id, now)
        log.append(conn, "kept", run.work_id, run.person_id, now, run=run_id)
    return True


def _fence(conn: Connection, run_id: str, attempt: int, kept: Kept, now: int) -> bool:
    """Who wins stands in the statement, not only in what was read before it."""
    found = {
        "measured_seconds": kept.measured_seconds,
        "measured_bytes": kept.measured_bytes,
        "recipe": _text(kept.recipe),
        "understood": _text(kept.understood),
        "ended": now,
    }
    return completed(conn, run_id, attempt, found)


def completed(conn: Connection, run_id: str, attempt: int, found: Mapping[str, object]) -> bool:
    """The run is over, with what was found out of it; False where this attempt is a late twin."""
    which: dict[str, object] = {"wanted": run_id, "fence": attempt}
    return _COMPLETED.on(conn, which | dict(found)).rowcount == 1


_COMPLETED = Prepared(
    update(runs)
    .where(
        runs.c.id == bindparam("wanted"),
        runs.c.state == "in_progress",
        runs.c.attempt == bindparam("fence"),
    )
    .values(state="completed", progress_done=runs.c.progress_total)
)
_KEPT = Prepared(update(works).where(works.c.id == bindparam("wanted")))
"""Built once; what else is to be written comes with the values."""


def _keep_work(conn: Connection, work_id: str, kept: Kept, now: int) -> None:
    facts = {
        "media": kept.media_sha,
        "width": kept.width,
        "height": kept.height,
        "fps": kept.fps,
        "frames": kept.frames,
        "seconds": kept.seconds,
        "position": _text(kept.position),
        "kept": now,
    }
    _KEPT.on(conn, {"wanted": work_id} | facts)


def _draw_edges(conn: Connection, run: Run, work_id: str, now: int) -> None:
    """The run made the work; the work used files and a model, and comes from its parents."""
    lineage.add(conn, run.id, "made", work_id, now)
    if run.score is None:
        return
    for sha in sorted(files_named(run.score)):
        used = files.get(conn, sha)
        if used is not None:
            lineage.add(conn, work_id, "used", used.salted, now)
    model = models.find(conn, run.score.model.name, run.score.model.hash)
    if model is not None:
        lineage.add(conn, work_id, "used", model.id, now)
    for adapter in adapters.of(run.score.options):
        used = models.met(conn, adapter.hash)
        if used is not None:
            lineage.add(conn, work_id, "used", used, now)
    if not run.score.parents:
        return
    known = set(conn.execute(select(works.c.id).where(works.c.id.in_(run.score.parents))).scalars())
    for parent in run.score.parents:
        if parent in known:
            lineage.add(conn, work_id, run.score.parents_as, parent, now)


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else canonical(dict(value)).decode()
