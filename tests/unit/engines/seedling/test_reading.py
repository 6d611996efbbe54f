"""Sentences become labels of the grammar, in four languages and any script, and it is said what became of each word."""

import pytest

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import MOTIONS, RELATIONS
from uncaged.engines.ink.settings import settings
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.spelling import fold, tokens
from uncaged.engines.seedling import kin, reading
from uncaged.engines.seedling.grammar import (
    FREE,
    HUES,
    KINDS,
    OF_A_SUBJECT,
    SETTINGS,
    SLOT,
    SUBJECTS,
    names,
    way,
)
from uncaged.engines.seedling.grammar import MOTIONS as OWN_MOTIONS
from uncaged.engines.seedling.grammar import PALETTES as OWN_PALETTES
from uncaged.engines.seedling.grammar import RELATIONS as OWN_RELATIONS
from uncaged.engines.seedling.reading import read

ONE_SUBJECT = frozenset(name for name in SLOT if not name.startswith("s2.")) - {"relation"}

SENTENCES = {
    "a small red fish rises": {"kind": "fish", "hue": "red", "size": "small", "motion": "rises"},
    "ein kleiner roter Fisch steigt auf": {
        "kind": "fish",
        "hue": "red",
        "size": "small",
        "motion": "rises",
    },
    "un gato negro que gira": {"kind": "cat", "hue": "black", "motion": "spins"},
    "un grand éléphant vert": {"kind": "elephant", "hue": "green", "size": "large"},
    "la fleur grandit": {"kind": "flower", "motion": "grows"},
    "A CRAB, bouncing": {"kind": "crab", "motion": "bounces"},
    "the sun shrinks": {"kind": "sun", "motion": "shrinks"},
    "a snail on the left": {"kind": "snail", "place": "left"},
    "a bird drifts to the left": {"kind": "bird", "motion": "drifts-left"},
    "a bird drifts to the right": {"kind": "bird", "motion": "drifts-right"},
    "a boat goes round in circles": {"kind": "boat", "motion": "circles"},
    "ein Schmetterling kreist": {"kind": "butterfly", "motion": "circles"},
    "un bateau tourne en rond": {"kind": "boat", "motion": "circles"},
}


@pytest.mark.parametrize("text", SENTENCES)
def test_what_is_said_is_understood(text: str) -> None:
    expected = {f"s1.{slot}": value for slot, value in SENTENCES[text].items()}
    assert names(read(text).labels) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_hue_has_its_own_words(kind: str) -> None:
    hue = HUES[KINDS.index(kind) % len(HUES)]
    said = names(read(f"a {hue} {kind}").labels)
    assert said == {"s1.kind": kind, "s1.hue": hue}


def test_words_are_told_one_by_one() -> None:
    reading = read("a red fox zooms, xyzzy")
    assert list(reading.words) == ["a", "red", "fox", "zooms", "xyzzy"]
    assert reading.words["a"] == ""
    assert reading.words["red"] == "hue: red"
    assert reading.words["fox"] == "a cat, the nearest it has learnt to a fox"
    assert reading.words["xyzzy"] == f"a way of drawing ({way('xyzzy')})"
    assert "red cat" in reading.sentence and "xyzzy" in reading.sentence


@pytest.mark.parametrize("text", ["森", "птица летит домой", "☂ ☂", "qwxyzzle", "عصفور", "🜁🜂"])
def test_unknown_words_of_any_script_are_ways_of_drawing(text: str) -> None:
    reading = read(text)
    free = {name: n for name, n in reading.said.items() if name.startswith("free.")}
    assert free and sum(free.values()) == pytest.approx(1) and set(free) == set(reading.said)
    assert all("a way of drawing" in effect for effect in reading.words.values())
    assert read(text) == reading
    assert reading.labels.sum() == pytest.approx(1)


def test_nothing_said_is_legal() -> None:
    reading = read("")
    assert not reading.said and not reading.words and "whatever comes" in reading.sentence
    assert not read("the of and").labels.any()


