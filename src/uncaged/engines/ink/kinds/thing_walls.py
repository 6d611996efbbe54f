"""What a room is closed, opened and warmed with: doors, windows, curtains, a fireplace.

How they are built: a frame cut a little askew, and what is seen through it. At night some of them give light.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    crooked,
    cut,
    flame,
    shine,
    thing,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint


def _frame(d: Drawing, paint: Paint, x: float, y: float, key: str = "frame") -> None:
    """Two posts and a lintel on the ground; x, y: half the opening's width, and its top (negative)."""
    posts = [(-x - 0.06, 0), (-x - 0.06, y - 0.06), (x + 0.06, y - 0.06), (x + 0.06, 0)]
    posts += [(x, 0), (x, y), (-x, y), (-x, 0)]
    d.form(points(*posts), paint.second, line=0.9, shade=0.6, key=key)


def _panels(d: Drawing, paint: Paint, leaf: Array) -> None:
    """Four panels and a knob on a door leaf, a quadrangle that may be seen askew."""
    a, b, c, e = leaf

    def at(u: float, v: float) -> Array:
        return (a * (1 - u) + b * u) * (1 - v) + (e * (1 - u) + c * u) * v

    for u0, u1 in ((0.14, 0.45), (0.55, 0.86)):
        for v0, v1 in ((0.07, 0.42), (0.54, 0.92)):
            panel = np.stack([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)])
            d.form(panel, paint.shadow, line=0.7, shade=0.5, key=f"panel{u0}{v0}")
    knob = at(0.9, 0.5)
    d.dot(knob[0], knob[1], 0.024, paint.glow)
    d.dot(knob[0], knob[1] + 0.004, 0.01, paint.ink)


def _door(stream: Stream, paint: Paint) -> Figure:
    leaf = crooked(stream, -0.2, -0.93, 0.2, 0.0, 0.004)
    sill = 0.014

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.02, 0.4)
        _frame(d, paint, 0.2, -0.93)
        clad(d, paint, leaf, "leaf")
        _panels(d, paint, leaf)
        light = paint.glow if paint.night else paint.dark
        high = sill * (1 + 0.4 * m.cycle(0.5))
        d.form(box(-0.19, -high - 0.004, 0.19, 0.0), light, line=0, shade=0, key="gap")

    return figure


def _open_door(stream: Stream, paint: Paint) -> Figure:
    wide = stream.uniform(0.15, 0.2)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0.05, -0.4, 0.8)
        inside = paint.glow if paint.night else paint.dark
        d.form(box(-0.2, -0.93, 0.2, 0.0), inside, line=0.8, shade=0.3, key="inside")
        floor = points((-0.2, 0.0), (0.2, 0.0), (0.42, 0.13), (-0.02, 0.13))
        d.flat(floor, paint.glow if paint.night else paint.cast, 110)
        _frame(d, paint, 0.2, -0.93)
        swing = wide + 0.03 * m.cycle(0.25)
        leaf = points((-0.2, -0.93), (-0.2 - swing, -1.0), (-0.2 - swing, 0.09), (-0.2, 0.0))
        clad(d, paint, leaf, "leaf")
        _panels(d, paint, leaf)

    return figure


def _window(stream: Stream, paint: Paint) -> Figure:
    hills = smooth(
        [
            (x, stream.uniform(-0.05, 0.15) + 0.05 * k)
            for k, x in enumerate((-0.4, -0.15, 0.15, 0.4))
        ],
        False,
        5,
    )
    land = np.concatenate([hills, points((0.4, 0.44), (-0.4, 0.44))])
    sun, lit = stream.uniform(-0.15, 0.15), stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, 0, 0.9)
        clad(d, paint, box(-0.42, -0.52, 0.42, 0.47), "frame")
        pane = box(-0.34, -0.44, 0.34, 0.39)
        glows = paint.night and lit
        d.form(pane, paint.glow if glows else paint.pale, line=0.8, shade=0.1, key="pane")
        d.clip(pane)
        if not glows:
            drift = 0.05 * m.cycle(0.2)
            d.form(circle(sun, -0.16, 0.11, count=20), paint.glow, line=0.7, shade=0.3, key="sun")
            cloud = Tube([(-0.3 + drift, -0.3), (-0.05 + drift, -0.31)], [0.03, 0.045], 8)
            d.form(cloud.outline(), paint.white, line=0.5, shade=0.2, key="cloud")
            d.form(land, paint.leaf, line=0.8, shade=0.8, key="land")
        d.unclip()
        d.form(bar((0, -0.44), (0, 0.39), 0.026), paint.second, line=0.8, shade=0.3, key="upright")
        d.form(bar((-0.34, -0.06), (0.34, -0.06), 0.024), paint.second, line=0.8, key="cross")
        d.form(box(-0.48, 0.42, 0.48, 0.5, 0.0), paint.second, line=0.9, shade=0.5, key="sill")

    return figure


