"""What opens a login: a person's password, as a hash, and their passkeys. Knows neither argon2 nor WebAuthn."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from uncaged.archive import log
from uncaged.archive.door_tables import passkeys, passwords
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.words import _

MOST_PASSKEYS = 20
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Passkey:
    """id: of the credential, base64url. created, used: µs UTC."""

    id: str
    person_id: str
    public_key: bytes
    sign_count: int
    name: str
    created: int
    used: int | None


def password(conn: Connection, person_id: str) -> tuple[str, int] | None:
    """The hash of their password and when it was last changed; None where they have none."""
    row = conn.execute(select(passwords).where(passwords.c.person_id == person_id)).one_or_none()
    return None if row is None else (row.hash, row.changed)


def set_password(conn: Connection, person_id: str, hash_: str, now: int) -> None:
    """From now on this is their password."""
    if password(conn, person_id) is None:
        conn.execute(insert(passwords).values(person_id=person_id, hash=hash_, changed=now))
    else:
        mine = passwords.c.person_id == person_id
        conn.execute(update(passwords).where(mine).values(hash=hash_, changed=now))
    log.append(conn, "password-set", person_id, person_id, now)


def hash_anew(conn: Connection, person_id: str, before: str, hash_: str) -> None:
    """The same password under other costs; nothing where it was changed meanwhile."""
    mine = (passwords.c.person_id == person_id, passwords.c.hash == before)
    conn.execute(update(passwords).where(*mine).values(hash=hash_))


def add_passkey(
    conn: Connection, person_id: str, credential: tuple[str, bytes, int], name: str, now: int
) -> Passkey:
    """One more passkey. credential: id, public key (COSE) and how often it signed. `AskedWrong`."""
    name = " ".join(name.split())[:LONGEST_NAME] or "passkey"
    if not name.isprintable():
        raise AskedWrong(
            _("A passkey needs a name that can be printed, so that you know it again.")
        )
    if len(passkeys_of(conn, person_id)) >= MOST_PASSKEYS:
        raise AskedWrong(
            _("%(most)s passkeys are the most.") % {"most": MOST_PASSKEYS}, _("Remove one first.")
        )
    key_id, public_key, count = credential
    if find_passkey(conn, key_id) is not None:
        raise AskedWrong(_("This passkey is known here already."), _("Sign in with it."))
    conn.execute(
        insert(passkeys).values(
            id=key_id,
            person_id=person_id,
            public_key=public_key,
            sign_count=count,
            name=name,
            created=now,
        )
    )
    log.append(conn, "passkey-added", person_id, person_id, now)
    return get_passkey(conn, person_id, key_id)


def find_passkey(conn: Connection, key_id: str) -> Passkey | None:
    """Whose passkey is this?"""
    row = conn.execute(select(passkeys).where(passkeys.c.id == key_id)).mappings().one_or_none()
    return None if row is None else _passkey(row)


def get_passkey(conn: Connection, person_id: str, key_id: str) -> Passkey:
    """This passkey of this person's; `NotFound`."""
    found = find_passkey(conn, key_id)
    if found is None or found.person_id != person_id:
        raise NotFound(_("You have no such passkey."), _("The list shows those that you have."))
    return found


def passkeys_of(conn: Connection, person_id: str) -> tuple[Passkey, ...]:
    """A person's passkeys, the oldest first."""
    mine = select(passkeys).where(passkeys.c.person_id == person_id)
    rows = conn.execute(mine.order_by(passkeys.c.created, passkeys.c.id)).mappings()
    return tuple(map(_passkey, rows))


def used_passkey(conn: Connection, key_id: str, count: int, now: int) -> None:
    """Somebody came by it. count: how often its device says that it signed."""
    mine = passkeys.c.id == key_id
    conn.execute(update(passkeys).where(mine).values(sign_count=count, used=now))


def remove_passkey(conn: Connection, person_id: str, key_id: str, now: int) -> None:
    """It opens nothing any more."""
    get_passkey(conn, person_id, key_id)
    conn.execute(delete(passkeys).where(passkeys.c.id == key_id))
    log.append(conn, "passkey-removed", person_id, person_id, now)


def forget(conn: Connection, person_id: str) -> None:
    """No password and no passkey of theirs opens anything any more."""
    conn.execute(delete(passwords).where(passwords.c.person_id == person_id))
    conn.execute(delete(passkeys).where(passkeys.c.person_id == person_id))


def _passkey(row: RowMapping) -> Passkey:
    return Passkey(**{name: row[name] for name in Passkey.__slots__})
