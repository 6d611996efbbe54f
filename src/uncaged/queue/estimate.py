"""How long a run will probably take: from what such runs took here before, never from a promise.

Device-seconds of a model grow with what its engine says a score costs; of the last runs those nearest in cost count.
Knows no line.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from sqlalchemy import Connection, bindparam, select, text

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import models, runs
from uncaged.core.errors import UncagedError
from uncaged.core.score import Score
from uncaged.engines.registry import families

LOOKED_AT = 60
"""Completed runs of the model that are looked at, the last ones."""

BACK, BANDS, OF_EACH = 2_000, (1.0, 4.0, 16.0, 64.0), 15
"""And of so many before them the last few that took at least so many seconds: however many short films somebody makes,
what a long one takes is not forgotten."""

COUNTED, ALIKE = 15, 4.0
"""Of these, how many nearest in cost are counted; where some cost so many times as much or as little at most, these
alone."""

PACE = 1.0
"""Seconds for a cost of 1, a million pixels, of a model that has not performed here yet."""

FARTHEST = 16.0
"""How many times as long a dearer film is thought to take as one that was made, at most."""

TOO_FAR = 20.0
"""How many times as dear as all that was made a film may be, at most, for a figure of how long it takes to be said."""

LEAST = 0.25
"""Seconds that every run takes at least."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a model. runs: those that were completed, what each cost, as its engine reckons, and the
    device-seconds it took. family: whose engine performs it, where it is one of the studio's own. bytes: of memory, the
    most that one of the last of them took; None where none was measured."""

    runs: tuple[tuple[float, float], ...] = ()
    family: str = ""
    bytes: int | None = None


_LAST = Prepared(
    select(runs.c.id, runs.c.measured_seconds, runs.c.measured_bytes)
    .where(runs.c.state == "completed", runs.c.model == bindparam("called"))
    .where(runs.c.measured_seconds.is_not(None), runs.c.score.is_not(None))
    .order_by(runs.c.ended.desc(), runs.c.id)
    .limit(BACK)
)
_SCORES = Prepared(
    text("SELECT id, score FROM runs WHERE id IN (SELECT value FROM json_each(:wanted))")
)


_FAMILY = Prepared(
    select(models.c.engine).where(
        models.c.name == bindparam("called"),
        models.c.engine.is_not(None),
        models.c.removed.is_(None),
    )
)


def cost(score: Score, family: str = "") -> float:
    """What its engine says it costs beside others; its pixels where the engine is gone, or says what is no cost.

    family: whose engine it is, where the model is one of the studio's own.
    """
    player = families().get(family or score.model.name)
    said = score.pixels if player is None else player.cost(score)
    return max(1e-6, said if math.isfinite(said) else score.pixels)


def estimate(conn: Connection, score: Score, pace: float = PACE) -> float:
    """Device-seconds that this score will probably take. pace: see `PACE`."""
    return expected(past(conn, score.model.name), score, pace)


def estimates(conn: Connection, scores: Sequence[Score]) -> list[float]:
    """The same for many scores, in their order; what is known of each model is read once."""
    known = {name: past(conn, name) for name in {score.model.name for score in scores}}
    return [expected(known[score.model.name], score) for score in scores]


def past(conn: Connection, model: str) -> Past:
    """What the last runs of this model took, and the last long ones."""
    rows = _LAST.on(conn, {"called": model}).all()
    last = {row.id: row.measured_seconds for row in rows}
    held = [row.measured_bytes for row in rows if row.measured_bytes]
    most = max(held[:LOOKED_AT], default=0)
    names = list(last)[:LOOKED_AT]
    for least in BANDS:
        long = [name for name, seconds in last.items() if seconds >= least]
        names += long[:OF_EACH]
    scores = dict(_SCORES.on(conn, {"wanted": json.dumps(names)}).all())
    engine = family(conn, model)
    found = {name: _cost(scores[name], engine) for name in names if name in scores}
    runs = tuple((said, last[name]) for name, said in found.items() if said is not None)
    return Past(runs, engine, most or None)


def family(conn: Connection, model: str) -> str:
    """Whose engine performs a model of the studio's own; empty for one that comes with it."""
    own = _FAMILY.on(conn, {"called": model}).first()
    return "" if own is None else own.engine


def is_away(conn: Connection, model: str) -> bool:
    """Whether another machine performs it."""
    found = families().get(family(conn, model) or model)
    return found is not None and found.away


def expected(known: Past, score: Score, pace: float = PACE) -> float:
    """Device-seconds of this score, going by these runs of its model."""
    costs = cost(score, known.family)
    if not known.runs:  # a guess, by which nobody is to be turned away for a crowd alone
        return max(LEAST, min(costs, score.pixels * FARTHEST) * pace)
    near = sorted((max(said / costs, costs / said), said, seconds) for said, seconds in known.runs)
    alike = [one for one in near if one[0] <= ALIKE] or near
    nearest = [(said, seconds) for _far, said, seconds in alike[:COUNTED]]
    return max(LEAST, median(_grown(seconds, said, costs) for said, seconds in nearest))


def is_far(known: Past, score: Score) -> bool:
    """Whether a score is much dearer than all that was made: more than `ALIKE` times."""
    return bool(known.runs) and cost(score, known.family) > ALIKE * _dearest(known)


def roughly(known: Past, score: Score) -> float | None:
    """Device-seconds of a score that is much dearer than all that was made; None where it is more than `TOO_FAR` times
    as dear, or nothing was made: too little is known then.

    For whoever wants to know what awaits them: the line reckons with `expected`. What a film takes before its first
    pixel does not grow with it: where films of several costs were made, it is what remains of them at no cost, and
    where of one alone, nobody can tell it from the rest.
    """
    costs = cost(score, known.family)
    dearest = _dearest(known)
    if not known.runs or costs > TOO_FAR * dearest:
        return None
    said, took = _middle([one for one in known.runs if one[0] * ALIKE >= dearest])
    small = [one for one in known.runs if one[0] * ALIKE < dearest]
    fixed = 0.0
    if small:
        less, quick = _middle(small)
        fixed = min(max(0.0, (quick * said - took * less) / (said - less)), quick, took)
    return max(LEAST, fixed + (took - fixed) * costs / said)


def _dearest(known: Past) -> float:
    return max((said for said, _seconds in known.runs), default=0.0)


def _middle(made: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """What such films cost and took, each in the middle."""
    return median(said for said, _seconds in made), median(seconds for _said, seconds in made)


def _grown(seconds: float, said: float, costs: float) -> float:
    """What a film of that cost would take, if one of the cost `said` took so long.

    A film takes something before its first pixel, and a full picture takes more than an empty one: from a cheap film
    nobody knows much about a dear one, so that it is thought to take `FARTHEST` times as long at most.
    """
    if costs <= said:
        return seconds * costs / said
    return seconds * min(costs / said, FARTHEST)


@lru_cache(maxsize=16 * LOOKED_AT)
def _cost(kept: str, family: str) -> float | None:
    """The same of a kept score, read once; None where it cannot be read any more."""
    try:
        return cost(Score.from_json(json.loads(kept)), family)
    except (ValueError, KeyError, TypeError, UncagedError):
        return None
