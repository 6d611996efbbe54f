"""What gives light in a house: lamps, candles, a lantern, a torch, a bulb. At night each stands in a disc of its glow.

How they are built: a foot turned on a lathe, something that shines, and a part that moves (a flame, a chain, a cord).
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    flame,
    hoop,
    lathe,
    moved,
    shine,
    steel,
    thing,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

_HOOD = points((-0.13, -0.96), (0.13, -0.965), (0.33, -0.55), (-0.33, -0.54))
"""The shade of a table lamp."""


def _hood(d: Drawing, paint: Paint, hood: Array, rim: float) -> None:
    """A shade with its pattern, a lit lower edge, and at night the glow in its cloth."""
    clad(d, paint, hood, "hood", shade=0.5 if paint.night else 0.9)
    if paint.night:
        d.flat(hood, paint.glow, 130)
    left, right = hood[3], hood[2]
    lens = points(*(left, (left + right) / 2 + points(0, rim), right, (left + right) / 2))
    d.form(smooth(lens, True, 5), paint.glow, line=0.7, shade=0.1, key="rim")


def _lamp(stream: Stream, paint: Paint) -> Figure:
    feet = (
        [(0.03, -0.56), (0.03, -0.42), (0.13, -0.28), (0.15, -0.16), (0.06, -0.06), (0.16, 0.0)],
        [(0.03, -0.56), (0.035, -0.34), (0.09, -0.27), (0.03, -0.2), (0.04, -0.08), (0.2, 0.0)],
        [(0.03, -0.56), (0.05, -0.44), (0.07, -0.3), (0.16, -0.2), (0.18, -0.08), (0.13, 0.0)],
    )
    foot = lathe(stream.pick(feet))
    chain = stream.uniform(0.1, 0.2) * stream.pick((-1, 1))

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.62, 0.85)
        d.form(foot, paint.second, shade=0.9, key="foot")
        swing = 0.03 * m.cycle(0.5, 0.1)
        x = chain + swing
        d.stroke(points((chain, -0.54), (x, -0.39)), 0.5, paint.ink, wobble=0.1, key="chain")
        d.dot(x, -0.38, 0.018, paint.accent)
        _hood(d, paint, _HOOD, 0.045)
        d.form(bar((0, -0.965), (0, -1.0), 0.018), paint.accent, line=0.6, shade=0.3, key="knob")

    return figure


def _floor_lamp(stream: Stream, paint: Paint) -> Figure:
    bent = stream.chance(0.4)
    hood = points((-0.06, -0.99), (0.06, -0.995), (0.16, -0.79), (-0.16, -0.785))
    reach = 0.18 if bent else 0.0
    pole = [(0, -0.01), (0, -0.5), (0, -0.84)]
    if bent:
        pole = [(0, -0.01), (-0.02, -0.5), (0.0, -0.9), (0.08, -1.02), (0.18, -0.98)]
    stem = Tube(pole, [0.014, 0.012, 0.012], 18)
    foot = lathe([(0.02, -0.05), (0.12, -0.03), (0.14, 0.0)]) + points(pole[0][0], 0)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, reach, -0.82, 0.42)
        d.form(stem.outline(), paint.dark, line=0.8, shade=0.3, key="stem")
        d.form(foot, paint.dark, line=0.8, shade=0.5, key="foot")
        swing = 0.02 * m.cycle(0.5, 0.1)
        x = reach + 0.08
        d.stroke(points((x, -0.79), (x + swing, -0.66)), 0.5, wobble=0.1, key="cord")
        d.dot(x + swing, -0.655, 0.012, paint.accent)
        _hood(d, paint, hood + points(reach, 0), 0.03)

    return figure


def _hanging_lamp(stream: Stream, paint: Paint) -> Figure:
    globe = stream.chance(0.3)
    hood = smooth([(-0.07, -0.3), (0.07, -0.3), (0.2, -0.12), (0.46, 0.14)], False, 5)
    dome = np.concatenate([hood, hood[::-1] * (-1.0, 1.0)])

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        part.stroke(points((0, -2.4), (0, -0.3)), 0.9, key="cord", wobble=0.2, taper=(0.02, 0.02))
        shine(part, paint, 0, 0.16, 0.95)
        if globe:
            clad(part, paint, circle(0, 0.02, 0.34), "globe", shade=0.7)
            part.flat(circle(0, 0.02, 0.3), paint.glow, 130 if paint.night else 40)
        else:
            part.form(circle(0, 0.15, 0.11, count=18), paint.glow, line=0.7, shade=0.1, key="bulb")
            clad(part, paint, dome, "dome")
            for x in (-0.2, 0.0, 0.2):
                rib = bezier((x * 0.3, -0.27), (x, -0.1), (x * 1.75, 0.1))
                part.stroke(rib, 0.6, paint.pattern, wobble=0.3, key=f"rib{x}")
        part.form(box(-0.08, -0.38, 0.08, -0.28), paint.dark, line=0.7, shade=0.3, key="cap")
        moved(d, part, 0.05 * m.cycle(0.33), about=(0, -1.6))

    return figure


def _candle(stream: Stream, paint: Paint) -> Figure:
    half, drop = stream.uniform(0.11, 0.13), stream.uniform(-0.6, 0.6)

    def figure(d: Drawing, m: Moment) -> None:
        _wax(d, paint, m, 0.0, 0.0, half, 0.66, drop)

    return figure


def _wax(
    d: Drawing,
    paint: Paint,
    m: Moment,
    x: float,
    foot: float,
    half: float,
    tall: float,
    drop: float,
) -> None:
    """A candle that stands at (x, foot), with a run of wax and its flame."""
    top = foot - tall
    shine(d, paint, x, top - tall * 0.25, tall * 1.1)
    edge = [(-half, foot), (-half * 0.98, top + 0.03), (-half * 0.4, top - 0.01)]
    edge += [(half * 0.5, top + 0.02), (half * 0.98, top - 0.005), (half, foot)]
    shape = np.concatenate([points(edge[0]), smooth(edge[1:5], False, 4), points(edge[5])])
    tube = Tube([(x, foot), (x, top)], [half, half], 8)
    clad(d, paint, shape + points(x, 0), f"wax{x}", body=tube)
    run = Tube(
        [(x + drop * half, top + 0.02), (x + drop * half * 1.3, top + tall * 0.3)],
        [half * 0.22, half * 0.3],
        6,
    )
    d.form(run.outline(), paint.pale, line=0.6, shade=0.3, key=f"run{x}")
    d.stroke(points((x, top), (x + 0.01, top - tall * 0.1)), 1.0, wobble=0.1, key=f"wick{x}")
    flame(d, paint, m, x, top - tall * 0.05, tall * 0.48, lag=x)


def _candlestick(stream: Stream, paint: Paint) -> Figure:
    drop = stream.uniform(-0.6, 0.6)
    foot = lathe([(0.1, -0.2), (0.11, -0.12), (0.28, -0.09), (0.3, -0.03), (0.2, 0.0)])

    def figure(d: Drawing, m: Moment) -> None:
        d.form(hoop(0.36, -0.11, 0.08, 0.08, 0.022, 20), paint.second, line=0.8, key="ring")
        _wax(d, paint, m, 0.0, -0.16, 0.075, 0.56, drop)
        d.form(foot, paint.second, shade=0.9, key="dish")

    return figure


def _candelabra(stream: Stream, paint: Paint) -> Figure:
    drops = stream.array(3, -0.6, 0.6)
    foot = lathe([(0.035, -0.5), (0.05, -0.36), (0.03, -0.2), (0.07, -0.1), (0.2, -0.03), (0.2, 0)])
    arm = Tube(
        [(-0.33, -0.52), (-0.3, -0.34), (0, -0.28), (0.3, -0.34), (0.33, -0.52)], [0.024], 24
    )

    def figure(d: Drawing, m: Moment) -> None:
        for x, drop in zip((-0.33, 0.0, 0.33), drops.tolist(), strict=True):
            _wax(d, paint, m, x, -0.52, 0.045, 0.32, drop)
        d.form(arm.outline(), paint.second, line=0.9, shade=0.6, key="arm")
        d.form(foot, paint.second, shade=0.9, key="foot")
        for x in (-0.33, 0.0, 0.33):
            cup = lathe([(0.08, -0.54), (0.06, -0.5), (0.03, -0.47)], 3) + points(x, 0)
            d.form(cup, paint.second, line=0.8, shade=0.5, key=f"cup{x}")

    return figure


def _lantern(stream: Stream, paint: Paint) -> Figure:
    roof = points((-0.1, -0.8), (0.1, -0.8), (0.3, -0.64), (-0.3, -0.64))
    body = points((-0.22, -0.65), (0.22, -0.65), (0.27, -0.1), (-0.27, -0.1))
    pane = points((-0.16, -0.6), (0.16, -0.6), (0.19, -0.16), (-0.19, -0.16))
    lag = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.36, 0.85)
        tip = 0.3 * m.cycle(0.5, 0.2)
        ring = turned(hoop(0, -0.09, 0.1, 0.1, 0.018, 22), 0.3 * tip, (0.0, -0.81))
        d.form(ring, paint.dark, line=0.6, shade=0.2, key="ring")
        clad(d, paint, body, "frame")
        d.form(pane, paint.glow if paint.night else paint.pale, line=0.8, shade=0.2, key="pane")
        d.form(bar((0, -0.16), (0, -0.3), 0.05), paint.white, line=0.6, shade=0.4, key="wax")
        flame(d, paint, m, 0, -0.32, 0.24, lag)
        for x in (-0.075, 0.075):
            d.stroke(points((x * 0.95, -0.6), (x * 1.1, -0.16)), 1.0, wobble=0.2, key=f"bar{x}")
        clad(d, paint, roof, "roof")
        d.form(box(-0.31, -0.11, 0.31, 0.0), paint.second, line=0.9, shade=0.7, key="foot")

    return figure


def _lampion(stream: Stream, paint: Paint) -> Figure:
    """A paper lantern on a stick that one carries."""
    body = Tube([(0, -0.8), (0, -0.5), (0, -0.2)], [0.16, 0.36, 0.16], 20, cap_start=False)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.5, 0.85)
        clad(d, paint, body.outline(), "paper", body=body)
        d.flat(body.outline(), paint.glow, 120 if paint.night else 46)
        for u in (0.2, 0.4, 0.6, 0.8):
            rib = body.at(np.full(7, u), np.linspace(-0.96, 0.96, 7))
            d.stroke(rib + points(0, 0.025), 0.5, paint.pattern, wobble=0.2, key=f"rib{u}")
        for y in (-0.82, -0.24):
            d.form(box(-0.15, y, 0.15, y + 0.07), paint.dark, line=0.6, shade=0.3, key=f"rim{y}")
        d.stroke(points((0, -0.82), (0, -1.0)), 0.8, wobble=0.1, key="cord")
        sway = 0.06 * m.cycle(0.5, 0.15)
        for x in (-0.04, 0.0, 0.04):
            tassel = bezier((x * 0.3, -0.17), (x, -0.1), (x + sway, 0.0))
            d.stroke(tassel, 0.8, paint.accent, wobble=0.2, key=f"tassel{x}")

    return figure


def _torch(stream: Stream, paint: Paint) -> Figure:
    lags = stream.array(4, 0, 1).tolist()
    stick = Tube([(0.0, 0.0), (0.01, -0.3), (0.0, -0.56)], [0.026, 0.034, 0.042], 12)
    cup = lathe([(0.1, -0.62), (0.085, -0.54), (0.05, -0.48)], 4)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.78, 0.75)
        d.form(stick.outline(), paint.trunk, shade=0.8, key="stick")
        tongues = ((-0.11, 0.3), (0.11, 0.26), (0.03, 0.5), (-0.04, 0.36))
        for k, (x, tall) in enumerate(tongues):
            flame(d, paint, m, x, -0.57, tall, lags[k], wild=True)
        clad(d, paint, cup, "cup")
        for k in range(3):  # sparks
            q = (m.turn(1.0) + lags[k]) % 1
            d.dot(
                0.14 * (k - 1) + 0.05 * m.cycle(1.0, lags[k]),
                -0.8 - 0.3 * q,
                0.02 * (1 - q),
                paint.glow,
            )
        for v in (-0.5, 0.4):
            d.stroke(stick.at(np.array([0.1, 0.45, 0.8]), np.full(3, v)), 0.5, key=f"grain{v}")

    return figure


def _bulb(stream: Stream, paint: Paint) -> Figure:
    glass = lathe([(0.02, -0.99), (0.26, -0.86), (0.34, -0.62), (0.24, -0.42), (0.13, -0.24)], 6)
    lit = paint.night or stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.62, 0.9)
        colour = paint.glow if lit else paint.pale
        d.form(glass, colour, fill=paint.fill, colour2=paint.pattern, shade=0.6, key="glass")
        tremble = 0.012 * m.cycle(2.0)
        wire = [(-0.05, -0.26), (-0.13, -0.58), (-0.07, -0.66 + tremble), (-0.035, -0.56)]
        wire += [(0, -0.67 - tremble), (0.035, -0.56), (0.07, -0.66 + tremble), (0.13, -0.58)]
        d.stroke(smooth([*wire, (0.05, -0.26)]), 0.9, paint.ink, wobble=0.2, key="wire")
        d.stroke(
            bezier((-0.25, -0.62), (-0.22, -0.82), (-0.07, -0.89)), 1.2, paint.white, key="gleam"
        )
        metal = steel(paint, 0.6)
        for k, y in enumerate((-0.25, -0.18, -0.11)):
            ring = bar((-0.11 + 0.012 * k, y), (0.11 - 0.012 * k, y + 0.02), 0.036)
            d.form(ring, metal, line=0.7, shade=0.5, key=f"thread{k}")
        d.form(bar((0, -0.06), (0, -0.02), 0.04), paint.dark, line=0.6, shade=0, key="foot")

    return figure


thing(
    "lamp",
    _lamp,
    (-0.95, 0.02),
    0.5,
    0.55,
    width=0.7,
    grip=(0, -0.4),
    lights=True,
    traits=("burning",),
    above="hanging-lamp",
)
thing("floor-lamp", _floor_lamp, (-0.89, 0.02), 0.74, 1.7, width=0.5, grip=(0, -0.5), lights=True)
thing(
    "hanging-lamp", _hanging_lamp, (-0.83, 0.02), 0.4, 0.4, width=0.9,
    top=(0, -0.36), grip=(0, -0.34), domain="air", lights=True, rock=0.0, traits=("wall",),
)  # fmt: skip
thing(
    "candle",
    _candle,
    (-0.77, 0.02),
    0.46,
    0.25,
    width=0.3,
    grip=(0, -0.12),
    lights=True,
    traits=("burning",),
    above="hanging-lamp",
)
thing(
    "candlestick", {"stick": _candlestick, "candelabra": _candelabra},
    (-0.53, 0.02), 0.48, 0.4, width=0.9, grip=(0, -0.06), lights=True,
)  # fmt: skip
thing(
    "lantern", {"lantern": _lantern, "lampion": _lampion},
    (-0.71, 0.02), 0.48, 0.4, width=0.6, grip=(0, -0.98), lights=True, home="village", top=(0, -0.78),
    traits=("burning",), above="hanging-lamp",
)  # fmt: skip
thing(
    "torch", _torch, (-0.65, 0.02), 0.56, 0.6, width=0.3,
    grip=(0, -0.2), lights=True, home="village", hue="brown", traits=("burning",),
)  # fmt: skip
thing(
    "bulb",
    _bulb,
    (-0.59, 0.02),
    0.44,
    0.12,
    width=0.7,
    grip=(0, -0.1),
    lights=True,
    above="hanging-lamp",
)
