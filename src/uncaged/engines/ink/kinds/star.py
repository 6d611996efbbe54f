"""A star: five to eight points that twinkle, with or without the tail of a comet. Knows no sky.

How it is built: points at two radii by turns, a line from the middle into each, and for the tail five strokes that
start behind the disc and thin out over their whole length.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("plain", "tail")
OUTER, INNER = 0.34, 0.15


def colour(palette: Palette) -> Colour:
    """A star's own colour: the warm accent, paled."""
    return mix(palette.b, palette.light, 0.35)


@dataclass(frozen=True, slots=True)
class Star:
    """What the lot decided. tips: how many points it has."""

    paint: Paint
    tips: int
    tail: bool
    second: Colour


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A star; `form` is one of `FORMS`, or "" for one by lot."""
    tips = stream.pick((5, 5, 6, 8))
    tail = stream.chance(0.6)
    own = paint.colour == colour(paint.palette)
    second = paint.palette.b if own else paint.second
    return partial(_draw, Star(paint, tips, form == "tail" or (tail and form != "plain"), second))


def _draw(star: Star, d: Drawing, m: Moment) -> None:
    if star.tail:
        _tail(star, d, m)
    paint, n = star.paint, star.tips
    angles = np.arange(2 * n) * (PI / n) + (0.08 * m.cycle(0.5) - PI / 2)
    radii = np.where(np.arange(2 * n) % 2 == 1, INNER, OUTER * (1 + 0.05 * m.cycle(1)))
    d.flat(circle(0, 0, 0.42, count=30), paint.colour, 40)
    shape = np.stack([cos(angles) * radii, sin(angles) * radii], 1)
    d.form(shape, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8, key="star")
    for a in angles[::2].tolist():
        d.stroke(points((0, 0), (cos(a) * 0.2, sin(a) * 0.2)), 0.6, paint.pattern, wobble=0.3)


def _tail(star: Star, d: Drawing, m: Moment) -> None:
    for k in range(5):
        off = k - 2
        angle = -0.6 + 0.1 * off
        u = np.linspace(0.12, 0.9 - 0.12 * abs(off), 8)
        x = sin(angle) * u * (1 + 0.03 * m.cycle(1, 0.2 * k)) + 0.03 * off
        tint = star.second if k % 2 else star.paint.pale
        line = np.stack([x, -cos(angle) * u], 1)
        d.stroke(line, 1.6 - 0.3 * abs(off), tint, taper=(0.04, 0.9))


register(
    Kind(
        "star",
        build,
        at=(0.82, 0.16),
        height=0.34,
        domain="sky",
        home="hills",
        width=0.7,
        top=(0.0, -OUTER),
        forms=FORMS,
        faces=False,
        colour=colour,
        metres=0.35,
        grip=(0.0, 0.3),
        lights=True,
        traits=(
            "burning",
            "heavenly",
            "nightly",
        ),
    )
)
