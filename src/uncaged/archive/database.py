"""Opening the archive, and the two ways into it: to read, to write.

Knows where the database lies and whether it is ours; knows nothing of what stands in its rows.
"""

import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, insert

from uncaged.archive import homes, people, recognising, spare, sqlite, tables, views
from uncaged.core.clock import Clock
from uncaged.core.errors import (
    ArchiveBusy,
    DiskFull,
    HomeNewer,
    HomeUnusable,
    UncagedError,
)
from uncaged.core.settings import Settings

T = TypeVar("T")


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

    def free(self, step: Callable[[Connection], T]) -> T:
        """One write that takes things away: where the disk is full, the spare room is given up for it.

        `replenish` afterwards. Raises what `write` raises; nothing was changed then.
        """
        try:
            with self.write() as connection:
                return step(connection)
        except (DiskFull, HomeUnusable) as error:
            if type(error) not in _NO_WAY_IN or not spare.give_up(self.database.parent):
                raise _too_full_to_free(error) from error
        try:
            with self.write() as connection:
                return step(connection)
        except DiskFull as error:
            raise _too_full_to_free(error) from error

    def replenish(self) -> None:
        """Puts spare room by again, if it was given up and there is room."""
        home = self.database.parent
        if self.looking or spare.is_there(home):
            return
        with suppress(UncagedError):
            self.checkpoint()
        spare.put_by(home)

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

    looking: nothing is made, migrated or written, so that a home on a read-only or a full disk will do.
    Raises `HomeMissing` (only where looking), `HomeUnusable`, `HomeNewer`, `ArchiveBroken`, `ArchiveBusy`,
    `DiskFull`; nothing was changed then.
    """
    try:
        homes.refuse_what_is_none(settings)
        if looking:
            homes.refuse_nothing(settings)
        else:
            homes.make(settings.home)
            if not homes.writable(settings):
                raise sqlite.read_only(settings.home)
        if not homes.is_empty(settings.database):
            recognising.refuse_anothers(settings.database, homes.way_to_look(settings.database))
        archive = _open(settings, clock, looking)
    except OSError as error:
        raise HomeUnusable(
            f"The studio's folder {settings.home} cannot be looked into ({error.strerror}).",
            f"Look after it, or {sqlite.HOME_ELSEWHERE}.",
        ) from error
    if not looking:
        spare.put_by(settings.home)
    return archive


_NO_WAY_IN = (DiskFull, HomeUnusable)
"""What SQLite says when it can make no files beside the database; kinds of these say something else."""


def _too_full_to_free(error: UncagedError) -> UncagedError:
    """What to do where not even deleting finds room: not deleting, at any rate."""
    if not isinstance(error, DiskFull):
        return error
    return DiskFull(
        error.message,
        "Deleting needs a little room itself, and there is none: remove something else from this disk first.",
    )


def _open(settings: Settings, clock: Clock, looking: bool) -> Archive:
    """The first way in that works; where none does, what was wrong with the first."""
    first: UncagedError | None = None
    for mode in _ways(settings, looking):
        try:
            return _open_as(settings, clock, mode, looking)
        except UncagedError as error:
            if type(error) not in (*_NO_WAY_IN, *((ArchiveBusy,) if first else ())):
                raise
            first = first or error
    raise first or sqlite.read_only(settings.home)


def _ways(settings: Settings, looking: bool) -> Iterator[str]:
    """How to open the database, the best way first; see `sqlite.engine`.

    On a full disk there may be no room for the file that processes share as the index of the write-ahead log.
    Then one alone can do without. Whoever only looks can even do without any file, if there is no log to read.
    """
    database = settings.database
    if not homes.writable(settings):
        yield homes.way_to_look(database)
        return
    yield "rw" if looking else "rwc"
    if homes.is_empty(database):
        return
    yield "alone"
    if looking and homes.way_to_look(database) == "immutable":
        yield "immutable"


def _open_as(settings: Settings, clock: Clock, mode: str, looking: bool) -> Archive:
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


def _make_current(archive: Archive, settings: Settings) -> None:
    """Creates what is missing, migrates what is behind, refuses what is newer or not ours."""
    if homes.is_empty(archive.database):
        homes.refuse_orphans(settings)
        _create(archive)
        return
    sqlite.refuse_scrap(archive.database)
    with archive.engine.connect() as connection:
        version = recognising.schema_version(connection, archive.database)
    if version is None:
        if archive.looking:
            raise homes.no_studio(settings.home)
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
        recognising.mark(connection)
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
