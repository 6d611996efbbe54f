"""How columns of the archive are written down, and the one `metadata` that all tables belong to.

Knows no table.
"""

from typing import Any, get_args

from sqlalchemy import CheckConstraint, Column, MetaData, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, words: Any) -> CheckConstraint:
    """Only these words may stand in the column."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def column(name: str, type_: Any, comment: str, *rest: Any, **more: Any) -> Column[Any]:
    """A column that must have a value, with its sentence."""
    more.setdefault("nullable", False)
    return Column(name, type_, *rest, comment=comment, **more)


def maybe(name: str, type_: Any, comment: str, *rest: Any, **more: Any) -> Column[Any]:
    """A column that may be empty, with its sentence."""
    return Column(name, type_, *rest, comment=comment, nullable=True, **more)


def where(condition: str) -> dict[str, Any]:
    """An index of some rows only, for every database that knows such."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def key(name: str, comment: str) -> Column[Any]:
    return column(name, Text, comment, primary_key=True)
