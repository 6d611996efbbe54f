"""A page of a list that grows meanwhile: what follows the last one of the page before, even where that is gone.

Knows no table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, Select, tuple_


@dataclass(frozen=True, slots=True)
class Page:
    """limit: as many at most. after: the last one of the page before."""

    limit: int
    after: str | None = None
    oldest_first: bool = False


def rows_of(
    conn: Connection, wanted: Select[Any], order: Sequence[Any], last: Executable, page: Page
) -> tuple[Sequence[RowMapping], bool]:
    """The rows of a page, and whether there are more. last: where in this order the last one before stands.

    Of a last one that never was there, nothing follows.
    """
    if page.after is not None:
        found = conn.execute(last).one_or_none()
        if found is None:
            return (), False
        here, there = tuple_(*order), tuple_(*found)
        wanted = wanted.where(here > there if page.oldest_first else here < there)
    by = order if page.oldest_first else [column.desc() for column in order]
    rows = conn.execute(wanted.order_by(*by).limit(page.limit + 1)).mappings().all()
    return rows[: page.limit], len(rows) > page.limit
