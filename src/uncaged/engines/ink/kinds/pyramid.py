"""A pyramid, smooth or in steps with a house on top; sand blows along its foot. Knows no desert.

How it is built: two planes of a smooth one, the lighter first; five steps and a stair of the other.
"""

import numpy as np

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, flag, halo, sharp, sun
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("smooth", "stepped")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A pyramid; `form` is one of `FORMS`, or "" for a smooth one. Sand blows along its foot."""
    edge = stream.uniform(0.08, 0.3)
    rows = [stream.array(5, 0.0, 1.0) for _ in range(9)]
    drift = stream.array(5)

    def figure(d: Drawing, m: Moment) -> None:
        if form == "stepped":
            _stepped(d, paint, m)
        else:
            _smooth(d, paint, edge, rows)
        for k, lot in enumerate(drift.tolist()):
            q = (m.turn(0.5) + lot) % 1
            x, y = -1.0 + 2.0 * q, -0.02 - 0.03 * (k % 3)
            sand = smooth([(x, y), (x + 0.1, y - 0.02), (x + 0.22, y + 0.005)])
            d.stroke(
                sand,
                0.9,
                paint.pale,
                wobble=0.4,
                alpha=int(220 * min(1.0, 4 * q, 4 * (1 - q))),
                key=f"sand{k}",
            )

    return figure


def _smooth(d: Drawing, paint: Paint, edge: float, rows: list[Array]) -> None:
    top, left, right = points(0, -0.98), points(-0.96, 0.01), points(0.96, 0.01)
    foot = points(edge + 0.2, 0.05)
    light = np.stack([top, foot, left])
    d.form(
        light,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.8,
        light=(0.2, 1),
        key="light",
    )
    d.form(np.stack([top, right, foot]), paint.shadow, shade=1.0, light=(0.6, 0.8), key="dark")
    for k, row in enumerate(rows):
        y = (k + 1.2) / 10
        for lot in row.tolist():
            a = left * y + top * (1 - y)
            b = foot * y + top * (1 - y)
            p = a + (b - a) * (0.05 + 0.8 * lot)
            d.stroke(
                np.stack([p, p + (b - a) * (0.09 / max(0.25, y))]), 0.6, paint.pattern, wobble=0.3
            )
    d.form(
        points((-0.15, 0.02), (-0.12, -0.12), (-0.04, -0.11), (-0.03, 0.03)),
        paint.dark,
        line=0.7,
        shade=0,
        key="door",
    )


def _stepped(d: Drawing, paint: Paint, m: Moment) -> None:
    for k in range(5):
        y, half = -0.155 * k, 0.92 - 0.15 * k
        step = points(
            (-half, y + 0.01), (-half + 0.07, y - 0.155), (half - 0.07, y - 0.155), (half, y + 0.01)
        )
        d.form(
            step,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=sun(d),
            key=f"step{k}",
        )
    d.form(box(-0.17, -0.93, 0.17, -0.77), paint.second, line=0.9, shade=0.7, key="house")
    d.form(box(-0.21, -0.97, 0.21, -0.92), paint.accent, line=0.8, shade=0.4, key="roof")
    d.form(
        box(-0.05, -0.88, 0.05, -0.77),
        paint.glow if paint.night else paint.dark,
        line=0.7,
        shade=0,
        key="door",
    )
    halo(d, paint, 0, -0.82, 0.14)
    stair = sharp(points((-0.13, 0.01), (-0.085, -0.77), (0.085, -0.77), (0.13, 0.01)))
    d.form(stair, paint.pale, line=0.9, shade=0.5, key="stair")
    for k in range(17):
        y = -0.03 - 0.044 * k
        half = 0.128 + 0.057 * y
        d.stroke(points((-half, y), (half, y)), 0.6, wobble=0.1)
    for side in (-1, 1):
        flag(d, m, 0.19 * side, -1.06, 0.12, paint.accent, str(side), 1.0)


register(
    Kind(
        "pyramid",
        build,
        at=(0.38, 1.28),
        height=0.5,
        home="desert",
        width=1.95,
        top=(0.0, -0.95),
        shadow=0.9,
        forms=FORMS,
        faces=False,
        metres=60.0,
    )
)
