"""Across a cut: who stays is the same, in the same colours and place, and what is in a hand stays in one."""

import pytest

from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words import read

GIFT = "a man holds a flower, then he gives the flower to a woman, then they hug"


def held(scene: Scene) -> tuple[str, str]:
    """What is in whose hand."""
    return next((s.kind, s.to) for s in scene.subjects if s.relation == "held")


@pytest.mark.parametrize("seed", range(1, 9))
def test_who_stays_is_the_same(seed: int) -> None:
    first, second, third = read(GIFT, seed).scene.sequence
    for name in ("s1", "s2"):
        was = first.subject(name)
        assert was is not None
        for scene in (second, third):
            now = scene.subject(name)
            assert now is not None
            assert (now.kind, now.form, now.seed, now.hue, now.fill) == (
                was.kind, was.form, was.seed, was.hue, was.fill,
            )  # fmt: skip
    came, stayed = second.subject("s3"), third.subject("s3")
    assert came is not None and stayed is not None and came.form == "woman"
    assert (came.seed, came.fill, came.kind) == (stayed.seed, stayed.fill, stayed.kind)
    assert held(first) == held(second) == ("flower", "s1")
    assert held(third) == ("flower", "s3"), "what was given is in the other's hand"


@pytest.mark.parametrize("text", [GIFT, "a cat in a garden, then it sleeps", "a dog, then it runs"])
def test_the_place_stays_as_it_was(text: str) -> None:
    for seed in range(1, 9):
        scenes = read(text, seed).scene.sequence
        for name in ("setting", "palette", "colours", "horizon", "disc", "seed", "weather"):
            assert len({repr(getattr(scene, name)) for scene in scenes}) == 1, name


def test_another_place_is_another_place() -> None:
    one, other = read("a dog in a room, then it runs across the desert", 3).scene.sequence
    assert (one.setting, other.setting) == ("room", "desert")
    assert one.palette == other.palette, "its coat keeps its colours"
    day, night = read("a dog in a meadow, then at night", 3).scene.sequence
    assert night.palette == "night" != day.palette
