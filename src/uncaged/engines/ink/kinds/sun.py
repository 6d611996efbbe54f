"""The sun: a disc, rays of two lengths round it, now and then a face. Knows no sky.

How it is built: every ray is one leaf, flame or stroke on its own angle; the ring of rays turns by two rays over the
film, so that a long ray comes to stand where a long ray stood and the film has no seam.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lightness, to_lab
from uncaged.engines.ink.curves import circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("flame", "ray", "ring", "face")
RADIUS = 0.28


def colour(palette: Palette) -> Colour:
    """The sun's own colour: the second accent where that one is light and warm, else the first."""
    return palette.b if lightness(palette.b) > 0.6 and to_lab(palette.b)[2] > 0.03 else palette.a


def _rays(palette: Palette) -> Colour:
    """The colour of its long rays: the warmest accent that is not the disc's. On paper one colour must do."""
    own = colour(palette)
    if palette.paper:
        return own
    others = [accent for accent in (palette.a, palette.b, palette.c) if accent != own]
    return max(others, key=lambda accent: to_lab(accent)[1] + to_lab(accent)[2])


@dataclass(frozen=True, slots=True)
class Sun:
    """What the lot decided. rays: an even number, so that long and short alternate all the way round."""

    paint: Paint
    form: str
    rays: int
    second: Colour


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sun; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("flame", "flame", "ray", "ray", "ring", "face"))
    own = paint.colour == colour(paint.palette)
    second = _rays(paint.palette) if own else paint.second
    return partial(_draw, Sun(paint, form, 2 * stream.integer(7, 9), second))


def _draw(sun: Sun, d: Drawing, m: Moment) -> None:
    pulse = 1 + 0.03 * m.cycle(0.5)
    if m.act == "spin":
        turn = TAU * m.turn(0.25)
    else:
        turn = 2 * TAU / sun.rays * m.turn(0.25)
    if sun.form == "ring":
        for radius, alpha in ((0.5, 60), (0.41, 90)):
            d.flat(circle(0, 0, radius * pulse, count=40), sun.second, alpha)
    for i in range(sun.rays):
        _ray(sun, d, m, i, TAU * i / sun.rays + turn, pulse)
    paint = sun.paint
    disc = circle(0, 0, RADIUS * pulse, count=40)
    d.form(disc, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, key="disc")
    if sun.form == "face":
        _face(sun, d, m)
    elif paint.fill == "plain":
        for k in range(3):
            a = np.linspace(0.15, 1.45, 10) + 0.105 * k
            arc = np.stack([cos(a), sin(a)], 1) * (0.25 - 0.045 * k)
            d.stroke(arc, 0.7, paint.pattern, wobble=0.6)


def _ray(sun: Sun, d: Drawing, m: Moment, i: int, angle: float, pulse: float) -> None:
    """One ray. Its length breathes with its place on the circle, not with its number: no seam in a loop."""
    long = i % 2 == 1
    length = (0.2 if long else 0.13) * (1 + 0.18 * m.cycle(0.5, 2 * angle / TAU))
    out = points(cos(angle), sin(angle))
    across = points(-out[1], out[0])
    root = out * (0.335 * pulse)
    tint = sun.second if long else sun.paint.colour
    if sun.form == "ring":
        d.stroke(np.stack([root + out * 0.01, root + out * length]), 1.4, sun.second, wobble=0.4)
    elif sun.form == "ray" or (sun.form == "face" and not long):
        ray = leaf(root, root + out * length, 0.026, 0, 7).outline()
        d.form(ray, tint, line=0.6, shade=0)
    else:
        d.form(_flame(root, out * length, across), tint, line=0.7, shade=0.2)


def _flame(root: Array, out: Array, across: Array) -> Array:
    """A tongue that leans to one side."""
    return smooth(
        [
            root - across * 0.04,
            root + out * 0.5 + across * 0.02,
            root + out + across * 0.035,
            root + out * 0.4 + across * 0.05,
            root + across * 0.035,
        ],
        True,
        3,
    )


def _face(sun: Sun, d: Drawing, m: Moment) -> None:
    """A face as on old woodcuts: brows that run into the nose, lids half down, a closed mouth."""
    paint, ink = sun.paint, sun.paint.ink
    for x in (-0.15, 0.16):
        d.dot(x, 0.075, 0.05, sun.second, 110)
    breath = 0.006 * m.cycle(0.5)
    for side in (-1, 1):
        x = 0.1 * side
        brow = smooth([(0.018 * side, -0.045), (x * 0.8, -0.115), (x * 1.75, -0.085)])
        lid = smooth([(x - 0.045, -0.045), (x, -0.068 - breath), (x + 0.045, -0.045)])
        d.dot(x, -0.048, 0.018, ink)
        d.stroke(brow, 1.0, ink, wobble=0.4)
        d.stroke(lid, 1.3, ink, wobble=0.3)
    d.stroke(smooth([(-0.018, -0.045), (-0.03, 0.045), (0.0, 0.06), (0.03, 0.045)]), 0.9, ink)
    mouth = smooth([(-0.075, 0.12), (0, 0.142 + breath), (0.08, 0.112)])
    d.form(smooth([(-0.05, 0.125), (0, 0.118), (0.055, 0.12), (0, 0.165)], True), paint.lip, line=0)
    d.stroke(mouth, 1.0, ink, wobble=0.3)


register(
    Kind(
        "sun",
        build,
        at=(0.90, 0.08),
        height=0.46,
        domain="sky",
        home="hills",
        width=1.0,
        top=(0.0, -RADIUS),
        forms=FORMS,
        faces=False,
        colour=colour,
        metres=0.9,  # as large as it looks: somebody may hold it
        grip=(0.0, 0.28),
        lights=True,
        traits=(
            "burning",
            "heavenly",
            "everywhere",
            "rayed",
        ),
    )
)
