"""Food that somebody made: bread, cheese, eggs, soup, pie, sandwiches.

How they are built: soft closed forms, what is in them showing at a cut; what is hot steams.
"""

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import bezier, circle, leaf, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    clad,
    edged,
    hundredths,
    steam,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _loaf(stream: Stream, paint: Paint) -> Figure:
    body = traced("-68,-4 -76,-26 -60,-50 -20,-62 30,-60 66,-46 76,-22 66,-3 0,0")
    cuts = stream.integer(3, 4)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, body, "loaf")
        for k in range(cuts):
            x = -0.42 + 0.84 * k / (cuts - 1)
            slit = leaf((x - 0.1, -0.26), (x + 0.12, -0.52), 0.05, 0.25, 12)
            d.form(slit.outline(), paint.pale, line=0.8, shade=0.4, key=f"cut{k}")
        steam(d, paint, m, 0.0, -0.64, 0.34)

    return figure


def _slice(stream: Stream, paint: Paint) -> Figure:
    crust = traced(
        "-40,-4 -42,-44 -52,-60 -46,-82 -20,-92 0,-86 20,-92 46,-82 52,-60 42,-44 40,-4 0,0"
    )
    holes = stream.array(14, -0.3, 0.3).reshape(7, 2)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, crust, "crust")
        d.form(
            crust * (0.83, 0.83) + points(0, -0.07), paint.pale, line=0.7, shade=0.4, key="crumb"
        )
        for x, y in holes.tolist():
            d.dot(x, -0.46 + y, 0.022, mix(paint.pale, paint.colour, 0.5))

    return figure


def _cheese(stream: Stream, paint: Paint) -> Figure:
    holes = [(0.2, -0.2, 0.09), (-0.18, -0.24, 0.06), (0.46, -0.16, 0.055), (0.0, -0.12, 0.05)]

    def figure(d: Drawing, m: Moment) -> None:
        d.form(hundredths("-64,-36 30,-66 64,-44"), paint.pale, line=0.95, shade=0.2, key="top")
        clad(d, paint, hundredths("-64,-36 64,-44 64,0 -64,0"), "side")
        for k, (x, y, r) in enumerate(holes):
            d.form(circle(x, y, r, r * 0.9, 18), paint.shadow, line=0.8, shade=0.5, key=f"hole{k}")
        for k, (x, y) in enumerate(((0.2, -0.53), (0.38, -0.5))):
            d.form(
                circle(x, y, 0.055, 0.025, 14), paint.second, line=0.7, shade=0.3, key=f"dent{k}"
            )
        peep = max(0.0, m.cycle(0.25)) * 0.06  # somebody lives in it
        d.form(
            circle(0.2 + peep * 0.4, -0.2, 0.035 + peep * 0.2, count=14),
            paint.dark,
            line=0,
            shade=0,
            key="nose",
        )
        d.dot(0.2 + peep * 0.4 + 0.012, -0.215, 0.011, paint.white)

    return figure


def _fried_egg(stream: Stream, paint: Paint) -> Figure:
    white = traced("-64,-24 -52,-44 -20,-50 4,-44 34,-54 60,-36 62,-18 40,-4 10,-8 -16,0 -48,-4")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(white + points(0.02, 0.03), paint.cast, line=0, shade=0, key="under")
        d.form(
            white,
            paint.white,
            line=1.0,
            shade=0.4,
            fill=paint.fill,
            colour2=paint.pattern,
            key="white",
        )
        quiver = 1 + 0.02 * m.cycle(1.0)
        d.form(
            circle(0.02, -0.28, 0.2 * quiver, 0.14, 26),
            paint.colour,
            line=0.95,
            shade=0.6,
            key="yolk",
        )
        d.stroke(bezier((-0.1, -0.3), (-0.06, -0.37), (0.04, -0.38)), 1.4, paint.white, key="gleam")

    return figure


