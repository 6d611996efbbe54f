"""The line as statements: whose turn it is, and claiming it.

`fairness` decides; here stands how what it needs is read, and how its answer is written. A turn reads a few rows of
each class, whether ten people wait or a hundred thousand. Each function is a part of the caller's one transaction.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, bindparam, func, select, text, union_all

from uncaged.archive import runs
from uncaged.archive.line_tables import turns
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import Kind, Lane, people
from uncaged.archive.tables import runs as run_table
from uncaged.queue import charging, estimate
from uncaged.queue.fairness import COLD, Choice, Head, Warm, choose, spent
from uncaged.queue.turns import Rules


@dataclass(frozen=True, slots=True)
class Able:
    """What a performer can do. models: None for every one. has: what it offers of what a run may need, as numbers.

    away: only what is performed elsewhere, or nothing of that; None for both. full: models of which it has as many in
    hand as it can.
    """

    lane: Lane = "interactive"
    device: str = "cpu"
    models: frozenset[str] | None = None
    has: Mapping[str, float] | None = None
    away: bool | None = None
    full: frozenset[str] = frozenset()

    def can(self, model: str, needs: str) -> bool:
        """Whether it could perform such a run: each number it needs is there, and as large."""
        if model in self.full or (self.models is not None and model not in self.models):
            return False
        wanted: dict[str, object] = json.loads(needs)
        has = self.has or {}
        return all(
            isinstance(value, int | float) and has.get(name, 0.0) >= value
            for name, value in wanted.items()
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """When a turn is given, and under which steward. wall: the machine's time, now: the line's (both µs)."""

    epoch: int
    wall: int
    now: int


def somebody_waits(conn: Connection, lane: Lane) -> bool:
    """Whether anybody stands in this lane who could begin: a quick look, before a turn is given."""
    return _SOMEBODY.on(conn, {"in_lane": lane}).first() is not None


_HERE = turns.c.lane == bindparam("in_lane")
_SOMEBODY = Prepared(select(turns.c.run_id).where(_HERE).limit(1))
_A_SORT = select(turns.c.model, turns.c.needs).where(_HERE)
_IN_ORDER = (turns.c.model, turns.c.needs)
_FIRST_SORT = Prepared(_A_SORT.order_by(*_IN_ORDER).limit(1))
_ALIKE = _A_SORT.where(turns.c.model == bindparam("called"), turns.c.needs > bindparam("needing"))
_BEYOND = _A_SORT.where(turns.c.model > bindparam("called"))
_NEXT_SORT = Prepared(
    union_all(*(select(way.order_by(*_IN_ORDER).limit(1).subquery()) for way in (_ALIKE, _BEYOND)))
)
"""Two seeks, where one comparison of both would read every turn of the sort before."""

_GOING = Prepared(
    select(run_table.c.person_id, people.c.kind, func.count().label("runs"))
    .join(people, people.c.id == run_table.c.person_id)
    .where(text("runs.state = 'in_progress'"), run_table.c.lane == bindparam("in_lane"))
    .group_by(run_table.c.person_id, people.c.kind)
)


def next_turn(
    conn: Connection, rules: Rules, able: Able, now: int, warm: Warm = COLD
) -> Choice | None:
    """Whose turn is it on this performer? `now`: the line's time (µs). None: nobody waits whom it could serve."""
    able_to = fitting(conn, able)
    if not able_to:
        return None
    busy = at_their_most(conn, rules, able.lane)
    heads = _heads(conn, able.lane, able_to, busy)
    if not heads:
        return None
    kinds = {head.kind for head in heads}
    classes = {
        kind: rules.rank_of_class(kind, charging.use(conn, able.lane, kind)) for kind in kinds
    }
    left = charging.credit(conn, able.lane)
    loading = charging.loading(conn, able.device)
    return choose(heads, classes, rules.terms, now, left, warm, loading)


