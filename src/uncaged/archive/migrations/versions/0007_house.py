"""What is shown, thrown away, reported, decided; what the house says; when the door is open."""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Seven new tables, and facts of works. What everybody sees already was shown when it was kept."""
    _works()
    _reports()
    _decisions()
    _house()
    op.execute("UPDATE works SET shown = kept WHERE visibility = 'everybody' AND deleted IS NULL")
    # Whoever made something before was never told that it might go: it stays.
    op.execute(
        "UPDATE works SET claimed = kept WHERE kept IS NOT NULL AND deleted IS NULL"
        " AND person_id IN (SELECT id FROM people WHERE kind = 'guest')"
    )


def _works() -> None:
    """Facts of a work, and its tags."""
    op.add_column("works", Column("shown", BigInteger(), nullable=True))
    op.add_column("works", Column("claimed", BigInteger(), nullable=True))
    op.add_column("works", Column("trashed", BigInteger(), nullable=True))
    op.add_column("works", Column("hidden", BigInteger(), nullable=True))
    op.add_column("works", Column("sentence", Text(), nullable=True))
    op.add_column("works", Column("training", Integer(), nullable=True))
    op.add_column("works", Column("links", Integer(), nullable=True))
    op.create_index("ix_works_hidden", "works", ["hidden"], **_where("hidden IS NOT NULL"))
    op.create_index(
        "ix_works_person_id_shown", "works", ["person_id", "shown"], **_where("shown IS NOT NULL")
    )
    op.create_index("ix_works_shown", "works", ["shown", "id"], **_where("shown IS NOT NULL"))
    op.create_index("ix_works_trashed", "works", ["trashed"], **_where("trashed IS NOT NULL"))
    op.create_table(
        "tags",
        Column("work_id", Text(), nullable=False),
        Column("tag", Text(), nullable=False),
        ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_tags_work_id"),
        PrimaryKeyConstraint("work_id", "tag", name="pk_tags"),
    )
    op.create_index("ix_tags_tag", "tags", ["tag", "work_id"])


def _reports() -> None:
    """What was reported, and what was said of it."""
    op.create_table(
        "reports",
        Column("n", Integer(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("work_id", Text(), nullable=False),
        Column("why", Text(), nullable=False),
        Column("words", Text(), nullable=False),
        Column("mail", Text(), nullable=True),
        Column("person_id", Text(), nullable=True),
        Column("mark", Text(), nullable=False),
        Column("created", BigInteger(), nullable=False),
        Column("again", Integer(), nullable=False),
        Column("keeper_id", Text(), nullable=True),
        Column("decided", BigInteger(), nullable=True),
        Column("appealed", BigInteger(), nullable=True),
        CheckConstraint(
            "why IN ('me', 'somebody', 'mine', 'hurts', 'law', 'rule', 'else')",
            name="ck_reports_why",
        ),
        ForeignKeyConstraint(["keeper_id"], ["people.id"], name="fk_reports_keeper_id"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reports_person_id"),
        ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_reports_work_id"),
        PrimaryKeyConstraint("n", name="pk_reports"),
        UniqueConstraint("hash", name="uq_reports_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_mark", "reports", ["mark", "work_id", "created"])
    op.create_index(
        "ix_reports_open",
        "reports",
        ["created"],
        **_where("decided IS NULL OR appealed IS NOT NULL"),
    )
    op.create_index("ix_reports_work_id", "reports", ["work_id"])
    op.create_table(
        "report_words",
        Column("report_n", Integer(), nullable=False),
        Column("n", Integer(), nullable=False),
        Column("happened", BigInteger(), nullable=False),
        Column("author", Text(), nullable=False),
        Column("person_id", Text(), nullable=True),
        Column("words", Text(), nullable=False),
        CheckConstraint(
            "author IN ('reporter', 'maker', 'keeper', 'studio')", name="ck_report_words_author"
        ),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_report_words_person_id"),
        ForeignKeyConstraint(["report_n"], ["reports.n"], name="fk_report_words_report_n"),
        PrimaryKeyConstraint("report_n", "n", name="pk_report_words"),
    )


def _decisions() -> None:
    """What was decided, and what comes in no more."""
    op.create_table(
        "decisions",
        Column("n", Integer(), nullable=False),
        Column("report_n", Integer(), nullable=False),
        Column("verdict", Text(), nullable=False),
        Column("reasons", Text(), nullable=False),
        Column("rule", Integer(), nullable=True),
        Column("sentence", Text(), nullable=True),
        Column("decided_by", Text(), nullable=False),
        Column("second_id", Text(), nullable=True),
        Column("made", BigInteger(), nullable=False),
        Column("appeal", Integer(), nullable=False),
        CheckConstraint(
            "verdict IN ('show', 'sentence', 'hide', 'delete')", name="ck_decisions_verdict"
        ),
        ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_decisions_decided_by"),
        ForeignKeyConstraint(["report_n"], ["reports.n"], name="fk_decisions_report_n"),
        ForeignKeyConstraint(["second_id"], ["people.id"], name="fk_decisions_second_id"),
        PrimaryKeyConstraint("n", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_report_n", "decisions", ["report_n"])
    op.create_table(
        "blocks",
        Column("sha256", Text(), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("report_n", Integer(), nullable=True),
        Column("made_by", Text(), nullable=False),
        Column("made", BigInteger(), nullable=False),
        ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_blocks_made_by"),
        ForeignKeyConstraint(["report_n"], ["reports.n"], name="fk_blocks_report_n"),
        PrimaryKeyConstraint("sha256", name="pk_blocks"),
    )


def _house() -> None:
    """The house's own pages, and open doors."""
    op.create_table(
        "house_pages",
        Column("n", Integer(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("since", BigInteger(), nullable=False),
        Column("who", Text(), nullable=False),
        ForeignKeyConstraint(["who"], ["people.id"], name="fk_house_pages_who"),
        PrimaryKeyConstraint("n", name="pk_house_pages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_house_pages_name", "house_pages", ["name", "n"])
    op.create_table(
        "openings",
        Column("id", Text(), nullable=False),
        Column("began", BigInteger(), nullable=False),
        Column("until", BigInteger(), nullable=False),
        Column("closed", BigInteger(), nullable=True),
        Column("finished", BigInteger(), nullable=True),
        Column("url", Text(), nullable=True),
        Column("who", Text(), nullable=False),
        ForeignKeyConstraint(["who"], ["people.id"], name="fk_openings_who"),
        PrimaryKeyConstraint("id", name="pk_openings"),
    )


def _where(condition: str) -> dict[str, Any]:
    """An index of some rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
