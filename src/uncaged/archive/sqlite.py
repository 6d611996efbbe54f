"""SQLite as the archive uses it: which library, how a connection is set up, and its errors in words.

Knows nothing of tables. The facts about the WAL-reset bug are from sqlite.org/wal.html#walresetbug.
"""

import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from uncaged.core.errors import ArchiveBroken, ArchiveBusy, DiskFull, HomeUnusable, UncagedError

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    try:
        # The host's own library may carry the WAL-reset bug; this wheel brings one of its own.
        import pysqlite3.dbapi2 as driver
    except ImportError:
        import sqlite3 as driver

complete_statement = sqlite3.complete_statement
"""Whether a text ends where an SQL statement does; knows triggers."""

_SMALLEST_PAGE = 512
_LITTLE_ROOM = 1_000_000
"""Bytes free, below which a disk error is read as a full disk."""


def sqlite_version() -> str:
    """The version of the SQLite library that this archive uses, such as ``3.53.4``."""
    return driver.sqlite_version


def has_wal_reset_bug(version: str | None = None) -> bool:
    """Whether a SQLite library can corrupt a WAL database when two connections meet at a bad moment.

    Versions 3.7.0 to 3.51.2 can, except 3.44.6 and later in 3.44, and 3.50.7 and later in 3.50.
    """
    numbers = tuple(int(part) for part in (version or sqlite_version()).split("."))
    if numbers[:2] in ((3, 44), (3, 50)):
        return numbers < ((3, 44, 6) if numbers[1] == 44 else (3, 50, 7))
    return (3, 7, 0) <= numbers < (3, 51, 3)


def engine(database: Path, *, busy_seconds: float, fsync: bool, mode: str = "rwc") -> Engine:
    """A pool of connections to one database file. `mode`: ``rwc``, ``ro``, or ``immutable``.

    Transactions begin as ``BEGIN IMMEDIATE`` where the execution option `writes` is set; any other is for
    reading, and SQLite refuses to write in it.
    """
    rest = "immutable=1" if mode == "immutable" else f"mode={mode}"
    target = f"{database.absolute().as_uri()}?{rest}"

    def connect() -> Any:
        connection = driver.connect(
            target, timeout=busy_seconds, isolation_level=None, check_same_thread=False, uri=True
        )
        for pragma in _pragmas(fsync):
            connection.execute(pragma)
        return connection

    made = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=-1,
    )
    event.listen(made, "begin", _begin)
    return made


def _pragmas(fsync: bool) -> Iterator[str]:
    yield "PRAGMA foreign_keys = ON"
    yield f"PRAGMA synchronous = {'FULL' if fsync else 'OFF'}"
    # REPLACE would otherwise delete a row without asking the triggers that say rows stay.
    yield "PRAGMA recursive_triggers = ON"
    # What a person deletes is overwritten, not only forgotten.
    yield "PRAGMA secure_delete = ON"
    if has_wal_reset_bug():
        # Automatic checkpoints are where the bug bites: the steward makes them instead.
        yield "PRAGMA wal_autocheckpoint = 0"


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def error_code(error: DBAPIError) -> int:
    """SQLite's primary result code (sqlite.org/rescode.html), 0 where there is none."""
    return int(getattr(error.orig, "sqlite_errorcode", 0) or 0) & 0xFF


@contextmanager
def in_words(database: Path, busy_seconds: float) -> Generator[None, None, None]:
    """Errors of the database that a person can do something about, as errors that say what."""
    try:
        yield
    except DBAPIError as error:
        clear = _clear(error, database, busy_seconds)
        if clear is None:
            raise
        raise clear from error


def _clear(error: DBAPIError, database: Path, busy_seconds: float) -> UncagedError | None:
    code = error_code(error)
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
        return ArchiveBusy(
            f"Another process has been writing to {database} for {busy_seconds:g} seconds.",
            "Wait for it, or end it, and ask again; nothing was changed.",
        )
    if code == driver.SQLITE_FULL or (code == driver.SQLITE_IOERR and _no_room(database)):
        return disk_full(database.parent)
    if code in (driver.SQLITE_READONLY, driver.SQLITE_CANTOPEN, driver.SQLITE_PERM):
        return read_only(database.parent)
    if code in (driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT):
        return _broken(database, str(error.orig))
    if code == driver.SQLITE_IOERR:
        return HomeUnusable(
            f"The disk under {database} does not answer as it should ({error.orig}).",
            "Look after the disk first; nothing was changed.",
        )
    return None


def refuse_scrap(database: Path) -> None:
    """A file too short for one page is `ArchiveBroken`; SQLite would take it for empty and write over it.

    Only its length is asked for: opening and closing a database beside SQLite drops the locks that this
    process holds on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    if 0 < database.stat().st_size < _SMALLEST_PAGE:
        raise _broken(database, "it is too short")


def _broken(database: Path, why: str) -> ArchiveBroken:
    return ArchiveBroken(
        f"{database} is damaged or not a database ({why}).",
        "It was left as it is. Put a copy of yours in its place, or name another folder with "
        "UNCAGED_HOME and bring an export in with `uncaged import`.",
    )


def _no_room(database: Path) -> bool:
    try:
        return shutil.disk_usage(database.parent).free < _LITTLE_ROOM
    except OSError:
        return False


def disk_full(folder: Path) -> DiskFull:
    """The error for a disk without room."""
    return DiskFull(
        f"There is no room left on the disk of {folder}; what was half written is gone again.",
        "Make room, or delete works (`uncaged delete WORK`), and ask again.",
    )


HOME_ELSEWHERE = "name another folder with UNCAGED_HOME"


def read_only(folder: Path, elsewhere: str = HOME_ELSEWHERE) -> HomeUnusable:
    """The error for a folder that cannot be written to."""
    return HomeUnusable(
        f"{folder} cannot be written to.",
        f"Give yourself the right to write there, or {elsewhere}.",
    )
