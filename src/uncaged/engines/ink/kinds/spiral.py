"""A spiral that unrolls from its middle and turns. An abstract form: it knows nothing but itself.

How it is built: a tube along r = 0.02 + 0.46 u whose radius swells outwards; light, ticks and beads are drawn in its
body coordinates, so they turn with it.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

RADII = points(0.008, 0.02, 0.034, 0.045, 0.05, 0.045, 0.012)


@dataclass(frozen=True, slots=True)
class Spiral:
    """What the lot decided. angle: radians to its outer end, the sign is the way it winds."""

    paint: Paint
    angle: float
    radii: Array


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A spiral of 2.6 to 3.6 turns, wound one way or the other, thin or fat; it has no forms."""
    turns = stream.uniform(2.6, 3.6) * stream.pick((-1, 1))
    return partial(_draw, Spiral(paint, TAU * turns, RADII * stream.uniform(0.8, 1.2)))


def _draw(spiral: Spiral, d: Drawing, m: Moment) -> None:
    paint = spiral.paint
    spin = TAU * m.turn(0.5) if m.act == "spin" else 0.15 * m.cycle(0.5)
    u = np.linspace(0, max(0.05, m.grow), 90)
    a = u * spiral.angle + spin
    r = (0.02 + 0.46 * u) * (1 + 0.04 * m.cycle(0.5))
    line = np.stack([cos(a) * r, -0.5 + sin(a) * r], 1)
    tube = Tube(line, spiral.radii, 110, curved=False)
    own = paint.fill in ("striped", "dotted")
    d.form(
        tube.outline(),
        paint.colour,
        body=tube,
        fill="plain" if own else paint.fill,
        colour2=paint.pattern,
        shade=0.6,
        marks=0.5,
        key="coil",
    )
    if own:
        _pattern(d, paint, tube)
    elif paint.fill == "plain":
        d.stroke(tube.at(np.linspace(0.05, 0.97, 80), 0.3), 0.8, paint.pale, wobble=0.3)
        for i in range(26):
            q = 0.2 + 0.03 * i
            tick = tube.at(points(q, q + 0.004), points(-0.9, -0.2))
            d.stroke(tick, 0.5, wobble=0)
    for i in range(7):
        x, y = tube.at(0.35 + 0.1 * i, 2.0)
        d.dot(x, y, 0.012 + 0.004 * (i % 3), paint.accent)


def _pattern(d: Drawing, paint: Paint, tube: Tube) -> None:
    """Bands or dots by the width of the coil: counted by its length they would be larger than it is wide."""
    marks: list[Array] = []
    for i in range(44):
        u = 0.1 + 0.02 * i
        if paint.fill == "striped":
            marks.append(
                tube.at((u, u, u + 0.009, u + 0.011, u + 0.009), (-0.95, 0.95, 0.95, 0, -0.95))
            )
        else:
            x, y = tube.at(u, 0.35 if i % 2 else -0.35)
            marks.append(circle(x, y, 0.005 + 0.011 * u, count=10))
    d.multi(marks, paint.pattern, line=0, key="pattern")


register(
    Kind(
        "spiral",
        build,
        at=(0.86, 0.32),
        height=0.74,
        domain="float",
        home="paper",
        width=1.0,
        top=(0.0, -0.95),
        motion="spin",
        faces=False,
        metres=1.2,
        grip=(0.0, -0.05),
    )
)
