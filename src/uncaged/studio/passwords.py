"""Passwords: which ones are taken, and how they are kept: argon2id (RFC 9106), slow and large on purpose.

Knows no person. Each hash takes `MEMORY` KiB and a tenth of a second: whoever calls bounds how many at once.
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _

SHORTEST, LONGEST = 10, 1000
"""Characters of a password at least, and bytes at most."""

TIME, MEMORY, LANES = 1, 47_104, 1
"""Passes, KiB and threads of one hash: the first set of OWASP's Password Storage Cheat Sheet."""

_COMMON = frozenset(
    "password passwort motdepasse iloveyou welcome letmein qwertyuiop qwertzuiop azertyuiop 1q2w3e4r5t "
    "uncaged administrator football baseball superman dragon monkey sunshine princess trustno1 changeme".split()
)
_AROUND = "0123456789!?.,-_#*+ "
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")

_hasher = PasswordHasher(TIME, MEMORY, LANES, type=Type.ID)


def plain(password: str) -> str:
    """As it is hashed: the same however a keyboard composes its letters (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, name: str = "") -> str:
    """The password as it is hashed; `AskedWrong` where it is too short, too long, or among the first to be tried."""
    if len(password.encode(errors="replace")) > LONGEST:
        raise AskedWrong(
            _("A password has %(most)s bytes at most.") % {"most": f"{LONGEST:,}"}, about="password"
        )
    said = plain(password)
    if len(said) < SHORTEST:
        raise AskedWrong(
            _("A password has at least %(least)s characters; this one has %(count)s.")
            % {"least": SHORTEST, "count": len(said)},
            _("Four words that do not belong together are easy to keep in mind."),
            about="password",
        )
    if "\0" in said or not _can_be_written(said):
        raise AskedWrong(_("This password holds something that nobody can type."), about="password")
    if _is_guessed(said, name):
        raise AskedWrong(
            _("This password is among the first that somebody would try."),
            _("Four words that do not belong together are easy to keep in mind."),
            about="password",
        )
    return said


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_guessed(said: str, name: str) -> bool:
    """A small rule: few different letters, a row of the keyboard, a famous word or one's own name with some digits."""
    small = said.casefold()
    if len(set(small)) < 4:
        return True
    letters = small.strip(_AROUND)
    if not letters and not _is_mixed(small):
        return True
    own = name.casefold().strip(_AROUND)
    if letters in _COMMON or small in _COMMON or (len(own) > 2 and letters == own):
        return True
    half = small[: (len(small) + 1) // 2]
    return (small in (half * 3)[: len(small)] and len(half) <= 5) or any(
        small in row * 3 or small[::-1] in row * 3 for row in _ROWS
    )


def _is_mixed(digits: str) -> bool:
    """Whether digits are more than a date or a count."""
    return len(digits) > 14 and len(set(digits)) > 6


def hash_of(said: str) -> str:
    """What is kept of a password that `check` has seen."""
    return _hasher.hash(said)


def fits(hash_: str | None, password: str) -> bool:
    """Whether this is the password. None takes as long, and never fits: nobody learns by the clock who is here."""
    if len(password.encode(errors="replace")) > LONGEST:
        password = ""
    try:
        said = plain(password).encode(errors="replace")
        return _hasher.verify(_nobodys() if hash_ is None else hash_, said) and hash_ is not None
    except (Argon2Error, InvalidHashError, ValueError):  # a damaged hash fits nothing
        return False


def is_old(hash_: str) -> bool:
    """Whether it was made under other costs than today's."""
    return _hasher.check_needs_rehash(hash_)


@cache
def _nobodys() -> str:
    """A hash that fits nothing anybody knows."""
    import secrets

    return _hasher.hash(secrets.token_urlsafe(32))
