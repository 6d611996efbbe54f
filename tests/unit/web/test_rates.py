"""Counting who asks: so many a minute, no thread for it, and nobody is remembered for ever."""

import threading
import time

import pytest

from uncaged.core.errors import TooMany
from uncaged.web.rates import SWEEP, Rates


def test_one_too_many_is_told_how_long_to_wait_and_is_one_s_own_matter() -> None:
    rates = Rates()
    for _ in range(3):
        rates.count("ana", 3)
    with pytest.raises(TooMany) as refused:
        rates.count("ana", 3)
    assert 1 <= refused.value.retry_after <= 121
    rates.count("tin", 3)


def test_counting_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = Rates()
    started: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", lambda thread: started.append(thread))
    for n in range(200):
        rates.count(f"a{n}", 9)
    assert not started


def test_whoever_asks_no_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = Rates()
    for n in range(50):
        rates.count(f"a{n}", 9)
    kept = rates._kept.expirations  # pyright: ignore[reportPrivateUsage] - nobody else sees it
    assert len(kept) == 50
    now, ticks = time.time(), time.monotonic()
    monkeypatch.setattr(time, "time", lambda: now + 1000)
    monkeypatch.setattr(time, "monotonic", lambda: ticks + SWEEP)
    rates.count("somebody else", 9)
    assert len(kept) == 1
