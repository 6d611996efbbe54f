"""Tables of the line and of the door: what changes while the studio works, and goes into no export.

Who waits for what, what everybody has used, who performs, which policy holds; keys, rooms, guests.
"""

from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from uncaged.archive.columns import column, key, maybe, metadata, where

awaits = Table(
    "awaits",
    metadata,
    column("run_id", Text, "a run in line", ForeignKey("runs.id"), primary_key=True),
    column("first_id", Text, "one it still comes after", ForeignKey("runs.id"), primary_key=True),
    Index("ix_awaits_first_id", "first_id"),
    comment="What runs in line still wait for. A row goes as soon as the first of the two is over.",
)

uses = Table(
    "uses",
    metadata,
    column("lane", Text, "interactive, batch or live", primary_key=True),
    column("who", Text, "a person's id, or a class of people", primary_key=True),
    column("seconds", Float, "device-seconds that counted at that time"),
    column("counted", BigInteger, "that time, by the line's clock"),
    column(
        "level", Float, "where this stands among others by the present policy; least goes first"
    ),
    column("begun", Integer, "runs that were begun and not given back"),
    comment="What each person and each class has used of the devices; half of it is forgotten every half-life.",
)

turns = Table(
    "turns",
    metadata,
    column("lane", Text, "interactive, batch or live", primary_key=True),
    column("person_id", Text, "whose", ForeignKey("people.id"), primary_key=True),
    column("model", Text, "the model's name", primary_key=True),
    column("needs", Text, "what a performer must have", primary_key=True),
    column("kind", Text, "the person's class"),
    column("level", Float, "as in uses"),
    column("newcomer", Integer, "1 where nothing of this person was begun yet"),
    column("own_priority", Integer, "as in runs"),
    column("stood", BigInteger, "as in runs"),
    column("run_id", Text, "the run", ForeignKey("runs.id")),
    Index("ix_turns_level", "lane", "model", "needs", "kind", "level", "stood", "run_id"),
    Index("ix_turns_newcomer", "lane", "model", "needs", "stood", **where("newcomer = 1")),
    comment="Each person's next run, per lane, model and needs. Triggers keep it; see views.sql.",
)

shelves = Table(
    "shelves",
    metadata,
    column("person_id", Text, "whose works they are", ForeignKey("people.id"), primary_key=True),
    column("bytes", BigInteger, "of the media of all their works that are not deleted"),
    comment="How much room each person's works take. Triggers keep it; the view shelf counts it anew.",
)

charges = Table(
    "charges",
    metadata,
    column("run_id", Text, "a run that was begun", ForeignKey("runs.id"), primary_key=True),
    column("seconds", Float, "device-seconds that its person was charged beforehand"),
    column("charged", BigInteger, "when, by the line's clock"),
    comment="What is to be corrected once a run has ended; a row goes with that.",
)

lanes = Table(
    "lanes",
    metadata,
    key("lane", "interactive, batch or live"),
    column("credit", Float, "what is left of the guarantee for first films, -1 … 1"),
    comment="What each line remembers between two turns.",
)

performers = Table(
    "performers",
    metadata,
    column(
        "number",
        Integer,
        "its number under the present steward; 1000 more for a run beside",
        primary_key=True,
    ),
    column("epoch", Integer, "the steward it belongs to"),
    column("device", Text, "where it performs: cpu, cuda:0"),
    column("lane", Text, "whose runs it takes"),
    maybe("model", Text, "what it has loaded"),
    maybe("run_id", Text, "what it performs", ForeignKey("runs.id")),
    column("deaths", Integer, "how often its process died under this steward"),
    column("since", BigInteger, "since when it stands so"),
    comment="The performers of the steward that is alive, as it last noted them.",
)

loads = Table(
    "loads",
    metadata,
    column("device", Text, "where", primary_key=True),
    column("model", Text, "the model's name", primary_key=True),
    column("seconds", Float, "what it took, the last times weighing most"),
    comment="How long models take to load.",
)

policies = Table(
    "policies",
    metadata,
    column("n", Integer, "the order in which they came", primary_key=True),
    column("hash", Text, "SHA-256 of what it says"),
    column("policy", Text, "JSON: all of it, defaults written out"),
    column("since", BigInteger, "when this studio began to follow it"),
    comment="Each policy the studio has followed; the last one holds.",
)

keys = Table(
    "keys",
    metadata,
    key("id", "k_…"),
    column("person_id", Text, "who acts by it", ForeignKey("people.id"), index=True),
    column("name", Text, "what its person calls it"),
    column("hash", Text, "SHA-256 of the secret, which is nowhere"),
    column("scopes", Text, "JSON list: what it may do"),
    column("created", BigInteger, "when it was made"),
    maybe("revoked", BigInteger, "when it was taken back"),
    UniqueConstraint("hash"),
    comment="Keys for programs.",
)

rooms = Table(
    "rooms",
    metadata,
    key("id", "o_…"),
    column("name", Text, "what it is called"),
    column("hash", Text, "SHA-256 of the token that hangs on its door"),
    column("visitors", Integer, "how many people may come by it"),
    column("created", BigInteger, "when it was made"),
    maybe("until", BigInteger, "when it ends by itself"),
    maybe("closed", BigInteger, "when it was closed"),
    UniqueConstraint("hash"),
    comment="Rooms: each visitor who comes by a room's token is a person, also behind one address.",
)

guests = Table(
    "guests",
    metadata,
    key("mark", "a keyed hash of how they came: no address stands here"),
    column("person_id", Text, "the person", ForeignKey("people.id"), index=True),
    maybe("room_id", Text, "the room they came by", ForeignKey("rooms.id"), index=True),
    column("seen", BigInteger, "when they were last here, by the line's clock", index=True),
    comment="How a guest without a login is known again; a row goes when nobody has come by it for long.",
)
