"""A stage small enough to be understood: a sky, a hill, a ball that flies, a square that stands, grass that sways."""

from collections.abc import Callable
from typing import Any

import pytest

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.kinds import Kind
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, sin
from uncaged.engines.ink.paint import paint
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import Ground, Layer
from uncaged.engines.ink.stage import Actor, Film, Placed, Stage


def _figure(d: Drawing, m: Moment) -> None:
    d.form(circle(0, -0.5, 0.4 + 0.05 * m.cycle(1.0)), (210, 90, 60), key="ball")
    d.stroke(points((-0.2, -0.5), (0.2, -0.5 + 0.1 * m.cycle(1.0))), key="mouth")


def _square(d: Drawing, m: Moment) -> None:
    d.form(points((-0.5, -1), (0.5, -1), (0.5, 0), (-0.5, 0)), (70, 110, 160), key="square")


def _sky(d: Drawing, m: Moment) -> None:
    p = d.manner.palette
    d.gradation((-1, -1, 4, 4), p.top, p.low, 0.0, 0.7)


def _hill(d: Drawing, m: Moment) -> None:
    d.flat(points((-1, 0.7), (0.5, 0.55), (4, 0.75), (4, 2), (-1, 2)), d.manner.palette.mid)
    d.stroke(points((-1, 0.7), (0.5, 0.55), (4, 0.75)), 0.8)


def _grass(d: Drawing, m: Moment) -> None:
    tip = 0.1 + 0.03 * sin(TAU * m.turn(1.0))
    d.multi([points((0.06, 1.1), (0.1, 1.1), (tip, 0.8))], d.manner.palette.deep, line=0.0)


@pytest.fixture
def small_stage() -> Callable[..., Stage]:
    """Makes the stage for a frame; further arguments change its scene."""

    def make(
        width: int = 72,
        height: int = 54,
        *,
        motion: str = "fly",
        seconds: float = 1.0,
        fps: float = 24.0,
        loop: bool = False,
        drawing: bool = False,
        domain: Any = "air",
        **scene: Any,
    ) -> Stage:
        film = Film(width, height, seconds, fps, round(seconds * fps), loop)
        own = palette(scene.get("palette", "dawn"))
        manner = Manner(own, own.ink, line=0.012)
        subjects = (
            Subject("s1", "ball", 1, motion=motion),
            Subject("s2", "square", 2, motion="still"),
        )
        made = Scene(subjects, "hills", "dawn", 5).evolve(**scene)
        kinds = (
            Kind("ball", lambda *_: _figure, (0.1, 0.1), 0.4, domain),
            Kind("square", lambda *_: _square, (0.9, 0.9), 0.3, "ground", shadow=0.5),
        )
        ground = Ground(Stream("ground"), own, manner, film.across, film.down, 0.6)
        still, live = "still", "live"
        layers = (
            Layer("sky", 0.0, "sky", _sky),
            Layer("hill", 0.5, still, _hill),
            Layer("grass", 1.3, live, _grass),
        )
        first, second = zip(subjects, kinds, strict=True)
        placed = (
            Placed(0.0, layers[0]),
            Placed(0.5, layers[1]),
            Placed(1.0, _actor(*first, manner, (0.6, 0.45, 0.3))),
            Placed(1.0, _actor(*second, manner, (0.9, 0.8, 0.25))),
            Placed(1.3, layers[2]),
        )
        return Stage(film, made, own, ground, placed, drawing)

    return make


def _actor(subject: Subject, kind: Kind, manner: Manner, at: tuple[float, float, float]) -> Actor:
    """A body of the subject at (x, y), of a size."""
    x, y, size = at
    colours = paint(Stream("p"), manner.palette)
    return Actor(
        key=f"{subject.name}.0",
        subject=subject,
        kind=kind,
        x=x,
        y=y,
        size=size,
        z=0.0,
        phase=0.0,
        flip=False,
        paint=colours,
        figure=kind.build(Stream(subject.name), colours, ""),
        manner=manner,
        domain=kind.domain,
    )
