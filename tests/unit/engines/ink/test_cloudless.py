"""Clouds that were denied leave the scenery as well: a sentence about a clear sky has none of the setting's own."""

import pytest

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.stage import Film, Stage
from uncaged.engines.ink.words import read

FILM = Film(96, 96, 1.0, 12.0, 12)


def stage(of: Scene) -> Stage:
    return compose(of.evolve(scheme="plain"), FILM, palette(of.palette, of.colours))


@pytest.mark.parametrize(
    "text",
    [
        "not a single cloud",
        "a sky without clouds",
        "hills without a cloud",
        "no clouds over the village",
        "a cow in a meadow and not a single cloud",
        "a cloudless sky",
        "keine einzige Wolke",
        "ni una sola nube",
        "pas un seul nuage",
    ],
)
def test_denied_clouds_leave_the_scenery(text: str) -> None:
    read_scene = read(text, 1).scene
    made = stage(read_scene)
    assert made.ground.cloudless and not made.ground.cloudy
    assert scene(genome(read_scene)) == read_scene
    assert "drawn as a cloud" not in read(text, 1).words.values()


def test_not_a_single_one_is_no_hole() -> None:
    for text in ("not a single cloud", "not a single tree", "keine einzige Wolke"):
        reading = read(text, 1)
        assert reading.sentence.startswith("Drawn: nothing but the place."), text
        assert not stage(reading.scene).actors, text


def test_clouds_that_nobody_denied_stay() -> None:
    for text in ("a cow in a meadow", "a meadow without birds"):
        made = stage(read(text, 1).scene)
        assert made.ground.cloudy and not made.ground.cloudless, text
