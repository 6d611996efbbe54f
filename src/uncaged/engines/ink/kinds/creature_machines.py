"""Inventions that were built: the wheel with eyes, and the machine with a face.

A wheel turns by one spoke in a cycle, so that it rolls without a seam; a machine walks on pistons, and jolts.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.creature_parts import (
    GAIT,
    Make,
    Stand,
    body,
    limb,
    make,
    speak,
    watch,
)
from uncaged.engines.ink.kinds.shaping import horn, turned
from uncaged.engines.ink.kinds.stepping import goes
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def wheel(stream: Stream, paint: Paint) -> Figure:
    """A hoop on feet, an eye in its hub that stays upright, eyes or tongues on its rim that do not; perhaps a rider."""
    kit = make(stream.sub("make"), paint)
    spokes = stream.pick((5, 6, 7, 8, 9))
    radius = GAIT * spokes / TAU
    ends = stream.pick(("feet", "eyes", "spikes", "knobs"))
    hub = stream.uniform(0.3, 0.56) * radius
    rim = _ring(
        radius * 0.86, stream.uniform(0.05, 0.3) * radius, stream.pick((0.0, 0.0, 0.1, 0.2)), spokes
    )
    rides = stream.pick(("nobody", "pole", "arms", "sail", "small"))

    def figure(drawing: Drawing, moment: Moment) -> None:
        turn = TAU / spokes * moment.turn(1.0) if goes(moment) else 0.1 * moment.cycle(0.5)
        middle = points(0.0, -radius)
        _rider(drawing, paint, moment, kit, rides, middle, radius)
        for k in range(spokes):
            angle = turn + TAU * k / spokes
            way = points(cos(angle), sin(angle))
            spoke = Tube([middle, middle + way * radius * 0.86], [0.026, 0.04], 8)
            drawing.form(spoke.outline(), kit.limb, line=0.9, shade=0.4)
            _end(drawing, paint, kit, ends, middle, way, radius)
        hoop = turned(rim, turn, middle)
        drawing.form(hoop, kit.skin, fill=kit.fill, colour2=paint.pattern, shade=0.9)
        drawing.form(circle(0.0, -radius, hub, count=28), kit.skin, line=1.0, shade=0.8)
        watch(drawing, paint, moment, kit, 0.0, -radius, 0.72 * hub)

    return figure


def _ring(radius: float, broad: float, waves: float, spokes: int) -> Array:
    """A hoop as one form, slit where nobody looks. waves: how deep its rim swings between the spokes."""
    a = np.linspace(0, TAU, 73)
    swing = (1 - waves * (0.5 - 0.5 * cos(spokes * a)))[:, None]
    outer = np.stack([cos(a), sin(a)], 1) * radius * swing
    inner = np.stack([cos(a), sin(a)], 1) * (radius - broad) * swing
    return np.concatenate([outer, inner[::-1]])


def _rider(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, what: str, hub: Array, radius: float
) -> None:
    """What rides on the axle: a head on a pole, two arms, a sail, a second wheel."""
    sway = 0.04 * moment.cycle(1.0 if goes(moment) else 0.5)
    top = hub + points(sway, -radius - 0.26)
    match what:
        case "pole":
            pole = Tube([hub, top], [0.03, 0.022], 8)
            drawing.form(pole.outline(), kit.limb, line=0.9, shade=0.4)
            x, y = top.tolist()
            drawing.form(circle(x, y, 0.12, 0.14, 22), kit.mark, line=1.0, shade=0.6)
            speak(drawing, paint, moment, kit, x, y + 0.03, 0.06)
        case "arms":
            for side in (-1, 1):
                hand = hub + points(side * (0.34 + sway), -radius - 0.12 * side * sway - 0.1)
                bow = (hub + hand) / 2 + points(0.12 * side, 0.02)
                arm = Tube([hub, bow, hand], [0.04, 0.03, 0.022], 14)
                drawing.form(arm.outline(), kit.limb, line=0.9, shade=0.4)
                drawing.form(
                    circle(float(hand[0]), float(hand[1]), 0.05, count=14), kit.mark, line=0.9
                )
        case "sail":
            drawing.stroke(np.stack([hub, top]), 2.0, kit.limb, wobble=0.1)
            belly = points((0.0, 0.0), (0.34 + sway, 0.16), (0.0, 0.32)) + top
            drawing.form(smooth(belly, True, 4), kit.mark, line=0.95, shade=0.6)
        case "small":
            small = hub + points(-0.62 * radius - 0.1, radius - 0.13)
            drawing.stroke(np.stack([hub, small]), 3.0, kit.limb, wobble=0.1)
            drawing.form(
                circle(float(small[0]), float(small[1]), 0.13, count=20), kit.mark, line=1.0
            )
            drawing.dot(float(small[0]), float(small[1]), 0.04, paint.dark)
        case _:
            pass


def _end(
    drawing: Drawing,
    paint: Paint,
    kit: Make,
    what: str,
    middle: Array,
    way: Array,
    radius: float,
) -> None:
    """What a spoke ends in, outside the rim."""
    at = middle + way * (0.93 * radius)
    x, y = at.tolist()
    match what:
        case "eyes":
            drawing.form(circle(x, y, 0.07, count=16), paint.white, line=0.9, shade=0)
            drawing.dot(x + 0.02 * float(way[0]), y + 0.02 * float(way[1]), 0.035, paint.dark)
        case "spikes":
            drawing.form(
                horn(middle + way * 0.8 * radius, middle + way * radius, 0.05),
                kit.mark,
                line=0.9,
                shade=0.4,
            )
        case "knobs":
            drawing.form(circle(x, y, 0.065, count=14), kit.mark, line=0.9, shade=0.6)
        case _:
            side = points(-way[1], way[0])
            sole = np.stack(
                [
                    at - side * 0.07 - way * 0.03,
                    at + side * 0.12 - way * 0.03,
                    at + side * 0.12 + way * 0.065,
                    at - side * 0.07 + way * 0.065,
                ]
            )
            drawing.form(sole, kit.limb, line=0.9, shade=0.3)


PISTON = Stand(0.05, -1.0, 1.02, sole=0.06)


def machine(stream: Stream, paint: Paint) -> Figure:
    """A case of plates with a calm human face in its front, a chimney or a horn, pistons for legs."""
    kit = make(stream.sub("make"), paint)
    case = stream.pick(("box", "drum", "bell", "house"))
    legs = stream.pick((2, 2, 4))
    high = stream.uniform(0.24, 0.4)
    top = stream.pick(("chimney", "horn", "crank", "mast"))
    low = stream.uniform(-0.3, -0.22)
    contour = _case(case)

    def figure(drawing: Drawing, moment: Moment) -> None:
        jolt = 0.014 * moment.cycle(4.0) if goes(moment) else 0.006 * moment.cycle(2.0)
        at = points(0.0, -high + jolt)
        for k in range(legs):
            x, tone = 0.4 * ((k + 0.5) / legs - 0.5), paint.shadow if k % 2 else kit.limb
            limb(drawing, paint, moment, kit, at + points(x, -0.02), x, 0.5 * k % 1, PISTON, tone)
        _fitting(drawing, paint, moment, kit, top, at)
        body(drawing, paint, kit, contour + at)
        for x, y in ((-0.25, -0.06), (0.25, -0.06), (-0.25, -0.42), (0.25, -0.42)):
            drawing.dot(float(at[0]) + x, float(at[1]) + y, 0.018, kit.mark)
        band = at + points((-0.29, -0.1), (0.29, -0.1))
        drawing.stroke(band, 0.8, paint.ink, wobble=0.3)
        _mask(drawing, paint, moment, at + points(0.05, low))
        dial = at + points(-0.19, low + 0.02)
        drawing.form(
            circle(float(dial[0]), float(dial[1]), 0.055, count=16), paint.white, line=0.9, shade=0
        )
        hand = points(sin(TAU * moment.turn(0.5)), -cos(TAU * moment.turn(0.5))) * 0.042
        drawing.stroke(np.stack([dial, dial + hand]), 0.9, paint.ink, wobble=0)

    return figure


def _case(what: str) -> Array:
    """The machine's body above (0, 0)."""
    match what:
        case "box":
            return points((-0.33, 0.02), (0.32, 0.0), (0.34, -0.5), (-0.31, -0.52))
        case "drum":
            return smooth(
                points(
                    (-0.3, 0.0),
                    (0.0, 0.05),
                    (0.3, 0.0),
                    (0.33, -0.24),
                    (0.3, -0.5),
                    (0.0, -0.56),
                    (-0.3, -0.5),
                    (-0.33, -0.24),
                ),
                True,
                4,
            )
        case "bell":
            return smooth(
                points(
                    (-0.36, 0.0),
                    (0.36, 0.0),
                    (0.27, -0.3),
                    (0.16, -0.52),
                    (0.0, -0.58),
                    (-0.16, -0.52),
                    (-0.27, -0.3),
                ),
                True,
                4,
            )
        case _:
            return points(
                (-0.3, 0.02),
                (0.3, 0.0),
                (0.3, -0.38),
                (0.36, -0.38),
                (0.0, -0.64),
                (-0.36, -0.36),
                (-0.3, -0.36),
            )


