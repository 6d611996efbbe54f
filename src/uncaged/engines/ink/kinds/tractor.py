"""A tractor: one huge wheel and one small one, a bonnet, a roof, a pipe that puffs. Knows no fields."""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import (
    Wheel,
    come,
    disc_wheel,
    head,
    lamp,
    pane,
    puffs,
    shaken,
    smoke,
    turned,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream
from uncaged.engines.ink.paint import Paint

BIG, SMALL = Wheel(-0.42, 0.37, 6, 0.42), Wheel(0.66, 0.2, 5, 0.42)
GAIT = TAU * BIG.radius / 3
LUGS = 18


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tractor; it has no forms."""
    clouds = puffs(stream.sub("smoke"), 4)
    closed = stream.chance(0.5)
    lug = points(
        (-0.04, -BIG.radius * 0.98), (0.04, -BIG.radius * 0.98), (0.055, -BIG.radius * 1.06),
        (-0.025, -BIG.radius * 1.06),
    )  # fmt: skip

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, GAIT), shaken(m, 0.014)
        smoke(d, paint.pale, clouds, m.turn(1.0), (0.56, -0.98), (-0.5, -0.4), (0.04, 0.14))
        pipe = points((0.56, -0.6), (0.56, -0.94))
        d.stroke(pipe + shift, 3.2, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        cab = points((-0.52, -0.5), (-0.46, -0.92), (0.1, -0.92), (0.22, -0.5)) + shift
        if closed:
            d.form(cab, pane(paint), line=0.9, shade=0.2, key="cab")
        for post in (cab[:2], cab[2:]):
            d.stroke(post, 2.6, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        d.flat(circle(-0.16, -0.5, 0.14, 0.17, 16) + shift, paint.second)
        x, y = points(-0.14, -0.7) + shift * 1.3
        head(d, paint, float(x), float(y), 0.1, "", True)
        wheel = points((0.1, -0.52), (0.0, -0.64))
        d.stroke(wheel + shift, 2.0, paint.dark, wobble=0.1)
        roof = smooth([(-0.62, -0.9), (-0.5, -0.99), (-0.1, -1.0), (0.16, -0.98), (0.26, -0.9)])
        d.form(roof + shift, paint.second, line=0.9, shade=0.6, key="roof")
        bonnet = [
            (-0.2, -0.24), (-0.2, -0.5), (0.1, -0.62), (0.76, -0.62), (0.92, -0.54), (0.94, -0.3),
            (0.4, -0.22),
        ]  # fmt: skip
        d.form(
            smooth(bonnet, True, 3) + shift,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            key="bonnet",
        )
        for k in range(3):
            slit = points((0.36 + 0.12 * k, -0.52), (0.34 + 0.12 * k, -0.38))
            d.stroke(slit + shift, 1.2, paint.dark, wobble=0.2)
        lamp(d, paint, 0.93, -0.47 + float(shift[1]), 0.055, 0.8)
        x, y = BIG.place()
        turns = [TAU * k / LUGS + BIG.angle(way) for k in range(LUGS)]
        d.multi([turned(lug, a, x, y) for a in turns], paint.dark, line=0.5, key="lugs")
        disc_wheel(d, paint, BIG, way, "big")
        disc_wheel(d, paint, SMALL, way, "small")
        guard = smooth([(-0.86, -0.52), (-0.7, -0.74), (-0.42, -0.82), (-0.12, -0.74), (0.0, -0.5)])
        inner = guard[::-1] * points(0.93, 1) + points(-0.03, 0.06)
        d.form(
            np.concatenate([guard, inner]) + shift, paint.colour, line=0.9, shade=0.6, key="guard"
        )

    return figure


register(
    Kind(
        "tractor",
        build,
        at=(0.50, 1.14),
        height=0.4,
        home="meadow",
        width=1.9,
        top=(-0.16, -0.97),
        shadow=0.9,
        gait=GAIT,
        motion="walk",
        metres=2.7,
        grip=(-0.8, -0.4),
    )
)
