"""For words nobody knows: an animal that does not exist, always the same one for the same word.

Legs by twos, one to three eyes, horns, feelers or ears, a tail, plates on its back, a beak: each by lot. It is always
patterned, so that it looks meant.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.limbs import step, two_bones
from uncaged.engines.ink.kinds.quadruped import paw, walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

STRIDE, STANCE, LIFT = 0.1, 0.6, 0.08
"""Half a step and its height in heights; the share of the cycle a foot stands."""
BACK = 0.42
"""Height of the back."""
UPPER, LOWER = 0.2, 0.22
"""Bones of a leg: longer than the way to the ground, so that it can stride without being drawn off it."""
LAG = 0.37
"""How much later each leg steps than the one behind it, in cycles."""
FOOT = paw(0.05, 0.06)
GIRTH = points(0.1, 0.21, 0.22, 0.17, 0.13)
PLATES = np.linspace(0.14, 0.56, 6)
"""Where the plates of its back begin, along the body."""
PLATE, PLATE_RISE = points(0.0, 0.035, 0.075), points(0.9, 1.42, 0.9)


@dataclass(frozen=True, slots=True)
class Nature:
    """What the lot gave it. length, girth: factors of its body. neck: how much higher it carries its head, in heights.

    crowns: how many horns, feelers or ears it has on its head.
    """

    legs: int
    eyes: int
    length: float
    crowns: int
    tail: bool
    girth: float
    neck: float
    crown: str
    plates: bool
    beak: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """An animal that does not exist."""
    nature = Nature(
        legs=stream.pick([2, 4, 6]),
        eyes=stream.integer(1, 3),
        length=stream.uniform(0.8, 1.3),
        crowns=stream.integer(0, 3),
        tail=stream.chance(0.7),
        girth=stream.uniform(0.8, 1.1),
        neck=stream.uniform(-0.05, 0.16),
        crown=stream.pick(["horns", "horns", "feelers", "ears"]),
        plates=stream.chance(0.35),
        beak=stream.chance(0.3),
    )
    fill = "dotted" if paint.fill == "plain" else paint.fill

    def figure(drawing: Drawing, moment: Moment) -> None:
        walking = walks(moment)
        rise = 0.03 * abs(moment.cycle(1.0)) if walking else 0.012 * moment.cycle(0.5)
        y = -BACK - rise
        body = _body(nature, y)
        if nature.tail:
            _tail(drawing, paint, nature, y, moment)
        for i in range(nature.legs):
            turn = moment.turn(1.0) + i * LAG
            foot = step(turn, STRIDE * moment.stride, LIFT, STANCE) if walking else (0.0, 0.0)
            x = nature.length * (0.5 * i / (nature.legs - 1) - 0.24)
            _leg(drawing, paint, points(x, y + 0.08), points(x + foot[0], foot[1]), i)
        if nature.plates:
            plates = [body.at(u + PLATE, PLATE_RISE) for u in PLATES]
            drawing.multi(plates, paint.accent, line=0.9)
        drawing.form(
            body.outline(), paint.colour, body=body, fill=fill, colour2=paint.pattern, shade=1.0
        )
        _crown(drawing, paint, nature, body, moment)
        _face(drawing, paint, nature, body, 0.012 * moment.cycle(0.5))

    return figure


def _body(nature: Nature, y: float) -> Tube:
    """Rump, belly, chest, neck and head in one tube."""
    spine = points(
        (-0.38 * nature.length, y + 0.02),
        (-0.1, y - 0.05),
        (0.22, y - 0.06),
        (0.42, y - 0.26 - nature.neck * 0.7),
        (0.52, y - 0.3 - nature.neck),
    )
    slim = points(1, nature.girth, nature.girth, 1 - 1.2 * max(nature.neck, 0.0), 1)
    return Tube(smooth(spine), GIRTH * slim, 28)


def _tail(drawing: Drawing, paint: Paint, nature: Nature, y: float, moment: Moment) -> None:
    """A tail that is thicker at its end than before it."""
    spine = points(
        (-0.3 * nature.length, y),
        (-0.55 * nature.length, y - 0.1 + 0.06 * moment.cycle(0.5, 0.1)),
        (-0.62 * nature.length, y - 0.3 + 0.06 * moment.cycle(0.5, 0.2)),
    )
    tail = Tube(smooth(spine), [0.08, 0.05, 0.03, 0.05], 16)
    drawing.form(
        tail.outline(), paint.colour, fill=paint.fill, body=tail, colour2=paint.pattern, shade=0.7
    )


def _leg(drawing: Drawing, paint: Paint, hip: Array, ground: Array, index: int) -> None:
    """Odd legs in shadow, even ones in the second colour: far and near without a second row."""
    knee, foot = two_bones(hip, ground - points(0.0, 0.03), UPPER, LOWER, -1)
    leg = Tube(np.stack([hip - points(0.0, 0.03), knee, foot]), [0.06, 0.045, 0.032, 0.03], 14)
    colour = paint.shadow if index % 2 else paint.second
    sole = FOOT + foot + points(0.0, 0.03)
    drawing.union([leg.outline(), sole], colour, line=0.85, shade=0.5)


def _crown(drawing: Drawing, paint: Paint, nature: Nature, body: Tube, moment: Moment) -> None:
    """What it has on its head, bending a little, one after the other."""
    for i in range(nature.crowns):
        root = body.at(0.82 + 0.06 * i, 1.0 if nature.crown == "horns" else 0.92)
        bend = 0.02 * moment.cycle(0.5, 0.1 * i)
        if nature.crown == "horns":
            spine = np.stack([root, root + points(-0.02, -0.1), root + points(0.05 + bend, -0.2)])
            horn = Tube(spine, [0.025, 0.02, 0.002], 8)
            drawing.form(horn.outline(), paint.accent, line=0.7, shade=0.4)
        elif nature.crown == "feelers":
            tip = root + points(0.03 * i + bend, -0.2 + 0.02 * i)
            drawing.stroke(bezier(root, root + points(-0.05, -0.14), tip), 1.2, paint.ink)
            drawing.form(circle(tip[0], tip[1], 0.028, count=12), paint.accent, line=0.7, shade=0)
        else:
            ear = leaf(root, root + points(-0.16, -0.05 - 0.05 * i - bend), 0.05, -0.15)
            drawing.form(ear.outline(), paint.second, line=0.8, shade=0.5)


def _face(drawing: Drawing, paint: Paint, nature: Nature, body: Tube, glance: float) -> None:
    """Eyes that look about together, and a beak or a smile."""
    if nature.beak:
        root = body.p[-1] + body.tangent[-1] * 0.09
        beak = points((-0.02, -0.06), (0.15, 0.05), (-0.03, 0.07))
        drawing.form(smooth(root + beak, False, 3), paint.accent, line=0.85, shade=0.5)
    else:
        mouth: Array = body.at(0.98, -0.45)
        smile = points((-0.08, -0.02), (0.0, 0.04), (0.1, -0.03)) + mouth
        drawing.stroke(bezier(smile[0], smile[1], smile[2]), 1.0, paint.ink)
    for i in range(nature.eyes):
        eye: Array = body.at(0.9 + 0.03 * i, 0.45 - 0.35 * i)
        x, y = float(eye[0]), float(eye[1])
        drawing.form(circle(x, y, 0.055, count=16), paint.white, line=0.9, shade=0)
        drawing.dot(x + 0.015 + glance, y, 0.024, pupil(paint))


register(
    Kind(
        "creature",
        build,
        at=(0.44, 0.06),
        height=0.50,
        width=1.15,
        top=(0.0, -0.68),
        shadow=0.45,
        gait=2 * STRIDE / STANCE,
        motion="walk",
    )
)
