"""Which SQLite is safe, and how SQL texts are taken apart."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import MultipleResultsFound, NoResultFound

from uncaged.archive import views
from uncaged.archive.sqlite import driver, has_wal_reset_bug, in_words, sqlite_version
from uncaged.core.errors import ArchiveBroken, ArchiveBusy, DiskFull, HomeUnusable, UncagedError


@pytest.mark.parametrize(
    ("version", "bug"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.53.4", False),
        ("4.0", False),
    ],
)
def test_who_has_the_wal_reset_bug(version: str, bug: bool) -> None:
    assert has_wal_reset_bug(version) is bug


def test_the_version_in_use_has_numbers() -> None:
    assert all(part.isdigit() for part in sqlite_version().split("."))


def test_a_trigger_is_one_statement() -> None:
    source = (
        "-- why\n\nCREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; SELECT 2; END;\nSELECT 3;\n"
    )
    assert list(views.statements(source)) == [
        "CREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; SELECT 2; END;",
        "SELECT 3;",
    ]


def test_a_statement_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="without an end"):
        list(views.statements("CREATE VIEW v AS SELECT 1\n"))


def test_the_file_holds_only_triggers_and_views() -> None:
    found = list(views.statements(views.SOURCE.read_text("utf-8")))
    assert len(found) > 15
    assert all(text.startswith(("CREATE TRIGGER ", "CREATE VIEW ")) for text in found)


def raw(code: int, why: str = "so it is") -> Exception:
    """The driver's own error, as a cursor of its own raises it."""
    error: Any = driver.OperationalError(why)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (raw(driver.SQLITE_IOERR | 3 << 8), HomeUnusable),
        (raw(driver.SQLITE_FULL), DiskFull),
        (raw(driver.SQLITE_BUSY | 2 << 8), ArchiveBusy),
        (raw(driver.SQLITE_PROTOCOL), ArchiveBusy),
        (raw(driver.SQLITE_READONLY), HomeUnusable),
        (raw(driver.SQLITE_CORRUPT | 1 << 8), ArchiveBroken),
        (raw(driver.SQLITE_NOTADB), ArchiveBroken),
        (raw(driver.SQLITE_TOOBIG), ArchiveBroken),
        (raw(driver.SQLITE_ERROR, "no such table: works"), ArchiveBroken),
        (driver.OperationalError("Could not decode to UTF-8 column 'a' with text '\ufffd'"), ArchiveBroken),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), ArchiveBroken),
        (NoResultFound(), ArchiveBroken),
        (MultipleResultsFound(), ArchiveBroken),
    ],
)  # fmt: skip
def test_the_drivers_own_errors_come_out_in_words(
    tmp_path: Path, error: Exception, kind: type[UncagedError]
) -> None:
    with pytest.raises(kind) as caught, in_words(tmp_path / "archive.sqlite3", 1.0):
        raise error
    assert type(caught.value) is kind and caught.value.hint


def test_a_mistake_of_ours_is_not_called_damage(tmp_path: Path) -> None:
    for error in (
        raw(driver.SQLITE_ERROR, "near SELEC: syntax error"),
        raw(driver.SQLITE_CONSTRAINT),
    ):
        with pytest.raises(driver.OperationalError), in_words(tmp_path / "archive.sqlite3", 1.0):
            raise error
