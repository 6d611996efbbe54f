"""One four-legged animal for many: deer, elephant, sheep are a row of numbers each, as are their neighbours' animals.

To add an animal, copy a row and change it until it looks right; if it has something that no other one has, add a part
to `beast_parts` (heads) or `beast_coats` (bodies). How a row is drawn is in `beast_figure`.
"""

from dataclasses import replace

from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.quadruped import Leg

DEER = Beast(
    body=((-0.3, -0.575, 0.09), (-0.12, -0.555, 0.095), (0.07, -0.545, 0.115), (0.22, -0.585, 0.1)),
    neck=((0.2, -0.6, 0.1), (0.3, -0.74, 0.07), (0.35, -0.86, 0.06)),
    head=((0.32, -0.88, 0.055), (0.42, -0.86, 0.065), (0.52, -0.8, 0.04), (0.56, -0.78, 0.03)),
    tail=((-0.36, -0.6, 0.035), (-0.42, -0.55, 0.02)),
    hips=((-0.24, -0.51), (0.17, -0.49)),
    hind=Leg(0.19, 0.19, foot=0.17, thigh=0.085, shank=0.03, ankle=0.021, paw=0.032, hoof=True),
    fore=Leg(0.14, 0.26, foot=0.11, thigh=0.06, shank=0.03, ankle=0.021, paw=0.032, hoof=True),
    gait=walk(0.16),
    eye=(0.42, 0.015),
    crown=part.antlers,
    ears=part.leaf_ear,
    face=part.muzzle,
    marks=(coat.belly,),
    curls=True,
)
DOE = replace(DEER, crown=None)
ELEPHANT = Beast(
    body=((-0.36, -0.54, 0.17), (-0.16, -0.6, 0.235), (0.08, -0.57, 0.24), (0.24, -0.56, 0.2)),
    neck=((0.2, -0.62, 0.2), (0.34, -0.66, 0.17)),
    head=((0.3, -0.68, 0.15), (0.42, -0.66, 0.165), (0.5, -0.56, 0.1)),
    tail=((-0.5, -0.56, 0.02), (-0.58, -0.42, 0.015), (-0.58, -0.3, 0.02)),
    hips=((-0.29, -0.46), (0.21, -0.46)),
    hind=Leg(0.215, 0.215, foot=0.07, thigh=0.14, shank=0.088, ankle=0.075, paw=0.085),
    fore=Leg(0.15, 0.26, foot=0.07, thigh=0.12, shank=0.085, ankle=0.075, paw=0.085),
    gait=walk(0.14, lift=0.05),
    eye=(0.55, 0.017),
    face=part.tusk_and_ear,
    heavy=True,
    grazes=False,
    hand=part.trunk_tip,
)
SHEEP = Beast(
    body=((-0.3, -0.48, 0.17), (-0.1, -0.52, 0.21), (0.1, -0.5, 0.21), (0.22, -0.5, 0.18)),
    neck=((0.2, -0.55, 0.1), (0.3, -0.6, 0.08)),
    head=((0.28, -0.62, 0.07), (0.38, -0.6, 0.08), (0.47, -0.53, 0.055)),
    tail=((-0.46, -0.5, 0.06), (-0.52, -0.44, 0.04)),
    hips=((-0.24, -0.36), (0.16, -0.36)),
    hind=Leg(0.145, 0.145, foot=0.1, thigh=0.055, shank=0.032, ankle=0.024, paw=0.032, hoof=True),
    fore=Leg(0.12, 0.195, foot=0.06, thigh=0.045, shank=0.032, ankle=0.024, paw=0.032, hoof=True),
    gait=walk(0.12, lift=0.06),
    eye=(0.52, 0.018),
    ears=part.flap_ear,
    coat=(coat.wool,),
    dark=True,
    fleece=True,
)
RAM = replace(
    SHEEP,
    marks=(
        part.horns((-0.1, -0.1), (-0.19, 0.0), (-0.12, 0.13), (0.0, 0.1), width=0.036, apart=0.03),
    ),
)


register(
    Kind(
        "deer",
        of(DEER, doe=DOE),
        gait=DEER.gait.travel,
        runs=RUN * DEER.gait.travel,
        at=(0.24, 0.72),
        height=0.56,
        home="forest",
        width=0.9,
        top=(-0.06, -0.65),
        shadow=0.36,
        motion="walk",
        hue="brown",
        forms=("stag", "doe"),
        metres=1.7,
        postures=POSTURES,
        holds=Holds(DEER),
        grip=DEER.body[1][:2],
    )
)
register(
    Kind(
        "elephant",
        of(ELEPHANT),
        gait=ELEPHANT.gait.travel,
        runs=RUN * ELEPHANT.gait.travel,
        at=(0.40, 0.92),
        height=0.58,
        home="desert",
        width=1.3,
        top=(-0.1, -0.82),
        shadow=0.5,
        motion="walk",
        hue="grey",
        metres=3.6,
        postures=POSTURES,
        holds=Holds(ELEPHANT),
        grip=ELEPHANT.body[1][:2],
    )
)
register(
    Kind(
        "sheep",
        of(SHEEP, ram=RAM),
        gait=SHEEP.gait.travel,
        runs=RUN * SHEEP.gait.travel,
        at=(0.10, 0.80),
        height=0.44,
        home="meadow",
        width=1.1,
        top=(-0.04, -0.73),
        shadow=0.44,
        motion="walk",
        hue="white",
        forms=("sheep", "ram"),
        metres=1.1,
        postures=POSTURES,
        holds=Holds(SHEEP),
        grip=SHEEP.body[1][:2],
    )
)