def test_what_must_not_be_there_is_less_than_nothing() -> None:
    assert dict(read("a house without a bird").said) == {"s1.kind.house": 1.0, "s1.kind.bird": -1.0}
    assert dict(read("no birds").said) == {"s1.kind.bird": -1.0}
    assert read("no birds").words == {"no": "left out", "birds": "left out"}


def test_two_things_and_how_they_stand() -> None:
    said = read("a small snail on the left and a large crab on the right").said
    assert dict(said) == {
        "s1.kind.snail": 1.0,
        "s1.size.small": 1.0,
        "s1.place.left": 1.0,
        "s2.kind.crab": 1.0,
        "s2.size.large": 1.0,
        "s2.place.right": 1.0,
    }
    behind = {"s1.kind.house": 1.0, "s2.kind.cat": 1.0, "relation.behind": 1.0}
    assert dict(read("a house behind a cat").said) == behind
    assert dict(read("a cat in front of a house").said) == behind
    above = names(read("a tree above a fish").labels)
    assert above == {"s1.kind": "tree", "s2.kind": "fish", "relation": "above"}
    two = names(read("two yellow birds").labels)
    assert two["s1.kind"] == two["s2.kind"] == "bird" and two["s2.hue"] == "yellow"


def test_what_the_weights_have_not_learnt_is_said() -> None:
    reading = read("two yellow birds and a fish at night", learned=ONE_SUBJECT - {"palette"})
    assert "\nThese weights have not learnt: fish, night." in reading.sentence
    assert "not learnt" not in read("a yellow bird", learned=ONE_SUBJECT).sentence
    assert set(names(reading.labels)) == {"s1.kind", "s1.hue", "free"}
    assert reading.words["two"].startswith("a way of drawing")
    assert "have not learnt s2.kind" in reading.words["fish"]
    alone = read("two birds", learned=ONE_SUBJECT)
    assert dict(alone.said) == {"s1.kind.bird": 1.0}
    assert "have not learnt relation" in alone.words["two"]
    assert "have not learnt palette" in reading.words["night"]


def test_places_that_are_only_near_are_said() -> None:
    reading = read("a bird over a hill at dusk")
    assert names(reading.labels) == {
        "s1.kind": "bird",
        "setting": "hills",
        "palette": "night",
    }
    assert reading.words["hill"] == "setting: hills, the nearest it has learnt to a hill"
    assert names(read("a fish in a kitchen, zoom in").labels) == {
        "s1.kind": "fish",
        "setting": "room",
        "camera": "zoom-in",
    }
    assert names(read("the camera pans left over the sea").labels)["camera"] == "pan-left"


def test_where_it_drifts_is_a_lot_where_nobody_says() -> None:
    motions = {names(read("a bird flies", seed).labels)["s1.motion"] for seed in range(4)}
    assert motions == {"drifts-left", "drifts-right"}


def test_a_person_s_own_words() -> None:
    lexicon = Lexicon.from_bytes(b'[kinds]\nbird = ["grumph"]\n', "mine.toml")
    assert names(read("a grumph", 0, [lexicon]).labels) == {"s1.kind": "bird"}


def test_only_the_first_scene_is_drawn() -> None:
    assert names(read("a bird sinks, then a fish rises").labels)["s1.kind"] == "bird"


def test_a_long_text_says_no_more_than_a_short_one_can() -> None:
    labels = read("red fish blue fish and so on; " * 2000).labels
    assert labels.min() >= 0 and labels.max() == 1


