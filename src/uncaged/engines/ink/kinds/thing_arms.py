"""Arms: a gun that flowers grow out of, a cannon, a bomb whose fuse burns. Nothing here is ever fired.

How they are built: a barrel or a ball as one large form, its fittings on top, and one part that stirs.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    clad,
    edged,
    hoop,
    hundredths,
    moved,
    shine,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _gun(stream: Stream, paint: Paint) -> Figure:
    frame = edged("-52,-78 62,-78 62,-60 6,-58 -8,-40 -22,-38 -34,-2 -60,-6 -44,-46 -58,-62", 0.03)

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        guard = hoop(-0.02, -0.46, 0.12, 0.12, 0.022, 22)
        part.form(guard, steel(paint), line=0.8, shade=0.3, key="guard")
        part.form(
            bezier((-0.05, -0.56), (-0.02, -0.48), (-0.08, -0.4)),
            paint.dark,
            line=0.7,
            key="trigger",
        )
        clad(part, paint, frame, "frame")
        part.form(
            traced("-56,-60 -42,-48 -30,-6 -34,-2 -58,-6 -48,-40"),
            paint.trunk,
            line=0.9,
            shade=0.6,
            key="butt",
        )
        part.form(
            circle(-0.1, -0.66, 0.13, 0.11, 20), paint.second, line=0.9, shade=0.5, key="drum"
        )
        part.form(hundredths("-50,-78 -58,-90 -46,-88 -40,-78"), paint.dark, line=0.7, key="hammer")
        part.form(hundredths("52,-78 56,-84 60,-78"), paint.dark, line=0.6, key="sight")
        bloom = m.cycle(0.3)
        petals = [(0.67, -0.76), (0.76, -0.74), (0.78, -0.64), (0.69, -0.6)]
        part.form(bar((0.6, -0.69), (0.7, -0.69), 0.014), paint.leaf, line=0.7, shade=0, key="stem")
        for k, (x, y) in enumerate(petals):
            part.form(
                circle(x, y, 0.05 + 0.01 * bloom, count=14),
                paint.accent,
                line=0.7,
                shade=0.4,
                key=f"petal{k}",
            )
        part.form(circle(0.72, -0.685, 0.045, count=14), paint.glow, line=0.7, key="heart")
        moved(d, part, 0.02 * bloom, about=(-0.44, -0.2))

    return figure


def _cannon(stream: Stream, paint: Paint) -> Figure:
    barrel = Tube([(-0.5, -0.5), (0.0, -0.66), (0.56, -0.86)], [0.2, 0.19, 0.15], 18)

    def figure(d: Drawing, m: Moment) -> None:
        recoil = points(-0.02 * max(0.0, m.cycle(0.3)), 0.0)
        d.form(
            hundredths("-70,-6 -84,-10 -20,-48 6,-40"),
            paint.trunk,
            line=0.9,
            shade=0.5,
            key="trail",
        )
        clad(d, paint, barrel.outline() + recoil, "barrel", body=barrel)
        end = barrel.p[-1] + recoil
        d.form(
            circle(end[0] + 0.02, end[1], 0.1, 0.16, 22, -0.35), paint.dark, line=0.9, key="mouth"
        )
        for u in (0.15, 0.6, 0.86):
            v = np.linspace(-1, 1, 7)
            d.stroke(
                barrel.at(np.full(7, u), v) + recoil,
                1.8,
                paint.second,
                wobble=0.1,
                taper=(0.05, 0.05),
                key=f"band{u}",
            )
        d.form(
            circle(-0.57, -0.47, 0.07, count=16) + recoil,
            paint.second,
            line=0.9,
            shade=0.4,
            key="knob",
        )
        for k in range(8):
            a = TAU * k / 8 + 0.1 * m.cycle(0.3)
            spoke = bar(
                (-0.05 + 0.08 * cos(a), -0.32 + 0.08 * sin(a)),
                (-0.05 + 0.25 * cos(a), -0.32 + 0.25 * sin(a)),
                0.022,
            )
            d.form(spoke, paint.trunk, line=0.8, shade=0.3, key=f"spoke{k}")
        d.form(
            hoop(-0.05, -0.32, 0.27, 0.27, 0.05, 32), paint.trunk, line=0.95, shade=0.5, key="wheel"
        )
        d.form(circle(-0.05, -0.32, 0.08, count=18), paint.second, line=0.8, key="hub")
        for k, x in enumerate((0.46, 0.66, 0.56)):
            ball = circle(x, -0.1 - 0.16 * (k == 2), 0.1, count=20)
            d.form(ball, paint.dark, line=0.9, shade=0.4, key=f"shot{k}")

    return figure


def _bomb(stream: Stream, paint: Paint) -> Figure:
    fuse = Tube([(0.14, -0.74), (0.2, -0.9), (0.34, -0.94), (0.4, -0.84)], [0.03, 0.026, 0.024], 16)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(fuse.outline(), paint.pale, line=0.8, shade=0.4, key="fuse")
        d.form(
            hundredths("2,-72 20,-78 26,-66 8,-60"), paint.second, line=0.9, shade=0.4, key="neck"
        )
        clad(d, paint, circle(0, -0.36, 0.37, count=36), "ball")
        d.stroke(
            bezier((-0.24, -0.34), (-0.24, -0.52), (-0.08, -0.6)), 2.2, paint.white, key="gleam"
        )
        shine(d, paint, 0.4, -0.84, 0.3)
        for k in range(7):
            a = TAU * k / 7 + 0.4 * m.cycle(1.5, 0.1 * k)
            reach = 0.12 + 0.05 * m.cycle(3.0, 0.31 * k)
            spark = points(
                (0.4 + 0.05 * cos(a), -0.84 + 0.05 * sin(a)),
                (0.4 + reach * cos(a), -0.84 + reach * sin(a)),
            )
            d.stroke(spark, 1.4, paint.accent if k % 2 else paint.glow, wobble=0.2, key=f"spark{k}")
        d.dot(0.4, -0.84, 0.045, paint.glow)

    return figure


thing(
    "gun", _gun, (-0.53, 0.58), 0.38, 0.2,
    width=1.6, grip=(-0.46, -0.3), rock=0.0, shadow=0.3, hue="grey", top=(0, -0.78),
)  # fmt: skip
thing(
    "cannon", _cannon, (-0.47, 0.58), 0.44, 1.2,
    width=1.6, top=(0, -0.85), grip=(-0.6, -0.5), rock=0.0, home="hills", hue="grey",
)  # fmt: skip
thing(
    "bomb", _bomb, (-0.41, 0.58), 0.42, 0.4,
    width=0.9, grip=(0, -0.3), lights=True, hue="black", top=(0, -0.72),
)  # fmt: skip
