"""Kangaroo and squirrel: a row of numbers each, and what only they have. How a row is drawn is in `upright`."""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds import beast_parts as part
from uncaged.engines.ink.kinds.beast import Posed
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.upright import POSTURES, Upright, hands, hops, of
from uncaged.engines.ink.paint import Paint

POUCH = points((0.0, 0.0), (0.02, 0.06), (0.085, 0.07), (0.12, 0.0), (0.06, -0.015))
ALONG = np.linspace(0.12, 0.95, 9)
HAIRS = ((-0.75, 0.5), (-0.35, 0.85), (0.05, 0.95), (0.45, 0.9), (0.8, 0.6))


def chest(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pale belly on the side that looks ahead."""
    if paint.fill != "plain":
        return
    u = np.linspace(0.12, 0.95, 8)
    inner = -0.95 + 0.55 * (1 - (2 * u - 1.05) * (2 * u - 1.05))
    form = np.concatenate([at.body.at(u, inner), at.body.at(u[::-1], -0.97)])
    drawing.form(form, paint.pale, line=0, shade=0.2, alpha=190)


def joey(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """The pouch, and a small head that looks out of it and back in, late."""
    root = at.body.at(0.3, -0.55)
    peep = 0.02 * at.moment.cycle(0.5, 0.3)
    head = root + points(0.055, -0.03 - peep)
    for x in (-0.016, 0.014):
        ear = head + points((x - 0.012, -0.02), (x - 0.01, -0.085), (x + 0.014, -0.025))
        drawing.form(ear, paint.colour, line=0.6, shade=0.2)
    drawing.form(
        circle(head[0] + 0.006, head[1], 0.046, 0.036, 16), paint.colour, line=0.7, shade=0.3
    )
    drawing.dot(head[0] + 0.016, head[1] - 0.008, 0.008, pupil(paint))
    drawing.dot(head[0] + 0.05, head[1] + 0.004, 0.008, pupil(paint))
    drawing.form(smooth(root + POUCH, True, 4), paint.second, line=0.7, shade=0.4)


def plume(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Long hairs in a bushy tail."""
    for v, end in HAIRS:
        u = np.linspace(0.25, end, 7)
        drawing.stroke(at.tail.at(u, v), 0.55, paint.pattern, wobble=0.5)


KANGAROO = Upright(
    body=((-0.12, -0.36, 0.14), (-0.02, -0.45, 0.15), (0.08, -0.58, 0.1), (0.13, -0.66, 0.065)),
    neck=((0.11, -0.64, 0.07), (0.16, -0.74, 0.048), (0.2, -0.81, 0.045)),
    head=((0.17, -0.84, 0.05), (0.24, -0.84, 0.058), (0.33, -0.8, 0.036), (0.38, -0.785, 0.028)),
    tail=((-0.16, -0.34, 0.1), (-0.32, -0.2, 0.065), (-0.48, -0.08, 0.04), (-0.72, -0.05, 0.016)),
    hip=(-0.08, -0.37),
    shoulder=(0.12, -0.62),
    thigh=0.23,
    shank=0.24,
    heel=(-0.13, -0.035),
    toe=0.13,
    leg=(0.115, 0.055, 0.03),
    arm=(0.1, 0.12),
    arm_width=0.026,
    prone=-0.78,
    gait=hops(0.2),
    crown=part.ears("pricked", 1.0, 0.03, 0.01),
    face=part.muzzle,
    marks=(chest, joey),
)
SQUIRREL = Upright(
    body=((-0.06, -0.17, 0.15), (-0.02, -0.27, 0.165), (0.06, -0.42, 0.125), (0.11, -0.5, 0.09)),
    neck=((0.09, -0.48, 0.09), (0.14, -0.58, 0.085)),
    head=((0.1, -0.63, 0.085), (0.2, -0.64, 0.1), (0.29, -0.6, 0.055), (0.33, -0.585, 0.035)),
    tail=(
        (-0.14, -0.1, 0.05),
        (-0.32, -0.12, 0.09),
        (-0.42, -0.34, 0.12),
        (-0.36, -0.6, 0.13),
        (-0.42, -0.8, 0.12),
        (-0.58, -0.82, 0.05),
    ),
    hip=(-0.04, -0.18),
    shoulder=(0.11, -0.45),
    thigh=0.14,
    shank=0.13,
    heel=(-0.07, -0.03),
    toe=0.09,
    leg=(0.12, 0.05, 0.03),
    arm=(0.1, 0.1),
    arm_width=0.03,
    gait=hops(0.14),
    seated=0.08,
    prone=-0.85,
    reach=(0.8, 0.0),
    eye=(0.45, 0.022),
    crown=part.tufted_ears,
    face=part.whiskers,
    marks=(chest,),
    tail_first=plume,
)

register(
    Kind(
        "kangaroo",
        of(KANGAROO),
        gait=KANGAROO.gait.travel,
        runs=KANGAROO.runs * KANGAROO.gait.travel,
        at=(1.51, 0.34),
        height=0.6,
        home="desert",
        width=1.0,
        top=(0.0, -0.6),
        shadow=0.34,
        motion="walk",
        hue="orange",
        metres=1.6,
        postures=POSTURES,
        holds=hands(KANGAROO),
        grip=KANGAROO.body[1][:2],
    )
)
register(
    Kind(
        "squirrel",
        of(SQUIRREL),
        gait=SQUIRREL.gait.travel,
        runs=SQUIRREL.runs * SQUIRREL.gait.travel,
        at=(1.70, 0.22),
        height=0.44,
        home="forest",
        width=0.9,
        top=(0.06, -0.6),
        shadow=0.3,
        hue="orange",
        metres=0.3,
        postures=POSTURES,
        holds=hands(SQUIRREL),
        grip=SQUIRREL.body[1][:2],
    )
)
