"""What is found lying about: an egg, a bone, a feather.

How they are built: one form each, with speckles, grain or barbs in body coordinates.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    clad,
    hundredths,
    lathe,
    thing,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def _egg(stream: Stream, paint: Paint) -> Figure:
    shell = lathe(
        [(0.0, -0.96), (0.18, -0.86), (0.33, -0.52), (0.34, -0.28), (0.22, -0.06), (0.0, 0.0)]
    )
    speckles = stream.array(18, -0.22, 0.22).reshape(9, 2)
    cracked = stream.chance(0.3)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, shell, "shell", shade=0.8)
        for x, y in speckles.tolist():
            d.dot(x, -0.42 + y * 1.4, 0.014 + 0.01 * abs(x), paint.pattern)
        if cracked:
            jolt = 0.01 * m.cycle(3.0)
            crack = hundredths("-30,-50 -20,-58 -12,-48 -2,-60 8,-50 18,-58 29,-50") + points(
                jolt, 0
            )
            d.stroke(crack, 1.2, wobble=0.2, key="crack")
        d.stroke(bezier((-0.2, -0.44), (-0.2, -0.66), (-0.08, -0.8)), 1.6, paint.white, key="gleam")

    return figure


def _bone(stream: Stream, paint: Paint) -> Figure:
    ends = [(-0.62, -0.5), (-0.7, -0.28), (0.62, -0.5), (0.7, -0.28)]

    def figure(d: Drawing, m: Moment) -> None:
        parts = [circle(x, y, 0.16, count=20) for x, y in ends]
        shaft = Tube([(-0.6, -0.39), (0, -0.38), (0.6, -0.39)], [0.14, 0.1, 0.14], 14).outline()
        d.union([*parts, shaft], paint.colour, shade=0.7, key="bone")
        if paint.fill != "plain":
            clad(d, paint, shaft, "shaft", line=0)
        d.stroke(
            bezier((-0.4, -0.42), (0, -0.4), (0.3, -0.42)),
            0.6,
            paint.pattern,
            wobble=0.3,
            key="grain",
        )

    return figure


def _feather(stream: Stream, paint: Paint) -> Figure:
    bend = stream.uniform(0.16, 0.24)
    left, right = (_ragged(stream.sub(side)) for side in ("left", "right"))

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.05 * m.cycle(0.5)
        vane = leaf((-0.12, 0.3), (0.2 + sway, -0.5), 0.13, bend, 24)
        down = [(0.02 + 0.05 * k, side * (2.4 - 0.3 * k)) for k in range(4) for side in (-1, 1)]
        for k, (u, v) in enumerate(down):
            tuft = vane.at(np.array([u, u + 0.03, u + 0.07]), np.array([0.0, 0.6 * v, v]))
            d.stroke(tuft, 0.8, paint.second, key=f"down{k}")
        edges = [vane.at(row[:, 0], side * row[:, 1]) for side, row in ((1, left), (-1, right))]
        shape = np.concatenate([edges[0], edges[1][::-1]])
        clad(d, paint, shape, "vane", body=vane)
        for k in range(9):
            for side in (-1, 1):
                u = 0.1 + 0.09 * k
                barb = vane.at(np.array([u, u + 0.05, u + 0.14]), np.array([0.0, 0.5, 0.95]) * side)
                d.stroke(barb, 0.5, paint.pattern, wobble=0.2, key=f"barb{k}{side}")
        shaft = np.concatenate([points((-0.24, 0.52)), vane.at(np.array([0.0, 0.12]), 0)])
        d.stroke(shaft, 1.6, wobble=0.2, taper=(0.02, 0.4), key="shaft")
        quill = np.concatenate([points((-0.2, 0.45)), vane.at(np.linspace(0, 0.96, 9), 0)])
        d.stroke(smooth(quill, per=2), 1.7, paint.pale, wobble=0.2, taper=(0.02, 0.4), key="quill")

    return figure


def _ragged(stream: Stream) -> Array:
    """One edge of a feather in body coordinates, (n, 2): full, with a few deep splits."""
    rows = [(0.04, 0.7), (0.12, 1.0)]
    for k in range(2):
        u = 0.28 + 0.3 * k + stream.uniform(0, 0.14)
        rows += [(u - 0.05, 1.0), (u, 1.04), (u - 0.015, 0.35), (u + 0.05, 1.0)]
    return points(*rows, (0.9, 1.0), (1.0, 0.0))


thing(
    "egg", _egg, (-0.77, 0.74), 0.4, 0.06,
    width=0.7, grip=(0, -0.3), hue="white", rock=0.04,
)  # fmt: skip
thing(
    "bone", _bone, (-0.47, 0.74), 0.3, 0.08,
    width=1.7, top=(0, -0.5), grip=(0, -0.38), hue="white", rock=0.02,
)  # fmt: skip
thing(
    "feather", _feather, (-0.41, 0.74), 0.5, 0.25, width=0.7, top=(0, -0.4),
    grip=(-0.24, 0.46), domain="air", motion="sway", rock=0.08, home="sky",
)  # fmt: skip
