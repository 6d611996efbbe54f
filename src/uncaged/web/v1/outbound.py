"""The one way out of the studio: a signed message to an address that somebody entered, and to no other machine.

A name is looked up once, and the connection goes to the address that was looked at. Knows no archive.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx2

from uncaged.core.errors import AskedWrong
from uncaged.core.version import __version__
from uncaged.web.words import _

LONGEST = 2000
"""Characters of an address, at most."""

WAIT = 15.0
"""Seconds for all of it: looking the name up, connecting, the answer's first line."""

TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that mean an IPv4 one (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. id: the receiver knows a repetition by it. moment: Unix seconds."""

    id: str
    moment: int
    body: bytes


def checked(url: str, private: bool) -> SplitResult:
    """An address that may be told. private: this network is allowed, and http. Raises `AskedWrong`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    fits = len(url) <= LONGEST and url.isascii() and url.isprintable() and " " not in url
    if not fits or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise AskedWrong(_("A webhook is an address like https://example.org/told."))
    if parts.username is not None or parts.password is not None:
        raise AskedWrong(_("An address with a name and a password in it is not taken."))
    if parts.scheme == "http" and not private:
        raise AskedWrong(
            _("A webhook begins with https: what it is told can be read on the way else.")
        )
    try:
        here = ip_address(parts.hostname)
    except ValueError:
        here = None
    if here is not None and not private and not is_public(here):
        raise _not_here()
    return parts


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is somebody else's machine on the open net, whatever it is wrapped in."""
    inner: list[IPv4Address] = []
    if isinstance(address, IPv6Address):
        inner = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
        inner += list(address.teredo or ())
        if address in TRANSLATED:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if inner:
            return all(is_public(one) for one in inner)
    return address.is_global and not address.is_multicast


async def send(url: str, message: Message, keys: Sequence[str], private: bool) -> int:
    """Tells it; the status of the answer. Raises `AskedWrong` for an address that may not be told, `OSError`,
    `TimeoutError` and `httpx2.HTTPError` where nobody answers in time. Redirects are not followed."""
    async with asyncio.timeout(WAIT):
        parts = checked(url, private)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        found = await _looked_up(host, port)
        if not private and not all(is_public(one) for one in found):
            raise _not_here()
        named = f"[{found[0]}]" if found[0].version == 6 else str(found[0])
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = signed(message, keys) | {"Host": parts.netloc}
        extensions: dict[str, Any] = {"sni_hostname": host}
        async with (
            httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=WAIT) as client,
            client.stream(
                "POST",
                f"{parts.scheme}://{named}:{port}{path}",
                content=message.body,
                headers=headers,
                extensions=extensions,
            ) as answer,
        ):
            return answer.status_code  # what it says beyond that nobody reads


async def _looked_up(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    loop = asyncio.get_running_loop()
    infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
    if not found:
        raise OSError(f"{host} has no address")
    return found


def _not_here() -> AskedWrong:
    return AskedWrong(
        _("That address is in this network, where webhooks do not go."),
        _("Whoever runs this studio can allow it: UNCAGED_PRIVATE_HOOKS."),
    )


def signed(message: Message, keys: Sequence[str]) -> dict[str, str]:
    """The headers of Standard Webhooks: a signature by each key that counts."""
    said = f"{message.id}.{message.moment}.".encode() + message.body
    signatures = [
        base64.b64encode(hmac.new(_bytes(key), said, hashlib.sha256).digest()).decode()
        for key in keys
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Uncaged/{__version__}",
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
