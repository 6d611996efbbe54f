"""Runs that a steward has in its hands: claimed, given back, died, failed, cancelled. See `runs`.

Every change is conditional on what the run is at that moment; no row changed means somebody was faster, and
the answer says so. `attempt` is the fence: what an older attempt says is thrown away.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select, update

from uncaged.archive import log
from uncaged.archive.line_tables import awaits
from uncaged.archive.prepared import Prepared
from uncaged.archive.run import Run, get
from uncaged.archive.tables import State, runs, studio


def raise_epoch(conn: Connection) -> int:
    """A steward starts: which number is it? Whatever an older one still holds is nobody's from now on."""
    conn.execute(update(studio).values(epoch=studio.c.epoch + 1))
    return conn.execute(select(studio.c.epoch)).scalar_one()


def recover(conn: Connection, epoch: int, now: int) -> tuple[str, ...]:
    """Which runs did older stewards leave in progress? They are back in line, or cancelled where asked to."""
    left = (runs.c.state == "in_progress", runs.c.epoch < epoch)
    found = conn.execute(select(runs.c.id, runs.c.attempt).where(*left).order_by(runs.c.id)).all()
    for run_id, attempt in found:
        give_back(conn, run_id, attempt, now)
    return tuple(row.id for row in found)


def claim(conn: Connection, run_id: str, epoch: int, now: int) -> Run | None:
    """May this steward perform the run? None: somebody was faster, it must wait, or a newer steward lives."""
    changed = _CLAIM.on(conn, {"wanted": run_id, "mine": epoch, "moment": now})
    return get(conn, run_id) if changed.rowcount else None


_CLAIM = Prepared(
    update(runs)
    .where(
        runs.c.id == bindparam("wanted"),
        runs.c.state == "queued",
        runs.c.paused.is_(None),
        runs.c.blocked.is_(None),
        select(studio.c.epoch).scalar_subquery() == bindparam("mine"),
    )
    .values(
        state="in_progress",
        epoch=bindparam("mine"),
        began=bindparam("moment"),
        progress_done=0,
        progress_total=0,
    )
)
"""Built once, as everything that every turn needs: to build it anew costs more than to execute it."""


def progressed(conn: Connection, run_id: str, attempt: int, done: int, total: int) -> bool:
    """How far has it come? False: this attempt is over, and so is its performance."""
    return _change(conn, run_id, attempt, {"progress_done": done, "progress_total": total})


def stopping(conn: Connection, run_ids: Iterable[str]) -> frozenset[str]:
    """Which of these, that a steward believes in progress, are to be stopped (or are over already)?"""
    wanted = set(run_ids)
    going = select(runs.c.id).where(
        runs.c.id.in_(wanted), runs.c.state == "in_progress", runs.c.cancel_asked.is_(None)
    )
    return frozenset(wanted) - set(conn.execute(going).scalars())


def give_back(conn: Connection, run_id: str, attempt: int, now: int) -> State | None:
    """The steward stops, or a node went: no death of the run. Its state now; None: it was not ours any more."""
    return _return(conn, run_id, attempt, now, deaths=0)


def died(
    conn: Connection, run_id: str, attempt: int, max_deaths: int, now: int, reason: str = ""
) -> State | None:
    """Its performer died while performing it alone: is it queued again, or was that once too often?

    The state now (``queued``, ``failed`` after `max_deaths`, ``cancelled`` where asked to); None: not ours any more.
    """
    run = get(conn, run_id)
    if run.deaths + 1 < max_deaths or run.cancel_asked is not None:
        return _return(conn, run_id, attempt, now, deaths=1)
    times = "once" if max_deaths == 1 else f"{max_deaths} times"
    why = f"Its performer died {times} while performing it. {reason}".rstrip()
    if not _change(conn, run_id, attempt, {"deaths": run.deaths + 1}):
        return None
    fail(conn, run_id, attempt, why, now)
    return "failed"


def fail(conn: Connection, run_id: str, attempt: int, reason: str, now: int) -> bool:
    """The performance itself failed, for this reason; what comes after it fails with it. False: not ours any more."""
    return _finish(conn, run_id, "failed", reason, now, runs.c.attempt == attempt)


