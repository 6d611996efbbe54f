"""How long a run will probably take: from what such runs took here before, never from a promise.

Device-seconds of a model grow with the pixels it makes; of the last runs those nearest in size count. Knows no line.
"""

import json
from statistics import median
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, select

from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import runs
from uncaged.core.score import Score

LOOKED_AT = 60
"""Completed runs of the model that are looked at, the last ones."""

COUNTED = 15
"""Of these, how many nearest in size are counted."""

PACE = 1.0
"""Seconds for a million pixels, of a model that has not performed here yet."""

FARTHEST = 16.0
"""How many times as long a larger film is thought to take as one that was made, at most."""

LEAST = 0.25
"""Seconds that every run takes at least."""


Past: TypeAlias = tuple[tuple[float, float], ...]
"""Runs that were completed: millions of pixels, and the device-seconds they took."""

_PAST = Prepared(
    select(runs.c.measured_seconds, runs.c.score)
    .where(runs.c.state == "completed", runs.c.model == bindparam("called"))
    .where(runs.c.measured_seconds.is_not(None), runs.c.score.is_not(None))
    .order_by(runs.c.ended.desc())
    .limit(LOOKED_AT)
)


def pixels(score: Score) -> float:
    """Millions of pixels in all its frames."""
    width, height = score.size
    return width * height * score.frame_count / 1e6


def estimate(conn: Connection, score: Score, pace: float = PACE) -> float:
    """Device-seconds that this score will probably take. pace: see `PACE`."""
    return expected(past(conn, score.model.name), score, pace)


def past(conn: Connection, model: str) -> Past:
    """What the last runs of this model took."""
    return tuple(
        (max(1e-6, made), seconds)
        for seconds, text in _PAST.on(conn, {"called": model})
        if (made := _pixels(text)) is not None
    )


def expected(known: Past, score: Score, pace: float = PACE) -> float:
    """Device-seconds of this score, going by these runs of its model."""
    size = max(1e-6, pixels(score))
    if not known:
        return max(LEAST, size * pace)
    nearest = sorted(known, key=lambda one: max(one[0] / size, size / one[0]))[:COUNTED]
    return max(LEAST, median(_grown(seconds, made, size) for made, seconds in nearest))


def _grown(seconds: float, made: float, size: float) -> float:
    """What a film of `size` would take, if one of `made` million pixels took so long.

    A film takes something before its first pixel, and a full picture takes more than an empty one: from a small film
    nobody knows much about a large one, so that it is thought to take `FARTHEST` times as long at most.
    """
    if size <= made:
        return seconds * size / made
    return seconds * min(size / made, FARTHEST)


def _pixels(text: str) -> float | None:
    """The same of a kept score, without reading all of it."""
    try:
        score = json.loads(text)
        width, height = score["size"]
        seconds = sum(shot["seconds"] for shot in score["shots"])
        return float(width * height * max(1.0, seconds * score["fps"]) / 1e6)
    except (ValueError, KeyError, TypeError):
        return None
