"""Devices that one looks through and writes, sews and waters with: telescope, microscope, typewriter, sewing machine,
watering can, chain.

How they are built: tubes on stands and bodies cut from one form; a part turns, a sheet moves on, water falls.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    edged,
    hoop,
    hundredths,
    moved,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _telescope(stream: Stream, paint: Paint) -> Figure:
    big = Tube(hundredths("-6,-62 56,-92"), [0.12, 0.14], 10, cap_start=False, cap_end=False)
    small = Tube(hundredths("-44,-44 -4,-63"), [0.07, 0.09], 10, cap_start=False, cap_end=False)

    def figure(d: Drawing, m: Moment) -> None:
        for k, foot in enumerate((-0.34, 0.36, 0.02)):
            leg = bar((0.02, -0.56), (foot, -0.02), 0.026, 0.018)
            d.form(leg, paint.trunk if k < 2 else paint.dark_shadow, line=0.8, key=f"leg{k}")
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        part.form(small.outline(), paint.second, line=0.95, shade=0.5, key="small")
        clad(part, paint, big.outline(), "big", body=big)
        for u in (0.06, 0.92):
            v = np.linspace(-1, 1, 5)
            part.stroke(
                big.at(np.full(5, u), v), 2.2, paint.glow, taper=(0.05, 0.05), key=f"band{u}"
            )
        end = big.p[-1]
        part.form(circle(end[0], end[1], 0.06, 0.14, 20, -0.45), paint.pale, line=0.9, key="lens")
        moved(d, part, 0.06 * m.cycle(0.25), about=(0.02, -0.58))
        d.form(circle(0.02, -0.57, 0.065, count=16), paint.dark, line=0.8, shade=0.3, key="pivot")

    return figure


def _microscope(stream: Stream, paint: Paint) -> Figure:
    arm = traced("8,-12 30,-20 36,-44 28,-66 8,-78 0,-70 14,-60 20,-44 16,-28 0,-22")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            edged("-38,-10 34,-10 40,0 -42,0", 0.03), paint.dark, line=0.95, shade=0.4, key="foot"
        )
        clad(d, paint, arm, "arm")
        d.form(box(-0.36, -0.33, 0.12, -0.28), paint.second, line=0.9, shade=0.4, key="stage")
        d.form(box(-0.26, -0.355, -0.02, -0.33), paint.accent, line=0.7, key="slide")
        focus = points(0.0, 0.015 * m.cycle(0.3))
        tube = turned(edged("-7,-30 7,-30 7,18 -7,18"), -0.3, (-0.04, -0.66)) + focus
        d.form(
            bar((-0.13, -0.5), (-0.16, -0.4), 0.04, 0.025) + focus,
            steel(paint),
            line=0.8,
            key="nose",
        )
        clad(d, paint, tube, "tube")
        eye = turned(edged("-9,-36 9,-36 8,-27 -8,-27"), -0.3, (-0.04, -0.66)) + focus
        d.form(eye, paint.dark, line=0.9, key="eye")
        for k, y in enumerate((-0.5, -0.36)):
            a = TAU * (m.turn(0.2) + 0.3 * k)
            d.form(
                circle(0.26, y, 0.065, count=16), paint.second, line=0.85, shade=0.4, key=f"knob{k}"
            )
            d.dot(0.26 + 0.035 * cos(a), y + 0.035 * sin(a), 0.012, paint.ink)

    return figure


def _typewriter(stream: Stream, paint: Paint) -> Figure:
    body = traced("-56,-10 -54,-34 -40,-52 40,-52 54,-34 56,-10 60,0 -60,0")
    keys = [(x / 100, y / 100) for y in (-26, -17, -8) for x in range(-40, 41, 10)]

    def figure(d: Drawing, m: Moment) -> None:
        line = (m.turn(0.5) * 9) % 9
        slide = 0.16 - 0.32 * (line % 3) / 3
        page = hundredths("-28,-60 28,-60 30,-100 -26,-100") + points(slide, 0)
        d.form(page, paint.white, line=0.9, shade=0.3, key="page")
        for k in range(3):
            y = -0.92 + 0.09 * k
            words = points((-0.2 + slide, y), (0.2 + slide - 0.06 * k, y))
            d.stroke(words, 0.7, wobble=0.6, key=f"words{k}")
        roller = bar((-0.5 + slide, -0.58), (0.5 + slide, -0.58), 0.065)
        d.form(roller, paint.dark, line=0.95, shade=0.3, key="roller")
        for side in (-1, 1):
            knob = box(0.56 * side - 0.045, -0.63, 0.56 * side + 0.045, -0.53) + points(slide, 0)
            d.form(knob, paint.second, line=0.8, shade=0.3, key=f"knob{side}")
        clad(d, paint, body, "body")
        d.form(traced("-30,-50 -20,-36 20,-36 30,-50", False), paint.dark, line=0.8, key="well")
        struck = int(m.turn(1.0) * len(keys)) % len(keys)
        for k, (x, y) in enumerate(keys):
            down = 0.012 * (k == struck)
            d.dot(x, y + 0.015, 0.036, paint.dark)
            d.dot(x, y + down, 0.033, paint.pale)

    return figure


def _sewing_machine(stream: Stream, paint: Paint) -> Figure:
    body = traced("-44,-42 -46,-74 -30,-84 30,-82 46,-70 48,-14 26,-14 24,-52 -26,-56 -30,-42")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            edged("-62,-14 60,-14 62,0 -64,0", 0.02), paint.second, line=0.95, shade=0.5, key="base"
        )
        flow = 0.02 * m.cycle(0.5)
        cloth = traced("-66,-18 -40,-20 -10,-17 0,-14 -30,-12 -60,-11 -74,-4") + points(flow, 0)
        d.form(cloth, paint.accent, line=0.9, shade=0.5, key="cloth")
        beat = 0.05 * abs(m.cycle(2.0))
        d.form(bar((-0.37, -0.44), (-0.37, -0.3 + beat), 0.02), steel(paint), line=0.8, key="rod")
        d.stroke(points((-0.37, -0.3 + beat), (-0.37, -0.2 + beat)), 1.0, wobble=0, key="needle")
        clad(d, paint, body, "body")
        d.form(bar((0.12, -0.84), (0.12, -0.94), 0.04), paint.accent, line=0.8, key="spool")
        thread = traced("12,-92 -20,-90 -40,-78 -38,-46", False)
        d.stroke(thread, 0.6, paint.accent, wobble=0.1, key="thread")
        d.form(hoop(0.5, -0.62, 0.1, 0.15, 0.03, 26), paint.dark, line=0.9, key="wheel")
        a = TAU * m.turn(1.0)
        d.dot(0.5 + 0.1 * cos(a), -0.62 + 0.15 * sin(a), 0.026, paint.glow)
        d.form(circle(0.1, -0.69, 0.06, 0.04, 16), paint.glow, line=0.7, key="badge")

    return figure


def _watering_can(stream: Stream, paint: Paint) -> Figure:
    body = edged("-30,-62 26,-62 34,0 -38,0", 0.05)
    spout = Tube(hundredths("26,-16 52,-44 78,-76"), [0.08, 0.045, 0.04], 14)

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        handle = Tube(hundredths("-34,-12 -66,-40 -54,-76 -20,-66"), [0.035], 18)
        part.form(handle.outline(), paint.second, line=0.9, shade=0.4, key="handle")
        part.form(spout.outline(), paint.second, line=0.95, shade=0.5, key="spout")
        bail = Tube(hundredths("-22,-62 -16,-90 14,-90 20,-62"), [0.03], 16)
        part.form(bail.outline(), paint.second, line=0.9, shade=0.4, key="bail")
        clad(part, paint, body, "body")
        for y in (-0.5, -0.12):
            part.stroke(
                points((-0.33 - y * 0.04, y), (0.3 - y * 0.04, y)),
                1.4,
                paint.accent,
                key=f"hoop{y}",
            )
        rose = hundredths("68,-72 82,-64 92,-84 78,-92")
        part.form(rose, paint.accent, line=0.9, shade=0.4, key="rose")
        tilt = 0.05 + 0.05 * m.cycle(0.4)
        moved(d, part, tilt, (-0.2, 0.0), (0.3, 0.0))
        for k in range(5):
            q = (m.turn(1.0) + 0.21 * k) % 1
            x, y = 0.7 + 0.12 * q + 0.025 * k, -0.72 + 0.06 * k + 0.55 * q * q
            d.form(circle(x, y, 0.016, 0.028, 8), paint.accent, line=0.5, shade=0, key=f"drop{k}")

    return figure


def _chain(stream: Stream, paint: Paint) -> Figure:
    broken = stream.chance(0.3)

    def figure(d: Drawing, m: Moment) -> None:
        for k in range(5):
            swing = 0.05 * k * m.cycle(0.5, 0.06 * k) * 0.4
            y = -0.88 + 0.19 * k + (0.06 if broken and k > 2 else 0.0)
            if k % 2:
                clad(d, paint, bar((swing, y - 0.09), (swing, y + 0.09), 0.04), f"link{k}")
            else:
                link = turned(hoop(0, 0, 0.1, 0.13, 0.038, 26), 0.0, (swing, y))
                clad(d, paint, link, f"link{k}")

    return figure


thing(
    "telescope",
    _telescope,
    (-0.71, 0.82),
    0.54,
    1.4,
    width=1.1,
    top=(0, -0.7),
    grip=(-0.3, -0.5),
    rock=0,
)
thing(
    "microscope",
    _microscope,
    (-0.65, 0.82),
    0.5,
    0.4,
    width=0.9,
    top=(0, -0.7),
    grip=(0.3, -0.4),
    rock=0,
)
thing("typewriter", _typewriter, (-0.59, 0.82), 0.42, 0.3, width=1.3, top=(0, -0.6), rock=0.0)
thing(
    "sewing-machine", _sewing_machine, (-0.53, 0.82), 0.44, 0.35,
    width=1.3, top=(0, -0.8), grip=(0, -0.7), rock=0.0,
)  # fmt: skip
thing(
    "watering-can", _watering_can, (-0.47, 0.82), 0.42, 0.35,
    width=1.75, top=(-0.2, -0.6), grip=(-0.8, -0.4), rock=0.0, home="garden",
)  # fmt: skip
thing(
    "chain",
    _chain,
    (-0.41, 0.82),
    0.5,
    0.5,
    width=0.4,
    grip=(0.1, -0.88),
    hue="grey",
    rock=0.02,
    shadow=0.1,
)
