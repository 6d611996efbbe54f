"""Small ones close to the ground: rabbit, mouse, hedgehog, badger, raccoon, beaver, otter. A row of numbers each.

A rabbit's walk is a hop. How a row is drawn is in `beast_figure`. Knows no postures.
"""

import numpy as np

from uncaged.engines.ink.curves import leaf, lobed, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_coats as coat
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Beast, Posed, muzzle_tip
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_gaits import RUN, Gait, walk
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import Leg
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

SPOON = leaf((0.0, 0.03), (-0.07, -0.36), 0.05, -0.06, 12)
INNER = leaf((0.0, -0.04), (-0.06, -0.31), 0.024, -0.06, 10)
PUFF = lobed(Stream("puff"), 0.0, 0.0, 0.075, 0.07, 7, 0.14, 4)


def spoons(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A rabbit's ears: two long spoons, pink inside; the far one comes later."""
    for k, colour in ((1, paint.shadow), (0, paint.colour)):
        root = points(0.05 * k, 0.0)
        drawing.form(at.ear(SPOON.outline(), root, 0.2 * k), colour, line=0.9, shade=0.4)
        drawing.form(
            at.ear(INNER.outline(), root, 0.2 * k), paint.lip, line=0, shade=0.2, alpha=150
        )


def puff(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A round white tail."""
    drawing.form(at.tail.p[-1] + PUFF, paint.pale, line=0.8, shade=0.3)


def teeth(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Two front teeth, a nose, whiskers."""
    root = at.head.at(0.95, -0.5)
    tooth = root + points((-0.014, 0.0), (0.018, 0.0), (0.014, 0.05), (-0.012, 0.05))
    drawing.form(tooth, paint.white, line=0.5, shade=0)
    part.whiskers(drawing, paint, at)


def pointed(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pointed snout with a ball of a nose at its end, which sniffs."""
    nose = muzzle_tip(at) + points(0.0, 0.006 * at.moment.cycle(2.0))
    drawing.dot(nose[0], nose[1], 0.024, pupil(paint))
    part.smile(drawing, paint, at, -0.5, 0.6)


def bands(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A badger's face: white, with a broad dark band through the eye."""
    head = at.head
    white = np.concatenate(
        [head.at(np.linspace(0.0, 1.0, 7), 0.97), head.at(np.linspace(1.0, 0.1, 7), -0.9)]
    )
    drawing.form(white, paint.pale, line=0, shade=0.2)
    dark = np.concatenate(
        [head.at(np.linspace(0.0, 0.86, 7), 0.62), head.at(np.linspace(0.86, 0.0, 7), -0.12)]
    )
    drawing.form(dark, paint.dark, line=0, shade=0.2)
    part.muzzle(drawing, paint, at)


def mask(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A raccoon's face: pale, with a mask over the eyes."""
    head = at.head
    pale = np.concatenate(
        [
            head.at(points(0.4, 0.7, 1.0), points(0.85, 0.9, 0.9)),
            head.at(points(1.0, 0.6, 0.25), points(-0.9, -0.95, -0.7)),
        ]
    )
    drawing.form(pale, paint.pale, line=0, shade=0.2)
    dark = head.at(
        points(0.2, 0.4, 0.62, 0.7, 0.5, 0.3), points(0.35, 0.75, 0.65, 0.1, -0.25, -0.5)
    )
    drawing.form(dark, paint.dark, line=0, shade=0.2)
    part.muzzle(drawing, paint, at)


def paddle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A beaver's tail: broad, flat, with a net of lines."""
    for v in (-0.45, 0.0, 0.45):
        drawing.stroke(at.tail.at(np.linspace(0.25, 0.95, 5), v), 0.5, paint.ink, wobble=0.3)
    for u in (0.35, 0.5, 0.65, 0.8):
        drawing.stroke(at.tail.at(u, np.linspace(-0.85, 0.85, 4)), 0.4, paint.ink, wobble=0.3)


HOPS = Gait(
    travel=0.62,
    stance=0.36,
    lift=0.13,
    bounce=0.07,
    fore=-0.48,
    far_hind=-0.02,
    far_fore=-0.51,
    beats=1,
    reach=0.05,
    pitch=0.2,
    flex=0.8,
)
"""How a rabbit walks: hind feet together, fore feet together."""

RABBIT = Beast(
    body=((-0.26, -0.22, 0.17), (-0.12, -0.29, 0.215), (0.06, -0.3, 0.185), (0.18, -0.31, 0.13)),
    neck=((0.14, -0.34, 0.12), (0.24, -0.44, 0.1)),
    head=((0.2, -0.5, 0.1), (0.3, -0.5, 0.118), (0.4, -0.46, 0.08)),
    tail=((-0.38, -0.24, 0.05), (-0.45, -0.25, 0.04)),
    hips=((-0.16, -0.2), (0.14, -0.24)),
    hind=Leg(0.14, 0.13, foot=0.07, thigh=0.13, shank=0.05, ankle=0.034, paw=0.095, rest=0.04),
    fore=Leg(0.09, 0.12, foot=0.05, thigh=0.06, shank=0.038, ankle=0.03, paw=0.045, rest=0.04),
    gait=HOPS,
    eye=(0.42, 0.024),
    crown=spoons,
    face=part.whiskers,
    tip=puff,
    curls=True,
    supple=1.0,
)
MOUSE = Beast(
    body=((-0.34, -0.22, 0.15), (-0.14, -0.26, 0.21), (0.08, -0.25, 0.19), (0.22, -0.25, 0.14)),
    neck=((0.18, -0.27, 0.14), (0.28, -0.28, 0.125)),
    head=((0.24, -0.29, 0.125), (0.38, -0.26, 0.11), (0.5, -0.2, 0.05), (0.56, -0.185, 0.03)),
    tail=((-0.44, -0.16, 0.03), (-0.62, -0.06, 0.024), (-0.8, -0.12, 0.018), (-0.98, -0.06, 0.008)),
    hips=((-0.22, -0.14), (0.16, -0.14)),
    hind=Leg(0.07, 0.07, foot=0.03, thigh=0.09, shank=0.03, ankle=0.022, paw=0.05, rest=0.03),
    fore=Leg(0.06, 0.08, foot=0.03, thigh=0.05, shank=0.026, ankle=0.02, paw=0.04),
    gait=walk(0.075, lift=0.05, bounce=0.01),
    eye=(0.5, 0.026),
    crown=part.ears("round", 2.0, 0.12, -0.03),
    face=part.whiskers,
    curls=True,
    supple=0.6,
)
HEDGEHOG = Beast(
    body=((-0.3, -0.22, 0.17), (-0.12, -0.3, 0.25), (0.1, -0.28, 0.24), (0.24, -0.22, 0.15)),
    neck=((0.2, -0.22, 0.14), (0.3, -0.21, 0.125)),
    head=((0.26, -0.22, 0.13), (0.38, -0.19, 0.105), (0.5, -0.14, 0.05), (0.57, -0.125, 0.03)),
    tail=((-0.42, -0.1, 0.03), (-0.46, -0.09, 0.02)),
    hips=((-0.2, -0.12), (0.18, -0.12)),
    hind=Leg(0.06, 0.06, foot=0.03, thigh=0.06, shank=0.03, ankle=0.026, paw=0.045),
    fore=Leg(0.05, 0.07, foot=0.03, thigh=0.05, shank=0.03, ankle=0.026, paw=0.04),
    gait=walk(0.05, lift=0.04, bounce=0.01),
    eye=(0.5, 0.022),
    ears=part.ear(0.02, 0.05, 0.6),
    face=pointed,
    coat=(coat.spines,),
    curls=True,
    supple=0.3,
)
BADGER = Beast(
    body=((-0.38, -0.3, 0.14), (-0.16, -0.34, 0.17), (0.1, -0.33, 0.165), (0.28, -0.33, 0.13)),
    neck=((0.22, -0.35, 0.13), (0.36, -0.36, 0.105)),
    head=((0.34, -0.38, 0.1), (0.46, -0.37, 0.1), (0.6, -0.31, 0.055), (0.66, -0.295, 0.042)),
    tail=((-0.5, -0.3, 0.04), (-0.6, -0.24, 0.045), (-0.68, -0.2, 0.015)),
    hips=((-0.28, -0.24), (0.22, -0.24)),
    hind=Leg(0.1, 0.1, foot=0.05, thigh=0.09, shank=0.05, ankle=0.042, paw=0.055),
    fore=Leg(0.09, 0.13, foot=0.05, thigh=0.075, shank=0.05, ankle=0.042, paw=0.055),
    gait=walk(0.09, lift=0.05),
    eye=(0.42, 0.016),
    crown=part.ears("round", 0.6, 0.06, 0.01),
    face=bands,
    socks=True,
    curls=True,
    supple=0.5,
)
RACCOON = Beast(
    body=((-0.32, -0.38, 0.13), (-0.14, -0.42, 0.165), (0.08, -0.4, 0.155), (0.22, -0.42, 0.13)),
    neck=((0.18, -0.45, 0.12), (0.3, -0.5, 0.105)),
    head=((0.26, -0.54, 0.105), (0.37, -0.54, 0.12), (0.48, -0.49, 0.06), (0.54, -0.475, 0.042)),
    tail=((-0.43, -0.4, 0.06), (-0.58, -0.34, 0.085), (-0.74, -0.32, 0.09), (-0.9, -0.38, 0.04)),
    hips=((-0.23, -0.32), (0.17, -0.32)),
    hind=Leg(0.13, 0.13, foot=0.08, thigh=0.09, shank=0.042, ankle=0.034, paw=0.05),
    fore=Leg(0.1, 0.17, foot=0.06, thigh=0.07, shank=0.04, ankle=0.034, paw=0.05),
    gait=walk(0.11, lift=0.05),
    eye=(0.46, 0.017),
    crown=part.ears("pricked", 0.7, 0.09, 0.01),
    face=mask,
    tip=coat.rings,
    socks=True,
    curls=True,
)
BEAVER = Beast(
    body=((-0.34, -0.25, 0.17), (-0.14, -0.31, 0.225), (0.1, -0.29, 0.2), (0.24, -0.3, 0.15)),
    neck=((0.2, -0.33, 0.15), (0.32, -0.37, 0.13)),
    head=((0.28, -0.4, 0.125), (0.4, -0.4, 0.125), (0.5, -0.36, 0.085), (0.54, -0.35, 0.07)),
    tail=((-0.44, -0.16, 0.05), (-0.6, -0.1, 0.11), (-0.78, -0.09, 0.12), (-0.92, -0.1, 0.05)),
    hips=((-0.24, -0.15), (0.2, -0.16)),
    hind=Leg(0.07, 0.07, foot=0.04, thigh=0.1, shank=0.045, ankle=0.04, paw=0.075),
    fore=Leg(0.07, 0.09, foot=0.04, thigh=0.06, shank=0.036, ankle=0.03, paw=0.045),
    gait=walk(0.07, lift=0.04),
    eye=(0.42, 0.02),
    crown=part.ears("round", 0.65, 0.07, 0.0),
    face=teeth,
    tip=paddle,
    hair=True,
    supple=0.3,
)
OTTER = Beast(
    body=((-0.42, -0.22, 0.1), (-0.18, -0.29, 0.12), (0.08, -0.27, 0.115), (0.26, -0.32, 0.1)),
    neck=((0.2, -0.34, 0.1), (0.36, -0.44, 0.09)),
    head=((0.32, -0.47, 0.09), (0.42, -0.48, 0.1), (0.52, -0.44, 0.068), (0.56, -0.43, 0.055)),
    tail=((-0.46, -0.2, 0.08), (-0.64, -0.13, 0.055), (-0.82, -0.1, 0.035), (-0.98, -0.14, 0.01)),
    hips=((-0.3, -0.19), (0.22, -0.22)),
    hind=Leg(0.09, 0.09, foot=0.04, thigh=0.08, shank=0.04, ankle=0.034, paw=0.055),
    fore=Leg(0.09, 0.11, foot=0.04, thigh=0.06, shank=0.038, ankle=0.032, paw=0.05),
    gait=walk(0.09, lift=0.05, bounce=0.02),
    eye=(0.44, 0.018),
    crown=part.ears("round", 0.5, 0.06, 0.005),
    face=part.whiskers,
    marks=(coat.belly, coat.bib),
    curls=True,
    supple=1.0,
)


def _small(
    name: str,
    beast: Beast,
    at: tuple[float, float],
    home: str,
    hue: str,
    metres: float,
    high: float,
    width: float,
    top: float,
) -> None:
    register(
        Kind(
            name,
            of(beast),
            gait=beast.gait.travel,
            runs=RUN * beast.gait.travel,
            at=at,
            height=high,
            home=home,
            width=width,
            top=(-0.08, top),
            shadow=0.4,
            motion="walk",
            hue=hue,
            metres=metres,
            postures=POSTURES,
            holds=Holds(beast),
            grip=beast.body[1][:2],
        )
    )


_small("rabbit", RABBIT, (1.70, 0.10), "meadow", "grey", 0.45, 0.4, 0.95, -0.5)
_small("mouse", MOUSE, (1.76, 0.10), "room", "grey", 0.12, 0.36, 1.5, -0.46)
_small("hedgehog", HEDGEHOG, (1.82, 0.10), "garden", "brown", 0.3, 0.36, 1.1, -0.54)
_small("badger", BADGER, (1.70, 0.16), "forest", "grey", 0.65, 0.42, 1.35, -0.5)
_small("raccoon", RACCOON, (1.76, 0.16), "forest", "grey", 0.5, 0.44, 1.45, -0.57)
_small("beaver", BEAVER, (1.82, 0.16), "water", "brown", 0.55, 0.42, 1.5, -0.53)
_small("otter", OTTER, (1.76, 0.22), "water", "brown", 0.45, 0.42, 1.55, -0.41)
