"""Places that are named behind *in*: known ones, ones of two nouns, and ones nobody knows, in which nobody is eaten."""

import pytest

from uncaged.engines.ink.words import read


@pytest.mark.parametrize(
    ("text", "kinds", "setting"),
    [
        ("a person in an empty parking lot", ["person"], "street"),
        ("a dog in a car park", ["dog"], "street"),
        ("an empty car park", [], "street"),
        ("a woman in the hotel corridor", ["person"], "room"),
        ("a child in the school hallway", ["person"], "room"),
        ("a man in a corridor", ["person"], "room"),
        ("a man in the hallway", ["person"], "room"),
        ("eine Frau im Flur", ["person"], "room"),
        ("eine Frau im Korridor", ["person"], "room"),
        ("ein Auto auf dem Parkplatz", ["car"], "street"),
        ("un hombre en el pasillo", ["person"], "room"),
        ("un coche en un estacionamiento", ["car"], "street"),
        ("un homme dans le couloir", ["person"], "room"),
        ("un chat dans un parking", ["cat"], "street"),
        ("a corridor", ["door"], "room"),
        ("a man in a boat", ["person", "boat"], "water"),
        ("a bird in a tree", ["bird", "tree"], "meadow"),
    ],
)
def test_a_place_is_where_somebody_is(text: str, kinds: list[str], setting: str) -> None:
    for seed in (1, 2):
        scene = read(text, seed).scene
        assert [subject.kind for subject in scene.subjects] == kinds
        assert scene.setting == setting


@pytest.mark.parametrize(
    "text",
    [
        "a man in a blorb",
        "people in a big zarnix",
        "a woman in the old blorb",
        "a blorb in a zarnix",
        "eine Frau in einem Blorb",
        "un hombre en un blorbo",
        "une femme dans un blorbe",
    ],
)
def test_a_place_nobody_knows_is_no_creature_to_stand_in(text: str) -> None:
    for seed in (1, 2):
        reading = read(text, seed)
        assert len(reading.scene.subjects) == 1
        assert reading.scene.subjects[0].relation == "none"
        assert " in a" not in reading.sentence


def test_creatures_are_still_invented_where_no_place_is_meant() -> None:
    for text in ("a blorb", "the blorb and a cat", "a man on a blorb"):
        assert "creature" in [one.kind for one in read(text, 1).scene.subjects], text
