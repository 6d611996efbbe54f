"""Passing: who begins beside runs of one model that a performer has in hand, though it is not free.

Whose turn it is, if that is a short one of the same model; else other short ones, as long as the policy lets a
performer stay with its model. `fairness` decides. Each function is a part of the caller's one transaction.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from sqlalchemy import Connection, text

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import Kind
from uncaged.engines.registry import families
from uncaged.queue import charging, estimate, line
from uncaged.queue.fairness import Choice, Head, Warm, pass_by
from uncaged.queue.line import Able
from uncaged.queue.turns import Rules

SHORT: Final = 2 / 3
"""A run is short beside others where it wants no more than this part of what each of them still needs."""

PEOPLE, EACH = 60, 20
"""Among so many people of each class who have used least, and so many runs of each, a short one is looked for."""


@dataclass(frozen=True, slots=True)
class Room:
    """For what there is room beside what is in hand: runs of this model that want so many device-seconds at most."""

    model: str
    seconds: float


def together(conn: Connection, model: str, said: int) -> int:
    """How many runs of a model a performer has in hand at most: as many as are said, or where that is 0 as it says."""
    if said:
        return said
    found = families().get(estimate.family(conn, model) or model)
    return 1 if found is None else found.slots


def passing(
    conn: Connection, rules: Rules, able: Able, now: int, warm: Warm, room: Room
) -> Choice | None:
    """Who begins there now? None: nobody, and the performer first brings to an end what it has."""
    able_to = line.fitting(conn, able)
    if not any(model == room.model for model, _needs in able_to):
        return None
    turn = line.next_turn(conn, rules, able, now)  # as on a performer that has nothing loaded
    if turn is None:
        return None
    short = _short(conn, rules, able, room, [s for s in able_to if s[0] == room.model])
    if turn.head.model == room.model and _is_short(conn, turn.head.run, room.seconds):
        short.append(turn.head)
    classes = {
        kind: rules.rank_of_class(kind, charging.use(conn, able.lane, kind))
        for kind in {head.kind for head in short}
    }
    return pass_by(turn, short, classes, rules.terms, warm)


_MAY = (
    "r.state = 'queued' AND r.paused IS NULL AND r.blocked IS NULL"
    " AND r.attempt = 1 AND r.score IS NOT NULL AND r.estimated_seconds <= :most"
)
"""Whoever came back to the line once has a performer for themselves: what happened then is not known."""

_IS_SHORT = Prepared(text(f"SELECT r.id FROM runs r WHERE r.id = :wanted AND {_MAY}"))  # noqa: S608 - of constants alone
_SHORTEST = Prepared(
    text(
        "SELECT r.id AS run_id, t.person_id, t.kind, t.model, t.level, r.stood, r.own_priority, t.newcomer"  # noqa: S608
        " FROM (SELECT * FROM turns WHERE lane = :lane AND model = :model AND needs = :needs AND kind = :kind"
        " AND person_id NOT IN (SELECT value FROM json_each(:busy))"
        f" ORDER BY level, stood, run_id LIMIT {PEOPLE}) t"
        " JOIN runs r ON r.id = (SELECT r.id FROM (SELECT * FROM runs WHERE lane = t.lane AND person_id = t.person_id"
        " AND model = t.model AND needs = t.needs AND state = 'queued' AND paused IS NULL AND blocked IS NULL"
        f" ORDER BY own_priority DESC, stood, id LIMIT {EACH}) r WHERE {_MAY} LIMIT 1)"
        " ORDER BY t.level, t.stood, t.run_id LIMIT 1"
    )
)
"""Of one class the person of least level who has a short run, and which of theirs it is."""


def _is_short(conn: Connection, run_id: str, most: float) -> bool:
    return _IS_SHORT.on(conn, {"wanted": run_id, "most": most}).first() is not None


def _short(
    conn: Connection, rules: Rules, able: Able, room: Room, able_to: Sequence[tuple[str, str]]
) -> list[Head]:
    """Of each class and sort whoever has used least, with the short run of theirs that they wish for most."""
    busy = json.dumps(line.at_their_most(conn, rules, able.lane))
    found: list[Head] = []
    for model, needs in able_to:
        for kind in get_args(Kind):
            sort = {"lane": able.lane, "model": model, "needs": needs, "kind": kind}
            values = sort | {"busy": busy, "most": room.seconds}
            found += [line.head(row) for row in _SHORTEST.on(conn, values).mappings()]
    return found
