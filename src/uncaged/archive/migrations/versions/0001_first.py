"""The first schema. Frozen: what changes later is a file of its own."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every table of the first release, those that others refer to first."""
    _studio()
    _people()
    _groups()
    _models()
    _files()
    _runs()
    _run_files()
    _works()
    _edges()
    _log()


def _studio() -> None:
    op.create_table(
        "studio",
        Column("id", Text(), nullable=False),
        Column("epoch", Integer(), nullable=False),
        Column("schema_version", Integer(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_studio"),
    )


def _people() -> None:
    op.create_table(
        "people",
        Column("id", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("name", Text(), nullable=True),
        Column("same_as", Text(), nullable=True),
        Column("created", BigInteger(), nullable=False),
        CheckConstraint(
            "kind IN ('owner', 'keeper', 'member', 'guest', 'collective')", name="ck_people_kind"
        ),
        ForeignKeyConstraint(["same_as"], ["people.id"], name="fk_people_same_as"),
        PrimaryKeyConstraint("id", name="pk_people"),
    )


def _groups() -> None:
    op.create_table(
        "groups",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("asked", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_groups_person_id"),
        PrimaryKeyConstraint("id", name="pk_groups"),
    )
    op.create_index("ix_groups_person_id", "groups", ["person_id"])


def _models() -> None:
    op.create_table(
        "models",
        Column("id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("hash", Text(), nullable=True),
        Column("card", Text(), nullable=False),
        Column("remembered", BigInteger(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_models"),
    )
    op.create_index(
        "uq_models_name_hash", "models", ["name", text("coalesce(hash, '')")], unique=True
    )


def _files() -> None:
    op.create_table(
        "files",
        Column("sha256", Text(), nullable=False),
        Column("salt", Text(), nullable=False),
        Column("salted", Text(), nullable=False),
        Column("bytes", BigInteger(), nullable=False),
        Column("mime", Text(), nullable=False),
        Column("kept", BigInteger(), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_files"),
        UniqueConstraint("salted", name="uq_files_salted"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("group_id", Text(), nullable=True),
        Column("group_order", Integer(), nullable=True),
        Column("after", Text(), nullable=False),
        Column("lane", Text(), nullable=False),
        Column("needs", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("model", Text(), nullable=False),
        Column("score", Text(), nullable=True),
        Column("score_hash", Text(), nullable=True),
        Column("own_priority", Integer(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("attempt", Integer(), nullable=False),
        Column("deaths", Integer(), nullable=False),
        Column("epoch", Integer(), nullable=False),
        Column("cancel_asked", BigInteger(), nullable=True),
        Column("cancelled_by", Text(), nullable=True),
        Column("progress_done", Integer(), nullable=False),
        Column("progress_total", Integer(), nullable=False),
        Column("estimated_seconds", Float(), nullable=True),
        Column("measured_seconds", Float(), nullable=True),
        Column("recipe", Text(), nullable=True),
        Column("understood", Text(), nullable=True),
        Column("reason", Text(), nullable=True),
        Column("asked", BigInteger(), nullable=False),
        Column("began", BigInteger(), nullable=True),
        Column("ended", BigInteger(), nullable=True),
        CheckConstraint(
            "(ended IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled'))",
            name="ck_runs_ended",
        ),
        CheckConstraint("lane IN ('interactive', 'batch', 'live')", name="ck_runs_lane"),
        CheckConstraint(
            "state IN ('queued', 'in_progress', 'completed', 'failed', 'cancelled')",
            name="ck_runs_state",
        ),
        CheckConstraint("attempt >= 1 AND deaths >= 0", name="ck_runs_attempt"),
        ForeignKeyConstraint(["cancelled_by"], ["people.id"], name="fk_runs_cancelled_by"),
        ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_runs_group_id"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_runs_person_id"),
        PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_group_id", "runs", ["group_id"])
    op.create_index(
        "ix_runs_line",
        "runs",
        ["lane", "asked"],
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    )
    op.create_index("ix_runs_person_id", "runs", ["person_id"])
    op.create_index("ix_runs_score_hash", "runs", ["score_hash"])


def _run_files() -> None:
    op.create_table(
        "run_files",
        Column("run_id", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_files_run_id"),
        ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_run_files_sha256"),
        PrimaryKeyConstraint("run_id", "sha256", name="pk_run_files"),
    )
    op.create_index("ix_run_files_sha256", "run_files", ["sha256"])


def _works() -> None:
    op.create_table(
        "works",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("run_id", Text(), nullable=False),
        Column("media", Text(), nullable=True),
        Column("width", Integer(), nullable=True),
        Column("height", Integer(), nullable=True),
        Column("fps", Float(), nullable=True),
        Column("frames", Integer(), nullable=True),
        Column("seconds", Float(), nullable=True),
        Column("position", Text(), nullable=True),
        Column("visibility", Text(), nullable=False),
        Column("kept", BigInteger(), nullable=True),
        Column("deleted", BigInteger(), nullable=True),
        CheckConstraint(
            "visibility IN ('nobody', 'link', 'everybody')", name="ck_works_visibility"
        ),
        CheckConstraint(
            "deleted IS NOT NULL OR (kept IS NULL) = (media IS NULL)",
            name="ck_works_kept_with_media",
        ),
        CheckConstraint(
            "deleted IS NULL OR (media IS NULL AND position IS NULL)",
            name="ck_works_tombstone_is_empty",
        ),
        ForeignKeyConstraint(["media"], ["files.sha256"], name="fk_works_media"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_works_person_id"),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_works_run_id"),
        PrimaryKeyConstraint("id", name="pk_works"),
        UniqueConstraint("run_id", name="uq_works_run_id"),
    )
    op.create_index("ix_works_media", "works", ["media"])
    op.create_index("ix_works_person_id_kept", "works", ["person_id", "kept"])


def _edges() -> None:
    op.create_table(
        "edges",
        Column("source", Text(), nullable=False),
        Column("relation", Text(), nullable=False),
        Column("target", Text(), nullable=False),
        Column("happened", BigInteger(), nullable=False),
        CheckConstraint(
            "relation IN ('used', 'made', 'trained_on', 'adapted_from', 'bred_from', "
            "'extends', 'remixes', 'depicts', 'ingredient')",
            name="ck_edges_relation",
        ),
        PrimaryKeyConstraint("source", "relation", "target", name="pk_edges"),
    )
    op.create_index("ix_edges_target", "edges", ["target", "relation"])


def _log() -> None:
    op.create_table(
        "log",
        Column("n", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("happened", BigInteger(), nullable=False),
        Column("what", Text(), nullable=False),
        Column("about", Text(), nullable=False),
        Column("who", Text(), nullable=True),
        Column("details", Text(), nullable=False),
        PrimaryKeyConstraint("n", name="pk_log"),
        UniqueConstraint("id", name="uq_log_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_log_about", "log", ["about"])
