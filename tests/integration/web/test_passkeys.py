"""Passkeys, by an authenticator in software (WebAuthn 3, 6.5): made, used, removed; and what does not fit."""

import json
import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

import cbor2
import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.testclient import TestClient

from uncaged.archive import logins
from uncaged.archive.invitations import Wish
from uncaged.studio import joining, passkeys, passwords, signing
from uncaged.web.app import create_app

JSON = {"Accept": "application/json"}
HOST = "studio.test:8484"
ORIGIN = f"https://{HOST}"
PASSWORD = "four heavy paper boats"


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Authenticator:
    """A device with one passkey: a P-256 key, signatures, a count."""

    origin: str = ORIGIN
    rp: str = "studio.test"
    count: int = 0
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = b"credential-of-a-test-0123456789"

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags: int, more: bytes = b"") -> bytes:
        self.count += 1
        flags = flags if self.verifies else flags & ~0x04  # UV: it made sure of its person
        head = sha256(self.rp.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)
        return head + more

    def make(self, options: dict[str, Any]) -> str:
        """What a browser sends of a passkey it has made, without attestation."""
        numbers = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        held = bytes(16) + struct.pack(">H", len(self.name)) + self.name + cbor2.dumps(cose)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(0x45, held)}
        client = self._client("webauthn.create", options["challenge"])
        response = {
            "clientDataJSON": text(client),
            "attestationObject": text(cbor2.dumps(attested)),
        }
        return self._said(response)

    def sign(self, options: dict[str, Any]) -> str:
        """What a browser sends of a challenge that was signed."""
        client = self._client("webauthn.get", options["challenge"])
        data = self._data(0x05)
        signed = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(data),
            "signature": text(signed),
            "userHandle": None,
        }
        return self._said(response)

    def _said(self, response: dict[str, Any]) -> str:
        name = text(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


class Silent(Authenticator):
    """A device that does not count how often it signed, as passkeys that several devices share do."""

    def _data(self, flags: int, more: bytes = b"") -> bytes:
        self.count = -1
        return super()._data(flags, more)


def browser(house: Any, origin: str = ORIGIN) -> TestClient:
    return TestClient(
        house.app,
        origin,
        client=("198.51.100.50", 50_000),
        follow_redirects=False,
        headers={"Origin": origin},
    )


def challenge(client: TestClient, what: str, name: str = "") -> dict[str, Any]:
    answer = client.post("/passkeys/challenge", data={"for": what, "name": name})
    assert answer.status_code == 200, answer.text
    return answer.json()


def joined(house: Any, device: Authenticator, name: str = "Bea") -> TestClient:
    """Somebody who joined with a passkey alone."""
    client = browser(house)
    client.get(f"/join?invitation={joining.invite(house.studio, Wish())[1]}")
    made = device.make(challenge(client, "join", name))
    done = client.post("/join", data={"name": name, "passkey": made})
    assert (done.status_code, done.headers["location"]) == (303, "/"), done.text
    return client


def sign_in(house: Any, device: Authenticator) -> Any:
    client = browser(house)
    return client, client.post("/enter", data={"passkey": device.sign(challenge(client, "enter"))})


def record(client: TestClient) -> dict[str, Any]:
    return client.get("/me?as=json").json()


def test_joining_and_signing_in_without_any_password(house: Any) -> None:
    device = Authenticator()
    me = record(joined(house, device))
    assert (me["name"], me["password_changed"], len(me["passkeys"])) == ("Bea", None, 1)
    client, done = sign_in(house, device)
    assert (done.status_code, done.headers["location"]) == (303, "/"), done.text
    assert record(client)["id"] == me["id"]
    assert record(client)["passkeys"][0]["used"]
    assert {one["how"] for one in record(client)["sessions"]} == {"invitation", "passkey"}


def test_several_passkeys_and_the_last_way_in(house: Any) -> None:
    first, second = Authenticator(), Authenticator(name=b"another-credential-of-a-test")
    client = joined(house, first)
    only = record(client)["passkeys"][0]["id"]
    last = client.post(f"/me/passkeys/{only}/remove", headers=JSON)
    assert last.status_code == 400 and "last way in" in last.text
    options = challenge(client, "me")
    assert [one["id"] for one in options["excludeCredentials"]] == [only]
    sent = {"name": "my phone", "passkey": second.make(options)}
    assert client.post("/me/passkeys", data=sent).is_redirect
    assert [one["name"] for one in record(client)["passkeys"]] == ["the first one", "my phone"]
    assert client.post(f"/me/passkeys/{only}/remove").is_redirect
    assert sign_in(house, first)[1].status_code == 401
    assert sign_in(house, second)[1].status_code == 303


def test_a_challenge_is_good_once_and_for_one_thing(house: Any) -> None:
    device = Authenticator()
    client = joined(house, device)
    client = browser(house)
    signed = device.sign(challenge(client, "enter"))
    cookie = client.cookies["uncaged_challenge"]
    assert client.post("/enter", data={"passkey": signed}).status_code == 303
    again = browser(house)
    again.cookies.set("uncaged_challenge", cookie, domain="studio.test")
    assert again.post("/enter", data={"passkey": signed}).status_code == 400
    other = browser(house)
    other.get(f"/join?invitation={joining.invite(house.studio, Wish())[1]}")
    meant = device.sign(challenge(other, "join", "Cleo"))
    assert other.post("/enter", data={"passkey": meant}).status_code == 400


def test_a_challenge_is_over_after_five_minutes(house: Any, monkeypatch: Any) -> None:
    device = Authenticator()
    joined(house, device)
    client = browser(house)
    signed = device.sign(challenge(client, "enter"))
    monkeypatch.setattr(passkeys, "GOOD", -1.0)
    later = device.sign(challenge(client, "enter"))
    refused = client.post("/enter", data={"passkey": later})
    assert refused.status_code == 400 and "too long ago" in refused.text
    assert signed


@pytest.mark.parametrize(
    "wrong", ["origin", "rp", "key", "challenge", "shape", "unknown", "count", "unverified"]
)
def test_what_does_not_fit_opens_nothing(house: Any, wrong: str) -> None:
    device = Authenticator()
    joined(house, device)
    if wrong == "origin":
        device.origin = "https://evil.example"
    elif wrong == "rp":
        device.rp = "evil.example"
    elif wrong == "key":
        device.key = ec.generate_private_key(ec.SECP256R1())
    elif wrong == "unknown":
        device.name = b"never-seen-here"
    elif wrong == "unverified":  # touched, by whoever has it in hand
        device.verifies = False
    elif wrong == "count":  # a copy of the device that has signed less often
        assert sign_in(house, device)[1].status_code == 303
        device.count = 0
    client = browser(house)
    options = challenge(client, "enter")
    assert options["userVerification"] == "required"
    if wrong == "challenge":
        options["challenge"] = text(b"another challenge, of thirty-two")
    signed = "{}" if wrong == "shape" else device.sign(options)
    refused = client.post("/enter", data={"passkey": signed}, headers=JSON)
    assert refused.status_code == 401, refused.text
    assert "uncaged_session" not in refused.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{}",
        "[]",
        "null",
        "x" * 3000,
        '{"id":1}',
        '{"id":"a","rawId":"a","type":"public-key"}',
        '{"id":' + "[" * 1_500,
    ],
    ids=range(8),
)
def test_answers_of_all_sorts_break_nothing(house: Any, said: str) -> None:
    client = joined(house, Authenticator())
    challenge(client, "me")
    assert client.post("/me/passkeys", data={"passkey": said}, headers=JSON).status_code == 400
    challenge(client, "enter")
    sent = {"passkey": said, "name": ""}
    assert client.post("/enter", data=sent, headers=JSON).status_code == 401


