"""Tables of who comes in by a login: invitations, passwords, passkeys, sessions. None is in an export of the studio.

Secrets stand here as hashes only.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, Table, Text

from uncaged.archive.columns import column, key, maybe, metadata

invitations = Table(
    "invitations",
    metadata,
    key("id", "n_…"),
    column("hash", Text, "SHA-256 of the secret in its link", unique=True),
    column("kind", Text, "what whoever comes by it becomes: member or keeper"),
    maybe("name", Text, "as whoever invites calls them"),
    maybe("collective_id", Text, "the collective they join", ForeignKey("people.id")),
    maybe("person_id", Text, "who they are already, where it opens a lost login again"),
    column("made_by", Text, "who invites", ForeignKey("people.id")),
    column("created", BigInteger, "when it was made"),
    column("until", BigInteger, "how long it is good"),
    maybe("used", BigInteger, "when somebody came by it: it is good once"),
    maybe("used_by", Text, "who they became", ForeignKey("people.id")),
    maybe("revoked", BigInteger, "when it was taken back"),
    comment="Links by which somebody becomes a member.",
)

passwords = Table(
    "passwords",
    metadata,
    column("person_id", Text, "whose", ForeignKey("people.id"), primary_key=True),
    column("hash", Text, "argon2id, with its salt and its costs"),
    column("changed", BigInteger, "when it was last changed"),
    comment="Passwords, as hashes.",
)

passkeys = Table(
    "passkeys",
    metadata,
    key("id", "the credential's id, base64url"),
    column("person_id", Text, "whose", ForeignKey("people.id"), index=True),
    column("public_key", LargeBinary, "COSE; the private half never leaves the device"),
    column("sign_count", Integer, "how often the device says that it signed"),
    column("name", Text, "what its person calls the device"),
    column("created", BigInteger, "when it was made"),
    maybe("used", BigInteger, "when somebody last came by it"),
    comment="Passkeys (WebAuthn).",
)

sessions = Table(
    "sessions",
    metadata,
    key("id", "s_…"),
    column("person_id", Text, "who came", ForeignKey("people.id")),
    column("hash", Text, "SHA-256 of the secret in the cookie", unique=True),
    column("how", Text, "password, passkey or invitation"),
    column("agent", Text, "the browser, shortly: so that its person knows it again"),
    column("created", BigInteger, "when they came"),
    column("seen", BigInteger, "when it was last used, within an hour"),
    column("until", BigInteger, "when it ends by itself"),
    maybe("ended", BigInteger, "when it was ended: by leaving, from the list, by another password"),
    Index("ix_sessions_person_id", "person_id", "ended"),
    comment="Logins that hold.",
)
