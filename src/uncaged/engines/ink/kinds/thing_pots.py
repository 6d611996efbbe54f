"""Bottles, jugs, kettles and cooking pots: vessels that pour, boil and rattle.

How they are built: one closed body, what it is held by behind it, and what comes out of it.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    hundredths,
    lathe,
    steam,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint


def _bottle(stream: Stream, paint: Paint) -> Figure:
    y, label, sails = stream.uniform(-0.6, -0.5), stream.chance(0.7), stream.chance(0.3)
    neck = [(0.065, -0.97), (0.06, -0.76), (0.09, y - 0.06)]
    glass = lathe([*neck, (0.19, y + 0.06), (0.2, -0.3), (0.2, -0.03), (0.17, 0.0)])
    tube = Tube([(0, -0.97), (0, 0)], [0.065, 0.06, 0.14, 0.2, 0.2, 0.2], 20)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(bar((0, -1.0), (0, -0.94), 0.05), paint.trunk, line=0.8, shade=0.4, key="cork")
        clad(d, paint, glass, "glass", body=tube)
        d.form(bar((-0.055, -0.93), (0.055, -0.93), 0.028), paint.second, line=0.8, key="lip")
        tilt = 0.012 * m.cycle(0.5)
        level = points((-0.18, y + 0.1 + tilt), (0.18, y + 0.1 - tilt))
        d.stroke(level, 0.7, paint.pale, key="level")
        if label:
            d.form(box(-0.2, -0.34, 0.2, -0.12), paint.pale, line=0.8, shade=0.5, key="label")
            if sails:
                d.form(hundredths("0,-32 9,-22 0,-22"), paint.accent, line=0.6, key="sail")
            for k in range(2):
                word = points((-0.12, -0.19 + 0.05 * k), (0.1 - 0.06 * k, -0.19 + 0.05 * k))
                d.stroke(word, 0.7, wobble=0.4, key=f"word{k}")
        gleam = bezier((-0.13, y + 0.1), (-0.16, -0.4), (-0.14, -0.36))
        d.stroke(gleam, 1.3, paint.white, key="gleam")

    return figure


def _jug(stream: Stream, paint: Paint) -> Figure:
    body = traced(
        "-20,-92 -13,-76 -30,-50 -34,-26 -20,-2 20,-2 34,-26 30,-50 14,-76 18,-90 34,-100 10,-93"
    )
    inner = traced("-17,-91 10,-92 30,-97 10,-87")
    tube = Tube([(0, -0.95), (0, 0)], [0.2, 0.14, 0.3, 0.34, 0.2], 16)
    handle = Tube(hundredths("-16,-86 -42,-88 -50,-66 -30,-42"), [0.035], 18).outline()
    v = np.linspace(-0.95, 0.95, 9)
    band = tube.at(np.full(9, 0.62), v) + points(0, 0.03)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(handle, paint.second, line=0.9, shade=0.5, key="handle")
        clad(d, paint, body, "body", body=tube)
        d.form(inner, paint.dark_shadow, line=0.7, shade=0.2, key="mouth")
        d.stroke(band, 1.8, paint.accent, taper=(0.05, 0.05), key="band")
        fall = (m.turn(0.4) + 0.1) % 1  # a drop hangs at its lip and falls
        drop = circle(0.35, -0.96 + 0.9 * fall * fall, 0.018, 0.028, 10)
        alpha = int(255 * (1 - fall))
        d.form(drop, paint.accent, line=0.5, shade=0, key="drop", alpha=alpha)

    return figure


def _kettle(stream: Stream, paint: Paint) -> Figure:
    body = traced("-40,-12 -42,-34 -24,-60 0,-64 24,-60 42,-34 40,-12 30,0 -30,0")
    spout = Tube(hundredths("30,-20 48,-30 56,-54 66,-58"), [0.1, 0.06, 0.045, 0.045], 16)
    grip = Tube(hundredths("-30,-54 -26,-92 0,-100 26,-92 30,-54"), [0.03, 0.035, 0.03], 20)
    lid = traced("-18,-58 -10,-66 10,-66 18,-58", False)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(grip.outline(), paint.dark, line=0.9, shade=0.3, key="grip")
        clad(d, paint, spout.outline(), "spout")
        clad(d, paint, body, "body")
        d.stroke(traced("-20,-56 0,-53 20,-56", False), 1.0, key="rim")
        rattle = points(0, -0.012 * abs(m.cycle(3.0)))
        d.form(lid + rattle, paint.second, line=0.9, shade=0.5, key="lid")
        knob = circle(0, -0.69, 0.045, count=14) + rattle
        d.form(knob, paint.accent, line=0.8, key="knob")
        steam(d, paint, m, 0.7, -0.62, 0.36, 2)
        gleam = bezier((-0.3, -0.34), (-0.28, -0.46), (-0.18, -0.52))
        d.stroke(gleam, 1.4, paint.white, key="gleam")

    return figure


def _pot(stream: Stream, paint: Paint) -> Figure:
    body = traced("-44,-60 -45,-30 -40,-4 -30,0 30,0 40,-4 45,-30 44,-60", False)
    lid = traced("-40,-62 -24,-74 24,-74 40,-62 0,-56")

    def figure(d: Drawing, m: Moment) -> None:
        steam(d, paint, m, 0.0, -0.66, 0.5)
        for side in (-1, 1):
            ear = hundredths("42,-46 58,-46 56,-34 42,-34") * (side, 1)
            loop = Tube(ear, [0.03], 14).outline()
            d.form(loop, paint.dark, line=0.8, shade=0.3, key=f"handle{side}")
        clad(d, paint, body, "body")
        rim = circle(0, -0.6, 0.46, 0.075, 28)
        d.form(rim, steel(paint), line=0.9, shade=0.3, key="rim")
        dance = points(0.0, -0.03 * abs(m.cycle(2.0)))
        d.form(lid + dance, paint.second, line=0.9, shade=0.5, key="lid")
        d.form(circle(0, -0.78, 0.05, count=14) + dance, paint.accent, line=0.8, key="knob")

    return figure


thing(
    "bottle", _bottle, (-0.83, 0.26), 0.56, 0.3, width=0.42, top=(0, -1.0), grip=(0.0, -0.7), traits=("vessel",),
)  # fmt: skip
thing(
    "jug",
    _jug,
    (-0.65, 0.26),
    0.48,
    0.3,
    width=0.85,
    grip=(-0.46, -0.66),
    traits=("vessel",),
)
thing(
    "pot", {"kettle": _kettle, "pot": _pot},
    (-0.59, 0.26), 0.42, 0.25, width=1.4, top=(0, -0.72), grip=(0.0, -0.99), traits=("vessel",),
)  # fmt: skip
