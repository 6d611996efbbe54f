"""A dragon: a four-legged row of numbers with wings, a crest down its back, horns, and fire when it is stirred.

It walks, and flies with wings that beat. How a row is drawn is in `beast_figure`.
"""

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed, muzzle_tip
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.numbers import Array, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

SPIKES = np.linspace(0.08, 0.92, 6)
FINGERS = (0.44, 0.4, 0.34)
BARB = points((0.0, 0.0), (-0.05, -0.06), (0.06, 0.0), (-0.05, 0.06))
FIRES = frozenset({"throw", "cheer", "work", "point"})
FLAMES = ((0.5, 0.1, 0.0), (0.36, 0.07, 0.15), (0.2, 0.045, 0.3))


def _beat(at: Posed, late: float) -> float:
    """How far a wing is raised, −1 … 1: flying it beats, on the ground it only stirs, asleep it is folded."""
    if at.moment.act in ("fly", "swim"):
        return at.moment.cycle(1.2, late)
    if at.moment.act in ("glide", "run"):
        return 0.5 + 0.25 * at.moment.cycle(0.5, late)
    if at.asleep or at.moment.posture in ("lie", "sleep"):
        return -0.9 + 0.04 * at.moment.cycle(0.5, late)
    return 0.2 + 0.16 * at.moment.cycle(0.5, late)


def _bones(at: Posed, far: bool) -> tuple[Array, Array, list[Array]]:
    """Shoulder, wrist, finger tips of a wing."""
    shoulder = at.body.at(0.72, 0.55) + (points(0.07, -0.02) if far else 0.0)
    raised = 1.35 + 0.75 * _beat(at, 0.0) + (0.12 if far else 0.0) + at.trunk.pitch
    wrist = shoulder + points(-cos(raised) * 0.5, -sin(raised)) * 0.34
    late = _beat(at, 0.14)
    tips: list[Array] = []
    for k, long in enumerate(FINGERS):
        angle = 0.75 + 0.6 * late - 0.52 * k + (0.1 if far else 0.0)
        tips.append(wrist + points(-cos(angle), -sin(angle)) * long)
    return shoulder, wrist, tips


def _wing(drawing: Drawing, paint: Paint, at: Posed, far: bool) -> None:
    """Skin hollowed between three fingers, back to the flank."""
    shoulder, wrist, tips = _bones(at, far)
    flank = at.body.at(0.3, 0.5)
    edge: list[Array] = [shoulder, wrist, tips[0]]
    for one, other in ((tips[0], tips[1]), (tips[1], tips[2]), (tips[2], flank)):
        middle = (one + other) / 2
        hollow = middle + (wrist - middle) * 0.3
        q = np.linspace(0, 1, 7)[1:, None]
        edge.extend(one * (1 - q) * (1 - q) + hollow * 2 * q * (1 - q) + other * q * q)
    form = np.stack(edge)
    form[:, 1] = np.minimum(form[:, 1], -0.01)
    colour = mix(paint.accent, paint.dark, 0.4) if far else paint.accent
    drawing.form(form, colour, line=0.9, shade=0.8)
    for tip in tips:
        drawing.stroke(points(wrist, tip), 0.8, paint.ink, wobble=0.3)
    drawing.stroke(points(shoulder, wrist), 2.4, paint.shadow if far else paint.colour, wobble=0.2)
    claw = points(wrist, wrist + points(0.02, -0.06))
    drawing.stroke(claw, 1.2, paint.ink, wobble=0.2)


