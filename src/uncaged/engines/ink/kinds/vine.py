"""A vine: a stem that searches its way up, nine leaves on stalks, tendrils and small blossoms.

How it is built: the stem's path is drawn by lot once, as a smooth line through uneven turns. While it grows only its
last part is in the air: that tip nods and circles, looking for something to hold, and comes to rest as it goes. A
leaf opens when the stem has passed it and grows on with it, tendrils uncurl behind it, blossoms come after the leaves.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

_LEAVES = 9

_HEART = points((0, 0), (0.5, -0.12), (0.62, 0.35), (0, 1.25), (-0.62, 0.35), (-0.5, -0.12))
"""A heart leaf: across, along, in its size."""


@dataclass(frozen=True, slots=True)
class _Vine:
    """path: the stem at rest, (n, 2), even in height. turns: of each leaf, radians. search: phase of the tip's circles.

    heart: heart leaves, else pointed ones.
    """

    path: Array
    turns: Array
    search: float
    heart: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A vine; it has no forms."""
    vine = _Vine(
        _path(stream.sub("path")),
        stream.array(_LEAVES, -0.2, 0.2),
        stream.uniform(0, TAU),
        stream.chance(0.6),
    )

    def figure(drawing: Drawing, moment: Moment) -> None:
        reach = clamp(moment.grow)
        if reach <= 0.01:
            return
        u = np.linspace(0, reach, 8 + int(20 * reach))
        line = _stem(vine, u, moment)
        thick = 0.4 + 0.6 * reach
        stem = Tube(
            line, np.array([0.018, 0.015, 0.012, 0.005]) * thick, count=len(u), curved=False
        )
        drawing.form(stem.outline(), paint.leaf_dark, line=0.6, shade=0.2, key="stem")
        for i in range(_LEAVES):
            at = 0.06 + 0.1 * i
            grown = ease_out(over(reach, at, at + 0.28 * (1 - at)))
            if grown < 0.04:
                continue
            foot = _stem(vine, np.array([at]), moment)[0]
            side = -1 if i % 2 else 1
            _draw_leaf(drawing, moment, paint, vine, i, foot, side, grown * (0.6 + 0.4 * reach))
            if i % 3 == 1:
                _draw_tendril(drawing, moment, paint, i, foot, side, grown)
            if i % 4 == 2:
                _draw_blossom(drawing, moment, paint, i, foot + points(-0.07 * side, 0.01), grown)

    return figure


def _path(stream: Stream) -> Array:
    """Uneven turns to the left and the right, sometimes two to the same side."""
    side, count = stream.pick((-1, 1)), stream.integer(4, 6)
    knots = [(0.0, 0.0)]
    for k in range(count):
        up = (k + 1 + (stream.uniform(-0.25, 0.25) if k < count - 1 else 0)) / count
        knots.append((side * stream.uniform(0.05, 0.18) * (0.55 + 0.45 * up), -up))
        side = -side if stream.chance(0.85) else side
    line = smooth(points(*knots), per=10)
    order = np.maximum.accumulate(-line[:, 1]) + np.arange(len(line)) * 1e-9
    y = np.linspace(0, 1, 41)
    return np.stack([np.interp(y, order, line[:, 0]), -y], 1)


def _stem(vine: _Vine, u: Array, moment: Moment) -> Array:
    """Points of the stem at u 0 … 1 of its full length, in the wind, its free tip searching."""
    k = np.linspace(0, 1, len(vine.path))
    at = np.stack([np.interp(u, k, vine.path[:, 0]), np.interp(u, k, vine.path[:, 1])], 1)
    at[:, 0] += moment.sway * 0.035 * sin(TAU * (moment.turn(0.5) - 0.35 * u)) * u
    reach = clamp(moment.grow)
    free = np.maximum(0.0, 1 - (reach - u) / 0.3) * min(1.0, reach * 3)
    free = free * free
    circle_ = vine.search + TAU * (4.5 * reach + moment.turn(0.5))
    wide = 0.015 + 0.15 * (1 - reach)
    at[:, 0] += free * wide * cos(circle_)
    at[:, 1] += free * free * (0.01 + 0.07 * (1 - reach)) * (0.6 + 0.5 * sin(circle_))
    return at


