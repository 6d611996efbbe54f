"""Runs asked for together: a grid, a long score. They stand in line one by one, and advance as their parts finish.

All of them are promised in one transaction, or none. What failed can be asked for again, alone: what was made is kept.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from uncaged.archive import groups, runs
from uncaged.archive.tables import FINISHED, Lane
from uncaged.archive.tables import runs as run_table
from uncaged.core.errors import AskedWrong
from uncaged.core.score import MAX_SEED, Score
from uncaged.core.words import _
from uncaged.engines.asking import Request
from uncaged.queue import admission, estimate, following, own
from uncaged.studio.making import (
    OTHER_SORT,
    Making,
    Place,
    ask_one,
    following_mine,
    is_same_film,
    prepare,
)

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

MOST = 1000
"""Runs of one group, at most."""

AT_ONCE = 50
"""Runs that are cancelled in one commit."""

UNMADE = ("failed", "cancelled")
"""How a run stands that may be asked for again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a group is to stand in line. kind: what the runs are together, in a word. chained: each waits until the one
    before it is made. after: runs or works of one's own that all of them wait for. group_id: where the same asking must
    not make two."""

    kind: str = "grid"
    chained: bool = False
    after: tuple[str, ...] = ()
    lane: Lane = "interactive"
    group_id: str | None = None


GRID = Terms()
"""Each by itself, in the line of films."""


def ask(
    studio: "Studio",
    requests: Sequence[Request],
    model: str = "ink",
    terms: Terms = GRID,
) -> groups.Group:
    """Puts all of them in line, in this order.

    Raises `AskedWrong`, `TooMany`; nothing stands in line then.
    """
    _check_count(len(requests))
    parts = [prepare(studio, request, model) for request in requests]
    return put_in_line(studio, parts, terms)


def with_seeds(making: Making, count: int) -> list[Making]:
    """So many of one prepared film, one seed after the other. Ids that it has are the first one's."""
    _check_count(count)
    score = _score(making)
    if score.seed + count - 1 > MAX_SEED:
        raise AskedWrong(
            _("There are no %(count)s seeds from %(seed)s on.")
            % {"count": f"{count:,}", "seed": score.seed},
            _("Begin with a smaller one."),
        )
    return [
        replace(making, ids=None if n else making.ids, score=replace(score, seed=score.seed + n))
        for n in range(count)
    ]


def put_in_line(studio: "Studio", parts: Sequence[Making], terms: Terms) -> groups.Group:
    """What is prepared is asked for together. Raises as `ask` does."""
    with studio.archive.read() as conn:  # nothing slow while others wait to write
        seconds = expected(conn, parts)
    return studio.commit(lambda conn: promise(conn, studio, parts, seconds, terms))


def expected(conn: Connection, parts: Sequence[Making]) -> list[float]:
    """Device-seconds that each should take."""
    return estimate.estimates(conn, [_score(making) for making in parts])


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST:
        raise AskedWrong(
            _("A group has 1 to %(most)s films, not %(count)s.")
            % {"most": f"{MOST:,}", "count": f"{count:,}"}
        )


def promise(
    conn: Connection,
    studio: "Studio",
    parts: Sequence[Making],
    seconds: Sequence[float],
    terms: Terms,
) -> groups.Group:
    """All of them are asked for, in the caller's transaction. seconds: what each should take.

    Ids of the first one, where it has some, tell that the same asking was one film alone before.
    """
    known = None if terms.group_id is None else groups.find(conn, terms.group_id)
    if known is not None:
        return _same(conn, studio, known, parts, terms)
    if parts[0].ids is not None and runs.find(conn, parts[0].ids[0]) is not None:
        raise AskedWrong(OTHER_SORT, "Use each for one asking only.")
    now = studio.clock.now()
    policy = following.look(conn, studio.policy).policy
    bounds = admission.bounds_of(conn, policy, studio.person)
    for making, takes in zip(parts, seconds, strict=True):
        admission.check_size(bounds, _score(making), takes)
    admission.check_count(conn, bounds, studio.person, len(parts), max(seconds), now)
    first = following_mine(conn, studio.person, terms.after)
    group = groups.add(conn, studio.person, terms.kind, now, terms.group_id)
    before = first
    for n, (making, takes) in enumerate(zip(parts, seconds, strict=True)):
        place = Place(takes, before, group.id, n, terms.lane)
        run = ask_one(conn, studio, replace(making, policy=policy), place)
        before = (run.id,) if terms.chained else first
    return groups.get(conn, group.id)


