"""The heavy ones: bear, rhinoceros, hippopotamus. A row of numbers each; the elephant is in `beasts`.

How a row is drawn is in `beast_figure`. Knows no postures and no gaits.
"""

import numpy as np

from uncaged.engines.ink.curves import leaf
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.kinds.shaping import horn
from uncaged.engines.ink.paint import Paint

PLATE = np.linspace(0.85, -0.8, 8)


def snout(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pale muzzle and a big black nose."""
    form = at.head.at(part.SNOUT_U, part.SNOUT_V)
    drawing.form(form, paint.second, line=0.5, shade=0.3)
    part.muzzle(drawing, paint, at)


def two_horns(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A long horn at the end of the snout and a short one behind it, and a small mouth."""
    for u, long, width in ((0.66, 0.1, 0.03), (0.93, 0.23, 0.04)):
        root = at.head.at(u, 0.75)
        tip = root + at.head.direction(u) * (0.35 * long) + at.head.normal[int(u * 15)] * long
        drawing.form(horn(root, tip, width, -0.12), paint.pale, line=0.8, shade=0.4)
    nostril = at.head.at(0.97, 0.0)
    drawing.dot(nostril[0], nostril[1], 0.012, pupil(paint))
    part.lips(drawing, paint, at)


def plates(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The folds of a rhinoceros: behind the shoulder, before the thigh, round the neck."""
    for u, bend in ((0.3, -0.05), (0.72, 0.05)):
        line = at.body.at(u + bend * (1 - PLATE * PLATE), PLATE)
        drawing.stroke(line, 0.8, paint.ink)
    if not at.curled:
        drawing.stroke(at.neck.at(0.35, PLATE * 0.8), 0.7, paint.ink)


def jaws(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A broad snout with nostrils on top, a long mouth and two blunt teeth; the eye sits high."""
    for u in (0.86, 0.95):
        nostril = at.head.at(u, 0.8)
        drawing.dot(nostril[0], nostril[1], 0.014, pupil(paint))
    for u in (0.72, 0.86):
        root = at.head.at(u, -0.42)
        tooth = leaf(root, root + at.head.normal[int(u * 15)] * -0.045, 0.016)
        drawing.form(tooth.outline(), paint.pale, line=0.5, shade=0.1)
    way = at.head.at(np.linspace(0.45, 1.0, 7), -0.4 + 0.3 * np.linspace(-0.4, 0.8, 7))
    drawing.stroke(way, 0.9, paint.ink)


BEAR = Beast(
    body=((-0.34, -0.47, 0.15), (-0.14, -0.51, 0.19), (0.08, -0.52, 0.205), (0.25, -0.53, 0.16)),
    neck=((0.2, -0.55, 0.16), (0.36, -0.6, 0.12)),
    head=((0.33, -0.635, 0.115), (0.45, -0.63, 0.12), (0.56, -0.575, 0.07), (0.63, -0.555, 0.055)),
    tail=((-0.46, -0.53, 0.04), (-0.52, -0.5, 0.03)),
    hips=((-0.26, -0.4), (0.2, -0.4)),
    hind=Leg(0.16, 0.16, foot=0.07, thigh=0.135, shank=0.082, ankle=0.066, paw=0.085),
    fore=Leg(0.14, 0.21, foot=0.06, thigh=0.12, shank=0.085, ankle=0.07, paw=0.085),
    gait=walk(0.13, lift=0.06, bounce=0.02),
    eye=(0.46, 0.016),
    crown=part.ears("round", 0.95, 0.13, -0.005),
    face=snout,
    supple=0.5,
)
RHINOCEROS = Beast(
    body=((-0.38, -0.5, 0.16), (-0.18, -0.52, 0.2), (0.06, -0.5, 0.205), (0.26, -0.53, 0.17)),
    neck=((0.2, -0.54, 0.17), (0.38, -0.55, 0.125)),
    head=((0.36, -0.55, 0.12), (0.5, -0.49, 0.1), (0.62, -0.41, 0.075), (0.7, -0.37, 0.06)),
    tail=((-0.52, -0.56, 0.022), (-0.58, -0.44, 0.016), (-0.58, -0.32, 0.018)),
    hips=((-0.3, -0.4), (0.22, -0.4)),
    hind=Leg(0.17, 0.17, foot=0.06, thigh=0.13, shank=0.07, ankle=0.06, paw=0.07),
    fore=Leg(0.13, 0.22, foot=0.06, thigh=0.11, shank=0.07, ankle=0.06, paw=0.07),
    gait=walk(0.13, lift=0.05),
    eye=(0.36, 0.014),
    crown=part.ears("leaf", 0.8, 0.05, 0.0),
    face=two_horns,
    marks=(plates,),
    heavy=True,
)
HIPPOPOTAMUS = Beast(
    body=((-0.42, -0.41, 0.17), (-0.18, -0.43, 0.235), (0.1, -0.42, 0.235), (0.26, -0.44, 0.19)),
    neck=((0.2, -0.47, 0.18), (0.36, -0.49, 0.15)),
    head=((0.33, -0.53, 0.135), (0.46, -0.51, 0.125), (0.6, -0.44, 0.145), (0.69, -0.41, 0.145)),
    tail=((-0.57, -0.46, 0.025), (-0.62, -0.36, 0.02)),
    hips=((-0.32, -0.28), (0.2, -0.28)),
    hind=Leg(0.12, 0.12, foot=0.05, thigh=0.13, shank=0.085, ankle=0.075, paw=0.08),
    fore=Leg(0.1, 0.15, foot=0.05, thigh=0.11, shank=0.085, ankle=0.075, paw=0.08),
    gait=walk(0.09, lift=0.04),
    eye=(0.3, 0.02),
    crown=part.ears("round", 0.55, 0.1, 0.0),
    face=jaws,
    heavy=True,
)

register(
    Kind(
        "bear",
        of(BEAR),
        gait=BEAR.gait.travel,
        runs=RUN * BEAR.gait.travel,
        at=(1.15, 0.16),
        height=0.5,
        home="forest",
        width=1.25,
        top=(-0.08, -0.7),
        shadow=0.46,
        motion="walk",
        hue="brown",
        metres=1.5,
        postures=POSTURES,
        holds=Holds(BEAR),
        grip=BEAR.body[1][:2],
    )
)
register(
    Kind(
        "rhinoceros",
        of(RHINOCEROS),
        gait=RHINOCEROS.gait.travel,
        runs=RUN * RHINOCEROS.gait.travel,
        at=(1.15, 0.28),
        height=0.52,
        home="desert",
        width=1.35,
        top=(-0.08, -0.7),
        shadow=0.5,
        motion="walk",
        hue="grey",
        metres=2.2,
        postures=POSTURES,
        holds=Holds(RHINOCEROS),
        grip=RHINOCEROS.body[1][:2],
    )
)
register(
    Kind(
        "hippopotamus",
        of(HIPPOPOTAMUS),
        gait=HIPPOPOTAMUS.gait.travel,
        runs=RUN * HIPPOPOTAMUS.gait.travel,
        at=(1.21, 0.28),
        height=0.5,
        home="water",
        width=1.4,
        top=(-0.08, -0.65),
        shadow=0.52,
        motion="walk",
        hue="violet",
        metres=2.1,
        postures=POSTURES,
        holds=Holds(HIPPOPOTAMUS),
        grip=HIPPOPOTAMUS.body[1][:2],
    )
)
