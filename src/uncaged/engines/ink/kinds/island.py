"""What lies in the water: an island with palms or with a hut, and an iceberg that is mostly below. Knows no sea.

How it is built: shallows round the foot as one flat form, the land on it, foam at the edge; the iceberg is cut into
facets above the waterline and shines through below it.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import Tube, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.waters import light_water, waves
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("palms", "hut", "rock")


def island(stream: Stream, paint: Paint, form: str) -> Figure:
    """An island; `form` is one of `FORMS`, or "" for one with palms."""
    if form not in FORMS:
        form = "palms"
    edge = smooth(
        [
            (-0.98, 0.04), (-0.7, -0.1), (-0.3, -0.24 + stream.uniform(-0.03, 0.03)), (0.1, -0.2),
            (0.5, -0.15), (0.98, 0.04),
        ]
    )  # fmt: skip
    sand = np.concatenate([edge, smooth([(0.98, 0.04), (0.4, 0.09), (-0.4, 0.09), (-0.98, 0.04)])])
    trunks = [(-0.34, -0.2, 0.26, 0.86), (-0.16, -0.22, -0.16, 0.62), (0.12, -0.18, 0.3, 0.5)][
        : stream.integer(2, 3)
    ]
    beach = mix(under(HUES["yellow"], paint.palette), paint.palette.light, 0.55)

    def figure(d: Drawing, m: Moment) -> None:
        swell = 1 + 0.015 * m.cycle(0.5)
        d.flat(circle(0, 0.05, 1.22 * swell, 0.11, 36), light_water(paint.palette), 190)
        d.form(sand, beach, shade=0.9, key="island")
        green = smooth(
            [
                (-0.66, -0.1), (-0.4, -0.24), (-0.1, -0.27), (0.3, -0.2), (0.56, -0.1),
                (0.2, -0.06), (-0.3, -0.05),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(
            green,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.9,
            key="green",
        )
        if form == "rock":
            crag = points(
                (-0.5, -0.12), (-0.36, -0.62), (-0.22, -0.7), (-0.1, -0.96), (0.06, -0.74),
                (0.2, -0.66), (0.36, -0.34), (0.44, -0.1),
            )  # fmt: skip
            d.form(crag, paint.second, shade=1.1, key="crag")
            plane = points(
                (-0.1, -0.96), (0.02, -0.6), (-0.04, -0.4), (0.08, -0.1), (0.44, -0.1),
                (0.36, -0.34), (0.2, -0.66), (0.06, -0.74),
            )  # fmt: skip
            d.form(plane, paint.shadow, line=0.7, shade=0.8, key="plane")
        if form == "hut":
            _hut(d, paint)
        for k, (x, y, lean, high) in enumerate(trunks if form != "rock" else trunks[1:2]):
            _palm(d, paint, x, y, lean, high, m, k)
        waves(d, paint, m, 1.0, 0.05, 0.07)

    return figure


def _palm(
    d: Drawing, paint: Paint, x: float, y: float, lean: float, high: float, m: Moment, k: int
) -> None:
    """A bent trunk, seven leaves that hang and sway, two nuts."""
    sway = 0.02 * m.cycle(0.5, 0.2 * k) * m.sway
    top = points(x + lean + sway, y - high)
    trunk = Tube(
        [points(x, y + 0.03), points(x + lean * 0.25, y - high * 0.5), top],
        [0.034, 0.022, 0.017],
        14,
    )
    d.form(trunk.outline(), paint.trunk, line=0.9, shade=0.7, key=f"trunk{k}")
    for u in (0.2, 0.4, 0.6, 0.8):
        d.stroke(trunk.at(points(u, u + 0.02), points(-0.9, 0.9)), 0.7, wobble=0)
    leaves = [
        leaf(
            top,
            top + points(cos(a) * 0.3, sin(a) * 0.17 + 0.07 + sway * cos(a)),
            0.045,
            -0.3 if cos(a) > 0 else 0.3,
            9,
        ).outline()
        for a in (3.3, 3.9, 4.5, 5.1, 5.8, 6.4, 2.7)
    ]
    d.multi(leaves[:4], paint.leaf, line=0.7, key=f"leaves{k}")
    d.multi(leaves[4:], paint.leaf_dark, line=0.7, key=f"dark{k}")
    for aside in (-0.025, 0.025):
        d.form(
            circle(float(top[0]) + aside, float(top[1]) + 0.03, 0.022, count=10),
            paint.accent,
            line=0.5,
            shade=0.2,
        )


def _hut(d: Drawing, paint: Paint) -> None:
    wall = points((0.16, -0.12), (0.17, -0.36), (0.54, -0.35), (0.54, -0.1))
    d.form(wall, paint.trunk, line=0.9, shade=0.7, key="hut")
    d.form(
        points((0.3, -0.11), (0.3, -0.28), (0.4, -0.28), (0.4, -0.1)),
        paint.glow if paint.night else paint.dark,
        line=0.7,
        shade=0,
    )
    roof = points((0.06, -0.32), (0.34, -0.6), (0.66, -0.31))
    d.form(roof, paint.glow, line=0.9, shade=0.8, fill="hatched", colour2=paint.trunk, key="roof")


def iceberg(stream: Stream, paint: Paint, form: str) -> Figure:
    """An iceberg; it has no forms."""
    jig = [stream.uniform(-0.04, 0.04) for _ in range(9)]
    peak = [
        (-0.8, 0.05), (-0.66, -0.3 + jig[0]), (-0.44, -0.42 + jig[1]), (-0.26, -0.84 + jig[2]),
        (-0.02, -0.96 + jig[3]), (0.2, -0.6 + jig[4]), (0.44, -0.52 + jig[5]),
        (0.62, -0.2 + jig[6]), (0.84, 0.05),
    ]  # fmt: skip
    keel = [
        (-0.92, 0.05), (-0.7, 0.3), (-0.3, 0.5), (0.1, 0.56 + jig[7]), (0.5, 0.42), (0.86, 0.2),
        (0.98, 0.05),
    ]  # fmt: skip
    ice = paint.colour
    cold = mix(under(HUES["teal"], paint.palette), ice, 0.5)

    keel_tone = mix(cold, paint.dark, 0.25)
    left = points(peak[3], (-0.3, -0.46), (-0.5, -0.2), (-0.46, 0.05), *peak[:3])
    right = points(peak[4], (0.04, -0.5), (-0.06, -0.3), (0.1, 0.05), *reversed(peak[5:]))

    def figure(d: Drawing, m: Moment) -> None:
        rock = points(0, 0.014 * m.cycle(0.5))
        under_ = points(*keel) + rock
        d.form(under_, keel_tone, line=0.5, shade=0.7, alpha=120, key="keel")
        whole = points(*peak) + rock
        d.form(whole, ice, fill=paint.fill, colour2=paint.pattern, shade=0.5, key="ice")
        d.form(right + rock, cold, line=0.7, shade=0.7, key="shade")
        d.form(left + rock, mix(ice, cold, 0.45), line=0.7, shade=0.4, key="left")
        _cracks(d, paint, cold, rock, m)
        x = np.linspace(-0.94, 0.98, 20)
        foam = np.stack([x, 0.055 + 0.012 * sin(TAU * (2.2 * x - m.turn(0.5)))], 1)
        d.stroke(foam, 1.6, paint.white, taper=(0.2, 0.2), wobble=0.4, key="foam")

    return figure


def _cracks(d: Drawing, paint: Paint, cold: Colour, rock: Array, m: Moment) -> None:
    """Cracks, a glint that comes and goes, a drop that falls."""
    lines = (
        ((-0.2, -0.7), (-0.16, -0.44)), ((0.26, -0.46), (0.3, -0.2)),
        ((-0.3, -0.24), (-0.14, -0.12)),
    )  # fmt: skip
    for k, (a, b) in enumerate(lines):
        d.stroke(points(a, b) + rock, 0.8, cold, wobble=0.5, key=f"crack{k}")
    if m.cycle(0.5, 0.2) > 0.3:
        at = points(-0.06, -0.74) + rock
        for reach in (points(0.09, 0), points(0, 0.09)):
            ray = np.stack([at - reach, at + reach])
            d.stroke(ray, 1.6, paint.white, taper=(0.5, 0.5), wobble=0)
    q = (m.turn(0.5) + 0.2) % 1
    drop = circle(0.5, -0.1 + 0.2 * q * q, 0.02, 0.028, 10)
    d.form(drop, cold, line=0.5, shade=0, alpha=int(255 * min(1.0, 6 * (1 - q)) + 0.5))


def _ice(palette: Palette) -> Colour:
    return mix(palette.light, under(HUES["blue"], palette), 0.08)


def _green(palette: Palette) -> Colour:
    return mix(under(HUES["green"], palette), palette.near, 0.35)


register(
    Kind(
        "island",
        island,
        at=(0.14, 1.46),
        height=0.44,
        domain="water",
        home="water",
        width=2.0,
        top=(0.32, -0.17),
        forms=FORMS,
        faces=False,
        colour=_green,
        metres=12.0,
        stuff="stone",
    )
)
register(
    Kind(
        "iceberg",
        iceberg,
        at=(0.20, 1.46),
        height=0.42,
        domain="water",
        home="water",
        width=1.8,
        top=(-0.05, -0.9),
        faces=False,
        colour=_ice,
        quiet=("striped", "dotted"),
        metres=30.0,
    )
)
