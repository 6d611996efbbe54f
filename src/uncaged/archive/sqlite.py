"""SQLite as the archive uses it: which library, how a connection is set up, and its errors in words.

Knows nothing of tables. The facts about the WAL-reset bug are from sqlite.org/wal.html#walresetbug.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound
from sqlalchemy.pool import NullPool, QueuePool

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

T = TypeVar("T")

_DEAF = 0.1
"""Seconds that SQLite itself may wait for a lock: while it does, this process hears no signal."""

_PAUSE = 0.01
"""Seconds between two tries, where SQLite does not wait by itself."""

_SMALLEST_PAGE = 512
_NO_TEXT = "Could not decode to UTF-8"
"""How the driver says that a text in the database is none; it gives no code with it."""
_NOTHING_SUCH = ("no such table", "no such column")
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
    """A pool of connections to one database file. `mode`: ``rwc``, ``rw``, ``ro``, ``immutable``, or ``alone``.

    ``alone`` keeps the index of the write-ahead log in memory, where others make a file for it: so it needs no
    room on the disk, and while one of its connections is open nobody else can read or write
    (sqlite.org/wal.html#noshm). Each is closed after use, for their sake.

    Transactions begin as ``BEGIN IMMEDIATE`` where the execution option `writes` is set; any other is for
    reading, and SQLite refuses to write in it. All locks are taken as a transaction begins, for which it waits
    `busy_seconds` at most.
    """
    alone = mode == "alone"
    rest = "immutable=1" if mode == "immutable" else f"mode={'rw' if alone else mode}"
    target = f"{database.absolute().as_uri()}?{rest}"

    def connect() -> Any:
        connection = driver.connect(
            target,
            timeout=min(busy_seconds, _DEAF),
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        try:
            # Some of these look into the database already.
            patiently(
                lambda: [connection.execute(pragma) for pragma in _pragmas(fsync, alone)],
                busy_seconds,
            )
        except BaseException:
            connection.close()
            raise
        return connection

    pool: dict[str, Any] = (
        {"poolclass": NullPool}
        if alone
        else {"poolclass": QueuePool, "pool_size": 8, "max_overflow": -1}
    )
    made = create_engine("sqlite+pysqlite://", module=driver, creator=connect, **pool)

    def begin(connection: Connection) -> None:
        _begin(connection, busy_seconds)

    event.listen(made, "begin", begin)
    return made


def _pragmas(fsync: bool, alone: bool) -> Iterator[str]:
    if alone:  # before anything looks into the database
        yield "PRAGMA locking_mode = EXCLUSIVE"
    yield "PRAGMA foreign_keys = ON"
    yield f"PRAGMA synchronous = {'FULL' if fsync else 'OFF'}"
    # REPLACE would otherwise delete a row without asking the triggers that say rows stay.
    yield "PRAGMA recursive_triggers = ON"
    # What a person deletes is overwritten, not only forgotten.
    yield "PRAGMA secure_delete = ON"
    if has_wal_reset_bug():
        # Automatic checkpoints are where the bug bites: the steward makes them instead.
        yield "PRAGMA wal_autocheckpoint = 0"


def _begin(connection: Connection, busy_seconds: float) -> None:
    writes = connection.get_execution_options().get("writes", False)
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")

    def begin() -> None:
        if writes:
            raw.execute("BEGIN IMMEDIATE")
            return
        if not raw.in_transaction:
            raw.execute("BEGIN")
        # The moment that is read begins with the first look; here it can be waited for.
        raw.execute("PRAGMA schema_version").fetchone()

    patiently(begin, busy_seconds)


def patiently(step: Callable[[], T], busy_seconds: float) -> T:
    """Takes a step again and again while others hold the lock it needs, for `busy_seconds` at most.

    SQLite's own waiting is kept short: between two tries Python hears signals, such as Ctrl-C. The driver's
    errors come as SQLAlchemy's.
    """
    until = time.monotonic() + busy_seconds
    while True:
        try:
            return step()
        except driver.Error as error:
            if not is_busy(error) or time.monotonic() >= until:
                raise DBAPIError("waiting for a lock", None, error) from error
        time.sleep(_PAUSE)


def is_busy(error: Exception) -> bool:
    """Whether the driver says that somebody else holds the lock."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED)


def checkpoint(connection: Any) -> bool:
    """Moves what it can from the write-ahead log into the database, without waiting for anybody.

    connection: the driver's. Whether everything was moved and the log emptied; False where somebody reads or
    writes at the moment.
    """
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        return connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    except driver.Error as error:
        if is_busy(error):
            return False
        raise DBAPIError("PRAGMA wal_checkpoint", None, error) from error
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def error_code(error: Exception) -> int:
    """SQLite's primary result code (sqlite.org/rescode.html), 0 where there is none."""
    told = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(told, "sqlite_errorcode", 0) or 0) & 0xFF


