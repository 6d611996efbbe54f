"""Which language a sentence speaks: its words come first, and its everyday words are not looked up in others."""

import pytest

from uncaged.engines.ink.words import Lexicon, read
from uncaged.engines.ink.words.sentence import nearest_hue
from uncaged.engines.ink.words.spelling import tokens
from uncaged.engines.ink.words.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("flibbet", "en"),
        ("a chat about a tour", "en"),
        ("the rose", "en"),
        ("a chat", "en"),
        ("chat", "fr"),
        ("der rote Fisch in der See", "de"),
        ("Hut und Rock", "de"),
        ("un pez rojo bajo el mar", "es"),
        ("deux éléphants roses", "fr"),
        ("chat noir sous la lune", "fr"),
    ],
)
def test_the_language_is_the_one_that_knows_most_words(text: str, language: str) -> None:
    assert Vocabulary.of().language(tokens(text)).name == f"{language}.toml"


@pytest.mark.parametrize("word", "see seen saw sale tour chat rot kind cent elf sin".split())
def test_english_words_are_not_taken_for_foreign_ones(word: str) -> None:
    plain = read("a bird over the house", 1)
    reading = read(f"a bird over the house {word}", 1)
    assert reading.words[word] == ""
    assert reading.scene.setting == plain.scene.setting
    shown, wanted = reading.scene.subjects, plain.scene.subjects
    assert [(s.kind, s.count, s.motion) for s in shown] == [
        (s.kind, s.count, s.motion) for s in wanted
    ]


def test_a_verb_makes_no_sea() -> None:
    assert read("a woman waters the flowers", 1).scene.setting != "water"
    assert read("a boat on still waters", 1).scene.setting == "water"


def test_the_same_letters_in_two_languages() -> None:
    (elephants,) = read("deux éléphants roses", 1).scene.subjects
    assert elephants.count == 2 and elephants.hue and nearest_hue(elephants.hue) == "pink"
    assert read("two roses", 1).scene.subjects[0].kind == "flower"
    assert read("la tour dans la nuit", 1).scene.subjects[0].kind == "tower"
    assert read("die Frau mit dem Hut", 1).scene.subjects[0].kind == "person"


def test_other_languages_still_help_out() -> None:
    assert [s.kind for s in read("the Katze and the gato", 1).scene.subjects] == ["cat", "cat"]


def test_what_a_word_of_ones_own_stands_for_has_a_language_of_its_own() -> None:
    mine = Lexicon.from_toml('kisa = "chat noir"\nmulino = "rot Turm"\nombra = "rot"', "mine.toml")
    for text, kind, hue in (
        ("the kisa is here", "cat", "black"),
        ("the mulino", "tower", "red"),
        ("an ombra house", "house", "red"),
    ):
        (subject,) = read(text, 1, [mine]).scene.subjects
        assert subject.kind == kind and subject.hue and nearest_hue(subject.hue) == hue
