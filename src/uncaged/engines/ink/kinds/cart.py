"""Carts: two wheels and a load of hay, a covered wagon, a coach, a wheelbarrow. What pulls them is not here.

How it is built: a load, a body and wheels of spokes; everything creaks a little on the road.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import Wheel, come, head, lamp, pane, shaken, spoked_wheel
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

RADIUS = 0.27
GAIT = TAU * RADIUS * 0.4

Draw: TypeAlias = Callable[[Drawing, Paint, Array, Array, float, Moment], None]
"""Drawing, paint, the hay drawn by lot, how the body is shaken, the way it has come, the moment."""


def _cart(d: Drawing, paint: Paint, hay: Array, shift: Array, way: float, m: Moment) -> None:
    """A high load on two wheels."""
    straws = mix(paint.glow, paint.trunk, 0.22)
    d.form(hay + shift, straws, line=0.8, shade=1.1, key="hay")
    for k in range(9):
        x, y = -0.72 + 0.16 * k, -0.66 - 0.09 * (k % 3)
        straw = points((x, y), (x + 0.07, y + 0.1 - 0.05 * (k % 2)))
        d.stroke(straw + shift, 0.7, paint.trunk, wobble=0.4)
    shaft = smooth([(-0.6, -0.36), (0.3, -0.4), (0.9, -0.46), (1.25, -0.4)])
    for width, tone in ((3.8, paint.ink), (2.4, paint.trunk)):
        d.stroke(shaft + shift * 0.5, width, tone, taper=(0.01, 0.03), wobble=0.2)
    box = points((-0.92, -0.62), (0.66, -0.62), (0.56, -0.33), (-0.8, -0.33))
    d.form(box + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="box")
    for y in (-0.53, -0.43):
        d.stroke(points((-0.86, y), (0.6, y)) + shift, 0.7, wobble=0.4)
    spoked_wheel(d, paint, Wheel(-0.14, RADIUS, 10, 0.16), way, "0", paint.accent, 1.25)


def _wagon(d: Drawing, paint: Paint, hay: Array, shift: Array, way: float, m: Moment) -> None:
    """Canvas over hoops; it breathes in the wind."""
    b = 0.02 * m.cycle(0.5)
    sheet = smooth(
        [
            (-0.96, -0.5), (-1.06, -0.78), (-0.82, -1.0 - b), (-0.3, -0.95), (0.2, -0.95),
            (0.7, -1.01 - b), (0.94, -0.8), (0.8, -0.5),
        ]
    )  # fmt: skip
    d.form(
        sheet + shift, paint.pale, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="sheet"
    )
    mouth = smooth(
        [(0.8, -0.5), (0.93, -0.78), (0.72, -0.97 - b), (0.6, -0.7), (0.62, -0.5)], True, 3
    )
    d.form(mouth + shift, paint.dark, line=0.8, shade=0.2, key="mouth")
    for x in (-0.52, -0.04, 0.36):
        d.stroke(
            smooth([(x, -0.5), (x + 0.04, -0.75), (x, -0.95)]) + shift, 0.8, paint.trunk, wobble=0.4
        )
    box = points((-0.98, -0.54), (0.92, -0.56), (0.82, -0.3), (-0.86, -0.3))
    d.form(box + shift, paint.colour, shade=0.9, key="box")
    d.stroke(points((-0.92, -0.42), (0.86, -0.43)) + shift, 0.8, wobble=0.4)
    d.stroke(smooth([(0.8, -0.32), (1.1, -0.26), (1.3, -0.3)]), 2.2, paint.trunk, wobble=0.2)
    spoked_wheel(d, paint, Wheel(-0.56, RADIUS, 10, 0.16), way, "0", paint.accent, 1.2)
    spoked_wheel(d, paint, Wheel(0.56, 0.21, 8, 0.18), way, "1", paint.accent, 1.1)


def _coach(d: Drawing, paint: Paint, hay: Array, shift: Array, way: float, m: Moment) -> None:
    """A coach that swings on its straps: a curved body, somebody at the window, a lantern, the driver's box."""
    swing = shift * 2 + points(0.012 * m.cycle(0.5), 0)
    spring = smooth([(-0.86, -0.3), (-0.3, -0.2), (0.4, -0.2), (0.9, -0.38)])
    d.stroke(spring, 2.6, paint.dark, taper=(0.02, 0.02), wobble=0.15)
    body = smooth(
        [
            (-0.66, -0.92), (-0.68, -0.62), (-0.52, -0.34), (-0.2, -0.26), (0.2, -0.26), (0.44, -0.36),
            (0.56, -0.62), (0.54, -0.92),
        ]
    )  # fmt: skip
    d.form(body + swing, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
    roof = smooth([(-0.76, -0.9), (-0.5, -1.0), (0, -1.02), (0.4, -1.0), (0.64, -0.9)])
    d.form(roof + swing, paint.second, line=0.9, shade=0.6, key="roof")
    window = points((-0.24, -0.6), (-0.24, -0.86), (0.14, -0.86), (0.14, -0.6)) + swing
    d.form(window, pane(paint), line=0.9, shade=0.2, key="window")
    d.clip(window)
    x, y = points(-0.05, -0.68) + swing
    head(d, paint, float(x), float(y), 0.1, "", False)
    d.unclip()
    for x in (-0.28, 0.18):
        d.stroke(smooth([(x, -0.9), (x + 0.01, -0.6), (x * 0.7, -0.28)]) + swing, 0.8, wobble=0.3)
    d.dot(0.12 + float(swing[0]), -0.48 + float(swing[1]), 0.03, paint.accent)
    box = points(
        (0.58, -0.78), (0.94, -0.8), (0.94, -0.7), (0.7, -0.6), (0.66, -0.38), (0.58, -0.38)
    )
    d.form(box + swing * 0.6, paint.second, line=0.8, shade=0.6, key="box")
    lamp(d, paint, 0.62, -0.84 + float(swing[1]), 0.05, 0.3)
    spoked_wheel(d, paint, Wheel(-0.62, 0.29, 12, 0.15), way, "0", paint.accent, 1.0)
    spoked_wheel(d, paint, Wheel(0.64, 0.21, 10, 0.17), way, "1", paint.accent, 1.0)


def _barrow(d: Drawing, paint: Paint, hay: Array, shift: Array, way: float, m: Moment) -> None:
    """One wheel before, two handles behind, earth in it."""
    d.form(
        hay * points(0.8, 0.9) + shift + points(0.1, -0.06),
        paint.trunk,
        line=0.8,
        shade=1.2,
        key="earth",
    )
    spoked_wheel(d, paint, Wheel(0.78, 0.22, 6, 0.24), way, "0", paint.dark, 1.5)
    handle = smooth([(-1.16, -0.62), (-0.7, -0.5), (0.0, -0.32), (0.78, -0.24)])
    leg = smooth([(-0.4, -0.42), (-0.5, -0.2), (-0.44, 0.0)])
    for width, tone in ((4.2, paint.ink), (2.8, paint.trunk)):
        d.stroke(leg, width, tone, taper=(0.01, 0.01), wobble=0.2)
    tray = points((-0.66, -0.78), (0.88, -0.72), (0.46, -0.3), (-0.34, -0.36))
    d.form(
        smooth(tray, True, 2) + shift,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="tray",
    )
    for width, tone in ((4.2, paint.ink), (2.8, paint.trunk)):
        d.stroke(handle + shift, width, tone, taper=(0.01, 0.01), wobble=0.2)


FORMS: Mapping[str, Draw] = {"cart": _cart, "wagon": _wagon, "coach": _coach, "barrow": _barrow}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cart; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("cart", "cart", "wagon"))
    draw = FORMS[form]
    hay = lobed(stream.sub("hay"), -0.14, -0.64, 0.82, 0.32, 9, 0.14)
    hay = np.minimum(hay, points(9, -0.42))

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, hay, shaken(m, 0.01), come(m, GAIT), m)

    return figure


register(
    Kind(
        "cart",
        build,
        at=(0.44, 1.14),
        height=0.34,
        home="hills",
        width=2.2,
        top=(-0.14, -0.9),
        shadow=0.85,
        gait=GAIT,
        motion="walk",
        forms=tuple(FORMS),
        metres=2.2,
        grip=(1.2, -0.4),
    )
)
