"""The rules of reading: what belongs to what, what is left out, what is only hashed, and that nothing is an error."""

import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import Lexicon, Reading, read
from uncaged.engines.ink.words.said import MOST_SUBJECTS
from uncaged.engines.ink.words.sentence import nearest_hue


def subjects(text: str, *lexicons: Lexicon) -> tuple[Subject, ...]:
    return read(text, 1, lexicons).scene.subjects


def brief(text: str) -> list[str]:
    """Each subject as "2 red bird over s2", with what is of interest here."""
    lines = []
    for s in subjects(text):
        hue = nearest_hue(s.hue) if s.hue and s.kind != "sheep" else ""  # sheep may be white by lot
        relation = f"{s.relation} {s.to}" if s.to else ""
        lines.append(" ".join(filter(None, (f"{s.count:g}", hue, s.kind, relation))))
    return lines


@given(st.text(max_size=300), st.integers(0, 2**53 - 1))
@example("", 0)
@example("🦄🐟 👩‍👩‍👧 ☂️", 1)
@example("一只猫 と 犬 і собака والقط", 1)
@example("no no no without", 1)
@example("over over a a the of two", 1)
@example("3 000 birds ½ ² ④ ٣ 𝟠", 1)
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_scene_and_always_the_same(text: str, seed: int) -> None:
    reading = read(text, seed)
    assert reading == read(text, seed)
    assert reading.scene.subjects or "left empty" in reading.words.values()
    assert scene(genome(reading.scene)) == reading.scene
    assert len(reading.sentence.splitlines()) <= 2


WORDS = st.sampled_from(
    "a an the two many no without red orange striped tiny bird hill tree sail moon head portrait of and or with in on "
    "over between left walking flies is scarf dress night sea rain gold dark flock flibbet softly pan zoom , .".split()
)


@given(st.lists(WORDS, max_size=25))
@settings(max_examples=50, deadline=None)
def test_any_order_of_known_words_is_a_scene(words: list[str]) -> None:
    text = " ".join(words)
    reading = read(text, 1)
    names = [subject.name for subject in reading.scene.subjects]
    assert names == [f"s{number}" for number in range(1, len(names) + 1)]
    for subject in reading.scene.subjects:
        assert (subject.to in names and subject.to != subject.name) or subject.to == ""
        assert (subject.to == "") == (subject.relation == "none")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a cat and a dancing dog", ["1 cat", "1 dog"]),
        ("a bird, a red fish and two black stones", ["1 bird", "1 red fish", "2 black stone"]),
        ("a cat is red", ["1 red cat"]),
        ("un pez rojo bajo el mar", ["1 red fish"]),
        ("zwei gelbe Vögel über einem blauen Hügel", ["2 yellow bird over s2", "1 blue hill"]),
        ("trois oiseaux bleus dans la forêt", ["3 blue bird"]),
        ("an orange", ["1 orange orange"]),
        ("an orange bird", ["1 orange bird"]),
        ("a big, strange, red bird", ["1 red bird"]),
        ("on a stone sits a bird", ["1 bird on s2", "1 stone"]),
        ("a bird and a cat. The bird flies over the cat.", ["1 bird over s2", "1 cat"]),
        ("a person between a tree and a house", ["1 person", "1 tree", "1 house"]),
        ("a bird not red on a stone", ["1 bird on s2", "1 stone"]),
        ("no red bird, a blue fish", ["-1 bird", "1 blue fish"]),
        ("a flock of sheep", ["7 sheep"]),
        ("five swallows in a tree", ["5 bird in s2", "1 tree"]),
        ("three women", ["3 person"]),
        ("ducks", ["4 duck"]),
        ("2 birds", ["2 bird"]),
        ("99 birds", ["99 bird"]),
        ("100000000000000000000 birds", ["100 bird"]),
        ("a dozen comets fall", ["12 star"]),
        ("a raven on a stone", ["1 black bird on s2", "1 stone"]),
        ("a red raven", ["1 red bird"]),
        ("a woman in a red dress", ["1 red person"]),
        ("a portrait of a horse", ["1 horse"]),
    ],
)
def test_what_belongs_to_what(text: str, shown: list[str]) -> None:
    assert brief(text) == shown


def test_a_verb_belongs_to_the_noun_before_it_unless_another_is_described() -> None:
    cat, dog = subjects("a cat and a dancing dog")
    assert cat.motion == "still" and dog.motion == "dance"
    (bird, fish) = subjects("a bird falling over a swimming fish")
    assert bird.motion == "fall" and fish.motion == "swim"
    assert subjects("a person not moving")[0].motion == "still"
    assert subjects("a woman dancing")[0].kind == "dancer"
    assert subjects("a cloud drifts")[0].motion in {"drift-left", "drift-right"}


def test_parts_take_the_colour_that_is_said_of_them() -> None:
    house = subjects("a white house with a red roof")[0]
    assert (
        nearest_hue(house.hue or (0, 0, 0)) == "white"
        and nearest_hue(house.parts["second"]) == "red"
    )
    woman = subjects("a woman with long hair. Her scarf is green")[0]
    assert nearest_hue(woman.parts["accent"]) == "green" and "hair" in woman.parts
    assert subjects("a man in a blue coat")[0].form == "coat"


