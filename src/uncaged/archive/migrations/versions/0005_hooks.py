"""Webhooks, and what they are to be told."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "hooks",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("url", Text(), nullable=False),
        Column("events", Text(), nullable=False),
        Column("secret", Text(), nullable=False),
        Column("old_secret", Text(), nullable=True),
        Column("old_until", BigInteger(), nullable=True),
        Column("created", BigInteger(), nullable=False),
        Column("updated", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_hooks_person_id"),
        PrimaryKeyConstraint("id", name="pk_hooks"),
    )
    op.create_index("ix_hooks_person_id", "hooks", ["person_id"])
    op.create_table(
        "deliveries",
        Column("id", Text(), nullable=False),
        Column("hook_id", Text(), nullable=False),
        Column("work_id", Text(), nullable=False),
        Column("event", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("tries", Integer(), nullable=False),
        Column("due", BigInteger(), nullable=True),
        Column("status", Integer(), nullable=True),
        ForeignKeyConstraint(["hook_id"], ["hooks.id"], name="fk_deliveries_hook_id"),
        ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_deliveries_work_id"),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_hook_id", "deliveries", ["hook_id"])
    here = text("due IS NOT NULL")
    op.create_index(
        "ix_deliveries_due", "deliveries", ["due"], sqlite_where=here, postgresql_where=here
    )
