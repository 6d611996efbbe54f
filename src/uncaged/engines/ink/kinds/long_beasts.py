"""Long legs and long necks: giraffe, camel, llama. A row of numbers each, and what only they have.

How a row is drawn is in `beast_figure`. Knows no postures and no gaits.
"""

from dataclasses import replace

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.paint import Paint


def knobs(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The two short horns of a giraffe, with a dark knob each, and an ear behind them."""
    for k, colour in ((1, paint.shadow), (0, paint.colour)):
        foot, tip = at.on_head(points((0.02 * k, 0.0), (-0.012 + 0.02 * k, -0.062)))
        drawing.stroke(points(foot, tip), 2.2, colour, taper=(0.0, 0.0), wobble=0.2)
        drawing.dot(tip[0], tip[1], 0.013, paint.dark)


GIRAFFE = Beast(
    body=((-0.22, -0.455, 0.06), (-0.1, -0.475, 0.088), (0.06, -0.5, 0.1), (0.15, -0.535, 0.09)),
    neck=((0.11, -0.55, 0.095), (0.2, -0.68, 0.056), (0.26, -0.82, 0.04), (0.3, -0.94, 0.036)),
    head=(
        (0.28, -0.955, 0.036),
        (0.335, -0.955, 0.042),
        (0.41, -0.915, 0.028),
        (0.445, -0.9, 0.024),
    ),
    tail=(
        (-0.27, -0.48, 0.012),
        (-0.31, -0.42, 0.009),
        (-0.31, -0.32, 0.008),
        (-0.3, -0.27, 0.008),
    ),
    hips=((-0.16, -0.42), (0.11, -0.46)),
    hind=Leg(0.15, 0.155, foot=0.145, thigh=0.062, shank=0.024, ankle=0.017, paw=0.026, hoof=True),
    fore=Leg(0.15, 0.2, foot=0.12, thigh=0.05, shank=0.023, ankle=0.017, paw=0.026, hoof=True),
    gait=walk(0.13, lift=0.05),
    eye=(0.36, 0.012),
    crown=knobs,
    ears=part.ear(-0.02, 0.02, 0.62),
    face=part.lips,
    coat=(coat.tiles,),
    tip=coat.small_tuft,
    supple=0.2,
)
DROMEDARY = Beast(
    body=((-0.3, -0.52, 0.08), (-0.14, -0.53, 0.115), (0.06, -0.52, 0.13), (0.2, -0.54, 0.11)),
    neck=((0.16, -0.54, 0.11), (0.32, -0.52, 0.07), (0.41, -0.62, 0.054), (0.42, -0.77, 0.05)),
    head=((0.38, -0.805, 0.05), (0.45, -0.82, 0.056), (0.55, -0.78, 0.042), (0.59, -0.765, 0.04)),
    tail=((-0.37, -0.54, 0.014), (-0.42, -0.46, 0.011), (-0.42, -0.36, 0.01)),
    hips=((-0.23, -0.46), (0.15, -0.46)),
    hind=Leg(0.17, 0.17, foot=0.15, thigh=0.085, shank=0.034, ankle=0.026, paw=0.045),
    fore=Leg(0.145, 0.215, foot=0.12, thigh=0.06, shank=0.034, ankle=0.026, paw=0.045),
    gait=walk(0.15, lift=0.06),
    eye=(0.34, 0.014),
    crown=part.ears("pricked", 0.5, 0.03, 0.0),
    face=part.lips,
    lumps=coat.humps(0.46, wide=0.3),
    tip=coat.small_tuft,
    supple=0.2,
)
BACTRIAN = replace(DROMEDARY, lumps=coat.humps(0.25, 0.68, wide=0.19))

LLAMA = replace(
    DROMEDARY,
    body=((-0.28, -0.5, 0.11), (-0.12, -0.5, 0.145), (0.06, -0.49, 0.145), (0.19, -0.52, 0.12)),
    neck=((0.15, -0.54, 0.12), (0.26, -0.66, 0.085), (0.3, -0.78, 0.075), (0.33, -0.86, 0.068)),
    head=((0.31, -0.9, 0.066), (0.37, -0.9, 0.066), (0.46, -0.86, 0.044), (0.5, -0.845, 0.036)),
    tail=((-0.38, -0.54, 0.05), (-0.45, -0.48, 0.05), (-0.47, -0.4, 0.03)),
    hips=((-0.22, -0.43), (0.14, -0.43)),
    hind=Leg(0.155, 0.155, foot=0.14, thigh=0.08, shank=0.042, ankle=0.028, paw=0.036, hoof=True),
    fore=Leg(0.135, 0.195, foot=0.11, thigh=0.06, shank=0.042, ankle=0.028, paw=0.036, hoof=True),
    crown=part.ears("pricked", 0.8, 0.035, 0.01),
    lumps=coat.shag,
    tip=None,
)

register(
    Kind(
        "giraffe",
        of(GIRAFFE),
        gait=GIRAFFE.gait.travel,
        runs=RUN * GIRAFFE.gait.travel,
        at=(1.27, 0.28),
        height=0.66,
        home="desert",
        width=0.75,
        top=(-0.06, -0.57),
        shadow=0.26,
        motion="walk",
        hue="yellow",
        quiet=("striped", "dotted"),
        metres=5.2,
        postures=POSTURES,
        holds=Holds(GIRAFFE),
        grip=GIRAFFE.body[1][:2],
    )
)
register(
    Kind(
        "camel",
        of(DROMEDARY, bactrian=BACTRIAN),
        gait=DROMEDARY.gait.travel,
        runs=RUN * DROMEDARY.gait.travel,
        at=(1.33, 0.28),
        height=0.6,
        home="desert",
        width=1.05,
        top=(-0.05, -0.74),
        shadow=0.36,
        motion="walk",
        hue="yellow",
        forms=("dromedary", "bactrian"),
        metres=2.3,
        postures=POSTURES,
        holds=Holds(DROMEDARY),
        grip=DROMEDARY.body[1][:2],
    )
)
register(
    Kind(
        "llama",
        of(LLAMA),
        gait=LLAMA.gait.travel,
        runs=RUN * LLAMA.gait.travel,
        at=(1.39, 0.28),
        height=0.58,
        home="hills",
        width=0.95,
        top=(-0.08, -0.64),
        shadow=0.36,
        motion="walk",
        hue="white",
        metres=1.7,
        postures=POSTURES,
        holds=Holds(LLAMA),
        grip=LLAMA.body[1][:2],
    )
)
