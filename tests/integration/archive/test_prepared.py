"""Statements that are compiled once: the same rows and the same errors as SQLAlchemy's own way gives."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError, InvalidRequestError, MultipleResultsFound, NoResultFound

from uncaged.archive import people, prepared
from uncaged.archive.database import Archive, open_archive
from uncaged.archive.line_tables import lanes
from uncaged.archive.prepared import Prepared
from uncaged.core.clock import SystemClock
from uncaged.core.settings import Settings

ONE = Prepared(select(lanes).where(lanes.c.lane == bindparam("called")))
ALL = select(lanes).order_by(lanes.c.lane)
PUT = Prepared(insert(lanes))
SET = Prepared(update(lanes).where(lanes.c.lane == bindparam("called")))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(Settings(home=tmp_path / "home", fsync=False), SystemClock())


def test_rows_are_as_sqlalchemy_gives_them(archive: Archive) -> None:
    with archive, archive.write() as conn:
        for lane, credit in (("batch", 0.5), ("live", -1.0)):
            assert PUT.on(conn, {"lane": lane, "credit": credit}).rowcount == 1
        assert SET.on(conn, {"called": "live", "credit": 0.25}).rowcount == 1
        assert SET.on(conn, {"called": "nowhere", "credit": 0.25}).rowcount == 0
        plain = conn.execute(ALL)
        assert [tuple(row) for row in Prepared(ALL).on(conn)] == [tuple(row) for row in plain]
        found = ONE.on(conn, {"called": "live"})
        assert found.one().credit == found.first().credit == 0.25
        assert found.mappings().one() == {"lane": "live", "credit": 0.25}
        assert found.scalar() == found.scalars()[0] == "live"
        nothing = ONE.on(conn, {"called": "nowhere"})
        assert nothing.first() is nothing.one_or_none() is nothing.scalar() is None
        assert nothing.mappings().one_or_none() is None and nothing.all() == []
        assert Prepared(select(func.count()).select_from(lanes)).on(conn).scalar_one() == 2


def test_errors_are_sqlalchemys(archive: Archive) -> None:
    with archive:
        with archive.write() as conn:
            PUT.on(conn, {"lane": "batch", "credit": 0.0})
            PUT.on(conn, {"lane": "live", "credit": 0.0})
            with pytest.raises(IntegrityError):
                PUT.on(conn, {"lane": "live", "credit": 0.0})
            with pytest.raises(NoResultFound):
                ONE.on(conn, {"called": "nowhere"}).one()
            with pytest.raises(MultipleResultsFound):
                Prepared(ALL).on(conn).one()
            with pytest.raises(InvalidRequestError):
                ONE.on(conn, {"wrong": "name"})
        with archive.read() as conn:
            assert people.owner(conn).kind == "owner"
            with pytest.raises(Exception, match="readonly"):
                PUT.on(conn, {"lane": "interactive", "credit": 0.0})


def test_two_threads_may_be_the_first_to_use_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = Prepared(select(lanes.c.lane).where(lanes.c.lane == bindparam("called")))
    begun, other_is_done = threading.Event(), threading.Event()
    row_of = vars(prepared)["_row_of"]

    def slowly(names: tuple[str, ...]) -> Any:
        if not begun.is_set():
            begun.set()
            assert other_is_done.wait(10)
        return row_of(names)

    def ask() -> str:
        with archive.read() as conn:
            return everybody.on(conn, {"called": "batch"}).one().lane

    with archive, ThreadPoolExecutor(2) as threads:
        with archive.write() as conn:
            PUT.on(conn, {"lane": "batch", "credit": 0.0})
        monkeypatch.setattr(prepared, "_row_of", slowly)
        first = threads.submit(ask)
        try:
            assert begun.wait(10)
            assert threads.submit(ask).result(10) == "batch"
        finally:
            other_is_done.set()
        assert first.result(10) == "batch"
