"""The archive's tables, each with a sentence for people who read it with ``sqlite3``.

Only shapes stand here: triggers and views are in ``views.sql``, statements beside their noun. A change here
needs a new file in ``migrations/versions``; old ones are never edited.
"""

from typing import Literal, TypeAlias

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from uncaged.archive import door_tables as door_tables  # they are part of the same schema
from uncaged.archive import house_tables as house_tables
from uncaged.archive import line_tables as line_tables
from uncaged.archive import wire_tables as wire_tables
from uncaged.archive.columns import column, key, maybe, metadata, one_of, where

SCHEMA = 10
"""The newest schema this version knows: the number of its last migration."""

Kind: TypeAlias = Literal["owner", "keeper", "member", "guest", "collective"]
State: TypeAlias = Literal["queued", "in_progress", "completed", "failed", "cancelled"]
Lane: TypeAlias = Literal["interactive", "batch", "live"]
Visibility: TypeAlias = Literal["nobody", "link", "everybody"]
Relation: TypeAlias = Literal[
    "used",
    "made",
    "trained_on",
    "adapted_from",
    "bred_from",
    "extends",
    "remixes",
    "depicts",
    "ingredient",
]

FINISHED: tuple[State, ...] = ("completed", "failed", "cancelled")

studio = Table(
    "studio",
    metadata,
    key("id", "32 hexadecimal characters, drawn once"),
    column("epoch", Integer, "raised by each steward that starts"),
    column("schema_version", Integer, "number of the last migration"),
    column("created", BigInteger, "when this archive was made (µs UTC, like every time here)"),
    column(
        "line_time",
        BigInteger,
        "the line's own clock (µs): it never runs backwards, and jumps with nobody's",
        server_default=text("0"),
    ),
    column(
        "line_seen",
        BigInteger,
        "what the machine's clock said at that moment; 0 before the first",
        server_default=text("0"),
    ),
    comment="One row: this installation.",
)

people = Table(
    "people",
    metadata,
    key("id", "p_…"),
    column("kind", Text, "owner, keeper, member, guest or collective"),
    maybe("name", Text, "as the person wishes to be called"),
    maybe(
        "same_as",
        Text,
        "the person here whom an imported row stands for",
        ForeignKey("people.id"),
    ),
    column("created", BigInteger, "when the person came"),
    maybe("about", Text, "what they say of themselves, to everybody"),
    maybe("left", BigInteger, "when they left; the row then has no name"),
    one_of("kind", Kind),
    comment="Whoever acts.",
)

groups = Table(
    "groups",
    metadata,
    key("id", "g_…"),
    column("person_id", Text, "who asked", ForeignKey("people.id"), index=True),
    column("kind", Text, "what the runs are together: a grid, a long score, children"),
    column("asked", BigInteger, "when it was asked for"),
    comment="Runs asked for together, in an order.",
)

models = Table(
    "models",
    metadata,
    key("id", "m_…"),
    column("name", Text, "what a person chooses it by"),
    maybe("hash", Text, "SHA-256 of its files; empty where it has none"),
    column("card", Text, "JSON: what it is, where it comes from, what it may be used for"),
    column("remembered", BigInteger, "when this studio first saw it"),
    maybe("engine", Text, "whose engine performs it; empty where that has the same name"),
    maybe("removed", BigInteger, "since when it is off the shelf; its files are gone then"),
    Index("uq_models_name_hash", "name", func.coalesce(text("hash"), ""), unique=True),
    comment="Each model this studio has performed with, by name and hash.",
)

files = Table(
    "files",
    metadata,
    key("sha256", "its name under files/"),
    column("salt", Text, "random; gone with the file"),
    column("salted", Text, "SHA-256 of salt and sha256: the file's name in edges"),
    column("bytes", BigInteger, "its length"),
    column("mime", Text, "what it is, by content"),
    column("kept", BigInteger, "when it was kept"),
    UniqueConstraint("salted"),
    comment="Each kept file: media of works, pictures, lexicons. The bytes lie beside the database.",
)

model_files = Table(
    "model_files",
    metadata,
    column("model_id", Text, "the model", ForeignKey("models.id"), primary_key=True),
    column("name", Text, "what the file is called in the model's folder", primary_key=True),
    column("sha256", Text, "the file", ForeignKey("files.sha256"), index=True),
    comment="The files of models that are this studio's own: what has some is on the shelf.",
)

