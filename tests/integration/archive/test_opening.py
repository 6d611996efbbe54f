"""Opening the archive: what is new is made, what is broken, newer, busy or full is said, and left alone."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import people, recognising, sqlite, tables, works
from uncaged.archive.database import Archive, open_archive
from uncaged.archive.files import Files
from uncaged.core.clock import SystemClock
from uncaged.core.errors import (
    ArchiveBroken,
    ArchiveBusy,
    HomeMissing,
    HomeNewer,
    HomeUnusable,
)
from uncaged.core.settings import Settings


def settings(home: Path, **more: Any) -> Settings:
    return Settings(home=home, **({"fsync": False, "busy_seconds": 5} | more))


def plain(database: Path) -> Any:
    """As another program would open it; with the same library, since two in one process share no locks."""
    return sqlite.driver.connect(database, isolation_level=None)


def test_a_new_home_has_a_studio_and_its_owner(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with open_archive(settings(home), SystemClock()) as archive, archive.read() as conn:
        assert people.owner(conn).kind == "owner"
        assert conn.exec_driver_sql("SELECT count(*) FROM studio").scalar_one() == 1
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert home.stat().st_mode & 0o077 == 0
    with open_archive(settings(home), SystemClock()) as archive, archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 1


@pytest.mark.parametrize(("fsync", "level"), [(True, 2), (False, 0)])
def test_a_commit_waits_for_the_disk(tmp_path: Path, fsync: bool, level: int) -> None:
    archive = open_archive(settings(tmp_path, fsync=fsync), SystemClock())
    with archive, archive.write() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar_one() == level
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert conn.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 100


def test_no_alembic_where_nothing_is_behind(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from uncaged.archive.database import open_archive\n"
        "from uncaged.archive import works, runs, crate, files, lineage, log, models\n"
        "from uncaged.core.clock import SystemClock; from uncaged.core.settings import Settings\n"
        "home = Settings(home=Path(sys.argv[1]))\n"
        "for _ in range(2): open_archive(home, SystemClock()).close()\n"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'alembic', 'mako', 'av', 'skia'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with open_archive(settings(tmp_path), SystemClock()) as archive:
        with pytest.raises(HomeUnusable), archive.read() as conn:
            people.add(conn, "guest", 1)
        with archive.write() as conn:
            people.add(conn, "guest", 1)
        with archive.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 2


def test_a_writer_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with open_archive(settings(tmp_path), SystemClock()) as archive:
        with pytest.raises(KeyboardInterrupt):
            break_off(archive)
        with archive.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 1


def break_off(archive: Archive) -> None:
    with archive.write() as conn:
        people.add(conn, "guest", 1)
        raise KeyboardInterrupt


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("notes")
    with pytest.raises(HomeUnusable, match="is a file") as caught:
        open_archive(settings(tmp_path / "home"), SystemClock())
    assert "UNCAGED_HOME" in caught.value.hint
    with pytest.raises(HomeUnusable, match="cannot be made"):
        open_archive(settings(tmp_path / "home" / "within"), SystemClock())
    assert (tmp_path / "home").read_text() == "notes"


def test_a_database_that_is_a_folder(tmp_path: Path) -> None:
    settings(tmp_path).database.mkdir()
    with pytest.raises(HomeUnusable, match="is a folder"):
        open_archive(settings(tmp_path), SystemClock())


def made(home: Path) -> Path:
    open_archive(settings(home), SystemClock()).close()
    return settings(home).database


def test_a_home_of_a_newer_version_is_left_untouched(tmp_path: Path) -> None:
    database = made(tmp_path)
    with plain(database) as conn:
        conn.execute("UPDATE studio SET schema_version = 99")
    conn.close()
    before = database.read_bytes()
    with pytest.raises(HomeNewer, match="schema 99") as caught:
        open_archive(settings(tmp_path), SystemClock())
    assert "newer version" in caught.value.hint
    assert database.read_bytes() == before


def halve(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    "spoil",
    [
        halve,
        lambda path: path.write_bytes(path.read_bytes()[:1000]),
        lambda path: path.write_bytes(b"\0" * 8192),
        lambda path: path.write_bytes(b"not a database, but a letter to somebody" * 400),
        lambda path: path.write_bytes(b"x"),
    ],
    ids=["half", "a corner", "zeros", "a letter", "a character"],
)
def test_a_database_that_is_truncated_or_none(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    database = made(tmp_path)
    spoil(database)
    before = database.read_bytes()
    for looking in (False, True):
        with pytest.raises(ArchiveBroken) as caught:
            open_archive(settings(tmp_path), SystemClock(), looking=looking)
        assert str(database) in caught.value.message and caught.value.hint
    assert database.read_bytes() == before


def test_a_database_of_another_program(tmp_path: Path) -> None:
    database = settings(tmp_path).database
    with plain(database) as conn:
        conn.execute("CREATE TABLE recipes (cake TEXT)")
    conn.close()
    before = database.read_bytes()
    with pytest.raises(ArchiveBroken, match="another program"):
        open_archive(settings(tmp_path), SystemClock())
    assert database.read_bytes() == before


STRANGE: dict[str, tuple[str, ...]] = {
    "a table called studio": ("CREATE TABLE studio (schema_version INTEGER)", "INSERT INTO studio VALUES (1)"),
    "a studio like ours": (
        "CREATE TABLE studio (id TEXT, epoch INTEGER, schema_version INTEGER, created BIGINT)",
        "INSERT INTO studio VALUES ('a', 0, 1, 1)",
    ),
    "an older studio": (
        "CREATE TABLE studio (id TEXT, epoch INTEGER, schema_version INTEGER, created BIGINT)",
        "INSERT INTO studio VALUES ('a', 0, 0, 1)",
    ),
    "a newer studio": (
        "CREATE TABLE studio (id TEXT, epoch INTEGER, schema_version INTEGER, created BIGINT)",
        "INSERT INTO studio VALUES ('a', 0, 99, 1)",
    ),
    "tables called like ours": tuple(
        f"CREATE TABLE {name} (id TEXT)"
        for name in ("alembic_version", *tables.metadata.tables)
    ),
    "a mark of its own": ("PRAGMA application_id = 252006673", "CREATE TABLE recipes (cake TEXT)"),
    "a mark and no tables": ("PRAGMA application_id = 252006673",),
    "another alembic": (
        "CREATE TABLE alembic_version (version_num TEXT)",
        "INSERT INTO alembic_version VALUES ('0001')",
    ),
}  # fmt: skip


@pytest.mark.parametrize("looking", [False, True])
@pytest.mark.parametrize("wal", [False, True])
@pytest.mark.parametrize("strange", STRANGE)
def test_a_database_that_only_looks_like_ours(
    tmp_path: Path, strange: str, wal: bool, looking: bool
) -> None:
    database = settings(tmp_path).database
    other = plain(database)
    if wal:
        other.execute("PRAGMA journal_mode = WAL")
    for statement in STRANGE[strange]:
        other.execute(statement)
    other.close()
    before = database.read_bytes()
    with pytest.raises(ArchiveBroken, match="another program"):
        open_archive(settings(tmp_path), SystemClock(), looking=looking)
    assert database.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [database.name]


@pytest.mark.parametrize("looking", [False, True])
def test_another_programs_log_is_not_tidied_up(tmp_path: Path, looking: bool) -> None:
    """As a killed program leaves it: most of what it wrote is in the write-ahead log only."""
    other = plain(tmp_path / "theirs.sqlite3")
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE recipes (cake TEXT)")
    database = settings(tmp_path).database
    shutil.copy(tmp_path / "theirs.sqlite3", database)
    log = database.with_name(database.name + "-wal")
    shutil.copy(tmp_path / "theirs.sqlite3-wal", log)
    other.close()
    before = database.read_bytes(), log.read_bytes()
    with pytest.raises(ArchiveBroken, match="another program"):
        open_archive(settings(tmp_path), SystemClock(), looking=looking)
    assert (database.read_bytes(), log.read_bytes()) == before


def test_an_archive_says_in_its_header_that_it_is_one(tmp_path: Path) -> None:
    header = made(tmp_path).read_bytes()[68:72]
    assert header == recognising.APPLICATION.to_bytes(4, "big") == b"Unca"


@pytest.mark.parametrize("empty", [True, False])
def test_files_without_a_database_are_not_taken_for_leftovers(tmp_path: Path, empty: bool) -> None:
    home = settings(tmp_path)
    sha = Files(home.files, fsync=False).keep(b"somebody's film")
    if empty:
        home.database.touch()
    with pytest.raises(ArchiveBroken, match="missing or empty"):
        open_archive(home, SystemClock())
    assert Files(home.files).verify(sha)


def test_a_beginning_that_was_cut_off_is_begun_again(tmp_path: Path) -> None:
    database = settings(tmp_path).database
    database.touch()
    made(tmp_path)
    database.unlink()
    with plain(database) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    conn.close()
    with open_archive(settings(tmp_path), SystemClock()) as archive, archive.read() as conn:
        assert people.owner(conn).kind == "owner"


def test_a_copy_without_write_ahead_log_gets_it_again(tmp_path: Path) -> None:
    database = made(tmp_path / "one")
    (tmp_path / "two").mkdir()
    with plain(database) as conn:
        conn.execute("VACUUM INTO ?", (str(tmp_path / "two" / database.name),))
    conn.close()
    with open_archive(settings(tmp_path / "two"), SystemClock()) as archive, archive.read() as conn:
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_a_database_that_somebody_else_locks(tmp_path: Path) -> None:
    database = made(tmp_path)
    other = plain(database)
    other.execute("BEGIN IMMEDIATE")
    with open_archive(settings(tmp_path, busy_seconds=0.1), SystemClock()) as archive:
        with archive.read() as conn:
            assert people.owner(conn)
        with pytest.raises(ArchiveBusy, match="has been writing"), archive.write():
            pass
        other.execute("ROLLBACK")
        with archive.write() as conn:
            people.add(conn, "guest", 1)
    other.close()


def test_looking_makes_no_studio(tmp_path: Path) -> None:
    for home in (tmp_path / "deep" / "home", tmp_path):
        with pytest.raises(HomeMissing, match="no studio") as caught:
            open_archive(settings(home), SystemClock(), looking=True)
        assert "uncaged make" in caught.value.hint
    assert list(tmp_path.iterdir()) == []
    database = settings(tmp_path).database
    database.touch()
    with pytest.raises(HomeMissing):
        open_archive(settings(tmp_path), SystemClock(), looking=True)
    with plain(database) as conn:  # somebody is just beginning one
        conn.execute("PRAGMA journal_mode = WAL")
    conn.close()
    with pytest.raises(HomeMissing):
        open_archive(settings(tmp_path), SystemClock(), looking=True)
    assert database.stat().st_size < 8192


def test_looking_at_files_without_a_database_says_so(tmp_path: Path) -> None:
    Files(settings(tmp_path).files, fsync=False).keep(b"somebody's film")
    with pytest.raises(ArchiveBroken, match="missing or empty"):
        open_archive(settings(tmp_path), SystemClock(), looking=True)
    assert not settings(tmp_path).database.exists()


def test_whoever_looks_writes_nothing(tmp_path: Path) -> None:
    database = made(tmp_path)
    before = database.read_bytes()
    with open_archive(settings(tmp_path), SystemClock(), looking=True) as archive:
        with archive.read() as conn:
            assert people.owner(conn)
        with pytest.raises(HomeUnusable, match="cannot be written to"), archive.write():
            pass
        assert not archive.checkpoint()
    assert database.read_bytes() == before


def test_a_database_that_is_locked_altogether(tmp_path: Path) -> None:
    database = made(tmp_path)
    other = plain(database)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE studio SET epoch = epoch")
    with pytest.raises(ArchiveBusy, match="ask again"):
        open_archive(settings(tmp_path, busy_seconds=0.1), SystemClock())
    other.close()


def test_a_read_only_home_can_be_looked_at(small_disk: Path) -> None:
    home = settings(small_disk / "home")
    with open_archive(home, SystemClock()) as archive, archive.read() as conn:
        me = people.owner(conn).id
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(HomeUnusable, match="cannot be written to"):
        open_archive(home, SystemClock())
    with open_archive(home, SystemClock(), looking=True) as archive:
        with archive.read() as conn:
            assert works.list_works(conn, me) == ()
        with pytest.raises(HomeUnusable, match="cannot be written to"), archive.write():
            pass
    with pytest.raises(HomeUnusable):
        Files(home.files).keep(b"film")
    with pytest.raises(HomeUnusable):
        open_archive(settings(small_disk / "another"), SystemClock(), looking=True)


def test_a_read_only_home_with_a_log_is_not_half_read(roomy_disk: Path) -> None:
    """A write-ahead log that cannot be opened holds the newest works: no answer is better than an old one."""
    home = settings(roomy_disk / "home")
    archive = open_archive(home, SystemClock())
    with archive.write() as conn:
        people.add(conn, "guest", 1)
    log = home.database.with_name(home.database.name + "-wal")
    saved = log.read_bytes()
    archive.close()
    log.write_bytes(saved)
    subprocess.run(["mount", "-o", "remount,ro", str(roomy_disk)], check=True)
    with pytest.raises(HomeUnusable, match="cannot be written to"):
        open_archive(home, SystemClock(), looking=True)


def test_a_library_with_the_bug_makes_no_checkpoint_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "has_wal_reset_bug", lambda: True)
    with open_archive(settings(tmp_path), SystemClock()) as archive:
        with archive.write() as conn:
            assert conn.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one() == 0
            people.add(conn, "guest", 1)
        log = archive.database.with_name(archive.database.name + "-wal")
        assert log.stat().st_size > 0
        archive.checkpoint()
        assert log.stat().st_size == 0
