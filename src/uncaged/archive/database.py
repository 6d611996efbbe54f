"""Opening the archive, and the two ways into it: to read, to write.

Knows where the database lies and whether it is ours; knows nothing of what stands in its rows.
"""

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from uncaged.archive import people, sqlite, tables, views
from uncaged.core.clock import Clock
from uncaged.core.errors import ArchiveBroken, HomeMissing, HomeNewer, HomeUnusable
from uncaged.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive. `looking`: it is there to be read only."""

    engine: Engine
    database: Path
    clock: Clock
    busy_seconds: float
    looking: bool = False

    @contextmanager
    def read(self) -> Generator[Connection, None, None]:
        """One moment of the archive: what others write meanwhile does not show. Writing is refused."""
        with (
            sqlite.in_words(self.database, self.busy_seconds),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection, None, None]:
        """One transaction that alone may write; committed at the end, undone on an error.

        Keep it short: every other writer waits. Raises `ArchiveBusy`, `DiskFull`, `HomeUnusable`.
        """
        if self.looking:
            raise HomeUnusable(
                f"{self.database.parent} was opened to be looked at, and cannot be written to.",
                f"Open it to write, or {sqlite.HOME_ELSEWHERE}.",
            )
        with (
            sqlite.in_words(self.database, self.busy_seconds),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def checkpoint(self) -> bool:
        """Moves what is in the write-ahead log into the database, and empties the log; waits for nobody.

        The steward calls it now and then; deleted words are gone from the disk after it. False: somebody was
        reading or writing, and a later one will empty the log.
        """
        if self.looking:
            return False
        with sqlite.in_words(self.database, self.busy_seconds), self.engine.connect() as connection:
            return sqlite.checkpoint(connection.connection.dbapi_connection)

    def close(self) -> None:
        """Lets go of the database; the archive cannot be used afterwards."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_archive(settings: Settings, clock: Clock, *, looking: bool = False) -> Archive:
    """The archive of `settings.home`, made there on first use and brought up to date when behind.

    looking: nothing is made, migrated or written, so that a home on a read-only disk will do.
    Raises `HomeMissing` (only where looking), `HomeUnusable`, `HomeNewer`, `ArchiveBroken`, `ArchiveBusy`,
    `DiskFull`; nothing was changed then.
    """
    _refuse_what_is_no_home(settings)
    if looking:
        _refuse_nothing(settings)
        mode = "rw" if _writable(settings) else _way_to_look(settings.database)
    else:
        _make_home(settings.home)
        if not _writable(settings):
            raise sqlite.read_only(settings.home)
        mode = "rwc"
    engine = sqlite.engine(
        settings.database, busy_seconds=settings.busy_seconds, fsync=settings.fsync, mode=mode
    )
    archive = Archive(engine, settings.database, clock, settings.busy_seconds, looking)
    try:
        with sqlite.in_words(archive.database, archive.busy_seconds):
            _make_current(archive, settings)
    except BaseException:
        archive.close()
        raise
    return archive


def _refuse_what_is_no_home(settings: Settings) -> None:
    home, database = settings.home, settings.database
    if home.exists() and not home.is_dir():
        raise HomeUnusable(
            f"{home} is a file, and a studio lives in a folder.",
            "Move the file away, or name another folder with UNCAGED_HOME.",
        )
    if database.is_dir():
        raise HomeUnusable(
            f"{database} is a folder, where the archive's database should be.",
            "Move it away, or name another folder with UNCAGED_HOME.",
        )


def _refuse_nothing(settings: Settings) -> None:
    """Whoever only looks wants no studio made where there is none."""
    if not _is_empty(settings.database):
        return
    _refuse_orphans(settings)
    raise _no_studio(settings.home)


def _no_studio(home: Path) -> HomeMissing:
    return HomeMissing(
        f"There is no studio in {home} yet.",
        'Make a first film: `uncaged make "a slow bird over a blue hill"`; or name another folder with '
        "UNCAGED_HOME.",
    )


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(
            f"The studio's folder {home} cannot be made ({error.strerror}).",
            "Name another folder with UNCAGED_HOME.",
        ) from error


