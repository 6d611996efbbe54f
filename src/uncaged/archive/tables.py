"""The archive's tables, each with a sentence for people who read it with ``sqlite3``.

Only shapes stand here: triggers and views are in ``views.sql``, statements beside their noun. A change here
needs a new file in ``migrations/versions``; old ones are never edited.
"""

from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

SCHEMA = 1
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

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, words: Any) -> CheckConstraint:
    """Only these words may stand in the column."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _column(name: str, type_: Any, comment: str, *rest: Any, **more: Any) -> Column[Any]:
    """A column that must have a value, with its sentence."""
    more.setdefault("nullable", False)
    return Column(name, type_, *rest, comment=comment, **more)


def _maybe(name: str, type_: Any, comment: str, *rest: Any, **more: Any) -> Column[Any]:
    """A column that may be empty, with its sentence."""
    return Column(name, type_, *rest, comment=comment, nullable=True, **more)


def _key(name: str, comment: str) -> Column[Any]:
    return _column(name, Text, comment, primary_key=True)


studio = Table(
    "studio",
    metadata,
    _key("id", "32 hexadecimal characters, drawn once"),
    _column("epoch", Integer, "raised by each steward that starts"),
    _column("schema_version", Integer, "number of the last migration"),
    _column("created", BigInteger, "when this archive was made (µs UTC, like every time here)"),
    comment="One row: this installation.",
)

people = Table(
    "people",
    metadata,
    _key("id", "p_…"),
    _column("kind", Text, "owner, keeper, member, guest or collective"),
    _maybe("name", Text, "as the person wishes to be called"),
    _maybe(
        "same_as",
        Text,
        "the person here whom an imported row stands for",
        ForeignKey("people.id"),
    ),
    _column("created", BigInteger, "when the person came"),
    _one_of("kind", Kind),
    comment="Whoever acts.",
)

groups = Table(
    "groups",
    metadata,
    _key("id", "g_…"),
    _column("person_id", Text, "who asked", ForeignKey("people.id"), index=True),
    _column("kind", Text, "what the runs are together: a grid, a long score, children"),
    _column("asked", BigInteger, "when it was asked for"),
    comment="Runs asked for together, in an order.",
)

models = Table(
    "models",
    metadata,
    _key("id", "m_…"),
    _column("name", Text, "what a person chooses it by"),
    _maybe("hash", Text, "SHA-256 of its files; empty where it has none"),
    _column("card", Text, "JSON: what it is, where it comes from, what it may be used for"),
    _column("remembered", BigInteger, "when this studio first saw it"),
    Index("uq_models_name_hash", "name", func.coalesce(text("hash"), ""), unique=True),
    comment="Each model this studio has performed with, by name and hash.",
)

files = Table(
    "files",
    metadata,
    _key("sha256", "its name under files/"),
    _column("salt", Text, "random; gone with the file"),
    _column("salted", Text, "SHA-256 of salt and sha256: the file's name in edges"),
    _column("bytes", BigInteger, "its length"),
    _column("mime", Text, "what it is, by content"),
    _column("kept", BigInteger, "when it was kept"),
    UniqueConstraint("salted"),
    comment="Each kept file: media of works, pictures, lexicons. The bytes lie beside the database.",
)

runs = Table(
    "runs",
    metadata,
    _key("id", "r_…"),
    _column("person_id", Text, "who asked", ForeignKey("people.id"), index=True),
    _maybe("group_id", Text, "the group it belongs to", ForeignKey("groups.id"), index=True),
    _maybe("group_order", Integer, "its number within the group"),
    _column("after", Text, "JSON list of runs that must be completed first"),
    _column("lane", Text, "interactive, batch or live"),
    _column("needs", Text, "JSON: what a performer must have"),
    _column("kind", Text, "what is executed: making"),
    _column("model", Text, "the model's name"),
    _maybe("score", Text, "the score as canonical JSON; emptied when its work is deleted"),
    _maybe("score_hash", Text, "SHA-256 of the score; emptied with it", index=True),
    _column("own_priority", Integer, "higher first, among the same person's runs only"),
    _column("state", Text, "queued, in_progress, completed, failed or cancelled"),
    _column("attempt", Integer, "the fence: what an older attempt brings is thrown away"),
    _column("deaths", Integer, "how often its performer died while performing it alone"),
    _column("epoch", Integer, "the steward that claimed it last; 0 before"),
    _maybe("cancel_asked", BigInteger, "when somebody asked to stop it"),
    _maybe("cancelled_by", Text, "who asked to stop it", ForeignKey("people.id")),
    _column("progress_done", Integer, "steps done"),
    _column("progress_total", Integer, "steps in all; 0 while unknown"),
    _maybe("estimated_seconds", Float, "what it was thought to take"),
    _maybe("measured_seconds", Float, "what it took"),
    _maybe("recipe", Text, "JSON: versions of everything that could change the result"),
    _maybe("understood", Text, "JSON: how the model read the text"),
    _maybe("reason", Text, "why it failed or was cancelled, for the person"),
    _column("asked", BigInteger, "when it was put in line"),
    _maybe("began", BigInteger, "when it was last claimed"),
    _maybe("ended", BigInteger, "when it was finished"),
    _one_of("state", State),
    _one_of("lane", Lane),
    CheckConstraint("attempt >= 1 AND deaths >= 0", name="attempt"),
    CheckConstraint(
        "(ended IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled'))", name="ended"
    ),
    Index(
        "ix_runs_line",
        "lane",
        "asked",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    comment="Each execution: asked for, in line, in progress, finished. A finished run is frozen.",
)

run_files = Table(
    "run_files",
    metadata,
    _column("run_id", Text, "the run", ForeignKey("runs.id"), primary_key=True),
    _column("sha256", Text, "the file", ForeignKey("files.sha256"), primary_key=True, index=True),
    comment="Files that a run's score names, so that none goes while a score refers to it.",
)

works = Table(
    "works",
    metadata,
    _key("id", "w_…, given when the work was asked for"),
    _column("person_id", Text, "whose work it is", ForeignKey("people.id")),
    _column("run_id", Text, "the run that makes it", ForeignKey("runs.id")),
    _maybe("media", Text, "the film or picture", ForeignKey("files.sha256"), index=True),
    _maybe("width", Integer, "pixels"),
    _maybe("height", Integer, "pixels"),
    _maybe("fps", Float, "frames per second"),
    _maybe("frames", Integer, "frames in all"),
    _maybe("seconds", Float, "its length"),
    _maybe("position", Text, "JSON: the point in the model's space"),
    _column("visibility", Text, "nobody, link or everybody; its person always sees it"),
    _maybe("kept", BigInteger, "when it was kept; empty before, and for a failed run"),
    _maybe("deleted", BigInteger, "when it was deleted; the row is then a tombstone"),
    UniqueConstraint("run_id"),
    Index("ix_works_person_id_kept", "person_id", "kept"),
    _one_of("visibility", Visibility),
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
    _column("source", Text, "an id", primary_key=True),
    _column("relation", Text, "one of a closed set", primary_key=True),
    _column("target", Text, "an id, or a file's salted name", primary_key=True),
    _column("happened", BigInteger, "when this became true"),
    _one_of("relation", Relation),
    Index("ix_edges_target", "target", "relation"),
    comment="Lineage: source –relation→ target. Append-only; names things by id.",
)

log = Table(
    "log",
    metadata,
    _column("n", Integer, "the order in which this archive wrote it", primary_key=True),
    _column("id", Text, "l_…, the same in every archive it is brought to"),
    _column("happened", BigInteger, "when"),
    _column("what", Text, "kept, failed, cancelled, deleted, visible, imported"),
    _column("about", Text, "the id of what it happened to", index=True),
    _maybe("who", Text, "the person who did it; empty where the studio did"),
    _column("details", Text, "JSON: numbers, single words and ids only"),
    UniqueConstraint("id"),
    sqlite_autoincrement=True,
    comment="What happened. Append-only; nothing personal, and no hash of a score.",
)
