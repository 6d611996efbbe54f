"""A page of a list that grows meanwhile: what follows the last one of the page before, even where that is gone.

Knows no table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, Select, tuple_

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _


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


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where something stands in an order by time: also once it is gone. moment: µs UTC.

    >>> str(Spot(12, "w_aaaaaaaaaaaa"))
    '12.w_aaaaaaaaaaaa'
    """

    moment: int
    id: str

    def __str__(self) -> str:
        return f"{self.moment}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Spot":
        """The spot that `text` names; `AskedWrong` where it names none."""
        found = _SPOT.fullmatch(text)
        if found is None:
            raise AskedWrong(
                _("This address names no place in the list."), _("Begin again at its first page.")
            )
        return cls(int(found[1]), found[2])


_SPOT = re.compile(r"([0-9]{1,18})\.(w_[a-z2-7]{12})")