def _draw_leaf(
    drawing: Drawing,
    moment: Moment,
    paint: Paint,
    vine: _Vine,
    i: int,
    foot: Array,
    side: int,
    grown: float,
) -> None:
    """A leaf on its stalk, with a midrib and four veins; the higher, the smaller."""
    angle = side * 1.05 + vine.turns[i] + moment.sway * 0.16 * moment.cycle(0.5, 0.1 * i)
    size = 0.165 * grown * (1 - 0.35 * (0.06 + 0.1 * i))
    stalk = foot + points(sin(angle), -cos(angle)) * size * 0.45
    drawing.stroke(np.stack([foot, stalk]), 0.9, _thread(paint), wobble=0.3, key=f"stalk{i}")
    turned = angle + side * 0.4
    along = points(sin(turned), -cos(turned)) * size
    across = points(cos(turned), sin(turned)) * size
    if vine.heart:
        form = smooth(stalk + _HEART[:, :1] * across + _HEART[:, 1:] * along, True, 4)
    else:
        form = leaf(stalk, stalk + along * 1.5, size * 0.36, 0.05).outline()
    drawing.form(
        form,
        paint.colour if i % 3 else paint.leaf_light,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
        key=f"leaf{i}",
    )
    rib = np.stack([stalk + along * 0.1, stalk + along * (1.05 if vine.heart else 1.35)])
    drawing.stroke(rib, 0.6, paint.ink, wobble=0.4, key=f"rib{i}")
    reach = 0.32 if vine.heart else 0.2
    for k, from_ in enumerate((0.35, 0.6)):
        for aside in (-1, 1):
            vein = np.stack(
                [stalk + along * from_, stalk + along * (from_ + 0.25) + across * (aside * reach)]
            )
            drawing.stroke(vein, 0.4, paint.ink, wobble=0.2, key=f"vein{i}.{k}{aside}")


def _thread(paint: Paint) -> Colour:
    """Stalks and tendrils: with the pen they are ink, or they would be lost on paper."""
    return paint.ink if paint.palette.pen else paint.leaf_dark


def _draw_tendril(
    drawing: Drawing, moment: Moment, paint: Paint, i: int, foot: Array, side: int, grown: float
) -> None:
    """A spiral thread that stretches out, then coils; its end keeps feeling about."""
    u = np.linspace(0, 1, 14) * grown
    turn = u * (9 + 1.2 * moment.sway * moment.cycle(0.5, 0.15 * i)) * side
    coil = 0.028 * (1 - u * 0.4)
    x = foot[0] - side * (0.09 * u + coil * cos(turn) - 0.028)
    y = foot[1] - 0.06 * u + 0.028 * sin(turn)
    drawing.stroke(np.stack([x, y], 1), 0.6, _thread(paint), wobble=0.2, key=f"tendril{i}")


def _draw_blossom(
    drawing: Drawing, moment: Moment, paint: Paint, i: int, at: Array, grown: float
) -> None:
    """Five round petals."""
    turn = 0.2 * moment.sway * moment.cycle(0.5, 0.1)
    for k in range(5):
        a = TAU * k / 5 + turn
        x, y = at[0] + cos(a) * 0.03 * grown, at[1] + sin(a) * 0.03 * grown
        petal = circle(x, y, 0.025 * grown, count=10)
        drawing.form(petal, paint.accent, line=0.5, shade=0.3, key=f"petal{i}.{k}")
    drawing.dot(at[0], at[1], 0.014 * grown, paint.pale)


register(
    Kind(
        name="vine",
        build=build,
        at=(0.58, 0.70),
        height=0.85,
        home="garden",
        shadow=0.14,
        motion="unfold",
        plant=True,
        faces=False,
        metres=2.5,
        grip=(0.0, -0.3),
    )
)
