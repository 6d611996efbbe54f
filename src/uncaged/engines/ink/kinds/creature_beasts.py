"""Inventions with a hide: the many-legged beast, the tall walker, the bird with two heads. Each has its own gait."""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.creature_parts import Make, Stand, body, limb, make, speak, watch
from uncaged.engines.ink.kinds.shaping import blade, horn
from uncaged.engines.ink.kinds.stepping import goes
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def beast(stream: Stream, paint: Paint) -> Figure:
    """Six to fourteen legs that step as a wave, a back with humps, spines or stalks, a head at one end or both."""
    kit = make(stream.sub("make"), paint)
    pairs = stream.integer(3, 7)
    high = stream.uniform(0.28, 0.5)
    humps = stream.integer(0, 4)
    both = stream.chance(0.25)
    knees = stream.pick((-1.0, 1.0))
    slack = stream.pick((1.05, 1.15, 1.5))
    back = stream.pick(("spines", "stalks", "sails", "bare"))
    eyes = stream.integer(1, 4)
    girth = stream.uniform(0.11, 0.19)

    near, far = (Stand(0.036, knees, slack, sole=0.042), Stand(0.03, knees, slack, sole=0.035))

    def figure(drawing: Drawing, moment: Moment) -> None:
        trunk = _trunk(moment, high, humps, both, girth)
        for k in range(pairs):
            x = -0.5 + 0.94 * k / (pairs - 1)
            hip, lag = points(x, -high + 0.04), 0.5 + k / pairs
            limb(drawing, paint, moment, kit, hip, x + 0.05, lag, far, paint.shadow)
        _back(drawing, paint, moment, kit, trunk, back)
        body(drawing, paint, kit, trunk.outline(), trunk)
        for k in range(pairs):
            x = -0.54 + 0.94 * k / (pairs - 1)
            limb(drawing, paint, moment, kit, points(x, -high + 0.06), x, k / pairs, near)
        for end in (trunk.p[-1], trunk.p[0])[: 2 if both else 1]:
            for k in range(eyes):
                x, y = (end + points(0.03 * k - 0.02, -0.04 - 0.075 * k)).tolist()
                watch(drawing, paint, moment, kit, x, y, 0.058 - 0.007 * k)
            speak(drawing, paint, moment, kit, float(end[0]) + 0.02, float(end[1]) + 0.07, 0.07)

    return figure


def _trunk(moment: Moment, high: float, humps: int, both: bool, girth: float) -> Tube:
    """The body from its tail, or its other head, to its head; a wave runs along it."""
    u = np.linspace(0, 1, 11)
    wave = 0.018 * sin(TAU * (moment.turn(1.0 if goes(moment) else 0.5) - u))
    arch = 0.05 * sin(PI * u) + (0.05 * np.abs(sin(PI * humps * u)) if humps else 0)
    spine = np.stack([-0.58 + 1.1 * u, -high - arch + wave], 1)
    lift = points((0.02, -0.1), (0.09, -0.16))
    rear = [spine[0] + lift[::-1] * (-1, 1)] if both else []
    radii = girth * points(0.5, 0.9, 1.05, 1.0, 1.0, 0.8, 0.85)
    return Tube(np.concatenate([*rear, spine, spine[-1] + lift]), radii, 40)


def _back(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, trunk: Tube, what: str
) -> None:
    """What stands up along the back, one after the other in the wind."""
    for k in range(7 if what != "bare" else 0):
        root: Array = trunk.at(0.12 + 0.1 * k, 0.85)
        sway = 0.03 * moment.cycle(0.5, 0.1 * k)
        tall = 0.12 + 0.05 * sin(0.5 * k + 0.4)
        tip = root + points(-0.03 + sway, -tall - 0.04)
        if what == "spines":
            drawing.form(horn(root, tip, 0.035, 0.1), kit.mark, line=0.85, shade=0.4)
        elif what == "sails":
            sail = blade(root, tip + points(-0.04, -0.06), 0.06, 0.1)
            drawing.form(sail, kit.mark if k % 2 else paint.second, line=0.85, shade=0.5)
        else:
            drawing.stroke(bezier(root, root + points(0.03, -0.1), tip), 1.4, paint.ink, wobble=0.2)
            drawing.form(
                circle(float(tip[0]), float(tip[1]), 0.03, count=12), kit.mark, line=0.8, shade=0
            )


