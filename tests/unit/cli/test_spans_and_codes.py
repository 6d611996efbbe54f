"""Lengths of time as people type them, and codes on terminals."""

import click
import pytest
import segno

from uncaged.cli.codes import BLACK_ON_WHITE, QUIET, drawn
from uncaged.cli.spans import SPAN


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3h", 10800),
        ("90m", 5400),
        ("1h30m", 5400),
        ("1h 30min", 5400),
        ("2d", 172800),
        ("45s", 45),
        ("1.5h", 5400),
        (" 3H ", 10800),
    ],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert SPAN.convert(text, None, None) == seconds


@pytest.mark.parametrize("text", ["", "3", "h", "3 hours", "-3h", "3h later", "٣h", "1e9h", "nan"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(click.BadParameter, match="Say 3h"):
        SPAN.convert(text, None, None)


ADDRESS = "https://north-quay.example/open/abcdefgh"


def squares() -> list[list[bool]]:
    code = segno.make(ADDRESS, error="l", micro=False)
    return [[bool(s) for s in row] for row in code.matrix_iter(border=QUIET)]


def test_plain_letters_draw_every_square() -> None:
    lines = drawn(ADDRESS, blocks=False, colours=False).split("\n")
    assert all(line.isascii() for line in lines)
    read = [
        [line.ljust(200)[2 * x] == "#" for x in range(len(row))]
        for line, row in zip(lines, squares(), strict=True)
    ]
    assert read == squares()


def test_half_blocks_draw_two_rows_in_one() -> None:
    lines = drawn(ADDRESS, blocks=True, colours=True).split("\n")
    assert all(line.startswith(BLACK_ON_WHITE) for line in lines)
    rows = squares()
    plain = drawn(ADDRESS, blocks=True, colours=False).split("\n")
    for y, row in enumerate(rows):
        upper = "▀█" if y % 2 == 0 else "▄█"
        assert [c in upper for c in plain[y // 2].ljust(len(row))] == row
