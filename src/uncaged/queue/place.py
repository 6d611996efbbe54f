"""Where somebody stands, how long it may take, and why: the line played forward in memory from what is known now.

Computed when somebody asks; nothing about places is stored. The first `EXACT` places are played out by the very rule
that gives the turns, beyond them a place is counted and called "about".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from sqlalchemy import Connection, RowMapping, func, select

from uncaged.archive import line_time
from uncaged.archive.line_tables import performers
from uncaged.archive.tables import Lane
from uncaged.archive.tables import runs as run_table
from uncaged.queue import charging, line
from uncaged.queue.ahead import Ahead
from uncaged.queue.fairness import COLD, SECOND, Choice, Warm
from uncaged.queue.turns import Rules, Turns, Waiting

EXACT = 1000
"""Places that are played out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands: 1 is next. starts: seconds until it begins, if all goes as expected. about: counted only.

    choice: by which rule its turn will come; None where it was counted.
    """

    run: str
    person: str
    kind: str
    place: int
    starts: float
    seconds: float
    about: bool = False
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A line as it will probably go, in its order. waiting: all runs in it, also those that cannot be begun yet.

    performers: how many there are, 0 where nobody performs now. uses: what people and classes had used. now: when it
    was looked at, by the line's clock (µs).
    """

    lane: Lane
    now: int
    places: tuple[Place, ...]
    waiting: int
    performers: int
    uses: Mapping[str, float] = field(default_factory=dict[str, float])

    def of(self, run_id: str) -> Place | None:
        """A run's place among those that were played out."""
        return next((place for place in self.places if place.run == run_id), None)


def foresee(
    conn: Connection,
    rules: Rules,
    wall: int,
    lane: Lane = "interactive",
    limit: int = EXACT,
    newcomer: Waiting | None = None,
) -> Foreseen:
    """The line as it will go. wall: the machine's time (µs). newcomer: a run that somebody might ask for now."""
    now = line_time.read(conn, wall)
    slots = _slots(conn, lane, wall)
    ahead = Ahead(conn, lane, limit)
    uses, begun = ahead.uses(() if newcomer is None else (newcomer.person,))
    turn = Turns(rules, uses, begun, charging.credit(conn, lane))
    for waiting in ahead.first():
        turn.add(waiting)
    if newcomer is not None:
        turn.add(replace(newcomer, stood=now))
    for person, kind, going in line.going(conn, lane):
        turn.busy(person, kind, going)
    places = tuple(_played(turn, slots, _ends(conn, lane, wall), ahead, now, limit))
    counted = select(func.count()).where(run_table.c.state == "queued", run_table.c.lane == lane)
    used = {who: use.left(now, rules.half_life) for who, use in uses.items()}
    there = len([slot for slot in slots if slot.real])
    return Foreseen(lane, now, places, conn.execute(counted).scalar_one(), there, used)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A performer: when it is free (seconds from now), and what it has loaded.

    loading: seconds that each model takes to load on its device.
    """

    free: float
    warm: Warm = COLD
    loading: Mapping[str, float] = field(default_factory=dict[str, float])
    real: bool = True


def _slots(conn: Connection, lane: Lane, wall: int) -> list[_Slot]:
    """The performers that there are; one that is imagined where nobody performs."""
    found = conn.execute(
        select(performers, run_table.c.estimated_seconds, run_table.c.began)
        .outerjoin(run_table, run_table.c.id == performers.c.run_id)
        .where(performers.c.lane == lane)
    ).mappings()
    slots = [_slot(conn, row, wall) for row in found]
    return slots or [_Slot(0.0, real=False)]


def _slot(conn: Connection, row: RowMapping, wall: int) -> _Slot:
    warm = COLD if row["model"] is None else Warm(frozenset((row["model"],)))
    free = 0.0 if row["run_id"] is None else _left(row["estimated_seconds"], row["began"], wall)
    return _Slot(free, warm, charging.loading(conn, row["device"]))


def _ends(conn: Connection, lane: Lane, wall: int) -> list[tuple[float, str]]:
    """When each run in progress will probably end (seconds from now), and whose it is."""
    going = select(run_table.c.person_id, run_table.c.estimated_seconds, run_table.c.began).where(
        run_table.c.state == "in_progress", run_table.c.lane == lane
    )
    return [
        (_left(row.estimated_seconds, row.began, wall), row.person_id)
        for row in conn.execute(going)
    ]


def _left(expected: float | None, began: int, wall: int) -> float:
    takes = charging.GUESS if expected is None else expected
    return max(0.0, takes - max(0, wall - began) / SECOND)


def _played(
    turn: Turns,
    slots: Sequence[_Slot],
    ends: list[tuple[float, str]],
    ahead: Ahead,
    now: int,
    limit: int,
) -> Iterator[Place]:
    """Turn after turn, each on the performer that is free first."""
    free = [(slot.free, n, slot.warm) for n, slot in enumerate(slots)]
    heapify(free)
    heapify(ends)
    place = 0
    while place < limit:
        at, n, warm = heappop(free)
        while ends and ends[0][0] <= at:
            turn.finish(heappop(ends)[1])
        begun = turn.start(now + int(at * SECOND), warm, slots[n].loading)
        if begun is None:
            if not ends:  # nobody waits, or nobody ever can begin
                return
            heappush(free, (ends[0][0], n, warm))  # whoever waits has as many in hand as they may
            continue
        run, choice, warm = begun
        place += 1
        yield Place(run.run, run.person, run.kind, place, at, run.seconds, choice=choice)
        for waiting in ahead.after(run):
            turn.add(waiting)
        heappush(free, (at + run.seconds, n, warm))
        heappush(ends, (at + run.seconds, run.person))
