"""Two seats on wheels that others push: a wheelchair, and a pram with somebody small in it. Knows no street.

How it is built: tubes are strokes, once in ink and once, thinner, in their colour; the wheels roll by the way.
"""

import numpy as np

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import Wheel, ball, come, shaken, spoked_wheel
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

BIG = Wheel(-0.1, 0.34, 12, 0.12)
GAIT = TAU * BIG.radius / 3
PRAM = 0.24
PRAM_GAIT = TAU * PRAM * 0.3


def wheelchair(stream: Stream, paint: Paint, form: str) -> Figure:
    """A wheelchair; it has no forms."""

    def figure(d: Drawing, m: Moment) -> None:
        way = come(m, GAIT)
        far = Wheel(BIG.x + 0.07, BIG.radius, 12, 0.12)
        spoked_wheel(d, paint, far, way, "far", paint.dark_shadow, 0.5)
        tubes = (
            ((-0.36, -0.98), (-0.24, -0.9), (-0.2, -0.5), (-0.18, -0.3)),
            ((-0.2, -0.46), (0.32, -0.46), (0.38, -0.2), (0.54, -0.1)),
            ((-0.2, -0.68), (0.2, -0.68), (0.26, -0.5)),
        )
        for tube in tubes:
            for width, tone in ((3.2, paint.ink), (1.8, paint.pale)):
                d.stroke(smooth(tube), width, tone, taper=(0.01, 0.01), wobble=0.15)
        back = points((-0.27, -0.92), (-0.16, -0.92), (-0.12, -0.5), (-0.2, -0.46))
        d.form(back, paint.colour, fill=paint.fill, colour2=paint.pattern, line=0.9, key="back")
        seat = points((-0.2, -0.54), (0.3, -0.54), (0.32, -0.45), (-0.2, -0.44))
        d.form(seat, paint.colour, line=0.9, shade=0.7, key="seat")
        d.stroke(points((0.42, -0.06), (0.62, -0.1)), 3.2, paint.dark, wobble=0.1)
        spoked_wheel(d, paint, Wheel(0.34, 0.11, 6, 0.3), way, "small", paint.dark, 0.8)
        spoked_wheel(d, paint, BIG, way, "big", paint.accent, 0.62)

    return figure


def pram(stream: Stream, paint: Paint, form: str) -> Figure:
    """A pram; it has no forms. A small fist waves out of it."""

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, PRAM_GAIT), shaken(m, 0.012)
        handle = smooth([(-0.52, -0.62), (-0.8, -0.84), (-0.94, -0.86)])
        for width, tone in ((3.2, paint.ink), (1.8, paint.pale)):
            d.stroke(handle + shift, width, tone, taper=(0.01, 0.01), wobble=0.15)
        spring = smooth([(-0.5, -PRAM), (-0.36, -0.4), (0.36, -0.4), (0.5, -PRAM)])
        d.stroke(spring, 2.4, paint.dark, taper=(0.01, 0.01), wobble=0.15)
        angle = np.linspace(PI * 1.0, PI * 1.62, 12)
        rim = np.stack([0.0 + cos(angle) * 0.56, -0.66 + sin(angle) * 0.42], 1)
        hood = np.concatenate([rim, points((0.02, -0.6))])
        face = points(0.2, -0.68) + shift * 1.5
        d.form(ball(face, 0.13, count=18), paint.skin, line=0.7, shade=0.3, key="face")
        d.form(
            smooth(
                [(0.08, -0.7), (0.12, -0.84), (0.26, -0.84), (0.34, -0.72), (0.2, -0.77)], True, 3
            )
            + shift,
            paint.pale,
            line=0.6,
            shade=0.2,
        )
        d.dot(float(face[0]) + 0.05, float(face[1]) - 0.01, 0.014, paint.ink)
        fist = points(0.42 + 0.03 * m.cycle(1.0), -0.76 + 0.03 * m.cycle(1.0, 0.25)) + shift
        d.stroke(np.stack([points(0.32, -0.6) + shift, fist]), 4.0, paint.accent, wobble=0.1)
        d.form(ball(fist, 0.05, count=12), paint.skin, line=0.6, shade=0.1, key="fist")
        d.form(hood + shift, paint.second, line=0.9, shade=0.8, key="hood")
        for k in range(1, 3):
            at = rim[k * 4] + shift
            d.stroke(np.stack([points(0.02, -0.62) + shift, at]), 0.8, wobble=0.2)
        basket = smooth(
            [
                (-0.6, -0.64), (-0.56, -0.46), (-0.36, -0.34), (0.36, -0.34), (0.58, -0.48),
                (0.64, -0.66),
            ]
        )  # fmt: skip
        d.form(basket + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="basket")
        d.stroke(points((-0.6, -0.64), (0.64, -0.66)) + shift, 2.2, paint.accent, wobble=0.15)
        for k, x in enumerate((-0.4, 0.42)):
            spoked_wheel(d, paint, Wheel(x, PRAM, 10, 0.16), way, str(k), paint.dark, 0.7)

    return figure


register(
    Kind(
        "wheelchair",
        wheelchair,
        at=(0.62, 1.14),
        height=0.4,
        home="room",
        width=1.0,
        top=(0.02, -0.53),
        shadow=0.42,
        gait=GAIT,
        motion="walk",
        metres=0.95,
        grip=(-0.36, -0.98),
    )
)
register(
    Kind(
        "pram",
        pram,
        at=(0.68, 1.14),
        height=0.38,
        home="street",
        width=1.6,
        top=(0.1, -0.6),
        shadow=0.6,
        gait=PRAM_GAIT,
        motion="walk",
        metres=1.05,
        grip=(-0.92, -0.86),
    )
)
