"""One four-legged animal for many: dog, fox, walking cat, deer, elephant, sheep are a row of numbers each.

To add an animal, copy a row and change it until it looks right; if it has something that no other one has, add a part
to `beast_parts`. How a row is drawn is in `beast_figure`.
"""

from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast_figure import Beast, of
from uncaged.engines.ink.kinds.quadruped import Leg, trot, walk

DOG = Beast(
    body=((-0.34, -0.525, 0.1), (-0.14, -0.53, 0.1), (0.08, -0.515, 0.138), (0.25, -0.545, 0.125)),
    neck=((0.2, -0.56, 0.12), (0.34, -0.72, 0.095)),
    head=((0.3, -0.79, 0.1), (0.42, -0.79, 0.105), (0.54, -0.74, 0.058), (0.61, -0.72, 0.045)),
    tail=((-0.38, -0.57, 0.04), (-0.5, -0.68, 0.035), (-0.5, -0.86, 0.015)),
    hips=((-0.28, -0.47), (0.21, -0.44)),
    hind=Leg(0.19, 0.19, foot=0.13, thigh=0.095, shank=0.042, ankle=0.034, paw=0.05),
    fore=Leg(0.14, 0.24, foot=0.08, thigh=0.07, shank=0.042, ankle=0.034, paw=0.05),
    gait=trot(0.13),
    wag=1.5,
    ears=part.flap_ear,
    marks=(part.belly,),
)
FOX = Beast(
    body=((-0.36, -0.455, 0.08), (-0.15, -0.455, 0.085), (0.08, -0.45, 0.11), (0.26, -0.48, 0.11)),
    neck=((0.22, -0.49, 0.105), (0.35, -0.62, 0.09)),
    head=((0.3, -0.69, 0.085), (0.42, -0.69, 0.1), (0.55, -0.64, 0.045), (0.65, -0.61, 0.018)),
    tail=((-0.4, -0.47, 0.035), (-0.58, -0.38, 0.1), (-0.77, -0.42, 0.11), (-0.9, -0.54, 0.012)),
    hips=((-0.3, -0.4), (0.21, -0.38)),
    hind=Leg(0.165, 0.165, foot=0.115, thigh=0.08, shank=0.033, ankle=0.026, paw=0.042),
    fore=Leg(0.12, 0.205, foot=0.07, thigh=0.055, shank=0.033, ankle=0.026, paw=0.042),
    gait=trot(0.135),
    crown=part.pricked_ears,
    marks=(part.belly, part.bib, part.brush),
    socks=True,
)
WALKING_CAT = Beast(
    body=((-0.34, -0.435, 0.09), (-0.14, -0.43, 0.09), (0.08, -0.425, 0.105), (0.26, -0.45, 0.1)),
    neck=((0.24, -0.47, 0.09), (0.34, -0.58, 0.085)),
    head=((0.28, -0.64, 0.09), (0.38, -0.65, 0.115), (0.46, -0.63, 0.085)),
    tail=((-0.4, -0.45, 0.04), (-0.56, -0.48, 0.038), (-0.6, -0.68, 0.034), (-0.52, -0.84, 0.026)),
    hips=((-0.27, -0.38), (0.2, -0.36)),
    hind=Leg(0.155, 0.155, foot=0.11, thigh=0.08, shank=0.037, ankle=0.03, paw=0.042),
    fore=Leg(0.115, 0.195, foot=0.07, thigh=0.06, shank=0.037, ankle=0.03, paw=0.042),
    gait=walk(0.12),
    crown=part.pricked_ears,
    face=part.whiskers,
)
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
    marks=(part.belly,),
)
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
    face=part.trunk,
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
    face=None,
    dark=True,
)


register(
    Kind(
        "dog",
        of(DOG),
        gait=DOG.gait.travel,
        at=(0.42, 0.52),
        height=0.46,
        home="village",
        width=1.1,
        top=(-0.08, -0.62),
        shadow=0.42,
        motion="walk",
    )
)
register(
    Kind(
        "fox",
        of(FOX),
        gait=FOX.gait.travel,
        at=(0.32, 0.60),
        height=0.44,
        home="forest",
        width=1.4,
        top=(-0.06, -0.54),
        shadow=0.42,
        motion="walk",
        hue="orange",
    )
)
register(
    Kind(
        "cat-walking",
        of(WALKING_CAT),
        gait=WALKING_CAT.gait.travel,
        at=(0.14, 0.58),
        height=0.46,
        home="room",
        width=1.1,
        top=(-0.06, -0.52),
        shadow=0.4,
        motion="walk",
        hidden=True,
        quiet=("striped", "dotted"),
    )
)
register(
    Kind(
        "deer",
        of(DEER),
        gait=DEER.gait.travel,
        at=(0.24, 0.72),
        height=0.56,
        home="forest",
        width=0.9,
        top=(-0.06, -0.65),
        shadow=0.36,
        motion="walk",
        hue="brown",
    )
)
register(
    Kind(
        "elephant",
        of(ELEPHANT),
        gait=ELEPHANT.gait.travel,
        at=(0.40, 0.92),
        height=0.58,
        home="desert",
        width=1.3,
        top=(-0.1, -0.82),
        shadow=0.5,
        motion="walk",
        hue="grey",
    )
)
register(
    Kind(
        "sheep",
        of(SHEEP),
        gait=SHEEP.gait.travel,
        at=(0.10, 0.80),
        height=0.44,
        home="meadow",
        width=1.1,
        top=(-0.04, -0.73),
        shadow=0.44,
        motion="walk",
        hue="white",
    )
)
