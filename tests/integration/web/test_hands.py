"""Bodies in hand: so many bytes of one address, so many of all, and none once a request has ended."""

import asyncio
import json
from typing import Any

import pytest

from uncaged.core.errors import TooMany
from uncaged.web import hands
from uncaged.web.errors import Full
from uncaged.web.hands import Hand, Hands

PIECE = bytes(1 << 20)


class Held:
    """A request of so many megabytes that comes, and whose last piece does not until it is told to."""

    def __init__(self, house: Any, address: str, megabytes: int, says: bool = False) -> None:
        self.house, self.address, self.left, self.says = house, address, megabytes, says
        self.length = megabytes << 20
        self.here, self.go_on, self.gone = asyncio.Event(), asyncio.Event(), False
        self.sent: list[Any] = []

    async def receive(self) -> Any:
        if self.left:
            self.left -= 1
            return {"type": "http.request", "body": PIECE, "more_body": True}
        self.here.set()
        await self.go_on.wait()
        if self.gone:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def ask(self) -> None:
        headers = [(b"host", self.house.host.encode()), (b"content-type", b"application/json")]
        headers += [(b"origin", self.house.origin["Origin"].encode())]
        if self.says:
            headers.append((b"content-length", str(self.length).encode()))
        scope = {"type": "http", "method": "POST", "path": "/v1/videos", "raw_path": b"/v1/videos"}
        scope |= {"query_string": b"", "headers": headers, "client": (self.address, 1)}
        scope |= {"server": None, "scheme": "http", "http_version": "1.1", "root_path": ""}
        try:
            await self.house.app(scope, self.receive, self.send)
        finally:
            self.here.set()

    @property
    def status(self) -> int:
        return self.sent[0]["status"] if self.sent else 0

    @property
    def said(self) -> Any:
        return json.loads(b"".join(one.get("body", b"") for one in self.sent))["error"]


@pytest.fixture
def in_hand(monkeypatch: pytest.MonkeyPatch) -> list[Hands]:
    """What the door of the house holds, with bounds that a test may fill."""
    monkeypatch.setattr(hands, "EACH", 10 << 20)
    monkeypatch.setattr(hands, "ALL", 22 << 20)
    made: list[Hands] = []
    was = Hands.__init__

    def note(self: Hands) -> None:
        was(self)
        made.append(self)

    monkeypatch.setattr(Hands, "__init__", note)
    return made


def test_what_is_in_hand_has_bounds(in_hand: list[Hands], house: Any) -> None:
    async def all_of_it() -> None:
        held = [Held(house, "192.0.2.1", 4) for _ in range(2)]
        tasks = [asyncio.create_task(one.ask()) for one in held]
        await asyncio.gather(*(one.here.wait() for one in held))
        door = in_hand[-1]
        assert door.all == 8 << 20 and not any(one.sent for one in held)

        for says in (False, True):
            too_much = Held(house, "192.0.2.1", 4, says)
            await too_much.ask()
            assert too_much.status == 429 and "no more fits" in too_much.said["message"]
            assert bool(too_much.left) is True and door.all == 8 << 20
            assert any(name == b"retry-after" for name, _ in too_much.sent[0]["headers"])

        others = [Held(house, f"192.0.2.{n}", 6) for n in (2, 3)]
        tasks += [asyncio.create_task(one.ask()) for one in others]
        await asyncio.gather(*(one.here.wait() for one in others))
        full = Held(house, "192.0.2.4", 4)
        await full.ask()
        assert full.status == 503 and "just now" in full.said["message"]

        held[0].gone = True  # one is given up, one is cut off, two are answered
        for one in held + others:
            one.go_on.set()
        tasks[3].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert held[1].status == others[0].status == 400
        assert door.all == 0

        again = Held(house, "192.0.2.1", 9)
        again.go_on.set()
        await again.ask()
        assert again.status == 400 and door.all == 0

    asyncio.run(all_of_it())


def test_one_alone_has_what_it_may_have_and_the_owner_is_not_counted(
    in_hand: list[Hands], house: Any
) -> None:
    async def all_of_it() -> None:
        alone = Held(house, "192.0.2.1", 12)
        alone.go_on.set()
        await alone.ask()
        assert alone.status == 400
        held = [Held(house, "127.0.0.1", 7) for _ in range(3)]
        tasks = [asyncio.create_task(one.ask()) for one in held]
        await asyncio.gather(*(one.here.wait() for one in held))
        assert in_hand[-1].all == 21 << 20 and not any(one.sent for one in held)
        for one in held:
            one.go_on.set()
        await asyncio.gather(*tasks)
        assert [one.status for one in held] == [400] * 3

    asyncio.run(all_of_it())


def test_nothing_stays_in_hand() -> None:
    both = Hands()
    first, second = Hand(both, "a"), Hand(both, "a")
    first.hold(hands.EACH - 1)
    with pytest.raises(TooMany):
        second.hold(2)
    second.hold(1)
    for n in range(4):
        Hand(both, f"b{n}").hold(hands.EACH)
    with pytest.raises(Full):
        Hand(both, "c", 1)
    first.empty()
    first.empty()
    second.empty()
    assert both.all == 4 * hands.EACH
