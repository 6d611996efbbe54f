"""What a browser is handed to make a passkey, or to sign in with one."""

import hashlib
import hmac
import secrets
from typing import Any

from starlette.requests import Request

from uncaged.archive import logins, people
from uncaged.core.errors import AskedWrong
from uncaged.studio import entering, joining, passkeys, signing
from uncaged.web.here import Web
from uncaged.web.pages import doors
from uncaged.web.visitors import enter
from uncaged.web.words import _


def give(web: Web, request: Request, what: str, name: str) -> tuple[str, Any]:
    """The cookie's value and the options, as JSON values. what: enter, join, me. Raises `AskedWrong`, `NotAllowed`."""
    at = doors.site(request)
    if at is None:
        raise AskedWrong(
            _("Passkeys work by https at a name, or at localhost; not at this address."),
            _("Use a password here, or open the studio by https."),
        )
    studio = web.studio
    secret, now = entering.secret_of(studio), studio.clock.now()
    if what == "enter":
        made = passkeys.challenge(secret, "enter", now)
        return made.ticket, passkeys.to_sign(at, made.said)
    if what == "join":
        with studio.archive.read() as conn:
            found = joining.look(conn, studio, doors.invitation(request))
            called = name if found.person_id is None else people.get(conn, found.person_id).name
            if found.person_id is None:
                called = people.free_name(conn, name)
        made, mark = passkeys.challenge(secret, "join", now), secrets.token_bytes(32)
        return made.ticket, passkeys.to_make(at, made.said, called or "owner", mark)
    if what == "me":
        person = signing.themselves(enter(web, request, "read").visitor)
        with studio.archive.read() as conn:
            known = logins.passkeys_of(conn, person.id)
        made = passkeys.challenge(secret, f"me:{person.id}", now)
        mark = hmac.new(secret, person.id.encode(), hashlib.sha256).digest()
        name = person.name or person.kind
        return made.ticket, passkeys.to_make(at, made.said, name, mark, known)
    raise AskedWrong(_("A passkey is for enter, join or me."))
