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
    if what == "enter":
        cookie, challenge = web.challenges.give("enter")
        return cookie, passkeys.to_sign(at, challenge)
    if what == "join":
        with studio.archive.read() as conn:
            found = joining.look(conn, doors.invitation(request), studio.clock.now())
            called = name if found.person_id is None else people.get(conn, found.person_id).name
            if found.person_id is None:
                called = people.free_name(conn, name)
        cookie, challenge = web.challenges.give("join")
        return cookie, passkeys.to_make(at, challenge, called or "owner", secrets.token_bytes(32))
    if what == "me":
        person = signing.themselves(enter(web, request, "read").visitor)
        with studio.archive.read() as conn:
            known = logins.passkeys_of(conn, person.id)
        cookie, challenge = web.challenges.give(f"me:{person.id}")
        mark = hmac.new(entering.secret_of(studio), person.id.encode(), hashlib.sha256).digest()
        return cookie, passkeys.to_make(at, challenge, person.name or person.kind, mark, known)
    raise AskedWrong(_("A passkey is for enter, join or me."))
