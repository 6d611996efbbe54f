"""Whoever waits for a work hears of it: what changes, then the work itself, from one look for all."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from uncaged.archive import runs
from uncaged.core.errors import ArchiveBroken
from uncaged.web import waiting


class Stream:
    """One asked for straight of the app, as a server would; events as they come."""

    def __init__(self, house: Any, path: str, who: str = "owner", **headers: str) -> None:
        self.head: dict[str, Any] = {}
        self._house, self._heard = house, asyncio.Queue[bytes | None]()
        self._gone = asyncio.Event()
        address = {"owner": "127.0.0.1", "guest": "203.0.113.7"}.get(who, "198.51.100.1")
        if who in house.secrets:
            headers["authorization"] = f"Bearer {house.secrets[who]}"
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in ({"host": house.host} | headers).items()
            ],
            "client": (address, 50_000),
            "server": ("127.0.0.1", 8484),
        }
        self.task = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        first = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Any:
            if first:
                return first.pop()
            await self._gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.head = message
            else:
                await self._heard.put(message["body"])
                if not message.get("more_body"):
                    await self._heard.put(None)

        await self._house.app(self._scope, receive, send)

    def vanish(self) -> None:
        """The client is gone."""
        self._gone.set()

    async def next(self) -> tuple[str, dict[str, Any]] | None:
        """The next event, or None at the end."""
        piece = await asyncio.wait_for(self._heard.get(), 20)
        while piece == b"":
            piece = await asyncio.wait_for(self._heard.get(), 20)
        if piece is None:
            return None
        lines = dict(line.split(": ", 1) for line in piece.decode().strip().split("\n"))
        return lines["event"], json.loads(lines["data"])

    async def until(self, wanted: Callable[[str, dict[str, Any]], bool]) -> dict[str, Any]:
        """What that event says."""
        while True:
            event = await self.next()
            assert event is not None
            if wanted(*event):
                return event[1]


@asynccontextmanager
async def streams(house: Any, *paths: str, **more: str) -> AsyncIterator[list[Stream]]:
    made = [Stream(house, path, **more) for path in paths]
    try:
        yield made
    finally:
        for one in made:
            one.vanish()
        await asyncio.wait_for(asyncio.gather(*(one.task for one in made)), 20)
        assert len(house.app.state.waiting) == 0


def waits_for(run: Any) -> str:
    return f"/works/{run.work_id}/events"


def claim(house: Any, run: Any) -> None:
    def step(conn: Any) -> None:
        epoch = runs.raise_epoch(conn)
        assert runs.claim(conn, run.id, epoch, house.studio.clock.now())
        assert runs.progressed(conn, run.id, 1, 1, 4)

    house.studio.commit(step)


def go(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await story()

    asyncio.run(whole())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOK", 0.01)


def test_each_hears_of_its_own_until_it_has_ended(house: Any) -> None:
    one, other = house.ask("owner", "one"), house.ask("owner", "other")

    async def story() -> None:
        async with streams(house, waits_for(one), waits_for(other)) as (first, second):
            assert (await first.next() or ("", {}))[1]["place"] == 1
            assert (await second.next() or ("", {}))[1]["place"] == 2
            await asyncio.to_thread(claim, house, one)
            said = await first.until(lambda _, v: v["state"] == "in_progress" and v["done"] == 1)
            assert (said["total"], said["place"], said["id"]) == (4, None, one.work_id)

            def fail(conn: Any) -> None:
                runs.fail(conn, one.id, 1, "The pen broke.", house.studio.clock.now())

            await asyncio.to_thread(house.studio.commit, fail)
            record = await first.until(lambda event, _: event == "ended")
            assert record["id"] == one.work_id and record["run"]["reason"] == "The pen broke."
            assert await first.next() is None
            await asyncio.to_thread(lambda: house.studio.commit(cancel))
            record = await second.until(lambda event, _: event == "ended")
            assert (record["state"], record["text"]) == ("cancelled", "other")

    def cancel(conn: Any) -> None:
        runs.cancel(conn, other.id, house.studio.clock.now())

    go(story)


def test_what_has_ended_is_told_at_once_and_once(house: Any) -> None:
    made = house.make("owner")

    async def story() -> None:
        async with streams(house, waits_for(made)) as (first,):
            event = await first.next()
            assert event is not None and event[0] == "ended" and event[1]["film"]["frames"] == 12
            assert await first.next() is None
        async with streams(house, waits_for(made), last_event_id="ended") as (again,):
            await again.task
            assert again.head["status"] == 204

    go(story)


def test_a_run_that_goes_back_to_the_line_is_told_of(house: Any) -> None:
    run = house.ask("owner")

    async def story() -> None:
        async with streams(house, waits_for(run)) as (stream,):
            await stream.next()
            await asyncio.to_thread(claim, house, run)
            await stream.until(lambda _, v: v["state"] == "in_progress")

            def back(conn: Any) -> None:
                runs.give_back(conn, run.id, 1, house.studio.clock.now())

            await asyncio.to_thread(house.studio.commit, back)
            said = await stream.until(lambda _, v: v["state"] == "queued")
            assert (said["done"], said["total"]) == (0, 0)

    go(story)


def test_what_is_deleted_ends_the_stream_without_a_word(house: Any) -> None:
    run = house.ask("owner", "words that go")

    async def story() -> None:
        async with streams(house, waits_for(run)) as (stream,):
            await stream.next()
            await asyncio.to_thread(house.studio.delete, house.studio.work(run.work_id))
            while (event := await stream.next()) is not None:
                assert event[0] == "stands" and "words" not in str(event[1])

    go(story)


def test_a_training_is_waited_for_by_its_run(house: Any) -> None:
    from uncaged.studio import learning

    run = learning.ask(house.studio, learning.Wish("echo", {"steps": 4}, "mine"))

    async def story() -> None:
        async with streams(house, f"/runs/{run.id}/events") as (stream,):
            assert (await stream.next() or ("", {}))[1]["id"] == run.id
            await asyncio.to_thread(claim, house, run)
            said = await stream.until(lambda _, v: v["state"] == "in_progress")
            assert (said["done"], said["total"]) == (1, 4)

            def cancel(conn: Any) -> None:
                runs.cancel(conn, run.id, house.studio.clock.now())
                runs.stopped(conn, run.id, 1, house.studio.clock.now())

            await asyncio.to_thread(house.studio.commit, cancel)
            record = await stream.until(lambda event, _: event == "ended")
            assert (record["id"], record["state"]) == (run.id, "cancelled")
            assert record["kind"] == "training"
            assert await stream.next() is None
        async with streams(house, f"/runs/{run.id}/events") as (late,):
            assert (await late.next() or ("", {}))[0] == "ended"
        async with streams(house, f"/runs/{run.id}/events", who="guest") as (stranger,):
            await stranger.task
            assert stranger.head["status"] == 404

    go(story)


def test_the_run_of_a_film_gives_the_events_of_its_work(house: Any) -> None:
    run = house.ask("owner")

    async def story() -> None:
        async with streams(house, f"/runs/{run.id}/events") as (stream,):
            assert (await stream.next() or ("", {}))[1]["id"] == run.work_id

    go(story)


def test_nobody_hears_of_what_is_not_theirs(house: Any) -> None:
    run = house.ask("owner")
    for who in ("member", "guest"):
        assert house.come(who).get(waits_for(run)).status_code == 404
    assert house.come("nobody").get(waits_for(run)).status_code == 401
    assert house.come("owner").get("/works/w_nothing/events").status_code == 404
    head = house.come("owner").head(waits_for(run))
    assert head.status_code == 200 and "event-stream" in head.headers["content-type"]


def test_one_person_has_so_many_and_all_together_so_many(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "EACH", 2)
    monkeypatch.setattr(waiting, "ALL", 3)
    run, own = house.ask("member"), house.ask("owner")

    async def refused(path: str, who: str) -> int:
        async with streams(house, path, who=who) as (stream,):
            await stream.task
            return int(stream.head["status"])

    async def story() -> None:
        three = [Stream(house, waits_for(run), "member") for _ in range(2)]
        for one in three:
            await one.next()
        third = Stream(house, waits_for(run), "member")
        await third.task
        assert third.head["status"] == 429
        assert b"retry-after" in dict(third.head["headers"])
        three.append(Stream(house, waits_for(own)))
        await three[-1].next()
        fourth = Stream(house, waits_for(own))
        await fourth.task
        assert fourth.head["status"] == 503
        three[0].vanish()
        await three[0].task  # whoever has gone counts no more
        three.append(Stream(house, waits_for(own)))
        await three[-1].next()
        house.app.state.waiting.end()
        for one in three:
            await asyncio.wait_for(one.task, 20)
        assert len(house.app.state.waiting) == 0

    go(story)


def test_an_archive_that_cannot_be_read_for_a_while_loses_nobody(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = house.ask("owner")

    async def story() -> None:
        async with streams(house, waits_for(run)) as (stream,):
            await stream.next()
            hub, looks = house.app.state.waiting, 0
            look = hub._look

            def fails(*args: Any) -> Any:
                nonlocal looks
                looks += 1
                if looks < 4:
                    raise waiting.Full("not now")
                return look(*args)

            monkeypatch.setattr(hub, "_look", fails)
            await asyncio.to_thread(claim, house, run)
            await stream.until(lambda _, v: v["state"] == "in_progress")
            assert looks >= 4

    go(story)


def fail(house: Any, run: Any) -> None:
    claim(house, run)
    now = house.studio.clock.now()
    house.studio.commit(lambda conn: runs.fail(conn, run.id, 1, "The pen broke.", now))


@pytest.mark.parametrize("heard", [True, False], ids=["heard before", "just come"])
def test_an_end_that_could_not_be_told_is_told_later(
    house: Any, monkeypatch: pytest.MonkeyPatch, heard: bool
) -> None:
    run, hub, tried = house.ask("owner"), house.app.state.waiting, 0
    records, look = hub._records, hub._look

    def fails_once(waiters: Any) -> Any:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise waiting.Full("not now")
        return records(waiters)

    def fails_first(*args: Any) -> Any:
        monkeypatch.setattr(hub, "_look", look)
        fail(house, run)
        return look(*args)

    monkeypatch.setattr(hub, "_records", fails_once)
    if not heard:
        monkeypatch.setattr(hub, "_look", fails_first)

    async def story() -> None:
        async with streams(house, waits_for(run)) as (stream,):
            if heard:
                await stream.next()
                await asyncio.to_thread(fail, house, run)
            record = await stream.until(lambda event, _: event == "ended")
            assert record["run"]["reason"] == "The pen broke." and tried == 2

    go(story)


def test_a_row_that_cannot_be_read_keeps_nobody_else_waiting(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, run = house.ask("owner", "broken"), house.ask("owner", "whole")
    shown = waiting.works.shown

    def reads(conn: Any, here: Any, work: str) -> Any:
        if work == broken.work_id:
            raise ArchiveBroken("What the archive says of it cannot be read.")
        return shown(conn, here, work)

    monkeypatch.setattr(waiting.works, "shown", reads)

    def cancel(conn: Any) -> None:
        for one in (broken, run):
            runs.cancel(conn, one.id, house.studio.clock.now())

    async def story() -> None:
        async with streams(house, waits_for(broken), waits_for(run)) as (first, second):
            await first.next()
            await second.next()
            await asyncio.to_thread(house.studio.commit, cancel)
            assert (await second.until(lambda event, _: event == "ended"))["text"] == "whole"
            while (event := await first.next()) is not None:
                assert event[0] == "stands"

    go(story)


def test_who_comes_while_places_cannot_be_foreseen_hears_something(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, hub, tried = house.ask("owner"), house.app.state.waiting, 0

    def fails_once(lanes: Any) -> Any:
        nonlocal tried
        tried += 1
        raise waiting.Full("not now")

    monkeypatch.setattr(hub, "_foresee", fails_once)

    async def story() -> None:
        async with streams(house, waits_for(run)) as (stream,):
            assert (await stream.next() or ("", {}))[0] == "stands"
            assert tried == 1

    go(story)
