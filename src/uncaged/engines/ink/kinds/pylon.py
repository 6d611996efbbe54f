"""A power pole: of wood with sagging wires and two birds on them, or a lattice mast with three arms. Knows no power.

How it is built: wires sag by a parabola from arm to arm and out of the picture; birds stand on that same curve.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import sparrow
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("pole", "mast")
REACH = 2.2
"""How far the wires are drawn to both sides, in heights."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A power pole; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(FORMS)
    birds = [
        (stream.uniform(0.22, 0.5), 1), (stream.uniform(-0.6, -0.3), -1),
        (stream.uniform(0.55, 0.8), 1),
    ]  # fmt: skip
    birds = birds[: stream.integer(1, 3)]

    def figure(d: Drawing, m: Moment) -> None:
        ends = (
            ((-0.17, -0.84), (0.17, -0.84))
            if form == "pole"
            else (
                (-0.24, -0.56), (0.24, -0.56), (-0.19, -0.72), (0.19, -0.72), (-0.14, -0.87),
                (0.14, -0.87),
            )
        )  # fmt: skip
        sway = 0.012 * m.cycle(0.5) * m.sway
        for k, (x, y) in enumerate(ends):
            d.stroke(_wire(x, y, sway), 0.6, taper=(0.06, 0.06), wobble=0.1, key=f"wire{k}")
        (_pole if form == "pole" else _mast)(d, paint)
        for x, y in ends:
            d.form(circle(x, y + 0.004, 0.016, 0.026, 10), paint.accent, line=0.6, shade=0.1)
        if form == "pole":
            for k, (x, _) in enumerate(birds):
                sparrow(d, paint, x, _height(x, 0.17, sway), k, m)

    return figure


def _height(x: float, at: float, sway: float) -> float:
    """y of the wire that is held at ±`at`: it sags to the middle between two poles and comes up again."""
    out = abs(x) - at
    return -0.84 + (0.16 + sway) * out * (1.9 - out) if out > 0 else -0.84


def _wire(x: float, y: float, sway: float) -> Array:
    u = np.linspace(-REACH, REACH, 25)
    out = np.maximum(0.0, abs(u - x) - 0.0)
    return np.stack([u, y + (0.16 + sway) * out * (1.9 - out)], 1)


def _pole(d: Drawing, paint: Paint) -> None:
    trunk = points((-0.03, 0.01), (-0.022, -1.0), (0.022, -1.0), (0.03, 0.01))
    d.form(trunk, paint.trunk, line=0.9, shade=0.9, key="pole")
    for y, half in ((-0.82, 0.22), (-0.68, 0.15)):
        beam = points((-half, y - 0.018), (half, y - 0.022), (half, y + 0.016), (-half, y + 0.02))
        d.form(beam, paint.trunk, line=0.9, shade=0.6, key=f"beam{half}")
        for side in (-1, 1):
            d.stroke(points((0.02 * side, y + 0.1), (half * 0.7 * side, y + 0.02)), 1.2, wobble=0.1)
    can = points((0.025, -0.6), (0.025, -0.46), (0.1, -0.46), (0.1, -0.6))
    d.form(smooth(can, True, 2), paint.second, line=0.8, shade=0.7, key="can")
    for k in range(5):
        y = -0.1 - 0.1 * k
        d.stroke(points((-0.05, y), (0.05, y - 0.005)), 1.0, wobble=0.1)


def _mast(d: Drawing, paint: Paint) -> None:
    for side in (-1, 1):
        leg = points((0.19 * side, 0.01), (0.07 * side, -0.5), (0.0, -1.0))
        d.stroke(leg, 2.2, paint.colour, taper=(0.01, 0.02), wobble=0.1)
        d.stroke(leg, 0.8, taper=(0.01, 0.02), wobble=0.1)
    levels = (0.0, -0.2, -0.36, -0.5, -0.62, -0.74, -0.86)
    half = [0.19 + (0.07 - 0.19) * (-y / 0.5) if y > -0.5 else 0.07 * (1 + y) / 0.5 for y in levels]
    for k in range(len(levels) - 1):
        for side in (-1, 1):
            brace = points((half[k] * side, levels[k]), (-half[k + 1] * side, levels[k + 1]))
            d.stroke(brace, 1.0, paint.colour, taper=(0.01, 0.01), wobble=0.1)
    for y, reach in ((-0.58, 0.26), (-0.74, 0.21), (-0.89, 0.16)):
        for side in (-1, 1):
            d.stroke(
                points((0.03 * side, y - 0.05), (reach * side, y), (0.045 * side, y)),
                1.6,
                paint.colour,
                taper=(0.01, 0.01),
                wobble=0.1,
            )


register(
    Kind(
        "pylon",
        build,
        at=(0.62, 1.28),
        height=0.72,
        home="hills",
        width=0.6,
        top=(0.0, -0.98),
        shadow=0.14,
        forms=FORMS,
        faces=False,
        metres=12.0,
    )
)
