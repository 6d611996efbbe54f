"""What things are carried and kept in: buckets, baskets, barrels, boxes, bags, a suitcase.

How they are built: one closed body with its hoops, boards or weave, and a handle or a lid that moves a little.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    crooked,
    edged,
    hundredths,
    lathe,
    slab,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


def _across(tube: Tube, u: float, sag: float) -> Array:
    """A line round a round body at u, as it is seen from a little above."""
    v = np.linspace(-0.99, 0.99, 9)
    return tube.at(np.full(9, u), v) + np.stack([v * 0, sag * (1 - v * v)], 1)


def _bucket(stream: Stream, paint: Paint) -> Figure:
    tube = Tube([(0, -0.66), (0, 0)], [0.38, 0.27], 12)
    lag = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        swing = 0.05 * m.cycle(0.5, lag)
        d.form(_bail(0.37, -0.62, swing, 0.013), paint.dark, line=0.6, shade=0, key="bail")
        d.form(
            bar((swing - 0.09, -1.0), (swing + 0.09, -1.0), 0.03), paint.trunk, line=0.8, key="grip"
        )
        d.form(
            circle(0, -0.66, 0.39, 0.09, 26), paint.dark_shadow, line=0.9, shade=0.2, key="mouth"
        )
        level = -0.63 + 0.006 * m.cycle(0.7)
        d.form(circle(0, level, 0.34, 0.065, 24), paint.accent, line=0.6, shade=0.3, key="water")
        clad(
            d,
            paint,
            np.concatenate([_across(tube, 0.0, 0.085), points((0.27, 0), (-0.27, 0))]),
            "wall",
            body=tube,
        )
        for u in (0.3, 0.84):
            d.stroke(
                _across(tube, u, 0.06),
                1.6,
                paint.dark,
                wobble=0.2,
                taper=(0.04, 0.04),
                key=f"hoop{u}",
            )

    return figure


def _bail(x: float, y: float, lean: float, thick: float) -> Array:
    """A handle in an arch up to −1, from −x to x at height y; it leans a little."""
    spine = [(-x, y), (-x * 0.76 + lean, -0.88), (lean, -1.0), (x * 0.76 + lean, -0.88), (x, y)]
    return Tube(spine, [thick], 22).outline()


def _weave(tube: Tube) -> list[Array]:
    """Rows of short slanting strokes, every second row shifted."""
    out: list[Array] = []
    for j, u in enumerate(np.linspace(0.16, 0.9, 5).tolist()):
        for k in range(7):
            v = -0.9 + 0.28 * k + 0.14 * (j % 2)
            if abs(v + 0.1) < 0.95:
                steps = np.array([u - 0.05, u + 0.03, u - 0.02]), np.array([v, v + 0.1, v + 0.2])
                out.append(tube.at(*steps) + points(0, 0.05 * (1 - v * v)))
    return out


def _basket(stream: Stream, paint: Paint) -> Figure:
    tube = Tube([(0, -0.52), (0, -0.2), (0, 0)], [0.46, 0.44, 0.32], 14)
    shape = np.concatenate([_across(tube, 0.0, 0.08), _across(tube, 1.0, 0.03)[::-1]])
    weave, rim, fruit = _weave(tube), _across(tube, 0.02, 0.08), stream.chance(0.5)
    tones = [stream.pick(("accent", "second", "leaf")) for _ in range(4)]

    def figure(d: Drawing, m: Moment) -> None:
        handle = _bail(0.44, -0.5, 0.02 * m.cycle(0.5), 0.026)
        d.form(handle, paint.second, line=0.8, shade=0.4, key="handle")
        mouth = circle(0, -0.52, 0.47, 0.09, 26)
        d.form(mouth, paint.dark_shadow, line=0.9, shade=0.2, key="mouth")
        if fruit:
            for k, tone in enumerate(tones):
                ball = circle(-0.27 + 0.18 * k, -0.57 - 0.03 * (k % 2), 0.115, count=18)
                d.form(ball, getattr(paint, tone), line=0.8, shade=0.7, key=f"fruit{k}")
        clad(d, paint, shape, "body", body=tube)
        for k, stroke in enumerate(weave):
            d.stroke(stroke, 0.9, paint.pattern, wobble=0.2, key=f"weave{k}")
        d.stroke(rim, 2.4, paint.second, wobble=0.3, taper=(0.03, 0.03), key="rim")

    return figure


def _barrel(stream: Stream, paint: Paint) -> Figure:
    tube = Tube([(0, -0.96), (0, -0.5), (0, -0.02)], [0.27, 0.37, 0.27], 18)
    wall = lathe([(0.27, -0.95), (0.34, -0.75), (0.37, -0.48), (0.34, -0.2), (0.27, 0.0)])
    tap = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, wall, "staves", body=tube)
        d.form(circle(0, -0.94, 0.27, 0.06, 24), paint.second, line=0.9, shade=0.3, key="head")
        for v in (-0.6, -0.2, 0.2, 0.6):
            d.stroke(
                tube.at(np.linspace(0.06, 0.98, 7), np.full(7, v)),
                0.7,
                paint.pattern,
                wobble=0.3,
                key=f"seam{v}",
            )
        for u in (0.1, 0.3, 0.7, 0.9):
            d.stroke(
                _across(tube, u, 0.05),
                2.2,
                paint.dark,
                wobble=0.2,
                taper=(0.03, 0.03),
                key=f"hoop{u}",
            )
        if tap:
            d.form(bar((0.02, -0.3), (0.02, -0.22), 0.035), paint.trunk, line=0.8, key="tap")
            fall = m.turn(0.5) % 1
            d.dot(0.02, -0.18 + 0.18 * fall * fall, 0.02 * (1 - fall * 0.5), paint.accent)

    return figure


def _carton(stream: Stream, paint: Paint) -> Figure:
    label = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            edged("-48,-66 40,-66 48,-54 -40,-54"),
            paint.dark_shadow,
            line=0.8,
            shade=0.2,
            key="inside",
        )
        flap = 0.5 + 0.08 * m.cycle(0.4)
        for side, x in ((-1, -0.46), (1, 0.46)):
            lid = points(
                (x, -0.56),
                (x - 0.04 * side, -0.66),
                (x + side * 0.28, -0.66 - 0.2 * flap),
                (x + side * 0.32, -0.56 - 0.2 * flap),
            )
            d.form(lid, paint.second, line=0.9, shade=0.5, key=f"flap{side}")
        clad(d, paint, box(-0.46, -0.56, 0.46, 0.0), "front")
        d.form(box(-0.07, -0.56, 0.07, -0.34), paint.pale, line=0.7, shade=0.3, key="tape")
        if label:
            d.stroke(hundredths("22,-20 22,-40"), 1.0, wobble=0.2, key="arrow")
            d.stroke(hundredths("14,-32 22,-41 30,-32"), 1.0, wobble=0.2, key="head")

    return figure


def _crate(stream: Stream, paint: Paint) -> Figure:
    planks = [
        crooked(stream.sub(k), -0.46, -0.84 + 0.21 * k, 0.46, -0.66 + 0.21 * k, 0.008)
        for k in range(4)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        upper, _ = slab(-0.4, 0.5, -0.98, 0.0, (-0.06, 0.12))
        d.form(upper, paint.second, line=0.9, shade=0.3, key="top")
        d.form(box(-0.44, -0.84, 0.44, 0.0), paint.dark, line=0.8, shade=0, key="dark")
        for k, plank in enumerate(planks):
            clad(d, paint, plank, f"plank{k}", line=0.9)
        for x in (-0.46, 0.34):
            d.form(box(x, -0.86, x + 0.12, 0.0), paint.second, line=0.9, shade=0.6, key=f"post{x}")
        d.form(
            hundredths("-36,-8 28,-86 36,-78 -28,0"), paint.second, line=0.9, shade=0.5, key="brace"
        )
        for x in (-0.4, 0.4):
            for y in (-0.74, -0.12):
                d.dot(x, y, 0.016, paint.ink)

    return figure


def _chest(stream: Stream, paint: Paint) -> Figure:
    body = edged("-58,-46 58,-46 54,0 -54,0", 0.02)
    gold = stream.chance(0.6)
    coins = stream.array(14, -1, 1).reshape(7, 2)

    def figure(d: Drawing, m: Moment) -> None:
        _glitter(d, paint, m)
        gape = 0.05 + 0.02 * m.cycle(0.33)
        lid = traced("-58,-48 -56,-76 -40,-92 40,-92 56,-76 58,-48", False)
        lid = turned(lid - points(-0.58, -0.48), -gape * (3.2 if gold else 0.4), (-0.58, -0.48))
        if gold:
            d.form(
                edged("-56,-50 52,-62 56,-44 -56,-44"), paint.dark, line=0.7, shade=0, key="inside"
            )
            for k, (x, y) in enumerate(coins.tolist()):
                coin = circle(0.42 * x, -0.5 + 0.03 * y, 0.07, 0.05, 14)
                d.form(coin, paint.glow, line=0.7, shade=0.4, key=f"coin{k}")
        clad(d, paint, lid, "lid")
        clad(d, paint, body, "body")
        for x in (-0.44, 0.34):
            d.form(box(x, -0.46, x + 0.1, 0.0), paint.second, line=0.8, shade=0.5, key=f"band{x}")
        d.form(
            edged("-9,-52 9,-52 9,-32 0,-26 -9,-32"), paint.glow, line=0.9, shade=0.5, key="lock"
        )
        d.dot(0, -0.41, 0.022, paint.ink)

    return figure


def _glitter(d: Drawing, paint: Paint, m: Moment) -> None:
    """A glitter that comes and goes over a chest."""
    for k, (x, y) in enumerate(((-0.2, -0.86), (0.24, -0.94), (0.5, -0.78))):
        size = max(0.0, m.cycle(0.6, 0.33 * k)) * 0.05
        star = [(x, y - size), (x + size * 0.25, y), (x, y + size), (x - size * 0.25, y)]
        d.flat(points(*star), paint.glow)


def _gift(stream: Stream, paint: Paint) -> Figure:
    """A box with a bow."""

    def figure(d: Drawing, m: Moment) -> None:
        hop = points(0, -0.02 * abs(m.cycle(1.0)))
        clad(d, paint, edged("-36,-56 36,-56 34,0 -34,0"), "box")
        d.form(box(-0.08, -0.56, 0.08, 0.0), paint.accent, line=0.8, shade=0.5, key="ribbon")
        d.form(box(-0.42, -0.7, 0.42, -0.54) + hop, paint.second, line=0.9, shade=0.5, key="lid")
        d.form(box(-0.09, -0.7, 0.09, -0.54) + hop, paint.accent, line=0.8, shade=0.4, key="cross")
        for side in (-1, 1):
            loop = traced("0,-70 14,-92 34,-94 36,-80 20,-70") * (side, 1.0) + hop
            d.form(loop, paint.accent, line=0.9, shade=0.6, key=f"bow{side}")
            inner = traced("8,-74 18,-85 28,-87 26,-79") * (side, 1.0) + hop
            d.form(inner, paint.dark_shadow, line=0.6, shade=0.2, key=f"loop{side}")
        d.form(circle(0, -0.73, 0.055, count=14) + hop, paint.accent, line=0.9, key="knot")

    return figure


def _sack(stream: Stream, paint: Paint) -> Figure:
    body = traced("-12,-76 -34,-60 -44,-28 -38,-3 0,1 38,-3 44,-26 32,-60 10,-76")
    patch = crooked(stream.sub("patch"), 0.06, -0.36, 0.26, -0.16, 0.02)

    def figure(d: Drawing, m: Moment) -> None:
        flutter = 0.02 * m.cycle(0.5)
        tuft = traced("-11,-76 -24,-98 -6,-92 4,-100 10,-91 24,-96 11,-76") + points(flutter, 0)
        d.form(tuft, paint.second, line=0.9, shade=0.5, key="tuft")
        breath = points(1 + 0.012 * m.cycle(0.4), 1.0)
        clad(d, paint, body * breath, "body")
        d.form(bar((-0.13, -0.76), (0.12, -0.77), 0.03), paint.accent, line=0.8, key="cord")
        d.form(patch, paint.second, line=0.8, shade=0.4, key="patch")
        for k in range(3):
            x = -0.24 + 0.16 * k
            d.stroke(
                bezier((x * 0.3, -0.7), (x, -0.6), (x * 1.2, -0.48)),
                0.6,
                paint.pattern,
                key=f"fold{k}",
            )

    return figure


def _handbag(stream: Stream, paint: Paint) -> Figure:
    body = traced("-40,-56 -46,-8 -38,0 38,0 46,-8 40,-56 0,-60")
    flap = traced("-41,-57 41,-57 34,-34 0,-24 -34,-34")

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.03 * m.cycle(0.5)
        d.form(_bail(0.3, -0.54, sway, 0.026), paint.second, line=0.9, shade=0.3, key="strap")
        clad(d, paint, body, "body")
        d.form(flap, paint.second, line=0.9, shade=0.6, key="flap")
        d.form(circle(0, -0.29, 0.055, count=16), paint.glow, line=0.8, shade=0.4, key="clasp")
        stitches = traced("-33,-53 -28,-38 0,-29 28,-38 33,-53", False)
        d.stroke(stitches, 0.5, paint.pattern, wobble=0.2, key="seam")

    return figure


def _suitcase(stream: Stream, paint: Paint) -> Figure:
    labels = stream.integer(1, 3)
    spots = stream.array(6, -1, 1).reshape(3, 2)

    def figure(d: Drawing, m: Moment) -> None:
        lift = 0.012 * m.cycle(0.5)
        grip = Tube(
            [(-0.16, -0.76), (-0.15, -0.9 - lift), (0.15, -0.9 - lift), (0.16, -0.76)], [0.03], 16
        )
        d.form(grip.outline(), paint.dark, line=0.9, shade=0.2, key="grip")
        clad(d, paint, edged("-58,-78 58,-78 58,0 -58,0", 0.07), "case")
        for x in (-0.38, 0.26):
            d.form(box(x, -0.78, x + 0.12, 0.0), paint.second, line=0.8, shade=0.5, key=f"strap{x}")
            d.form(box(x + 0.015, -0.5, x + 0.105, -0.4), steel(paint), line=0.7, key=f"buckle{x}")
        for k, (x, y) in enumerate(spots[:labels].tolist()):
            at = (0.2 * x, -0.4 + 0.2 * y)
            label = (
                turned(box(-0.1, -0.07, 0.1, 0.07), x, at) if k % 2 else circle(*at, 0.09, count=18)
            )
            d.form(
                label,
                (paint.accent, paint.pale, paint.glow)[k],
                line=0.7,
                shade=0.3,
                key=f"label{k}",
            )
        for x in (-0.54, 0.54):
            d.form(
                circle(x, -0.05, 0.06, count=14),
                paint.second,
                line=0.7,
                shade=0.3,
                key=f"corner{x}",
            )

    return figure


thing(
    "bucket",
    _bucket,
    (-0.53, 0.26),
    0.44,
    0.35,
    width=0.8,
    top=(0, -0.66),
    grip=(0, -1.0),
    traits=("vessel",),
)
thing(
    "basket", _basket, (-0.47, 0.26), 0.44, 0.4,
    width=0.95, top=(0, -0.54), grip=(0, -0.99), home="meadow",
)  # fmt: skip
thing(
    "barrel",
    _barrel,
    (-0.41, 0.26),
    0.48,
    0.9,
    width=0.75,
    top=(0, -0.94),
    hue="brown",
    home="village",
    traits=("vessel",),
)
thing(
    "box", {"carton": _carton, "crate": _crate, "chest": _chest, "gift": _gift},
    (-0.35, 0.26), 0.42, 0.5, width=1.3, top=(0, -0.6), grip=(-0.3, -0.2), traits=("vessel",),
)  # fmt: skip
thing(
    "bag", {"sack": _sack, "handbag": _handbag},
    (-0.29, 0.26), 0.44, 0.4, width=0.9, top=(0, -0.58), grip=(0, -0.98),
)  # fmt: skip
thing("suitcase", _suitcase, (-0.23, 0.26), 0.42, 0.6, width=1.2, top=(0, -0.78), grip=(0, -0.91))
