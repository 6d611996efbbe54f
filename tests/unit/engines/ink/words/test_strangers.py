"""Nouns nobody knows, and people who are only called she, he or they."""

import pytest

from uncaged.engines.ink.words import read


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("a flibbet crosses the desert", "flibbet"),
        ("two flibbets cross the desert", "flibbets"),
        ("a flibbet dreams of a fish", "flibbet"),
        ("a flibbet eats fish", "flibbet"),
        ("a lonely flibbet dreams", "flibbet"),
        ("a strange flibbet", "flibbet"),
        ("a flibbet is dancing", "flibbet"),
        ("the flibbet plays in the sun", "flibbet"),
        ("ein Flibbet fährt durch die Wüste", "Flibbet"),
        ("un flibbet cruza el desierto", "flibbet"),
        ("un flibbet rouge traverse le désert", "flibbet"),
    ],
)
def test_the_noun_becomes_the_creature(text: str, noun: str) -> None:
    reading = read(text, 1)
    found = [word for word, effect in reading.words.items() if "creature" in effect]
    assert found == [noun]
    assert sum(subject.kind == "creature" for subject in reading.scene.subjects) == 1


@pytest.mark.parametrize(
    "text", ["a big, strange, red bird", "a strange furry smiling bird", "a sad empty bird"]
)
def test_what_describes_a_known_noun_is_none_itself(text: str) -> None:
    assert [subject.kind for subject in read(text, 1).scene.subjects] == ["bird"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("she wore a red coat and sang", [("person", 1)]),
        ("he walks in the rain", [("person", 1)]),
        ("they walk in the rain", [("person", 2)]),
        ("they dance", [("dancer", 2)]),
        ("she is a dancer", [("dancer", 1)]),
        ("a bird and a cat, and they sleep", [("bird", 1), ("cat", 1)]),
        ("sie geht im Regen", [("person", 1)]),
        ("elle marche dans la forêt", [("person", 1)]),
        ("ella camina en el bosque", [("person", 1)]),
        ("il pleut sur la mer", [("wave", 1)]),
    ],
)
def test_pronouns_are_people_where_nothing_was_named(
    text: str, shown: list[tuple[str, int]]
) -> None:
    assert [(s.kind, s.count) for s in read(text, 1).scene.subjects] == shown


def test_the_coat_is_hers() -> None:
    (woman,) = read("she wore a red coat and sang", 1).scene.subjects
    assert woman.form == "coat"


@pytest.mark.parametrize(
    ("word", "kind"), [("starling", "bird"), ("aunt", "person"), ("Hexe", "person")]
)
def test_everyday_nouns(word: str, kind: str) -> None:
    assert read(f"a {word}", 1).scene.subjects[0].kind == kind
