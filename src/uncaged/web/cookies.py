"""The cookie of a visitor who came by a room's door: the token, a secret of theirs, and the studio's seal on both.

Knows nothing of requests.
"""

import hashlib
import hmac
import re
import secrets

NAME = "uncaged_room"
DAYS = 60

_PARTS = re.compile(r"([\w-]{1,200})\.([\w-]{32})\.([0-9a-f]{64})")


def new(secret: bytes, token: str) -> str:
    """A cookie for somebody who comes by this token for the first time. secret: the studio's."""
    visitor = secrets.token_urlsafe(24)
    return f"{token}.{visitor}.{_seal(secret, token, visitor)}"


def read(secret: bytes, cookie: str) -> tuple[str, str] | None:
    """Token and visitor, or None where this studio never gave out such a cookie."""
    parts = _PARTS.fullmatch(cookie)
    if parts is None or not hmac.compare_digest(_seal(secret, parts[1], parts[2]), parts[3]):
        return None
    return parts[1], parts[2]


def _seal(secret: bytes, token: str, visitor: str) -> str:
    return hmac.new(secret, f"cookie:{token}.{visitor}".encode(), hashlib.sha256).hexdigest()
