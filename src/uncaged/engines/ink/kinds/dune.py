"""A dune: one crest that winds down to us, its far side in shadow, sand that blows from it. Knows no desert.

How it is built: the skyline first, then the shadow from the crest to the right; ripples creep on the light side.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, sin
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A dune: one crest that winds down to us, its far side in shadow, sand that blows from it; it has no forms."""
    peak = stream.uniform(-0.2, 0.15)
    lee = [(0.24 + peak, -0.7), (0.5, -0.42), (0.86, -0.16), (1.2, 0.04), (1.5, 0.3)]
    luff = [(-1.5, 0.3), (-1.2, 0.06), (-0.86, -0.16), (-0.5, -0.5), (-0.2 + peak, -0.8)]
    ridge = smooth([*luff, (peak - 0.04, -0.93), (0.06 + peak, -0.9), *lee])
    crest = smooth(
        [
            (peak, -0.94), (peak + 0.2, -0.7), (peak - 0.02, -0.44), (peak + 0.34, -0.1),
            (peak + 0.2, 0.32),
        ]
    )  # fmt: skip
    ripples = [
        smooth([(x, y), (x + 0.16, y - 0.03), (x + 0.34, y + 0.01)])
        for x, y in (
            (-0.9, 0.06), (-0.6, -0.1), (-0.75, 0.2), (-0.36, -0.3), (-0.3, 0.04), (-0.2, -0.5),
            (-0.5, 0.14), (-0.1, -0.2),
        )
    ]  # fmt: skip
    start = int(ridge[:, 1].argmin())

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            ridge,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.8,
            light=(-0.3, 1),
            key="dune",
        )
        d.clip(ridge)
        dark = np.concatenate([crest, points((1.5, 0.4)), ridge[start:][::-1]])
        d.form(dark, paint.shadow, line=0.8, shade=0.8, light=(0.8, 0.5), key="shade")
        for k, ripple in enumerate(ripples):
            d.stroke(
                ripple + points(0.02 * m.cycle(0.25), 0),
                0.8,
                paint.shadow,
                wobble=0.5,
                key=f"ripple{k}",
            )
        d.unclip()
        for k in range(6):
            q = (m.turn(0.5) + k / 6) % 1
            x, y = peak + 0.1 + 0.7 * q, -0.93 + 0.3 * q + 0.04 * sin(9 * q + k)
            plume = smooth([(x, y), (x + 0.12, y - 0.03), (x + 0.26, y + 0.05)])
            d.stroke(
                plume,
                1.8 * (1 - q),
                paint.pale,
                wobble=0.5,
                alpha=int(220 * min(1.0, 5 * q) * (1 - q)),
                key=f"sand{k}",
            )

    return figure


def _sand(palette: Palette) -> Colour:
    return (
        palette.far if palette.negative else mix(palette.far, under(HUES["yellow"], palette), 0.25)
    )


register(
    Kind(
        "dune",
        build,
        at=(0.68, 1.46),
        height=0.34,
        domain="land",
        home="desert",
        width=2.4,
        top=(0.0, -0.93),
        faces=False,
        colour=_sand,
        quiet=("striped", "dotted"),
        metres=50.0,
        stuff="sand",
    )
)