def far_wing(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The wing on the other side."""
    if not at.curled:
        _wing(drawing, paint, at, True)


def near_wing(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The wing on this side."""
    if not at.curled:
        _wing(drawing, paint, at, False)


def crest(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Spikes down neck, back and tail."""
    forms: list[Array] = []
    for tube, side_, high in ((at.tail, -1.0, 0.05), (at.body, 1.0, 0.07), (at.neck, 1.0, 0.06)):
        last = len(tube.p) - 1
        for u in SPIKES:  # a tail runs backwards, so its upper side is the other one
            root, up = tube.at(float(u), 0.9 * side_), tube.normal[int(u * last)] * side_
            side = points(-up[1], up[0]) * high * 0.5
            forms.append(np.stack([root - side, root + up * high - side * 0.6, root + side]))
    drawing.multi(forms, paint.accent, line=0.6)


def barb(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """An arrow at the end of the tail."""
    way, up = at.tail.tangent[-1], at.tail.normal[-1]
    form = at.tail.p[-1] - BARB[:, :1] * -way * 1.6 + BARB[:, 1:] * up * 1.4
    drawing.form(form, paint.accent, line=0.8, shade=0.4)


def face(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Nostrils that smoke a little, a long mouth, a fang; fire when it is stirred."""
    if at.moment.stir > 0.4 or at.moment.gesture in FIRES:
        _fire(drawing, paint, at)
    nostril = at.head.at(0.93, 0.55)
    drawing.dot(nostril[0], nostril[1], 0.012, pupil(paint))
    mouth = at.head.at(
        np.linspace(0.42, 1.0, 6),
        -0.35 + 0.25 * points(1, 0.3, 0, 0, 0, 0.2) * clamp(at.moment.joy, -1.5, 1.5),
    )
    drawing.stroke(mouth, 0.8, paint.ink, wobble=0.2)
    fang = at.head.at(points(0.8, 0.88, 0.85), points(-0.35, -0.35, -1.1))
    drawing.form(fang, paint.white, line=0.4, shade=0)


def _fire(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Three tongues, one in the other, that flicker."""
    root, way = muzzle_tip(at), at.head.tangent[-1]
    up = at.head.normal[-1]
    for k, (long, wide, late) in enumerate(FLAMES):
        reach = long * (1 + 0.18 * at.moment.cycle(3.0, late))
        waves = points(0.0, 0.6, 1.0, 0.5, 0.0) * wide
        lick = 0.35 * wide * at.moment.cycle(2.0, late)
        q = points(0.0, 0.35, 0.65, 0.88, 1.0) * reach
        spine = root + q[:, None] * way + (q * q)[:, None] * up * 0.12
        upper = spine + up * (waves + lick)[:, None]
        lower = spine - up * (waves - lick)[:, None]
        colour = (paint.accent, paint.glow, paint.white)[k]
        form = smooth(np.concatenate([upper, lower[-2:0:-1]]), True, 3)
        drawing.form(form, colour, line=0.8 if k == 0 else 0.0, shade=0.3)


DRAGON = Beast(
    body=((-0.3, -0.42, 0.09), (-0.12, -0.43, 0.12), (0.08, -0.44, 0.14), (0.24, -0.49, 0.12)),
    neck=((0.18, -0.5, 0.12), (0.34, -0.58, 0.075), (0.38, -0.7, 0.058), (0.42, -0.8, 0.056)),
    head=((0.39, -0.83, 0.062), (0.48, -0.83, 0.07), (0.6, -0.78, 0.046), (0.66, -0.77, 0.042)),
    tail=(
        (-0.32, -0.42, 0.08),
        (-0.5, -0.3, 0.055),
        (-0.68, -0.14, 0.04),
        (-0.86, -0.2, 0.026),
        (-0.92, -0.36, 0.012),
    ),
    hips=((-0.22, -0.38), (0.18, -0.4)),
    hind=Leg(0.15, 0.15, foot=0.12, thigh=0.095, shank=0.042, ankle=0.034, paw=0.055),
    fore=Leg(0.12, 0.2, foot=0.08, thigh=0.075, shank=0.042, ankle=0.034, paw=0.055),
    gait=walk(0.13, lift=0.06),
    eye=(0.42, 0.019),
    crown=part.horns((-0.05, -0.06), (-0.13, -0.08), width=0.024, apart=0.03),
    face=face,
    marks=(crest, near_wing),
    behind=far_wing,
    tip=barb,
    curls=True,
)

register(
    Kind(
        "dragon",
        of(DRAGON),
        gait=DRAGON.gait.travel,
        runs=RUN * DRAGON.gait.travel,
        at=(1.21, 0.40),
        height=0.62,
        home="hills",
        width=1.6,
        top=(-0.08, -0.56),
        shadow=0.42,
        motion="walk",
        hue="green",
        metres=4.0,
        postures=POSTURES,
        holds=Holds(DRAGON),
        grip=DRAGON.body[1][:2],
    )
)
