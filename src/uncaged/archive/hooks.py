"""Webhooks: addresses that are told of the end of somebody's films, and what they are still to be told.

Knows no network; who tells them, and how often, is decided elsewhere.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from uncaged.archive.prepared import Prepared
from uncaged.archive.wire_tables import deliveries, hooks
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import is_id, new_id

EVENTS = ("video.completed", "video.failed")
MOST = 20
"""Webhooks of one person, at most."""

KEPT = 30 * 24 * 3600 * 1_000_000
"""Microseconds for which it is remembered what somebody was told."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Times are µs UTC. old_secret: the one before, which counts until old_until."""

    id: str
    person_id: str
    name: str
    url: str
    events: tuple[str, ...]
    secret: str
    old_secret: str | None
    old_until: int | None
    created: int
    updated: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is to be told. tries: how often that was tried."""

    id: str
    hook: Hook
    work_id: str
    event: str
    created: int
    tries: int


def new_secret() -> str:
    """24 random bytes, as Standard Webhooks writes them."""
    return "whsec_" + b64encode(secrets.token_bytes(24)).decode()


def add(
    conn: Connection, person_id: str, name: str, url: str, events: Sequence[str], now: int
) -> Hook:
    """A new webhook. `AskedWrong` where this person has as many as one may."""
    mine = select(func.count()).where(hooks.c.person_id == person_id)
    if conn.execute(mine).scalar_one() >= MOST:
        raise AskedWrong(f"You have {MOST} webhooks; that is the most.", "Delete one first.")
    row = {"id": new_id("hook"), "person_id": person_id, "name": name, "url": url}
    more = {"events": json.dumps(list(events)), "secret": new_secret()}
    conn.execute(insert(hooks).values(**row, **more, created=now, updated=now))
    return get(conn, person_id, row["id"])


def get(conn: Connection, person_id: str, hook_id: str) -> Hook:
    """A webhook of this person's; `NotFound` alike where it is not here and where it is somebody else's."""
    if is_id("hook", hook_id):
        wanted = select(hooks).where(hooks.c.id == hook_id, hooks.c.person_id == person_id)
        row = conn.execute(wanted).mappings().one_or_none()
        if row is not None:
            return _hook(row)
    raise NotFound(f"There is no webhook {hook_id[:60]!r} here.")


def of(conn: Connection, person_id: str) -> tuple[Hook, ...]:
    """All of this person's, the newest first."""
    wanted = select(hooks).where(hooks.c.person_id == person_id)
    rows = conn.execute(wanted.order_by(hooks.c.created.desc(), hooks.c.id)).mappings()
    return tuple(map(_hook, rows))


def change(
    conn: Connection, person_id: str, hook_id: str, values: Mapping[str, Any], now: int
) -> Hook:
    """Other values for name, url, events, secret, old_secret, old_until."""
    get(conn, person_id, hook_id)
    row = dict(values) | {"updated": now}
    if "events" in values:
        row["events"] = json.dumps(list(values["events"]))
    conn.execute(update(hooks).where(hooks.c.id == hook_id).values(**row))
    return get(conn, person_id, hook_id)


def remove(conn: Connection, person_id: str, hook_id: str) -> None:
    """It is told nothing any more."""
    get(conn, person_id, hook_id)
    conn.execute(delete(deliveries).where(deliveries.c.hook_id == hook_id))
    conn.execute(delete(hooks).where(hooks.c.id == hook_id))


def due(conn: Connection, now: int, limit: int) -> tuple[Delivery, ...]:
    """What is to be told by now: of each webhook what is due longest, and of each person one after the other in turn.

    So nobody's many messages, and nobody's many webhooks, stand before somebody else's first.
    """
    found = _DUE.on(conn, {"moment": now, "most": limit}).mappings()
    return tuple(
        Delivery(
            row["delivery_id"],
            _hook(row),
            row["work_id"],
            row["event"],
            row["happened"],
            row["tries"],
        )
        for row in found
    )


def _due() -> Prepared:
    oldest = (
        select(deliveries.c.hook_id, func.min(deliveries.c.due).label("moment"))
        .where(deliveries.c.due <= bindparam("moment"))
        .group_by(deliveries.c.hook_id)
        .subquery()
    )
    first = (
        select(func.min(deliveries.c.id))
        .where(deliveries.c.due == oldest.c.moment, deliveries.c.hook_id == oldest.c.hook_id)
        .scalar_subquery()
    )
    turn = func.row_number().over(
        partition_by=hooks.c.person_id, order_by=(oldest.c.moment, hooks.c.id)
    )
    next_ones = (
        select(*hooks.c, first.label("delivery_id"), oldest.c.moment, turn.label("turn"))
        .join(oldest, oldest.c.hook_id == hooks.c.id)
        .subquery()
    )
    return Prepared(
        select(
            next_ones,
            deliveries.c.created.label("happened"),
            deliveries.c.work_id,
            deliveries.c.event,
            deliveries.c.tries,
        )
        .join(deliveries, deliveries.c.id == next_ones.c.delivery_id)
        .order_by(next_ones.c.turn, next_ones.c.moment, next_ones.c.id)
        .limit(bindparam("most"))
    )


_DUE = _due()


def tried(conn: Connection, delivery_id: str, status: int | None, again: int | None) -> None:
    """It was tried. status: of the answer, None where there was none. again: when it is tried next, None for never."""
    conn.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(tries=deliveries.c.tries + 1, status=status, due=again)
    )


def forget(conn: Connection, now: int) -> int:
    """Forgets what was told long ago; returns how many."""
    old = (deliveries.c.due.is_(None), deliveries.c.created < now - KEPT)
    return conn.execute(delete(deliveries).where(*old)).rowcount


def _hook(row: RowMapping | Mapping[str, Any]) -> Hook:
    fields: dict[str, Any] = {name: row[name] for name in Hook.__slots__}
    fields["events"] = tuple(json.loads(row["events"]))
    return Hook(**fields)
