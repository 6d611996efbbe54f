"""Messages to webhooks: signed as Standard Webhooks has it, and sent once.

Knows no archive, and not when somebody is told; `telling` does.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from uncaged.web.outbound import Way, request

WAIT = 15.0
"""Seconds for all of it: looking the name up, connecting, the answer's first lines."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. id: the receiver knows a repetition by it. moment: Unix seconds."""

    id: str
    moment: int
    body: bytes


async def send(way: Way, url: str, message: Message, keys: Sequence[str]) -> int:
    """Tells it; the status of the answer, of which nothing more is read. Raises what `outbound.request` does."""
    async with (
        asyncio.timeout(WAIT),
        request(way, "POST", url, signed(message, keys), message.body) as told,
    ):
        return told.answer.status_code


def signed(message: Message, keys: Sequence[str]) -> dict[str, str]:
    """The headers: a signature by each key that counts."""
    said = f"{message.id}.{message.moment}.".encode() + message.body
    signatures = [
        base64.b64encode(hmac.new(_bytes(key), said, hashlib.sha256).digest()).decode()
        for key in keys
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(message.moment),
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }


def _bytes(key: str) -> bytes:
    """A key that begins with whsec_ is base64 behind that; any other is what it says."""
    if not key.startswith("whsec_"):
        return key.encode()
    try:
        return base64.b64decode(key.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return key.encode()
