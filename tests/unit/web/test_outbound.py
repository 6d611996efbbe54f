"""Where the studio may ask: addresses however they are written, and names whatever stands behind them."""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import anyio
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.web.outbound import IN_VAIN, Way, checked, is_public, request


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "ff02::1",
        "::ffff:0:127.0.0.1",
        "::127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::127.0.0.1",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fe80::1%eth0",
        "fec0::1",
        "100.127.255.255",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "240.0.0.1",
        "255.255.255.255",
        "4000::1",
    ],
)
def test_addresses_of_this_network_however_they_are_wrapped(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_addresses_of_others(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "http://example.org/",
        "https:///path",
        "https://user:secret@example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "https://" + "a" * 2000 + ".org/",
        "file:///etc/passwd",
        "https://[::1",
        "https://[::]/",
        "https://0.0.0.0/",
        "https://0/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1./",
        "https://10.0.0.0x1/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://a.localhost:443/",
        "https://[::ffff:127.0.0.1]:8443/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://@127.0.0.1/",
        "https://example.org@127.0.0.1/",
        "https://example.org\\@127.0.0.1/",
        "https://127.0.0.1\\.example.org/",
        "https://127.0.0.1%2eexample.org/",
        "https://example.org:443:80/",
        "https://example.org:-1/",
        "https://.example.org/",
        "https://example..org/",
        "https://1.2.3.4.5/",
        "https:example.org",
        "//example.org/",
        "HTTP://127.0.0.1/",
        "https://①②⑦.0.0.1/",
        "data:text/plain,a",
    ],
)
def test_what_no_webhook_can_be(url: str) -> None:
    with pytest.raises(AskedWrong):
        checked(url, private=False)


def test_an_own_network_where_it_is_allowed() -> None:
    assert checked("http://127.0.0.1:9000/told?x=1", private=True).port == 9000
    assert checked("https://example.org/told", private=False).hostname == "example.org"
    for fine in (
        "https://example.org./",
        "HTTPS://Example.ORG:8443/a?b#c",
        "https://[2606:4700::1111]/",
    ):
        assert checked(fine, private=False)


Answers = Callable[[], list[str]]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Answers], list[str], list[str]]:
    """A net in which names stand for what a test says, and nothing answers: what was looked up, where it went."""
    names: dict[str, Answers] = {}
    asked: list[str] = []
    went: list[str] = []

    def look(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return [(socket.AF_INET, 1, 6, "", (one, port)) for one in names[host]()]

    async def connect(remote_host: str, *_: Any, **__: Any) -> Any:
        went.append(remote_host)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look)
    monkeypatch.setattr(anyio, "connect_tcp", connect)
    return names, asked, went


def ask(url: str, private: bool = False) -> None:
    async def go() -> None:
        async with request(Way(private), "GET", url, {}):
            raise AssertionError("nobody answers in this net")

    asyncio.run(go())


def test_a_name_that_changes_is_looked_up_once_and_that_address_is_gone_to(net: Any) -> None:
    names, asked, went = net
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    names["rebinding.example"] = lambda: [next(answers)]
    with pytest.raises(IN_VAIN):
        ask("https://rebinding.example/a")
    assert (asked, went) == (["rebinding.example"], ["93.184.216.34"])


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["10.0.0.1", "93.184.216.34"],
        ["::ffff:127.0.0.1"],
        ["2606:4700::1111", "::1"],
        ["fe80::1%eth0"],
        [],
    ],
)
def test_a_name_of_this_network_is_gone_to_by_nobody(net: Any, addresses: list[str]) -> None:
    names, asked, went = net
    names["inside.example"] = lambda: addresses
    with pytest.raises(OSError) as inside:
        ask("https://inside.example/")
    assert (asked, went) == (["inside.example"], [])
    assert not isinstance(inside.value, ConnectionRefusedError)


def test_a_numbers_other_spelling_is_not_even_looked_up(net: Any) -> None:
    _names, asked, went = net
    with pytest.raises(AskedWrong):
        ask("https://0x7f.1/")
    assert (asked, went) == ([], [])


def test_where_this_network_is_allowed_it_is_gone_to(net: Any) -> None:
    names, _asked, went = net
    names["inside.example"] = lambda: ["10.0.0.1"]
    with pytest.raises(IN_VAIN):
        ask("http://inside.example:81/", private=True)
    assert went == ["10.0.0.1"]
