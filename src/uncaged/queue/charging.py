"""What everybody has used: charged when a run begins, corrected when it ends, given back when it did not count.

Knows no order of turns. Each function is a part of the caller's one transaction; times are the line's, in µs.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from uncaged.archive import runs
from uncaged.archive.line_tables import charges, lanes, loads, uses
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Lane, people
from uncaged.archive.tables import runs as run_table
from uncaged.queue.fairness import Use
from uncaged.queue.turns import Rules

GUESS = 10.0
"""Seconds that a run is taken to last where nothing is known of it."""

_OURS = (uses.c.lane == bindparam("in_lane"), uses.c.who == bindparam("whose"))
_USED = Prepared(select(uses.c.seconds, uses.c.counted).where(*_OURS))
_USE_MORE = Prepared(
    update(uses)
    .where(*_OURS)
    .values(
        seconds=bindparam("now_used"),
        counted=bindparam("now_counted"),
        level=bindparam("now_level"),
        begun=func.max(0, uses.c.begun + bindparam("begins")),
    )
)
_KIND = Prepared(select(people.c.kind).where(people.c.id == bindparam("person")))
_CREDIT = Prepared(select(lanes.c.credit).where(lanes.c.lane == bindparam("in_lane")))
_EARN = Prepared(
    update(lanes).where(lanes.c.lane == bindparam("in_lane")).values(credit=bindparam("left"))
)
_LOADING = Prepared(select(loads.c.model, loads.c.seconds).where(loads.c.device == bindparam("on")))
_CHARGED = Prepared(
    select(charges.c.seconds, charges.c.charged).where(charges.c.run_id == bindparam("run"))
)
_CHARGE = Prepared(insert(charges))
_SETTLED = Prepared(delete(charges).where(charges.c.run_id == bindparam("run")))
"""Built once: to build a statement anew costs more than to execute it, and every turn needs them all."""


def charge(conn: Connection, run: runs.Run, rules: Rules, now: int, loading: float = 0.0) -> float:
    """Charges a run that has just been claimed to its person and their class. loading: seconds for its model.

    Returns the device-seconds that were charged.
    """
    expected = GUESS if run.estimated_seconds is None else run.estimated_seconds
    seconds = expected + loading
    kind = _kind(conn, run.person_id)
    for who in (run.person_id, kind):
        then = use(conn, run.lane, who).plus(seconds, now, rules.half_life)
        _use(conn, rules, run.lane, who, then, kind, 1)
    _SETTLED.on(conn, {"run": run.id})  # of an attempt that could not be settled
    _CHARGE.on(conn, {"run_id": run.id, "seconds": seconds, "charged": now})
    return seconds


def settle(conn: Connection, run: runs.Run, rules: Rules, used: float | None, now: int) -> None:
    """What a begun run really used (device-seconds); None gives everything back, as if it had not begun.

    A run that was not charged, or is settled already, changes nothing.
    """
    charged = _CHARGED.on(conn, {"run": run.id}).one_or_none()
    if charged is None:
        return
    kind = _kind(conn, run.person_id)
    more = (0.0 if used is None else used) - charged.seconds
    for who in (run.person_id, kind):
        had = use(conn, run.lane, who)
        then = had.corrected(more, charged.charged, now, rules.half_life)
        _use(conn, rules, run.lane, who, then, kind, -1 if used is None else 0)
    _SETTLED.on(conn, {"run": run.id})


def recover(conn: Connection, rules: Rules, epoch: int, wall: int, now: int) -> tuple[str, ...]:
    """A new steward: what older ones left in progress is back in line, and nobody pays for it.

    Whatever had ended without being settled stays charged as it was estimated.
    """
    left = (
        select(charges.c.run_id)
        .join(run_table, run_table.c.id == charges.c.run_id)
        .where(run_table.c.state == "in_progress", run_table.c.epoch < epoch)
    )
    for run_id in conn.execute(left).scalars().all():
        settle(conn, runs.get(conn, run_id), rules, None, now)
    conn.execute(delete(charges))
    return runs.recover(conn, epoch, wall)


def reckon(conn: Connection, rules: Rules) -> None:
    """After a change of policy: everybody's level by the new weights."""
    kinds = dict(conn.execute(select(people.c.id, people.c.kind)).all())
    for row in conn.execute(select(uses)).mappings().all():
        had = Use(row["seconds"], row["counted"])
        level = (
            rules.rank_of(row["who"], had)
            if row["who"] in kinds
            else rules.rank_of_class(row["who"], had)
        )
        conn.execute(
            update(uses)
            .where(uses.c.lane == row["lane"], uses.c.who == row["who"])
            .values(level=level)
        )


def use(conn: Connection, lane: Lane, who: str) -> Use:
    """What a person or a class has used in this lane."""
    found = _USED.on(conn, {"in_lane": lane, "whose": who}).one_or_none()
    return Use() if found is None else Use(found.seconds, found.counted)


def credit(conn: Connection, lane: Lane) -> float:
    """What is left of the guarantee for first films."""
    found = _CREDIT.on(conn, {"in_lane": lane}).scalar()
    return 0.0 if found is None else found


def loading(conn: Connection, device: str) -> dict[str, float]:
    """Seconds that each model takes to load on a device, as far as one knows."""
    return dict(_LOADING.on(conn, {"on": device}).all())


def loaded(conn: Connection, device: str, model: str, seconds: float) -> None:
    """A model took so long to load; the last times weigh most."""
    before = loading(conn, device).get(model)
    mean = seconds if before is None else 0.5 * before + 0.5 * seconds
    _put(conn, loads, {"device": device, "model": model}, {"seconds": mean})


def earn(conn: Connection, lane: Lane, left: float) -> None:
    """What is left of it from now on."""
    if not _EARN.on(conn, {"in_lane": lane, "left": left}).rowcount:
        conn.execute(insert(lanes), {"lane": lane, "credit": left})


def _kind(conn: Connection, person_id: str) -> str:
    return _KIND.on(conn, {"person": person_id}).scalar_one()


def _use(
    conn: Connection, rules: Rules, lane: Lane, who: str, now: Use, kind: str, begun: int
) -> None:
    level = rules.rank_of_class(who, now) if who == kind else rules.rank_of(who, now)
    values = {"now_used": now.seconds, "now_counted": now.at, "now_level": level, "begins": begun}
    if _USE_MORE.on(conn, {"in_lane": lane, "whose": who} | values).rowcount:
        return
    new = {"seconds": now.seconds, "counted": now.at, "level": level, "begun": max(0, begun)}
    conn.execute(insert(uses), {"lane": lane, "who": who} | new)


def _put(
    conn: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    where = [table.c[name] == value for name, value in key.items()]
    if not conn.execute(update(table).where(*where).values(**values)).rowcount:
        conn.execute(insert(table).values(**key, **values))