def _same(
    conn: Connection,
    studio: "Studio",
    known: groups.Group,
    parts: Sequence[Making],
    terms: Terms,
) -> groups.Group:
    """The group that was asked for before under this id, if it is the same films on the same terms."""
    there = _first_asked(conn, known)
    alike = len(there) == len(parts) and known.kind == terms.kind
    first = before = following_mine(conn, studio.person, terms.after)
    for run, making in zip(there, parts, strict=False):
        alike = alike and is_same_film(run, making)
        alike = alike and (run.after, run.lane) == (before, terms.lane)
        before = (run.id,) if terms.chained else first
    if not alike:
        raise AskedWrong(
            "This Idempotency-Key was used for other films before.", "Use each for one asking only."
        )
    return known


def _first_asked(conn: Connection, group: groups.Group) -> list[runs.Run]:
    """Its parts as they were asked for first, whatever was asked for again since."""
    found: dict[int | None, runs.Run] = {}
    for name in group.runs:
        run = runs.get(conn, name)
        found.setdefault(run.group_order, run)
    return list(found.values())


def _score(making: Making) -> Score:
    assert making.score is not None
    return making.score


def again(studio: "Studio", run_id: str) -> tuple[runs.Run, ...]:
    """Asks again for a run that failed or was cancelled, and for what failed only because it came after it.

    What was made stays as it is. Raises `NotFound`, `AskedWrong` where there is nothing to ask again.
    """
    with studio.archive.read() as conn:  # nothing slow while others wait to write
        first = own.own(conn, studio.person, run_id)
        _refuse_training(first)
        _refuse(conn, first)
        old = [first, *_failed_with(conn, first)]
        scores = [_kept_score(run) for run in old]
        parts = list(map(_Anew, old, scores, estimate.estimates(conn, scores)))
    return studio.commit(lambda conn: _again(conn, studio, parts))


def _refuse_training(run: runs.Run) -> None:
    if run.task is not None:
        raise AskedWrong(
            _("%(run)s is a training: it is not asked for again, it goes on.") % {"run": run.id},
            _("Say: uncaged train --on %(run)s") % {"run": run.id},
        )


@dataclass(frozen=True, slots=True)
class _Anew:
    """A run that is to be asked for again. seconds: what it should take."""

    old: runs.Run
    score: Score
    seconds: float


def _anew(conn: Connection, old: Sequence[runs.Run]) -> list[_Anew]:
    scores = [_kept_score(run) for run in old]
    return list(map(_Anew, old, scores, estimate.estimates(conn, scores)))


def _kept_score(run: runs.Run) -> Score:
    if run.score is None:
        raise AskedWrong(
            _("The words of %(run)s were deleted.") % {"run": run.id}, _("Make a new one instead.")
        )
    return run.score


def _again(conn: Connection, studio: "Studio", parts: Sequence[_Anew]) -> tuple[runs.Run, ...]:
    first = parts[0].old
    _refuse(conn, first)  # once more: somebody may have been faster
    newer = groups.replaced(conn, first.group_id) if first.group_id else dict[str, str]()
    return _ask_again(conn, studio, parts, newer)


def again_in(studio: "Studio", group_id: str) -> tuple[runs.Run, ...]:
    """Asks again for all of a group that failed or was cancelled, in their order; what was made stays as it is."""
    with studio.archive.read() as conn:
        groups.own(conn, studio.person, group_id)
        parts = _anew(conn, _unmade(conn, group_id))
    return studio.commit(lambda conn: _again_in(conn, studio, group_id, parts))


def _unmade(conn: Connection, group_id: str) -> list[runs.Run]:
    parts = groups.newest(conn, group_id)
    unmade = [run for run in parts if run.state in UNMADE and run.score is not None]
    if not unmade:
        raise AskedWrong(_("Nothing of this group failed or was cancelled."))
    return unmade


