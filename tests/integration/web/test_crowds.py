"""More people than can be answered at once: some are told to come again, and nobody else waits for them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from uncaged.web.errors import Full
from uncaged.web.here import READERS, WAITING, Recent


def test_more_looks_than_anybody_would_wait_for(house: Any) -> None:
    web, hold = house.app.state.web, threading.Event()

    async def crowd() -> None:
        looks = [asyncio.create_task(web.run(hold.wait)) for _ in range(READERS + WAITING)]
        await asyncio.sleep(0)
        while web.readers.statistics().tasks_waiting < WAITING:
            await asyncio.sleep(0.01)
        with pytest.raises(Full, match="come again"):
            await web.run(lambda: None)
        hold.set()
        assert all(await asyncio.gather(*looks))
        assert await web.run(lambda: "answered") == "answered"

    try:
        asyncio.run(crowd())
    finally:
        hold.set()


def test_a_page_says_so_in_words(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uncaged.web.here.WAITING", 0)
    for path in ("/line", "/v1/videos"):
        answer = house.come("owner").get(path)
        assert answer.status_code == 503 and "come again" in answer.text
        assert answer.headers["retry-after"] == "2"


def test_nobody_is_answered_by_a_policy_that_was_not_read_yet(house: Any) -> None:
    """Two come at once to a web that has just begun: the second waits until the first has read what holds."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_conn: Any) -> str:
        begun.set()
        assert go_on.wait(20)
        return "read"

    held = Recent(house.studio, slow, "not read")
    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(held.look)
        assert begun.wait(20)
        assert held.due
        second = crowd.submit(held.look)
        go_on.set()
        assert (first.result(20), second.result(20)) == ("read", "read")
    assert not held.due
