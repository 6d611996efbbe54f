"""A mushroom: a stem that widens to the ground, gills below, a cap with patches.

How it is built: stem tube, then the gill disc seen from a little below, then the cap over it. It comes up as a button
and opens: the cap is broad only at the end. Patches only where the cap carries no pattern.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette
from uncaged.engines.ink.curves import Tube, blob, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease_out, over, settle
from uncaged.engines.ink.paint import Paint

_PATCHES = (
    (-0.20, -0.15, 0.050),
    (0.05, -0.26, 0.060),
    (0.25, -0.12, 0.045),
    (-0.02, -0.10, 0.040),
    (-0.34, -0.06, 0.030),
)
"""Across, up, radius; for a cap of 0.43."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A mushroom; it has no forms."""
    broad, tall = stream.uniform(0.36, 0.5), stream.uniform(0.34, 0.46)
    bend, skirt = stream.uniform(-0.05, 0.05), stream.chance(0.5)
    patches = [
        (points(x / 0.43, y), blob(stream.sub(k), 0, 0, size, size * 0.8, 8, 0.1, 3))
        for k, (x, y, size) in enumerate(_PATCHES)
    ]

    def figure(drawing: Drawing, moment: Moment) -> None:
        if moment.grow <= 0.01:
            return
        up = settle(moment.grow, 0.1)
        wide = broad * up * (0.45 + 0.55 * ease_out(over(moment.grow, 0.3, 1)))
        blown = moment.sway * 0.02 * moment.cycle(0.5)
        radii = np.array([0.085, 0.095, 0.075, 0.07]) * (0.4 + 0.6 * up)
        spine = [(0, -0.04 * up), (bend * 0.3, -0.16 * up), (bend, -0.32 * up), (blown, -0.56 * up)]
        stem = Tube(spine, radii, count=16)
        drawing.form(stem.outline(), paint.pale, body=stem, shade=0.9, key="stem")
        rim = points(blown, -0.52 * up)
        _draw_gills(drawing, paint, rim, wide, up)
        if skirt:
            v = np.linspace(-1, 1, 7)
            hem = stem.at(0.62 - 0.05 * (1 - v * v), v * 1.5)
            ring = np.concatenate([stem.at(0.72, v[::-1]), hem])
            drawing.form(ring, paint.pale, line=0.7, shade=0.5, key="skirt")
        _draw_cap(drawing, paint, rim, wide, tall * up)
        if paint.fill == "plain":
            for k, (at, patch) in enumerate(patches):
                place = rim + at * points(wide, up * tall / 0.4)
                shape = place + patch * min(1.0, wide / broad)
                drawing.form(shape, paint.white, line=0.6, shade=0.3, key=f"patch{k}")

    return figure


def _draw_gills(drawing: Drawing, paint: Paint, rim: Array, wide: float, up: float) -> None:
    """The underside: a lens, and lines from the stem to its edge."""
    lens = points((-wide, 0), (0, 0.09 * up), (wide, 0), (0, -0.06 * up))
    drawing.form(smooth(rim + lens, True, 5), paint.pale, shade=0.6, key="gills")
    for k in range(-4, 5):
        start = rim + points(k * 0.03 * up, 0.03 * up)
        end = rim + points(k * wide * 0.21, (0.05 - abs(k) * 0.01) * up)
        drawing.stroke(np.stack([start, end]), 0.5, paint.ink, wobble=0.2, key=f"gill{k}")


def _draw_cap(drawing: Drawing, paint: Paint, rim: Array, wide: float, tall: float) -> None:
    over_ = points(
        (-wide, 0), (-wide * 0.85, -tall / 2), (0, -tall), (wide * 0.85, -tall / 2), (wide, 0)
    )
    under = points((wide, 0), (0, -0.075 * tall), (-wide, 0))
    cap = np.concatenate([smooth(over_, False, 6), smooth(under, False, 4)])
    drawing.form(
        rim + cap, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="cap"
    )


def _colour(palette: Palette) -> Colour:
    return palette.a


register(
    Kind(
        name="mushroom",
        build=build,
        at=(0.74, 0.82),
        height=0.50,
        home="forest",
        width=0.9,
        top=(0.0, -0.87),
        shadow=0.26,
        plant=True,
        faces=False,
        metres=0.15,
        grip=(0.0, -0.3),
        colour=_colour,
        traits=("perch",),
    )
)
