"""Where a message may go, and how it is signed."""

from ipaddress import ip_address

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.web.v1.outbound import Message, checked, is_public, signed


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
    ],
)
def test_what_no_webhook_can_be(url: str) -> None:
    with pytest.raises(AskedWrong):
        checked(url, private=False)


def test_an_own_network_where_it_is_allowed() -> None:
    assert checked("http://127.0.0.1:9000/told?x=1", private=True).port == 9000
    assert checked("https://example.org/told", private=False).hostname == "example.org"


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries (standard-webhooks, test of sign)."""
    key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    message = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    found = signed(message, [key, "plain"])
    first, second = found["webhook-signature"].split(" ")
    assert first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert second.startswith("v1,") and second != first
    assert (found["webhook-id"], found["webhook-timestamp"]) == (message.id, "1614265330")
