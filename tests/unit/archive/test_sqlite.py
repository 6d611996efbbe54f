"""Which SQLite is safe, and how SQL texts are taken apart."""

import pytest

from uncaged.archive import views
from uncaged.archive.sqlite import has_wal_reset_bug, sqlite_version


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
