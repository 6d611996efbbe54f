"""What is not there: empty places, nobody, and words that only seem to leave something out."""

import pytest

from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.words import read


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("a village without people", "village"),
        ("a sea without boats", "water"),
        ("a sky without birds", "sky"),
        ("el mar sin barcos", "water"),
        ("an empty room", "room"),
        ("the room is empty", "room"),
        ("an empty sea", "water"),
        ("nobody in the room", "room"),
        ("a room with no one in it", "room"),
        ("a village, no-one there", "village"),
        ("ein Zimmer ohne Menschen", "room"),
        ("ein leeres Dorf", "village"),
        ("niemand im Zimmer", "room"),
        ("nadie en la playa", "beach"),
        ("una habitación vacía", "room"),
        ("personne dans la chambre", "room"),
        ("il n'y a personne dans la rue", "street"),
        ("une chambre vide", "room"),
        ("un ciel sans oiseaux", "sky"),
        ("no birds", "hills"),
        ("no boats", "water"),
    ],
)
def test_an_empty_place_is_the_place_alone(text: str, setting: str) -> None:
    for seed in range(4):
        reading = read(text, seed)
        assert reading.scene.subjects == ()
        assert reading.scene.setting == setting
        assert scene(genome(reading.scene)) == reading.scene
        assert reading.sentence.startswith(f"Drawn: nothing but the place. Setting: {setting}.")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a cat in an empty room", ["cat"]),
        ("une personne dans la chambre", ["person"]),
        ("une chambre avec une personne", ["person"]),
        ("un arbre et aucun bateau", ["tree", "boat"]),
        ("a sea without a moon", ["wave"]),
        ("a desert without rain", ["dune"]),
        ("a night without stars", ["hill"]),
        ("a room, not empty", ["table"]),
        ("a city without people", ["city"]),
    ],
)
def test_what_is_left_is_drawn(text: str, kinds: list[str]) -> None:
    assert [subject.kind for subject in read(text, 1).scene.subjects] == kinds


def test_what_was_left_out_is_understood_only_if_it_would_have_been_there() -> None:
    words = read("a village without people", 1).words
    assert words["without"] == words["people"] == "left out"
    assert read("an empty room", 1).words["empty"] == "left empty"
    assert read("a cat in an empty room", 1).words["empty"] == ""
    words = read("a house without a roof", 1).words
    assert words["without"] == words["roof"] == "not drawn differently"
    words = read("a village without flibbets at night", 1).words
    assert words["flibbets"] == words["without"] == "" and words["night"]


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("a house without windows", "house", "without windows"),
        ("a house with no door", "house", "no door"),
        ("a house without windows and without a door", "house", "without windows, without door"),
        ("ein Haus ohne Fenster", "house", "ohne Fenster"),
        ("une maison sans fenêtres", "house", "sans fenêtres"),
        ("a dog with no tail", "dog", "no tail"),
        ("a car with no wheels", "car", "no wheels"),
        ("a face without eyes", "head", "without eyes"),
    ],
)
def test_a_part_that_cannot_be_taken_away_is_told_as_such(text: str, kind: str, kept: str) -> None:
    reading = read(text, 1)
    assert [subject.kind for subject in reading.scene.subjects] == [kind]
    assert f"\nNot drawn differently: {kept}." in reading.sentence
    assert "hashed" not in reading.sentence


@pytest.mark.parametrize(
    "text",
    [
        "there is nothing here",
        "there is nothing",
        "hier ist nichts",
        "no hay nada aquí",
        "il n'y a rien ici",
        "there is nothing in the room",
    ],
)
def test_where_there_is_nothing_the_place_is_empty(text: str) -> None:
    reading = read(text, 1)
    assert reading.scene.subjects == ()
    assert reading.sentence.startswith("Drawn: nothing but the place.")
    assert "hashed" not in reading.sentence


def test_a_deed_that_is_not_done_empties_no_place() -> None:
    for text in ("she does not", "un pez nada", "I do not"):
        assert read(text, 1).scene.subjects, text


def test_a_fish_out_of_water_is_on_dry_land() -> None:
    for text in ("a fish out of water", "un pez fuera del agua", "un poisson hors de l'eau"):
        reading = read(text, 1).scene
        assert [subject.kind for subject in reading.subjects] == ["fish"]
        assert reading.setting == "desert"
