"""Links by which a work opens without a login: its maker's ("your link"), and that of whoever it was shown to by link.

Both are made of the studio's secret and stand nowhere. Changed once, all older ones open nothing. Knows no HTTP.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import Connection

from uncaged.archive import links
from uncaged.core.ids import ALPHABET, is_id
from uncaged.studio.entering import secret_of

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

Role: TypeAlias = Literal["maker", "viewer"]
ROLES: tuple[Role, ...] = ("maker", "viewer")

LETTERS = 20
"""Letters of a link's token, five bits each: 100 bits."""

LONGEST = 64
"""Characters of something that may be a token, at most."""

_Made: TypeAlias = Callable[["Studio", str, Role, int], str]

_NO_LETTERS = re.compile(r"[^a-z2-7]+")


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose work a link or its cookie opens, and as whom: as its maker, who may do everything with it, or to look."""

    person_id: str
    role: Role


def token(studio: "Studio", work_id: str, role: Role, times: int) -> str:
    """What stands in a link, in groups of four letters. times: how often the work's links were changed."""
    digest = _keyed(studio, "link", role, work_id, str(times))
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in digest[:LETTERS]]
    return "-".join("".join(letters[n : n + 4]) for n in range(0, LETTERS, 4))


def seal(studio: "Studio", work_id: str, role: Role, times: int) -> str:
    """What stands in the cookie that a link is exchanged for: it is no link, and no link is one."""
    return f"{role}.{_keyed(studio, 'link-cookie', role, work_id, str(times)).hex()}"


def open_by(conn: Connection, studio: "Studio", work_id: str, said: str) -> Opened | None:
    """What this token opens; None alike for a wrong one, an old one, and a work that is not here."""
    return _opened(conn, studio, work_id, _letters(said), _plain_token)


def opened_by(conn: Connection, studio: "Studio", work_id: str, cookie: str) -> Opened | None:
    """What this cookie opens now; None as in `open_by`."""
    return _opened(conn, studio, work_id, cookie, seal)


def path(studio: "Studio", work_id: str, role: Role, times: int) -> str:
    """The address of a link within the studio."""
    return f"/works/{work_id}?link={token(studio, work_id, role, times)}"


def _opened(
    conn: Connection, studio: "Studio", work_id: str, said: str, made: _Made
) -> Opened | None:
    found = links.of(conn, work_id) if is_id("work", work_id) and said else None
    if found is None:
        return None
    person_id, visibility, times = found
    for role in ROLES:
        right = made(studio, work_id, role, times)
        if hmac.compare_digest(right.encode(), said.encode(errors="replace")):
            closed = role == "viewer" and visibility == "nobody"
            return None if closed else Opened(person_id, role)
    return None


def _plain_token(studio: "Studio", work_id: str, role: Role, times: int) -> str:
    return _letters(token(studio, work_id, role, times))


def _letters(said: str) -> str:
    """A token as it counts: somebody may have typed it from a wall."""
    return _NO_LETTERS.sub("", said[:LONGEST].lower())


def _keyed(studio: "Studio", *parts: str) -> bytes:
    return hmac.new(secret_of(studio), ":".join(parts).encode(), hashlib.sha256).digest()
