"""From the first schema to the newest: rows stay, triggers and views are there again."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from uncaged.archive import expiring, migrating, people, recognising, sqlite, tables, views, works
from uncaged.archive.database import open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.errors import ArchiveBroken, HomeUnusable
from uncaged.core.settings import Settings

FIRST = Path(__file__).with_name("first_schema.sql")
"""A small archive as the first release left it: two works, one of them deleted, and one run in line."""

NEXT = tables.SCHEMA + 1

BATCH = f'''"""A throw-away migration that copies tables, as batch migrations do."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04}"
down_revision = "{tables.SCHEMA:04}"


def upgrade() -> None:
    for table in ("runs", "works", "log", "edges"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("colour", sa.Text()))
'''
TORN = BATCH.replace("    for table", '    op.execute("DELETE FROM people")\n    for table')


def first(home: Path) -> Settings:
    """A home as the first release left it."""
    settings = Settings(home=home, fsync=False)
    home.mkdir()
    conn = sqlite.driver.connect(settings.database, isolation_level=None)
    conn.executescript(FIRST.read_text("utf-8"))
    conn.close()
    return settings


def engine_of(settings: Settings) -> Engine:
    return sqlite.engine(settings.database, busy_seconds=5, fsync=False)


def shape(engine: Engine) -> dict[str, str]:
    """Every table, index, trigger and view; order within a table and quotes around names do not count."""
    with engine.connect() as conn:
        found = conn.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    return {f"{kind} {name}": "\n".join(sorted(_lines(sql or ""))) for kind, name, sql in found}


def _lines(sql: str) -> list[str]:
    """A column that was added later stands behind another one in its line."""
    parts = (part for line in sql.splitlines() for part in _ADDED.split(line))
    return [part.strip().rstrip(",").strip().replace('"', "") for part in parts]


_ADDED = re.compile(r', (?="?[a-z_]+"? [A-Z]+(?:,|$))')


def contents(engine: Engine, like: Engine | None = None) -> dict[str, Any]:
    """Every row; of another archive's tables and columns only, where one is given."""
    with (like or engine).connect() as conn:
        named = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for name in named.scalars() if name not in NOT_COMPARED]
        columns = {
            name: ", ".join(
                f'"{row.name}"' for row in conn.exec_driver_sql(f'PRAGMA table_info("{name}")')
            )
            for name in names
        }
    with engine.connect() as conn:
        return {
            name: sorted(
                (tuple(row) for row in conn.exec_driver_sql(f'SELECT {listed} FROM "{name}"')),
                key=repr,
            )
            for name, listed in columns.items()
        }


NOT_COMPARED = ("studio", "alembic_version", "sqlite_sequence")


def with_next(folder: Path, source: str) -> Path:
    """The migrations and one more, in a folder of their own."""
    migrations = folder / "migrations"
    shutil.copytree(migrating.MIGRATIONS, migrations)
    (migrations / "versions" / f"{NEXT:04}_next.py").write_text(source)
    return migrations


def test_the_newest_schema_is_the_last_migration() -> None:
    numbers = [int(path.name[:4]) for path in (migrating.MIGRATIONS / "versions").glob("[0-9]*.py")]
    assert sorted(numbers) == list(range(1, tables.SCHEMA + 1))


def test_a_new_archive_is_what_the_migrations_make(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new", fsync=False)
    open_archive(settings, SystemClock()).close()
    migrated = sqlite.engine(tmp_path / "migrated.sqlite3", busy_seconds=5, fsync=False)
    assert migrating.migrate(migrated) == tables.SCHEMA
    assert shape(engine_of(settings)) == shape(migrated)


def test_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    settings, old = first(tmp_path / "home"), first(tmp_path / "old")
    with open_archive(settings, SystemClock()) as archive:
        like = engine_of(old)
        assert contents(archive.engine, like) == contents(like)
        new = Settings(home=tmp_path / "new", fsync=False)
        open_archive(new, SystemClock()).close()
        assert shape(archive.engine) == shape(engine_of(new))
        with archive.read() as conn:  # the first release left no mark in the header
            mark = conn.exec_driver_sql("PRAGMA application_id").scalar_one()
            assert mark == recognising.APPLICATION
        with archive.read() as conn:
            me = people.owner(conn).id
            kept = works.list_works(conn, me)
            counted = (
                conn.exec_driver_sql("SELECT bytes FROM shelf WHERE bytes > 0").scalars().all()
            )
            assert (
                conn.exec_driver_sql("SELECT bytes FROM shelves").scalars().all() == counted != []
            )
            assert [work.score.text for work in kept if work.score] == ["a slow bird"]


def test_a_batch_migration_leaves_triggers_and_views(tmp_path: Path) -> None:
    settings = first(tmp_path / "home")
    engine = engine_of(settings)
    before = contents(engine)
    assert migrating.migrate(engine, with_next(tmp_path, BATCH)) == NEXT
    with engine.connect() as conn:
        found = conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
        )
        names = set(found.scalars())
        assert conn.exec_driver_sql("SELECT schema_version FROM studio").scalar_one() == NEXT
        mark = conn.exec_driver_sql("PRAGMA application_id").scalar_one()
        assert mark == recognising.APPLICATION
        assert conn.exec_driver_sql("SELECT count(colour), count(*) FROM runs").one() == (0, 3)
        assert conn.exec_driver_sql("SELECT count(*) FROM work_with_everything").scalar_one() == 3
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    expected = {text.split()[2] for text in views.statements(views.SOURCE.read_text("utf-8"))}
    assert names == expected
    after = contents(engine)
    assert {name: len(after[name]) for name in before} == {
        name: len(found) for name, found in before.items()
    }
    with engine.connect().execution_options(writes=True) as conn:
        for table in ("log", "edges", "runs", "works"):
            with pytest.raises(IntegrityError), conn.begin():
                conn.exec_driver_sql(f"DELETE FROM {table}")


def test_a_migration_that_tears_rows_apart_is_undone(tmp_path: Path) -> None:
    settings = first(tmp_path / "home")
    engine = engine_of(settings)
    before, shape_before = contents(engine), shape(engine)
    with pytest.raises(ArchiveBroken, match="nothing was changed"):
        migrating.migrate(engine, with_next(tmp_path, TORN))
    assert contents(engine) == before
    assert shape(engine) == shape_before


def test_an_older_home_is_migrated_when_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = first(tmp_path / "home")
    monkeypatch.setattr(tables, "SCHEMA", NEXT)
    monkeypatch.setattr(migrating.migrate, "__defaults__", (with_next(tmp_path, BATCH),))
    for _ in range(2):
        with open_archive(settings, SystemClock()) as archive, archive.read() as conn:
            assert conn.exec_driver_sql("SELECT count(colour) FROM works").scalar_one() == 0


def current(home: Path) -> Settings:
    """The same home, brought up to date."""
    settings = first(home)
    open_archive(settings, SystemClock()).close()
    return settings


def looked_at(settings: Settings) -> list[str]:
    """The prompts of what is kept there."""
    with open_archive(settings, SystemClock(), looking=True) as archive, archive.read() as conn:
        kept = works.list_works(conn, people.owner(conn).id)
        return [work.score.text for work in kept if work.score]


def test_looking_at_an_older_home_migrates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = current(tmp_path / "home")
    before = settings.database.read_bytes()
    monkeypatch.setattr(tables, "SCHEMA", NEXT)
    assert looked_at(settings) == ["a slow bird"]
    assert settings.database.read_bytes() == before


def test_looking_at_an_older_home_that_lacks_a_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = current(tmp_path / "home")
    conn = sqlite.driver.connect(settings.database, isolation_level=None)
    conn.execute("ALTER TABLE people RENAME COLUMN name TO called")
    conn.close()
    before = settings.database.read_bytes()
    monkeypatch.setattr(tables, "SCHEMA", NEXT)
    with pytest.raises(HomeUnusable, match="older version"):
        looked_at(settings)
    assert settings.database.read_bytes() == before


def test_an_older_home_that_cannot_be_written_to(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = current(small_disk / "home")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    monkeypatch.setattr(tables, "SCHEMA", NEXT)
    assert looked_at(settings) == ["a slow bird"]
    with pytest.raises(HomeUnusable, match="cannot be written to"):
        open_archive(settings, SystemClock())


def test_who_stood_in_line_before_stands_there_still(tmp_path: Path) -> None:
    settings = first(tmp_path / "home")
    with open_archive(settings, SystemClock()) as archive, archive.read() as conn:
        waiting = conn.exec_driver_sql("SELECT id, asked, stood FROM runs WHERE state = 'queued'")
        run, asked, stood = waiting.one()
        assert asked == stood
        assert conn.exec_driver_sql("SELECT run_id FROM turns").scalars().all() == [run]


def test_what_guests_made_before_they_were_told_that_it_may_go_stays(tmp_path: Path) -> None:
    settings = first(tmp_path / "home")
    old = sqlite.driver.connect(settings.database, isolation_level=None)
    for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        old.execute(f'DROP TRIGGER "{name}"')
    old.execute("INSERT INTO people (id, kind, created) VALUES ('p_aaaaaaaaaaaa', 'guest', 1)")
    old.execute("UPDATE works SET person_id = 'p_aaaaaaaaaaaa' WHERE kept IS NOT NULL")
    old.close()
    with open_archive(settings, SystemClock()) as archive, archive.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT claimed, kept FROM works WHERE kept IS NOT NULL AND deleted IS NULL"
        ).all()
        kept = conn.exec_driver_sql("SELECT id FROM works WHERE kept IS NOT NULL").all()
        assert rows and all(claimed == kept for claimed, kept in rows)
        assert not expiring.unclaimed(conn, 2**62, "", 100, [id for (id,) in kept])
