"""Who comes in: the owner at the machine, a key, a login, a visitor of a room, a guest by address. Each is a person.

Knows no HTTP; the web hands in what it found. No address is kept: a guest's mark is a keyed hash of one.
"""

import errno
import hashlib
import hmac
import ipaddress
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import guests, keys, line_time, logins, memberships, people, rooms, sessions
from uncaged.archive.keys import SCOPES, Scope
from uncaged.archive.people import Person
from uncaged.core.errors import (
    DiskFull,
    HomeUnusable,
    NotAllowed,
    NotFound,
    UncagedError,
    WhoIsThere,
)
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

GUEST: frozenset[Scope] = frozenset(("read", "make"))
EVERYTHING: frozenset[Scope] = frozenset(SCOPES)

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who came in, and what they may do now. key: the id of the key they came by; session: of their login.

    hand: who acts, where the person is a collective.
    """

    person: Person
    scopes: frozenset[Scope]
    key: str | None = None
    session: str | None = None
    hand: Person | None = None

    @property
    def signed_in(self) -> bool:
        """Whether they are here themselves, by a login or at the machine, and not a program of theirs."""
        return self.key is None and (self.session is not None or self.person.kind == "owner")

    def needs(self, scope: Scope) -> "Visitor":
        """Themselves, or `NotAllowed` where they may not."""
        if scope in self.scopes:
            return self
        raise NotAllowed(
            _("This key may not %(scope)s.") % {"scope": scope}
            if self.key
            else _("Only the owner and keepers may do this."),
            _("Use one that may: `uncaged key add` makes them.")
            if self.key
            else _("Come with the owner's key, or ask them."),
        )


PASSING = Visitor(Person("", "guest", None, None, 0), GUEST)
"""Somebody who only looks in: a guest who has asked for nothing yet, and is no person in the archive."""


def owner(studio: "Studio") -> Visitor:
    """Whoever sits at the machine itself."""
    with studio.archive.read() as conn:
        return the_owner(conn)


def the_owner(conn: Connection) -> Visitor:
    """The same, for whoever reads already."""
    return Visitor(people.owner(conn), EVERYTHING)


def by_key(studio: "Studio", secret: str) -> Visitor:
    """Whose key this is; `WhoIsThere` alike for an unknown one and one that was taken back."""
    with studio.archive.read() as conn:
        return _of_key(conn, keys.find(conn, secret))


def by_key_id(studio: "Studio", key_id: str) -> Visitor:
    """Whose key this is, for somebody who has shown its secret before; `WhoIsThere` once it was taken back."""
    with studio.archive.read() as conn:
        try:
            key = keys.get(conn, key_id)
        except NotFound:
            key = None
        return _of_key(conn, None if key is None or key.revoked is not None else key)


def _of_key(conn: Connection, key: keys.Key | None) -> Visitor:
    if key is None:
        raise WhoIsThere(
            _("This key is not known here, or was taken back."),
            _("Ask the owner of this studio for one."),
        )
    person = people.get(conn, key.person_id)
    if person.left is not None:
        raise WhoIsThere(
            _("Whose key this was has left."), _("Ask the owner of this studio for one.")
        )
    manages = person.kind in ("owner", "keeper")
    allowed: frozenset[Scope] = frozenset(
        scope for scope in key.scopes if manages or scope != "manage"
    )
    return Visitor(person, allowed, key.id)


class LoginOver(WhoIsThere):
    """A login that held once and holds no more: it was ended, or the password was changed since."""


def by_session(studio: "Studio", secret: str) -> Visitor | None:
    """Who signed in; None for a secret that is none of ours. `LoginOver` where it holds no more."""
    with studio.archive.read() as conn:
        found, now = sessions.find(conn, secret), studio.clock.now()
        if found is None:
            return None
        person = people.get(conn, found.person_id)
    if person.left is not None:
        raise LoginOver("This login is over: you have left this studio.", "Nothing else was done.")
    if not found.holds(now):
        raise LoginOver(
            "This login is over: its time has passed, you ended it, or the password was changed since.",
            "Nothing was done. Sign in again.",
        )
    if now - found.seen >= sessions.HOUR and not studio.archive.looking:
        with suppress(UncagedError):  # that they were here is written down another time
            studio.submit(lambda conn: sessions.see(conn, found.id, now))
    manages = person.kind in ("owner", "keeper")
    return Visitor(person, EVERYTHING if manages else GUEST, session=found.id)


class ActsNoMore(NotAllowed):
    """Somebody acted for a collective that they belong to no more."""


def acting(studio: "Studio", visitor: Visitor, collective_id: str) -> Visitor:
    """The same person as a collective they belong to. `ActsNoMore` from the moment they do not."""
    with studio.archive.read() as conn:
        if memberships.belongs(conn, collective_id, visitor.person.id):
            collective = people.get(conn, collective_id)
            if collective.left is None:
                return Visitor(collective, GUEST, session=visitor.session, hand=visitor.person)
    raise ActsNoMore(
        "You do not act for this collective any more.",
        "Nothing was done. From here on you are yourself again.",
    )


def by_address(studio: "Studio", address: str, known_only: bool = False) -> Visitor:
    """A guest by where they come from: an IPv4 address, or the first half of an IPv6 one, is one person.

    known_only: whoever was never here stays `PASSING`, and is written down nowhere; nobody waits for a commit.
    """
    return _guest(studio, f"address:{network_of(address)}", None, known_only)


def by_room(studio: "Studio", token: str, visitor: str, known_only: bool = False) -> Visitor:
    """A visitor of a room. visitor: a secret of theirs alone, such as a cookie. `WhoIsThere` where it is over.

    known_only: as in `by_address`.
    """
    with studio.archive.read() as conn:
        room = rooms.find(conn, token, studio.clock.now())
    if room is None:
        raise WhoIsThere(
            _("This door is closed, or never was one."), _("Ask whoever gave you the address.")
        )
    return _guest(studio, f"room:{room.id}:{visitor}", room, known_only)


def network_of(address: str) -> str:
    """What of an address stands for one person: all of IPv4, the first 64 bits of IPv6 (RFC 4291, 2.5.4)."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "nowhere"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def has_way_for_owner(studio: "Studio") -> bool:
    """Whether the owner could be known from afar: by a password, a passkey, or a key of theirs that may manage."""
    with studio.archive.read() as conn:
        me = people.owner(conn).id
        if logins.password(conn, me) is not None or logins.passkeys_of(conn, me):
            return True
        return any(key.revoked is None and "manage" in key.scopes for key in keys.of(conn, me))


