"""Inventions that were put together: the vessel on legs, and the stack of parts. The one walks, the other totters."""

from collections.abc import Callable, Mapping
from math import fsum
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.creature_parts import (
    Make,
    Stand,
    body,
    foot,
    limb,
    make,
    speak,
    watch,
)
from uncaged.engines.ink.kinds.shaping import blade, turned
from uncaged.engines.ink.kinds.stepping import goes
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

VESSELS = {
    "jug": ((0.0, 0.02), (-0.26, -0.02), (-0.33, -0.22), (-0.16, -0.44), (-0.2, -0.54)),
    "bottle": ((0.0, 0.02), (-0.24, 0.0), (-0.26, -0.26), (-0.1, -0.42), (-0.09, -0.64)),
    "kettle": ((0.0, 0.02), (-0.34, -0.02), (-0.4, -0.2), (-0.24, -0.36), (-0.13, -0.38)),
    "bowl": ((0.0, 0.02), (-0.22, 0.0), (-0.38, -0.16), (-0.44, -0.34), (-0.42, -0.37)),
    "lantern": ((0.0, 0.02), (-0.2, 0.0), (-0.24, -0.12), (-0.24, -0.42), (-0.14, -0.52)),
}  # fmt: skip
"""The left half of each contour, from the foot to the rim."""


