"""What the archive holds, read back: whatever cannot be is `ArchiveBroken`, which names where it stands.

Only damage, or another program's hand, makes such rows. Knows no table.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

from uncaged.archive.sqlite import FROM_A_COPY
from uncaged.core.errors import ArchiveBroken, AskedWrong
from uncaged.core.score import Score, shown

LATEST = 253_402_300_799_999_999
"""The last microsecond of the year 9999; no calendar here goes further."""


@contextmanager
def reading(what: object) -> Generator[None, None, None]:
    """Whatever is not right about a row inside is `ArchiveBroken`. what: the row's id, for the sentence."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, AskedWrong) as error:
        raise ArchiveBroken(
            f"What the archive says of {shown(what)} cannot be read ({error}).", FROM_A_COPY
        ) from error


def mapping(text: str | None) -> dict[str, Any] | None:
    """An object from a column that may be empty; `ValueError` where it is none."""
    if text is None:
        return None
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("no object")
    return cast("dict[str, Any]", value)


def names(text: str) -> tuple[str, ...]:
    """A list of texts; `ValueError` where it is none."""
    value = json.loads(text)
    if not isinstance(value, list) or not all(
        isinstance(name, str) for name in cast("list[object]", value)
    ):
        raise ValueError("no list of names")
    return tuple(cast("list[str]", value))


def score(text: str | None) -> Score | None:
    """A score from a column that may be empty; `ValueError` or `AskedWrong` where it is none."""
    value = mapping(text)
    return None if value is None else Score.from_json(value)


def time(value: object) -> int | None:
    """Microseconds of a time that may be empty; `ValueError` where no calendar has it."""
    if value is None or (isinstance(value, int) and 0 <= value <= LATEST):
        return value
    raise ValueError("a time that is none")
