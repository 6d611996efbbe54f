"""A hundred is a hundred: as many bodies in the display list, and none of them more than half hidden by others."""

from functools import cache

import numpy as np
import pytest
import skia

from uncaged.engines.ink.appearance import showing
from uncaged.engines.ink.display import Drawing, Flat, Form, Union
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.stage import Actor, Film, Stage
from uncaged.engines.ink.staging import staged
from uncaged.engines.ink.words import read

SIDE, FRAME = 640, 20
HIDDEN = 0.5


@cache
def stage(text: str, seed: int) -> Stage:
    scene: Scene = read(text, seed).scene.evolve(scheme="plain")
    return staged(scene, Film(96, 96, 2.0, 24.0, 48))


def polygons(actor: Actor, made: Stage) -> list[Array]:
    """The colour forms of a body where it stands, in pixels of a large frame."""
    shown = showing(made, actor, FRAME)
    drawing = Drawing("body", actor.manner)
    shown.body.figure(drawing, shown.m)
    side = -1.0 if shown.flip else 1.0
    out: list[Array] = []
    for mark in drawing.marks:
        match mark:
            case Form() | Flat():
                out.append(mark.points)
            case Union():
                out.extend(mark.polygons)
            case _:
                pass
    at = np.array([actor.x, actor.y])
    return [(at + actor.size * p * (side, 1.0)) * SIDE for p in out]


def mask(actor: Actor, made: Stage) -> np.ndarray:
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    paint = skia.Paint(Color=skia.ColorWHITE)
    for polygon in polygons(actor, made):
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in polygon.tolist()], True)
        canvas.drawPath(path, paint)
    return np.asarray(surface.makeImageSnapshot())[..., 3] > 127


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "text", ["a hundred birds", "a hundred sheep", "a hundred people", "a hundred sheep on a hill"]
)
def test_a_hundred_bodies_of_which_each_is_seen(text: str, seed: int) -> None:
    made = stage(text, seed)
    first = made.scene.subjects[0].name
    bodies = [a for a in made.actors if a.subject.name == first]
    assert len(bodies) == 100
    masks = [mask(a, made) for a in bodies]
    covered = np.zeros((SIDE, SIDE), np.bool_)
    for body in reversed(masks):  # from the nearest to the farthest
        assert body.sum() > 25, "each can be seen"
        assert (body & covered).sum() <= HIDDEN * body.sum()
        covered |= body
