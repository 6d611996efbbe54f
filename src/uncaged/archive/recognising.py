"""Is this database an archive of ours? The header says so; the oldest archives are known by their tables.

Looks only. Knows nothing of what stands in an archive, beyond the number of its schema.
"""

from pathlib import Path

from sqlalchemy import Connection, select

from uncaged.archive import sqlite, tables
from uncaged.core.errors import ArchiveBroken, UncagedError

APPLICATION = 0x556E6361
"""``Unca``, in the header of each archive (sqlite.org/pragma.html#pragma_application_id)."""

_FIRST = frozenset(
    "studio people groups models files runs run_files works edges log alembic_version".split()
)
"""Tables of the first schema, which did not write `APPLICATION` yet."""


class AnotherPrograms(ArchiveBroken):
    """The database belongs to another program; it was left as it is."""


def mark(connection: Connection) -> None:
    """Writes into the header that this is an archive of ours, inside the caller's transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def schema_version(connection: Connection, database: Path) -> int | None:
    """The schema's number; None where there is nothing at all yet.

    Raises `AnotherPrograms` where it is not ours, `ArchiveBroken` where it was.
    """
    marked = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if marked != APPLICATION:
        found = connection.exec_driver_sql("SELECT type, name FROM sqlite_master").all()
        if not marked and not found:
            return None
        named = {str(name) for kind, name in found if kind == "table"}
        if marked or not named >= _FIRST or not _has_first_schema(connection):
            raise _another(database)
    version = connection.execute(select(tables.studio.c.schema_version)).scalar_one()
    if not isinstance(version, int):
        raise sqlite.broken(database, "the number of its schema is none")
    return version


def _has_first_schema(connection: Connection) -> bool:
    """Whether these tables are those of our first migration, and not only called like them."""
    columns = connection.exec_driver_sql("PRAGMA table_info(studio)")
    if [row.name for row in columns] != ["id", "epoch", "schema_version", "created"]:
        return False
    versions = connection.exec_driver_sql("PRAGMA table_info(alembic_version)")
    if [row.name for row in versions] != ["version_num"]:
        return False
    return connection.exec_driver_sql("SELECT * FROM alembic_version").scalars().all() == ["0001"]


def refuse_anothers(database: Path, mode: str) -> None:
    """`AnotherPrograms` for a database that is not ours, before it is opened in a way that may write.

    Closing a database tidies up its write-ahead log; another program's is not ours to tidy. mode: ``ro`` or
    ``immutable``, see `sqlite.engine`. Whatever else is wrong shows once it is opened.
    """
    peeking = sqlite.engine(database, busy_seconds=0.0, fsync=False, mode=mode)
    try:
        with sqlite.in_words(database, 0.0), peeking.connect() as connection:
            schema_version(connection, database)
    except AnotherPrograms:
        raise
    except UncagedError:
        return
    finally:
        peeking.dispose()


def _another(database: Path) -> AnotherPrograms:
    return AnotherPrograms(
        f"{database} belongs to another program.",
        "It was left as it is. Move it away, or name another folder with UNCAGED_HOME.",
    )
