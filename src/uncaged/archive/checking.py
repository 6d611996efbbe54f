"""Is an archive whole? What SQLite says of its pages and references, and what each row says.

Looks at everything, and so takes its time on a large archive. Changes nothing.
"""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, select

from uncaged.archive import manifest, rows
from uncaged.archive.database import Archive
from uncaged.archive.tables import metadata
from uncaged.core.errors import ArchiveBroken
from uncaged.core.score import shown

_BATCH = 500


def complaints(archive: Archive, most: int = 3) -> tuple[str, ...]:
    """What is wrong, in sentences without an end, `most` of each kind; nothing where all is well.

    Raises what `Archive.read` raises, but no `ArchiveBroken`: that is a complaint.
    """
    found: list[str] = []
    for look in (_pages, _references, *map(_Rows, manifest.TABLES)):
        try:
            with archive.read() as conn:
                found += islice(look(conn), most)
        except ArchiveBroken as error:
            found.append(error.message.rstrip("."))
    return tuple(dict.fromkeys(found))


def _pages(conn: Connection) -> Iterator[str]:
    """Do pages, indexes and constraints fit together?"""
    for told in conn.exec_driver_sql("PRAGMA quick_check(10)").scalars():
        if told != "ok":
            yield " ".join(str(told).split())


def _references(conn: Connection) -> Iterator[str]:
    """Does each row refer to rows that are there?"""
    for row in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        table, number, parent = tuple(row)[:3]
        yield f"row {number} of {table} refers to a row of {parent} that is not there"


class _Rows:
    """Could each row of a table go out and come in again?"""

    def __init__(self, table: str) -> None:
        self.table = metadata.tables[table]

    def __call__(self, conn: Connection) -> Iterator[str]:
        found = conn.execution_options(yield_per=_BATCH).execute(select(self.table))
        for row in found.mappings():
            try:
                rows.from_json(self.table.name, rows.to_json(self.table.name, row))
            except (ValueError, TypeError, RecursionError, AttributeError) as error:
                yield f"{shown(next(iter(row.values())))} in {self.table.name}: {error}"
