"""Triggers and views: dropped before a migration, created anew from ``views.sql`` after it.

Knows nothing of what they say.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from uncaged.archive.sqlite import complete_statement

SOURCE = Path(__file__).with_name("views.sql")


def create(connection: Connection) -> None:
    """Creates every trigger and view of ``views.sql`` inside the caller's transaction."""
    for statement in statements(SOURCE.read_text("utf-8")):
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Drops every trigger and view, also those that only an older version knew."""
    found = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ).all()
    # Triggers first: one may hang on a view.
    for kind, name in sorted(tuple(row) for row in found):
        quoted = str(name).replace('"', '""')
        connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{quoted}"')


def statements(source: str) -> Iterator[str]:
    """The statements of an SQL text, one by one; a trigger's inner semicolons do not end it."""
    begun = ""
    for line in source.splitlines(keepends=True):
        if not begun and (not line.strip() or line.startswith("--")):
            continue
        begun += line
        if complete_statement(begun):
            yield begun.strip()
            begun = ""
    if begun.strip():
        raise ValueError(f"An SQL statement without an end: {begun.strip()[:60]}")
