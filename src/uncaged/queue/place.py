"""Where somebody stands, how long it may take, and why: the line played forward in memory from what is known now.

Computed when somebody asks; nothing about places is stored. The first `EXACT` places are played out by the very rule
that gives the turns, beyond them a place is counted and called "about".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from heapq import heapify, heappop, heappush

from sqlalchemy import Connection, RowMapping, func, select

from uncaged.archive import line_time
from uncaged.archive.line_tables import performers
from uncaged.archive.performers import AWAY, BESIDE
from uncaged.archive.tables import Lane
from uncaged.archive.tables import runs as run_table
from uncaged.queue import charging, estimate, line
from uncaged.queue.ahead import Ahead
from uncaged.queue.fairness import COLD, SECOND, Choice, Warm
from uncaged.queue.passing import SHORT, together
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
    slots: int = 0,
) -> Foreseen:
    """The line as it will go. wall: the machine's time (µs). newcomer: a run that somebody might ask for now.

    slots: how many runs of one model a performer has in hand at most; 0: as many as the model says.
    """
    now = line_time.read(conn, wall)
    there = _performers(conn, lane, wall, slots)
    ahead = Ahead(conn, lane, limit)
    uses, begun = ahead.uses(() if newcomer is None else (newcomer.person,))
    waits: dict[bool, list[Waiting]] = {False: [], True: []}
    away = cache(partial(estimate.is_away, conn))
    for waiting in ahead.first():
        waits[away(waiting.model)].append(waiting)
    if newcomer is not None:
        waits[away(newcomer.model)].append(replace(newcomer, stood=now))

    def played(which: bool, performing: Sequence[_There]) -> Iterator[Place]:
        turn = Turns(rules, uses, begun, charging.credit(conn, lane))
        for waiting in waits[which]:
            turn.add(waiting)
        for person, kind, going in line.going(conn, lane):
            turn.busy(person, kind, going)
        return _played(turn, performing, _ends(conn, lane, wall), ahead, now, limit)

    places = tuple(played(False, there))
    if waits[True]:
        places = _together(places, played(True, _away(conn, lane, wall)))[:limit]
    counted = select(func.count()).where(run_table.c.state == "queued", run_table.c.lane == lane)
    used = {who: use.left(now, rules.half_life) for who, use in uses.items()}
    real = sum(one.real for one in there)
    return Foreseen(lane, now, places, conn.execute(counted).scalar_one(), real, used)


def _together(some: Iterable[Place], others: Iterable[Place]) -> tuple[Place, ...]:
    """Two lines as one, by when each run begins."""
    both = sorted((*some, *others), key=lambda place: place.starts)
    return tuple(replace(place, place=n) for n, place in enumerate(both, 1))


@dataclass(frozen=True, slots=True)
class _There:
    """A performer: when it is free (seconds from now), and what it has loaded.

    loading: seconds that each model takes to load on its device. model, left: of the runs that it has in hand, what the
    one that needs least still needs. more: how many others of the model it could have in hand beside them.
    """

    free: float
    warm: Warm = COLD
    loading: Mapping[str, float] = field(default_factory=dict[str, float])
    real: bool = True
    model: str = ""
    left: float = 0.0
    more: int = 0


def _performers(conn: Connection, lane: Lane, wall: int, slots: int) -> list[_There]:
    """The performers that there are; one that is imagined where nobody performs."""
    found = conn.execute(
        select(performers, *_RUN)
        .outerjoin(run_table, run_table.c.id == performers.c.run_id)
        .where(performers.c.lane == lane, performers.c.device != AWAY)
        .order_by(performers.c.number)
    ).mappings()
    desks: dict[int, list[RowMapping]] = {}
    for row in found:
        desks.setdefault(row["number"] % BESIDE, []).append(row)
    there = [_there(conn, rows, wall, slots) for rows in desks.values()]
    return there or [_There(0.0, real=False)]


def _away(conn: Connection, lane: Lane, wall: int) -> list[_There]:
    """What other machines have in hand, each as a performer; where they have nothing, one that is free."""
    found = conn.execute(
        select(performers, *_RUN)
        .join(run_table, run_table.c.id == performers.c.run_id)
        .where(performers.c.lane == lane, performers.c.device == AWAY)
    ).mappings()
    return [_There(_left(row, wall)) for row in found] or [_There(0.0)]


_RUN = (
    run_table.c.estimated_seconds,
    run_table.c.began,
    run_table.c.progress_done,
    run_table.c.progress_total,
    run_table.c.attempt,
    run_table.c.model.label("performed"),
)


def _there(conn: Connection, rows: Sequence[RowMapping], wall: int, slots: int) -> _There:
    """One performer, by all its rows: it is free once whatever it has in hand is done."""
    loaded = rows[0]["model"]
    warm = COLD if loaded is None else Warm(frozenset((loaded,)))
    loading = charging.loading(conn, rows[0]["device"])
    held = [row for row in rows if row["run_id"] is not None]
    if not held:
        return _There(0.0, warm, loading)
    left = [_left(row, wall) for row in held]
    models = {row["performed"] for row in held}
    alone = len(models) > 1 or any(row["attempt"] > 1 for row in held)
    model = held[0]["performed"]
    more = 0 if alone else together(conn, model, slots) - len(held)
    return _There(sum(left), warm, loading, True, model, min(left), more)


def _ends(conn: Connection, lane: Lane, wall: int) -> list[tuple[float, str]]:
    """When each run in progress will probably end (seconds from now), and whose it is."""
    going = select(run_table.c.person_id, *_RUN).where(
        run_table.c.state == "in_progress", run_table.c.lane == lane
    )
    return [(_left(row, wall), row["person_id"]) for row in conn.execute(going).mappings()]


def _left(row: RowMapping, wall: int) -> float:
    """Seconds that a run in progress still needs: by the steps it has done, or before its first by the time."""
    takes = charging.GUESS if row["estimated_seconds"] is None else row["estimated_seconds"]
    if row["progress_done"]:
        return takes * max(0.0, 1 - row["progress_done"] / max(1, row["progress_total"]))
    return max(0.0, takes - max(0, wall - row["began"]) / SECOND)


def _played(
    turn: Turns,
    there: Sequence[_There],
    ends: list[tuple[float, str]],
    ahead: Ahead,
    now: int,
    limit: int,
) -> Iterator[Place]:
    """Whoever passes beside what is in progress, then turn after turn, each on the performer that is free first."""
    free: list[tuple[float, int, Warm]] = []
    place = 0
    for n, one in enumerate(there):
        at, warm = one.free, one.warm
        for run, choice, warmed in _passing(turn, one, now):
            place += 1
            at, warm = at + run.seconds, warmed
            yield Place(run.run, run.person, run.kind, place, 0.0, run.seconds, choice=choice)
            for waiting in ahead.after(run):
                turn.add(waiting)
            ends.append((run.seconds, run.person))
        free.append((at, n, warm))
    heapify(free)
    heapify(ends)
    while place < limit:
        at, n, warm = heappop(free)
        while ends and ends[0][0] <= at:
            turn.finish(heappop(ends)[1])
        begun = turn.start(now + int(at * SECOND), warm, there[n].loading)
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


def _passing(turn: Turns, one: _There, now: int) -> Iterator[tuple[Waiting, Choice, Warm]]:
    """Who begins at once beside what this performer has in hand; each leaves less room than there was."""
    left, warm = one.left, one.warm
    for _more in range(one.more):
        begun = turn.pass_by(now, warm, one.model, SHORT * left)
        if begun is None:
            return
        left, warm = min(left, begun[0].seconds), begun[2]
        yield begun