def test_the_tables_of_kin_know_only_names_that_there_are() -> None:
    assert set(kin.KIN) | set(kin.GROUNDS) <= set(kinds())
    assert not set(kin.KIN) & set(kin.GROUNDS) and not set(kin.KIN) & set(KINDS)
    assert set(kin.KIN.values()) == set(KINDS)
    assert set(kin.GROUNDS.values()) | set(kin.SETTING_KIN.values()) <= set(SETTINGS)
    assert set(kin.SETTING_KIN) | set(SETTINGS) == set(settings())
    assert set(kin.PALETTE_KIN) | set(OWN_PALETTES) == set(PALETTES)
    assert set(kin.PALETTE_KIN.values()) <= set(OWN_PALETTES)
    assert (
        set(kin.MOTION_KIN) == set(MOTIONS) | {"drift"} and set(kin.MOTION_KIN) >= kin.PLAIN_MOTIONS
    )
    assert set(kin.MOTION_KIN.values()) <= {*OWN_MOTIONS, kin.EITHER_WAY}
    assert set(kin.RELATION_KIN) == set(RELATIONS) - {"none", "of"}
    assert set(kin.RELATION_KIN.values()) <= set(OWN_RELATIONS)
    for phrase, label in kin.SAYINGS.items():
        slot, _dot, value = label.partition(".")
        values = OF_A_SUBJECT[slot] if slot in OF_A_SUBJECT else SLOT[slot].values
        assert value in values and fold(" ".join(phrase)) == " ".join(phrase)
    assert len(SUBJECTS) == 2 and len(FREE) == 32


LOOSE = {
    "ein roter Fisch schwimmt nach links": {"kind": "fish", "hue": "red", "motion": "drifts-left"},
    "un oiseau bleu vole vers la gauche": {"kind": "bird", "hue": "blue", "motion": "drifts-left"},
    "un pájaro vuela hacia la derecha": {"kind": "bird", "motion": "drifts-right"},
    "a bird flies up": {"kind": "bird", "motion": "rises"},
    "un oiseau vole vers le haut": {"kind": "bird", "motion": "rises"},
    "a bird up": {"kind": "bird", "place": "top"},
    "purple": {"hue": "violet"},
    "a purple thing": {"hue": "violet"},
    "violet": {"hue": "violet"},
    "a violet": {"kind": "flower"},
    "a black and white cat": {"kind": "cat", "hue": "white"},
    "a red fish, large, on the right, sinking": {
        "kind": "fish",
        "hue": "red",
        "size": "large",
        "place": "right",
        "motion": "sinks",
    },
}
"""Colours, sizes and ways to go that stand alone or behind their thing."""


@pytest.mark.parametrize("text", LOOSE)
@pytest.mark.parametrize("seed", [0, 1])
def test_words_that_stand_loose_find_their_thing(text: str, seed: int) -> None:
    found = read(text, seed)
    said = {slot: value for slot, value in names(found.labels).items() if slot != "free"}
    assert said == {f"s1.{slot}": value for slot, value in LOOSE[text].items()}


def test_what_stands_for_something_else_and_what_finds_no_place_is_said() -> None:
    assert "The nearest it has learnt: a cat for a dog." in read("a dog runs").sentence
    assert "one hue here: black." in read("a black and white cat").sentence
    assert read("a bird flies up").words["flies"].startswith("motion: rises, the nearest")


def test_where_it_is_and_where_it_goes_are_told_apart() -> None:
    found = names(read("a large sun on the right drifts to the left").labels)
    assert (found["s1.place"], found["s1.motion"]) == ("right", "drifts-left")
    both = names(
        read("a bird drifts to the left, a fish in the middle goes round in a circle").labels
    )
    assert both["s1.motion"] == "drifts-left" and "s1.place" not in both
    assert (both["s2.place"], both["s2.motion"]) == ("centre", "circles")
    assert read("a boat in the middle").words["middle"] == "place: centre"
    assert "s1.place" not in names(read("a boat in the middle of the sea").labels)


@pytest.mark.parametrize("text", ["A cat. In circles, a bird", "A cat. In circles a bird"])
def test_a_saying_that_is_taken_out_leaves_its_pause(text: str) -> None:
    typed = tokens(text)
    sayings, places = reading._sayings(typed)
    assert sayings == [("motion.circles", (2, 3))]
    kept = [(token.typed, token.pause) for token in reading._without(typed, places)]
    assert kept == [("A", "."), ("cat", ""), ("a", "."), ("bird", "")]
