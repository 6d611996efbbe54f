"""Reading the beginning of a line: only the runs whose turn could come within so many places.

Knows no rule; `place` plays forward what is read here.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, get_args

from sqlalchemy import Connection, RowMapping, select

from uncaged.archive.line_tables import turns
from uncaged.archive.line_tables import uses as use_table
from uncaged.archive.tables import Kind, Lane, people
from uncaged.archive.tables import runs as run_table
from uncaged.queue.charging import GUESS
from uncaged.queue.fairness import Use
from uncaged.queue.line import sorts
from uncaged.queue.turns import Waiting

FEWEST, MOST = 2, 8
"""Runs of one person that are read at first, fewer where many people wait; whoever gets more turns is read again."""

_SLICE = 400
"""People that are named in one statement."""

_COLUMNS = (
    run_table.c.id,
    run_table.c.person_id,
    run_table.c.model,
    run_table.c.needs,
    run_table.c.estimated_seconds,
    run_table.c.stood,
    run_table.c.own_priority,
    people.c.kind,
)


class Ahead:
    """The runs at the beginning of one lane's line. limit: places that are to be played out."""

    def __init__(self, conn: Connection, lane: Lane, limit: int) -> None:
        self._conn, self._limit = conn, limit
        self._lane: Lane = lane
        self._people = self._whose_turn_could_come()
        self._each = max(FEWEST, min(MOST, 2 * limit // max(1, len(self._people))))
        self._read: dict[tuple[str, str], list[Waiting]] = {}
        self._begun: dict[tuple[str, str], int] = {}

    def first(self) -> Iterator[Waiting]:
        """The first few runs of each person whose turn could come."""
        r, t = run_table, turns
        theirs = (
            _ready(select(r.c.id).where(r.c.lane == t.c.lane, r.c.person_id == t.c.person_id))
            .where(r.c.model == t.c.model, r.c.needs == t.c.needs)
            .limit(self._each)
            .correlate(t)
        )
        for some in _slices(self._people):
            rows = (
                select(*_COLUMNS)
                .select_from(t)
                .join(r, r.c.id.in_(theirs))
                .join(people, people.c.id == r.c.person_id)
                .where(t.c.lane == self._lane, t.c.person_id.in_(some))
            )
            for row in self._conn.execute(rows).mappings().all():
                yield self._note(row)

    def after(self, begun: Waiting) -> Iterator[Waiting]:
        """What has to be read once this one has begun: its person's next, where all that were read are through."""
        key = (begun.person, begun.sort)
        self._begun[key] = self._begun.get(key, 0) + 1
        read = self._read.get(key, [])
        if self._begun[key] < len(read) or len(read) % self._each:
            return
        r = run_table
        mine = _ready(select(*_COLUMNS).join(people, people.c.id == r.c.person_id)).where(
            r.c.lane == self._lane, r.c.person_id == begun.person, r.c.model == begun.model
        )
        more = mine.where(r.c.needs == begun.needs).offset(len(read)).limit(len(read))
        for row in self._conn.execute(more).mappings().all():
            yield self._note(row)

    def uses(self, also: Sequence[str] = ()) -> tuple[dict[str, Use], frozenset[str]]:
        """What the classes and everybody whose turn could come have used; of whom something was begun. also: others."""
        found: dict[str, Use] = {}
        begun: set[str] = set()
        kinds = list(get_args(Kind))
        for some in _slices([*self._people, *kinds, *also]):
            rows = select(use_table).where(
                use_table.c.lane == self._lane, use_table.c.who.in_(some)
            )
            for row in self._conn.execute(rows).mappings():
                found[row["who"]] = Use(row["seconds"], row["counted"])
                if row["begun"]:
                    begun.add(row["who"])
        return found, frozenset(begun)

    def _whose_turn_could_come(self) -> list[str]:
        """Of each class the least used, and the oldest newcomers."""
        t, found = turns, set[str]()
        for (model, needs), kind in product(sorts(self._conn, self._lane), get_args(Kind)):
            such = select(t.c.person_id).where(
                t.c.lane == self._lane, t.c.model == model, t.c.needs == needs
            )
            order = (t.c.level, t.c.stood, t.c.run_id)
            least = such.where(t.c.kind == kind).order_by(*order).limit(self._limit)
            new = such.where(t.c.newcomer == 1).order_by(t.c.stood).limit(self._limit)
            for wanted in (least, new):
                found |= set(self._conn.execute(wanted).scalars())
        return sorted(found)

    def _note(self, row: RowMapping) -> Waiting:
        takes = GUESS if row["estimated_seconds"] is None else row["estimated_seconds"]
        waiting = Waiting(
            row["id"],
            row["person_id"],
            row["kind"],
            row["model"],
            takes,
            row["stood"],
            row["own_priority"],
            row["needs"],
        )
        self._read.setdefault((waiting.person, waiting.sort), []).append(waiting)
        return waiting


def _ready(wanted: Any) -> Any:  # a Select of any columns: its type names them one by one
    """Of these runs those that could begin now, in the order of their person's wish."""
    r = run_table
    free = wanted.where(r.c.state == "queued", r.c.paused.is_(None), r.c.blocked.is_(None))
    return free.order_by(r.c.own_priority.desc(), r.c.stood, r.c.id)


def _slices(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _SLICE):
        yield names[start : start + _SLICE]
