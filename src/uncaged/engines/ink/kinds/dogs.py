"""Dog, fox, and the wolf, who is a dog nobody has asked to sit. A row of numbers each.

How a row is drawn is in `beast_figure`. Knows no postures and no gaits.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_figure import build, of
from uncaged.engines.ink.kinds.beast_gaits import RUN, trot
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint


def saddle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A darker back with a ragged edge."""
    if paint.fill != "plain" or at.curled:
        return
    u = np.linspace(0.04, 0.92, 13)
    edge = 0.42 + 0.18 * (np.arange(13) % 2)
    form = np.concatenate([at.body.at(u, edge), at.body.at(u[::-1], 0.99)])
    drawing.form(form, paint.pattern, line=0, shade=0.3, alpha=170)


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
    face=part.muzzle,
    marks=(coat.belly,),
    curls=True,
)
SPITZ = replace(
    DOG,
    neck=((0.2, -0.56, 0.13), (0.33, -0.71, 0.115)),
    tail=((-0.38, -0.58, 0.05), (-0.48, -0.7, 0.075), (-0.44, -0.84, 0.08), (-0.3, -0.86, 0.05)),
    crown=part.pricked_ears,
    ears=None,
    lumps=coat.shaggy,
    marks=(coat.belly, coat.bib),
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
    face=part.muzzle,
    marks=(coat.belly, coat.bib),
    tip=coat.brush,
    socks=True,
    curls=True,
)
WOLF = Beast(
    body=((-0.36, -0.52, 0.09), (-0.16, -0.52, 0.1), (0.08, -0.51, 0.135), (0.25, -0.54, 0.13)),
    neck=((0.2, -0.56, 0.13), (0.35, -0.65, 0.1)),
    head=((0.31, -0.7, 0.095), (0.42, -0.7, 0.1), (0.56, -0.64, 0.05), (0.66, -0.615, 0.036)),
    tail=((-0.41, -0.54, 0.035), (-0.5, -0.46, 0.06), (-0.56, -0.34, 0.062), (-0.6, -0.22, 0.012)),
    hips=((-0.29, -0.46), (0.21, -0.44)),
    hind=Leg(0.185, 0.185, foot=0.14, thigh=0.09, shank=0.04, ankle=0.032, paw=0.055),
    fore=Leg(0.14, 0.235, foot=0.09, thigh=0.07, shank=0.04, ankle=0.032, paw=0.055),
    gait=trot(0.14),
    wag=0.5,
    crown=part.ears("pricked", 0.9),
    face=part.muzzle,
    lumps=coat.shaggy,
    marks=(saddle, coat.bib),
    curls=True,
)


def dog(stream: Stream, paint: Paint, form: str) -> Figure:
    """Hanging ears or pricked ones: what kind of dog it is, is drawn by lot where nobody says."""
    known = form or stream.sub("form").pick(("hound", "hound", "hound", "spitz"))
    return build(stream, paint, SPITZ if known == "spitz" else DOG)


register(
    Kind(
        "dog",
        dog,
        gait=DOG.gait.travel,
        runs=RUN * DOG.gait.travel,
        at=(0.42, 0.52),
        height=0.46,
        home="village",
        width=1.1,
        top=(-0.08, -0.62),
        shadow=0.42,
        motion="walk",
        forms=("hound", "spitz"),
        metres=0.75,
        postures=POSTURES,
        holds=Holds(DOG),
        grip=DOG.body[1][:2],
    )
)
register(
    Kind(
        "fox",
        of(FOX),
        gait=FOX.gait.travel,
        runs=RUN * FOX.gait.travel,
        at=(0.32, 0.60),
        height=0.44,
        home="forest",
        width=1.4,
        top=(-0.06, -0.54),
        shadow=0.42,
        motion="walk",
        hue="orange",
        metres=0.55,
        postures=POSTURES,
        holds=Holds(FOX),
        grip=FOX.body[1][:2],
    )
)
register(
    Kind(
        "wolf",
        of(WOLF),
        gait=WOLF.gait.travel,
        runs=RUN * WOLF.gait.travel,
        at=(1.15, 0.04),
        height=0.48,
        home="forest",
        width=1.2,
        top=(-0.08, -0.62),
        shadow=0.42,
        motion="walk",
        hue="grey",
        metres=0.95,
        postures=POSTURES,
        holds=Holds(WOLF),
        grip=WOLF.body[1][:2],
    )
)
