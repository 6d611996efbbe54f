"""What is said of an open door's time, as everywhere else: each mark once, in minutes and hours."""

from types import SimpleNamespace
from typing import Any

import pytest

from uncaged.cli import doorkeeping
from uncaged.cli.doorkeeping import Keeper

HOUR = 3600.0


def told(monkeypatch: pytest.MonkeyPatch, looks: list[tuple[float, float]]) -> list[str]:
    """looks: seconds from the beginning, and at which second the door closes then."""
    coming = iter(looks)

    def look(*_: object) -> Any:
        now, until = next(coming)
        opening = SimpleNamespace(until=int(until * 1e6))
        return SimpleNamespace(phase="open", left=until - now, opening=opening)

    monkeypatch.setattr(doorkeeping.open_door, "look", look)
    said: list[str] = []
    studio: Any = None
    keeper = Keeper(studio, "o", lambda: pytest.fail("it is open"), said.append)
    for _ in looks:
        assert not keeper.step()
    return said


def test_each_mark_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    until = 3 * HOUR
    looks = [(at, until) for at in (0, 1, HOUR + 0.3, HOUR + 1, until - 585.0, until - 20.0)]
    assert told(monkeypatch, looks) == [
        "The door closes in 2 h.",
        "The door closes in 10 min.",
        "The door closes in 1 min.",
    ]


def test_how_much_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    later = HOUR + 2.5 * HOUR
    assert told(monkeypatch, [(0, HOUR), (1, later), (2, later + 90)]) == [
        "The door stays open 2 h 30 min longer.",
        "The door stays open 1 min 30 s longer.",
    ]