def claim(
    conn: Connection,
    choice: Choice,
    rules: Rules,
    able: Able,
    warm: Warm,
    moment: Moment,
) -> tuple[runs.Run, float] | None:
    """The steward takes the chosen run; its person is charged what it should take, and the loading of its model.

    Returns the run and the device-seconds charged, or None where
    somebody was faster: read again, choose again.
    """
    run = runs.claim(conn, choice.head.run, moment.epoch, moment.wall)
    if run is None:
        return None
    left = spent(charging.credit(conn, able.lane), rules.terms, choice.because)
    charging.earn(conn, able.lane, left)
    warmed = run.model in warm.models
    loading = 0.0 if warmed else charging.loading(conn, able.device).get(run.model, 0.0)
    return run, charging.charge(conn, run, rules, moment.now, loading)


def fitting(conn: Connection, able: Able) -> list[tuple[str, str]]:
    """The kinds of runs that wait and that a performer could perform, by model and needs."""
    found = [sort for sort in sorts(conn, able.lane) if able.can(*sort)]
    if able.away is None:
        return found
    return [sort for sort in found if estimate.is_away(conn, sort[0]) == able.away]


def sorts(conn: Connection, lane: Lane) -> list[tuple[str, str]]:
    """Which kinds of runs wait, by model and needs: a step per kind, not per run."""
    found: list[tuple[str, str]] = []
    while True:
        here: dict[str, str] = {"in_lane": lane}
        if found:
            here |= {"called": found[-1][0], "needing": found[-1][1]}
        rows = (_NEXT_SORT if found else _FIRST_SORT).on(conn, here).all()
        if not rows:
            return found
        found.append(min((row.model, row.needs) for row in rows))


def going(conn: Connection, lane: Lane) -> list[tuple[str, str, int]]:
    """Who has runs in progress, of which class they are, and how many they have."""
    found = _GOING.on(conn, {"in_lane": lane})
    return [(row.person_id, row.kind, row.runs) for row in found]


def at_their_most(conn: Connection, rules: Rules, lane: Lane) -> list[str]:
    """Who has as many runs in progress as their class may."""
    return [
        person
        for person, kind, many in going(conn, lane)
        if (most := rules.most_running.get(kind)) is not None and many >= most
    ]


_NOT_BUSY = "person_id NOT IN (SELECT value FROM json_each(:busy))"
_SORT = "lane = :lane AND model = :model AND needs = :needs"
_ONE_OF_EACH = [
    f"SELECT person_id FROM turns WHERE {_SORT} AND kind = '{kind}' AND {_NOT_BUSY} ORDER BY level, stood, run_id"  # noqa: S608
    for kind in get_args(Kind)
] + [f"SELECT person_id FROM turns WHERE {_SORT} AND newcomer = 1 AND {_NOT_BUSY} ORDER BY stood"]  # noqa: S608
_CANDIDATES = Prepared(
    text(
        "SELECT * FROM turns WHERE lane = :lane AND person_id IN ("  # noqa: S608 - of constants alone
        + " UNION ".join(f"SELECT person_id FROM ({one} LIMIT 1)" for one in _ONE_OF_EACH)  # noqa: S608
        + ")"
    )
)
"""Of each class the person of least level, and the oldest newcomer, with every turn that is theirs."""


def _heads(
    conn: Connection, lane: Lane, able_to: Sequence[tuple[str, str]], busy: list[str]
) -> list[Head]:
    """What `fairness.choose` wants to see: of each class and sort the least level, and the oldest newcomer."""
    found: dict[str, Head] = {}
    for model, needs in able_to:
        values = {"lane": lane, "model": model, "needs": needs, "busy": json.dumps(busy)}
        for row in _CANDIDATES.on(conn, values).mappings():
            if (row["model"], row["needs"]) in able_to:
                found[row["run_id"]] = head(row)
    return list(found.values())


def head(row: Fields) -> Head:
    """What `fairness.choose` wants to see of a row of `turns`."""
    return Head(
        row["run_id"],
        row["person_id"],
        row["kind"],
        row["model"],
        row["level"],
        row["stood"],
        row["own_priority"],
        bool(row["newcomer"]),
    )
