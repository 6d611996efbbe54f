"""Crystals that grow out of a stone, each in three planes; they glow and glint. Knows no cave.

How it is built: the tallest in the middle, the others lean away from it; a glint comes and goes on two of them.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """Crystals that grow out of a stone, each in three planes; it has no forms. They glow and glint."""
    count = stream.integer(4, 6)
    order = (0, -1, 1, -2, 2, -3)[:count]
    prisms = [
        (
            0.16 * k + stream.uniform(-0.04, 0.04),
            0.26 * k + stream.uniform(-0.06, 0.06),
            (0.98 - 0.17 * abs(k)) * stream.uniform(0.86, 1.0),
            0.1 - 0.012 * abs(k),
        )
        for k in order
    ]
    prisms.sort(key=lambda prism: -prism[2])

    def figure(d: Drawing, m: Moment) -> None:
        glow = 1 + 0.05 * m.cycle(0.5)
        d.flat(circle(0, -0.45, 0.6 * glow, count=30), paint.colour, 46 if paint.night else 26)
        for k, (x, lean, high, half) in enumerate(prisms):
            _prism(d, paint, x, lean, high, half, k)
        base = smooth(
            [(-0.6, 0.02), (-0.46, -0.12), (-0.2, -0.16), (0.1, -0.13), (0.4, -0.15), (0.6, 0.02)]
        )
        d.form(base, paint.second, line=0.9, shade=1.0, key="base")
        for k in range(2):
            x, lean, high, _ = prisms[k]
            if m.cycle(0.5, 0.5 * k) > 0.55:
                at = points(x + 0.8 * high * lean, -0.82 * high)
                for dx, dy in ((0.09, 0.0), (0.0, 0.12)):
                    d.stroke(
                        np.stack([at - points(dx, dy), at + points(dx, dy)]),
                        1.6,
                        paint.white,
                        taper=(0.5, 0.5),
                        wobble=0,
                    )

    return figure


def _prism(
    d: Drawing, paint: Paint, x: float, lean: float, high: float, half: float, k: int
) -> None:
    """A six-sided crystal: light, middle and dark plane, a pointed head."""
    foot, head = points(x, 0.0), points(x + lean * high * 0.82, -high * 0.82)
    tip = points(x + lean * high * 1.02, -high)
    along = points(1.0, lean)
    left, right = along * -half, along * half
    edge = along * (0.25 * half)
    d.form(
        np.stack([foot + left, head + left, tip, head + right, foot + right]),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.4,
        key=f"crystal{k}",
    )
    d.form(
        np.stack([foot + edge, head + edge + points(0, 0.03), tip, head + right, foot + right]),
        paint.shadow,
        line=0.6,
        shade=0.6,
        key=f"dark{k}",
    )
    d.form(
        np.stack(
            [foot + left, head + left, head + left * 0.35 + points(0, 0.02), foot + left * 0.35]
        ),
        paint.pale,
        line=0.5,
        shade=0.2,
        alpha=210,
        key=f"light{k}",
    )


def _gem(palette: Palette) -> Colour:
    return mix(palette.c, palette.light, 0.25)


register(
    Kind(
        "crystal",
        build,
        at=(0.62, 1.46),
        height=0.44,
        home="cave",
        width=1.0,
        top=(0.0, -0.95),
        shadow=0.4,
        faces=False,
        colour=_gem,
        quiet=("striped", "dotted"),
        metres=0.4,
        grip=(0.0, 0.0),
        lights=True,
    )
)