model_elsewhere = Table(
    "model_elsewhere",
    metadata,
    column("model_id", Text, "the model", ForeignKey("models.id"), primary_key=True),
    column(
        "name", Text, "what the file is called for its engine, / between folders", primary_key=True
    ),
    column("sha256", Text, "SHA-256 of its bytes"),
    column("bytes", BigInteger, "its length"),
    maybe("changed", BigInteger, "when it was last changed, as the disk said when it was hashed"),
    maybe("path", Text, "where it lies on this machine; empty where nobody has said so here"),
    comment="Files of models that lie elsewhere: used where they are, never copied, never deleted.",
)

acceptances = Table(
    "acceptances",
    metadata,
    column("person_id", Text, "who", ForeignKey("people.id"), primary_key=True),
    column("model_id", Text, "to make with which model", ForeignKey("models.id"), primary_key=True),
    column("hash", Text, "SHA-256 of what was accepted", primary_key=True),
    column("terms", Text, "the licence, by name"),
    column("accepted", BigInteger, "when"),
    comment="Who accepted the licence of which model, where that binds whoever makes with it.",
)

runs = Table(
    "runs",
    metadata,
    key("id", "r_…"),
    column("person_id", Text, "who asked", ForeignKey("people.id"), index=True),
    maybe("group_id", Text, "the group it belongs to", ForeignKey("groups.id"), index=True),
    maybe("group_order", Integer, "its number within the group"),
    column("after", Text, "JSON list of runs that must be completed first"),
    column("lane", Text, "interactive, batch or live"),
    column("needs", Text, "JSON: what a performer must have"),
    column("kind", Text, "what is executed: making or training"),
    column("model", Text, "the model's name; of a training, its trainer's"),
    maybe("score", Text, "the score as canonical JSON; emptied when its work is deleted"),
    maybe("score_hash", Text, "SHA-256 of the score; emptied with it", index=True),
    maybe("task", Text, "JSON: what a training is to do; it has no score, and makes no work"),
    column("own_priority", Integer, "higher first, among the same person's runs only"),
    column("state", Text, "queued, in_progress, completed, failed or cancelled"),
    column("attempt", Integer, "the fence: what an older attempt brings is thrown away"),
    column("deaths", Integer, "how often its performer died while performing it alone"),
    column("epoch", Integer, "the steward that claimed it last; 0 before"),
    maybe("cancel_asked", BigInteger, "when somebody asked to stop it"),
    maybe("cancelled_by", Text, "who asked to stop it", ForeignKey("people.id")),
    column("progress_done", Integer, "steps done"),
    column("progress_total", Integer, "steps in all; 0 while unknown"),
    maybe("estimated_seconds", Float, "what it was thought to take"),
    maybe("measured_seconds", Float, "what it took"),
    maybe(
        "measured_bytes",
        BigInteger,
        "memory that its performer held at the most meanwhile, where it held nothing else",
    ),
    maybe("recipe", Text, "JSON: versions of everything that could change the result"),
    maybe("understood", Text, "JSON: how the model read the text"),
    maybe("reason", Text, "why it failed or was cancelled, for the person"),
    column("asked", BigInteger, "when it was put in line"),
    maybe("began", BigInteger, "when it was last claimed"),
    maybe("ended", BigInteger, "when it was finished"),
    maybe("stood", BigInteger, "when it was put in line, by the line's clock; no two are alike"),
    maybe("paused", BigInteger, "since when its person lets others pass; empty while it waits"),
    maybe("blocked", Integer, "how many runs it still comes after; empty for none"),
    one_of("state", State),
    one_of("lane", Lane),
    CheckConstraint("attempt >= 1 AND deaths >= 0", name="attempt"),
    CheckConstraint(
        "(ended IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled'))", name="ended"
    ),
    Index("ix_runs_line", "lane", "stood", **where("state = 'queued'")),
    Index(
        "ix_runs_turn",
        "lane",
        "person_id",
        "model",
        "needs",
        text("own_priority DESC"),
        "stood",
        "id",
        **where("state = 'queued' AND paused IS NULL AND blocked IS NULL"),
    ),
    Index("ix_runs_going", "lane", "person_id", **where("state = 'in_progress'")),
    Index("ix_runs_stood", "stood"),
    Index("ix_runs_state", "state", "lane"),
    Index("ix_runs_measured", "model", "ended", **where("state = 'completed'")),
    Index("ix_runs_asked", "person_id", "asked"),
    comment="Each execution: asked for, in line, in progress, finished. A finished run is frozen.",
)

