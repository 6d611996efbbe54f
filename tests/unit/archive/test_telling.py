"""What an export and an import say of themselves: one plain sentence each."""

from pathlib import Path

import pytest

from uncaged.archive.crate import Damaged, Exported, Merged
from uncaged.archive.telling import sized


@pytest.mark.parametrize(
    ("length", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (999_949, "999.9 kB"),
     (999_950, "1.0 MB"), (3_249_999, "3.2 MB"), (5 * 10**9, "5.0 GB"), (12 * 10**15, "12,000.0 TB")],
)  # fmt: skip
def test_sizes(length: int, words: str) -> None:
    assert sized(length) == words


def test_an_export_in_a_sentence() -> None:
    assert str(Exported(Path("out"), 12, 14, 3_200_000)) == "12 works and 14 files, 3.2 MB."
    assert str(Exported(Path("out"), 1, 1, 900)) == "1 work and 1 file, 900 bytes."


def test_an_export_names_what_it_lacks() -> None:
    lost = (Damaged("ab" * 32, ("w_aaaaaaaaaaaa", "w_bbbbbbbbbbbb")), Damaged("cd" * 32, ()))
    told = str(Exported(Path("out"), 2, 2, 900, lost))
    assert told.startswith(
        "2 works and 2 files, 900 bytes. Without 2 files damaged or missing here: "
    )
    assert "abababababab… of w_aaaaaaaaaaaa, w_bbbbbbbbbbbb; cdcdcdcdcdcd… of no work" in told
    assert "uncaged delete WORK" in told


def test_an_import_in_a_sentence() -> None:
    assert str(Merged(0, 0, 0)) == "0 works came in."
    assert str(Merged(3, 4, 2_000_000, known=9, deleted=1, unfinished=2)) == (
        "3 works came in with 4 files (2.0 MB), 9 were here already, 1 was deleted here and stays so, "
        "2 unfinished were left out."
    )
    assert str(Merged(1, 0, 0, 1, 2, 1, healed=1, damaged=2)) == (
        "1 work came in, 1 was here already, 2 were deleted here and stay so, 1 unfinished was left out, "
        "1 damaged file was healed, 2 files were damaged there and not in the export."
    )