def walker(stream: Stream, paint: Paint) -> Figure:
    """Very long legs, hardly a body; what there is of it looks down."""
    kit = make(stream.sub("make"), paint)
    legs = stream.pick((2, 2, 3, 4))
    shape = stream.pick(("egg", "box", "cone", "moon", "hand"))
    high = stream.uniform(0.5, 0.66)
    knees = stream.pick((-1.0, 1.0))
    arms = stream.chance(0.6)
    eyes = stream.pick((1, 1, 2, 5))
    outline = _torso(shape) * 1.3
    stand = Stand(0.034, knees, 1.06, 0.16, 0.05)

    def figure(drawing: Drawing, moment: Moment) -> None:
        bob = 0.02 * moment.cycle(2.0) if goes(moment) else 0.012 * moment.cycle(0.5)
        at = points(0.02 * moment.cycle(0.5), -high + bob)
        for k in range(legs):
            spread = 0.24 * ((k + 0.5) / legs - 0.5)
            hip, tone = at + points(spread * 0.6, 0.02), paint.shadow if k % 2 else None
            limb(drawing, paint, moment, kit, hip, spread * 1.6, k / legs, stand, tone)
        body(drawing, paint, kit, outline + at)
        for k in range(eyes):
            angle = TAU * k / max(1, eyes) - 0.5 * PI
            out = 0.0 if eyes == 1 else 0.105
            x, y = (at + points(0.03 + cos(angle) * out, -0.2 + sin(angle) * out * 0.9)).tolist()
            watch(drawing, paint, moment, kit, x, y, 0.11 if eyes == 1 else 0.052)
        if eyes < 5:
            x, y = (at + points(0.04, -0.035)).tolist()
            speak(drawing, paint, moment, kit, x, y, 0.055)
        for side in (-1, 1) if arms else ():
            swing = 0.08 * moment.cycle(1.0 if goes(moment) else 0.5, 0.5 * (side > 0))
            root = at + points(0.21 * side, -0.12)
            hand = root + points(0.06 * side + swing, 0.4)
            arm = Tube(
                [root, (root + hand) / 2 + points(0.07 * side, 0.0), hand],
                [0.022, 0.016, 0.022],
                14,
            )
            drawing.form(arm.outline(), kit.limb, line=0.85, shade=0.4)
            for j in (-1, 0, 1):
                drawing.stroke(
                    np.stack([hand, hand + points(0.028 * j, 0.07)]), 1.1, paint.ink, wobble=0.2
                )

    return figure


def _torso(shape: str) -> Array:
    """What sits on the legs, above (0, 0)."""
    if shape == "egg":
        return circle(0.0, -0.13, 0.18, 0.21, 28)
    contour = points(*TORSOS[shape])
    return contour if shape == "box" else smooth(contour, True, 4)


TORSOS = {
    "box": ((-0.19, 0.06), (0.17, 0.08), (0.2, -0.3), (-0.16, -0.33)),
    "cone": ((-0.22, 0.06), (0.0, 0.1), (0.22, 0.06), (0.08, -0.26), (0.02, -0.42), (-0.06, -0.26)),
    "moon": (
        (0.16, 0.1),
        (-0.08, 0.07),
        (-0.2, -0.1),
        (-0.14, -0.3),
        (0.08, -0.42),
        (0.02, -0.24),
        (0.06, -0.02),
    ),
    "hand": (
        (-0.14, 0.06),
        (0.13, 0.06),
        (0.26, -0.14),
        (0.2, -0.18),
        (0.13, -0.1),
        (0.14, -0.36),
        (0.08, -0.38),
        (0.05, -0.2),
        (0.03, -0.44),
        (-0.04, -0.44),
        (-0.03, -0.2),
        (-0.1, -0.38),
        (-0.16, -0.34),
        (-0.12, -0.14),
    ),
}
"""Contours; the last one is an open hand."""

TRUNK = smooth(
    points(
        (-0.34, 0.0),
        (-0.2, -0.16),
        (0.06, -0.2),
        (0.26, -0.08),
        (0.24, 0.1),
        (0.02, 0.18),
        (-0.22, 0.12),
    ),
    True,
    4,
)
"""The body of a bird with two heads."""
BILLS = ((0.22, 0.03, 0.0), (0.12, 0.06, 0.07), (0.16, 0.03, -0.03), (0.3, 0.05, 0.06))
"""Length, half height, hook."""
NEAR, FAR = (Stand(thick, 1.0, 1.04, 0.12) for thick in (0.024, 0.022))
"""Its legs."""