run_files = Table(
    "run_files",
    metadata,
    column("run_id", Text, "the run", ForeignKey("runs.id"), primary_key=True),
    column("sha256", Text, "the file", ForeignKey("files.sha256"), primary_key=True, index=True),
    comment="Files that a run's score names, so that none goes while a score refers to it.",
)

works = Table(
    "works",
    metadata,
    key("id", "w_…, given when the work was asked for"),
    column("person_id", Text, "whose work it is", ForeignKey("people.id")),
    column("run_id", Text, "the run that makes it", ForeignKey("runs.id")),
    maybe("media", Text, "the film or picture", ForeignKey("files.sha256"), index=True),
    maybe("width", Integer, "pixels"),
    maybe("height", Integer, "pixels"),
    maybe("fps", Float, "frames per second"),
    maybe("frames", Integer, "frames in all"),
    maybe("seconds", Float, "its length; 0 for a picture"),
    maybe("position", Text, "JSON: the point in the model's space"),
    column("visibility", Text, "nobody, link or everybody; its person always sees it"),
    maybe("kept", BigInteger, "when it was kept; empty before, and for a failed run"),
    maybe("deleted", BigInteger, "when it was deleted; the row is then a tombstone"),
    maybe("shown", BigInteger, "when it was last shown to everybody; empty while it is not"),
    maybe("claimed", BigInteger, "when a guest said to keep it: what nobody claims expires"),
    maybe(
        "trashed", BigInteger, "when its person threw it away; they may take it back for a while"
    ),
    maybe("hidden", BigInteger, "since when the house gives it to nobody, until it is decided"),
    maybe("sentence", Text, "what the house says beside it"),
    maybe("training", Integer, "1 where its person allows that models learn from it"),
    maybe("links", Integer, "how often its links were changed: older ones open nothing"),
    UniqueConstraint("run_id"),
    Index("ix_works_person_id_kept", "person_id", "kept"),
    Index("ix_works_shown", "shown", "id", **where("shown IS NOT NULL")),
    Index("ix_works_person_id_shown", "person_id", "shown", **where("shown IS NOT NULL")),
    Index("ix_works_trashed", "trashed", **where("trashed IS NOT NULL")),
    Index("ix_works_hidden", "hidden", **where("hidden IS NOT NULL")),
    one_of("visibility", Visibility),
    CheckConstraint(
        "deleted IS NOT NULL OR (kept IS NULL) = (media IS NULL)", name="kept_with_media"
    ),
    CheckConstraint(
        "deleted IS NULL OR (media IS NULL AND position IS NULL)", name="tombstone_is_empty"
    ),
    comment="Each work, from the moment it is asked for; kept once its run is completed.",
)

edges = Table(
    "edges",
    metadata,
    column("source", Text, "an id", primary_key=True),
    column("relation", Text, "one of a closed set", primary_key=True),
    column("target", Text, "an id, or a file's salted name", primary_key=True),
    column("happened", BigInteger, "when this became true"),
    one_of("relation", Relation),
    Index("ix_edges_target", "target", "relation"),
    comment="Lineage: source –relation→ target. Append-only; names things by id.",
)

log = Table(
    "log",
    metadata,
    column("n", Integer, "the order in which this archive wrote it", primary_key=True),
    column("id", Text, "l_…, the same in every archive it is brought to"),
    column("happened", BigInteger, "when"),
    column("what", Text, "kept, failed, cancelled, deleted, removed, visible, trashed, hidden, …"),
    column("about", Text, "the id of what it happened to", index=True),
    maybe("who", Text, "the person who did it; empty where the studio did"),
    column("details", Text, "JSON: numbers, single words and ids only"),
    UniqueConstraint("id"),
    sqlite_autoincrement=True,
    comment="What happened. Append-only; nothing personal, and no hash of a score.",
)
