"""How much memory a run took."""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of runs."""
    op.add_column("runs", Column("measured_bytes", BigInteger(), nullable=True))
