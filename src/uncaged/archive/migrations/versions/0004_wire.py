"""What `/v1` remembers: requests that may come again, and files that programs give."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "askings",
        Column("work_id", Text(), nullable=False),
        Column("mark", Text(), nullable=True),
        Column("said", Text(), nullable=False),
        Column("asked", BigInteger(), nullable=False),
        ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_askings_work_id"),
        PrimaryKeyConstraint("work_id", name="pk_askings"),
        UniqueConstraint("mark", name="uq_askings_mark"),
    )
    op.create_index("ix_askings_said", "askings", ["said", "asked"])
    op.create_index("ix_askings_asked", "askings", ["asked"])
    op.create_table(
        "uploads",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("sha256", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("purpose", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_uploads_person_id"),
        ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_uploads_sha256"),
        PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_sha256", "uploads", ["sha256"])
    op.create_index("ix_uploads_person_id_created", "uploads", ["person_id", "created", "id"])
