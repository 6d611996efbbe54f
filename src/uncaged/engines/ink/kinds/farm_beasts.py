"""What stands in a yard: cow, bull, pig, goat. A row of numbers each; sheep and horse have files of their own.

How a row is drawn is in `beast_figure`. Knows no postures and no gaits.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.paint import Paint

NOSE_U = points(0.74, 0.8, 1.0, 1.0, 0.8, 0.74)
NOSE_V = points(0.3, 0.9, 0.95, -0.95, -0.95, -0.4)


def pink_muzzle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A broad soft nose with a nostril, and the mouth under it."""
    form = np.concatenate([at.head.at(NOSE_U, NOSE_V), at.head.p[-1:] + at.head.tangent[-1] * 0.02])
    rosy = mix(paint.lip, paint.pale, 0.5)
    drawing.form(smooth(form[[0, 1, 2, 6, 3, 4, 5]], True, 3), rosy, line=0.7, shade=0.3)
    nostril = at.head.at(0.94, 0.25)
    drawing.dot(nostril[0], nostril[1], 0.011, pupil(paint))
    part.lips(drawing, paint, at)


def ring(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The same nose with a ring in it."""
    pink_muzzle(drawing, paint, at)
    root = at.head.at(1.0, 0.0) + at.head.tangent[-1] * 0.03
    swing = 0.008 * at.moment.cycle(1.0, 0.2)
    hoop = circle(root[0] + swing, root[1] + 0.03, 0.024, 0.028, 14)
    drawing.stroke(np.concatenate([hoop, hoop[:1]]), 1.0, paint.accent, wobble=0.2)


def disc(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A snout: a round disc seen from the side, with two holes, and a small smile below it."""
    tip = at.head.p[-1] + at.head.tangent[-1] * at.head.r[-1] * 0.6
    along, up = at.head.tangent[-1], at.head.normal[-1]
    r = float(at.head.r[-1])
    round_ = circle(0.0, 0.0, 0.45 * r, 1.05 * r, 16)
    form = tip + round_[:, :1] * along - round_[:, 1:] * up
    drawing.form(form, mix(paint.lip, paint.colour, 0.4), line=0.8, shade=0.3)
    for k in (-0.35, 0.35):
        hole = tip + up * r * k + along * 0.1 * r
        drawing.dot(hole[0], hole[1], 0.011, pupil(paint))
    part.smile(drawing, paint, at, -0.75, 0.7)


def curl(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pig's tail: one loop, that bounces late."""
    root = at.tail.p[0]
    q = 1 + 0.15 * at.moment.cycle(1.0, 0.3)
    loop = points(
        (0.0, 0.0),
        (-0.06, -0.03),
        (-0.09, -0.1),
        (-0.04, -0.13),
        (-0.02, -0.07),
        (-0.1, -0.05),
        (-0.13, -0.11),
    )
    tube = Tube(smooth(root + loop * points(q, q), per=4), [0.018, 0.016, 0.014, 0.012, 0.008], 24)
    drawing.form(tube.outline(), paint.colour, line=0.8, shade=0.2)


COW = Beast(
    body=((-0.42, -0.56, 0.13), (-0.2, -0.55, 0.18), (0.06, -0.53, 0.195), (0.26, -0.56, 0.15)),
    neck=((0.2, -0.59, 0.14), (0.4, -0.69, 0.1)),
    head=((0.38, -0.745, 0.08), (0.47, -0.7, 0.088), (0.58, -0.61, 0.06), (0.64, -0.56, 0.06)),
    tail=(
        (-0.52, -0.63, 0.022),
        (-0.59, -0.55, 0.018),
        (-0.61, -0.38, 0.014),
        (-0.6, -0.24, 0.014),
    ),
    hips=((-0.31, -0.46), (0.2, -0.44)),
    hind=Leg(0.17, 0.17, foot=0.14, thigh=0.11, shank=0.042, ankle=0.032, paw=0.042, hoof=True),
    fore=Leg(0.14, 0.22, foot=0.1, thigh=0.075, shank=0.042, ankle=0.032, paw=0.042, hoof=True),
    gait=walk(0.14, lift=0.06),
    eye=(0.36, 0.018),
    crown=part.horns((-0.01, -0.07), (0.03, -0.13), width=0.022, apart=0.07),
    ears=part.leaf_ear,
    face=pink_muzzle,
    coat=(coat.patches,),
    marks=(coat.udder,),
    tip=coat.tuft,
    supple=0.3,
)
BULL = replace(
    COW,
    body=((-0.42, -0.53, 0.12), (-0.22, -0.55, 0.155), (0.04, -0.56, 0.2), (0.24, -0.6, 0.195)),
    neck=((0.18, -0.64, 0.18), (0.42, -0.68, 0.125)),
    head=((0.4, -0.7, 0.1), (0.49, -0.65, 0.105), (0.59, -0.55, 0.07), (0.64, -0.5, 0.065)),
    tail=(
        (-0.51, -0.58, 0.022),
        (-0.6, -0.58, 0.018),
        (-0.66, -0.44, 0.014),
        (-0.72, -0.36, 0.014),
    ),
    fore=Leg(0.14, 0.22, foot=0.1, thigh=0.09, shank=0.048, ankle=0.036, paw=0.045, hoof=True),
    crown=part.horns((0.02, -0.08), (0.1, -0.13), (0.17, -0.11), width=0.03, apart=0.05),
    face=ring,
    coat=(),
    marks=(),
)
PIG = Beast(
    body=((-0.32, -0.41, 0.16), (-0.12, -0.43, 0.2), (0.1, -0.42, 0.195), (0.26, -0.43, 0.16)),
    neck=((0.18, -0.45, 0.17), (0.32, -0.48, 0.14)),
    head=((0.3, -0.51, 0.13), (0.42, -0.48, 0.125), (0.54, -0.42, 0.075), (0.6, -0.4, 0.062)),
    tail=((-0.47, -0.46, 0.016), (-0.5, -0.48, 0.014)),
    hips=((-0.25, -0.3), (0.18, -0.3)),
    hind=Leg(0.11, 0.11, foot=0.08, thigh=0.1, shank=0.045, ankle=0.034, paw=0.042, hoof=True),
    fore=Leg(0.1, 0.15, foot=0.07, thigh=0.085, shank=0.045, ankle=0.034, paw=0.042, hoof=True),
    gait=walk(0.09, lift=0.05),
    eye=(0.42, 0.018),
    ears=part.floppy_ear,
    face=disc,
    behind=curl,
    supple=0.3,
)
GOAT = Beast(
    body=((-0.32, -0.52, 0.1), (-0.14, -0.5, 0.125), (0.08, -0.5, 0.135), (0.22, -0.54, 0.11)),
    neck=((0.18, -0.57, 0.11), (0.28, -0.68, 0.075), (0.33, -0.78, 0.065)),
    head=((0.3, -0.81, 0.06), (0.38, -0.8, 0.068), (0.48, -0.73, 0.046), (0.53, -0.7, 0.036)),
    tail=((-0.38, -0.57, 0.03), (-0.43, -0.63, 0.028), (-0.44, -0.69, 0.012)),
    hips=((-0.24, -0.44), (0.16, -0.43)),
    hind=Leg(0.165, 0.165, foot=0.13, thigh=0.08, shank=0.032, ankle=0.023, paw=0.033, hoof=True),
    fore=Leg(0.13, 0.22, foot=0.09, thigh=0.06, shank=0.032, ankle=0.023, paw=0.033, hoof=True),
    gait=walk(0.13),
    eye=(0.4, 0.015),
    crown=part.horns((-0.03, -0.09), (-0.11, -0.16), (-0.21, -0.15), width=0.026, apart=0.035),
    ears=part.leaf_ear,
    face=part.lips,
    marks=(coat.belly, coat.beard),
    curls=True,
)

register(
    Kind(
        "cow",
        of(COW),
        gait=COW.gait.travel,
        runs=RUN * COW.gait.travel,
        at=(1.45, 0.10),
        height=0.54,
        home="meadow",
        width=1.3,
        top=(-0.1, -0.73),
        shadow=0.48,
        motion="walk",
        hue="white",
        metres=1.7,
        postures=POSTURES,
        holds=Holds(COW),
        grip=COW.body[1][:2],
    )
)
register(
    Kind(
        "bull",
        of(BULL),
        gait=BULL.gait.travel,
        runs=RUN * BULL.gait.travel,
        at=(1.51, 0.10),
        height=0.54,
        home="meadow",
        width=1.4,
        top=(-0.14, -0.73),
        shadow=0.48,
        motion="walk",
        hue="black",
        metres=1.8,
        postures=POSTURES,
        holds=Holds(BULL),
        grip=BULL.body[1][:2],
    )
)
register(
    Kind(
        "pig",
        of(PIG),
        gait=PIG.gait.travel,
        runs=RUN * PIG.gait.travel,
        at=(1.57, 0.10),
        height=0.5,
        home="village",
        width=1.2,
        top=(-0.08, -0.62),
        shadow=0.44,
        motion="walk",
        hue="pink",
        metres=1.2,
        postures=POSTURES,
        holds=Holds(PIG),
        grip=PIG.body[1][:2],
    )
)
register(
    Kind(
        "goat",
        of(GOAT),
        gait=GOAT.gait.travel,
        runs=RUN * GOAT.gait.travel,
        at=(1.45, 0.16),
        height=0.5,
        home="hills",
        width=0.95,
        top=(-0.08, -0.62),
        shadow=0.38,
        motion="walk",
        hue="white",
        metres=1.1,
        postures=POSTURES,
        holds=Holds(GOAT),
        grip=GOAT.body[1][:2],
    )
)
