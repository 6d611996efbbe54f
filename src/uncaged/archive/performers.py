"""The performers of the steward that is alive, as it last noted them. Knows nothing of processes."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from uncaged.archive.line_tables import performers
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Lane, studio

BESIDE = 1000
"""How much higher than its performer's own the number is of a run that is performed beside another, each time."""


AWAY = "elsewhere"
"""The device of what other machines perform."""


@dataclass(frozen=True, slots=True)
class Performer:
    """number: its own under the steward `epoch`; from `BESIDE` on, of one more run of the performer that has the rest.
    device: ``cpu``, ``cuda:0``. model: what it has loaded.

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

    @property
    def desk(self) -> int:
        """The number of the performer itself."""
        return self.number % BESIDE


def note(conn: Connection, performer: Performer) -> None:
    """How it stands now; a steward that is none any more notes nothing. What is done beside others has no row after."""
    if performer.number >= BESIDE and performer.run_id is None:
        mine = performers.c.epoch == performer.epoch
        conn.execute(delete(performers).where(performers.c.number == performer.number, mine))
        return
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
    """Who performs, by number? A performer that has several runs in hand comes several times: see `Performer.desk`."""
    rows = conn.execute(select(performers).order_by(performers.c.number)).mappings()
    return tuple(Performer(**row) for row in rows)
