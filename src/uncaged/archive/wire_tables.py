"""Tables of `/v1`: what programs sent under which name, files they gave, whom they want told.

None is in an export of the studio.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from uncaged.archive.columns import column, key, maybe, metadata, where

askings = Table(
    "askings",
    metadata,
    column("work_id", Text, "the work that came of it", ForeignKey("works.id"), primary_key=True),
    maybe("mark", Text, "a keyed hash of who asked under which Idempotency-Key"),
    column("said", Text, "a keyed hash of who asked and of all they said"),
    column("asked", BigInteger, "when"),
    UniqueConstraint("mark"),
    Index("ix_askings_said", "said", "asked"),
    Index("ix_askings_asked", "asked"),
    comment="What programs asked for lately, so that the same request sent again makes no second film.",
)

uploads = Table(
    "uploads",
    metadata,
    key("id", "f_…"),
    column("person_id", Text, "whose", ForeignKey("people.id")),
    column("sha256", Text, "the file", ForeignKey("files.sha256"), index=True),
    column("name", Text, "as its person calls it"),
    column("purpose", Text, "what they said it is for"),
    column("created", BigInteger, "when it came"),
    Index("ix_uploads_person_id_created", "person_id", "created", "id"),
    comment="Files that programs gave beforehand, to be named in what they ask for.",
)

hooks = Table(
    "hooks",
    metadata,
    key("id", "h_…"),
    column("person_id", Text, "whose", ForeignKey("people.id"), index=True),
    column("name", Text, "what its person calls it"),
    column("url", Text, "where it is told"),
    column("events", Text, "JSON list: of what"),
    column("secret", Text, "what its messages are signed with"),
    maybe("old_secret", Text, "the one before, while it still counts"),
    maybe("old_until", BigInteger, "for how long it does"),
    column("created", BigInteger, "when it was made"),
    column("updated", BigInteger, "when it was last changed"),
    comment="Addresses that are told when a film of their person is there, or will not be.",
)

deliveries = Table(
    "deliveries",
    metadata,
    key("id", "16 hexadecimal characters, drawn once"),
    column("hook_id", Text, "whom", ForeignKey("hooks.id"), index=True),
    column("work_id", Text, "about what", ForeignKey("works.id")),
    column("event", Text, "video.completed or video.failed"),
    column("created", BigInteger, "when it happened"),
    column("tries", Integer, "how often it was tried"),
    maybe("due", BigInteger, "when it is tried next; empty once it was told, or given up"),
    maybe("status", Integer, "what the last answer was; empty where there was none"),
    Index("ix_deliveries_due", "due", **where("due IS NOT NULL")),
    comment="What is to be told, and what was. Triggers write them; see views.sql.",
)
