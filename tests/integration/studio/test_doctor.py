"""The doctor looks at whatever is there, says what is wrong in a sentence, and never raises."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import people, runs, sqlite, works
from uncaged.archive.database import open_archive
from uncaged.archive.files import Files
from uncaged.core.clock import SystemClock
from uncaged.core.errors import ArchiveBroken
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.engines.registry import engines
from uncaged.studio import doctor
from uncaged.studio.doctor import Finding, examine
from uncaged.studio.studio import open_studio

SUBJECTS = {"Uncaged", "numpy", "SQLite", "room", "archive"}


@pytest.fixture(autouse=True)
def no_performing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether models perform is looked at elsewhere, and takes seconds."""
    monkeypatch.setattr(doctor, "_models", lambda: iter(()))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with sixty works, the first of them deleted."""
    home = tmp_path_factory.mktemp("whole")
    settings = Settings(home=home, fsync=False)
    store = Files(settings.files, fsync=False)
    with open_archive(settings, SystemClock()) as archive:
        words = "a slow bird {} over a blue hill " + "and on " * 40
        first, *_ = [_make(archive, store, words.format(n)) for n in range(60)]
        with archive.write() as conn:
            me = people.owner(conn).id
            works.delete(conn, me, first, 3)
    return home


def _make(archive: Any, store: Files, text: str) -> str:
    score = Score((Shot(text, 2.0),), ModelRef("echo"), (64, 64), 12.0, 7)
    sha = store.keep(text.encode())
    with archive.write() as conn:
        me = people.owner(conn).id
        run = runs.ask(conn, runs.Asked(new_id("run"), new_id("work"), me, score), 1)
        runs.claim(conn, run.id, 0, 1)
        size, words = len(text.encode()), {"words": [["bird", "bird"]], "sentence": "a bird"}
        facts = (sha, size, "video/mp4", 64, 64, 12.0, 24, 2.0, None, {"echo": "1"}, words, 0.5)
        runs.complete(conn, store, run.id, 1, runs.Kept(*facts), 2)
        return run.work_id


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "home"))


def look(home: Path) -> list[Finding]:
    found = list(examine(Settings(home=home, fsync=False, busy_seconds=2)))
    assert {finding.name for finding in found} >= SUBJECTS
    for finding in found:
        assert finding.state == "works" or finding.advice, finding
    return found


def named(found: list[Finding], name: str) -> Finding:
    (finding,) = [finding for finding in found if finding.name == name]
    return finding


def change(home: Path, *statements: str) -> None:
    """As another program's hand: without our triggers."""
    connection = sqlite.driver.connect(home / "archive.sqlite3", isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in kept:
        with suppress(sqlite.driver.OperationalError):  # its table is gone
            connection.execute(sql)
    connection.close()


def test_a_healthy_archive_is_said_to_be_so(home: Path) -> None:
    found = look(home)
    assert not [finding for finding in found if finding.state == "broken"]
    assert named(found, "database").state == "works"
    assert "59 works" in named(found, "archive").what
    assert named(found, "files").state == "works"


@pytest.mark.parametrize("table", ["runs", "works", "files", "log", "edges"])
def test_text_that_is_none(home: Path, table: str) -> None:
    columns = {"runs": "model", "works": "visibility", "files": "mime", "log": "about"}
    change(
        home,
        "PRAGMA ignore_check_constraints = ON",
        f"UPDATE {table} SET {columns.get(table, 'target')} = CAST(x'c328ff' AS TEXT) "
        f"WHERE rowid = (SELECT max(rowid) - 1 FROM {table})",
    )
    database = named(look(home), "database")
    assert database.state == "broken" and "damaged" in database.what


def test_text_that_is_none_is_no_traceback_elsewhere(home: Path) -> None:
    change(home, "UPDATE runs SET model = CAST(x'c328ff' AS TEXT)")
    with (
        open_studio(settings=Settings(home=home), looking=True) as studio,
        pytest.raises(ArchiveBroken) as caught,
    ):
        studio.works()
    assert "damaged" in caught.value.message and caught.value.hint


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET score = '{\"schema\":1'",
        "UPDATE runs SET score = '[]'",
        "UPDATE runs SET score = x'00ff'",
        "UPDATE runs SET score = '" + "[" * 100_000 + "'",
        "UPDATE runs SET score = '{\"schema\":7}'",
        "UPDATE works SET position = 'nowhere' WHERE media IS NOT NULL",
        "UPDATE runs SET asked = 9e17",
        "UPDATE works SET kept = -1",
        "UPDATE works SET kept = 'yesterday'",
    ],
)
def test_rows_that_cannot_be_read_are_damage(home: Path, statement: str) -> None:
    change(home, statement)
    assert named(look(home), "database").state == "broken"
    with open_studio(settings=Settings(home=home), looking=True) as studio:
        with pytest.raises(ArchiveBroken) as caught:
            studio.works()
        assert caught.value.hint


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people",
        "DELETE FROM studio",
        "UPDATE studio SET schema_version = 'one'",
        "DROP TABLE people",
        "UPDATE people SET name = CAST(x'c328ff' AS TEXT)",
        "UPDATE people SET kind = 'guest'",
    ],
)
def test_rows_that_every_archive_has(home: Path, statement: str) -> None:
    change(home, "PRAGMA foreign_keys = OFF", "DROP VIEW work_with_everything", statement)
    assert named(look(home), "archive").state == "broken"
    with pytest.raises(ArchiveBroken):
        open_studio(settings=Settings(home=home), looking=True)


def test_references_to_nothing(home: Path) -> None:
    change(home, "PRAGMA foreign_keys = OFF", "DELETE FROM files")
    database = named(look(home), "database")
    assert database.state == "broken" and "not there" in database.what


