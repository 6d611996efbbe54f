"""A fountain: two bowls, water that rises, falls in threads and rings on the pool. Knows no square.

How it is built: water is parabolas that tremble, drops on their way, and rings that widen on the pool.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import sun
from uncaged.engines.ink.kinds.waters import light_water, water
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A fountain; it has no forms."""
    pale = light_water(paint.palette)
    threads = [0.2, 0.34, 0.46]

    def figure(d: Drawing, m: Moment) -> None:
        for side in (-1, 1):
            for k, reach in enumerate(threads):
                arc = _arc(
                    side * 0.02, -0.8, side * reach, -0.1, 0.16 - 0.03 * k, m.turn(1.0) + 0.3 * k
                )
                d.stroke(arc, 1.6, pale, taper=(0.05, 0.3), wobble=0.3, key=f"far{side}{k}")
        _bowl(d, paint, 0.0, -0.06, 0.62, 0.16, "pool")
        pool = circle(0, -0.14, 0.55, 0.055, 30)
        d.form(pool, water(paint.palette), line=0.7, shade=0.4, key="water")
        _rings(d, paint, m)
        foot = smooth(
            [
                (-0.1, -0.12), (-0.05, -0.3), (-0.07, -0.44), (0.07, -0.44), (0.05, -0.3),
                (0.1, -0.12),
            ]
        )  # fmt: skip
        d.form(foot, paint.colour, line=0.9, shade=0.9, light=sun(d), key="foot")
        _bowl(d, paint, 0.0, -0.42, 0.28, 0.11, "bowl")
        d.form(circle(0, -0.485, 0.24, 0.025, 22), pale, line=0.6, shade=0.1)
        for k in range(6):
            x = -0.25 + 0.1 * k
            fall = _arc(x, -0.47, x * 1.25, -0.13, 0.02, m.turn(1.0) + 0.37 * k)
            d.stroke(fall, 1.4, pale, taper=(0.05, 0.2), wobble=0.3, key=f"fall{k}")
        neck = points((-0.03, -0.49), (-0.02, -0.72), (0.02, -0.72), (0.03, -0.49))
        d.form(neck, paint.second, line=0.8, shade=0.6, key="neck")
        d.form(circle(0, -0.74, 0.045, count=16), paint.accent, line=0.8, shade=0.5, key="knob")
        high = 0.17 + 0.03 * m.cycle(1.0)
        for k in range(3):
            lean = 0.03 * (k - 1)
            jet = smooth([(0, -0.77), (lean * 0.5, -0.77 - high * 0.7), (lean, -0.77 - high)])
            d.stroke(jet, 2.0, paint.white, taper=(0.02, 0.7), wobble=0.3, key=f"jet{k}")
        _drops(d, paint, m)

    return figure


def _arc(x0: float, y0: float, x1: float, y1: float, rise: float, turn: float) -> Array:
    """A parabola that trembles."""
    u = np.linspace(0, 1, 12)
    tremble = 0.01 * sin(8 * u - TAU * turn) * u
    return np.stack(
        [x0 + (x1 - x0) * u + tremble, y0 + (y1 - y0) * u * u - rise * 4 * u * (1 - u) * 0.6], 1
    )


def _bowl(d: Drawing, paint: Paint, x: float, y: float, half: float, deep: float, key: str) -> None:
    bowl = smooth(
        [
            (x - half, y - deep * 0.55), (x - half * 0.9, y + deep * 0.1),
            (x - half * 0.4, y + deep * 0.45), (x + half * 0.4, y + deep * 0.45),
            (x + half * 0.9, y + deep * 0.1), (x + half, y - deep * 0.55),
        ]
    )  # fmt: skip
    d.form(
        bowl, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, light=sun(d), key=key
    )
    d.form(
        circle(x, y - deep * 0.55, half, half * 0.13, 32),
        paint.pale,
        line=0.9,
        shade=0.3,
        key=f"{key}-rim",
    )


def _rings(d: Drawing, paint: Paint, m: Moment) -> None:
    for k in range(4):
        q = (m.turn(1.0) + k / 4) % 1
        x = (-0.34, 0.28, -0.16, 0.4)[k]
        r = 0.03 + 0.1 * q
        ring = circle(x, -0.14, r, r * 0.16, 16)
        d.stroke(
            np.concatenate([ring, ring[:1]]), 1.1 * (1 - q), paint.white, wobble=0.1, key=f"ring{k}"
        )


def _drops(d: Drawing, paint: Paint, m: Moment) -> None:
    drops: list[Array] = []
    for k in range(8):
        q = (m.turn(1.0) + k / 8) % 1
        way = (k % 4 - 1.5) * 0.22
        at = points(way * q, -0.9 - 0.25 * q + 0.85 * q * q)
        drops.append(ball(at, 0.014, count=8))
    d.multi(drops, paint.white, line=0.3, key="drops")


register(
    Kind(
        "fountain",
        build,
        at=(0.32, 1.36),
        height=0.5,
        home="garden",
        width=1.3,
        top=(0.0, -0.5),
        shadow=0.6,
        faces=False,
        metres=2.6,
    )
)
