"""Numbers drawn by lot from a name: the same name, the same numbers, on every machine. For the thousands a pen needs.

`numbers.Stream` is for what is drawn once; this is a table that whole arrays are looked up in.
"""

import zlib
from functools import cache

import numpy as np

from uncaged.engines.ink.numbers import Array

MOST = 4096
"""So many numbers of one name follow each other before they may meet those of another."""


@cache
def table() -> Array:
    """65536 numbers 0 … 1 from raw bits, which no version of numpy may change."""
    raw = np.random.PCG64(20260101).random_raw(65536)
    return (raw >> np.uint64(11)).astype(np.float64) * (1.0 / 9007199254740992.0)


def number(key: str) -> int:
    """A whole number that belongs to a name."""
    return zlib.crc32(key.encode())


def place(key: str) -> int:
    """Where the lots of a name begin in the table; at least `MOST` follow."""
    return number(key) * 4099 % (65536 - MOST)


def draws(key: str, count: int) -> Array:
    """`count` numbers 0 … 1 that belong to a name; after `MOST` they come again."""
    start = place(key)
    found = table()[start : start + min(count, MOST)]
    return found if count <= MOST else np.resize(found, count)
