"""A ruin: a broken wall with an empty window, a column and a half, ivy, a bird that looks out. Knows no past.

How it is built: one jagged outline by lot, cut by a dark arch through which one sees; plants sway in its cracks.
"""

import numpy as np

from uncaged.engines.ink.curves import blob, circle, leaf_mark, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import arch, courses, grass, strokes, sun
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A ruin; it has no forms."""
    wall = _wall(stream.sub("wall"))
    stones = courses(stream.sub("stones"), -0.6, -0.5, 0.1, -0.04, 18, 0.09)
    rubble = [
        blob(stream.sub(k), x, y, s * 1.3, s, 6, 0.2, 3)
        for k, (x, y, s) in enumerate(
            ((0.26, -0.03, 0.05), (0.36, -0.025, 0.04), (-0.72, -0.03, 0.06), (0.86, -0.03, 0.045))
        )
    ]
    ivy = [
        _ivy(stream.sub(f"ivy{k}"), x, y) for k, (x, y) in enumerate(((-0.5, -0.66), (-0.12, -0.5)))
    ]
    blades = stream.array(9, -1, 1)

    def figure(d: Drawing, m: Moment) -> None:
        _column(d, paint, 0.74, 0.36, "half")
        d.form(
            wall,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
            light=sun(d),
            key="wall",
        )
        strokes(d, stones, paint.pattern, 0.7)
        opening = arch(-0.24, -0.12, 0.13, 0.42, pointed=0.7)
        d.form(opening, paint.dark, line=0.9, shade=0.3, key="opening")
        d.stroke(points((-0.24, -0.14), (-0.24, -0.4)), 1.6, paint.pale, wobble=0.3)
        _eyes(d, paint, m)
        _column(d, paint, 0.48, 0.74, "whole")
        for k, (stem, leaves) in enumerate(ivy):
            d.stroke(stem, 1.0, paint.leaf_dark, wobble=0.5, key=f"ivy{k}")
            d.multi(
                [leaf + points(0.006 * m.cycle(0.5, 0.1 * i), 0) for i, leaf in enumerate(leaves)],
                paint.leaf,
                line=0.5,
                key=f"leaves{k}",
            )
        for k, stone in enumerate(rubble):
            d.form(
                stone,
                paint.second if k % 2 else paint.colour,
                line=0.8,
                shade=1.0,
                key=f"rubble{k}",
            )
        grass(d, paint, blades.tolist(), m, 0.8, 0.5)

    return figure


def _wall(stream: Stream) -> Array:
    """A wall whose top has fallen in: high at its left, in steps down to the right."""
    heights = (0.62, 0.86, 0.94, 0.8, 0.88, 0.66, 0.7, 0.52, 0.34, 0.38, 0.2)
    x = np.linspace(-0.66, 0.22, len(heights))
    top = [
        (float(a) + stream.uniform(-0.02, 0.02), -h + stream.uniform(-0.05, 0.05))
        for a, h in zip(x.tolist(), heights, strict=True)
    ]
    jag = [p for a in top for p in (a, (a[0] + 0.045, a[1] + 0.01))]
    return points((-0.68, 0.01), *jag, (0.3, -0.1), (0.3, 0.01))


def _column(d: Drawing, paint: Paint, x: float, high: float, key: str) -> None:
    top = points(
        (x - 0.07, 0.0), (x - 0.06, -high), (x - 0.02, -high - 0.05), (x + 0.02, -high + 0.01),
        (x + 0.06, -high - 0.03), (x + 0.07, 0.0),
    )  # fmt: skip
    d.form(top, paint.second, line=0.9, shade=1.0, light=sun(d), key=f"column-{key}")
    for at in (-0.025, 0.02):
        d.stroke(points((x + at, -0.08), (x + at * 0.9, -high + 0.05)), 0.7, paint.ink, wobble=0.3)
    foot = points((x - 0.1, 0.01), (x - 0.09, -0.06), (x + 0.09, -0.06), (x + 0.1, 0.01))
    d.form(foot, paint.second, line=0.8, shade=0.6)


def _eyes(d: Drawing, paint: Paint, m: Moment) -> None:
    """Somebody lives here: two eyes in the dark, that blink."""
    if (m.turn(0.5) + 0.3) % 1 < 0.12:
        return
    look = 0.006 * m.cycle(0.5)
    for x in (-0.325, -0.285):
        d.form(circle(x, -0.3, 0.014, count=10), paint.glow, line=0, shade=0)
        d.dot(x + look, -0.3, 0.006, paint.ink)


def _ivy(stream: Stream, x: float, y: float) -> tuple[Array, list[Array]]:
    stem = [(x, y)]
    for _ in range(5):
        stem.append((stem[-1][0] + stream.uniform(-0.06, 0.06), stem[-1][1] + 0.09))
    line = smooth(stem)
    leaves = [
        leaf_mark(
            float(p[0]) + stream.uniform(-0.04, 0.04),
            float(p[1]) + stream.uniform(-0.01, 0.02),
            0.02,
            stream.uniform(0.005, 0.025),
            0.7,
        )
        for p in line[::2]
        for _ in (0, 1)
    ]
    return line, leaves


register(
    Kind(
        "ruin",
        build,
        at=(0.50, 1.28),
        height=0.5,
        home="hills",
        width=1.7,
        top=(-0.45, -0.88),
        shadow=0.75,
        faces=False,
        metres=7.0,
        traits=("building",),
    )
)
