"""How a request came in: from which address, by which name of ours, and whether anything stood between.

Forwarded headers are believed only of proxies that the policy names. Knows no person and no archive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    collapse_addresses,
    ip_address,
    ip_network,
)

from starlette.datastructures import Headers

from uncaged.core.errors import AskedWrong, NotAllowed
from uncaged.web.words import _

TELLTALES = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-server",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "via",
)
"""Headers that something between writes, and no browser."""

STEPS = 32
"""Steps of a forwarded chain that are looked at, the last ones: no chain of proxies is as long."""


@dataclass(frozen=True, slots=True)
class Coming:
    """address: of whoever asks, empty where nobody says. host: the name they typed, with its port. scheme: http, https.

    near: straight from this machine, with nothing between.
    """

    address: str
    host: str
    scheme: str
    near: bool


def coming(
    peer: str, headers: Headers, proxies: Sequence[str], version: str = "1.1", scheme: str = "http"
) -> Coming:
    """How this request came. peer: address of the connection. proxies: addresses and networks that are believed.

    `NotAllowed` where a proxy on this machine is not named: without that nobody could tell who comes from where.
    """
    address = read_address(peer)
    between = any(name in headers for name in TELLTALES)
    if address is not None and _is_one_of(address, proxies):
        return _through_proxy(str(address), headers, proxies, scheme)
    local = address is not None and address.is_loopback
    if local and between:
        raise NotAllowed(
            _("This request came through a proxy that the studio does not know."),
            _(
                'Whoever runs this studio names it in policy.toml, under [door]: proxies = ["{}"].'
            ).format(address),
        )
    # Some proxies say nothing of themselves, but speak HTTP/1.0, which no browser has done for long.
    near = local and version != "1.0"
    return Coming("" if address is None else str(address), _host(headers), scheme, near)


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port, brackets or zone; None for anything else."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return found if mapped is None else mapped


def _through_proxy(peer: str, headers: Headers, proxies: Sequence[str], scheme: str) -> Coming:
    """Who stands behind a proxy that is believed: the last address in the chain that is none itself."""
    chains = [chain for chain in (_forwarded_for(headers), _rfc7239(headers)) if chain]
    found = {_last_stranger(chain, proxies) for chain in chains}
    if len(found) > 1:
        raise AskedWrong(
            _("Two headers of this request name different addresses it comes from."),
            _("Let the proxy write X-Forwarded-For or Forwarded, and remove the other."),
        )
    hosts = [host.strip() for host in ",".join(headers.getlist("x-forwarded-host")).split(",")]
    said = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    return Coming(
        found.pop() if found else peer,
        hosts[-1].lower() if hosts[-1] else _host(headers),
        said if said in ("http", "https") else scheme,
        near=False,
    )


def _host(headers: Headers) -> str:
    """The one name the request was sent to; `AskedWrong` where there are several, empty where there is none."""
    named = headers.getlist("host")
    if len(named) > 1:
        raise AskedWrong(_("A request names one host, not several."))
    return named[0].strip().lower() if named else ""


def _forwarded_for(headers: Headers) -> list[str]:
    joined = ",".join(headers.getlist("x-forwarded-for"))
    return [part.strip() for part in joined.split(",") if part.strip()]


def _rfc7239(headers: Headers) -> list[str]:
    """The ``for=`` of each step (RFC 7239, 4)."""
    return [value for step in headers.getlist("forwarded") for value in _fors(step)]


def _fors(header: str) -> Iterator[str]:
    for step in header.split(","):
        for pair in step.split(";"):
            name, _equals, value = pair.partition("=")
            if name.strip().lower() == "for":
                yield value.strip()


def _last_stranger(chain: Sequence[str], proxies: Sequence[str]) -> str:
    """Walks from the right: what proxies of ours wrote is true, what stands left of that anybody may have written."""
    address = None
    for step in reversed(chain[-STEPS:]):
        address = read_address(step)
        if address is None or not _is_one_of(address, proxies):
            break
    return "" if address is None else str(address)


def _is_one_of(address: IPv4Address | IPv6Address, networks: Sequence[str]) -> bool:
    four, six = _read_networks(tuple(networks))
    if isinstance(address, IPv4Address):
        return any(address in network for network in four)
    return any(address in network for network in six)


@lru_cache(maxsize=4)
def _read_networks(
    networks: tuple[str, ...],
) -> tuple[tuple[IPv4Network, ...], tuple[IPv6Network, ...]]:
    """The networks of a policy, read once: as few as say the same, IPv4 and IPv6 apart."""
    found = [ip_network(network, strict=False) for network in networks]
    four = collapse_addresses(one for one in found if isinstance(one, IPv4Network))
    six = collapse_addresses(one for one in found if isinstance(one, IPv6Network))
    return tuple(four), tuple(six)
