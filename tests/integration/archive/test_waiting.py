"""Waiting for locks: as long as was said, deaf to no signal, and for nothing when the log is emptied."""

import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import people, sqlite
from uncaged.archive.database import Archive, open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.errors import ArchiveBusy
from uncaged.core.settings import Settings


def settings(home: Path, **more: Any) -> Settings:
    return Settings(home=home, **({"fsync": False, "busy_seconds": 5} | more))


def plain(database: Path) -> Any:
    """As another program would open it; with the same library, since two in one process share no locks."""
    return sqlite.driver.connect(database, isolation_level=None)


def made(home: Path) -> Path:
    open_archive(settings(home), SystemClock()).close()
    return settings(home).database


@pytest.mark.parametrize("locked", ["a write", "a read", "an opening"])
def test_waiting_for_a_lock_hears_signals(tmp_path: Path, locked: str) -> None:
    """Ctrl-C ends a wait at once, not when SQLite has given up waiting."""
    database = made(tmp_path)
    other = plain(database)
    archive = open_archive(settings(tmp_path, busy_seconds=8), SystemClock())
    if locked == "a write":
        other.execute("BEGIN IMMEDIATE")
    else:
        archive.close()
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE studio SET epoch = epoch")
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            enter(archive, locked, tmp_path)
        assert time.monotonic() - began < 4
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        archive.close()
        other.close()


def enter(archive: Archive, how: str, home: Path) -> None:
    if how == "an opening":
        open_archive(settings(home, busy_seconds=8), SystemClock())
    with archive.write() if how == "a write" else archive.read():
        pass


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_lock_is_waited_for_as_long_as_was_said(tmp_path: Path) -> None:
    database = made(tmp_path)
    other: Any = sqlite.driver.connect(database, isolation_level=None, check_same_thread=False)
    with open_archive(settings(tmp_path, busy_seconds=0.5), SystemClock()) as archive:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(ArchiveBusy, match=r"for 0\.5 seconds"), archive.write():
            pass
        assert time.monotonic() - began >= 0.5
        end = threading.Timer(0.3, other.execute, ("ROLLBACK",))
        end.start()
        with archive.write() as conn:
            people.add(conn, "guest", 1)
    end.join()
    other.close()


def test_a_checkpoint_waits_for_nobody(tmp_path: Path) -> None:
    database = made(tmp_path)
    log = database.with_name(database.name + "-wal")
    other = plain(database)
    with open_archive(settings(tmp_path, busy_seconds=8), SystemClock()) as archive:
        other.execute("BEGIN")
        other.execute("SELECT * FROM people").fetchall()
        with archive.write() as conn:
            people.add(conn, "guest", 1)
        began = time.monotonic()
        assert not archive.checkpoint() and log.stat().st_size
        other.execute("ROLLBACK")
        other.execute("BEGIN IMMEDIATE")
        assert not archive.checkpoint()
        other.execute("ROLLBACK")
        assert archive.checkpoint() and not log.stat().st_size
        assert time.monotonic() - began < 4
        with archive.read() as conn:
            assert conn.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 100
    other.close()
