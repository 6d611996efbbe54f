"""The two cookies: of a visitor who came by a room's door, and of somebody who showed their key. Sealed by the studio.

Knows nothing of requests.
"""

import hashlib
import hmac
import re
import secrets

from starlette.responses import Response

from uncaged.core.ids import is_id

ROOM, KEY = "uncaged_room", "uncaged_key"
DAY = 24 * 3600
DAYS = 60
"""Days after which a cookie is over."""

_ROOM = re.compile(r"([\w-]{1,200})\.([\w-]{32})\.([0-9a-f]{64})", re.ASCII)
_KEY = re.compile(r"(k_[a-z2-7]{12})\.([0-9]{1,12})\.([0-9a-f]{64})")


def for_visitor(secret: bytes, token: str) -> str:
    """For somebody who comes by this room's token for the first time. secret: the studio's."""
    visitor = secrets.token_urlsafe(24)
    return f"{token}.{visitor}.{_seal(secret, 'room', token, visitor)}"


def visitor(secret: bytes, cookie: str) -> tuple[str, str] | None:
    """Token and visitor, or None where this studio never gave out such a cookie."""
    parts = _ROOM.fullmatch(cookie)
    if parts is None or not _holds(secret, parts[3], "room", parts[1], parts[2]):
        return None
    return parts[1], parts[2]


def for_key(secret: bytes, key_id: str, now: int) -> str:
    """For somebody who showed this key. now: seconds since 1970."""
    until = str(now + DAYS * DAY)
    return f"{key_id}.{until}.{_seal(secret, 'key', key_id, until)}"


def key(secret: bytes, cookie: str, now: int) -> str | None:
    """The key's id, or None where the cookie is over, or never was one of ours."""
    parts = _KEY.fullmatch(cookie)
    if parts is None or not _holds(secret, parts[3], "key", parts[1], parts[2]):
        return None
    return parts[1] if now < int(parts[2]) and is_id("key", parts[1]) else None


def give(answer: Response, name: str, value: str, encrypted: bool) -> None:
    """Puts it into an answer: no script reads it, no other site sends it along."""
    answer.set_cookie(
        name, value, DAYS * DAY, secure=encrypted, httponly=True, samesite="lax", path="/"
    )


def _seal(secret: bytes, *parts: str) -> str:
    said = "cookie:" + ".".join(parts)
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def _holds(secret: bytes, seal: str, *parts: str) -> bool:
    return hmac.compare_digest(_seal(secret, *parts), seal)
