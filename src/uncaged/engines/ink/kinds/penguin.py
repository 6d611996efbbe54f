"""A penguin: a dark column with a pale front, flippers it never quite knows what to do with, and a waddle.

It walks by leaning from foot to foot. Lying it slides on its belly, and it swims the same way.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.plumage import beak, peck
from uncaged.engines.ink.kinds.shaping import joined, turned
from uncaged.engines.ink.kinds.stepping import goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

STRIDE = 0.055
BODY = points(
    (0.02, -0.97),
    (-0.1, -0.93),
    (-0.14, -0.82),
    (-0.21, -0.66),
    (-0.27, -0.4),
    (-0.22, -0.12),
    (-0.08, -0.03),
    (0.1, -0.03),
    (0.22, -0.14),
    (0.26, -0.4),
    (0.2, -0.64),
    (0.16, -0.8),
    (0.12, -0.92),
)
FRONT = points(
    (0.09, -0.72), (-0.02, -0.66), (-0.09, -0.42), (-0.05, -0.16), (0.07, -0.07), (0.2, -0.18)
)
FRONT = np.concatenate([FRONT, points((0.235, -0.4), (0.19, -0.6))])
CHEEK = points((0.02, -0.86), (0.1, -0.84), (0.13, -0.74), (0.08, -0.66), (0.0, -0.72))
HELD = (0.3, -0.84)
"""Where its beak ends."""

Place = Callable[[Array], Array]


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A penguin; how stout it is, and its phase, by lot."""
    stout = stream.uniform(0.92, 1.12)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        flat = _flat(moment)
        if not flat:
            _feet(drawing, paint, moment)
        place = partial(_placed, _lean(moment), -leap(moment, 0.16), flat)
        _flipper(drawing, paint, place, moment, phase, stout, near=False)
        shape = smooth(BODY * (stout, 1.0), True, 4)
        body = place(shape)
        joined(drawing, paint, [body], paint.colour, body=body)
        drawing.form(place(smooth(FRONT * (stout, 1.0), True, 4)), paint.white, line=0.5, shade=0.5)
        drawing.form(place(smooth(CHEEK, True, 4)), paint.accent, line=0.4, shade=0.3)
        way = 0.9 * peck(moment) + (1.25 if flat else 0.0) * 0.3
        root = place(points((0.1, -0.845)))[0]
        beak(drawing, root, way + _lean(moment), 0.2, 0.036, paint.accent, 0.03)
        x, y = place(points((0.045, -0.875)))[0].tolist()
        eye(drawing, paint, moment, x, y, 0.032, paint.colour)
        _flipper(drawing, paint, place, moment, phase, stout, near=True)
        if flat:
            for dx in (-0.04, 0.05):
                foot = place(points((dx, 0.03), (dx - 0.04, -0.06), (dx + 0.05, -0.06)))
                drawing.form(smooth(foot, True, 3), paint.accent, line=0.7, shade=0.2)

    return figure


def _flat(moment: Moment) -> bool:
    """Whether it is on its belly."""
    return moment.posture in ("lie", "sleep") or moment.act in ("swim", "fly", "glide")


def _lean(moment: Moment) -> float:
    """How far it leans to the foot it stands on, radians; pecking bows it."""
    if goes(moment) and moment.act != "hop":
        return 0.13 * sin(TAU * (2 * moment.turn(1.0) - 0.08)) * min(1.0, moment.stride)
    steady = 0.3 if moment.gesture == "hold" else 1.0
    return 0.02 * steady * moment.cycle(0.5) + 0.5 * peck(moment)


def _placed(lean: float, up: float, flat: bool, form: Array) -> Array:
    """A part of the upright body where the body is: leaning over its feet, in the air, or on its belly."""
    if flat:
        return turned(form + points(0.0, 0.45), 1.32, points(0.0, -0.27))
    return turned(form, lean, points(0.0, up))


def _flipper(
    drawing: Drawing,
    paint: Paint,
    place: Place,
    moment: Moment,
    phase: float,
    stout: float,
    *,
    near: bool,
) -> None:
    """A flipper held off the body; it lifts with the step, and in joy both go up."""
    side = 1 if near else -1
    lift = 0.25 + 0.12 * moment.cycle(0.5, phase) + 0.5 * max(0.0, moment.joy)
    if goes(moment):
        lift += 0.25 * sin(TAU * (2 * moment.turn(1.0) + 0.5 * near))
    if moment.gesture in ("wave", "cheer"):
        lift = 1.9 + 0.4 * moment.cycle(2.0)
    if _flat(moment):
        lift = 0.5 + 0.35 * moment.cycle(1.0, phase)
    shoulder = points(-0.02 if near else 0.14 * stout, -0.64)
    spine = points((0.0, 0.0), (0.02, 0.2), (-0.02, 0.4)) * (-side, 1.0)
    arm = turned(spine, side * lift if near else -lift, shoulder)
    if near:
        arm = turned(points((0.0, 0.0), (-0.03, 0.2), (0.01, 0.4)), lift, points(-0.1, -0.64))
    wing = Tube(place(arm), [0.05, 0.075, 0.05, 0.0], 14, cap_end=False)
    colour = paint.second if near else paint.shadow
    drawing.form(wing.outline(), colour, shade=0.7, line=0.9)


def _feet(drawing: Drawing, paint: Paint, moment: Moment) -> None:
    """Two webs that shuffle."""
    for k, x in enumerate((-0.09, 0.09)):
        dx, dy = tread(moment, 0.5 * k, STRIDE, 0.05, 2)
        web = points((-0.06, -0.06), (0.04, -0.06), (0.13, 0.0), (0.06, 0.0), (-0.09, 0.0))
        drawing.form(web + points(x + dx, dy), paint.accent, line=0.8, shade=0.2)


register(
    Kind(
        "penguin",
        build,
        at=(1.79, 0.57),
        height=0.46,
        width=0.7,
        top=(0.0, -0.95),
        shadow=0.24,
        gait=travel(STRIDE, 2),
        motion="walk",
        hue="black",
        metres=0.8,
        postures=("lie", "sleep"),
        holds={"stand": HELD, "lie": (0.46, -0.24)},
        grip=(0.0, -0.45),
    )
)
