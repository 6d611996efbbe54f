"""Who does what to whom, scenes one after the other, what is not there, what things are made of."""

import pytest

from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import Lexicon, read

VERBS = Lexicon.from_toml(
    """
[postures]
sit = "sit, sat"
sleep = "sleep, slept, asleep"
[gestures]
wave = "wave"
[acts]
feed = "feed, fed"
hold = "hold, held"
give = "give, gave"
ride = "ride, rode"
chase = "chase"
kiss = "kiss"
[moods]
sad = "sad"
happy = "smile"
[materials]
smoke = "smoke"
paper = "paper"
[hands]
chalk = "in chalk"
[schemes]
above = "seen from above"
[looks.tree]
bare = "old"
""",
    "verbs.toml",
)


def subjects(text: str) -> tuple[Subject, ...]:
    return read(text, 1, [VERBS]).scene.subjects


def told(text: str) -> list[str]:
    """Each subject with what it does and to whom."""
    lines: list[str] = []
    for one in subjects(text):
        parts = [one.kind, one.posture if one.posture != "stand" else ""]
        parts += [one.gesture if one.gesture != "none" else "", one.motion]
        parts += [f"{one.relation} {one.to}"] if one.to else []
        lines.append(" ".join(filter(None, parts)))
    return lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a man feeds birds", ["person give still facing s2", "bird fly"]),
        ("a woman rides a horse", ["person sit still on s2", "horse walk"]),
        ("a dog chases a cat", ["dog run following s2", "cat still"]),
        ("a fox sleeps", ["fox sleep still"]),
        ("the sleeping fox", ["fox sleep still"]),
        ("a bird on a stone sleeps", ["bird sleep still on s2", "stone still"]),
        ("a man and a woman sit", ["person sit still", "person sit still"]),
        ("a man who waves and a dog", ["person wave walk", "dog walk"]),
        ("a fox sleeps in a garden", ["fox sleep still"]),
        ("a woman feeds a bird and kisses it", ["person touch still touching s2", "bird fly"]),
        ("a man feeds a dog and a cat", ["person give still facing s3", "dog walk", "cat still"]),
    ],
)
def test_who_does_what_to_whom(text: str, shown: list[str]) -> None:
    assert told(text) == shown


def test_moods_belong_to_somebody() -> None:
    (sad,) = subjects("a sad man")
    assert sad.joy < 0
    (glad,) = subjects("a woman smiles")
    assert glad.joy > 0
    cat, dog = subjects("a cat and a sad dog")
    assert cat.joy == 0 > dog.joy


@pytest.mark.parametrize(
    "text",
    ["a meadow without a horse", "no red bird, a blue fish", "un arbre et aucun oiseau"],
)
def test_one_thing_that_is_not_there_is_a_hole_in_its_shape(text: str) -> None:
    reading = read(text, 1)
    holes = [one for one in reading.scene.subjects if one.count < 0]
    assert [one.count for one in holes] == [-1]
    assert "hole" in reading.sentence
    assert scene(genome(reading.scene)) == reading.scene


def test_made_of_and_like() -> None:
    (dancer,) = subjects("a dancer made of smoke")
    assert dancer.material == "smoke"
    (boat,) = subjects("a paper boat")
    assert boat.kind == "boat" and boat.material == "paper"
    dancer, birds = subjects("a dancer made of birds")
    assert (dancer.relation, dancer.to, birds.kind) == ("of", "s2", "bird")
    cloud, horse = subjects("a cloud like a horse")
    assert (cloud.kind, horse.kind, horse.relation, horse.to) == ("cloud", "horse", "of", "s1")


def test_scenes_one_after_the_other() -> None:
    first = read("a cat sits on a stone, then it sleeps", 1, [VERBS]).scene
    assert first.then is not None and first.then.then is None
    one, two = first.subjects, first.then.subjects
    assert [s.kind for s in one] == [s.kind for s in two] == ["cat", "stone"]
    assert one[0].seed == two[0].seed and one[0].name == two[0].name
    assert (one[0].posture, two[0].posture) == ("sit", "sleep")
    assert (first.setting, first.palette) == (first.then.setting, first.then.palette)
    second = read("a woman walks, then a bird flies over the sea at night", 1, [VERBS]).scene.then
    assert second is not None
    assert [s.kind for s in second.subjects] == ["bird"]
    assert (second.setting, second.palette) == ("water", "night")
    again = read("a woman in a forest, then she dances", 1, [VERBS]).scene.then
    assert again is not None and again.setting == "forest"
    assert read("then", 1).scene.then is None
    assert len(read("a cat, then " * 40, 1).scene.sequence) <= 12


def test_a_sequence_is_one_position() -> None:
    there = read("a cat sits, then it sleeps, then a dog", 1, [VERBS]).scene
    assert scene(genome(there)) == there
    assert len(there.sequence) == 3


def test_hands_schemes_and_looks() -> None:
    drawn = read("an old tree in chalk, seen from above", 1, [VERBS]).scene
    assert (drawn.hand, drawn.scheme) == ("chalk", "above")
    assert drawn.subjects[0].form == "bare"


def test_unknown_nouns_may_be_invented_or_hushed() -> None:
    assert read("a flibbet", 1).scene.subjects[0].kind == "creature"
    assert read("a flibbet", 1, unknown="hush").scene.subjects[0].kind != "creature"


def test_every_deed_has_its_own_effect() -> None:
    words = read("a man feeds birds", 1, [VERBS]).words
    assert words["feeds"] == "act: feed"
    assert read("a man feeds", 1, [VERBS]).words["feeds"] == "act: feed"


@pytest.mark.parametrize(
    ("text", "posture"),
    [
        ("a girl on a unicorn", "sit"),
        ("a king on a zebra", "sit"),
        ("a child in a chair", "sit"),
        ("a woman in bed", "lie"),
        ("a man on a stone", "stand"),
        ("a cat on a mouse", "stand"),
    ],
)
def test_how_one_rests_on_what(text: str, posture: str) -> None:
    assert read(text, 1).scene.subjects[0].posture == posture
