"""The moon: a crescent or a full disc with its seas, and two faint haloes. Knows no night.

How it is built: the crescent is one closed form, the outer arc there and a flatter inner arc back; how far it has
waxed is drawn by lot.
"""

from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import bezier, blob, circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("crescent", "full")
RADIUS = 0.36
SEAS = ((-0.1, -0.12, 0.07), (0.12, 0.02, 0.1), (-0.08, 0.15, 0.055), (0.08, -0.2, 0.035))
"""x, y and radius of the dark places of a full moon."""


def colour(palette: Palette) -> Colour:
    """The moon's own colour: paper, a little warmed."""
    return mix(palette.light, palette.b, 0.18)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A moon; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(FORMS)
    paint = paint.evolve(pattern=mix(paint.colour, paint.palette.far, 0.35))
    if form == "crescent":
        return partial(_draw_crescent, _crescent(stream.uniform(0.06, 0.22)), paint)
    seas = [blob(stream.sub(i), x, y, r, r * 0.85, 9, 0.1, 4) for i, (x, y, r) in enumerate(SEAS)]
    return partial(_draw_full, seas, paint)


def _crescent(thin: float) -> Array:
    """The outline, open to the right. thin: how far the inner arc is shifted into it."""
    a = np.linspace(-2.2, 2.2, 20)
    outer = np.stack([-cos(a), -sin(a)], 1) * RADIUS
    b = a[::-1] * 0.86
    inner = np.stack([thin - 0.29 * cos(b), -0.29 * sin(b)], 1)
    return np.concatenate([outer, inner])


def _haloes(paint: Paint, d: Drawing, m: Moment) -> None:
    breath = 1 + 0.02 * m.cycle(0.5)
    for radius, alpha in ((0.62, 26), (0.5, 38)):
        d.flat(circle(0, 0, radius * breath, count=40), paint.colour, alpha)


def _draw_crescent(outline: Array, paint: Paint, d: Drawing, m: Moment) -> None:
    _haloes(paint, d, m)
    d.form(outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.6, key="disc")


def _draw_full(seas: list[Array], paint: Paint, d: Drawing, m: Moment) -> None:
    _haloes(paint, d, m)
    disc = circle(0, 0, RADIUS, count=40)
    d.form(disc, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8, key="disc")
    for sea, (x, y, r) in zip(seas, SEAS, strict=True):
        d.flat(sea, paint.pattern, 120)
        rim = bezier((x - r, y), (x - r * 0.3, y - r * 1.2), (x + r * 0.9, y - r * 0.3))
        d.stroke(rim, 0.5)


register(
    Kind(
        "moon",
        build,
        at=(0.94, 0.20),
        height=0.40,
        domain="sky",
        home="hills",
        width=0.75,
        top=(0.0, -RADIUS),
        forms=FORMS,
        faces=False,
        colour=colour,
        metres=0.9,  # as large as it looks: somebody may hold it
        grip=(0.0, 0.3),
        lights=True,
        traits=(
            "heavenly",
            "everywhere",
            "nightly",
        ),
    )
)
