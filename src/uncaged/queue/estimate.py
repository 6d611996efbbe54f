"""How long a run will probably take: from what such runs took here before, never from a promise.

Device-seconds of a model grow with what its engine says a score costs; of the last runs those nearest in cost count.
Knows no line.
"""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, select

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import runs
from uncaged.core.errors import UncagedError
from uncaged.core.score import Score
from uncaged.engines.registry import engines

LOOKED_AT = 60
"""Completed runs of the model that are looked at, the last ones."""

COUNTED = 15
"""Of these, how many nearest in cost are counted."""

PACE = 1.0
"""Seconds for a cost of 1, a million pixels, of a model that has not performed here yet."""

FARTHEST = 16.0
"""How many times as long a dearer film is thought to take as one that was made, at most."""

LEAST = 0.25
"""Seconds that every run takes at least."""


Past: TypeAlias = tuple[tuple[float, float], ...]
"""Runs that were completed: what they cost, as their engine reckons, and the device-seconds they took."""

_PAST = Prepared(
    select(runs.c.measured_seconds, runs.c.score)
    .where(runs.c.state == "completed", runs.c.model == bindparam("called"))
    .where(runs.c.measured_seconds.is_not(None), runs.c.score.is_not(None))
    .order_by(runs.c.ended.desc())
    .limit(LOOKED_AT)
)


def cost(score: Score) -> float:
    """What its engine says it costs beside others; its pixels where the engine is gone, or says what is no cost."""
    player = engines().get(score.model.name)
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
    """What the last runs of this model took."""
    return tuple(
        (said, seconds)
        for seconds, text in _PAST.on(conn, {"called": model})
        if (said := _cost(text)) is not None
    )


def expected(known: Past, score: Score, pace: float = PACE) -> float:
    """Device-seconds of this score, going by these runs of its model."""
    costs = cost(score)
    if not known:  # a guess, by which nobody is to be turned away for a crowd alone
        return max(LEAST, min(costs, score.pixels * FARTHEST) * pace)
    nearest = sorted(known, key=lambda one: max(one[0] / costs, costs / one[0]))[:COUNTED]
    return max(LEAST, median(_grown(seconds, said, costs) for said, seconds in nearest))


def _grown(seconds: float, said: float, costs: float) -> float:
    """What a film of that cost would take, if one of the cost `said` took so long.

    A film takes something before its first pixel, and a full picture takes more than an empty one: from a cheap film
    nobody knows much about a dear one, so that it is thought to take `FARTHEST` times as long at most.
    """
    if costs <= said:
        return seconds * costs / said
    return seconds * min(costs / said, FARTHEST)


@lru_cache(maxsize=4 * LOOKED_AT)
def _cost(text: str) -> float | None:
    """The same of a kept score, read once; None where it cannot be read any more."""
    try:
        return cost(Score.from_json(json.loads(text)))
    except (ValueError, KeyError, TypeError, UncagedError):
        return None
