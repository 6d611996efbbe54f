"""What flies over something touches it at no moment, and two of one flock do not fly through each other."""

import itertools

import numpy as np
import pytest

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.display import Drawing, Form, Multi, Stroke, Union
from uncaged.engines.ink.motion import moment, pose
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.stage import Actor, Film, Stage
from uncaged.engines.ink.words import read

_U = np.linspace(-0.95, 0.95, 13)
_DISC = np.array([(x, y) for x in _U for y in _U if x * x + y * y < 1])


def staged(text: str, seed: int, size: tuple[int, int] = (256, 256), seconds: float = 6.0) -> Stage:
    scene = read(text, seed).scene
    film = Film(*size, seconds, 24.0, round(24 * seconds))
    return compose(scene, film, palette(scene.palette))


def extent(actor: Actor, stage: Stage, t: float) -> tuple[float, float]:
    """The upper and the lower y of everything that is drawn of an actor, where it is at t."""
    at = pose(actor, stage, t)
    drawing = Drawing("seen", actor.manner)
    actor.figure(drawing, moment(actor, stage, t, at))
    found: list[Array] = []
    for mark in drawing.marks:
        if isinstance(mark, Form | Stroke):
            found.append(mark.points)
        elif isinstance(mark, Union | Multi):
            found.extend(mark.polygons)
    y = np.concatenate(found)[:, 1] * actor.size * at.scale_y + at.y
    return float(y.min()), float(y.max())


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("two yellow birds over a blue hill at dusk", (256, 256)),
        ("two yellow birds over a blue hill at dusk", (448, 192)),
        ("birds over a house", (256, 256)),
        ("a butterfly over a red flower", (256, 256)),
        ("a cloud over a lighthouse", (144, 256)),
    ],
)
def test_what_flies_over_something_touches_it_at_no_moment(
    text: str, size: tuple[int, int]
) -> None:
    for seed in (1, 2, 4, 6, 11, 12):
        stage = staged(text, seed, size)
        below = [a for a in stage.actors if a.subject.name == "s2"]
        top = min(extent(b, stage, 0.0)[0] for b in below)
        for a in stage.actors:
            if a.subject.name == "s1":
                for t in np.linspace(0, 1, 8, endpoint=False):
                    upper, lower = extent(a, stage, float(t))
                    assert lower <= top and upper >= -0.02, (seed, a.key, t)


def test_where_the_frame_has_no_room_it_stays_in_sight_and_what_is_not_over_keeps_its_place() -> (
    None
):
    stage = staged("nine huge birds over a gigantic hill", 3)
    assert all(a.y > 0 for a in stage.actors)
    alone = staged("a bird", 1).actors[0]
    assert alone.size == pytest.approx(staged("a bird", 1).actors[0].size)


@pytest.mark.parametrize(
    "text", ["two birds over a hill", "three birds", "two butterflies over a flower", "six birds"]
)
def test_two_of_one_flock_overlap_by_a_fifth_at_most(text: str) -> None:
    for seed in range(1, 9):
        stage = staged(text, seed)
        flock = [a for a in stage.actors if a.subject.name == "s1"]
        assert len(flock) > 1
        for a, b in itertools.combinations(flock, 2):
            assert _overlap(a, b, stage, 0.5) <= 0.2, (seed, a.key, b.key)


def _overlap(a: Actor, b: Actor, stage: Stage, t: float) -> float:
    """Share of the smaller one's ellipse that lies in the other's."""
    small, large = sorted((a, b), key=lambda x: x.size)
    here, there = pose(small, stage, t), pose(large, stage, t)
    points = (here.x, here.y) + _DISC * (small.kind.width * small.size / 2, 0.4 * small.size)
    away = (points - (there.x, there.y)) / (large.kind.width * large.size / 2, 0.4 * large.size)
    return float(((away * away).sum(1) < 1).mean())
