"""Small round things of water: a drop, a bubble, a snowflake. Knows no rain.

How it is built: a drop is a tear that trembles; a bubble is a rim, colours that slide and a window's light; a flake is
one arm, drawn by lot and turned six times.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.waters import light_water, water
from uncaged.engines.ink.kinds.wheels import ring, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def drop(stream: Stream, paint: Paint, form: str) -> Figure:
    """A drop; it has no forms. In it the world stands on its head: a small window of light."""
    lean = stream.uniform(-0.02, 0.02)

    def figure(d: Drawing, m: Moment) -> None:
        w = 1 + 0.05 * m.cycle(1.0)
        tear = smooth(
            [
                (lean, -0.46), (0.07 * w, -0.26), (0.22 * w, -0.02), (0.28 * w, 0.18),
                (0.18 * w, 0.38), (0.0, 0.45 / w), (-0.18 * w, 0.38), (-0.28 * w, 0.18),
                (-0.22 * w, -0.02), (-0.07 * w, -0.26),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(tear, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="drop")
        inner = smooth(
            [
                (0.16 * w, 0.0), (0.21 * w, 0.18), (0.12 * w, 0.34), (-0.06, 0.38), (0.06, 0.28),
                (0.12, 0.14),
            ],
            True,
            3,
        )  # fmt: skip
        d.form(inner, mix(paint.colour, paint.palette.light, 0.45), line=0, shade=0.2, key="light")
        glint = smooth([(-0.17 * w, 0.2), (-0.17 * w, 0.06), (-0.1, -0.08)])
        d.stroke(glint, 3.0, paint.white, taper=(0.3, 0.3), wobble=0.2, key="glint")
        d.dot(-0.15 * w, 0.28, 0.022, paint.white)

    return figure


def bubble(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bubble; it has no forms."""
    start = stream.uniform(0, TAU)
    tones = (paint.accent, paint.second, paint.colour)

    def figure(d: Drawing, m: Moment) -> None:
        w, h = 1 + 0.035 * m.cycle(0.5), 1 - 0.035 * m.cycle(0.5)
        skin = circle(0, 0, 0.42 * w, 0.42 * h, 40)
        d.flat(skin, paint.colour, 46)
        if paint.fill != "plain":
            d.form(
                skin,
                paint.colour,
                fill=paint.fill,
                colour2=paint.pattern,
                line=0,
                shade=0,
                alpha=90,
            )
        d.clip(skin)
        for k, tone in enumerate(tones):
            a = np.linspace(0.0, 1.9, 14) + start + 2.1 * k + 0.25 * m.cycle(0.25, 0.2 * k)
            r = 0.39 - 0.03 * k
            outer = np.stack([cos(a) * r * w, sin(a) * r * h], 1)
            swell = 0.05 + 0.03 * sin(np.linspace(0, PI, 14))
            inner = outer * (1 - swell[:, None] / r * sin(np.linspace(0, PI, 14))[:, None])
            d.flat(np.concatenate([outer, inner[::-1]]), tone, 130)
        d.unclip()
        rim = ring(0, 0, 0.42, 40) * points(w, h)
        d.stroke(rim, 1.6, taper=(0.02, 0.02), wobble=0.4, key="rim")
        pane = points((-0.24, -0.22), (-0.15, -0.28), (-0.1, -0.18), (-0.19, -0.12)) * points(w, h)
        d.form(smooth(pane, True, 2), paint.white, line=0, shade=0, key="window")
        spark = smooth([(0.14, 0.3), (0.23, 0.24), (0.28, 0.16)])
        d.stroke(spark * points(w, h), 2.0, paint.white, taper=(0.3, 0.3), wobble=0.1, key="spark")

    return figure


def snowflake(stream: Stream, paint: Paint, form: str) -> Figure:
    """A snowflake: no two are alike; it has no forms. It turns as it falls."""
    twigs = [(u, stream.uniform(0.06, 0.17) * (1.15 - 0.6 * u)) for u in (0.3, 0.5, 0.7, 0.86)]
    heart = stream.uniform(0.07, 0.13)
    tip = stream.pick(("dot", "diamond", "none"))
    arm = _arm(twigs)

    def figure(d: Drawing, m: Moment) -> None:
        turn = TAU / 6 * m.turn(0.25) if m.act != "spin" else TAU * m.turn(0.25)
        angles = [turn + TAU * k / 6 for k in range(6)]
        d.flat(circle(0, 0, 0.47, count=30), paint.pale, 34)
        bars = [turned(bar, a) for a in angles for bar in arm]
        d.multi(bars, paint.colour, line=1.0, key="arms")
        a = np.arange(6) * (TAU / 6) + turn + PI / 6
        hexagon = np.stack([cos(a), sin(a)], 1) * heart
        d.form(hexagon, paint.second, line=0.8, shade=0.4, key="heart")
        d.form(hexagon * 0.5, paint.white, line=0.6, shade=0, key="middle")
        if tip == "dot":
            d.multi(
                [turned(circle(0, -0.45, 0.028, count=10), b) for b in angles],
                paint.accent,
                line=0.6,
                key="tips",
            )
        elif tip == "diamond":
            gem = points((0, -0.48), (0.03, -0.43), (0, -0.38), (-0.03, -0.43))
            d.multi([turned(gem, b) for b in angles], paint.accent, line=0.6, key="tips")

    return figure


def _arm(twigs: list[tuple[float, float]]) -> list[Array]:
    """One arm that points up: a bar and pairs of slanting ones."""
    out = [points((-0.014, 0.0), (-0.011, -0.43), (0.011, -0.43), (0.014, 0.0))]
    for u, long in twigs:
        y = -0.43 * u
        for side in (-1, 1):
            end = points(side * 0.866 * long, y - 0.5 * long)
            out.append(
                points(
                    (0.0, y + 0.013), (float(end[0]), float(end[1]) + 0.008),
                    (float(end[0]), float(end[1]) - 0.008), (0.0, y - 0.013),
                )
            )  # fmt: skip
    return out


def _blue(palette: Palette) -> Colour:
    return water(palette)


def _film(palette: Palette) -> Colour:
    return light_water(palette)


def _frost(palette: Palette) -> Colour:
    return mix(palette.light, under(HUES["blue"], palette), 0.12)


register(
    Kind(
        "drop",
        drop,
        at=(0.62, 1.56),
        height=0.4,
        domain="air",
        width=0.6,
        top=(0.0, -0.4),
        motion="fall",
        faces=False,
        colour=_blue,
        quiet=("striped", "dotted"),
        metres=0.12,
        grip=(0.0, 0.4),
    )
)
register(
    Kind(
        "bubble",
        bubble,
        at=(0.68, 1.56),
        height=0.36,
        domain="air",
        width=0.9,
        top=(0.0, -0.42),
        motion="rise",
        faces=False,
        colour=_film,
        quiet=("hatched",),
        metres=0.2,
        grip=(0.0, 0.4),
    )
)
register(
    Kind(
        "snowflake",
        snowflake,
        at=(0.74, 1.56),
        height=0.42,
        domain="air",
        width=1.0,
        top=(0.0, -0.4),
        motion="fall",
        faces=False,
        colour=_frost,
        quiet=("striped", "dotted", "hatched"),
        metres=0.12,
        grip=(0.0, 0.0),
    )
)
