"""What tells one four-legged animal from another: ears, antlers, trunk, brush, wool, whiskers. Rows pick from these.

A part is a function that draws one thing on a posed animal. Knows no names of animals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, leaf, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Posture:
    """An animal at a moment: its tubes, in heights. lift: where its body is, (0, dy). skull: the top of its head."""

    moment: Moment
    body: Tube
    neck: Tube
    head: Tube
    tail: Tube
    lift: Array
    skull: Array


Part: TypeAlias = Callable[[Drawing, Paint, Posture], None]

BELLY = np.linspace(0.2, 0.84, 9)
BELLY_EDGE = -0.97 + 0.5 * sin(PI * np.linspace(0, 1, 9))
JAW, THROAT = np.linspace(0.95, 0.3, 6), np.linspace(0.9, 0.1, 6)
JAW_EDGE = points(-0.5, -0.3, -0.25, -0.25, -0.2, -0.1)
MOUTH = np.linspace(0.72, 0.98, 5)
TIP = np.linspace(0.68, 1.0, 7)
RING = np.linspace(-0.7, 0.5, 4)
EAR = points((-0.06, 0.045), (-0.045, -0.05), (-0.012, -0.14), (0.04, -0.03), (0.06, 0.045))
"""A pricked ear about its root."""


def belly(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A pale belly: a crescent along the lower edge of the body, where no pattern is."""
    if paint.fill == "plain":
        form = np.concatenate([at.body.at(BELLY, BELLY_EDGE), at.body.at(BELLY[::-1], -0.97)])
        drawing.form(form, paint.pale, line=0, shade=0.2, alpha=150)


def bib(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A pale throat and jaw."""
    front = [at.head.at(JAW, JAW_EDGE), at.head.at(JAW[::-1], -0.92), at.neck.at(THROAT, -0.93)]
    form = np.concatenate([*front, at.neck.at(THROAT[::-1], -0.35)])
    drawing.form(form, paint.pale, line=0, shade=0.2, alpha=235)


def brush(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """The pale tip of a fox's tail, with a ragged edge."""
    edge = at.tail.at(points(0.72, 0.66, 0.74, 0.65, 0.73), points(-0.96, -0.5, 0.0, 0.5, 0.96))
    form = np.concatenate([edge, at.tail.at(TIP[1:], 0.96), at.tail.at(TIP[:0:-1], -0.96)])
    drawing.form(form, paint.pale, line=0, shade=0.15)


def pricked_ears(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """Two triangles, the far one in shadow."""
    for k, colour in enumerate((paint.shadow, paint.colour)):
        drawing.form(at.skull + EAR + points(0.07 - 0.07 * k, 0.0), colour, line=0.85, shade=0.3)


def flap_ear(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """One hanging ear, that swings a little late."""
    root = at.skull + points(-0.02, 0.012)
    tip = root + points(-0.07 - 0.02 * at.moment.cycle(1.0, 0.2), 0.16)
    drawing.form(leaf(root, tip, 0.05, -0.1).outline(), paint.second, line=0.85, shade=0.5)


def leaf_ear(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A leaf turned back; it twitches."""
    root = at.skull + points(-0.03, 0.02)
    tip = root + points(-0.125, -0.06 - 0.02 * at.moment.cycle(0.5, 0.4))
    drawing.form(leaf(root, tip, 0.032, -0.1).outline(), paint.second, line=0.85, shade=0.5)


def antlers(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """Two beams with two tines each, in the accent."""
    for k in (0, 1):
        root = at.skull + points(0.03 * k, 0.01)
        beam = smooth([root, root + points(-0.06, -0.12), root + points(-0.02 + 0.04 * k, -0.25)])
        drawing.stroke(beam, 1.8, paint.accent, taper=(0.02, 0.6), wobble=0.4)
        for tine in (4, 8):
            end = beam[tine] + points(0.07, -0.07)
            drawing.stroke(
                np.stack([beam[tine], end]), 1.4, paint.accent, taper=(0.02, 0.6), wobble=0.3
            )


def trunk(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A tube with rings, a tusk, and a fan of an ear."""
    swing = 0.05 * at.moment.cycle(0.5, 0.2)
    root = at.head.p[-1]
    spine = points((-0.02, -0.06), (0.07, 0.1), (0.08 + swing, 0.28), (0.17 + swing * 2, 0.38))
    tube = Tube(smooth(root + spine), [0.095, 0.075, 0.055, 0.04], 22)
    drawing.form(tube.outline(), paint.colour, line=0.9, shade=0.7)
    for k in range(6):
        drawing.stroke(tube.at(0.2 + 0.12 * k, RING), 0.5, paint.ink, wobble=0.3)
    tusk = leaf(root + points(-0.03, 0.06), root + points(0.16, 0.2), 0.028, -0.2)
    drawing.form(tusk.outline(), paint.pale, line=0.7, shade=0.2)
    flap = 0.05 * at.moment.cycle(0.5, 0.1)
    ear = points(
        (0.22, -0.82),
        (0.06 - flap, -0.84),
        (-0.02 - flap, -0.62),
        (0.1, -0.42),
        (0.24, -0.5),
        (0.28, -0.68),
    )
    drawing.form(smooth(ear + at.lift, True, 5), paint.shadow, line=0.9, shade=0.9)


def muzzle(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A nose at the end of the head, and the line of the mouth."""
    nose = at.head.p[-1] + at.head.tangent[-1] * at.head.r[-1] * 0.8
    drawing.dot(nose[0], nose[1], 0.018, pupil(paint))
    drawing.stroke(at.head.at(MOUTH, -0.5), 0.7, paint.ink, wobble=0.2)


def whiskers(drawing: Drawing, paint: Paint, at: Posture) -> None:
    """A nose and two whiskers."""
    root = at.head.p[-1]
    nose = root + at.head.tangent[-1] * at.head.r[-1] * 0.8
    drawing.dot(nose[0], nose[1], 0.018, pupil(paint))
    for k in (-0.06, 0.06):
        drawing.stroke(np.stack([root, root + points(0.16, k)]), 0.45, paint.ink, wobble=0.4)


def wool(stream: Stream) -> Part:
    """A fleece of thirteen lobes with curls in it, and a cap of the same: drawn by lot, so each sheep has its own."""
    fleece = lobed(stream, -0.03, -0.5, 0.42, 0.25, 13, 0.14, 5)
    cap = lobed(stream.sub("cap"), 0.0, 0.0, 0.085, 0.05, 6, 0.16, 4)
    curls: list[Array] = []
    for _ in range(12):
        angle, far = stream.uniform(0, TAU), stream.uniform(0.1, 0.8)
        x, y = -0.03 + cos(angle) * 0.4 * far, -0.5 + sin(angle) * 0.22 * far
        curls.append(bezier((x - 0.03, y), (x, y - 0.04), (x + 0.03, y)))

    def draw(drawing: Drawing, paint: Paint, at: Posture) -> None:
        drawing.form(
            fleece + at.lift, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0
        )
        for curl in curls if paint.fill in ("plain", "outlined") else ():
            drawing.stroke(curl + at.lift, 0.7, paint.pattern, wobble=0.3)
        drawing.form(at.head.outline(), paint.dark, shade=0.5)
        drawing.form(cap + at.skull + points(0.0, -0.008), paint.colour, line=0.8, shade=0.4)

    return draw