def _mask(drawing: Drawing, paint: Paint, moment: Moment, at: Array) -> None:
    """A face of skin behind a round window; it does not seem to mind."""
    x, y = at.tolist()
    drawing.form(circle(x, y, 0.155, 0.175, 26), paint.dark, line=0.9, shade=0)
    drawing.form(circle(x, y, 0.125, 0.15, 26), paint.skin, line=0.5, shade=0.5)
    shut = 1.0 if moment.posture == "sleep" or (moment.turn(0.4) + 0.3) % 1 < 0.07 else 0.0
    for side in (-1, 1):
        ex, ey = x + 0.05 * side, y - 0.03
        drawing.form(
            circle(ex, ey, 0.03, 0.019 * (1 - 0.8 * shut), 12), paint.white, line=0.6, shade=0
        )
        drawing.dot(ex + 0.008 * moment.cycle(0.5), ey, 0.015 * (1 - shut), paint.dark)
        drawing.stroke(
            bezier((ex - 0.035, ey - 0.032), (ex, ey - 0.05), (ex + 0.035, ey - 0.03), 6),
            0.7,
            paint.ink,
            wobble=0.1,
        )
    nose = smooth(points((x, y - 0.03), (x + 0.022, y + 0.035), (x - 0.005, y + 0.04)))
    drawing.stroke(nose, 0.7, paint.ink, wobble=0.1)
    smile = 0.02 * moment.joy
    lips = points(
        (x - 0.04, y + 0.082 - smile), (x, y + 0.07), (x + 0.04, y + 0.082 - smile), (x, y + 0.1)
    )
    drawing.form(smooth(lips, True, 3), paint.lip, line=0.6, shade=0)


