"""One's own runs in line: pause, resume, prefer. Nobody else's turn changes by it.

Raises `NotFound` alike where a run is not here and where it is somebody else's, `AskedWrong` where it waits no more.
"""

from sqlalchemy import Connection, func, select, update

from uncaged.archive import runs
from uncaged.archive.tables import State
from uncaged.archive.tables import runs as run_table
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.words import _


def pause(conn: Connection, person_id: str, run_id: str, wall: int) -> runs.Run:
    """Lets everybody pass until `resume`."""
    own_waiting(conn, person_id, run_id)
    conn.execute(
        update(run_table)
        .where(run_table.c.id == run_id, run_table.c.state == "queued")
        .values(paused=func.coalesce(run_table.c.paused, wall))
    )
    return runs.get(conn, run_id)


def resume(conn: Connection, person_id: str, run_id: str) -> runs.Run:
    """Waits again, where it stood."""
    own_waiting(conn, person_id, run_id)
    conn.execute(update(run_table).where(run_table.c.id == run_id).values(paused=None))
    return runs.get(conn, run_id)


def prefer(conn: Connection, person_id: str, run_id: str) -> runs.Run:
    """The first of this person's own from now on; nobody else's turn changes."""
    run = own_waiting(conn, person_id, run_id)
    most = select(func.max(run_table.c.own_priority)).where(
        run_table.c.person_id == person_id,
        run_table.c.lane == run.lane,
        run_table.c.state == "queued",
        run_table.c.id != run_id,
    )
    highest = conn.execute(most).scalar()
    if highest is not None and highest >= run.own_priority:
        conn.execute(
            update(run_table).where(run_table.c.id == run_id).values(own_priority=highest + 1)
        )
    return runs.get(conn, run_id)


def last_asked(conn: Connection, person_id: str) -> runs.Run:
    """The run that this person asked for last; `NotFound` where they never asked for anything."""
    mine = select(run_table.c.id).where(run_table.c.person_id == person_id)
    order = (run_table.c.asked.desc(), run_table.c.stood.desc(), run_table.c.id)
    found = conn.execute(mine.order_by(*order).limit(1)).scalar()
    if found is None:
        raise NotFound(
            _("You have asked for nothing here yet."), _('Try: uncaged make "a slow bird"')
        )
    return runs.get(conn, found)


def own(conn: Connection, person_id: str, run_id: str) -> runs.Run:
    """A run of this person; `NotFound` alike where it is not here and where it is not theirs."""
    run = runs.get(conn, run_id)
    if run.person_id != person_id:
        raise NotFound(_("There is no run %(run)s here.") % {"run": run_id})
    return run


def own_waiting(conn: Connection, person_id: str, run_id: str) -> runs.Run:
    """The same, in line; `AskedWrong` where it waits no more."""
    run = own(conn, person_id, run_id)
    if run.state != "queued":
        raise AskedWrong(_over(run.state) % {"run": run_id})
    return run


def _over(state: State) -> str:
    """Why a run waits no more."""
    match state:
        case "in_progress":
            return _("The run %(run)s is being performed; it is not in line any more.")
        case "cancelled":
            return _("The run %(run)s was cancelled; it is not in line any more.")
        case "failed":
            return _("The run %(run)s has failed; it is not in line any more.")
        case _other:
            return _("The run %(run)s is made; it is not in line any more.")
