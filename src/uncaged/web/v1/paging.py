"""Lists of `/v1`: a page, where it begins, and what the clients need to ask for the next one."""

from collections.abc import Mapping, Sequence
from typing import Any

from uncaged.archive.paging import Page
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields
from uncaged.web.words import _


def page_of(query: Fields, usual: int, most: int) -> Page:
    """The page that a question asks for: limit, after, order."""
    limit = query.whole("limit")
    limit = usual if limit is None else limit
    if not 0 <= limit <= most:
        raise WrongField(_("limit is a number from 0 to {}.").format(f"{most:,}"), param="limit")
    order = query.text("order", 20) or "desc"
    if order not in ("asc", "desc"):
        raise WrongField(_("order is asc or desc."), param="order")
    return Page(limit, query.text("after", 200), order == "asc")


def listed(data: Sequence[Mapping[str, Any]], more: bool) -> dict[str, Any]:
    """The page as clients read it: every key is there."""
    return {
        "object": "list",
        "data": list(data),
        "first_id": data[0]["id"] if data else None,
        "last_id": data[-1]["id"] if data else None,
        "has_more": more,
    }
