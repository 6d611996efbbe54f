"""Forty sentences and what must be seen in each, whatever the seed."""

import pytest

from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.words import read
from uncaged.engines.ink.words.completing import ABSTRACT
from uncaged.engines.ink.words.sentence import nearest_hue

FORTY = {
    "two yellow birds over a blue hill at dusk": "2 yellow bird over s2 / blue hill | hills violet",
    "a red fish under the sea": "red fish | undersea",
    "a dancer in a room": "dancer | room",
    "a person walking in a village in the rain": "person walk | village rain",
    "three palms in the desert at noon": "3 palm | desert desert",
    "a portrait of a woman with a green scarf": "head accent=green | paper",
    "a white horse in a meadow at dawn": "white horse | meadow dawn",
    "a boat on the sea at night under the moon": "boat under s2 / moon | water night stars",
    "a spiral turning slowly": "spiral spin | paper slow",
    "many fish in the ocean": "9 fish | undersea",
    "a black cat under a tree in autumn": "black cat under s2 / tree | rust leaves",
    "a butterfly over a red flower": "butterfly over s2 / red flower |",
    "a house on a hill in the snow": "house on s2 / hill | hills snow",
    "a striped snake beside a cactus": "striped snake beside s2 / cactus | desert",
    "ferns unfolding in a forest": "4 fern unfold | forest",
    "a lighthouse at sunset, zoom in": "tower (lighthouse) | violet zoom=1",
    "two people in a botanical garden": "2 person | jungle",
    "a blue blob melting": "blue blob melt | paper",
    "a sun rising over the mountains": "sun rise | hills",
    "a vine growing in a garden": "vine grow | garden",
    "three horses running in the wind": "3 horse run | wind",
    "a bird on a stone": "bird still on s2 / stone |",
    "a tiny person beside a huge flower": "person size=0.42 beside s2 / flower size=1.8 |",
    "a person between two trees": "person between s2 / 2 tree |",
    "a cat on a house at night": "cat on s2 / house | night stars",
    "a crowd in a village at dusk": "8 person | village violet",
    "a tree draws itself, ink on paper": "tree draw | ink-on-paper",
    "two dancers on a hill, silhouette, dusk": "2 dancer on s2 / hill | hills violet silhouette",
    "a red stone bouncing": "red stone bounce |",
    "a palm swaying, pan right": "palm sway | pan=1",
    "a fish inside a whale": "fish in s2 / whale | undersea",
    "birds following a boat at dawn": "4 bird following s2 / boat | water dawn",
    "an outlined horse, thick line": "outlined horse | thick",
    "a mushroom in the forest, candy": "mushroom | forest candy",
    "a tower behind a tree, gold": "tower behind s2 / tree | gold",
    "stars over the desert": "dune | desert night stars",
    "a head in the jungle at night": "head | jungle night stars",
    "a cloud over a house in the rain": "cloud over s2 / house | rain",
    "a flibbet in the snow": "creature | snow",
    "quiet happiness": " |",
}
"""Sentence → subjects (parted by /) and what holds for the whole scene. Words that are not there are left to lot."""


@pytest.mark.parametrize("sentence", FORTY)
def test_a_sentence_shows_what_it_says(sentence: str) -> None:
    subjects, _, whole = FORTY[sentence].partition("|")
    for seed in (1, 2, 77):
        scene = read(sentence, seed).scene
        wanted = [part.split() for part in subjects.split("/")]
        assert len(scene.subjects) == len(wanted)
        for subject, words in zip(scene.subjects, wanted, strict=True):
            shown = _shown(subject)
            assert set(words) <= shown, (seed, shown)
            assert (subject.count == 1) == (not any(word.isdigit() for word in words)), subject
        assert set(whole.split()) <= _whole(scene), (seed, scene)


def test_an_abstract_sentence_is_an_abstract_form() -> None:
    kinds = {read("quiet happiness", seed).scene.subjects[0].kind for seed in range(20)}
    assert kinds == set(ABSTRACT)


def _shown(subject: Subject) -> set[str]:
    words = {
        subject.kind,
        subject.fill,
        subject.motion,
        subject.relation,
        subject.to,
        f"({subject.form})",
    }
    words |= {f"{subject.count:g}", f"size={subject.size:g}"}
    words |= {f"{part}={nearest_hue(lab)}" for part, lab in subject.parts.items()}
    return words | ({nearest_hue(subject.hue)} if subject.hue else set())


def _whole(scene: Scene) -> set[str]:
    words = {scene.setting, scene.palette, scene.mode}
    words |= {
        name for name in ("rain", "snow", "stars", "wind", "leaves") if getattr(scene.weather, name)
    }
    words |= {f"{axis}={getattr(scene.camera, axis):g}" for axis in ("pan", "tilt", "zoom")}
    words |= {"thick"} if scene.dials.line > 1.2 else set()
    return words | (
        {"slow"} if scene.dials.tempo < 1 else {"fast"} if scene.dials.tempo > 1 else set()
    )