def vessel(stream: Stream, paint: Paint) -> Figure:
    """A vessel that got up and left: three or four legs, a spout for a nose, and something that looks out of it."""
    kit = make(stream.sub("make"), paint)
    shape = stream.pick(tuple(VESSELS))
    legs = stream.pick((2, 3, 4))
    high = stream.uniform(0.24, 0.42)
    spout = stream.chance(0.6)
    handle = stream.chance(0.6)
    inside = stream.pick(("eyes", "hand", "flame", "leaves", "head"))
    half = points(*VESSELS[shape])
    contour = smooth(np.concatenate([half, (half * (-1.0, 1.0))[:0:-1]]), False, 4)
    rim = float(-half[-1, 0])
    top = float(half[-1, 1])

    def figure(drawing: Drawing, moment: Moment) -> None:
        rock = 0.05 * moment.cycle(1.0 if goes(moment) else 0.5)
        at = points(0.0, -high + 0.012 * moment.cycle(2.0))
        for k in range(legs):
            spread, tone = 0.36 * ((k + 0.5) / legs - 0.5), paint.shadow if k % 2 else None
            hip, lag = at + points(spread, -0.03), (0.5 * k + 0.25 * (k // 2)) % 1
            stand = Stand(0.04, -1.0 if k % 2 else 1.0, 1.08, sole=0.055)
            limb(drawing, paint, moment, kit, hip, 1.3 * spread, lag, stand, tone)
        if handle:
            loop = smooth(points((-0.22, -0.36), (-0.46, -0.4), (-0.44, -0.12), (-0.26, -0.1)))
            drawing.form(
                turned(Tube(loop, [0.03, 0.03], 20).outline(), rock, at),
                kit.limb,
                line=0.9,
                shade=0.5,
            )
        mouth = at + turned(points((0.0, top)), rock)[0]
        _content(drawing, paint, moment, kit, inside, mouth, rim)
        if spout:
            nose = Tube(
                [(0.24, -0.14), (0.42, -0.2), (0.46, -0.4), (0.56, -0.44)],
                [0.08, 0.05, 0.035, 0.045],
                16,
            )
            drawing.form(turned(nose.outline(), rock, at), kit.skin, line=0.95, shade=0.6)
        body(drawing, paint, kit, turned(contour, rock, at))
        lip = circle(float(mouth[0]), float(mouth[1]), rim * 1.08, 0.035, 20)
        drawing.form(lip, kit.mark, line=0.9, shade=0.4)
        face = turned(points((0.04, -0.22), (0.06, -0.09)), rock, at)
        if inside not in ("eyes", "head"):
            watch(drawing, paint, moment, kit, float(face[0, 0]), float(face[0, 1]), 0.085)
        speak(drawing, paint, moment, kit, float(face[1, 0]), float(face[1, 1]), 0.07)

    return figure


def _content(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, what: str, at: Array, rim: float
) -> None:
    """What looks, waves, burns or grows out of the opening."""
    up = 0.03 * moment.cycle(0.5, 0.2)
    match what:
        case "eyes":
            for k in (-1, 1):
                tip = at + points(0.6 * rim * k + 0.03 * moment.cycle(0.5, 0.3 * k), -0.2 - up)
                stalk = Tube([at + points(0.3 * rim * k, 0.0), tip], [0.026, 0.02], 8)
                drawing.form(stalk.outline(), kit.limb, line=0.85, shade=0.3)
                watch(drawing, paint, moment, kit, float(tip[0]), float(tip[1]), 0.07)
        case "hand":
            arm = Tube(
                [at, at + points(0.02, -0.16), at + points(0.05, -0.26 - up)], [0.045, 0.04], 10
            )
            drawing.form(arm.outline(), kit.limb, line=0.9, shade=0.4)
            for k in range(4):
                way = points(-0.07 + 0.05 * k, -0.12 + 0.02 * abs(k - 1.5))
                finger = Tube([arm.p[-1], arm.p[-1] + way], [0.024, 0.018], 6)
                drawing.form(finger.outline(), kit.limb, line=0.85, shade=0.3)
        case "flame":
            for k, tone in enumerate((kit.mark, paint.glow)):
                s = 1 - 0.4 * k
                flick = 0.05 * moment.cycle(2.0, 0.2 * k)
                flame = (
                    points(
                        (-0.1, 0.0), (-0.12, -0.12), (flick, -0.34 - up), (0.12, -0.12), (0.1, 0.0)
                    )
                    * s
                )
                drawing.form(smooth(flame, True, 4) + at, tone, line=0.85, shade=0.2)
        case "leaves":
            for k in range(5):
                angle = -0.5 * PI + 0.42 * (k - 2) + 0.05 * moment.cycle(0.5, 0.1 * k)
                green = blade(at, at + points(cos(angle), sin(angle)) * 0.32, 0.05, 0.1 * (k - 2))
                drawing.form(green, paint.leaf if k % 2 else paint.leaf_light, line=0.85, shade=0.5)
        case _:
            x, y = (at + points(0.0, -0.06 - up)).tolist()
            drawing.form(
                circle(x, y, max(0.09, 0.85 * rim), count=22), kit.limb, line=0.95, shade=0.6
            )
            watch(drawing, paint, moment, kit, x + 0.02, y - 0.04, 0.055)


Part: TypeAlias = Callable[[float], Array]
"""A part of a stack as a form of this height, standing on (0, 0)."""

STUBS = Stand(0.035, slack=1.3)


def _box(h: float) -> Array:
    return points((-0.9 * h, 0.0), (0.85 * h, 0.02 * h), (0.88 * h, -h), (-0.85 * h, -0.97 * h))


def _stone(h: float) -> Array:
    shape = points((-0.7, -0.1), (-0.55, -0.8), (0.1, -1.0), (0.75, -0.6), (0.6, 0.0))
    return smooth(shape, True, 4) * h


def _jar(h: float) -> Array:
    half = points((-0.4, 0.0), (-0.6, -0.45), (-0.25, -0.8), (-0.3, -1.0))
    return smooth(np.concatenate([half, (half * (-1.0, 1.0))[::-1]]), True, 3) * h


PARTS: Mapping[str, Part] = {
    "ball": lambda h: circle(0.0, -h / 2, 0.75 * h, h / 2, 24),
    "box": _box,
    "cone": lambda h: points((-0.95, 0.0), (0.95, 0.0), (0.14, -1.0), (-0.14, -1.0)) * h,
    "funnel": lambda h: points((-0.18, 0.0), (0.18, 0.0), (0.95, -1.0), (-0.95, -1.0)) * h,
    "disc": lambda h: circle(0.0, -h / 2, 1.3 * h, h / 2, 26),
    "stone": _stone,
    "jar": _jar,
}


def stack(stream: Stream, paint: Paint) -> Figure:
    """Parts on each other that hold together for the time being; each leans a little later than the one below."""
    kit = make(stream.sub("make"), paint)
    names = tuple(PARTS)
    count = stream.integer(3, 5)
    heights = [stream.uniform(0.12, 0.3) for _ in range(count)]
    scale = stream.uniform(0.78, 0.92) / fsum(heights)
    forms = [PARTS[stream.pick(names)](h * scale) for h in heights]
    tones = [
        stream.pick((kit.skin, paint.second, kit.mark, paint.shadow, paint.pale))
        for _ in range(count)
    ]
    seeing = stream.integer(1, count - 1)
    shift = stream.array(count, -0.05, 0.05)
    crest = stream.pick(("flag", "feather", "none", "hand"))

    def figure(drawing: Drawing, moment: Moment) -> None:
        hop = abs(moment.cycle(1.0)) if goes(moment) else 0.0
        x, y, lean = 0.0, -0.06 - 0.03 * hop, 0.0
        for side in (-1, 1):
            hip, lag = points(0.08 * side, -0.1), 0.25 + 0.25 * side
            limb(drawing, paint, moment, kit, hip, 0.1 * side, lag, STUBS)
        for k, form in enumerate(forms):
            lean += 0.035 * moment.cycle(1.0 if goes(moment) else 0.5, 0.12 * k)
            at = points(x + float(shift[k]), y)
            fill = kit.fill if k % 2 == 0 else "plain"
            drawing.form(
                turned(form, lean, at), tones[k], fill=fill, colour2=paint.pattern, shade=0.9
            )
            high = heights[k] * scale
            if k == seeing:
                ex, ey = (at + turned(points((0.02, -0.52 * high)), lean)[0]).tolist()
                watch(drawing, paint, moment, kit, ex, ey, min(0.1, 0.36 * high))
            if k == seeing - 1:
                mx, my = (at + turned(points((0.02, -0.5 * high)), lean)[0]).tolist()
                speak(drawing, paint, moment, kit, mx, my, 0.07)
            x += sin(lean) * high * 0.96
            y -= cos(lean) * high * 0.96
        _topping(drawing, paint, moment, kit, crest, points(x, y))

    return figure


def _topping(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, what: str, at: Array
) -> None:
    """What the stack ends in."""
    sway = 0.03 * moment.cycle(1.0, 0.4)
    if what == "feather":
        plume = blade(at + points(0.0, 0.02), at + points(-0.08 + sway, -0.24), 0.05, 0.2)
        drawing.form(plume, kit.mark, line=0.9, shade=0.4)
    elif what == "flag":
        drawing.stroke(np.stack([at, at + points(sway, -0.2)]), 1.4, paint.ink, wobble=0.2)
        drawing.form(
            points((0, -0.2), (0.16, -0.15 + sway), (0, -0.1)) + at + points(sway, 0.0),
            kit.mark,
            line=0.85,
        )
    elif what == "hand":
        for k in range(4):
            finger = Tube([at, at + points(-0.06 + 0.04 * k + sway, -0.14)], [0.026, 0.018], 6)
            drawing.form(finger.outline(), kit.limb, line=0.85, shade=0.3)
        foot(drawing, paint, kit, at + points(0.0, 0.04), 0.05, kit.limb)
