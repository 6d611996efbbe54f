"""Instruments that are beaten and blown: drum, trumpet, flute.

How they are built: a tube or a barrel with its fittings; sticks beat by themselves, and what is blown sends out notes.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, clad, hundredths, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Stream, sin
from uncaged.engines.ink.paint import Paint


def notes(d: Drawing, paint: Paint, m: Moment, x: float, y: float, way: float) -> None:
    """Three notes that come out at (x, y), swell and fade; way: −1 or 1."""
    for k in range(3):
        q = (m.turn(0.5) + k / 3) % 1
        size = sin(PI * q)
        nx, ny = x + way * 0.34 * q, y - 0.3 * q + 0.05 * sin(TAU * q + k)
        d.dot(nx, ny, 0.036 * size + 0.001, paint.ink)
        stem = points((nx + 0.03, ny), (nx + 0.03, ny - 0.13 * size - 0.001))
        d.stroke(stem, 0.9, wobble=0.1, key=f"stem{k}")
        if k == 1:
            flag = bezier(
                stem[1], stem[1] + points(0.04, 0.04), stem[1] + points(0.05, 0.09 * size)
            )
            d.stroke(flag, 0.9, wobble=0.1, key="flag")


def _drum(stream: Stream, paint: Paint) -> Figure:
    zigzag = hundredths("-48,-52 -36,-6 -22,-44 -8,0 8,-42 22,0 36,-44 48,-8")

    def figure(d: Drawing, m: Moment) -> None:
        x = np.linspace(-0.5, 0.5, 9)
        low = np.stack([x[::-1], -0.12 + 0.11 * (1 - 4 * x * x)], 1)
        high = np.stack([x, -0.56 + 0.11 * (1 - 4 * x * x)], 1)
        clad(d, paint, np.concatenate([high, low]), "barrel")
        d.stroke(zigzag, 1.0, paint.white, wobble=0.3, taper=(0.02, 0.02), key="cord")
        for k, y in enumerate((-0.56, -0.12)):
            rim = np.concatenate(
                [
                    np.stack([x, y + 0.02 + 0.11 * (1 - 4 * x * x)], 1),
                    np.stack([x[::-1], y - 0.06 + 0.11 * (1 - 4 * x * x)], 1),
                ]
            )
            d.form(rim, paint.second, line=0.9, shade=0.4, key=f"rim{k}")
        d.form(circle(0, -0.6, 0.5, 0.12, 30), paint.pale, line=0.95, shade=0.2, key="skin")
        for side in (-1, 1):
            beat = max(0.0, m.cycle(1.5, 0.5 * (side > 0)))
            tip = points(0.14 * side, -0.66 - 0.16 * beat)
            end = points(0.62 * side, -0.94 - 0.04 * beat)
            d.form(
                bar(tip, end, 0.022, 0.026), paint.trunk, line=0.8, shade=0.4, key=f"stick{side}"
            )
            d.form(
                circle(tip[0], tip[1], 0.045, 0.035, 12),
                paint.trunk,
                line=0.8,
                shade=0.2,
                key=f"tip{side}",
            )

    return figure


def _trumpet(stream: Stream, paint: Paint) -> Figure:
    loop = Tube(hundredths("-44,-40 8,-40 22,-32 8,-24 -30,-24 -42,-32 -30,-40"), [0.032], 30)
    tube = Tube(hundredths("-78,-40 -20,-40 34,-40 58,-46"), [0.03, 0.03, 0.035, 0.06], 20)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, loop.outline(), "loop", body=loop)
        clad(d, paint, tube.outline(), "tube", body=tube)
        bell = traced("40,-37 58,-32 76,-16 80,-14 82,-40 80,-66 76,-64 58,-48 40,-44")
        clad(d, paint, bell, "bell")
        d.form(
            circle(0.8, -0.4, 0.05, 0.26, 22), paint.dark_shadow, line=0.95, shade=0.3, key="mouth"
        )
        d.form(
            bar((-0.84, -0.4), (-0.76, -0.4), 0.055, 0.03), paint.second, line=0.9, key="mouthpiece"
        )
        for k, x in enumerate((-0.16, -0.04, 0.08)):
            press = 0.05 * max(0.0, m.cycle(1.0, k / 3))
            d.form(
                bar((x, -0.56 + press), (x, -0.62 + press), 0.03),
                paint.accent,
                line=0.8,
                key=f"valve{k}",
            )
            d.form(
                bar((x, -0.54), (x, -0.3), 0.042), paint.second, line=0.9, shade=0.4, key=f"case{k}"
            )
        notes(d, paint, m, 0.9, -0.5, 1.0)

    return figure


def _flute(stream: Stream, paint: Paint) -> Figure:
    pipe = Tube(hundredths("-90,-20 0,-48 90,-76"), [0.05], 20)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, pipe.outline(), "pipe", body=pipe)
        for u in (0.02, 0.24, 0.98):
            v = np.linspace(-1.2, 1.2, 5)
            d.stroke(
                pipe.at(np.full(5, u), v),
                2.2,
                paint.second,
                wobble=0.1,
                taper=(0.05, 0.05),
                key=f"ring{u}",
            )
        hole = pipe.at(0.14, 0.0)
        d.form(circle(hole[0], hole[1], 0.042, 0.026, 14, -0.3), paint.dark, line=0.6, key="lip")
        down = int(m.turn(1.0) * 6) % 6
        for k in range(6):
            at = pipe.at(0.4 + 0.09 * k, 0.0)
            d.dot(
                at[0],
                at[1],
                0.02 if k != down else 0.026,
                paint.dark if k != down else paint.accent,
            )
        notes(d, paint, m, 0.6, -0.8, -0.6)

    return figure


thing(
    "drum", _drum, (-0.47, 0.66), 0.42, 0.4,
    width=1.25, top=(0, -0.6), grip=(-0.5, -0.3), rock=0.0, traits=("played",),
)  # fmt: skip
thing(
    "trumpet", _trumpet, (-0.41, 0.66), 0.38, 0.25,
    width=2.1, grip=(-0.04, -0.4), hue="yellow", rock=0.03, shadow=0.3, top=(0, -0.42), traits=("played",),
)  # fmt: skip
thing(
    "flute", _flute, (-0.35, 0.66), 0.38, 0.3,
    width=1.9, grip=(0.0, -0.48), rock=0.04, shadow=0.3, top=(0, -0.5), traits=("played",),
)  # fmt: skip
