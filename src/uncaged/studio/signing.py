"""Signing in and out: name and password become a session; a password is changed. Knows no cookie and no page.

Call what hashes (`known_by_password`, `change_password`) in a thread, few at a time: see `passwords`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import logins, people, sessions
from uncaged.archive.people import Person
from uncaged.archive.sessions import Session
from uncaged.core.errors import AskedWrong, NotAllowed, WhoIsThere
from uncaged.core.words import _
from uncaged.studio import passwords
from uncaged.studio.entering import Visitor

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

FRESH = 10 * 60 * 1_000_000
"""Microseconds after signing in within which nobody is asked again who they are."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who said their password. changed: when it was made, so that a login by an older one does not begin."""

    person: Person
    changed: int


def known_by_password(studio: "Studio", name: str, password: str) -> Known:
    """Whose name and password these are; `WhoIsThere` alike for a wrong one and for a name that nobody has."""
    with studio.archive.read() as conn:
        found = _with_password(conn, name)
    if not passwords.fits(None if found is None else found[1], password) or found is None:
        raise WhoIsThere(
            _("This name and this password do not belong together."),
            _(
                "Look at both again. Who has lost a password asks the owner for a link that opens the "
                "login again."
            ),
        )
    person, kept, changed = found
    if passwords.is_old(kept):
        anew = passwords.hash_of(passwords.plain(password))
        studio.commit(lambda conn: logins.hash_anew(conn, person.id, kept, anew))
    return Known(person, changed)


def _with_password(conn: Connection, name: str) -> tuple[Person, str, int] | None:
    for person in people.named(conn, name):
        kept = logins.password(conn, person.id)
        if kept is not None and person.left is None:
            return person, *kept
    return None


def begin(studio: "Studio", known: Known, agent: str) -> tuple[Session, str]:
    """They are signed in from now on: the session, and the secret for their browser. `WhoIsThere` where the password
    was changed in this very moment."""
    now = studio.clock.now()

    def step(conn: Connection) -> tuple[Session, str]:
        kept = logins.password(conn, known.person.id)
        if kept is None or kept[1] != known.changed:
            raise WhoIsThere(
                _("The password was changed just now."), _("Sign in with the new one.")
            )
        return sessions.begin(conn, known.person.id, "password", agent, now)

    return studio.commit(step)


def themselves(visitor: Visitor) -> Person:
    """Who they are, where they are here themselves; `NotAllowed` for guests, and for keys."""
    if visitor.signed_in:
        return visitor.hand or visitor.person
    if visitor.key is not None:
        raise NotAllowed(
            _("A key does not change who comes in by what."),
            _("Sign in yourself, and do it there."),
        )
    raise NotAllowed(
        _("You have no login here."), _("Sign in first; the owner and keepers invite.")
    )


def sure(studio: "Studio", visitor: Visitor, password: str) -> Person:
    """Who they are, for what cannot be undone: by their password, or a login that has just begun. `NotAllowed`."""
    person = themselves(visitor)
    with studio.archive.read() as conn:
        kept = logins.password(conn, person.id)
        if visitor.session is None:
            return person  # whoever sits at the machine
        begun = sessions.get(conn, person.id, visitor.session).created
    if kept is not None:
        if passwords.fits(kept[0], password):
            return person
        raise NotAllowed(_("This is not your password."), _("Nothing was done. Type it again."))
    if studio.clock.now() - begun <= FRESH:
        return person
    raise NotAllowed(
        _("You signed in a while ago."), _("Sign in again with your passkey, and press then.")
    )


def change_password(studio: "Studio", visitor: Visitor, before: str, password: str) -> None:
    """Another password, or the first one: every other login of theirs is over. Raises `NotAllowed`, `AskedWrong`."""
    person = themselves(visitor)
    said = passwords.check(password, person.name or "")
    sure(studio, visitor, before)
    hash_, now = passwords.hash_of(said), studio.clock.now()

    def step(conn: Connection) -> None:
        logins.set_password(conn, person.id, hash_, now)
        sessions.end_all(conn, person.id, now, visitor.session)

    studio.commit(step)


def remove_passkey(studio: "Studio", visitor: Visitor, key_id: str) -> None:
    """It opens nothing any more. `AskedWrong` for the last way in."""
    person = themselves(visitor)

    def step(conn: Connection) -> None:
        logins.get_passkey(conn, person.id, key_id)
        last = len(logins.passkeys_of(conn, person.id)) == 1
        if last and logins.password(conn, person.id) is None and person.kind != "owner":
            raise AskedWrong(
                _("This is your last way in."), _("Set a password or add another passkey first.")
            )
        logins.remove_passkey(conn, person.id, key_id, studio.clock.now())

    studio.commit(step)
