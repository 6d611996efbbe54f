"""A field whose rows run together far away: wheat that bows, bare furrows, flowers. Knows no farm.

How it is built: rows are lines of constant number from here to the far edge; everything that grows stands on one.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import sparrow
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("wheat", "furrows", "flowers")
NEAR, FAR = 0.5, -0.32
"""Where it comes into the picture and where it ends, in heights: y down."""


@dataclass(frozen=True, slots=True)
class Rows:
    """away: how far the rows lean to one side on their way."""

    away: float

    def at(self, u: float, row: float) -> Array:
        """u 0 (near) … 1 (far) along a row, −7 … 7."""
        near = (1 - u) * (1 - u)
        y = FAR + (NEAR - FAR) * (0.2 * (1 - u) + 0.8 * near)
        return points(self.away * u * 0.6 + row * (0.2 * near + 0.055), y)

    def edge(self) -> Array:
        """The field's outline."""
        places = ((0, -7.0), (0, 7.0), (0.5, 6.6), (1, 6.2), (1, -6.2), (0.5, -6.6))
        return np.stack([self.at(u, row) for u, row in places])


Bloom = tuple[float, float, int]
"""u, row and tone of a flower."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A field; `form` is one of `FORMS`, or "" for wheat."""
    if form not in FORMS:
        form = "wheat"
    rows = Rows(stream.uniform(-0.5, 0.5))
    blooms = [_bloom(stream.sub(k)) for k in range(70 if form == "flowers" else 0)]
    ears = [
        (stream.uniform(-1.1, 1.1), stream.uniform(0.02, 0.34), stream.uniform(-1, 1))
        for _ in range(34 if form == "wheat" else 0)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        edge = rows.edge()
        d.form(
            edge,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.8,
            shade=0.8,
            key="field",
        )
        d.clip(edge)
        for row in range(-6, 7):
            line = smooth(np.stack([rows.at(k / 8, row) for k in range(9)]))
            d.stroke(line, 2.4, paint.shadow, taper=(0.01, 0.8), wobble=0.5, key=f"row{row}")
        for k, tone in enumerate((paint.accent, paint.white, paint.second)):
            d.multi(_discs(rows, blooms, k, m), tone, line=0.4, key=f"blooms{k}")
        d.unclip()
        for k, (x, y, lot) in enumerate(ears):
            _ear(d, paint, x, y, lot, k, m)
        if form == "furrows":
            for k, (u, row) in enumerate(((0.22, -2.5), (0.3, 1.5), (0.12, 3.0))):
                x, y = rows.at(u, row).tolist()
                sparrow(d, paint, x, y, k, m)

    return figure


def _bloom(stream: Stream) -> Bloom:
    row = stream.integer(-6, 5) + stream.uniform(0.3, 0.7)
    return stream.uniform(0.0, 0.95), row, stream.integer(0, 2)


def _discs(rows: Rows, blooms: list[Bloom], tone: int, m: Moment) -> list[Array]:
    """The flowers of one colour; they nod."""
    return [
        ball(
            rows.at(u, row) + points(0.006 * m.cycle(0.5, u), 0),
            0.008 + 0.034 * (1 - u) * (1 - u),
            count=8,
        )
        for u, row, own in blooms
        if own == tone
    ]


def _ear(d: Drawing, paint: Paint, x: float, y: float, lot: float, k: int, m: Moment) -> None:
    """A stalk that bows in the wind: gusts run along the field."""
    wind = 0.05 * m.sway * (1 + sin(TAU * (m.turn(0.5) - 0.5 * x)))
    high = 0.2 + 0.4 * y
    tip = points(x + 0.05 * lot + wind, y - high)
    d.stroke(
        smooth(np.stack([points(x, y), points(x + 0.3 * wind, y - 0.6 * high), tip])),
        1.0,
        paint.second,
        wobble=0.2,
        key=f"stalk{k}",
    )
    ear = smooth(
        np.stack(
            [
                tip + points(-0.012, 0.05),
                tip + points(-0.02, 0.0),
                tip + points(0.012, -0.06),
                tip + points(0.02, 0.01),
            ]
        ),
        True,
        3,
    )
    d.form(ear, paint.glow, line=0.5, shade=0.4, key=f"ear{k}")


def _corn(palette: Palette) -> Colour:
    return (
        palette.light if palette.paper else mix(under(HUES["yellow"], palette), palette.far, 0.35)
    )


register(
    Kind(
        "field",
        build,
        at=(0.44, 1.46),
        height=0.42,
        home="hills",
        width=2.4,
        top=(0.0, 0.06),
        forms=FORMS,
        faces=False,
        colour=_corn,
        quiet=("dotted",),
        metres=30.0,
    )
)