def _soup(stream: Stream, paint: Paint) -> Figure:
    bits = stream.array(10, -0.7, 0.7).reshape(5, 2)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(circle(0, -0.05, 0.74, 0.07, 30), paint.second, line=0.9, shade=0.4, key="plate")
        steam(d, paint, m, 0.0, -0.54, 0.46)
        x = np.linspace(-0.6, 0.6, 9)
        wall = np.concatenate(
            [
                np.stack([x, -0.48 + 0.11 * (1 - x * x / 0.36)], 1),
                traced("60,-48 48,-20 26,-5 -26,-5 -48,-20 -60,-48", False),
            ]
        )
        d.form(
            circle(0, -0.48, 0.6, 0.12, 30), paint.dark_shadow, line=0.9, shade=0.2, key="inside"
        )
        d.form(circle(0, -0.46, 0.54, 0.09, 28), paint.accent, line=0.7, shade=0.2, key="soup")
        for k, (bx, by) in enumerate(bits.tolist()):
            a = TAU * m.turn(0.15) + k
            at = (0.5 * bx + 0.02 * cos(a), -0.46 + 0.06 * by + 0.008 * sin(a))
            d.form(
                circle(*at, 0.04, 0.02, 10),
                (paint.leaf, paint.glow)[k % 2],
                line=0.5,
                shade=0,
                key=f"bit{k}",
            )
        clad(d, paint, wall, "bowl")
        d.form(
            bar((0.3, -0.48), (0.78, -0.86), 0.028), paint.pale, line=0.8, shade=0.4, key="spoon"
        )

    return figure


def _pie(stream: Stream, paint: Paint) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        steam(d, paint, m, 0.0, -0.54, 0.4)
        d.form(
            edged("-58,-26 58,-26 46,0 -46,0", 0.03), paint.second, line=0.95, shade=0.6, key="dish"
        )
        dome = traced("-62,-26 -50,-44 -20,-54 20,-54 50,-44 62,-26 0,-20")
        clad(d, paint, dome, "crust")
        for k in range(3):
            x = -0.22 + 0.22 * k
            slit = leaf((x, -0.48), (x * 1.3, -0.34), 0.026, 0.1, 8)
            d.form(slit.outline(), paint.dark, line=0.6, shade=0, key=f"slit{k}")
        rim = [circle(-0.58 + 0.116 * k, -0.25, 0.066, 0.05, 12) for k in range(11)]
        d.multi(rim, paint.colour, line=0.9, key="rim")

    return figure


def _sandwich(stream: Stream, paint: Paint) -> Figure:
    layers = (("pale", 0.0), ("leaf", -0.11), ("accent", -0.2), ("glow", -0.28))

    def figure(d: Drawing, m: Moment) -> None:
        press = 0.012 * m.cycle(0.5)
        for name, y in layers:
            q = np.linspace(-0.62, 0.62, 9)
            wave = 0.035 * np.array([0, 1, -1, 1, 0, 1, -1, 1, 0]) * (name in ("leaf", "glow"))
            low = np.stack([q[::-1], y - 0.02 + wave], 1)
            layer = np.concatenate([hundredths("-60,-14 60,-14") + points(0, y + press), low])
            if name == "pale":
                clad(d, paint, edged("-58,-16 58,-16 56,0 -56,0", 0.05), "foot")
            else:
                d.form(layer, getattr(paint, name), line=0.9, shade=0.4, key=name)
        lid = traced("-60,-40 -58,-58 -34,-72 34,-72 58,-58 60,-40 0,-38") + points(0, press)
        clad(d, paint, lid, "lid")
        for k in range(6):
            x, y = -0.36 + 0.15 * k, -0.58 - 0.05 * (k % 2)
            d.form(
                circle(x, y + press, 0.026, 0.016, 10, 0.4),
                paint.pale,
                line=0.5,
                shade=0,
                key=f"seed{k}",
            )

    return figure


thing(
    "bread", {"loaf": _loaf, "slice": _slice}, (-0.95, 0.74), 0.36, 0.15,
    width=1.5, top=(0, -0.6), grip=(0.0, -0.3), hue="orange",
)  # fmt: skip
thing(
    "cheese", _cheese, (-0.83, 0.74), 0.38, 0.12,
    width=1.3, top=(0, -0.5), grip=(0.4, -0.2), hue="yellow",
)  # fmt: skip
thing(
    "fried-egg", _fried_egg, (-0.35, 0.74), 0.36, 0.08,
    width=1.3, top=(0, -0.4), grip=(0.5, -0.2), hue="yellow", rock=0.0, shadow=0.0,
)  # fmt: skip
thing("soup", _soup, (-0.65, 0.74), 0.38, 0.12, width=1.5, top=(0, -0.5), grip=(-0.5, -0.3), rock=0)
thing(
    "pie", _pie, (-0.59, 0.74), 0.38, 0.12,
    width=1.3, top=(0, -0.54), grip=(0.5, -0.2), hue="orange", rock=0.0,
)  # fmt: skip
thing(
    "sandwich", _sandwich, (-0.53, 0.74), 0.36, 0.12,
    width=1.3, top=(0, -0.7), grip=(0.4, -0.3), hue="orange",
)  # fmt: skip
