"""What one sits and lies on: chairs of four forms, a sofa, a bed. They look to the right, as their sitters do.

How they are built: seen from the side and a little from above; far legs, back, seat, near legs. All seats are equally
high, so that somebody may sit on any of them.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, clad, crooked, cut, edged, slab, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

SEAT = -0.46
"""The height of every seat."""


def _legs(d: Drawing, paint: Paint, feet: tuple[tuple[float, float], ...], far: bool) -> None:
    """Legs from under the seat to the ground: (x at the seat, x at the foot)."""
    colour, level = (paint.dark_shadow, -0.05) if far else (paint.trunk, 0.0)
    for k, (x, foot) in enumerate(feet):
        leg = bar((x, SEAT + 0.06), (foot, level - 0.02), 0.03, 0.022)
        d.form(leg, colour, line=0.8, shade=0.4, key=f"leg{far}{k}")


def _seat(d: Drawing, paint: Paint, x0: float, x1: float) -> None:
    upper, front = slab(x0, x1, SEAT - 0.03, 0.05, (0.08, 0.06))
    d.form(upper, paint.second, line=0.9, shade=0.3, key="seat")
    d.form(front, paint.shadow, line=0.8, shade=0.5, key="edge")


def _chair(stream: Stream, paint: Paint) -> Figure:
    back = crooked(stream.sub("back"), -0.35, -1.0, -0.22, -0.62, 0.008) + points(0.02, 0)
    slats = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        _legs(d, paint, ((-0.24, -0.27), (0.24, 0.26)), far=True)
        for k, (x, top) in enumerate(((-0.33, -0.99), (-0.2, -0.96))):
            d.form(
                bar((x - 0.02, top), (x + 0.03, SEAT), 0.026), paint.trunk, line=0.8, key=f"post{k}"
            )
        if slats:
            for k in range(3):
                rung = points((-0.34, -0.94), (-0.2, -0.91), (-0.195, -0.82), (-0.335, -0.85))
                clad(d, paint, rung + points(0.012 * k, 0.15 * k), f"slat{k}", line=0.8)
        else:
            clad(d, paint, back, "back")
        _seat(d, paint, -0.29, 0.25)
        _legs(d, paint, ((-0.17, -0.2), (0.29, 0.32)), far=False)

    return figure


def _armchair(stream: Stream, paint: Paint) -> Figure:
    back = smooth(
        [(-0.5, -0.2), (-0.52, -0.9), (-0.38, -1.0), (-0.2, -0.95), (-0.16, -0.4)], False, 6
    )
    arm = smooth(
        [(-0.3, -0.1), (-0.3, -0.6), (-0.2, -0.68), (0.3, -0.64), (0.38, -0.56), (0.34, -0.1)],
        False,
        5,
    )
    cushion = smooth(
        [(-0.26, -0.3), (-0.24, -0.5), (0.3, -0.52), (0.42, -0.42), (0.38, -0.28)], True, 5
    )
    wing = arm + points(0.02, 0.06)

    def figure(d: Drawing, m: Moment) -> None:
        _legs(d, paint, ((-0.4, -0.42), (-0.24, -0.26), (0.34, 0.36)), far=False)
        d.form(arm * (0.9, 1.0) + points(-0.02, -0.06), paint.shadow, shade=0.5, key="far-arm")
        clad(d, paint, back, "back")
        d.form(cushion, paint.second, shade=0.6, key="cushion")
        clad(d, paint, wing, "arm")
        d.stroke(arm[8:24] * (0.8, 0.9) + points(0.01, 0.02), 0.6, paint.pattern, key="seam")

    return figure


def _stool(stream: Stream, paint: Paint) -> Figure:
    seat = circle(0, SEAT, 0.27, 0.085, 26)

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, foot, low) in enumerate(
            ((0.06, 0.1, -0.06), (-0.18, -0.26, 0.0), (0.18, 0.26, 0.0))
        ):
            leg = bar((x, SEAT), (foot, low - 0.02), 0.032, 0.024)
            d.form(leg, paint.trunk if k else paint.dark_shadow, line=0.8, shade=0.4, key=f"leg{k}")
        d.form(
            bar((-0.21, -0.2), (0.21, -0.19), 0.016), paint.trunk, line=0.7, shade=0.3, key="rung"
        )
        d.form(seat + points(0, 0.055), paint.shadow, line=0.9, shade=0.5, key="under")
        clad(d, paint, seat, "seat", shade=0.5)

    return figure


def _throne(stream: Stream, paint: Paint) -> Figure:
    back = points((-0.4, -1.02), (-0.3, -1.12), (-0.2, -1.0), (-0.13, SEAT), (-0.32, SEAT + 0.03))
    pane = points((-0.33, -0.95), (-0.24, -0.93), (-0.19, -0.56), (-0.29, -0.54))
    block = cut(
        [
            (-0.32, SEAT + 0.03),
            (0.3, SEAT + 0.03),
            (0.3, -0.04),
            (0.36, -0.04),
            (0.36, 0),
            (-0.4, 0),
            (-0.4, -0.04),
            (-0.32, -0.04),
        ]
    )

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            bar((-0.16, -0.66), (0.26, -0.66), 0.035),
            paint.shadow,
            line=0.8,
            shade=0.4,
            key="far-arm",
        )
        clad(d, paint, back, "back")
        d.form(pane, paint.accent, line=0.8, shade=0.6, key="pane")
        for x, y in ((-0.41, -1.04), (-0.3, -1.14), (-0.19, -1.02)):
            d.form(circle(x, y, 0.035, count=14), paint.glow, line=0.7, shade=0.4, key=f"ball{x}")
        clad(d, paint, block, "block")
        upper, front = slab(-0.3, 0.28, SEAT - 0.04, 0.05, (0.06, 0.06))
        d.form(upper, paint.accent, line=0.9, shade=0.4, key="seat")
        d.form(front, paint.glow, line=0.8, shade=0.4, key="edge")
        d.form(bar((0.24, -0.62), (0.25, SEAT + 0.1), 0.03), paint.second, line=0.8, key="rest")
        d.form(bar((-0.2, -0.63), (0.3, -0.62), 0.04), paint.second, line=0.9, shade=0.5, key="arm")
        d.dot(0.3, -0.62, 0.018, paint.ink)

    return figure


def _sofa(stream: Stream, paint: Paint) -> Figure:
    back = traced("-95,-30 -96,-90 -82,-100 0,-97 82,-100 96,-90 95,-30", False, 6)
    base = edged("-95,-42 95,-42 95,-12 -95,-12", 0.03)
    half = traced("-38,-36 -37,-54 0,-57 37,-54 38,-36")
    arm = traced("-16,-10 -19,-62 0,-74 19,-62 16,-10", False, 6)
    pillow = crooked(stream, -0.56, -0.84, -0.26, -0.54, 0.03)

    def figure(d: Drawing, m: Moment) -> None:
        for x in (-0.85, 0.85):
            foot = bar((x, -0.14), (x * 1.02, -0.02), 0.04, 0.025)
            d.form(foot, paint.trunk, line=0.8, key=f"foot{x}")
        clad(d, paint, back, "back")
        d.form(base, paint.shadow, line=0.9, shade=0.6, key="base")
        breath = points(0, 0.008 * m.cycle(0.5))
        d.form(pillow + breath, paint.accent, line=0.8, shade=0.6, key="pillow")
        for x in (-0.37, 0.37):
            d.form(half + points(x, 0), paint.second, line=0.9, shade=0.5, key=f"seat{x}")
        for x in (-0.93, 0.93):
            clad(d, paint, arm + points(x, 0), f"arm{x}")

    return figure


def _bed(stream: Stream, paint: Paint) -> Figure:
    head = smooth(
        [(-0.98, 0.0), (-0.99, -0.86), (-0.93, -0.98), (-0.85, -0.84), (-0.84, 0.0)], False, 5
    )
    foot = smooth([(0.86, 0.0), (0.85, -0.52), (0.92, -0.62), (0.99, -0.52), (0.98, 0.0)], False, 5)
    mattress = cut([(-0.86, -0.46), (0.88, -0.46), (0.88, -0.22), (-0.86, -0.22)], 0.04)
    rail = cut([(-0.9, -0.26), (0.9, -0.26), (0.9, -0.12), (-0.9, -0.12)], 0.02)
    hem = stream.array(5, -0.03, 0.03)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(mattress, paint.white, line=0.9, shade=0.5, key="mattress")
        d.form(rail, paint.trunk, line=0.9, shade=0.6, key="rail")
        pillow = smooth(
            [(-0.86, -0.45), (-0.82, -0.62), (-0.5, -0.6), (-0.46, -0.47), (-0.66, -0.43)], True, 5
        )
        d.form(pillow, paint.pale, line=0.9, shade=0.5, key="pillow")
        clad(d, paint, _blanket(hem, m), "blanket")
        fold = Tube([(-0.34, -0.5), (-0.37, -0.34), (-0.33, -0.17)], [0.045, 0.05, 0.04], 12)
        d.form(fold.outline(), paint.white, line=0.8, shade=0.4, key="fold")
        d.form(foot, paint.trunk, shade=0.8, key="foot")
        d.form(head, paint.trunk, shade=0.8, key="head")

    return figure


def _blanket(hem: Array, m: Moment) -> Array:
    """It hangs over the edge and breathes as if somebody slept under it."""
    breath = 0.015 * m.cycle(0.25)
    upper = smooth([(-0.36, -0.49), (0.1, -0.5 - breath), (0.6, -0.49), (0.89, -0.46)], False, 5)
    x = np.linspace(0.89, -0.36, 5)
    lower = smooth(np.stack([x, -0.14 + hem + breath * 0.5], 1), False, 4)
    return np.concatenate([upper, lower])


thing(
    "chair",
    {"chair": _chair, "armchair": _armchair, "stool": _stool, "throne": _throne},
    (-0.95, 0.10), 0.5, 0.95, width=0.8, top=(0.02, SEAT), grip=(-0.25, -0.8), rock=0.006, faces=True, rest="sit",
)  # fmt: skip
thing(
    "sofa", _sofa, (-0.89, 0.10), 0.36, 0.85,
    width=2.1, top=(0.0, -0.55), grip=(0, -0.5), rock=0.003, faces=True, rest="sit",
)  # fmt: skip
thing(
    "bed", _bed, (-0.83, 0.10), 0.40, 1.0,
    width=2.0, top=(0.05, -0.5), grip=(0, -0.3), rock=0.003, faces=True, rest="lie",
)  # fmt: skip
