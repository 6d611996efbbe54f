"""The way out of the studio: to an address that somebody entered, and to no other machine.

A name is looked up once, and the connection goes to the address that was looked at. Knows no archive, and nothing of
what is sent or fetched: see `v1.signing` and `v1.fetching`.
"""

import re
import socket
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx2
from anyio import CapacityLimiter, to_thread

from uncaged.core.errors import AskedWrong
from uncaged.core.version import __version__
from uncaged.web.words import _

LONGEST = 2000
"""Characters of an address, at most."""

TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that mean an IPv4 one (RFC 6052)."""

UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given to anybody on the open net (RFC 4291, 2.4)."""

LOOKUPS = 64
"""Names that are looked up at a time: each takes a thread, and one that nobody answers for takes long."""

CLOSED = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Networks of nobody, which not every Python knows (RFC 6890, 7526, 9637)."""

OURS = {"User-Agent": f"Uncaged/{__version__}", "Via": "1.1 uncaged"}
"""What every request of ours says: no studio takes one for its owner's, who sits at the machine (`web.coming`)."""

IN_VAIN = (OSError, TimeoutError, ValueError, httpx2.HTTPError, httpx2.InvalidURL)
"""What `request` raises where nobody answers."""

_NAME = re.compile(r"[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_][a-z0-9_-]*)*\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """The one of a process. private: this network is allowed, and http."""

    private: bool = False
    lookups: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(LOOKUPS))


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back. public: from a machine on the open net."""

    answer: httpx2.Response
    public: bool


def checked(url: str, private: bool) -> SplitResult:
    """An address that may be asked. private: this network is allowed, and http. Raises `AskedWrong`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    fits = len(url) <= LONGEST and url.isascii() and url.isprintable() and " " not in url
    if not fits or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise _no_address()
    if parts.username is not None or parts.password is not None:
        raise AskedWrong(_("An address with a name and a password in it is not taken."))
    if parts.scheme == "http" and not private:
        raise AskedWrong(_("An address begins with https here: anybody on the way reads it else."))
    if not private and not _elsewhere(parts.hostname):
        raise _not_here()
    return parts


def _elsewhere(host: str) -> bool:
    """Whether this may be the name or the address of another network's machine. Raises `AskedWrong` for what is none.

    A last part that is a number makes all of it an IPv4 address, in spellings that only resolvers know (0x7f.1).
    """
    try:
        return is_public(ip_address(host))
    except ValueError:
        parts = host.removesuffix(".").split(".")
    if not _NAME.fullmatch(host) or _NUMBER.fullmatch(parts[-1]):
        raise _no_address()
    return len(parts) > 1 and parts[-1] != "localhost"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is somebody else's machine on the open net, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
        inner += list(address.teredo or ())
        if address in TRANSLATED:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if inner:
            return all(is_public(one) for one in inner)
        if address not in UNICAST:
            return False
    closed = address.is_multicast or any(address in net for net in CLOSED)
    return address.is_global and not closed


@asynccontextmanager
async def request(
    way: Way, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
) -> AsyncGenerator[Answered]:
    """Asks there, once; what comes back is read while the block lasts, and redirects are not followed.

    Raises `AskedWrong` for an address that may not be asked, and one of `IN_VAIN` where nobody answers. Has no limit of
    time of its own: whoever calls sets one.
    """
    parts = checked(url, way.private)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = await _looked_up(way, host, port)
    public = all(is_public(one) for one in found)
    if not public and not way.private:
        raise OSError("a name of this network is told in the same words as one that is none")
    named = f"[{found[0]}]" if found[0].version == 6 else str(found[0])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    said = OURS | {"Host": parts.netloc} | dict(headers)
    extensions: dict[str, Any] = {"sni_hostname": host.removesuffix(".")}
    async with (
        httpx2.AsyncClient(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=None
        ) as client,
        client.stream(
            method,
            f"{parts.scheme}://{named}:{port}{path}",
            content=body,
            headers=said,
            extensions=extensions,
        ) as answer,
    ):
        yield Answered(answer, public)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count: to read them all takes too long for every request."""
    return httpx2.create_ssl_context(trust_env=False)


async def _looked_up(way: Way, host: str, port: int) -> list[IPv4Address | IPv6Address]:
    def ask() -> list[Any]:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    infos = await to_thread.run_sync(ask, abandon_on_cancel=True, limiter=way.lookups)
    found = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
    if not found:
        raise OSError("a name without an address")
    return found


def _no_address() -> AskedWrong:
    return AskedWrong(_("That is no address like https://example.org/there."))


def _not_here() -> AskedWrong:
    return AskedWrong(
        _("That address is in this network, where the studio sends nothing and fetches nothing."),
        _("Whoever runs this studio can allow it: UNCAGED_PRIVATE_HOOKS."),
    )
