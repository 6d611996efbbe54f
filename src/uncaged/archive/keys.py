"""Keys for programs: a secret that is shown once and kept nowhere, what it may do, and taking it back.

Knows nothing of requests; see `uncaged.studio.entering` for who a key makes of somebody.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Connection, RowMapping, insert, select, update

from uncaged.archive import log
from uncaged.archive.line_tables import keys
from uncaged.core.canonical import canonical
from uncaged.core.errors import AskedWrong, NotFound, nearest
from uncaged.core.ids import new_id
from uncaged.core.words import _

Scope: TypeAlias = Literal["read", "make", "manage"]
"""read: see what its person sees. make: ask for films, cancel them. manage: people, keys, policy (keepers, owners)."""

SCOPES: tuple[Scope, ...] = get_args(Scope)

_NAMES: tuple[str, ...] = SCOPES

BEGINNING = "uncaged_"
"""How every secret begins, so that people and scanners know one when they see it."""

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its person sees it afterwards. Times are µs UTC."""

    id: str
    person_id: str
    name: str
    scopes: frozenset[Scope]
    created: int
    revoked: int | None


def make(
    conn: Connection, person_id: str, name: str, scopes: Iterable[str], now: int
) -> tuple[Key, str]:
    """A new key and its secret of 256 random bits, which cannot be shown again. `AskedWrong` for unknown scopes."""
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in _NAMES:
            raise AskedWrong(
                _("A key can do %(scopes)s; %(scope)s is none of them.")
                % {"scopes": ", ".join(SCOPES), "scope": repr(scope)},
                nearest(scope, _NAMES),
            )
    if not wanted:
        raise AskedWrong(
            _("A key that may do nothing is no use."),
            _("Give it one of %(scopes)s.") % {"scopes": ", ".join(SCOPES)},
        )
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise AskedWrong(
            _("A key needs a name of 1 to %(most)s characters, so that you know it again.")
            % {"most": LONGEST_NAME}
        )
    secret = BEGINNING + secrets.token_urlsafe(32)
    key_id = new_id("key")
    conn.execute(
        insert(keys).values(
            id=key_id,
            person_id=person_id,
            name=name,
            hash=hashed(secret),
            scopes=canonical(wanted).decode(),
            created=now,
        )
    )
    log.append(conn, "key-made", key_id, person_id, now)
    return get(conn, key_id), secret


def find(conn: Connection, secret: str) -> Key | None:
    """Whose key is this? None for one that is unknown or was taken back; nobody learns which."""
    if not secret.startswith(BEGINNING) or len(secret) > 200:
        return None
    row = conn.execute(select(keys).where(keys.c.hash == hashed(secret))).mappings().one_or_none()
    return None if row is None or row["revoked"] is not None else _key(row)


def get(conn: Connection, key_id: str) -> Key:
    """Which key is this?"""
    row = conn.execute(select(keys).where(keys.c.id == key_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(
            _("There is no key %(key)s here.") % {"key": key_id},
            _("`uncaged key list` lists them."),
        )
    return _key(row)


def of(conn: Connection, person_id: str | None = None) -> tuple[Key, ...]:
    """A person's keys, or everybody's, oldest first."""
    wanted = select(keys).order_by(keys.c.created, keys.c.id)
    if person_id is not None:
        wanted = wanted.where(keys.c.person_id == person_id)
    return tuple(_key(row) for row in conn.execute(wanted).mappings())


def revoke(conn: Connection, key_id: str, who: str, now: int) -> Key:
    """Takes a key back, for ever; twice is once."""
    key = get(conn, key_id)
    if key.revoked is None:
        conn.execute(update(keys).where(keys.c.id == key_id).values(revoked=now))
        log.append(conn, "key-revoked", key_id, who, now)
    return get(conn, key_id)


def hashed(secret: str) -> str:
    """What is kept of a secret. One of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _key(row: RowMapping) -> Key:
    listed: list[str] = json.loads(row["scopes"])
    scopes: frozenset[Scope] = frozenset(scope for scope in SCOPES if scope in listed)
    return Key(row["id"], row["person_id"], row["name"], scopes, row["created"], row["revoked"])