def test_a_device_that_makes_not_sure_of_its_person_is_not_taken(house: Any) -> None:
    client = joined(house, Authenticator())
    other = Authenticator(name=b"a-key-without-a-pin-0123", verifies=False)
    options = challenge(client, "me")
    assert options["authenticatorSelection"]["userVerification"] == "required"
    sent = {"name": "touched", "passkey": other.make(options)}
    assert client.post("/me/passkeys", data=sent, headers=JSON).status_code == 400
    assert len(record(client)["passkeys"]) == 1


def test_deep_words_of_a_device_are_no_passkey(house: Any) -> None:
    device = Authenticator()
    client = joined(house, device)
    said = json.loads(device.make(challenge(client, "me")))
    said["response"]["clientDataJSON"] = text(b"[" * 1_500)
    sent = {"name": "x", "passkey": json.dumps(said)}
    assert client.post("/me/passkeys", data=sent, headers=JSON).status_code == 400
    signed = json.loads(device.sign(challenge(client, "enter")))
    signed["response"]["clientDataJSON"] = text(b"[" * 1_500)
    sent = {"passkey": json.dumps(signed), "name": ""}
    assert client.post("/enter", data=sent, headers=JSON).status_code == 401


def test_another_passkey_needs_the_password(house: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))
    client, second = joined(house, Authenticator()), Authenticator(name=b"somebody-elses-device-01")
    hashed, now = passwords.hash_of(PASSWORD), house.studio.clock.now()
    me = record(client)["id"]
    house.studio.commit(lambda c: logins.set_password(c, me, hashed, now))
    assert 'id="sure"' in client.get("/me").text
    for said in ({}, {"password": "a wrong one, and long"}):
        sent = {"name": "theirs", "passkey": second.make(challenge(client, "me"))} | said
        refused = client.post("/me/passkeys", data=sent)
        assert refused.status_code == 403 and "not your password" in refused.text
    assert len(record(client)["passkeys"]) == 1
    sent = {"name": "mine", "passkey": second.make(challenge(client, "me")), "password": PASSWORD}
    assert client.post("/me/passkeys", data=sent).is_redirect
    assert len(record(client)["passkeys"]) == 2


