"""A crab: a broad shell, eyes on stalks, two great claws it opens and shuts, six legs that go sideways."""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import joined, turned
from uncaged.engines.ink.kinds.stepping import goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

STRIDE = 0.09
HIGH = 0.36
"""Height of the shell's middle."""
SHELL = points(
    (0.0, -0.19),
    (-0.26, -0.17),
    (-0.42, -0.05),
    (-0.34, 0.1),
    (-0.16, 0.18),
    (0.16, 0.18),
    (0.34, 0.1),
    (0.42, -0.05),
    (0.26, -0.17),
)
CLAW = points(
    (-0.1, 0.02), (-0.13, -0.12), (-0.06, -0.24), (0.04, -0.36), (0.02, -0.2), (0.07, -0.06)
)
THUMB = points((0.02, -0.1), (0.06, -0.2), (0.1, -0.33), (0.16, -0.18), (0.12, -0.04), (0.03, 0.02))
HELD = (0.61, -0.85)
"""Between the tips of its right claw."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A crab; one claw is larger, which by lot."""
    large = stream.pick((-1, 1))
    warts = stream.array(8, -0.28, 0.28), stream.array(8, -0.12, 0.05)

    def figure(drawing: Drawing, moment: Moment) -> None:
        sunk = 0.2 if moment.posture in ("sit", "lie", "sleep") and not goes(moment) else 0.0
        bob = 0.012 * moment.cycle(2.0 if goes(moment) else 0.5)
        at = points(0.0, -HIGH + sunk + bob - leap(moment, 0.2))
        for side in (-1, 1):
            for k in (2, 1, 0):
                _leg(drawing, paint, moment, at, side, k)
        for side in (-1, 1):
            _stalk(drawing, paint, moment, at, side)
        shell = smooth(SHELL, True, 4) + at
        joined(drawing, paint, [shell], paint.colour, body=shell)
        _shell(drawing, paint, at, warts)
        for side in (-1, 1):
            size = 1.12 if side == large else 0.92
            _claw(drawing, paint, moment, at, side, size)

    return figure


def _shell(drawing: Drawing, paint: Paint, at: Array, warts: tuple[Array, Array]) -> None:
    """Warts, the groove across it, a mouth."""
    if paint.fill in ("plain", "outlined"):
        for x, y in zip(*warts, strict=True):
            drawing.dot(float(at[0] + x), float(at[1] + y), 0.018, paint.pattern)
    mouth = smooth(points((-0.1, 0.08), (0.0, 0.115), (0.1, 0.08)) + at)
    drawing.stroke(mouth, 1.1, paint.ink)
    edge = smooth(points((-0.33, -0.02), (0.0, 0.02), (0.33, -0.02)) + at)
    drawing.stroke(edge, 0.6, paint.ink, wobble=0.4)


def _stalk(drawing: Drawing, paint: Paint, moment: Moment, at: Array, side: int) -> None:
    """An eye on its stalk; each looks about by itself."""
    sway = 0.02 * moment.cycle(0.5, 0.1 + 0.2 * side)
    root = at + points(0.1 * side, -0.16)
    tip = root + points(0.03 * side + sway, -0.17 - 0.03 * max(0.0, moment.stir))
    drawing.form(Tube([root, tip], [0.028, 0.024], 6).outline(), paint.colour, line=0.8, shade=0.3)
    drawing.form(circle(float(tip[0]), float(tip[1]), 0.06, count=14), paint.white, line=0.8)
    eye(drawing, paint, moment, float(tip[0]), float(tip[1]), 0.05, paint.colour, 0.2)


def _leg(drawing: Drawing, paint: Paint, moment: Moment, at: Array, side: int, k: int) -> None:
    """A pointed leg, bent high; it walks to the side."""
    lag = 0.5 * ((k + (side > 0)) % 2) + 0.08 * k
    dx, dy = tread(moment, lag, STRIDE, 0.09)
    hip = at + points(side * (0.2 + 0.07 * k), 0.1 - 0.03 * k)
    foot = points(side * (0.3 + 0.15 * k) + dx, dy)
    knee, foot = two_bones(hip, foot, 0.26 + 0.02 * k, 0.27 + 0.03 * k, float(side))
    leg = Tube(np.stack([hip, knee, foot]), [0.04, 0.042, 0.028, 0.0], 12, cap_end=False)
    colour = paint.shadow if k == 1 else paint.second
    drawing.form(leg.outline(), colour, line=0.8, shade=0.4)


def _claw(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, side: int, size: float
) -> None:
    """An arm and its claw; the thumb shuts and opens."""
    holds = moment.gesture == "hold" and side > 0
    wave = 0.0 if holds else 0.16 * moment.cycle(0.5, 0.15 if side > 0 else 0.4)
    wave += 0.5 + 0.3 * moment.cycle(2.0) if moment.gesture in ("wave", "cheer") else 0.0
    wave += 0.25 * max(0.0, moment.joy)
    shut = 0.12 if holds else 0.35 * max(0.0, moment.cycle(1.0, 0.1 * side))
    shoulder = at + points(0.33 * side, -0.02)
    wrist = shoulder + points(side * 0.14, -0.16 - 0.12 * wave)
    arm = Tube(
        [shoulder, (shoulder + wrist) / 2 + points(0.08 * side, 0.05), wrist], [0.05, 0.05], 10
    )
    drawing.form(arm.outline(), paint.second, line=0.9, shade=0.4)
    angle = 0.3 - 0.25 * wave if holds else 0.12 - 0.4 * wave
    for part, turn in ((THUMB, -shut + 0.1), (CLAW, 0.0)):
        form = turned(smooth(part, True, 4) * size, turn)
        form = turned(form, angle) * (side, 1.0) + wrist + points(0.0, 0.0)
        drawing.form(form, paint.colour, line=1.0, shade=0.7)


register(
    Kind(
        "crab",
        build,
        at=(1.73, 0.81),
        height=0.4,
        home="undersea",
        width=1.5,
        top=(0.0, -0.5),
        shadow=0.5,
        gait=travel(STRIDE),
        motion="walk",
        hue="red",
        metres=0.15,
        postures=("sit", "sleep"),
        holds={"stand": HELD},
        grip=(0.0, -0.36),
    )
)