def cancel(
    conn: Connection,
    run_id: str,
    now: int,
    reason: str = "It was cancelled.",
    who: str | None = None,
) -> State:
    """Somebody asks to stop it. In line it is cancelled at once; in progress the steward sees it (`stopping`).

    Returns the state now; a finished run stays what it is.
    """
    queued = runs.c.state == "queued"
    if not _finish(conn, run_id, "cancelled", reason, now, queued, who):
        conn.execute(
            update(runs)
            .where(
                runs.c.id == run_id,
                runs.c.state == "in_progress",
                runs.c.cancel_asked.is_(None),
            )
            .values(cancel_asked=now, cancelled_by=who)
        )
    return get(conn, run_id).state


def stopped(
    conn: Connection, run_id: str, attempt: int, now: int, reason: str = "It was cancelled."
) -> bool:
    """The steward has stopped a run that somebody asked to cancel; the log names them. False: not ours any more."""
    who = get(conn, run_id).cancelled_by
    return _finish(conn, run_id, "cancelled", reason, now, runs.c.attempt == attempt, who)


def _change(conn: Connection, run_id: str, attempt: int, values: dict[str, Any]) -> bool:
    """Changes a run that this attempt still has in progress."""
    changed = conn.execute(
        update(runs)
        .where(runs.c.id == run_id, runs.c.state == "in_progress", runs.c.attempt == attempt)
        .values(values)
    )
    return changed.rowcount == 1


def _return(conn: Connection, run_id: str, attempt: int, now: int, deaths: int) -> State | None:
    """Back to the line with the next attempt, or cancelled where somebody asked for that meanwhile."""
    next_one = {"state": "queued", "attempt": attempt + 1, "deaths": runs.c.deaths + deaths}
    if not _change(conn, run_id, attempt, next_one):
        return None
    run = get(conn, run_id)
    return "queued" if run.cancel_asked is None else cancel(conn, run_id, now, who=run.cancelled_by)


def _finish(
    conn: Connection,
    run_id: str,
    state: State,
    reason: str,
    now: int,
    when: ColumnElement[bool],
    who: str | None = None,
) -> bool:
    """Ends a run without a work, and with it whatever in line comes after it, however long the chain."""
    if not _end(conn, run_id, state, reason, now, when, who):
        return False
    behind = conn.execute(_BEHIND, {"over": run_id}).all()
    if behind:
        how = "was cancelled" if state == "cancelled" else "failed"
        conn.execute(
            _FAILED,
            [
                {"wanted": run, "why": _AFTER.format(first, how if first == run_id else "failed")}
                | {"moment": now}
                for run, first in behind
            ],
        )
        log.append_each(conn, "failed", [row.run_id for row in behind], now)
    return True


_AFTER = "The run {}, which it comes after, {}."


def _behind() -> "Select[Any, Any]":
    """What in line comes after a run, directly or not, each with one that it waits for; in the order of the line."""
    direct = select(awaits.c.run_id).where(awaits.c.first_id == bindparam("over"))
    all_of_it = direct.cte("behind", recursive=True)
    further = awaits.join(all_of_it, awaits.c.first_id == all_of_it.c.run_id)
    all_of_it = all_of_it.union(select(awaits.c.run_id).select_from(further))
    these = select(all_of_it.c.run_id)
    return (
        select(awaits.c.run_id, func.min(awaits.c.first_id))
        .join(runs, runs.c.id == awaits.c.run_id)
        .where(awaits.c.run_id.in_(these), runs.c.state == "queued")
        .where(or_(awaits.c.first_id == bindparam("over"), awaits.c.first_id.in_(these)))
        .group_by(awaits.c.run_id, runs.c.stood)
        .order_by(runs.c.stood, awaits.c.run_id)
    )


_BEHIND = _behind()
_FAILED = (
    update(runs)
    .where(runs.c.id == bindparam("wanted"), runs.c.state == "queued")
    .values(state="failed", reason=bindparam("why"), ended=bindparam("moment"))
)


def _end(
    conn: Connection,
    run_id: str,
    state: State,
    reason: str,
    now: int,
    when: ColumnElement[bool],
    who: str | None,
) -> bool:
    """Ends this one run, and logs who wanted it; False where somebody was faster."""
    values: dict[str, Any] = {"state": state, "reason": reason, "ended": now}
    if state == "cancelled":
        values["cancelled_by"] = who
    changed = conn.execute(
        update(runs)
        .where(runs.c.id == run_id, runs.c.state.in_(("queued", "in_progress")), when)
        .values(values)
    )
    if changed.rowcount:
        log.append(conn, state, run_id, who, now)
    return bool(changed.rowcount)
