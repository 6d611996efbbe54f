"""What one hunted and fought with long ago: a bow, an arrow, a spear, a shield, a helmet.

How they are built: bent and straight sticks with their strings and feathers; a plate with a sign on it.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, clad, edged, hundredths, steel, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def _bow(stream: Stream, paint: Paint) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        drawn = 0.5 + 0.5 * m.cycle(0.3)
        tip = -0.02 - 0.05 * drawn
        spine = [(tip, -1.0), (0.16, -0.86), (0.26, -0.5), (0.16, -0.14), (tip, 0.0)]
        wood = Tube(spine, [0.016, 0.03, 0.042, 0.03, 0.016], 26)
        nock = points(-0.08 - 0.26 * drawn, -0.5)
        string = np.stack([points(tip, -0.99), nock, points(tip, -0.01)])
        d.stroke(string, 0.9, wobble=0.05, taper=(0.02, 0.02), key="string")
        _shaft(d, paint, nock, points(0.78, 0.0))
        clad(d, paint, wood.outline(), "wood", body=wood)
        d.form(
            bar((0.25, -0.58), (0.25, -0.42), 0.05), paint.second, line=0.8, shade=0.4, key="grip"
        )

    return figure


def _shaft(d: Drawing, paint: Paint, tail: Array, way: Array) -> None:
    """An arrow from its tail: stick, head, three feathers."""
    along, side = way, points(-way[1], way[0])
    tip = tail + along
    d.form(bar(tail, tip, 0.014), paint.trunk, line=0.8, shade=0.3, key="stick")
    head = np.stack(
        [tip + along * 0.12, tip - along * 0.03 + side * 0.06, tip - along * 0.03 - side * 0.06]
    )
    d.form(head, steel(paint), line=0.9, shade=0.4, key="head")
    for k in (-1, 1):
        vane = np.stack(
            [
                tail + along * 0.2,
                tail + along * 0.12 + side * 0.08 * k,
                tail - along * 0.04 + side * 0.08 * k,
                tail + along * 0.03,
            ]
        )
        d.form(vane, paint.accent, line=0.8, shade=0.4, key=f"vane{k}")


def _arrow(stream: Stream, paint: Paint) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        quiver = 0.02 * m.cycle(3.0) * max(0.0, m.cycle(0.5))
        tail = points(-0.5, -0.12 - quiver)
        way = points(0.9, -0.72 + quiver)
        clad(d, paint, bar(tail, tail + way, 0.024), "shaft")
        along, side = way, points(-way[1], way[0])
        tip = tail + way
        head = np.stack(
            [
                tip + along * 0.16,
                tip - along * 0.02 + side * 0.09,
                tip + along * 0.02,
                tip - along * 0.02 - side * 0.09,
            ]
        )
        d.form(head, steel(paint), line=0.95, shade=0.4, key="head")
        for k in (-1, 1):
            for j in range(2):
                root = tail + along * (0.03 + 0.1 * j)
                vane = np.stack(
                    [
                        root,
                        root + along * 0.1,
                        root + along * 0.05 + side * 0.11 * k,
                        root - along * 0.06 + side * 0.11 * k,
                    ]
                )
                d.form(
                    vane, paint.accent if j else paint.pale, line=0.8, shade=0.4, key=f"vane{k}{j}"
                )

    return figure


def _spear(stream: Stream, paint: Paint) -> Figure:
    blade = traced("0,-104 7,-92 5,-80 -5,-80 -7,-92")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(bar((0, 0), (0, -0.84), 0.016), paint.trunk, line=0.9, shade=0.4, key="shaft")
        sway = 0.03 * m.cycle(0.5)
        for k in range(3):
            ribbon = bezier(
                (0, -0.78), (0.05 + 0.02 * k, -0.72), (0.06 + 0.02 * k + sway, -0.6 - 0.03 * k)
            )
            d.stroke(ribbon, 1.4, paint.accent, key=f"ribbon{k}")
        d.form(blade, steel(paint), line=0.95, shade=0.5, key="blade")
        clad(d, paint, bar((0, -0.8), (0, -0.75), 0.03), "collar")

    return figure


def _shield(stream: Stream, paint: Paint) -> Figure:
    outline = traced("0,-100 24,-94 44,-92 44,-54 32,-22 0,0 -32,-22 -44,-54 -44,-92 -24,-94")
    sign = stream.pick(("cross", "bend", "star"))

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, outline, "plate")
        d.clip(outline)
        if sign == "cross":
            d.form(
                hundredths("-9,-104 9,-104 9,4 -9,4"), paint.accent, line=0.8, shade=0.4, key="pale"
            )
            d.form(
                hundredths("-50,-70 50,-70 50,-52 -50,-52"),
                paint.accent,
                line=0.8,
                shade=0.4,
                key="fess",
            )
        elif sign == "bend":
            d.form(
                hundredths("-50,-100 -24,-100 50,-30 50,-4"),
                paint.accent,
                line=0.8,
                shade=0.4,
                key="bend",
            )
        else:
            star = hundredths(
                "0,-78 6,-62 24,-62 10,-50 15,-34 0,-44 -15,-34 -10,-50 -24,-62 -6,-62"
            )
            d.form(star, paint.accent, line=0.8, shade=0.4, key="star")
        slide = 0.3 * m.cycle(0.3)
        gleam = hundredths("-4,-104 8,-104 -8,4 -20,4") + points(slide, 0)
        d.flat(gleam, paint.white, 90)
        d.unclip()
        d.stroke(
            np.concatenate([outline, outline[:1]]) * (0.88, 0.9) + points(0, -0.045),
            0.8,
            paint.pattern,
            key="edge",
        )
        for x, y in ((-0.36, -0.86), (0.36, -0.86), (0.0, -0.1)):
            d.form(circle(x, y, 0.025, count=10), steel(paint), line=0.6, shade=0, key=f"rivet{x}")

    return figure


def _helmet(stream: Stream, paint: Paint) -> Figure:
    bowl = traced("-36,-4 -42,-40 -30,-72 0,-82 30,-74 44,-44 42,-30 10,-30 8,-14 16,-2 0,2")

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.04 * m.cycle(0.5)
        plume = traced("-8,-78 -18,-96 -44,-104 -66,-88 -74,-56 -60,-66 -48,-76 -24,-84") + points(
            0, 0
        )
        bent = plume + np.stack([np.minimum(plume[:, 0], 0) * sway, plume[:, 0] * 0], 1)
        d.form(bent, paint.accent, line=0.95, shade=0.6, key="plume")
        clad(d, paint, bowl, "bowl")
        visor = edged("-2,-46 46,-42 48,-28 40,-10 6,-14", 0.03)
        d.form(visor, paint.second, line=0.95, shade=0.5, key="visor")
        d.stroke(hundredths("8,-36 42,-33"), 2.0, paint.dark, wobble=0.1, key="slit")
        for k in range(3):
            d.dot(0.16 + 0.08 * k, -0.2 + 0.01 * k, 0.014, paint.dark)
        d.form(circle(-0.02, -0.4, 0.05, count=14), steel(paint), line=0.8, shade=0.3, key="pin")

    return figure


thing(
    "bow",
    _bow,
    (-0.35, 0.82),
    0.56,
    1.3,
    width=1.4,
    top=(0.1, -0.9),
    grip=(0.25, -0.5),
    hue="brown",
    shadow=0.15,
)
thing(
    "arrow",
    _arrow,
    (-0.29, 0.82),
    0.48,
    0.8,
    width=1.1,
    top=(0.0, -0.55),
    grip=(-0.1, -0.45),
    shadow=0.2,
)
thing(
    "spear",
    _spear,
    (-0.23, 0.82),
    0.74,
    2.0,
    width=0.2,
    top=(0, -1.0),
    grip=(0, -0.45),
    shadow=0.06,
)
thing("shield", _shield, (-0.17, 0.82), 0.5, 0.9, width=0.9, top=(0, -0.97), grip=(0, -0.5))
thing(
    "helmet",
    _helmet,
    (-0.11, 0.82),
    0.42,
    0.35,
    width=1.2,
    top=(0, -0.8),
    grip=(0, -0.3),
    hue="grey",
    traits=("worn",),
)
