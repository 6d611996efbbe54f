"""How a request came in: tables of what stands in headers, and that nothing in one is a mistake of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from uncaged.core.errors import AskedWrong, NotAllowed
from uncaged.web.coming import TELLTALES, coming, read_address

PROXIES = ("127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8")


def through(**headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return coming("10.1.1.1", Headers(named), PROXIES).address


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("1.1.1.1,203.0.113.7,10.0.0.9,fd00::3", "203.0.113.7"),
        ("203.0.113.7:5555", "203.0.113.7"),
        ("[2001:db8::7]:5555", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("10.0.0.9", "10.0.0.9"),
        ("evil, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, unknown", ""),
        ("203.0.113.7, _hidden, 10.0.0.1", ""),
        ("", "10.1.1.1"),
        (" , ,", "10.1.1.1"),
    ],
)
def test_the_last_stranger_in_the_chain_is_who_asks(chain: str, address: str) -> None:
    assert through(x_forwarded_for=chain) == address
    steps = [part.strip() for part in chain.split(",")]
    rfc = ", ".join(f'proto=http;for="{step}"' for step in steps if step)
    assert through(forwarded=rfc) == address


def test_headers_that_disagree_are_refused() -> None:
    assert through(x_forwarded_for="203.0.113.7", forwarded="for=203.0.113.7") == "203.0.113.7"
    with pytest.raises(AskedWrong, match="different addresses"):
        through(x_forwarded_for="203.0.113.8", forwarded="for=203.0.113.7")


def test_a_stranger_is_not_believed() -> None:
    found = coming(
        "203.0.113.7",
        Headers({"x-forwarded-for": "127.0.0.1", "x-forwarded-host": "evil", "host": "a:1"}),
        PROXIES,
    )
    assert (found.address, found.host, found.near) == ("203.0.113.7", "a:1", False)


def test_a_proxy_says_by_which_name_and_in_which_way_one_came() -> None:
    headers = {
        "host": "127.0.0.1:8484",
        "x-forwarded-host": "evil.example, Studio.example",
        "x-forwarded-proto": "http, HTTPS",
    }
    found = coming("127.0.0.1", Headers(headers), PROXIES)
    assert (found.host, found.scheme, found.near) == ("studio.example", "https", False)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("header", TELLTALES)
def test_a_proxy_here_that_nobody_named_is_refused(peer: str, header: str) -> None:
    with pytest.raises(NotAllowed, match="proxy"):
        coming(peer, Headers({header: "x"}), ())
    assert coming(peer, Headers({}), ()).near
    assert not coming(peer, Headers({}), (), version="1.0").near
    assert not coming(peer, Headers({}), (peer.removeprefix("::ffff:"),)).near


def test_nobody_knows_whence() -> None:
    assert coming("", Headers({}), ()) == coming("testclient", Headers({}), PROXIES)
    assert not coming("", Headers({}), ()).near


@given(
    peer=st.sampled_from(["10.1.1.1", "203.0.113.7"]), chain=st.text(st.characters(codec="latin-1"))
)
def test_no_header_is_a_mistake_of_ours(peer: str, chain: str) -> None:
    for name in ("x-forwarded-for", "forwarded", "x-forwarded-host", "x-forwarded-proto", "host"):
        found = coming(peer, Headers({name: chain}), PROXIES)
        assert found.scheme in ("http", "https") and not found.near
        assert found.address == "" or read_address(found.address) is not None


def test_many_proxies_are_read_once_and_a_long_chain_ends() -> None:
    from timeit import timeit

    many = tuple(f"10.{n // 250}.{n % 250}.0/24" for n in range(0, 5_000, 2))
    chain = ", ".join(["203.0.113.7"] + ["10.0.0.1"] * 3_000)
    headers = Headers({"x-forwarded-for": chain})
    assert coming("10.0.0.1", headers, many).address == "10.0.0.1"
    near = ", ".join(["203.0.113.7"] + ["10.0.0.1"] * 31)
    assert coming("10.0.0.1", Headers({"x-forwarded-for": near}), many).address == "203.0.113.7"
    assert timeit(lambda: coming("10.0.0.1", headers, many), number=10) < 0.5
