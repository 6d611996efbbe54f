"""A person's own words: the simplest file works, they come first, and what is not right is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.colour import HUES, to_lab
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import Lexicon, read
from uncaged.engines.ink.words.lexicon import LANGUAGES, shipped
from uncaged.engines.ink.words.senses import names
from uncaged.engines.ink.words.sentence import nearest_hue
from uncaged.engines.ink.words.spelling import tokens


def own(text: str, name: str = "mine.toml") -> Lexicon:
    return Lexicon.from_toml(text, name)


def first(text: str, *lexicons: Lexicon) -> Subject:
    return read(text, 1, lexicons).scene.subjects[0]


def test_the_simplest_file_works() -> None:
    mine = own('liability = "cactus"')
    assert first("a liability", mine).kind == "cactus"
    assert first("three liabilities", mine).count == 3
    assert first("liabilities", mine).count == 4
    assert read("a liability", 1, [mine]).words["liability"] == "drawn as a cactus"
    assert first("a liability").kind == "creature"


@pytest.mark.parametrize(
    ("line", "text", "shown"),
    [
        ('shame = "a red fish"', "two shames", "2 red fish"),
        ('shame = "a red fish"', "a blue shame", "1 blue fish"),
        ('[words]\nshame = "trout"', "a shame", "1  fish"),
        ('"terms of use" = "black snake"', "the Terms of Use", "1 black snake"),
        ('"ß-müll" = "cactus"', "ein SS-Müll", "1  cactus"),
        ('"St. Pauli" = "house"', "St. Pauli, at night", "1  house"),
        ('"猫" = "cat"', "一只猫在房间里", "1  cat"),
        ('"🦈" = "grey fish"', "🌊🦈🌊", "1 grey fish"),
        ('"собака" = "dog"', "две СОБАКА", "1  dog"),
        ('bird = "fish"', "a bird", "1  fish"),
        ('bird = "a red bird"', "a bird", "1 red bird"),
        ("gross = 12", "gross stones", "12  stone"),
        ('aubergine = "#2a0a3b"', "a aubergine boat", "1 black boat"),
        ('[kinds]\nfox = "vulpes, reineke"', "a reineke", "1  fox"),
        ('[kinds]\nfox = ["vulpes", "master reineke"]', "a Master Reineke", "1  fox"),
        ('[forms.tree]\ncypress = "thuja"', "a thuja", "1  tree"),
        ('[herds]\nparliament = { count = 6, of = "bird" }', "a parliament", "6  bird"),
        ('[kinds]\nbird = "oktopus"\n[plurals]\noktopodes = "oktopus"', "oktopodes", "4  bird"),
    ],
)
def test_words_of_ones_own(line: str, text: str, shown: str) -> None:
    subject = first(text, own(line))
    hue = nearest_hue(subject.hue) if subject.hue and subject.kind not in {"fox"} else ""
    assert f"{subject.count:g} {hue} {subject.kind}" == shown


def test_a_colour_of_ones_own_is_exact() -> None:
    hue = first("an aubergine boat", own('aubergine = "#2a0a3b"')).hue
    assert hue == pytest.approx(to_lab((0x2A, 0x0A, 0x3B)), abs=1e-6)


def test_places_and_palettes_of_ones_own() -> None:
    mine = own('homeland = "desert"\n[palettes]\nrust = "nostalgia"\n[settings]\nvillage = "kiez"')
    scene = read("a bird in the homeland, nostalgia", 1, [mine]).scene
    assert (scene.setting, scene.palette) == ("desert", "rust")
    assert read("a bird in the Kiez", 1, [mine]).scene.setting == "village"


def test_the_first_lexicon_that_knows_a_word_decides() -> None:
    one, two = own('liability = "cactus"\nbird = "cat"'), own('liability = "fish"\nrisk = "moon"')
    assert first("a liability", one, two).kind == "cactus"
    assert first("a liability", two, one).kind == "fish"
    assert first("a risk", one, two).kind == "moon"
    assert first("two birds", two, one).kind == "cat"


def test_words_that_stand_for_each_other_do_not_hang() -> None:
    ring = own('a1 = "b1 b1 b1 b1"\nb1 = "c1 c1 c1 c1"\nc1 = "a1 a1 a1 a1"')
    assert read("a1 b1 c1 " * 50, 1, [ring]).scene.subjects
    assert read("猫猫猫", 1, [own('"猫" = "猫猫猫 猫"')]).scene.subjects
    chain = own("\n".join(f'w{i} = "w{i + 1} w{i + 1}"' for i in range(300)))
    assert read("w0 w299", 1, [chain]).scene.subjects


def test_a_lexicon_is_its_content() -> None:
    assert own('x = "cat"', "a.toml") == own('x = "cat"', "b.toml")
    assert own('x = "cat"') != own('x = "dog"')
    assert len(own('x = "cat"').sha256) == 64


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("liability = cactus", ["mine.toml", "line 1", '"cactus"']),
        ('a = "cat"\nmüll = "cactus"', ["line 2", '"müll" = "cactus"', "quotation marks"]),
        ('a = "cat"\n\nterms of use = "snake"', ["line 3", '"terms of use" = ']),
        ("x = [", ["mine.toml", "cannot be read"]),
        ("[[[[[[", ["mine.toml"]),
        ('x = "cat"\nx = "dog"', ["mine.toml", "line 2"]),
        ('x = "cat"\n"X" = "dog"', ["'X'", "'x'", "cat", "dog"]),
        ("x = 1.5", ["x", "must stand for words"]),
        ("x = true", ["x", "must stand for words"]),
        ("x = -2", ["x", "whole number"]),
        ('x = ""', ["x stands for nothing"]),
        ('"+" = "cat"', ["'+'", "no letter"]),
        (f'x = "{"bird " * 60}"', ["x", "200"]),
        ('x = "#12345"', ["x", "#12345", "six"]),
        ('[kind]\ncat = "mog"', ["[kind]", "[kinds]"]),
        ('[kinds]\ncactuss = "mog"', ["mog", "cactuss", "mean cactus"]),
        ("[kinds]\ncat = 3", ["cat in [kinds]", "list words"]),
        ('[kinds]\ncat = "crane"\ndog = "crane"', ["crane", "cat", "dog"]),
        ('[hues]\npuce = "puce"', ["puce", "[hues]"]),
        ('[settings]\nmoon = "x"', ["moon", "[settings]"]),
        ('[weather]\nhail = "hail"', ["hail"]),
        ('[forms.tree]\nsquare = "topiary"', ["topiary", "square"]),
        ('[forms]\ntree = "topiary"', ["[forms.tree]"]),
        ("[counts]\nx = 1.5", ["x", "whole number"]),
        ("[sizes]\nx = nan", ["x", "finite"]),
        ('[sizes]\nx = "big"', ["x", "number"]),
        ("[herds]\nx = 5", ["x", "how many of what"]),
        ('[herds]\nx = { count = 5, of = "birdy" }', ["birdy", "bird"]),
        ('[plurals]\nmice = "mouse"', ["mouse", "does not have"]),
        ('[endings]\nplurals = "s"', ["'s'", ">"]),
        ('[endings]\ntenses = "s>"', ["tenses", "plurals"]),
    ],
)
def test_what_is_not_right_is_said(text: str, says: list[str]) -> None:
    with pytest.raises(AskedWrong) as error:
        own(text)
    message = str(error.value)
    assert "mine.toml" in message
    for part in says:
        assert part in message, message


def test_a_file_that_is_not_text_is_said() -> None:
    with pytest.raises(AskedWrong, match=r"mine\.toml is not UTF-8 text \(line 2\)"):
        Lexicon.from_bytes(b'x = "cat"\ny = "\xff"', "mine.toml")
    assert (
        first("an x", Lexicon.from_bytes(b'\xef\xbb\xbfx = "cat"\r\n', "mine.toml")).kind == "cat"
    )


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_lexicon_or_a_clear_error(text: str) -> None:
    try:
        own(text)
    except AskedWrong as error:
        assert "mine.toml" in str(error)  # noqa: PT017


@given(st.text(min_size=1, max_size=12).filter(lambda word: len(tokens(word)) > 0))
@settings(max_examples=50, deadline=None)
def test_any_word_can_be_ones_own(word: str) -> None:
    escaped = "".join(f"\\U{ord(c):08x}" for c in word)
    mine = own(f'"{escaped}" = "cactus"')
    assert first(word, mine).kind == "cactus"


def test_the_shipped_words_name_things_that_exist() -> None:
    assert len(shipped()) == len(LANGUAGES)
    for lexicon in shipped():
        lexicon.check()


OF_THE_FIRST_RELEASE = frozenset(
    """bird blob boat butterfly cactus cat cloud creature dancer deer dog elephant fern fish flower fox head hill horse
    house moon mushroom palm person sheep snake spiral star stone sun tower tree vine""".split()
)
"""Kinds that every language has words for. A later one may be known to English alone: all languages are searched."""


def test_every_language_knows_the_first_kinds_every_colour_and_count() -> None:
    kinds = {
        entry.senses["kinds"] for entry in shipped()[0].entries.values() if "kinds" in entry.senses
    }
    hues = {
        entry.senses["hues"] for entry in shipped()[0].entries.values() if "hues" in entry.senses
    }
    assert kinds == set(names("kinds")), "every kind has a word in [kinds] of en.toml"
    assert hues == set(HUES)
    for lexicon in shipped()[1:]:
        senses = [entry.senses for entry in lexicon.entries.values()]
        known = {s["kinds"] for s in senses if "kinds" in s}
        assert kinds >= known >= OF_THE_FIRST_RELEASE, lexicon.name
        assert {s["hues"] for s in senses if "hues" in s} >= hues - {"violet"}, lexicon.name
        assert {s["counts"] for s in senses if "counts" in s} >= set(range(1, 11)), lexicon.name


def test_every_shipped_word_for_a_kind_is_drawn_as_it() -> None:
    for word, entry in shipped()[0].entries.items():
        ambiguous = entry.senses.keys() & {
            "settings",
            "palettes",
            "hues",
            "motions",
            "worn",
            "grammar",
        }
        if "kinds" in entry.senses and not ambiguous and not entry.plural:
            assert first(f"a {word}").kind in {entry.senses["kinds"], "head"}, word