def _again_in(
    conn: Connection, studio: "Studio", group_id: str, parts: Sequence[_Anew]
) -> tuple[runs.Run, ...]:
    left = {run.id for run in _unmade(conn, group_id)}  # once more: somebody may have been faster
    wanted = [part for part in parts if part.old.id in left]
    return _ask_again(conn, studio, wanted, groups.replaced(conn, group_id))


def _ask_again(
    conn: Connection, studio: "Studio", parts: Sequence[_Anew], replaced: Mapping[str, str]
) -> tuple[runs.Run, ...]:
    """replaced: runs that were asked for again before, each with the newest of its part."""
    now = studio.clock.now()
    policy = following.look(conn, studio.policy).policy
    bounds = admission.bounds_of(conn, policy, studio.person)
    for part in parts:
        admission.check_size(bounds, part.score, part.seconds)
    longest = max((part.seconds for part in parts), default=0.0)
    admission.check_count(conn, bounds, studio.person, len(parts), longest, now)
    new = dict(replaced)
    asked: list[runs.Run] = []
    for part in parts:
        old = part.old
        after = tuple(_stands_for(conn, _newest(name, new)) for name in old.after)
        making = Making(model=old.model, score=part.score, policy=policy)
        place = Place(part.seconds, after, old.group_id, old.group_order, old.lane)
        asked.append(ask_one(conn, studio, making, place))
        new[old.id] = asked[-1].id
    return tuple(asked)


def _stands_for(conn: Connection, name: str) -> str:
    """This run, or the one that was asked for in its place since, where it failed or was cancelled."""
    run = runs.get(conn, name)
    return name if run.state not in UNMADE else _asked_since(conn, run) or name


def _newest(name: str, new: Mapping[str, str]) -> str:
    while name in new:
        name = new[name]
    return name


def cancel_in(studio: "Studio", group_id: str) -> tuple[str, ...]:
    """Cancels all of a group that is not over: what waits ends at once, what is performed is stopped by the steward."""
    with studio.archive.read() as conn:
        groups.own(conn, studio.person, group_id)
        states = groups.standing(conn, group_id)
    left = [name for name, state in states.items() if state not in FINISHED]
    left.reverse()  # the last first: none of them fails because another one went

    def cancel(conn: Connection, names: Sequence[str]) -> None:
        for name in names:
            runs.cancel(conn, name, studio.clock.now(), who=studio.person)

    for n in range(0, len(left), AT_ONCE):  # so that nobody else waits long for their own commit
        studio.commit(partial(cancel, names=left[n : n + AT_ONCE]))
    return tuple(reversed(left))


def _refuse(conn: Connection, first: runs.Run) -> None:
    """What did not fail; and the same film, asked for later by the same person, that is made or on its way."""
    if first.state not in UNMADE:
        raise AskedWrong(
            _("The run %(run)s neither failed nor was cancelled.") % {"run": first.id},
            _("Only such a one is asked for again."),
        )
    found = _asked_since(conn, first)
    if found is not None:
        raise AskedWrong(
            _("%(run)s was asked for again already: %(found)s.") % {"run": first.id, "found": found}
        )


def _asked_since(conn: Connection, first: runs.Run) -> str | None:
    """The same film, asked for later by the same person, that is made or on its way."""
    later = select(run_table.c.id).where(
        run_table.c.person_id == first.person_id,
        run_table.c.score_hash == first.score_hash,
        run_table.c.stood > first.stood,
        run_table.c.state.in_(("queued", "in_progress", "completed")),
    )
    return conn.execute(later.order_by(run_table.c.stood.desc()).limit(1)).scalar()


def _failed_with(conn: Connection, first: runs.Run) -> list[runs.Run]:
    """Runs of the same person that failed because they come after this one, however far, in their order.

    What somebody cancelled by hand stays cancelled until they ask for that itself.
    """
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
            _("%(count)s films would be asked for again; %(most)s are possible at once.")
            % {"count": f"{len(found) + 1:,}", "most": f"{MOST:,}"},
            _("Ask for them anew, as several groups."),
        )
    return [runs.get(conn, name) for name in found]
