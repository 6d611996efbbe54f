"""Herds: however many bodies there are, each still shows."""

import itertools

import numpy as np
import pytest

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Actor, Film

SIZES = {"21:9": (448, 192), "1:1": (256, 256), "9:16": (144, 256)}
_U = np.linspace(-0.95, 0.95, 13)
_DISC = np.array([(x, y) for x in _U for y in _U if x * x + y * y < 1])


def bodies(kind: str, count: int, size: tuple[int, int], setting: str) -> tuple[Actor, ...]:
    scene = Scene((Subject("s1", kind, 5, count=count, motion="still"),), setting, "dawn", 2)
    if kind in ("bird", "fish"):
        scene = scene.evolve(subjects=(scene.subjects[0].evolve(motion="fly"),))
    return compose(scene, Film(*size, 6, 24, 144), palette("dawn")).actors


def hidden(actors: tuple[Actor, ...]) -> list[float]:
    """Share of each body's bounding ellipse that lies under those drawn after it."""
    half = np.array([(a.kind.width * a.size / 2, a.size / 2) for a in actors])
    middle = np.array(
        [(a.x, a.y - (0 if a.domain in ("air", "sky") else a.size / 2)) for a in actors]
    )
    out: list[float] = []
    for i in range(len(actors)):
        points = middle[i] + _DISC * half[i]
        later = (points[:, None] - middle[None, i + 1 :]) / half[None, i + 1 :]
        out.append(float(((later * later).sum(-1) < 1).any(1).mean()) if i + 1 < len(actors) else 0)
    return out


@pytest.mark.parametrize("aspect", sorted(SIZES))
@pytest.mark.parametrize(
    ("kind", "setting"),
    [("bird", "hills"), ("sheep", "meadow"), ("person", "village")],
)
@pytest.mark.parametrize("count", [10, 100])
def test_at_most_half_of_any_body_is_hidden(
    kind: str, setting: str, count: int, aspect: str
) -> None:
    actors = bodies(kind, count, SIZES[aspect], setting)
    assert len(actors) == count
    shares = hidden(actors)
    assert max(shares) <= 0.5
    assert sum(shares) / count < 0.25


def test_more_bodies_are_smaller_bodies_without_a_great_jump() -> None:
    counts = (1, 2, 3, 5, 7, 9, 10, 12, 16, 25, 40, 60, 100)
    sizes = [sum(a.size for a in bodies("sheep", n, (256, 256), "meadow")) / n for n in counts]
    steps = [b / a for a, b in itertools.pairwise(sizes)]
    assert sizes[0] > 4 * sizes[-1] > 0.08
    assert min(steps[1:]) > 0.7 and max(steps) < 1.1


def test_a_flock_fills_a_wide_frame_and_stays_above_the_land() -> None:
    wide = bodies("bird", 100, (448, 192), "hills")
    assert max(a.x for a in wide) - min(a.x for a in wide) > 1.6
    assert max(a.y for a in wide) < 0.8


def test_bodies_on_something_stand_on_its_outline() -> None:
    sheep = Subject("s1", "sheep", 4, count=5, relation="on", to="s2")
    scene = Scene((sheep, Subject("s2", "hill", 9)), "hills", "dawn", 2, horizon=0.66)
    stage = compose(scene, Film(256, 256, 6, 24, 144), palette("dawn"))
    hill = next(a for a in stage.actors if a.kind.name == "hill")
    flock = [a for a in stage.actors if a.kind.name == "sheep"]
    assert all(a.rider == hill.key for a in flock)
    heights = [round(a.y, 3) for a in sorted(flock, key=lambda a: a.x)]
    assert len(set(heights)) > 2, "they follow the ridge, they do not hang in a row"
    assert all(hill.y - 0.75 * hill.size < y < hill.y for y in heights)