def test_a_table_that_is_gone(home: Path) -> None:
    change(home, "PRAGMA foreign_keys = OFF", "DROP VIEW work_with_everything", "DROP TABLE works")
    found = look(home)
    assert [named(found, name).state for name in ("archive", "database", "files")] == ["broken"] * 3
    with (
        open_studio(settings=Settings(home=home), looking=True) as studio,
        pytest.raises(ArchiveBroken, match="no such table"),
    ):
        studio.works()


def test_a_schema_that_makes_no_sense(home: Path) -> None:
    """Its error quotes bytes that are no text."""
    change(
        home,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = CAST(x'c328ff' AS TEXT), name = CAST(x'c328ff' AS TEXT) "
        "WHERE name = 'ix_works_person_id_kept'",
    )
    assert named(look(home), "archive").state == "broken"


def pages(home: Path) -> int:
    return (home / "archive.sqlite3").stat().st_size // 4096


@pytest.mark.parametrize("what", ["zeros", "ones", "letters"])
def test_every_page_may_be_damaged(home: Path, tmp_path: Path, what: str) -> None:
    """Whatever lies in the middle of the database, the doctor goes through, and most is found."""
    spoilt = {"zeros": b"\0" * 4096, "ones": b"\xff" * 4096, "letters": b"a slow bird. \xc3" * 293}
    count, broken = pages(home), 0
    whole = (home / "archive.sqlite3").read_bytes()
    for number in range(0, count, max(1, count // 24)):
        bytes_ = bytearray(whole)
        bytes_[number * 4096 : (number + 1) * 4096] = spoilt[what][:4096].ljust(4096, b"\0")
        place = tmp_path / "spoilt"
        place.mkdir(exist_ok=True)
        (place / "archive.sqlite3").write_bytes(bytes_)
        found = [f for f in look(place) if f.name in ("archive", "database")]
        broken += any(finding.state == "broken" for finding in found)
        shutil.rmtree(place)
    assert broken >= 20


def test_scattered_bytes_may_be_damaged(home: Path, tmp_path: Path) -> None:
    whole = (home / "archive.sqlite3").read_bytes()
    for seed in range(24):
        bytes_ = bytearray(whole)
        for n in range(40):
            bytes_[4096 + (seed * 7919 + n * 104_729) % (len(bytes_) - 4096)] = 0x80 + seed
        place = tmp_path / "spoilt"
        place.mkdir()
        (place / "archive.sqlite3").write_bytes(bytes_)
        look(place)
        shutil.rmtree(place)


@pytest.mark.parametrize(
    ("said", "state", "what"),
    [
        ('[licences]\nrefused = ["the"]', "weak", "“the” names no licence"),
        ('[licences]\nrefused = ["GPL-2.0"]', "works", "policy.toml is followed"),
        ("[licence]", "weak", "Did you mean licences"),
    ],
)
def test_the_policy_is_looked_at(home: Path, said: str, state: str, what: str) -> None:
    assert "policy" not in {finding.name for finding in look(home)}
    (home / "policy.toml").write_text(said)
    policy = named(look(home), "policy")
    assert policy.state == state and what in policy.what


def test_a_word_file_that_is_none(home: Path) -> None:
    words = home / "lexicon"
    words.mkdir()
    os.mkfifo(words / "a.toml")
    (words / "b.toml").mkdir()
    (words / "c.toml").symlink_to(home / "nowhere")
    (words / "d.toml").symlink_to("/dev/zero")
    (words / "e.toml").write_bytes(b"\xff\xfe")
    (words / "f.toml").write_text("")
    states = [finding.state for finding in look(home) if finding.name == "own words"]
    assert states == ["broken"] * 5 + ["works"]


def test_a_word_folder_that_is_none(home: Path) -> None:
    (home / "lexicon").write_text("words")
    assert named(look(home), "own words").state == "weak"


@pytest.mark.parametrize("how", ["a folder", "a pipe", "gone", "changed", "a link in a circle"])
def test_films_that_are_none(home: Path, how: str) -> None:
    with open_studio(settings=Settings(home=home), looking=True) as studio:
        work = studio.work("latest")
        path = work.path
    path.unlink()
    match how:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "changed":
            path.write_bytes(b"another")
        case "a link in a circle":
            path.symlink_to(path)
        case _:
            pass
    files = named(look(home), "files")
    assert files.state == "broken" and work.id in files.what


def test_a_database_that_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "archive.sqlite3")
    archive = named(look(tmp_path), "archive")
    assert archive.state == "broken" and "no plain file" in archive.what


def test_a_home_with_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    found = {f.name: f for f in examine(Settings(home=tmp_path / ("n" * 300)))}
    assert found["archive"].state == "broken" and found["archive"].advice


def test_what_nobody_foresaw_is_a_finding(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(doctor, "steward_lives", trip)
    monkeypatch.setattr(doctor, "version", trip)
    change(home, "UPDATE runs SET state = 'queued', ended = NULL")
    found = list(examine(Settings(home=home)))
    line = named(found, "line")
    assert line.state == "broken" and "by nothing" in line.what and line.advice
    assert named(found, "libraries").state == "broken"
    assert named(found, "files").state == "works"


def test_a_model_that_trips_keeps_nobody_from_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.undo()
    monkeypatch.setattr(doctor, "LocalPerformer", trip)
    found = list(doctor._models())  # pyright: ignore[reportPrivateUsage]
    assert {finding.name for finding in found} == set(engines())
    for finding in found:
        weightless = finding.state == "weak" and "weights" in finding.what
        assert weightless or (finding.state == "broken" and "No space" in finding.what)
    assert sum(finding.state == "broken" for finding in found) >= 2
