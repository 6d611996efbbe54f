"""Ids: a noun's prefix and twelve random base32 characters, such as ``w_k3v9qh2mztea``.

Ids carry no time, so that a short beginning stays unique in a large archive. Knows nothing of tables.
"""

import re
import secrets

PREFIXES = {
    "agreement": "a",
    "dataset": "d",
    "file": "f",
    "group": "g",
    "hook": "h",
    "invitation": "n",
    "item": "i",
    "key": "k",
    "log": "l",
    "model": "m",
    "opening": "e",
    "person": "p",
    "room": "o",
    "run": "r",
    "session": "s",
    "work": "w",
}
"""One prefix per noun; a table that needs a new one adds it here."""

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
LENGTH = 12

_ID = re.compile(r"([a-z])_([a-z2-7]{12})")
_BEGINNING = re.compile(r"([a-z])_[a-z2-7]{1,12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def new_id(noun: str) -> str:
    """A fresh id for a noun of `PREFIXES` (60 random bits).

    >>> new_id("work")[:2]
    'w_'
    """
    return PREFIXES[noun] + "_" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_id(noun: str, text: str) -> bool:
    """Whether `text` is a whole id of this noun; nothing else ever reaches a path or a statement."""
    match = _ID.fullmatch(text)
    return match is not None and match[1] == PREFIXES[noun]


def is_beginning(noun: str, text: str) -> bool:
    """Whether `text` could begin an id of this noun: the prefix and one to twelve characters."""
    match = _BEGINNING.fullmatch(text)
    return match is not None and match[1] == PREFIXES[noun]


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hexadecimal, before any path is built from it."""
    return _SHA256.fullmatch(text) is not None