@contextmanager
def in_words(database: Path, busy_seconds: float) -> Generator[None, None, None]:
    """Errors of the database that a person can do something about, as errors that say what.

    Also those that the driver raised itself, and rows that an archive of ours has one of, and this one has not.
    """
    try:
        yield
    except (
        DBAPIError,
        driver.Error,
        UnicodeDecodeError,  # in the middle of a message about a damaged database
        NoResultFound,
        MultipleResultsFound,
    ) as error:
        clear = _clear(error, database, busy_seconds)
        if clear is None:
            raise
        raise clear from error


def _clear(error: Exception, database: Path, busy_seconds: float) -> UncagedError | None:
    code = error_code(error)
    why = str(error.orig if isinstance(error, DBAPIError) else error)
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED, driver.SQLITE_PROTOCOL):
        return ArchiveBusy(
            f"Another process has been writing to {database} for {busy_seconds:g} seconds.",
            "Wait for it, or end it, and ask again; nothing was changed.",
        )
    if code == driver.SQLITE_FULL or (code == driver.SQLITE_IOERR and _no_room(database)):
        return disk_full(database.parent)
    if code in (driver.SQLITE_READONLY, driver.SQLITE_CANTOPEN, driver.SQLITE_PERM):
        return read_only(database.parent)
    if code == driver.SQLITE_IOERR:
        return HomeUnusable(
            f"The disk under {database} does not answer as it should ({why}).",
            "Look after the disk first; nothing was changed.",
        )
    if _is_damage(error, code, why):
        return broken(database, why)
    return None


def _is_damage(error: Exception, code: int, why: str) -> bool:
    """Whether only a damaged archive gives this error."""
    if code in (driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT, driver.SQLITE_TOOBIG):
        return True
    if isinstance(error, UnicodeDecodeError | NoResultFound | MultipleResultsFound):
        return True
    return _NO_TEXT in why or (code == driver.SQLITE_ERROR and why.startswith(_NOTHING_SUCH))


def refuse_scrap(database: Path) -> None:
    """A file too short for one page is `ArchiveBroken`; SQLite would take it for empty and write over it.

    Only its length is asked for: opening and closing a database beside SQLite drops the locks that this
    process holds on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    if 0 < database.stat().st_size < _SMALLEST_PAGE:
        raise broken(database, "it is too short")


def broken(database: Path, why: str) -> ArchiveBroken:
    """The error for a database that is damaged, or none."""
    return ArchiveBroken(f"{database} is damaged or not a database ({why}).", FROM_A_COPY)


FROM_A_COPY = (
    "It was left as it is. Put a copy of yours in its place, or name another folder with UNCAGED_HOME and bring an "
    "export in with `uncaged import`."
)
"""What to do about a damaged archive."""


def _no_room(database: Path) -> bool:
    try:
        return shutil.disk_usage(database.parent).free < _LITTLE_ROOM
    except OSError:
        return False


HOME_ELSEWHERE = "name another folder with UNCAGED_HOME"


def disk_full(folder: Path, elsewhere: str = HOME_ELSEWHERE) -> DiskFull:
    """The error for a disk without room. `elsewhere`: what else to do where it is not the home's disk."""
    return DiskFull(
        f"There is no room left on the disk of {folder}; what was half written is gone again.",
        "Make room, or delete works (`uncaged delete WORK`), and ask again."
        if elsewhere == HOME_ELSEWHERE
        else f"Make room there, or {elsewhere}, and ask again.",
    )


def read_only(folder: Path, elsewhere: str = HOME_ELSEWHERE) -> HomeUnusable:
    """The error for a folder that cannot be written to."""
    return HomeUnusable(
        f"{folder} cannot be written to.",
        f"Give yourself the right to write there, or {elsewhere}.",
    )
