"""Cats that walk: the house cat on its feet, lion and lioness, tiger, leopard. A row of numbers each.

The cat that sits and looks at you is in `cat`. How a row is drawn is in `beast_figure`.
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
    curls=True,
    supple=1.0,
)
LIONESS = Beast(
    body=((-0.38, -0.5, 0.1), (-0.16, -0.5, 0.11), (0.08, -0.49, 0.14), (0.26, -0.53, 0.13)),
    neck=((0.22, -0.56, 0.13), (0.35, -0.66, 0.115)),
    head=((0.32, -0.71, 0.105), (0.43, -0.71, 0.11), (0.53, -0.665, 0.07), (0.58, -0.65, 0.058)),
    tail=(
        (-0.43, -0.52, 0.03),
        (-0.57, -0.46, 0.022),
        (-0.65, -0.28, 0.018),
        (-0.78, -0.24, 0.015),
    ),
    hips=((-0.29, -0.44), (0.21, -0.42)),
    hind=Leg(0.17, 0.17, foot=0.12, thigh=0.1, shank=0.052, ankle=0.042, paw=0.06),
    fore=Leg(0.14, 0.22, foot=0.08, thigh=0.085, shank=0.055, ankle=0.046, paw=0.062),
    gait=walk(0.15),
    ears=part.ears("round", 0.8, 0.085, -0.005),
    face=part.big_cat,
    marks=(coat.belly,),
    tip=coat.tuft,
    supple=1.0,
)
LION = replace(LIONESS, coat=(coat.ruff,), marks=())
TIGER = replace(
    LIONESS,
    coat=(coat.tiger,),
    marks=(coat.belly, coat.bib),
    tail=((-0.43, -0.53, 0.04), (-0.56, -0.44, 0.036), (-0.66, -0.3, 0.034), (-0.78, -0.36, 0.03)),
    tip=None,
)
LEOPARD = replace(
    WALKING_CAT,
    coat=(coat.spots,),
    marks=(coat.belly,),
    head=((0.29, -0.62, 0.08), (0.39, -0.63, 0.1), (0.47, -0.605, 0.07), (0.5, -0.6, 0.058)),
    tail=((-0.4, -0.45, 0.04), (-0.55, -0.4, 0.036), (-0.66, -0.2, 0.034), (-0.82, -0.3, 0.03)),
    crown=part.ears("round", 0.75, 0.075, 0.0),
    face=part.big_cat,
    gait=walk(0.14),
)

register(
    Kind(
        "cat-walking",
        of(WALKING_CAT),
        gait=WALKING_CAT.gait.travel,
        runs=RUN * WALKING_CAT.gait.travel,
        at=(0.14, 0.58),
        height=0.46,
        home="room",
        width=1.1,
        top=(-0.06, -0.52),
        shadow=0.4,
        motion="walk",
        hidden=True,
        quiet=("striped", "dotted"),
        metres=0.4,
        postures=POSTURES,
        holds=Holds(WALKING_CAT),
        grip=WALKING_CAT.body[1][:2],
    )
)
register(
    Kind(
        "lion",
        of(LION, lioness=LIONESS),
        gait=LION.gait.travel,
        runs=RUN * LION.gait.travel,
        at=(1.15, 0.10),
        height=0.5,
        home="desert",
        width=1.3,
        top=(-0.08, -0.61),
        shadow=0.44,
        motion="walk",
        hue="yellow",
        forms=("lion", "lioness"),
        metres=1.3,
        postures=POSTURES,
        holds=Holds(LION),
        grip=LION.body[1][:2],
    )
)
register(
    Kind(
        "tiger",
        of(TIGER),
        gait=TIGER.gait.travel,
        runs=RUN * TIGER.gait.travel,
        at=(1.21, 0.10),
        height=0.5,
        home="jungle",
        width=1.3,
        top=(-0.08, -0.61),
        shadow=0.44,
        motion="walk",
        hue="orange",
        quiet=("striped",),
        metres=1.3,
        postures=POSTURES,
        holds=Holds(TIGER),
        grip=TIGER.body[1][:2],
    )
)
register(
    Kind(
        "leopard",
        of(LEOPARD),
        gait=LEOPARD.gait.travel,
        runs=RUN * LEOPARD.gait.travel,
        at=(1.27, 0.10),
        height=0.44,
        home="jungle",
        width=1.2,
        top=(-0.06, -0.53),
        shadow=0.42,
        motion="walk",
        hue="yellow",
        quiet=("dotted",),
        metres=1.0,
        postures=POSTURES,
        holds=Holds(LEOPARD),
        grip=LEOPARD.body[1][:2],
    )
)
