"""The line: turns, what everybody used, performers, policies; keys, rooms and guests."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New columns of runs and studio, then the new tables; who waits keeps their place."""
    _studio()
    _runs()
    _line()
    _performers()
    _people()
    _fill()


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _studio() -> None:
    with op.batch_alter_table("studio", recreate="always") as batch:
        for name in ("line_time", "line_seen"):
            batch.add_column(Column(name, BigInteger(), nullable=False, server_default=text("0")))


def _runs() -> None:
    op.drop_index("ix_runs_line", "runs")
    with op.batch_alter_table("runs", recreate="always") as batch:
        batch.add_column(Column("stood", BigInteger(), nullable=True))
        batch.add_column(Column("paused", BigInteger(), nullable=True))
        batch.add_column(Column("blocked", Integer(), nullable=True))
    waits = "state = 'queued' AND paused IS NULL AND blocked IS NULL"
    turn = ["lane", "person_id", "model", "needs", text("own_priority DESC"), "stood", "id"]
    op.create_index("ix_runs_line", "runs", ["lane", "stood"], **_where("state = 'queued'"))
    op.create_index("ix_runs_turn", "runs", turn, **_where(waits))
    op.create_index(
        "ix_runs_going", "runs", ["lane", "person_id"], **_where("state = 'in_progress'")
    )
    op.create_index("ix_runs_stood", "runs", ["stood"])
    op.create_index("ix_runs_state", "runs", ["state", "lane"])
    op.create_index("ix_runs_measured", "runs", ["model", "ended"], **_where("state = 'completed'"))
    op.create_index("ix_runs_asked", "runs", ["person_id", "asked"])


def _line() -> None:
    op.create_table(
        "awaits",
        Column("run_id", Text(), nullable=False),
        Column("first_id", Text(), nullable=False),
        ForeignKeyConstraint(["first_id"], ["runs.id"], name="fk_awaits_first_id"),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_awaits_run_id"),
        PrimaryKeyConstraint("run_id", "first_id", name="pk_awaits"),
    )
    op.create_index("ix_awaits_first_id", "awaits", ["first_id"])
    op.create_table(
        "uses",
        Column("lane", Text(), nullable=False),
        Column("who", Text(), nullable=False),
        Column("seconds", Float(), nullable=False),
        Column("counted", BigInteger(), nullable=False),
        Column("level", Float(), nullable=False),
        Column("begun", Integer(), nullable=False),
        PrimaryKeyConstraint("lane", "who", name="pk_uses"),
    )
    op.create_table(
        "turns",
        Column("lane", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("model", Text(), nullable=False),
        Column("needs", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("level", Float(), nullable=False),
        Column("newcomer", Integer(), nullable=False),
        Column("own_priority", Integer(), nullable=False),
        Column("stood", BigInteger(), nullable=False),
        Column("run_id", Text(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_turns_person_id"),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_turns_run_id"),
        PrimaryKeyConstraint("lane", "person_id", "model", "needs", name="pk_turns"),
    )
    sort = ["lane", "model", "needs"]
    op.create_index("ix_turns_level", "turns", [*sort, "kind", "level", "stood", "run_id"])
    op.create_index("ix_turns_newcomer", "turns", [*sort, "stood"], **_where("newcomer = 1"))
    op.create_table(
        "charges",
        Column("run_id", Text(), nullable=False),
        Column("seconds", Float(), nullable=False),
        Column("charged", BigInteger(), nullable=False),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_charges_run_id"),
        PrimaryKeyConstraint("run_id", name="pk_charges"),
    )
    op.create_table(
        "lanes",
        Column("lane", Text(), nullable=False),
        Column("credit", Float(), nullable=False),
        PrimaryKeyConstraint("lane", name="pk_lanes"),
    )


def _performers() -> None:
    op.create_table(
        "performers",
        Column("number", Integer(), nullable=False),
        Column("epoch", Integer(), nullable=False),
        Column("device", Text(), nullable=False),
        Column("lane", Text(), nullable=False),
        Column("model", Text(), nullable=True),
        Column("run_id", Text(), nullable=True),
        Column("deaths", Integer(), nullable=False),
        Column("since", BigInteger(), nullable=False),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_performers_run_id"),
        PrimaryKeyConstraint("number", name="pk_performers"),
    )
    op.create_table(
        "loads",
        Column("device", Text(), nullable=False),
        Column("model", Text(), nullable=False),
        Column("seconds", Float(), nullable=False),
        PrimaryKeyConstraint("device", "model", name="pk_loads"),
    )
    op.create_table(
        "policies",
        Column("n", Integer(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("policy", Text(), nullable=False),
        Column("since", BigInteger(), nullable=False),
        PrimaryKeyConstraint("n", name="pk_policies"),
    )


def _people() -> None:
    op.create_table(
        "keys",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("scopes", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("revoked", BigInteger(), nullable=True),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_keys_person_id"),
        PrimaryKeyConstraint("id", name="pk_keys"),
        UniqueConstraint("hash", name="uq_keys_hash"),
    )
    op.create_index("ix_keys_person_id", "keys", ["person_id"])
    op.create_table(
        "rooms",
        Column("id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("visitors", Integer(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("until", BigInteger(), nullable=True),
        Column("closed", BigInteger(), nullable=True),
        PrimaryKeyConstraint("id", name="pk_rooms"),
        UniqueConstraint("hash", name="uq_rooms_hash"),
    )
    op.create_table(
        "guests",
        Column("mark", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("room_id", Text(), nullable=True),
        Column("seen", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_guests_person_id"),
        ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_guests_room_id"),
        PrimaryKeyConstraint("mark", name="pk_guests"),
    )
    op.create_index("ix_guests_person_id", "guests", ["person_id"])
    op.create_index("ix_guests_room_id", "guests", ["room_id"])
    op.create_index("ix_guests_seen", "guests", ["seen"])


def _fill() -> None:
    """Runs in line stand where they stood; what they come after is written down row by row."""
    op.execute("UPDATE runs SET stood = asked WHERE state IN ('queued', 'in_progress')")
    op.execute(
        "INSERT INTO awaits (run_id, first_id) SELECT r.id, first.value "
        "FROM runs r, json_each(r.after) first JOIN runs f ON f.id = first.value "
        "WHERE r.state = 'queued' AND f.state <> 'completed'"
    )
    op.execute(
        "UPDATE runs SET blocked = (SELECT count(*) FROM awaits a WHERE a.run_id = runs.id) "
        "WHERE id IN (SELECT run_id FROM awaits)"
    )