def _guest(
    studio: "Studio", came: str, room: rooms.Room | None, known_only: bool = False
) -> Visitor:
    mark = hmac.new(secret_of(studio), came.encode(errors="replace"), hashlib.sha256).hexdigest()
    with studio.archive.read() as conn:
        now = line_time.read(conn, studio.clock.now())  # a wrong date makes nobody a stranger
        known = guests.known(conn, mark, now)
    if known is not None and not known[1]:
        return Visitor(known[0], GUEST)

    def come(conn: Connection) -> Person:
        return guests.come(conn, mark, room, now)

    if known is None:
        return PASSING if known_only else Visitor(studio.commit(come), GUEST)
    if not known_only:
        with suppress(UncagedError):  # that they were here is written down another time
            studio.commit(come)
        return Visitor(known[0], GUEST)
    if studio.writer is not None:
        studio.writer.submit(come)  # who only looks does not wait until it is written down
    return Visitor(known[0], GUEST)


def secret_of(studio: "Studio") -> bytes:
    """The studio's own secret, made on first use: marks and cookies are keyed with it. Readable by its owner alone."""
    path = studio.settings.home / "secret"
    try:
        return _read(path) or _made(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"There is no room left for the studio's secret {path}, without which nobody is known again.",
                "Make room, then try again.",
            ) from error
        raise HomeUnusable(
            f"The studio's secret {path} can be neither read nor made ({error.strerror}).",
            "Give yourself the right to it.",
        ) from error


def _read(path: Path) -> bytes | None:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == _BYTES else None


def _made(path: Path) -> bytes:
    """Written whole under another name first: whoever comes second takes the first one's."""
    made = path.with_name(f".secret-{secrets.token_hex(8)}")
    try:
        _write_whole(made, secrets.token_bytes(_BYTES))
        os.link(made, path)
    except FileExistsError:
        if _read(path) is None:  # a torn one, from a disk that was full
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    return path.read_bytes()


def _write_whole(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if os.write(descriptor, content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
