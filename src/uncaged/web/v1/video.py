"""The video object: a work as clients of `/v1` read it. Every key is always there, null where nothing is.

What the closed service's object did not have stands beside it: seed, fps, queue_position, eta_s, understood.
"""

from collections.abc import Mapping
from typing import Any, Literal

from uncaged.archive import understanding
from uncaged.archive.run import Run
from uncaged.archive.work import Work
from uncaged.queue.fairness import SECOND
from uncaged.queue.reason import Stand
from uncaged.web.pages.runs import left
from uncaged.web.v1.records import Video, VideoError

STATES: Mapping[str, Literal["queued", "in_progress", "completed", "failed"]] = {
    "queued": "queued",
    "in_progress": "in_progress",
    "completed": "completed",
    "failed": "failed",
    "cancelled": "failed",
}
"""Clients end their wait on any other word."""

SOONEST, LATEST = 1_000, 30_000
"""Milliseconds between two polls."""

SHARE = 20
"""Polls of a whole wait, about."""


def video(work: Work, run: Run, now: int, place: Stand | None = None) -> Video:
    """The object. place: where it stands in line. now: µs UTC."""
    score = work.score
    whole = 0.0 if score is None else score.seconds
    size = None if score is None else score.size
    wide, high = (work.width, work.height) if work.width else size or (0, 0)
    parent = None if score is None or not score.parents else score.parents[0]
    extends = score is not None and score.parents_as == "extends"
    found: Video = {
        "id": work.id,
        "object": "video",
        "model": work.model,
        "status": STATES[work.state],
        "progress": progress(run),
        "created_at": work.asked // SECOND,
        "completed_at": None
        if run.ended is None or work.state != "completed"
        else run.ended // SECOND,
        "expires_at": None,
        "prompt": None if score is None else score.text,
        "size": f"{wide}x{high}",
        "seconds": f"{work.seconds or whole:g}",
        "remixed_from_video_id": None if extends else parent,
        "error": error(run),
        "extended_from_video_id": parent if extends else None,
        "seed": None if score is None else score.seed,
        "fps": work.fps or (None if score is None else score.fps),
        "negative_prompt": None if score is None else score.negative,
        "dials": {} if score is None else dict(score.options),
        "queue_position": None if place is None else place.place,
        "eta_s": eta(run, now, place),
        "understood": None if run.understood is None else dict(run.understood),
    }
    if said := understanding.notes(run):
        found["notes"] = list(said)
    return found


def progress(run: Run) -> int:
    """Percent, 100 only once it is kept."""
    if run.state == "completed":
        return 100
    done, total = run.progress
    return min(99, 100 * done // total) if total > 0 else 0


def error(run: Run) -> VideoError | None:
    """Why there is no film, for a failed and for a cancelled run."""
    if run.state not in ("failed", "cancelled"):
        return None
    code = "cancelled" if run.state == "cancelled" else "generation_failed"
    return {"code": code, "message": run.reason or "It failed, and nobody said why."}


def eta(run: Run, now: int, place: Stand | None) -> float | None:
    """Seconds until it is there, as far as anybody knows."""
    if run.state == "in_progress":
        rest = left(run, now)
        return None if rest is None else round(rest, 1)
    if run.state != "queued" or place is None or place.starts is None:
        return None
    return round(place.starts + (run.estimated_seconds or 0.0), 1)


def poll_after(found: Mapping[str, Any]) -> int | None:
    """Milliseconds until it is worth asking again: a whole number, which clients keep for all of their wait."""
    if found["status"] not in ("queued", "in_progress"):
        return None
    rest = found["eta_s"]
    if rest is None:
        return SOONEST * 5 if found["status"] == "queued" else SOONEST
    return round(min(LATEST, max(SOONEST, 1000 * rest / SHARE)))
