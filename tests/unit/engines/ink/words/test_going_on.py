"""A text that goes on from another, a text that changes another, and what must not be seen."""

from dataclasses import replace

import pytest

from uncaged.engines.ink.words.reading import named, read

FOX = "a red fox in the hills"
SEEDS = range(1, 9)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_changed_words_leave_open_stays_as_it_was(seed: int) -> None:
    was, changed = read(FOX, seed).scene, read("a blue fox in the hills", seed, origin=FOX).scene
    assert changed.subjects[0].hue != was.subjects[0].hue
    assert [replace(s, hue=None) for s in changed.subjects] == [
        replace(s, hue=None) for s in was.subjects
    ]
    assert changed.evolve(subjects=()) == was.evolve(subjects=())


def test_another_text_alone_is_another_scene() -> None:
    seeds = {read(FOX, seed).scene.seed for seed in SEEDS}
    assert seeds.isdisjoint(read("a blue fox in the hills", seed).scene.seed for seed in SEEDS)


def test_who_is_in_a_scene_stays_who_they_are() -> None:
    first = read(FOX, 5)
    second = read("it sleeps", 5, on=first)
    (fox,) = second.scene.subjects
    assert (fox.kind, fox.posture) == ("fox", "sleep")
    assert (fox.seed, fox.hue) == (first.scene.subjects[0].seed, first.scene.subjects[0].hue)
    for name in ("palette", "setting", "horizon", "scheme"):
        assert getattr(second.scene, name) == getattr(first.scene, name)
    third = read("a bear comes", 5, on=second)
    (bear,) = third.scene.subjects
    assert bear.kind == "bear"
    assert bear.name != fox.name


@pytest.mark.parametrize(
    "text", ["The scene goes on.", "it continues", "die Szene geht weiter", FOX, "…"]
)
def test_more_of_the_same_is_the_same_scene(text: str) -> None:
    first = read(FOX, 5)
    more = read(text, 5, on=first)
    assert more.scene == first.scene
    assert read("and on", 5, on=more).scene == first.scene


def test_after_several_scenes_the_last_one_goes_on() -> None:
    first = read("a fox, then a bear", 5)
    assert read("it goes on", 5, on=first).scene == first.scene.sequence[-1]


def test_nothing_is_invented_where_a_scene_goes_on() -> None:
    first = read(FOX, 5)
    assert [s.kind for s in read("the blimblam hums", 5, on=first).scene.subjects] == ["fox"]


def test_what_must_not_be_seen_is_not_there() -> None:
    refused = named("bear, snow, night, blurry, low quality")
    assert {"bear", "snow", "night"} <= refused
    scene = read("a fox and a bear in the snow at night", 3, refused=refused).scene
    assert [subject.kind for subject in scene.subjects] == ["fox"]
    assert scene.weather.snow == 0
    assert scene.palette != "night"
    assert read("a bear", 3, refused=refused).scene.subjects == ()
