"""Passkeys (WebAuthn level 3): what a browser is asked to sign, and whether it did. Each challenge is good once.

Nothing of a challenge is kept: it is made from its ticket by the studio's secret, so every web process of a studio
knows it, before and after a restart. Once: a passkey opens nothing by a ticket older than its last use, an invitation
is good once, and no passkey is added twice. Knows no cookie and no page.
"""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import webauthn
from sqlalchemy import Connection
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from uncaged.archive import logins, people, sessions
from uncaged.archive.logins import Passkey
from uncaged.archive.sessions import Session
from uncaged.core.errors import AskedWrong, WhoIsThere
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

GOOD = 300.0
"""Seconds that a challenge is good."""

_TICKET = re.compile(r"([\w-]{32})\.([0-9]{1,20})\.[0-9a-f]{64}", re.ASCII)

_MALFORMED = (
    WebAuthnException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,  # JSON in JSON, thousands deep
)
"""What reading an answer raises that no browser sends."""


@dataclass(frozen=True, slots=True)
class Site:
    """The studio as a browser sees it. rp: the host's name without its port; origin: with scheme and port."""

    rp: str
    origin: str


def site(host: str, scheme: str) -> Site | None:
    """Where passkeys can be made: by https at a name, or at localhost. None anywhere else: browsers refuse there."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    by_number = not name or name.startswith("[") or name.replace(".", "").isdigit()
    local = name == "localhost" or name.endswith(".localhost")
    if by_number or not (scheme == "https" or local):
        return None
    return Site(name, f"{scheme}://{host}")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser is asked to sign. ticket: names it, and is held by that browser. made: µs UTC."""

    ticket: str
    said: bytes
    made: int


def challenge(secret: bytes, what: str, now: int) -> Challenge:
    """A new one. secret: the studio's. what: what it is for, and for whom. now: µs UTC."""
    return _of_ticket(secret, what, secrets.token_urlsafe(24), now)


def challenge_of(secret: bytes, what: str, ticket: str, now: int) -> Challenge:
    """The challenge of a ticket. `AskedWrong` where it is over, made up, or was given for something else."""
    parts = _TICKET.fullmatch(ticket)
    if parts is not None:
        found = _of_ticket(secret, what, parts[1], int(parts[2]))
        right = hmac.compare_digest(found.ticket, ticket)
        if right and 0 <= now - found.made <= GOOD * 1e6:
            return found
    raise AskedWrong(
        _("This passkey was asked for too long ago, or twice."), _("Press the button again.")
    )


def _of_ticket(secret: bytes, what: str, name: str, made: int) -> Challenge:
    said = f"{what}:{name}:{made}"
    seal = hmac.new(secret, f"ticket:{said}".encode(), hashlib.sha256).hexdigest()
    challenge = hmac.new(secret, f"challenge:{said}".encode(), hashlib.sha256).digest()
    return Challenge(f"{name}.{made}.{seal}", challenge, made)


def to_make(
    at: Site, challenge: bytes, name: str, mark: bytes, known: tuple[Passkey, ...] = ()
) -> Any:
    """What a browser is handed to make a passkey (JSON). mark: whose, in bytes that say nothing."""
    options = webauthn.generate_registration_options(
        rp_id=at.rp,
        rp_name="uncaged",
        user_id=mark,
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        timeout=int(GOOD * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in known
        ],
    )
    return json.loads(webauthn.options_to_json(options))


def made(at: Site, challenge: bytes, answer: str) -> tuple[str, bytes, int]:
    """The passkey that a browser made: id, public key (COSE), count. `AskedWrong`."""
    try:
        found = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=at.rp,
            expected_origin=at.origin,
            require_user_verification=True,
        )
    except _MALFORMED as error:
        raise AskedWrong(
            _("This passkey cannot be taken: what the browser sent does not fit."),
            _("Press again, or choose another device."),
        ) from error
    credential = bytes_to_base64url(found.credential_id)
    return credential, found.credential_public_key, found.sign_count


def to_sign(at: Site, challenge: bytes) -> Any:
    """What a browser is handed to sign in with a passkey (JSON); it knows itself whose it has."""
    options = webauthn.generate_authentication_options(
        rp_id=at.rp,
        challenge=challenge,
        timeout=int(GOOD * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(webauthn.options_to_json(options))


def sign_in(
    studio: "Studio", at: Site, asked: Challenge, answer: str, agent: str
) -> tuple[Session, str]:
    """Somebody comes by a passkey: the session, and the secret for their browser. `WhoIsThere`, `AskedWrong`."""
    try:
        said = _read(answer)
        with studio.archive.read() as conn:
            found = logins.find_passkey(conn, str(said["id"])[:2000])
        if found is None:
            raise _unknown()
        _check_once(found, asked, studio.clock.now())
        checked = webauthn.verify_authentication_response(
            credential=said,
            expected_challenge=asked.said,
            expected_rp_id=at.rp,
            expected_origin=at.origin,
            require_user_verification=True,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
        )
    except _MALFORMED as error:
        raise _unknown() from error
    now, count = studio.clock.now(), checked.new_sign_count

    def step(conn: Connection) -> tuple[Session, str]:
        anew = logins.find_passkey(conn, found.id)
        if anew is None or people.get(conn, anew.person_id).left is not None:
            raise _unknown()
        _check_once(anew, asked, now)
        logins.used_passkey(conn, found.id, count, now)
        return sessions.begin(conn, found.person_id, "passkey", agent, now)

    return studio.commit(step)


def _check_once(passkey: Passkey, asked: Challenge, now: int) -> None:
    """`AskedWrong` where this passkey was used since. A use that lies ahead is of a clock that was put back."""
    if passkey.used is not None and asked.made <= passkey.used <= now:
        raise _over()


def _over() -> AskedWrong:
    return AskedWrong(
        _("This passkey was asked for too long ago, or twice."), _("Press the button again.")
    )


def _unknown() -> WhoIsThere:
    return WhoIsThere(
        _("This passkey is not known here, or was removed."),
        _("Sign in with a password, or ask the owner."),
    )


def _read(answer: str) -> dict[str, Any]:
    value = json.loads(answer)
    if not isinstance(value, dict):
        raise ValueError("no object")
    return cast("dict[str, Any]", value)
