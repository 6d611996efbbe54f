"""The large tables: what is in them exists, is found, and gives way to what a person or a lexicon says."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import Lexicon, read
from uncaged.engines.ink.words.completing import ABSTRACT
from uncaged.engines.ink.words.lexicon import LANGUAGES, shipped
from uncaged.engines.ink.words.senses import ALONE, NUMBERS, names
from uncaged.engines.ink.words.table import NOTHING, Table, digest, entry, words_of

VERBS = ("motions", "postures", "gestures", "acts", "moods")


def lines(language: str) -> list[tuple[str, str]]:
    text = words_of(language).table.data.decode("utf-8")
    pairs = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return [(word, value) for word, _, value in pairs]


def first(text: str, *lexicons: Lexicon) -> Subject:
    return read(text, 1, lexicons).scene.subjects[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_sorted_and_say_where_they_come_from(language: str) -> None:
    data = words_of(language).table.data
    rows = data.splitlines()
    assert rows == sorted(rows) or rows[2:] == sorted(rows[2:])
    assert rows[0].startswith(b"# From ") and data.endswith(b"\n")
    assert len(data) < 700_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_table_names_exists(language: str) -> None:
    for value in {value for _, value in lines(language)} - {"-"}:
        for part in value.split(";"):
            assert part in _known(part), f"{part} of {value!r}: run tools/distil_words.py again"


def _known(part: str) -> Iterator[str]:
    """The part itself, where everything in it exists."""
    table, _, name = part.partition(" ")
    kind, _, form = table.partition("*")[0].partition("/")
    if not name:
        if kind in names("kinds") and (not form or form in kinds()[kind].forms):
            yield part
    elif table == ALONE:
        yield from [part] if list(_known(name)) else []
    elif table == "herds":
        yield from [part] if name.rpartition(" ")[0] in names("kinds") else []
    elif table in NUMBERS or table == "words" or name in names(table):
        yield part


def test_there_are_as_many_words_as_promised() -> None:
    drawn = [value for _, value in lines("en") if value != "-"]
    verbs = sum(any(part.startswith(VERBS) for part in value.split(";")) for value in drawn)
    assert verbs >= 2_000
    assert len(drawn) - verbs >= 20_000
    for lexicon in shipped()[1:]:
        many = sum(value != "-" for _, value in lines(lexicon.name[:2]))
        assert many + len(lexicon.entries) >= 1_500, lexicon.name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a cormorant", "bird"),
        ("a rhododendron", "flower"),
        ("a bassoonist", "person"),
        ("a galleon", "boat"),
        ("a manatee", "seal"),
        ("a fire engine", "truck"),
        ("a sister-in-law", "person"),
        ("four oxen", "bull"),
        ("three mice", "mouse"),
        ("ein Bergmolch", "lizard"),
        ("un escarabajo", "beetle"),
        ("un hippocampe", "seahorse"),
    ],
)
def test_words_are_drawn_as_their_kind(text: str, kind: str) -> None:
    assert first(text).kind == kind


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("a man strolls", "motion", "walk"),
        ("a man strolled", "motion", "walk"),
        ("a fox slumbers", "posture", "sleep"),
        ("the fox slept", "posture", "sleep"),
        ("a horse galloped", "motion", "run"),
        ("a bird flew", "motion", "fly"),
    ],
)
def test_verbs_do_what_their_kind_does(text: str, field: str, value: str) -> None:
    assert getattr(first(text), field) == value


def test_the_found_word_says_what_it_is_drawn_as() -> None:
    assert read("a cormorant on a boulder", 1).words["cormorant"].startswith("drawn as a bird")
    assert read("an albatross", 1).words["albatross"].startswith("drawn as")


def test_a_persons_own_words_come_first() -> None:
    mine = Lexicon.from_toml('cormorant = "cactus"', "mine.toml")
    assert first("a cormorant", mine).kind == "cactus"


@pytest.mark.parametrize("word", ["gift", "pain", "hell", "chat", "arm", "tag", "main"])
def test_the_same_letters_mean_what_they_mean_here(word: str) -> None:
    """An English sentence has no French hands in it, whichever other words its language has for the letters."""
    plain = {s.kind for s in read("a bird over the house", 1).scene.subjects}
    shown = {s.kind for s in read(f"a bird over the house of {word}", 1).scene.subjects}
    assert shown - plain <= {"box", "muscle", "fire", "creature", "letter"}


def test_a_word_that_insults_is_neither_drawn_nor_invented() -> None:
    for text in ("a nuthouse", "two nuthouses"):
        reading = read(text, 1)
        assert reading.words[text.split()[1]] == ""
        assert {s.kind for s in reading.scene.subjects} <= set(ABSTRACT)
    assert b"nuthouse" not in words_of("en").table.data
    assert len(digest("nuthouse")) == 12


def test_what_does_not_exist_here_is_passed_over() -> None:
    assert entry("unicycle") is NOTHING
    assert entry("unicycle;motions walk").senses == {"motions": "walk"}
    assert entry("tree/birch*0.5").senses == {
        "kinds": "tree",
        "forms": ("tree", "birch"),
        "noun-sizes": 0.5,
    }
    assert entry("herds bird 6").senses == {"herds": ("bird", 6)}
    assert entry("-") is NOTHING


FOLDED = st.text("abcäz ", max_size=7).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.dictionaries(FOLDED, st.sampled_from(["bird", "cat"])))
@settings(max_examples=60, deadline=None)
def test_a_table_finds_what_is_in_it_and_nothing_else(words: dict[str, str]) -> None:
    rows = sorted(f"{word}\t{kind}".encode() for word, kind in words.items())
    table = Table(b"\n".join([b"# a head", *rows]) + b"\n")
    for word in [*words, "", "abc", "zz", "\udcff"]:
        assert table.value(word) == words.get(word)
    for word in {key.partition(" ")[0] for key in words if key.partition(" ")[0]}:
        longest = max((k.count(" ") for k in words if k.startswith(f"{word} ")), default=0)
        assert table.longest_from(word) == longest + 1


def test_irregular_verbs_of_ones_own() -> None:
    mine = Lexicon.from_toml('[motions]\nwalk = "amblify"\n[verbs]\namblify = "ambloft"', "m.toml")
    assert first("a dog ambloft", mine).motion == "walk"
    with pytest.raises(AskedWrong, match="is not a verb this file has"):
        Lexicon.from_toml('[verbs]\nwalk = "wolk"', "m.toml")
