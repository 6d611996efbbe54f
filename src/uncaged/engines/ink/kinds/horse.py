"""A horse: body, neck and head tubes with two near legs as one form; a ragged mane and a tail that come late.

Walk in four beats. The mane is one closed form with a torn edge and four strands; body data in heights.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import bead_eye, pupil
from uncaged.engines.ink.kinds.quadruped import Leg, Limb, bob, fore_leg, hind_leg, walk, walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

GAIT = walk(0.17, lift=0.09, bounce=0.014)
HIND = Leg(0.185, 0.185, foot=0.17, thigh=0.09, shank=0.032, ankle=0.024, paw=0.042, hoof=True)
FORE = Leg(0.15, 0.235, foot=0.13, thigh=0.06, shank=0.032, ankle=0.024, paw=0.042, hoof=True)
HIPS = (points(-0.3, -0.5), points(0.24, -0.48))
FAR = points(0.05, -0.01)

BODY = points((-0.42, -0.56), (-0.26, -0.575), (0.0, -0.53), (0.24, -0.56), (0.36, -0.6))
NECK = points((0.22, -0.58), (0.4, -0.74), (0.5, -0.92))
HEAD = points((0.46, -0.95), (0.6, -0.86), (0.71, -0.77))
MANE = points(
    (0.5, -1.02),
    (0.4, -0.98),
    (0.27, -0.8),
    (0.17, -0.66),
    (0.1, -0.5),
    (0.19, -0.58),
    (0.16, -0.46),
    (0.27, -0.62),
    (0.27, -0.53),
    (0.36, -0.7),
    (0.4, -0.68),
    (0.44, -0.84),
    (0.56, -0.93),
)
"""From the forehead down the crest, and back up along its torn lower edge."""
MANE_LAG = (0, 0, 0, 0, 3, 2, 2, 1, 1, 0, 0, 0, 0)
"""Which wave moves each of these points: 0 = none, 3 = the latest."""
MANE_NODS = points(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1)
"""Which of these points go with the head."""
HAIR = np.linspace(0.15, 0.92, 8)
MOUTH = np.linspace(0.7, 0.98, 5)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A horse; nothing of it is drawn by lot but its colours."""

    def figure(drawing: Drawing, moment: Moment) -> None:
        lift = points(0.0, bob(GAIT, moment))
        nod = points(
            0.0, 0.03 * moment.cycle(1.0, 0.1) if walks(moment) else 0.02 * moment.cycle(0.5)
        )
        hind, fore = (hip + lift for hip in HIPS)
        for leg in (
            hind_leg(GAIT, HIND, moment, hind + FAR, GAIT.far_hind),
            fore_leg(GAIT, FORE, moment, fore + FAR, GAIT.far_fore),
        ):
            drawing.form(leg.contour, paint.shadow, line=0.8, shade=0.4)
            drawing.form(leg.paw, paint.dark, line=0.7, shade=0)
        _tail(drawing, paint, lift, moment)
        near = [
            hind_leg(GAIT, HIND, moment, hind, GAIT.hind),
            fore_leg(GAIT, FORE, moment, fore, GAIT.fore),
        ]
        head = Tube(HEAD + lift + nod, [0.068, 0.075, 0.05, 0.045], 14)
        for k in (0, 1):
            root = points(0.44 + 0.03 * k, -1.0) + lift + nod
            ear = leaf(root, root + points(0.01 + 0.03 * k, -0.1), 0.022)
            drawing.form(ear.outline(), paint.colour, line=0.8, shade=0.2)
        _coat(drawing, paint, lift, nod, head, near)
        _mane(drawing, paint, lift, nod, moment)
        eye = head.at(0.3, 0.3)
        bead_eye(drawing, paint, float(eye[0]), float(eye[1]), 0.017)
        nostril = head.at(0.95, 0.1)
        drawing.dot(nostril[0], nostril[1], 0.01, pupil(paint))
        drawing.stroke(head.at(MOUTH, -0.45), 0.6, paint.ink, wobble=0.2)

    return figure


def _tail(drawing: Drawing, paint: Paint, lift: Array, moment: Moment) -> None:
    """It hangs, and swings more when the horse walks."""
    swing = 0.06 * moment.cycle(0.5, 0.2) + (0.08 * moment.cycle(1.0, 0.3) if walks(moment) else 0)
    root = points((-0.4, -0.6), (-0.53, -0.6)) + lift
    end = points((-0.6 - swing * 0.4, -0.42), (-0.58 - swing, -0.2))
    tail = Tube(
        smooth(np.concatenate([root, end])), [0.02, 0.045, 0.06, 0.05, 0.0], 18, cap_end=False
    )
    drawing.form(tail.outline(), paint.second, line=0.8, shade=0.6)
    for k in (-0.4, 0.1, 0.5):
        drawing.stroke(tail.at(HAIR, k), 0.6, paint.ink, wobble=0.5)


def _coat(
    drawing: Drawing, paint: Paint, lift: Array, nod: Array, head: Tube, near: list[Limb]
) -> None:
    """Body, neck, head and near legs in one form; the pattern lies on the body."""
    body = Tube(BODY + lift, [0.07, 0.145, 0.135, 0.15, 0.09], 24)
    neck = Tube(NECK + lift + nod * points(0, 0, 1)[:, None], [0.15, 0.12, 0.085, 0.07], 16)
    outlined = paint.fill == "outlined"
    drawing.union(
        [*(leg.contour for leg in near), body.outline(), neck.outline(), head.outline()],
        paint.white if outlined else paint.colour,
        shade=0.3 if outlined else 0.8,
        line=1.6 if outlined else 1.0,
        ink=paint.colour if outlined else None,
    )
    if paint.fill not in ("plain", "outlined"):
        drawing.form(
            body.outline(),
            paint.colour,
            line=0,
            fill=paint.fill,
            body=body,
            colour2=paint.pattern,
            shade=0.6,
        )
    for leg in near:
        drawing.form(leg.paw, paint.dark, line=0, shade=0)


def _mane(drawing: Drawing, paint: Paint, lift: Array, nod: Array, moment: Moment) -> None:
    """Each tuft waves a little later than the one before it, and is blown back when the horse walks."""
    blown = 0.02 if walks(moment) else 0.0
    wave = [0.022 * moment.cycle(1.0, 0.12 * k) + blown for k in range(4)]
    back = np.array([wave[k] if k else 0.0 for k in MANE_LAG])
    edge = MANE + lift + nod * MANE_NODS[:, None]
    edge[:, 0] -= back
    drawing.form(smooth(edge, True, 4), paint.second, line=0.7, shade=0.6)
    for k in range(4):
        start = points(0.45 - 0.06 * k, -0.96 + 0.08 * k) + lift + nod
        middle = points(0.36 - 0.05 * k, -0.84 + 0.07 * k) + lift
        end = points(0.37 - 0.05 * k - wave[k], -0.73 + 0.06 * k) + lift
        drawing.stroke(bezier(start, middle, end), 0.6, paint.ink, wobble=0.6)


register(
    Kind(
        "horse",
        build,
        at=(0.44, 0.74),
        height=0.50,
        home="meadow",
        width=1.15,
        top=(-0.06, -0.66),
        shadow=0.48,
        gait=GAIT.travel,
        motion="walk",
    )
)
