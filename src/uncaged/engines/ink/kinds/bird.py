"""A bird in flight: a body tube between two wings of arm and hand, the far one first, in shadow.

The hand follows the arm a seventh of a beat late; that lag is the whole difference between a bird and a toy. Its
trailing edge is seven scalloped feathers. Told to stand or walk, it is drawn by `bird_standing`.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, bezier, leaf, points, resample, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, lerp, sin
from uncaged.engines.ink.paint import Paint

BEATS = 1.5
"""Wing beats a second."""
SPINE = points(
    (-0.5, -0.01), (-0.25, 0.0), (0.0, 0.045), (0.2, 0.02), (0.36, -0.075), (0.43, -0.09)
)
"""Tail, back, breast, shoulder, neck, head."""
RADII = (0.02, 0.06, 0.115, 0.1, 0.066, 0.05)
BREAST = np.linspace(0.25, 0.93, 9)
FEATHERS = 7
ARM, HAND = 0.31, 0.42
"""Lengths of the wing's two parts, in heights."""


@dataclass(frozen=True, slots=True)
class Wing:
    """A wing at a moment. shoulder, elbow: where its front and back edge leave the body; wrist, tip: joint and end."""

    shoulder: Array
    elbow: Array
    wrist: Array
    tip: Array

    @property
    def heel(self) -> Array:
        """Where the trailing edge turns, below the wrist."""
        return lerp(self.wrist, self.elbow, 0.62) + points(-0.1, 0.02)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bird; crest, length of the tail and of the wings by lot."""
    crest = stream.chance(0.35)
    tail = stream.uniform(0.2, 0.36)
    phase = stream.uniform()
    span = stream.uniform(0.9, 1.1)

    def figure(drawing: Drawing, moment: Moment) -> None:
        beat = moment.turn(BEATS) + phase
        steady = 0.4 if moment.gesture == "hold" else 1.0
        heave = points(0.0, 0.03 * steady * sin(TAU * (beat + 0.45)))
        held = _held(moment)
        _wing(drawing, paint, _fold(beat, span, held, near=False), paint.shadow, near=False)
        body = Tube(SPINE + heave, RADII, 26)
        _tail(drawing, paint, points(-0.36, 0.0) + heave, tail, 0.02 * moment.cycle(BEATS, 0.3))
        _head(drawing, paint, body, 0.03 * moment.cycle(BEATS, 0.2) if crest else None)
        drawing.form(body.outline(), paint.colour, body=body, shade=0.8)
        breast = np.concatenate([body.at(BREAST, -0.3), body.at(BREAST[::-1], -0.93)])
        drawing.form(smooth(breast[::2], True, 4), paint.pale, line=0, shade=0.35, alpha=190)
        x, y = body.at(0.93, 0.25).tolist()
        eye(drawing, paint, moment, x + 0.02, y - 0.004, 0.021, paint.colour, 0.14)
        _wing(drawing, paint, _fold(beat, span, held, near=True), paint.colour, near=True)

    return figure


def _held(moment: Moment) -> float | None:
    """The angle at which the wings are held still, radians above the level; None while they beat.

    Gliding they are spread and only give a little; a bird that turns over throws both up, so that it stays a bird from
    every side.
    """
    if moment.act == "glide":
        return 0.42 + 0.1 * moment.cycle(0.5, 0.2)
    return 0.95 + 0.12 * moment.cycle(1.0) if moment.act == "spin" else None


def _fold(beat: float, span: float, held: float | None, *, near: bool) -> Wing:
    """The wing at `beat` (cycles), seen a little from above: the near one lower, the far one higher."""
    arm = 0.25 + 0.85 * sin(TAU * beat)
    hand = 0.15 + 1.15 * sin(TAU * (beat - 0.14))
    if held is not None:
        arm, hand = (held, held - 0.1) if not near else (0.3 - held, 0.1 - held)
    side = 0.13 if near else -0.13
    shoulder, elbow = points(0.15, -0.04), points(-0.2, 0.0)
    if not near:
        shoulder, elbow = shoulder + points(0.05, -0.03), elbow + points(0.06, -0.02)
    wrist = shoulder + points(0.03, side * cos(arm) - ARM * sin(arm)) * span
    tip = wrist + points(-0.2, side * 1.2 * cos(hand) - HAND * sin(hand)) * span
    return Wing(shoulder, elbow, wrist, tip)


def _wing(drawing: Drawing, paint: Paint, wing: Wing, colour: Colour, *, near: bool) -> None:
    """Leading edge, scalloped trailing edge, a stroke for each feather, and the coverts of the near wing."""
    shoulder, wrist, tip, heel = wing.shoulder, wing.wrist, wing.tip, wing.heel
    back = [tip, lerp(tip, heel, 0.5) + points(-0.05, 0.0), heel, wing.elbow]
    ends = resample(smooth(back, False, 4), FEATHERS + 1)
    front = [
        shoulder,
        lerp(shoulder, wrist, 0.55) + points(0.045, -0.012),
        wrist + points(0.015, 0.0),
        lerp(wrist, tip, 0.5) + points(0.03, 0.0),
        tip,
    ]
    lead = smooth(front, False, 4)
    drawing.form(
        np.concatenate([lead, _scallops(ends)]),
        colour,
        shade=0.9,
        fill=paint.fill if near and paint.fill != "outlined" else "plain",
        colour2=paint.pattern,
        light=(-0.8, 0.6),
    )
    for i in range(1, FEATHERS):
        root = lerp(wrist, shoulder, 0.15 + 0.8 * i / FEATHERS)
        shaft = [lerp(root, ends[i], 0.35), lerp(root, ends[i] + points(-0.02, 0.0), 0.97)]
        drawing.stroke(np.stack(shaft), 0.6, paint.ink, wobble=0.3)
    if near:
        inner = [lerp(wrist, heel, 0.35), lerp(shoulder, wing.elbow, 0.5)]
        coverts = np.concatenate([lead[1:12], inner])
        drawing.form(smooth(coverts[::2], True, 3), paint.second, line=0, shade=0.3, alpha=215)


def _scallops(ends: Array) -> Array:
    """The trailing edge: between two feather ends the contour bulges out and comes back."""
    start, way = ends[:-1], ends[1:] - ends[:-1]
    out = np.stack([-np.abs(way[:, 1]) * 0.5 - 0.035, np.abs(way[:, 0]) * 0.12], 1)
    edge = np.stack([start + way * 0.25 + out * 0.9, start + way * 0.7 + out * 0.8, ends[1:]], 1)
    return edge.reshape(-1, 2)


def _tail(drawing: Drawing, paint: Paint, root: Array, length: float, spread: float) -> None:
    """Three feathers that open and close a third of a beat late."""
    for k in (-1, 0, 1):
        feather = leaf(root, root + points(-length, 0.02 + k * (0.055 + spread)), 0.034)
        colour = paint.second if k else paint.shadow
        drawing.form(feather.outline(), colour, line=0.8, shade=0.5)


def _head(drawing: Drawing, paint: Paint, body: Tube, crest: float | None) -> None:
    """Beak, and three crest feathers that trail by `crest`; None = no crest."""
    end = body.p[-1]
    beak = [end + points(0.02, -0.032), end + points(0.13, 0.018), end + points(0.02, 0.032)]
    drawing.form(smooth(beak, False, 3), paint.accent, line=0.8, shade=0.5)
    if crest is None:
        return
    for k in range(3):
        root = end + points(-0.02 - k * 0.02, -0.04)
        tip = root + points(-0.1 - crest, -0.08 + 0.02 * k)
        drawing.stroke(bezier(root, root + points(-0.03, -0.06), tip), 1.4, paint.second)


register(
    Kind(
        "bird",
        build,
        at=(0.14, 0.28),
        height=0.44,
        domain="air",
        width=0.9,
        top=(0.0, -0.08),
        motion="fly",
        instead=dict.fromkeys(("still", "walk", "bounce", "dance"), "bird-standing"),
        perched="bird-standing",
        metres=0.3,
        holds={"stand": (0.54, -0.07)},
        grip=(0.0, 0.0),
    )
)