def test_places_in_the_frame_move_a_subject() -> None:
    left, right = subjects("a cat on the left and a dog on the right")
    assert left.across < 0 < right.across
    assert left.relation == right.relation == "none"
    (moon, boat) = subjects("at the top a moon, at the bottom a boat")
    assert moon.down < 0 < boat.down


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("no birds and a tree", "bird"),
        ("a hill without trees or houses", "tree"),
        ("a hill without trees or houses", "house"),
        ("a meadow with no people", "person"),
        ("zero cats, one dog", "cat"),
    ],
)
def test_what_is_denied_is_not_drawn(text: str, gone: str) -> None:
    for seed in range(8):
        reading = read(text, seed)
        assert gone not in {subject.kind for subject in reading.scene.subjects if subject.count > 0}
        named = bool(reading.scene.subjects) and text.startswith("a hill")
        assert named or any("left out" in effect for effect in reading.words.values())


def test_a_denied_sky_stays_empty() -> None:
    assert all(read("a tree on a hill, no sun", seed).scene.disc == 0 for seed in range(12))
    assert any(read("a tree on a hill", seed).scene.disc == 1 for seed in range(12))
    assert read("a boat at night without stars", 1).scene.weather.stars == 0
    assert read("a house in the rain", 1).scene.weather.rain == 1
    assert read("a house, no rain", 1).scene.weather.rain == 0


def test_colours_of_a_place_are_its_palette() -> None:
    assert read("a fox in a dark forest", 1).scene.palette == "night"
    assert read("an owl under a pink sky", 1).scene.palette == "candy"
    assert read("a fox in a dark forest at dawn", 1).scene.palette == "dawn"
    assert read("a snake in the grass", 1).scene.setting == "meadow"
    assert read("two birds in the sky over a village", 1).scene.setting == "village"


def test_words_say_what_they_changed_and_nothing_else() -> None:
    words = read("Two softly flying swallows over a flibbet at dusk, no, at dawn", 1).words
    assert list(words) == "Two softly flying swallows over a flibbet at dusk no dawn".split()
    assert words["Two"] == "count: 2"
    assert words["swallows"] == "drawn as a bird"
    assert words["flibbet"] == "drawn as a creature"
    assert words["dawn"] == "palette: dawn"
    assert (
        words["softly"] == words["dusk"] == words["a"] == ""
    )  # dusk was taken back: it changed nothing


def test_the_sentence_for_people() -> None:
    reading = read("two plain yellow birds over a plain blue hill at dusk, very softly", 2)
    assert reading.sentence == (
        "Drawn: two yellow birds flying over a blue hill. Setting: hills. Palette: violet.\n"
        "Only hashed (it varies the picture): softly."
    )
    assert "\n" not in read("two yellow birds over a blue hill at dusk", 1).sentence


def test_the_same_creature_for_the_same_word() -> None:
    one = subjects("a flibbet in the snow")[0]
    (other,) = subjects("three red flibbets over the desert")
    assert one.kind == other.kind == "creature" and one.seed == other.seed
    assert subjects("a flobbet in the snow")[0].seed != one.seed


def test_seeds_are_each_subjects_own_and_vary_with_text_and_seed() -> None:
    one, two = subjects("two trees and a house")
    seeds = {one.seed, two.seed, read("two trees and a house", 1).scene.seed}
    seeds |= {s.seed for s in read("two trees and a house", 2).scene.subjects}
    seeds |= {s.seed for s in subjects("two trees and a house softly")}
    assert len(seeds) == 7
    assert all(0 <= seed < 2**53 for seed in seeds)


def test_case_accents_and_white_space_change_nothing() -> None:
    plain: Reading = read("zwei vogel uber dem hugel", 5)
    assert read("  Zwei VÖGEL\n über dem Hügel ", 5).scene == plain.scene


def test_what_is_left_open_is_decided_by_the_seed_alone() -> None:
    scenes = [read("a bird", seed).scene for seed in range(40)]
    horizons = [s.horizon for s in scenes]
    assert min(horizons) < 0.5 and max(horizons) > 0.75 and len(set(horizons)) == 40
    assert all(abs(a - b) > 0.1 for a, b in itertools.pairwise(horizons))
    assert all(a.palette != b.palette for a, b in itertools.pairwise(scenes))
    assert len({s.palette for s in scenes}) >= 5
    assert 15 < sum(s.disc for s in scenes) < 38
    assert {s.setting for s in scenes} == {"hills"}
    assert 10 < sum(s.subjects[0].fill == "plain" for s in scenes) < 38


def test_numbers_stay_within_reason_however_often_they_are_said() -> None:
    mad = Lexicon.from_toml(
        '[sizes]\nmad = 1e300\n[herds]\nmob = { count = 1e12, of = "dog" }', "m.toml"
    )
    (bird,) = subjects("a mad bird mad mad huge huge " + "huge " * 500, mad)
    assert bird.size == 20
    assert subjects("a mob", mad)[0].count == 100


def test_a_very_long_text_is_read_and_bounded() -> None:
    lexicon = Lexicon.from_toml(
        'liability = "a red fish with a green scarf under the moon"', "me.toml"
    )
    texts = [
        "a bird over the hill at dusk, " * 3400,
        "liability " * 10_000,
        "猫" * 100_000,
        "'" * 100_000,
    ]
    for text in texts:
        began = time.monotonic()
        reading = read(text[:100_000], 1, [lexicon])
        assert time.monotonic() - began < 30  # a hang, not a speed
        assert len(reading.scene.subjects) <= MOST_SUBJECTS
        assert len(reading.sentence) < 2_000
