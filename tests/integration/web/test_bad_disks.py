"""A full disk, a disk gone read-only, an archive that somebody holds: said in words, and the reading goes on."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ECHO = {"prompt": "a bird", "model": "echo"}


@pytest.fixture
def on_disk(roomy_disk: Path, house_in: Callable[[Path], Any]) -> Any:
    """A house on a disk of four megabytes."""
    return house_in(roomy_disk / "home")


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free."""
    path = disk / "filling"
    with path.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4096)
        except OSError:
            pass
    try:
        yield
    finally:
        path.unlink()


def test_a_full_disk_takes_no_film_and_loses_none(on_disk: Any, roomy_disk: Path) -> None:
    owner = on_disk.come("owner")
    work = on_disk.make("owner").work_id
    with filled(roomy_disk):
        answers = [owner.post("/works", json=ECHO, headers=on_disk.origin) for _ in range(40)]
        full = [answer for answer in answers if answer.status_code != 202]
        assert full and {answer.status_code for answer in full} <= {507, 503}
        assert "disk" in full[-1].json()["error"]["message"]
        page = owner.post("/works", data=ECHO, headers=on_disk.origin)
        assert page.status_code in (503, 507) and "our mistake" not in page.text
        assert owner.get(f"/works/{work}").status_code == 200
        assert owner.get(f"/works/{work}/film").content == on_disk.film
        assert owner.get("/healthz").status_code == 503
    accepted = len(answers) - len(full)
    assert owner.post("/works", json=ECHO, headers=on_disk.origin).status_code == 202
    with on_disk.studio.archive.read() as conn:
        count = conn.exec_driver_sql("SELECT count(*) FROM runs WHERE state = 'queued'").scalar()
    assert count == accepted + 1


def test_a_home_that_can_only_be_read_is_read(house: Any) -> None:
    from starlette.testclient import TestClient

    from uncaged.studio.studio import open_studio
    from uncaged.web.app import create_app

    work = house.make("owner").work_id
    with open_studio(settings=house.studio.settings, looking=True) as looking:
        app = create_app(looking, hosts=frozenset({house.host}), local=True)
        owner = TestClient(app, f"http://{house.host}", client=("127.0.0.1", 1))
        answer = owner.post("/works", json=ECHO, headers=house.origin)
        assert answer.status_code == 503, answer.text
        assert owner.get(f"/works/{work}/film").content == house.film
        for path in ("/", "/line", f"/works/{work}"):
            assert owner.get(path).status_code == 200
        health = owner.get("/healthz").json()
        assert health["readable"] is True and health["writable"] is False
        stranger = TestClient(app, f"http://{house.host}", client=("192.0.2.9", 1))
        assert stranger.get("/line").status_code == 200
        sent = stranger.post("/works", json=ECHO, headers=house.origin)
        assert sent.status_code == 503


def test_where_the_studio_lies_is_told_to_its_owner_alone(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uncaged.archive.sqlite import broken, disk_full, read_only
    from uncaged.core.errors import ArchiveBusy
    from uncaged.web import promising

    home = house.studio.settings.home
    for error in (
        disk_full(home),
        read_only(home),
        broken(house.studio.settings.database, "torn"),
        ArchiveBusy(f"Another process has been writing to {home}.", "End it."),
    ):

        def fail(*_: Any, error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr(promising, "prepare", fail)
        for who in ("guest", "member", "manager", "owner"):
            for path in ("/works", "/v1/videos"):
                program = house.come(who, Accept="application/json")
                answer = program.post(path, json=ECHO, headers=house.origin)
                assert answer.status_code == error.http_status
                assert (str(home) in answer.text) == (who == "owner"), answer.text
                assert ("uncaged delete" in answer.text) <= (who == "owner")
            page = house.come(who).post("/works", data=ECHO, headers=house.origin)
            assert (str(home) in page.text) == (who == "owner")


def test_an_archive_that_somebody_holds_is_busy_not_broken(house: Any) -> None:
    import pysqlite3.dbapi2 as sqlite

    other = sqlite.connect(house.studio.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = house.come("owner").post("/works", json=ECHO, headers=house.origin)
        assert answer.status_code == 503 and house.come("owner").get("/line").status_code == 200
    finally:
        other.execute("ROLLBACK")
        other.close()
    again = house.come("owner").post("/works", json=ECHO, headers=house.origin)
    assert again.status_code == 202


def test_nobody_who_looks_waits_for_somebody_who_writes(house: Any) -> None:
    """Health, a guest of long ago and a visitor of a room, while another process holds the archive."""
    import asyncio
    from time import monotonic

    import pysqlite3.dbapi2 as sqlite

    from uncaged.archive.line_tables import guests

    _room, token = house.room()
    visitor = house.come("other")
    visitor.get(f"/rooms/enter?token={token}")
    cookie = f"uncaged_room={visitor.cookies['uncaged_room']}"
    house.studio.commit(lambda conn: conn.execute(guests.update().values(seen=0)))

    async def get(address: str, path: str, cookie: str = "") -> tuple[int, bytes]:
        sent: list[Any] = []
        headers = [(b"host", house.host.encode()), (b"cookie", cookie.encode())]
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
        scope |= {"query_string": b"", "headers": headers, "client": (address, 1)}
        scope |= {"server": None, "scheme": "http", "http_version": "1.1", "root_path": ""}

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        await house.app(scope, receive, send)
        return sent[0]["status"], b"".join(one.get("body", b"") for one in sent)

    async def all_at_once() -> list[tuple[int, bytes]]:
        health = [get("127.0.0.1", "/healthz") for _ in range(12)]
        guests_come = get("203.0.113.7", "/enter"), get("203.0.113.8", "/enter", cookie)
        return await asyncio.gather(*health, *guests_come)

    other = sqlite.connect(house.studio.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = monotonic()
    try:
        answers = asyncio.run(all_at_once())
        took = monotonic() - began
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert took < house.studio.settings.busy_seconds * 0.9
    assert [status for status, _body in answers[-2:]] == [200, 200]
    assert all(json.loads(body)["writable"] is True for _status, body in answers[:12])


def test_health_says_so_once_writes_are_stuck(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import pysqlite3.dbapi2 as sqlite

    from uncaged.web.pages import health

    monkeypatch.setattr(health, "LOOK", 0.0)
    owner = house.come("owner")
    assert owner.get("/healthz").json()["writable"] is True
    other = sqlite.connect(house.studio.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        monkeypatch.setattr(health, "PATIENCE", 0.1)
        assert owner.get("/healthz").json()["writable"] is False
    finally:
        other.execute("ROLLBACK")
        other.close()
    house.studio.commit(lambda conn: conn.exec_driver_sql("SELECT 1"))
    assert owner.get("/healthz").json()["writable"] is True
