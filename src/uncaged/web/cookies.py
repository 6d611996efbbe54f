"""The cookies: of a room's visitor, a shown key, a login, a known browser; as whom one acts; short ones on the way in.

All but those that are secrets themselves (logins, invitations) are sealed by the studio.

Knows nothing of requests.
"""

import hashlib
import hmac
import re
import secrets

from starlette.responses import Response

from uncaged.core.ids import is_id

ROOM, KEY, SESSION, ACTS = "uncaged_room", "uncaged_key", "uncaged_session", "uncaged_as"
INVITATION, CHALLENGE, KNOWN = "uncaged_invitation", "uncaged_challenge", "uncaged_known"
DAY = 24 * 3600
DAYS = 60
"""Days after which a cookie is over."""

KNOWN_DAYS = 365
"""Days for which a browser is known after somebody last signed in by it."""

SHORT = 3600
"""Seconds that one has between opening an invitation and joining."""

_ACTS = re.compile(r"(p_[a-z2-7]{12})\.(p_[a-z2-7]{12})\.([0-9a-f]{64})")
_ROOM = re.compile(r"([\w-]{1,200})\.([\w-]{32})\.([0-9a-f]{64})", re.ASCII)
_KNOWN = re.compile(r"(p_[a-z2-7]{12})\.([\w-]{16})\.([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)
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


def for_acting(secret: bytes, collective: str, person: str) -> str:
    """For a member who acts as a collective."""
    return f"{collective}.{person}.{_seal(secret, 'as', collective, person)}"


def acting(secret: bytes, cookie: str, person: str) -> str | None:
    """As which collective this person acts, or None where the cookie is not theirs."""
    parts = _ACTS.fullmatch(cookie)
    if parts is None or parts[2] != person:
        return None
    return parts[1] if _holds(secret, parts[3], "as", parts[1], parts[2]) else None


def for_known(secret: bytes, person: str, now: int) -> str:
    """For a browser by which this person has just signed in. It opens nothing. now: seconds since 1970."""
    browser, until = secrets.token_urlsafe(12), str(now + KNOWN_DAYS * DAY)
    return f"{person}.{browser}.{until}.{_seal(secret, 'known', person, browser, until)}"


def known(secret: bytes, cookie: str, now: int) -> tuple[str, str] | None:
    """Who signed in by this browser, and a name for it; None where the cookie is over, or never was one of ours."""
    parts = _KNOWN.fullmatch(cookie)
    if parts is None or not _holds(secret, parts[4], "known", parts[1], parts[2], parts[3]):
        return None
    return (parts[1], parts[2]) if now < int(parts[3]) else None


def session_name(encrypted: bool) -> str:
    """The name of a login's cookie. Over https no other host can set one of this name (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{SESSION}" if encrypted else SESSION


def give(
    answer: Response, name: str, value: str, encrypted: bool, seconds: int = DAYS * DAY
) -> None:
    """Puts it into an answer: no script reads it, no other site sends it along."""
    answer.set_cookie(
        name, value, seconds, secure=encrypted, httponly=True, samesite="lax", path="/"
    )


def take(answer: Response, name: str, encrypted: bool) -> None:
    """The browser forgets it."""
    answer.delete_cookie(name, "/", secure=encrypted, httponly=True, samesite="lax")


def _seal(secret: bytes, *parts: str) -> str:
    said = "cookie:" + ".".join(parts)
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def _holds(secret: bytes, seal: str, *parts: str) -> bool:
    return hmac.compare_digest(_seal(secret, *parts), seal)
