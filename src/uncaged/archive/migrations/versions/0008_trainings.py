"""Trainings: what each is to do, and models of one's own with their files."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column for tasks, two for models, and a table of models' files."""
    op.add_column("runs", Column("task", Text(), nullable=True))
    op.add_column("models", Column("engine", Text(), nullable=True))
    op.add_column("models", Column("removed", BigInteger(), nullable=True))
    op.create_table(
        "model_files",
        Column("model_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_model_files_model_id"),
        ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_model_files_sha256"),
        PrimaryKeyConstraint("model_id", "name", name="pk_model_files"),
    )
    op.create_index("ix_model_files_sha256", "model_files", ["sha256"])
