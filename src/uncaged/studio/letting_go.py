"""Letting go by itself: what no guest kept in time, and what lay in the trash long enough. A few works at a time.

Knows the policy's days, and no page. What somebody kept or showed never goes.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import expiring, files, works
from uncaged.archive.expiring import Due
from uncaged.archive.work import Work
from uncaged.archive.works import Cause
from uncaged.queue.policy import Policy

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

DAY = 24 * 3600 * 1_000_000
"""Microseconds."""

BATCH = 20
"""Works that go in one transaction: nobody who wants to make a film waits long for it."""

_Listed = Callable[[Connection, int, str, int, Sequence[str] | None], Sequence[Due]]


def let_go(studio: "Studio", policy: Policy, now: int) -> dict[Cause, int]:
    """Deletes what is due at `now` (µs); returns how many of each sort. Interrupted, the next time goes on."""
    due: tuple[tuple[Cause, float | None, _Listed], ...] = (
        ("unclaimed", policy.guests.keep_days, expiring.unclaimed),
        ("trash", policy.trash.days, expiring.thrown_away),
    )
    return {
        cause: 0 if days is None else _let_go(studio, cause, now - int(days * DAY), listed, now)
        for cause, days, listed in due
    }


def until(policy: Policy, kind: str, work: Work) -> int | None:
    """When it goes by itself if nothing is done, µs; None where it stays. kind: the class of its person."""
    if work.trashed is not None:
        return _after(work.trashed, policy.trash.days)
    stays = work.claimed is not None or work.visibility != "nobody" or work.hidden is not None
    if kind != "guest" or stays or work.kept is None:
        return None
    return _after(work.kept, policy.guests.keep_days)


def _after(moment: int, days: float | None) -> int | None:
    return None if days is None else moment + int(days * DAY)


def _let_go(studio: "Studio", cause: Cause, before: int, listed: _Listed, now: int) -> int:
    gone, last = 0, ""
    while True:
        with studio.archive.read() as conn:
            batch = listed(conn, before, last, BATCH, None)
        if not batch:
            return gone
        with studio.archive.write() as conn:
            ids = [due.id for due in batch]
            still = listed(conn, before, last, BATCH, ids)  # somebody may have kept one just now
            shas = [
                sha
                for due in still
                for sha in works.delete(conn, due.person_id, due.id, now, cause=cause)
            ]
        with studio.archive.write() as conn:
            files.forget(conn, studio.files, shas)
        gone, last = gone + len(still), batch[-1].id
