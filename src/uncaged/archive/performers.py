"""The performers of the steward that is alive, as it last noted them. Knows nothing of processes."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from uncaged.archive.line_tables import performers
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
    newest = conn.execute(select(studio.c.epoch)).scalar_one()
    if newest != performer.epoch:
        return
    values = {name: getattr(performer, name) for name in Performer.__slots__}
    found = update(performers).where(performers.c.number == performer.number)
    if not conn.execute(found.values(values)).rowcount:
        conn.execute(insert(performers).values(values))


def clear(conn: Connection) -> None:
    """A steward comes or goes: nobody performs."""
    conn.execute(delete(performers))


def all_of_them(conn: Connection) -> tuple[Performer, ...]:
    """Who performs, by number?"""
    rows = conn.execute(select(performers).order_by(performers.c.number)).mappings()
    return tuple(Performer(**row) for row in rows)
