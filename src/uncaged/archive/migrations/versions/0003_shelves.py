"""How much room each person's works take, kept beside them: counting them anew at every asking took too long."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table, and what stands on everybody's shelf by now."""
    op.create_table(
        "shelves",
        Column("person_id", Text(), nullable=False),
        Column("bytes", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shelves_person_id"),
        PrimaryKeyConstraint("person_id", name="pk_shelves"),
    )
    op.execute(
        "INSERT INTO shelves (person_id, bytes) SELECT works.person_id, sum(files.bytes) FROM works "
        "JOIN files ON files.sha256 = works.media WHERE works.deleted IS NULL GROUP BY works.person_id"
    )