def birds(stream: Stream, paint: Paint) -> Figure:
    """A bird whose heads do not agree: two or three necks, one pair of legs."""
    kit = make(stream.sub("make"), paint)
    heads = stream.pick((2, 2, 3))
    apart = stream.chance(0.5)
    long = [stream.uniform(0.3, 0.46) for _ in range(3)]
    bills = [stream.pick(BILLS) for _ in range(3)]
    crest = stream.chance(0.5)
    tail = stream.integer(2, 6)

    def figure(drawing: Drawing, moment: Moment) -> None:
        at = points(-0.04, -0.46 + 0.012 * moment.cycle(2.0 if goes(moment) else 0.5))
        for k in range(tail):
            angle = PI + 0.2 - 0.28 * k + 0.04 * moment.cycle(0.5, 0.1 * k)
            root = at + points(-0.2, 0.0)
            plume = blade(root, root + points(cos(angle), sin(angle)) * 0.36, 0.05, 0.1)
            drawing.form(plume, kit.mark if k % 2 else paint.second, line=0.85, shade=0.5)
        hip = at + points(0.03, 0.1)
        limb(drawing, paint, moment, kit, hip, 0.04, 0.5, FAR, paint.shadow)
        necks = [_neck(moment, at, k, long[k], apart) for k in range(heads)]
        outlines = [TRUNK + at, *(neck.outline() for neck in necks)]
        drawing.union(outlines, kit.skin, line=1.0, shade=0.8)
        if kit.fill not in ("plain", "outlined"):
            drawing.form(
                TRUNK + at, kit.skin, line=0, fill=kit.fill, colour2=paint.pattern, shade=0
            )
        for k, neck in enumerate(necks):
            _head(drawing, paint, moment, kit, neck, bills[k], -1 if apart and k == 1 else 1, crest)
        wing = blade(at + points(0.12, -0.06), at + points(-0.34, 0.08), 0.1, 0.1)
        drawing.form(wing, kit.limb, line=0.9, shade=0.6)
        limb(drawing, paint, moment, kit, at + points(-0.06, 0.1), -0.05, 0.0, NEAR)

    return figure


def _neck(moment: Moment, at: Array, k: int, long: float, apart: bool) -> Tube:
    """The k-th neck: upright, or further out and lower; apart, the second one goes the other way."""
    back = apart and k == 1
    side = -1.0 if back else 1.0
    sway = points(0.03 * moment.cycle(0.5, 0.3 * k), 0.03 * moment.cycle(0.5, 0.5 * k))
    root = at + points(side * (0.16 - 0.05 * k), -0.1)
    tall = long * (1.0 if back else 1.0 - 0.3 * k) + 0.06
    end = root + points(-0.16 if back else 0.36 * k - 0.04, -tall) + sway
    bow = (root + end) / 2 + points(side * (0.1 if k % 2 else -0.08), 0.05)
    return Tube([root, bow, end], [0.085, 0.05, 0.042, 0.07], 18)


def _head(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    kit: Make,
    neck: Tube,
    bill: tuple[float, float, float],
    side: int,
    crest: bool,
) -> None:
    """Beak and eye at the end of a neck that looks to one side."""
    end = neck.p[-1]
    length, depth, hook = bill
    gape = 0.04 * max(0.0, moment.cycle(1.0))
    root = end + points(0.045 * side, 0.0)
    lower = root + points(0.9 * length * side, hook + gape + 0.012)
    drawing.form(horn(root, lower, 0.8 * depth), paint.shadow, line=0.8, shade=0.3)
    upper = root + points(length * side, hook - 0.3 * gape)
    drawing.form(horn(root, upper, depth, 0.18 * side), kit.mark, line=0.85, shade=0.4)
    for k in range(3 if crest else 0):
        tip = end + points(
            side * (-0.06 - 0.03 * k), -0.16 + 0.04 * k + 0.01 * moment.cycle(0.5, 0.1 * k)
        )
        drawing.stroke(np.stack([end + points(0, -0.05), tip]), 1.4, kit.mark, wobble=0.2)
    x, y = (end + points(0.01 * side, -0.015)).tolist()
    watch(drawing, paint, moment, kit, x, y, 0.042)
