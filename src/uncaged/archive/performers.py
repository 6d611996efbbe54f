"""The performers of the steward that is alive, as it last noted them. Knows nothing of processes."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from uncaged.archive.line_tables import performers
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Lane, studio


@dataclass(frozen=True, slots=True)
class Performer:
    """number: its own under the steward `epoch`. device: ``cpu``, ``cuda:0``. model: what it has loaded.

    run_id: what it performs. deaths: of its processes, under this steward. since: µs UTC.
    """

    number: int
    epoch: int
    device: str
    lane: Lane
    model: str | None
    run_id: str | None
    deaths: int
    since: int


def note(conn: Connection, performer: Performer) -> None:
    """How it stands now; a steward that is none any more notes nothing."""
    values = {name: getattr(performer, name) for name in Performer.__slots__}
    fence = {"whose": performer.number, "mine": performer.epoch}
    if _NOTE.on(conn, fence | values).rowcount:
        return
    if conn.execute(_NEWEST).scalar_one() == performer.epoch:
        conn.execute(insert(performers), values)


_NEWEST = select(studio.c.epoch)
_NOTE = Prepared(
    update(performers).where(
        performers.c.number == bindparam("whose"), _NEWEST.scalar_subquery() == bindparam("mine")
    )
)


def clear(conn: Connection) -> None:
    """A steward comes or goes: nobody performs."""
    conn.execute(delete(performers))


def all_of_them(conn: Connection) -> tuple[Performer, ...]:
    """Who performs, by number?"""
    rows = conn.execute(select(performers).order_by(performers.c.number)).mappings()
    return tuple(Performer(**row) for row in rows)
