"""Who comes in by a login, and who belongs to whom."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Six new tables, and what people say of themselves."""
    _logins()
    _people()


def _logins() -> None:
    """Passwords, passkeys, and the logins that hold."""
    op.create_table(
        "passwords",
        Column("person_id", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("changed", BigInteger(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_passwords_person_id"),
        PrimaryKeyConstraint("person_id", name="pk_passwords"),
    )
    op.create_table(
        "passkeys",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("public_key", LargeBinary(), nullable=False),
        Column("sign_count", Integer(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("used", BigInteger(), nullable=True),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_passkeys_person_id"),
        PrimaryKeyConstraint("id", name="pk_passkeys"),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    op.create_table(
        "sessions",
        Column("id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("how", Text(), nullable=False),
        Column("agent", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("seen", BigInteger(), nullable=False),
        Column("until", BigInteger(), nullable=False),
        Column("ended", BigInteger(), nullable=True),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sessions_person_id"),
        PrimaryKeyConstraint("id", name="pk_sessions"),
        UniqueConstraint("hash", name="uq_sessions_hash"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id", "ended"])


def _people() -> None:
    """Invitations, collectives, credit rolls."""
    op.create_table(
        "invitations",
        Column("id", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("name", Text(), nullable=True),
        Column("collective_id", Text(), nullable=True),
        Column("person_id", Text(), nullable=True),
        Column("made_by", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("until", BigInteger(), nullable=False),
        Column("used", BigInteger(), nullable=True),
        Column("used_by", Text(), nullable=True),
        Column("revoked", BigInteger(), nullable=True),
        ForeignKeyConstraint(["collective_id"], ["people.id"], name="fk_invitations_collective_id"),
        ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_invitations_made_by"),
        ForeignKeyConstraint(["used_by"], ["people.id"], name="fk_invitations_used_by"),
        PrimaryKeyConstraint("id", name="pk_invitations"),
        UniqueConstraint("hash", name="uq_invitations_hash"),
    )
    op.create_table(
        "memberships",
        Column("collective_id", Text(), nullable=False),
        Column("person_id", Text(), nullable=False),
        Column("since", BigInteger(), nullable=False),
        Column("until", BigInteger(), nullable=True),
        ForeignKeyConstraint(["collective_id"], ["people.id"], name="fk_memberships_collective_id"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id"),
        PrimaryKeyConstraint("collective_id", "person_id", "since", name="pk_memberships"),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id", "until"])
    op.create_table(
        "authors",
        Column("work_id", Text(), nullable=False),
        Column("n", Integer(), nullable=False),
        Column("person_id", Text(), nullable=True),
        Column("name", Text(), nullable=True),
        Column("role", Text(), nullable=False),
        Column("added", BigInteger(), nullable=False),
        Column("agreed", BigInteger(), nullable=True),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_authors_person_id"),
        ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_authors_work_id"),
        PrimaryKeyConstraint("work_id", "n", name="pk_authors"),
    )
    op.create_index("ix_authors_person_id", "authors", ["person_id"])
    op.add_column("people", Column("about", Text(), nullable=True))
    op.add_column("people", Column("left", BigInteger(), nullable=True))
