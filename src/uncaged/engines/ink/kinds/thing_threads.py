"""Things of rope, wire and thread: a coil of rope, a cage with somebody in it, a net, a spider's web.

How they are built: many thin strokes between few ends; the ends stir, and the strokes follow them.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.thing import bar, clad, edged, hoop, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _rope(stream: Stream, paint: Paint) -> Figure:
    coil = [(0.44, 0.15, -0.13), (0.42, 0.14, -0.3), (0.4, 0.13, -0.46), (0.37, 0.12, -0.61)]

    def figure(d: Drawing, m: Moment) -> None:
        for k, (rx, ry, y) in enumerate(coil):
            clad(d, paint, hoop(0, y, rx, ry, 0.085, 30), f"coil{k}")
            for j in range(9):
                a = PI * (0.1 + 0.1 * j)
                x, low = rx * cos(a), y + ry * sin(a)
                d.stroke(
                    points((x - 0.03, low - 0.06), (x + 0.03, low + 0.06)),
                    0.6,
                    paint.pattern,
                    key=f"twist{k}{j}",
                )
        sway = 0.05 * m.cycle(0.4)
        tail = Tube(
            [(0.34, -0.58), (0.5, -0.8), (0.36 + sway, -0.98), (0.2 + sway, -0.86)],
            [0.06, 0.06, 0.055],
            18,
        )
        clad(d, paint, tail.outline(), "tail", body=tail)

    return figure


def _cage(stream: Stream, paint: Paint) -> Figure:
    x = np.linspace(-0.34, 0.34, 7)
    singer = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        swing = 0.12 * m.cycle(0.5)
        d.form(hoop(0, -0.97, 0.05, 0.05, 0.018, 18), paint.dark, line=0.6, key="ring")
        for k in range(2):
            d.stroke(
                points((0.14 * (2 * k - 1), -0.8), (0.12 * (2 * k - 1) + swing * 0.5, -0.42)),
                0.6,
                key=f"cord{k}",
            )
        perch = bar((-0.14 + swing * 0.5, -0.42), (0.14 + swing * 0.5, -0.42), 0.015)
        d.form(perch, paint.trunk, line=0.7, shade=0.2, key="perch")
        if singer:
            _singer(d, paint, m, swing * 0.5)
        for k, bx in enumerate(x.tolist()):
            wire = smooth([(bx, -0.1), (bx, -0.55), (bx * 0.8, -0.78), (0, -0.93)])
            d.stroke(wire, 1.1, paint.colour, wobble=0.2, taper=(0.02, 0.02), key=f"wire{k}")
        band = smooth([(-0.34, -0.55), (0, -0.52), (0.34, -0.55)])
        d.stroke(band, 1.3, paint.colour, wobble=0.2, taper=(0.02, 0.02), key="band")
        clad(d, paint, edged("-37,-12 37,-12 39,0 -39,0", 0.02), "tray")

    return figure


def _singer(d: Drawing, paint: Paint, m: Moment, x: float) -> None:
    """A small bird on the perch that opens its beak."""
    body = Tube([(x - 0.11, -0.44), (x, -0.5), (x + 0.06, -0.6)], [0.03, 0.09, 0.065], 14)
    d.form(body.outline(), paint.accent, line=0.9, shade=0.6, key="bird")
    gape = 0.02 + 0.02 * m.cycle(2.0)
    beak = points(
        (x + 0.11, -0.62), (x + 0.2, -0.61 - gape), (x + 0.13, -0.59), (x + 0.19, -0.59 + gape)
    )
    d.form(beak, paint.glow, line=0.6, shade=0, key="beak")
    d.dot(x + 0.08, -0.63, 0.022, paint.white)
    d.dot(x + 0.085, -0.63, 0.012, paint.ink)


def _net(stream: Stream, paint: Paint) -> Figure:
    handle = Tube([(-0.5, 0.0), (-0.2, -0.34), (-0.02, -0.54)], [0.026], 12)

    def figure(d: Drawing, m: Moment) -> None:
        sag = 0.05 * m.cycle(0.4)
        bag = traced("2,-52 14,-84 44,-86 46,-58 44,-30 26,-12 14,-26") + points(0, 0)
        d.form(handle.outline(), paint.trunk, line=0.9, shade=0.5, key="handle")
        tip = points(0.3 + sag, -0.1)
        for k in range(7):
            a = PI * (1.05 - k / 6 * 1.1)
            start = points(0.25 + 0.24 * cos(a), -0.7 + 0.14 * sin(a) * 0.7)
            d.stroke(
                bezier(start, (start + tip) / 2 + points(0.12 * cos(a), 0), tip),
                0.7,
                paint.colour,
                key=f"down{k}",
            )
        for k in range(4):
            u = 0.2 + 0.2 * k
            y, half = -0.62 + 0.52 * u, 0.25 * (1 - u * u * 0.9)
            x = 0.26 + sag * u
            d.stroke(
                smooth([(x - half, y - 0.03), (x, y + 0.03), (x + half, y - 0.03)]),
                0.7,
                paint.colour,
                key=f"round{k}",
            )
        d.flat(bag, paint.pale, 60)
        rim = turned(hoop(0, 0, 0.27, 0.12, 0.028, 30), -0.25, (0.24, -0.7))
        clad(d, paint, rim, "rim")

    return figure


def _web(stream: Stream, paint: Paint) -> Figure:
    spokes = stream.integer(9, 11)
    angles = [TAU * (k + stream.uniform(-0.2, 0.2)) / spokes for k in range(spokes)]
    reach = [stream.uniform(0.42, 0.52) for _ in angles]
    rings = np.linspace(0.16, 0.9, 6)

    def figure(d: Drawing, m: Moment) -> None:
        breath = 1 + 0.02 * m.cycle(0.4)
        ends = [points(r * cos(a), r * sin(a)) * breath for a, r in zip(angles, reach, strict=True)]
        for k, end in enumerate(ends):
            d.stroke(
                np.stack([points(0.0, 0.0), end]),
                0.8,
                paint.colour,
                wobble=0.2,
                taper=(0.02, 0.1),
                key=f"spoke{k}",
            )
        for j, u in enumerate(rings.tolist()):
            sags: list[Array] = []
            for k, end in enumerate(ends):
                other = ends[(k + 1) % len(ends)]
                sags.append(bezier(end * u, (end + other) * u * 0.42, other * u, 6)[:-1])
            ring = np.concatenate([*sags, sags[0][:1]])
            d.stroke(ring, 0.6, paint.colour, wobble=0.2, taper=(0.01, 0.01), key=f"ring{j}")
        y = 0.16 + 0.12 * m.cycle(0.25)
        d.stroke(points((0.05, -0.05), (0.06, y)), 0.5, paint.colour, wobble=0.1, key="thread")
        for k in range(4):
            for side in (-1, 1):
                leg = bezier(
                    (0.06, y),
                    (0.06 + side * 0.09, y - 0.07 + 0.03 * k),
                    (0.06 + side * 0.1, y + 0.05 * k - 0.02),
                    6,
                )
                d.stroke(leg, 0.7, paint.ink, wobble=0.1, key=f"leg{k}{side}")
        d.form(circle(0.06, y, 0.045, 0.055, 14), paint.dark, line=0.7, shade=0.2, key="spider")

    return figure


thing(
    "rope", _rope, (-0.71, 0.42), 0.36, 0.3,
    width=1.1, top=(0, -0.7), grip=(0.3, -0.9), hue="brown",
)  # fmt: skip
thing("cage", _cage, (-0.41, 0.42), 0.54, 0.6, width=0.8, grip=(0, -0.97))
thing(
    "net",
    _net,
    (-0.35, 0.42),
    0.46,
    1.2,
    width=1.0,
    grip=(-0.3, -0.24),
    home="meadow",
    top=(0.24, -0.8),
)
thing(
    "web", _web, (-0.29, 0.42), 0.5, 0.4,
    width=1.0, top=(0, -0.45), grip=(0, 0), domain="air", home="garden",
)  # fmt: skip
