"""Runs asked for together: a grid, a long score. They stand in line one by one, and advance as their parts finish.

All of them are promised in one transaction, or none. What failed can be asked for again, alone: what was made is kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from uncaged.archive import groups, runs
from uncaged.archive.tables import runs as run_table
from uncaged.core.errors import AskedWrong
from uncaged.core.score import Score
from uncaged.engines.asking import Request
from uncaged.queue import admission, estimate, following, own
from uncaged.studio.making import Making, Place, ask_one, prepare

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

MOST = 1000
"""Runs of one group, at most."""


def ask(
    studio: "Studio",
    requests: Sequence[Request],
    model: str = "ink",
    kind: str = "grid",
    one_after_another: bool = False,
) -> groups.Group:
    """Puts all of them in line, in this order. one_after_another: each waits until the one before it is made.

    Raises `AskedWrong`, `TooMany`; nothing stands in line then.
    """
    if not 1 <= len(requests) <= MOST:
        raise AskedWrong(f"A group has 1 to {MOST:,} films, not {len(requests):,}.")
    prepared = [prepare(studio, request, model) for request in requests]
    with studio.archive.read() as conn:  # nothing slow while others wait to write
        seconds = estimate.estimates(conn, [_score(making) for making in prepared])
    parts = list(zip(prepared, seconds, strict=True))
    return studio.commit(lambda conn: _ask(conn, studio, parts, kind, one_after_another))


def _ask(
    conn: Connection,
    studio: "Studio",
    parts: list[tuple[Making, float]],
    kind: str,
    chained: bool,
) -> groups.Group:
    now = studio.clock.now()
    policy = following.look(conn, studio.policy).policy
    bounds = admission.bounds_of(conn, policy, studio.person)
    for making, seconds in parts:
        admission.check_size(bounds, _score(making), seconds)
    longest = max(seconds for _, seconds in parts)
    admission.check_count(conn, bounds, studio.person, len(parts), longest, now)
    group = groups.add(conn, studio.person, kind, now)
    before: tuple[str, ...] = ()
    for n, (making, seconds) in enumerate(parts):
        run = ask_one(conn, studio, making, Place(seconds, before, group.id, n))
        before = (run.id,) if chained else ()
    return groups.get(conn, group.id)


def _score(making: Making) -> Score:
    assert making.score is not None
    return making.score


def again(studio: "Studio", run_id: str) -> tuple[runs.Run, ...]:
    """Asks again for a run that failed or was cancelled, and for what failed only because it came after it.

    What was made stays as it is. Raises `NotFound`, `AskedWrong` where there is nothing to ask again.
    """
    with studio.archive.read() as conn:  # nothing slow while others wait to write
        first = own.own(conn, studio.person, run_id)
        _refuse(conn, first)
        old = [first, *_failed_with(conn, first)]
        scores = [_kept_score(run) for run in old]
        parts = list(map(_Anew, old, scores, estimate.estimates(conn, scores)))
    return studio.commit(lambda conn: _again(conn, studio, parts))


@dataclass(frozen=True, slots=True)
class _Anew:
    """A run that is to be asked for again. seconds: what it should take."""

    old: runs.Run
    score: Score
    seconds: float


def _kept_score(run: runs.Run) -> Score:
    if run.score is None:
        raise AskedWrong(f"The words of {run.id} were deleted.", "Make a new one instead.")
    return run.score


def _again(conn: Connection, studio: "Studio", parts: Sequence[_Anew]) -> tuple[runs.Run, ...]:
    _refuse(conn, parts[0].old)  # once more: somebody may have been faster
    now = studio.clock.now()
    bounds = admission.bounds_of(conn, following.look(conn, studio.policy).policy, studio.person)
    for part in parts:
        admission.check_size(bounds, part.score, part.seconds)
    longest = max(part.seconds for part in parts)
    admission.check_count(conn, bounds, studio.person, len(parts), longest, now)
    new: dict[str, str] = {}
    asked: list[runs.Run] = []
    for part in parts:
        old = part.old
        after = tuple(new.get(name, name) for name in old.after)
        making = Making(model=old.model, score=part.score)
        place = Place(part.seconds, after, old.group_id, old.group_order)
        asked.append(ask_one(conn, studio, making, place))
        new[old.id] = asked[-1].id
    return tuple(asked)


def _refuse(conn: Connection, first: runs.Run) -> None:
    """What did not fail; and the same film, asked for later by the same person, that is made or on its way."""
    if first.state not in ("failed", "cancelled"):
        raise AskedWrong(
            f"The run {first.id} neither failed nor was cancelled.",
            "Only such a one is asked for again.",
        )
    later = select(run_table.c.id).where(
        run_table.c.person_id == first.person_id,
        run_table.c.score_hash == first.score_hash,
        run_table.c.stood > first.stood,
        run_table.c.state.in_(("queued", "in_progress", "completed")),
    )
    found = conn.execute(later.limit(1)).scalar()
    if found is not None:
        raise AskedWrong(f"{first.id} was asked for again already: {found}.")


def _failed_with(conn: Connection, first: runs.Run) -> list[runs.Run]:
    """Runs of the same person that failed because they come after this one, however far, in their order."""
    mine = select(run_table.c.id, run_table.c.after).where(
        run_table.c.person_id == first.person_id,
        run_table.c.state == "failed",
        run_table.c.began.is_(None),
        run_table.c.after != "[]",
        run_table.c.asked >= first.asked,
    )
    gone, found = {first.id}, list[str]()
    waiting = conn.execute(mine.order_by(run_table.c.stood, run_table.c.id)).all()
    for row in waiting:
        if gone & set(json.loads(row.after)):
            gone.add(row.id)
            found.append(row.id)
    if len(found) >= MOST:
        raise AskedWrong(
            f"{len(found) + 1:,} films would be asked for again; {MOST:,} are possible at once.",
            "Ask for them anew, as several groups.",
        )
    return [runs.get(conn, name) for name in found]
