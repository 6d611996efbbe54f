"""Statements of every turn and every asking: built and compiled once, and handed to the driver as they are.

To execute one costs SQLAlchemy some two hundred microseconds, ten times what SQLite takes for it. Knows no table.
"""

import collections
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound
from sqlalchemy.sql.expression import ClauseElement

Fields: TypeAlias = RowMapping | Mapping[str, Any]
"""A row by the names of its columns, from here or from SQLAlchemy."""

_NOTHING: Mapping[str, object] = {}


class Answer:
    """What a statement gave: rows, or how many were changed. As much of SQLAlchemy's `Result` as is needed."""

    __slots__ = ("_names", "_row", "_rows", "rowcount")

    def __init__(self, names: tuple[str, ...], row: Any, rows: list[Any], rowcount: int) -> None:
        self._names, self._row, self._rows, self.rowcount = names, row, rows, rowcount

    def __iter__(self) -> Iterator[Any]:
        return map(self._row._make, self._rows)

    def all(self) -> list[Any]:
        """Every row; its columns by name."""
        return list(self)

    def first(self) -> Any:
        """The first row, or None."""
        return self._row._make(self._rows[0]) if self._rows else None

    def one_or_none(self) -> Any:
        """The one row, or None; `MultipleResultsFound`."""
        if len(self._rows) > 1:
            raise MultipleResultsFound("several rows where there is one at most")
        return self.first()

    def one(self) -> Any:
        """The one row; `NoResultFound`, `MultipleResultsFound`."""
        row = self.one_or_none()
        if row is None:
            raise NoResultFound("no row where there is one")
        return row

    def scalar(self) -> Any:
        """The first column of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first column of the one row; `NoResultFound`, `MultipleResultsFound`."""
        return self.one()[0]

    def scalars(self) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._rows]

    def mappings(self) -> "Mapped":
        """The rows, each by the names of its columns."""
        return Mapped([dict(zip(self._names, row, strict=True)) for row in self._rows])


class Mapped(list[dict[str, Any]]):
    """Rows by the names of their columns."""

    def one_or_none(self) -> dict[str, Any] | None:
        """The one row, or None; `MultipleResultsFound`."""
        if len(self) > 1:
            raise MultipleResultsFound("several rows where there is one at most")
        return self[0] if self else None

    def one(self) -> dict[str, Any]:
        """The one row; `NoResultFound`, `MultipleResultsFound`."""
        found = self.one_or_none()
        if found is None:
            raise NoResultFound("no row where there is one")
        return found


def _row_of(names: tuple[str, ...]) -> Any:
    """A tuple of these names; a column without a fitting one has its number."""
    make: Any = collections.namedtuple
    return make("Row", names, rename=True)


class Prepared:
    """A statement whose parameters are all named. Which columns an insert or update sets, its values say."""

    __slots__ = ("_ready", "_statement")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def on(self, conn: Connection, values: Mapping[str, object] = _NOTHING) -> Answer:
        """Executes it in the caller's transaction. Errors are SQLAlchemy's, as of any other statement."""
        names = tuple(values)
        ready = self._ready.get(names)
        if ready is None or type(conn.dialect) is not ready.kind:
            ready = self._ready[names] = _Ready(self._statement, conn, names)
        return ready.execute(conn, values)


class _Ready:
    """The text of a statement for one dialect and one set of names, and the order of its parameters."""

    __slots__ = ("_columns", "_text", "_wanted", "kind")

    def __init__(self, statement: ClauseElement, conn: Connection, names: Sequence[str]) -> None:
        compiled: Any = statement.compile(dialect=conn.dialect, column_keys=list(names) or None)
        self.kind = type(conn.dialect)
        self._text = str(compiled)
        given = compiled.construct_params(dict.fromkeys(names))  # raises where one is missing
        turned = compiled._bind_processors  # what a type does to a value on its way to the driver
        self._wanted = [
            (name, given[name], turned.get(name)) for name in compiled.positiontup or ()
        ]
        self._columns: tuple[tuple[str, ...], Any] | None = None

    def execute(self, conn: Connection, values: Mapping[str, object]) -> Answer:
        args = [
            values.get(name, given) if turn is None else turn(values.get(name, given))
            for name, given, turn in self._wanted
        ]
        raw: Any = conn.connection.dbapi_connection
        try:
            cursor = raw.execute(self._text, args)
            rows: list[Any] = cursor.fetchall() if cursor.description else []
        except conn.dialect.loaded_dbapi.Error as error:
            base = conn.dialect.loaded_dbapi.Error
            told = DBAPIError.instance(self._text, args, error, base, dialect=conn.dialect)
            raise told from error
        columns = self._columns
        if columns is None:  # known at once or not at all: other threads use the same statement
            names = tuple(one[0] for one in cursor.description or ())
            columns = self._columns = names, _row_of(names)
        return Answer(*columns, rows, cursor.rowcount)
