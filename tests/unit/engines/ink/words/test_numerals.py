"""Numbers that are written out: of several words, or several in one, in four languages."""

import pytest

from uncaged.engines.ink.words import read
from uncaged.engines.ink.words.numerals import numeral_at
from uncaged.engines.ink.words.spelling import tokens


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("twenty-three sheep", "sheep", 23),
        ("forty-two cats", "cat", 42),
        ("thirty-six geese", "goose", 36),
        ("forty trees", "tree", 40),
        ("sixteen dogs in the snow", "dog", 16),
        ("ninety-nine red balloons", "balloon", 99),
        ("one hundred birds", "bird", 100),
        ("cincuenta y dos gatos", "cat", 52),
        ("veintidós gatos en una cocina", "cat", 22),
        ("vingt-deux chats", "cat", 22),
        ("vingt et un chats", "cat", 21),
        ("soixante et onze oiseaux", "bird", 71),
        ("quatre-vingt-dix chats", "cat", 90),
        ("quatre-vingt-trois chats", "cat", 83),
        ("quatre-vingt-dix-sept chats", "cat", 97),
        ("einundzwanzig Katzen", "cat", 21),
        ("zweiundvierzig Katzen", "cat", 42),
        ("dreißig Katzen", "cat", 30),
        ("one cat", "cat", 1),
    ],
)
def test_a_number_counts_as_it_is_written(text: str, kind: str, count: int) -> None:
    reading = read(text, 1)
    assert [(one.kind, one.count) for one in reading.scene.subjects] == [(kind, count)]
    assert "hashed" not in reading.sentence


def test_every_word_of_a_number_is_told_with_the_whole() -> None:
    assert read("forty-two cats", 1).words == {
        "forty": "count: 42",
        "two": "count: 42",
        "cats": "drawn",
    }


def test_more_than_can_be_drawn_is_told_as_it_was_written() -> None:
    for text, words in (
        ("one hundred and five birds", ("one", "hundred", "and", "five")),
        ("hundertfünf Vögel", ("hundertfünf",)),
        ("ciento cinco pájaros", ("ciento", "cinco")),
        ("cent cinq oiseaux", ("cent", "cinq")),
    ):
        reading = read(text, 1)
        assert [one.count for one in reading.scene.subjects] == [100], text
        assert {reading.words[word] for word in words} == {"count: 105 (100 are drawn)"}, text


def test_two_numbers_of_two_things_stay_two() -> None:
    for text in ("twenty birds and three cats", "zwanzig Vögel und drei Katzen"):
        counts = {one.kind: one.count for one in read(text, 1).scene.subjects}
        assert counts == {"bird": 20, "cat": 3}, text


def test_a_number_of_nothing_is_no_mystery() -> None:
    reading = read("quatre-vingt-dix", 1)
    assert set(reading.words.values()) == {"count: 90, of nothing that was named"}
    assert "hashed" not in reading.sentence


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("two hundred and thirty-four", "en", (5, 234)),
        ("twenty, three", "en", (1, 20)),
        ("hundred", "en", (1, 100)),
        ("zweihundertdreiunddreißig", "de", (1, 233)),
        ("hundertwasser", "de", (0, 0)),
        ("Hund", "de", (0, 0)),
        ("quinientos setenta y uno", "es", (4, 571)),
        ("neuf cent quatre-vingt-dix-neuf", "fr", (6, 999)),
        ("cats", "en", (0, 0)),
    ],
)
def test_the_longest_number_is_found(text: str, language: str, found: tuple[int, int]) -> None:
    assert numeral_at(tokens(text), 0, language) == found