def _curtain(stream: Stream, paint: Paint) -> Figure:
    open_ = stream.uniform(0.16, 0.3)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(bar((-0.52, -0.97), (0.52, -0.97), 0.016), paint.trunk, line=0.8, key="rod")
        for side in (-1, 1):
            d.form(
                circle(0.54 * side, -0.97, 0.032, count=12), paint.glow, line=0.7, key=f"knob{side}"
            )
            clad(d, paint, _drape(side, open_, m), f"cloth{side}")
            for k in range(4):
                x = side * (0.45 - 0.36 * (1 - open_) * (k + 0.5) / 4)
                sway = 0.025 * m.cycle(0.33, 0.1 * k)
                fold = smooth([(x, -0.93), (x - 0.01, -0.6), (x + sway, -0.1 - 0.03 * (k % 2))])
                d.stroke(fold, 0.7, paint.pattern, wobble=0.3, key=f"fold{side}{k}")

    return figure


def _drape(side: int, open_: float, m: Moment) -> Array:
    """One half of a curtain; the wind moves its inner edge and runs along its hem."""
    q = np.linspace(0, 1, 7)
    wind = sin(TAU * (q * 0.6 - m.turn(0.33)))
    inner = 0.05 + open_ * 0.5 - 0.04 * q + 0.045 * wind * q
    x = np.linspace(0.5, float(inner[-1]), 6)
    hem = -0.015 + 0.018 * sin(TAU * (x * 3 + m.turn(0.33)))
    edge = smooth(np.stack([inner, -0.96 + 0.95 * q], 1), False, 3)
    low = smooth(np.stack([x, hem], 1), False, 3)
    shape = np.concatenate([points((0.5, -0.96)), edge, low[::-1]])
    return shape * (float(side), 1.0)


def _fireplace(stream: Stream, paint: Paint) -> Figure:
    lags = stream.array(4, 0, 1).tolist()
    mouth = np.concatenate(
        [
            points((-0.3, 0.0)),
            smooth(
                [(-0.3, -0.36), (-0.2, -0.52), (0, -0.57), (0.2, -0.52), (0.3, -0.36)], False, 5
            ),
            points((0.3, 0.0)),
        ]
    )

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.2, 0.95)
        clad(d, paint, cut([(-0.52, 0.0), (-0.5, -0.86), (0.5, -0.86), (0.52, 0.0)]), "breast")
        for k in range(4):
            for side in (-1, 1):
                x, y = side * (0.38 + 0.02 * (k % 2)), -0.1 - 0.19 * k
                brick = box(x - 0.065, y - 0.06, x + 0.065, y + 0.03)
                d.form(brick, paint.shadow, line=0.6, shade=0.3, key=f"brick{k}{side}")
        d.form(mouth, paint.dark, shade=0, line=0.9, key="mouth")
        glow = circle(0, -0.08, 0.24 + 0.02 * m.cycle(2.0), 0.2, 22)
        d.flat(glow, paint.glow, 70)
        for k, (x, tall) in enumerate(((-0.14, 0.26), (0.14, 0.24), (-0.03, 0.4), (0.06, 0.3))):
            flame(d, paint, m, x, -0.05, tall, lags[k], wild=k < 3)
        for k, (a, b) in enumerate(
            (((-0.22, -0.03), (0.16, -0.08)), ((-0.14, -0.09), (0.22, -0.03)))
        ):
            d.form(bar(a, b, 0.036), paint.trunk, line=0.8, shade=0.5, key=f"log{k}")
        d.form(cut(box(-0.6, -0.97, 0.6, -0.85), 0.02), paint.second, shade=0.6, key="mantel")
        d.form(box(-0.58, -0.04, -0.3, 0.03), paint.second, line=0.8, key="plinth-left")
        d.form(box(0.3, -0.04, 0.58, 0.03), paint.second, line=0.8, key="plinth-right")

    return figure


thing(
    "door", {"closed": _door, "open": _open_door},
    (-0.95, 0.18), 0.66, 2.0, width=0.55, top=(0.0, -0.99), grip=(0.18, -0.45),
    rock=0.0, lights=True, traits=("part", "wall"),
)  # fmt: skip
thing(
    "window", _window, (-0.89, 0.18), 0.5, 1.3,
    width=0.95, domain="air", top=(0.0, 0.42), grip=(0.4, 0.0), rock=0.0, lights=True, traits=("part", "wall"),
)  # fmt: skip
thing(
    "curtain",
    _curtain,
    (-0.71, 0.18),
    0.78,
    2.2,
    width=1.1,
    top=(0, -0.98),
    rock=0.0,
    grip=(0.45, -0.5),
    traits=("wall",),
)
thing(
    "fireplace", _fireplace, (-0.53, 0.18), 0.56, 1.3,
    width=1.2, top=(0.0, -0.97), rock=0.0, lights=True, traits=("burning", "wall"),
)  # fmt: skip
