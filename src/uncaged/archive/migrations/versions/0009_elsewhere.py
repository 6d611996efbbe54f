"""Files of models that lie elsewhere, and who accepted the licence of which model."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "model_elsewhere",
        Column("model_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        Column("bytes", BigInteger(), nullable=False),
        Column("changed", BigInteger(), nullable=True),
        Column("path", Text(), nullable=True),
        ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_model_elsewhere_model_id"),
        PrimaryKeyConstraint("model_id", "name", name="pk_model_elsewhere"),
    )
    op.create_table(
        "acceptances",
        Column("person_id", Text(), nullable=False),
        Column("model_id", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("terms", Text(), nullable=False),
        Column("accepted", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_acceptances_person_id"),
        ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_acceptances_model_id"),
        PrimaryKeyConstraint("person_id", "model_id", "hash", name="pk_acceptances"),
    )
