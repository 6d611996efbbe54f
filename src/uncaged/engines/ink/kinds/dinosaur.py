"""Dinosaurs: the one with the long neck, the one that hunts, the one with plates, the one with three horns.

Each is a row of numbers of a construction that others share: `beast` on four legs, `upright` on two. All of them walk
as far in a cycle, since a kind has one gait.
"""

from collections.abc import Mapping

import numpy as np

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure, Kind, beast_figure, register, upright
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed
from uncaged.engines.ink.kinds.beast_gaits import RUN, Gait
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.kinds.shaping import horn
from uncaged.engines.ink.kinds.upright import Upright
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

TRAVEL = 0.42
"""How far any of them gets in a walking cycle, in heights."""
TOOTH = points((-0.012, 0.0), (0.012, 0.0), (0.0, 0.03))
SPINE = np.linspace(0.04, 0.98, 9)
BACK = np.linspace(0.02, 0.9, 8)
FRILL = points(
    (-0.02, 0.1), (-0.13, 0.08), (-0.2, -0.04), (-0.17, -0.17), (-0.06, -0.15), (0.05, -0.04)
)


def jaws(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A long mouth full of teeth, a nostril, a heavy brow."""
    head = at.head
    up = head.normal[11]
    for u in (0.6, 0.7, 0.8, 0.9):
        root = head.at(u, -0.28)
        drawing.form(at.on_head(TOOTH) - at.skull + root, paint.white, line=0.4, shade=0)
    drawing.stroke(head.at(np.linspace(0.34, 1.0, 7), -0.28), 0.9, paint.ink)
    nostril = head.at(0.94, 0.5)
    drawing.dot(nostril[0], nostril[1], 0.01, paint.ink)
    brow = head.at(points(0.28, 0.42, 0.54), points(0.62, 0.86, 0.72)) + up * 0.004
    drawing.stroke(brow, 1.3, paint.ink, wobble=0.2)


def bands(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Dark bands down the back and the tail, as on a lizard."""
    if paint.fill != "plain":
        return
    forms = [
        at.body.at(points(u - 0.03, u + 0.03, u + 0.012), points(0.98, 0.98, 0.1))
        for u in (0.1, 0.3, 0.5, 0.7)
    ]
    forms += [
        at.tail.at(points(u - 0.03, u + 0.03, u + 0.01), points(-0.98, -0.98, 0.0))
        for u in (0.12, 0.27, 0.42, 0.57)
    ]
    drawing.multi(forms, paint.pattern, line=0)


def plates(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A row of plates along the back, the largest in the middle, and four spikes at the end of the tail."""
    for k, u in enumerate(BACK):
        size = 0.09 + 0.12 * (1 - abs(k - 4) / 4.5)
        root, up = at.body.at(float(u), 0.85), at.body.normal[int(u * 23)]
        side = points(-up[1], up[0]) * size * 0.5
        plate = np.stack([root - side * 0.6, root - side + up * size * 0.5, root + up * size])
        plate = np.concatenate([plate, [root + side + up * size * 0.4, root + side * 0.6]])
        drawing.form(smooth(plate, True, 3), paint.accent, line=0.8, shade=0.6)
    for u, long in ((0.78, 0.12), (0.9, 0.14)):
        root = at.tail.at(u, 0.0)
        for way in (-1.0, 1.0):
            tip = root + at.tail.normal[int(u * 17)] * long * way + points(-0.06, 0.0)
            drawing.form(horn(root, tip, 0.018), paint.pale, line=0.6, shade=0.2)


def frill(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A collar of bone behind the head, with a scalloped edge."""
    form = smooth(at.on_head(FRILL * 1.55), True, 4)
    drawing.form(form, paint.accent, line=0.9, shade=0.6)
    for k in (1, 2, 3):
        inner = at.on_head(FRILL[k : k + 1] * 1.1)
        drawing.dot(inner[0, 0], inner[0, 1], 0.02, paint.pale)


def three_horns(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Two long horns over the eyes, a short one on the nose, a beak."""
    head = at.head
    for u, ahead, long, width in (
        (0.3, 0.75, 0.24, 0.026),
        (0.42, 0.65, 0.24, 0.026),
        (0.84, 0.3, 0.09, 0.026),
    ):
        root = head.at(u, 0.75)
        way = head.tangent[int(u * 15)] * ahead + head.normal[int(u * 15)] * 0.8
        drawing.form(horn(root, root + way * long, width, -0.08), paint.pale, line=0.7, shade=0.3)
    part.lips(drawing, paint, at)


def _plain(bounce: float = 0.012) -> Gait:
    return Gait(TRAVEL, 0.6, 0.06, bounce)


LONG_NECK = Beast(
    body=((-0.3, -0.4, 0.11), (-0.14, -0.43, 0.155), (0.04, -0.43, 0.165), (0.18, -0.45, 0.12)),
    neck=((0.14, -0.48, 0.11), (0.3, -0.58, 0.066), (0.4, -0.74, 0.05), (0.48, -0.88, 0.042)),
    head=((0.46, -0.9, 0.044), (0.54, -0.91, 0.052), (0.63, -0.88, 0.036), (0.67, -0.87, 0.032)),
    tail=(
        (-0.32, -0.4, 0.1),
        (-0.52, -0.32, 0.062),
        (-0.72, -0.2, 0.036),
        (-0.92, -0.16, 0.02),
        (-1.08, -0.2, 0.006),
    ),
    hips=((-0.22, -0.36), (0.14, -0.36)),
    hind=Leg(0.15, 0.15, foot=0.06, thigh=0.1, shank=0.058, ankle=0.05, paw=0.055),
    fore=Leg(0.12, 0.18, foot=0.06, thigh=0.08, shank=0.055, ankle=0.048, paw=0.052),
    gait=_plain(),
    eye=(0.4, 0.013),
    face=part.lips,
    marks=(coat.belly, bands),
    heavy=True,
)
STEGOSAURUS = Beast(
    body=((-0.4, -0.36, 0.1), (-0.18, -0.46, 0.2), (0.06, -0.42, 0.2), (0.26, -0.3, 0.11)),
    neck=((0.2, -0.32, 0.11), (0.36, -0.27, 0.07)),
    head=((0.35, -0.28, 0.058), (0.44, -0.265, 0.06), (0.54, -0.22, 0.036), (0.58, -0.21, 0.03)),
    tail=((-0.4, -0.36, 0.1), (-0.58, -0.3, 0.065), (-0.78, -0.28, 0.04), (-0.96, -0.34, 0.014)),
    hips=((-0.24, -0.34), (0.2, -0.28)),
    hind=Leg(0.15, 0.15, foot=0.06, thigh=0.12, shank=0.06, ankle=0.05, paw=0.06),
    fore=Leg(0.1, 0.14, foot=0.05, thigh=0.08, shank=0.052, ankle=0.046, paw=0.055),
    gait=_plain(),
    eye=(0.42, 0.014),
    face=part.lips,
    behind=plates,
    marks=(coat.belly,),
    heavy=True,
)
TRICERATOPS = Beast(
    body=((-0.4, -0.4, 0.13), (-0.18, -0.45, 0.19), (0.06, -0.44, 0.2), (0.24, -0.43, 0.16)),
    neck=((0.18, -0.44, 0.16), (0.34, -0.43, 0.13)),
    head=((0.32, -0.43, 0.13), (0.46, -0.39, 0.11), (0.6, -0.3, 0.06), (0.66, -0.27, 0.035)),
    tail=((-0.42, -0.4, 0.12), (-0.6, -0.3, 0.07), (-0.78, -0.2, 0.035), (-0.9, -0.18, 0.01)),
    hips=((-0.28, -0.34), (0.18, -0.34)),
    hind=Leg(0.15, 0.15, foot=0.06, thigh=0.12, shank=0.066, ankle=0.056, paw=0.065),
    fore=Leg(0.11, 0.18, foot=0.06, thigh=0.1, shank=0.062, ankle=0.054, paw=0.06),
    gait=_plain(),
    eye=(0.4, 0.016),
    crown=frill,
    face=three_horns,
    marks=(coat.belly,),
    heavy=True,
)
HUNTER = Upright(
    body=((-0.12, -0.5, 0.13), (0.0, -0.53, 0.145), (0.13, -0.58, 0.115), (0.2, -0.63, 0.09)),
    neck=((0.16, -0.61, 0.09), (0.25, -0.7, 0.075), (0.29, -0.78, 0.078)),
    head=((0.24, -0.83, 0.085), (0.36, -0.83, 0.1), (0.5, -0.79, 0.07), (0.57, -0.775, 0.052)),
    tail=((-0.14, -0.5, 0.12), (-0.36, -0.52, 0.08), (-0.6, -0.5, 0.045), (-0.86, -0.54, 0.008)),
    hip=(-0.06, -0.5),
    shoulder=(0.18, -0.56),
    thigh=0.25,
    shank=0.23,
    heel=(-0.09, -0.12),
    toe=0.1,
    leg=(0.12, 0.062, 0.036),
    arm=(0.07, 0.08),
    arm_width=0.022,
    gait=Gait(TRAVEL, 0.58, 0.1, 0.015),
    runs=RUN,
    hops=False,
    seated=0.2,
    prone=-0.16,
    eye=(0.36, 0.02),
    face=jaws,
    marks=(bands,),
)
_FOUR: Mapping[str, Beast] = {
    "long-neck": LONG_NECK,
    "stegosaurus": STEGOSAURUS,
    "triceratops": TRICERATOPS,
}
FORMS = ("long-neck", "tyrannosaurus", "stegosaurus", "triceratops")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """One of the four, by lot where none is named."""
    known = form if form in FORMS else stream.sub("form").pick(FORMS)
    row: Build = upright.of(HUNTER) if known == "tyrannosaurus" else beast_figure.of(_FOUR[known])
    return row(stream, paint, known)


register(
    Kind(
        "dinosaur",
        build,
        gait=TRAVEL,
        runs=RUN * TRAVEL,
        at=(1.15, 0.40),
        height=0.66,
        home="jungle",
        width=1.6,
        top=(-0.08, -0.6),
        shadow=0.44,
        motion="walk",
        hue="green",
        forms=FORMS,
        metres=5.0,
        postures=POSTURES,
        holds=Holds(LONG_NECK),
        grip=LONG_NECK.body[1][:2],
    )
)
