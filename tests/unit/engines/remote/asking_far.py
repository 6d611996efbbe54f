"""What tests of films made elsewhere share: a quick pace, a score, and a performance of it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fake_server import Server
from uncaged.core.order import Event, Frame, Order, Rest, Understood
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.remote.asking import Pace
from uncaged.engines.remote.performing import RemotePerformance
from uncaged.engines.remote.place import Place

QUICK = Pace(
    connect=2, read=2, whole=5, film=5, poll=0.01, longest=0.02, silent=0.3, busy=0.3, leave=0.5
)
SCORE = Score((Shot("a heron wades", 1.0),), ModelRef("far", "0" * 64), (64, 48), 8, 7, {})
KEY = "sk-nobody-may-read-this"


def place_at(*servers: Server | str, **more: Any) -> Place:
    found = tuple(one if isinstance(one, str) else one.address for one in servers)
    given: dict[str, Any] = {"speaks": "uncaged"} | more
    return Place(found, "theirs", **given)


def perform(
    place: Place, tmp_path: Path, score: Score = SCORE, pace: Pace = QUICK, **more: Any
) -> list[Event]:
    order = Order("r_aaaaaaaaaaaa", 3, score, scratch=str(tmp_path), key=KEY, **more)
    return list(played(RemotePerformance(place, pace).perform(order)))


def played(events: Iterator[Event]) -> Iterator[Event]:
    """What comes, as whoever has nothing else to do takes it; but not for long."""
    for event in events:
        if isinstance(event, Rest):
            time.sleep(min(0.01, event.seconds))
        else:
            yield event


def frames(events: list[Event]) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame)]


def said(events: list[Event]) -> str:
    return [event.sentence for event in events if isinstance(event, Understood)][-1]