def _writable(settings: Settings) -> bool:
    home, database = settings.home, settings.database
    return os.access(home, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


def _way_to_look(database: Path) -> str:
    """How to open a database that cannot be written to.

    SQLite wants to make two small files beside a WAL database; where it cannot, the database may be read as
    immutable, unless its write-ahead log holds something that would then be overlooked.
    """
    log = database.with_name(database.name + "-wal")
    return "ro" if log.exists() and log.stat().st_size else "immutable"


def _make_current(archive: Archive, settings: Settings) -> None:
    """Creates what is missing, migrates what is behind, refuses what is newer or not ours."""
    if _is_empty(archive.database):
        _refuse_orphans(settings)
        _create(archive)
        return
    sqlite.refuse_scrap(archive.database)
    version = _schema_version(archive.engine)
    if version is None:
        if archive.looking:
            raise _no_studio(settings.home)
        _create(archive)
    elif version > tables.SCHEMA:
        raise HomeNewer(
            f"{settings.home} was written by a newer version of Uncaged (schema {version}; this one knows "
            f"{tables.SCHEMA}).",
            "It was left untouched. Use the newer version, or name another folder with UNCAGED_HOME.",
        )
    elif version < tables.SCHEMA:
        if archive.looking:
            _refuse_unreadable(archive)
            return
        from uncaged.archive import migrating  # Alembic is slow to import and rarely needed

        migrating.migrate(archive.engine)
    elif not archive.looking:
        _use_write_ahead_log(archive)


def _refuse_unreadable(archive: Archive) -> None:
    """An older archive can be looked at as it is while it has every column that is asked for here."""
    with archive.read() as connection:
        for table in tables.metadata.tables.values():
            found = connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')
            if not {column.name for column in table.c} <= {row.name for row in found}:
                raise HomeUnusable(
                    f"{archive.database.parent} is of an older version, and looking does not bring it up to date.",
                    "Whatever writes there does, such as `uncaged make`. Where nothing can be written, copy the "
                    "folder and name the copy with UNCAGED_HOME.",
                )


def _is_empty(database: Path) -> bool:
    """Whether nothing was ever written here; a log beside an empty file holds a beginning."""
    log = database.with_name(database.name + "-wal")
    return not any(part.exists() and part.stat().st_size for part in (database, log))


def _refuse_orphans(settings: Settings) -> None:
    """An empty archive beside kept files would call them leftovers, and sweep them away."""
    if not settings.files.is_dir() or not any(settings.files.glob("[0-9a-f][0-9a-f]/*")):
        return
    if _is_empty(settings.database):  # another process may have begun it meanwhile
        raise ArchiveBroken(
            f"{settings.database} is missing or empty, but {settings.files} holds kept files.",
            "Put a copy of the database back, or move the files folder away to start anew.",
        )


def _schema_version(engine: Engine) -> int | None:
    """The schema's number; None where there are no tables at all."""
    with engine.connect() as connection:
        try:
            return connection.execute(select(tables.studio.c.schema_version)).scalar_one()
        except DBAPIError as error:
            if sqlite.error_code(error) != sqlite.driver.SQLITE_ERROR:
                raise
        found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if found:
        raise ArchiveBroken(
            f"{engine.url.database or 'The database'} belongs to another program.",
            "It was left as it is. Move it away, or name another folder with UNCAGED_HOME.",
        )
    return None


def _create(archive: Archive) -> None:
    """Makes the tables, the triggers, the studio's row and its owner, all or nothing.

    Straight from `tables`, as the migrations would; a test holds that both ways give the same.
    """
    _use_write_ahead_log(archive)
    with archive.write() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
            return  # another process was faster
        tables.metadata.create_all(connection, checkfirst=False)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, "
            "\n\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
        )
        connection.exec_driver_sql(
            "INSERT INTO alembic_version VALUES (?)", (f"{tables.SCHEMA:04}",)
        )
        views.create(connection)
        now = archive.clock.now()
        connection.execute(
            insert(tables.studio).values(
                id=secrets.token_hex(16), epoch=0, schema_version=tables.SCHEMA, created=now
            )
        )
        people.add(connection, "owner", now)


def _use_write_ahead_log(archive: Archive) -> None:
    """Switches to WAL where it is not on yet, waiting for others: SQLite does not wait by itself here."""
    with archive.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection

        def switch() -> None:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                raw.execute("PRAGMA journal_mode = WAL").fetchone()

        sqlite.patiently(switch, archive.busy_seconds)