def test_without_a_password_another_passkey_needs_a_fresh_login(
    house: Any, monkeypatch: Any
) -> None:
    client, second = joined(house, Authenticator()), Authenticator(name=b"somebody-elses-device-02")
    clock = house.studio.clock
    later = clock.now() + signing.FRESH + 1_000_000
    monkeypatch.setattr(type(clock), "now", lambda _self: later)
    sent = {"name": "theirs", "passkey": second.make(challenge(client, "me"))}
    refused = client.post("/me/passkeys", data=sent)
    assert refused.status_code == 403 and "a while ago" in refused.text
    assert len(record(client)["passkeys"]) == 1


def test_where_passkeys_do_not_work_the_page_says_so(house: Any) -> None:
    plain = browser(house, f"http://{HOST}")
    for page in ("/enter", "/me"):
        said = plain.get(page).text
        assert "passkey.js" not in said
    assert "Passkeys work by https" in plain.get("/enter").text
    refused = plain.post("/passkeys/challenge", data={"for": "enter"})
    assert refused.status_code == 400 and "https" in refused.text
    assert 'src="/passkey.js"' in browser(house).get("/enter").text


@pytest.mark.parametrize(
    ("host", "scheme", "rp"),
    [
        ("studio.example", "https", "studio.example"),
        ("studio.example:8443", "https", "studio.example"),
        ("localhost:8484", "http", "localhost"),
        ("studio.example", "http", None),
        ("127.0.0.1:8484", "http", None),
        ("192.168.1.20:8484", "https", None),
        ("[::1]:8484", "https", None),
        ("", "https", None),
    ],
)
def test_where_they_work(host: str, scheme: str, rp: str | None) -> None:
    found = passkeys.site(host, scheme)
    assert (None if found is None else found.rp) == rp


def another_web(house: Any) -> Any:
    """A second web process of the same studio, as far as memory goes."""
    return create_app(house.studio, hosts=frozenset({house.host}), local=True)


def moved(house: Any, client: TestClient, app: Any) -> TestClient:
    """The same browser, whose next request reaches another process."""
    house.app = app
    there = browser(house)
    there.cookies = client.cookies
    return there


def test_several_web_processes_know_one_anothers_challenges(house: Any) -> None:
    device, first, second = Authenticator(), house.app, another_web(house)
    client = browser(house)
    client.get(f"/join?invitation={joining.invite(house.studio, Wish())[1]}")
    made = device.make(challenge(client, "join", "Bea"))
    client = moved(house, client, second)
    assert client.post("/join", data={"name": "Bea", "passkey": made}).status_code == 303
    client = browser(house)
    signed = device.sign(challenge(client, "enter"))
    client = moved(house, client, first)
    assert client.post("/enter", data={"passkey": signed}).status_code == 303
    assert record(client)["name"] == "Bea"
    assert client.cookies.get("uncaged_challenge") is None, "it is taken once it was used"


def test_what_was_signed_is_good_once_in_all_processes_together(house: Any) -> None:
    device = Authenticator()
    joined(house, device)
    client = browser(house)
    signed = device.sign(challenge(client, "enter"))
    ticket = client.cookies["uncaged_challenge"]
    assert client.post("/enter", data={"passkey": signed}).status_code == 303
    house.app = another_web(house)
    thief = browser(house)
    thief.cookies.set("uncaged_challenge", ticket, domain="studio.test")
    again = thief.post("/enter", data={"passkey": signed}, headers=JSON)
    # a device that counts is found out by its count, every other by the moment of its last use
    assert again.status_code in (400, 401) and "uncaged_session" not in thief.cookies


def test_also_of_a_device_that_does_not_count(house: Any) -> None:
    device = Silent()
    joined(house, device)
    client = browser(house)
    signed = device.sign(challenge(client, "enter"))
    ticket = client.cookies["uncaged_challenge"]
    assert client.post("/enter", data={"passkey": signed}).status_code == 303
    thief = browser(house)
    thief.cookies.set("uncaged_challenge", ticket, domain="studio.test")
    again = thief.post("/enter", data={"passkey": signed}, headers=JSON)
    assert again.status_code == 400 and "or twice" in again.text
    assert sign_in(house, device)[1].status_code == 303, "by a challenge of its own it may"


def test_a_clock_that_was_put_back_shuts_nobody_out(house: Any, monkeypatch: Any) -> None:
    device = Silent()
    joined(house, device)
    assert sign_in(house, device)[1].status_code == 303
    early, ticks = house.studio.clock.now() - 24 * 3600 * 1_000_000, count()
    monkeypatch.setattr(type(house.studio.clock), "now", lambda _self: early + next(ticks))
    assert sign_in(house, device)[1].status_code == 303


def test_a_passkey_of_whoever_left_opens_nothing(house: Any) -> None:
    device = Authenticator()
    client = joined(house, device)
    assert client.post("/me/leave", data={"works": "delete"}).status_code == 303
    assert sign_in(house, device)[1].status_code == 401
    with house.studio.archive.read() as conn:
        assert logins.find_passkey(conn, text(device.name)) is None
