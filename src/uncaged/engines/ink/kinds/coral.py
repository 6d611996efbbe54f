"""What grows under the sea: coral that branches or spreads as a fan, and seaweed, ribbons that lean with the water."""

from typing import Any

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import blade
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

ALONG = np.linspace(0, 1, 9)


def _coral(stream: Stream, paint: Paint, form: str) -> Figure:
    """Coral of the form, or of one its seed chooses."""
    form = form if form in ("branch", "fan") else stream.sub("form").pick(("branch", "fan"))
    flat = form == "fan"
    stems = (0.0,) if flat else (-0.75, 0.05, 0.7)
    twigs = _branching(stream.sub(form), 5 if flat else 4, 0.34, stems)

    def figure(drawing: Drawing, moment: Moment) -> None:
        outlines: list[Array] = []
        tips: list[Array] = []
        for level, points_ in twigs:
            grown = ease_out(over(moment.grow, 0.16 * level, 0.16 * level + 0.36))
            if grown < 0.05:
                continue
            sway = 0.012 * moment.sway * moment.cycle(0.5, 0.1 * level)
            a, b = points_
            end = a + (b - a) * grown
            lean_a, lean_b = -a[1] * sway, -end[1] * sway
            radius = (0.05 if flat else 0.07) * (1.0, 0.74, 0.55, 0.41, 0.3)[level]
            foot, tip = a + points(lean_a, 0.0), end + points(lean_b, 0.0)
            outlines.append(_bough(foot, tip, radius))
            tips.append(tip)
        if outlines:
            drawing.union(outlines, paint.colour, line=1.0, shade=0.8, key="coral")
        for x, y in (tip.tolist() for tip in tips[-14:]):
            drawing.dot(x, y, 0.02, paint.pale)
        for k, tip in enumerate(tips[1:-6:2]):
            x, y = tip.tolist()
            drawing.dot(x + 0.01 * (k % 3), y + 0.03, 0.014, paint.pattern)

    return figure


_CAPSULE = points(
    (0.0, 1.0),
    (1.0, 0.8),
    (1.0, 0.55),
    (1.0, 0.0),
    (1.0, -0.55),
    (1.0, -0.8),
    (0.0, -1.0),
    (0.0, 0.0),
)
"""A branch along x from 0 to 1 and across; how far each point stands out beyond its end, in radii, is `_OUT`."""
_OUT = points(0.0, 0.0, 0.6, 0.85, 0.6, 0.0, 0.0, -0.9)


def _bough(foot: Array, tip: Array, radius: float) -> Array:
    """A short branch with a round end, as eight points."""
    way = tip - foot
    unit = way / (float(np.sqrt(way[0] * way[0] + way[1] * way[1])) + 1e-9)
    side = points(unit[1], -unit[0]) * radius
    along, across = _CAPSULE[:, :1], _CAPSULE[:, 1:]
    return foot + along * way + across * side + _OUT[:, None] * unit * radius


def _branching(
    stream: Stream, levels: int, length: float, stems: tuple[float, ...]
) -> list[tuple[int, tuple[Array, Array]]]:
    """Branches that fork, from the ground up: their level, their two ends. stems: how each one leans at its foot."""
    made: list[tuple[int, tuple[Array, Array]]] = []
    row = [(points(0.12 * stem, 0.02), stem) for stem in stems]
    for level in range(levels):
        after: list[tuple[Array, float]] = []
        for start, angle in row:
            forks = (0.0,) if level == 0 else (-1.0, 1.0)
            for side in forks:
                turn = angle * 0.85 + side * stream.uniform(0.28, 0.5)
                reach = length * stream.uniform(0.75, 1.1) * (0.8, 0.62, 0.38, 0.24, 0.15)[level]
                end = start + points(sin(turn), -cos(turn)) * (reach + 0.06)
                made.append((level, (start, end)))
                after.append((end, turn))
        row = after
    return made


def _seaweed(stream: Stream, paint: Paint, form: str) -> Figure:
    """Ribbons of kelp; how many and how tall, by lot."""
    count = stream.integer(4, 6)
    tall = stream.array(count, 0.6, 1.0)
    lean = stream.array(count, -0.2, 0.2)
    phase = stream.uniform()
    tones = (paint.shadow, paint.colour, mix(paint.colour, paint.white, 0.22))

    def figure(drawing: Drawing, moment: Moment) -> None:
        for k in range(count):
            grown = ease_out(over(moment.grow, 0.06 * k, 0.6 + 0.06 * k))
            if grown < 0.04:
                continue
            ribbon = _ribbon(moment, k, count, float(tall[k]) * grown, float(lean[k]), phase)
            tone = tones[k % 3]
            leaves: list[Array] = []
            for j in range(6):
                foot = ribbon.at(0.22 + 0.13 * j, 0.0)
                side = -1 if (j + k) % 2 else 1
                flutter = 0.03 * moment.sway * moment.cycle(0.5, 0.15 * j + 0.1 * k)
                tip = foot + points(0.15 * side, -0.1 + flutter) * (grown * (1.1 - 0.1 * j))
                leaves.append(blade(foot, tip, 0.036 * grown, 0.12 * side))
            drawing.multi(leaves, tone, line=0.8, key=f"leaves{k}")
            drawing.form(ribbon.outline(), tone, line=0.9, shade=0.7, key=f"ribbon{k}")

    return figure


def _ribbon(moment: Moment, k: int, count: int, tall: float, lean: float, phase: float) -> Tube:
    """One stem, a wave running up it."""
    foot = 0.34 * (k / max(1, count - 1) - 0.5)
    wave = TAU * (moment.turn(0.5) + phase + 0.17 * k - 0.6 * ALONG)
    x = foot + lean * ALONG + (0.05 + 0.08 * moment.sway) * ALONG * sin(wave)
    return Tube(np.stack([x, -tall * ALONG + 0.02], 1), [0.028, 0.034, 0.024, 0.006], 18)


def _green(palette: Palette) -> Colour:
    return mix(under(HUES["green"], palette), palette.near, 0.4)


def _register(name: str, build: Any, at: tuple[float, float], **own: Any) -> None:
    register(
        Kind(
            name,
            build,
            at=at,
            home="undersea",
            shadow=0.24,
            motion="sway",
            plant=True,
            faces=False,
            grip=(0.0, -0.3),
            **own,
        )
    )


_register(
    "coral",
    _coral,
    (1.85, 0.75),
    height=0.5,
    width=0.9,
    top=(0.0, -0.85),
    forms=("branch", "fan"),
    hue="pink",
    metres=0.6,
)
_register("seaweed", _seaweed, (1.91, 0.75), height=0.66, width=0.8, colour=_green, metres=1.2)
