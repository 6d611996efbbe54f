"""Webhooks that hang, drip, pour, turn in a circle, or are the studio itself: an end to each, and nobody else waits."""

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from uncaged.archive import hooks, people
from uncaged.archive.wire_tables import deliveries
from uncaged.queue.fairness import SECOND
from uncaged.web.v1 import signing, telling
from uncaged.web.v1.telling import Teller


@pytest.fixture
def house(house_in: Callable[..., Any], tmp_path: Path) -> Any:
    return house_in(tmp_path / "home", private_hooks=True)


def hook(house: Any, who: str, url: str) -> str:
    with house.studio.archive.write() as conn:
        return hooks.add(conn, who, "x", url, hooks.EVENTS, 1).id


def somebody(house: Any, name: str) -> str:
    with house.studio.archive.write() as conn:
        return people.add(conn, "member", 1, name).id


def owe(house: Any, named: Iterable[str], times: int = 1) -> None:
    """So many films of the owner's, of which these webhooks are to be told."""
    work = house.make("owner").work_id
    with house.studio.archive.write() as conn:
        for each in named:
            for n in range(times):
                row = {"id": f"{each[-12:]}{n:04d}", "hook_id": each, "work_id": work, "due": n}
                more = {"event": "video.completed", "created": 1, "tries": 0}
                conn.execute(deliveries.insert().values(**row, **more))


def owed(house: Any, name: str) -> Any:
    with house.studio.archive.read() as conn:
        wanted = deliveries.select().where(deliveries.c.hook_id == name)
        return conn.execute(wanted.order_by(deliveries.c.id)).first()


def tell(house: Any, fulfilled: Callable[[], object]) -> None:
    """Tells until that is so."""

    async def go() -> None:
        task = asyncio.create_task(Teller(house.app.state.web).work())
        began = time.monotonic()
        while not fulfilled():
            assert time.monotonic() - began < 30
            await asyncio.sleep(0.02)
        task.cancel()

    asyncio.run(go())


def paths(elsewhere: Any) -> list[str]:
    return [path for path, _, _ in elsewhere.asked]


def test_one_person_with_many_that_hang_keeps_nobody_waiting(house: Any, elsewhere: Any) -> None:
    flooder, quiet = somebody(house, "ana"), somebody(house, "bo")
    url = elsewhere.hangs("/hangs")
    dead = [hook(house, flooder, url) for _ in range(hooks.MOST)]
    well = hook(house, quiet, elsewhere.gives("/well", b""))
    owe(house, dead, 100)
    owe(house, [well], 3)
    tell(house, lambda: paths(elsewhere).count("/well") == 3)
    assert paths(elsewhere).count("/hangs") == telling.OF_ONE


def test_whoever_never_comes_to_an_end_is_let_go_and_tried_again(
    house: Any, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "WAIT", 1.5)
    me = somebody(house, "ana")
    pours, sent = elsewhere.pours("/pours")
    closed = "http://127.0.0.1:1/"

    def informs(handler: Any) -> None:
        while not elsewhere.over.wait(0.001):  # or it leaves the others here no time to answer
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    urls = {
        elsewhere.hangs("/hangs"): None,
        elsewhere.drips("/drips"): None,
        elsewhere.does("/informs", informs): None,
        elsewhere.does("/nonsense", lambda handler: handler.wfile.write(b"\x16\x03\x01\r\n")): None,
        closed: None,
        "http://nowhere.invalid/": None,
        elsewhere.gives("/round", b"", 307, Location="/round"): 307,
        elsewhere.gives("/away", b"", 301, Location=closed): 301,
        elsewhere.gives("/gone", b"", 410): 410,
        pours: 200,
    }
    named = {hook(house, me, url): status for url, status in urls.items()}
    owe(house, named)
    before = house.studio.clock.now()
    tell(house, lambda: all(owed(house, one).tries for one in named))
    for one, status in named.items():
        found = owed(house, one)
        assert (found.tries, found.status) == (1, status)
        if status == 200:
            assert found.due is None
        else:
            pause = found.due - telling.PAUSES[0] * SECOND
            assert before <= pause <= house.studio.clock.now()
    assert sorted(paths(elsewhere)) == sorted(
        ["/hangs", "/drips", "/informs", "/nonsense", "/round", "/away", "/gone", "/pours"]
    )
    assert sent() < 50_000_000


def test_after_the_last_time_in_vain_it_is_given_up(house: Any, elsewhere: Any) -> None:
    one = hook(house, somebody(house, "ana"), elsewhere.gives("/no", b"", 500))
    owe(house, [one])
    for tries, pause in enumerate((*telling.PAUSES, None)):
        with house.studio.archive.write() as conn:
            conn.execute(deliveries.update().values(tries=tries, due=0))
        before = house.studio.clock.now()
        tell(house, lambda seen=tries: owed(house, one).tries > seen)
        due = owed(house, one).due
        assert (due is None) if pause is None else (due - before >= pause * SECOND)
    assert len({said["webhook-id"] for _, said, _ in elsewhere.asked}) == 1


def test_a_teller_that_stumbles_goes_on(
    house: Any, elsewhere: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(telling, "LOOK", 0.02)
    one = hook(house, somebody(house, "ana"), elsewhere.gives("/well", b""))
    owe(house, [one])
    due, stumbles = hooks.due, [RuntimeError("a mistake of ours")]

    def stumbling(*given: Any) -> Any:
        if stumbles:
            raise stumbles.pop()
        return due(*given)

    monkeypatch.setattr(hooks, "due", stumbling)
    tell(house, lambda: paths(elsewhere))
    assert "a mistake of ours" in capsys.readouterr().err


def test_a_studio_that_is_told_to_tell_itself_does_not_turn_in_a_circle(served: Any) -> None:
    """No request of its own counts as its owner's, so it asks for no film and tells nothing by it."""
    who = {"Authorization": "Bearer none"}
    with httpx2.Client(base_url=served.address, headers=who, timeout=60) as client:

        def make(url: str) -> str:
            asked = {"url": url, "event_types": ["video.completed"]}
            return client.post("/v1/webhook_endpoints", json=asked).json()["id"]

        before = client.get("/v1/videos?limit=100").json()["data"]
        mine = f"{served.address}/v1/webhook_endpoints"
        name = make(served.address + "/v1/videos")
        for url in (
            f"{served.address}/v1/videos",
            f"{served.address}/v1/files",
            f"{mine}/{name}/test",
            f"{mine}/{name}/rotate_secret",
            f"{served.address}/works",
        ):
            client.post(f"/v1/webhook_endpoints/{name}", json={"url": url})
            tried = client.post(f"/v1/webhook_endpoints/{name}/test", json={}).json()
            assert (tried["status_code"], tried["delivered"]) == (403, False), url
        assert client.get("/v1/videos?limit=100").json()["data"] == before
        client.delete(f"/v1/webhook_endpoints/{name}")
