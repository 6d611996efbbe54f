"""Tables of `/v1`: what programs sent under which name, and files they gave. They go into no export."""

from sqlalchemy import BigInteger, ForeignKey, Index, Table, Text, UniqueConstraint

from uncaged.archive.columns import column, key, maybe, metadata

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