def _fitting(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, what: str, at: Array
) -> None:
    """What the machine has on top: it smokes, sounds, turns or signals."""
    root = at + points(-0.1, -0.5)
    match what:
        case "chimney":
            for k in range(4):
                q = (moment.turn(0.5) + 0.25 * k) % 1
                x, y = (root + points(-0.16 * q - 0.02, -0.2 - 0.28 * q)).tolist()
                puff = circle(x, y, 0.03 + 0.075 * q, count=14)
                drawing.form(puff, paint.pale, line=0.7, shade=0.3, alpha=int(230 * (1 - q * q)))
            drawing.form(
                root + points((-0.06, 0.08), (-0.07, -0.2), (0.07, -0.2), (0.06, 0.08)),
                kit.limb,
                line=0.95,
                shade=0.5,
            )
        case "horn":
            spine = [
                root + points(0.0, 0.08),
                root + points(-0.02, -0.16),
                root + points(0.14, -0.28),
            ]
            sound = 0.02 * moment.cycle(2.0)
            trumpet = Tube(spine, [0.03, 0.035, 0.05, 0.13 + sound], 16, cap_end=False)
            drawing.form(trumpet.outline(), kit.mark, line=0.95, shade=0.5)
        case "crank":
            angle = TAU * moment.turn(1.0)
            end = root + points(cos(angle), sin(angle) * 0.7) * 0.13 + points(0.0, -0.06)
            drawing.stroke(
                np.stack([root + points(0.0, 0.04), root + points(0.0, -0.06), end]),
                2.2,
                kit.limb,
                wobble=0.1,
            )
            drawing.form(
                circle(float(end[0]), float(end[1]), 0.045, count=14), kit.mark, line=0.9, shade=0.4
            )
        case _:
            sway = 0.02 * moment.cycle(0.5)
            tip = root + points(sway, -0.36)
            drawing.stroke(np.stack([root, tip]), 1.4, paint.ink, wobble=0.2)
            flag = points((0.0, 0.0), (0.2, 0.05 + 0.03 * moment.cycle(1.0)), (0.0, 0.12)) + tip
            drawing.form(flag, kit.mark, line=0.85, shade=0.3)
