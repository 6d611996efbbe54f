"""A snail: a house that is a spiral, a foot that flows, two eyes on stalks. Frightened or asleep, only the house."""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.stepping import goes
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

TURNS = np.linspace(0, 1, 46)
MIDDLE = points(-0.12, -0.46)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A snail, or a slug without a house; how its house is wound, by lot."""
    turns = stream.uniform(2.1, 2.8)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        shut = asleep(moment) or moment.gesture == "hide"
        if not shut:
            _foot(drawing, paint, moment, phase)
        if form != "slug":
            _house(drawing, paint, moment, turns, shut)

    return figure


def _foot(drawing: Drawing, paint: Paint, moment: Moment, phase: float) -> None:
    """One tube from the tail to the head; ripples run along its sole while it goes."""
    u = np.linspace(0, 1, 9)
    stretch = 0.05 * moment.cycle(0.5, phase)
    ripple = 0.016 * sin(TAU * (moment.turn(2.0) + 1.6 * u)) * (1.0 if goes(moment) else 0.2)
    nod = (0.0 if moment.gesture == "hold" else 0.02) * moment.cycle(0.5, phase + 0.2)
    x = np.array([-0.72 - stretch, -0.55, -0.34, -0.1, 0.14, 0.34, 0.5, 0.58, 0.6])
    y = np.array([-0.02, -0.06, -0.09, -0.1, -0.1, -0.11, -0.18, -0.3, -0.38 + nod])
    body = Tube(
        np.stack([x, y - ripple * (u < 0.7)], 1), [0.02, 0.07, 0.1, 0.1, 0.11, 0.11, 0.1], 30
    )
    head = body.p[-1]
    for side in (1, 0):
        _stalk(drawing, paint, moment, head, side)
    drawing.form(body.outline(), paint.second, body=body, shade=0.7)
    sole = body.at(np.linspace(0.05, 0.8, 12), 0.55)
    drawing.stroke(sole, 0.7, paint.ink, wobble=0.5)
    mouth = smooth([head + points(0.09, 0.04), head + points(0.05, 0.06), head + points(0.0, 0.05)])
    drawing.stroke(mouth, 0.9, paint.ink, wobble=0.2)


def _stalk(drawing: Drawing, paint: Paint, moment: Moment, head: Array, side: int) -> None:
    """An eye on its stalk, feeling about."""
    sway = 0.03 * moment.cycle(0.5, 0.3 * side)
    reach = 0.24 + 0.04 * moment.stir + 0.015 * moment.cycle(0.25, 0.4 * side)
    tip = head + points(0.05 + 0.12 * side + sway + 0.08 * moment.look[0], -reach)
    root = head + points(0.01 + 0.05 * side, -0.04)
    middle = (root + tip) / 2 + points(0.02, 0.0)
    stalk = Tube([root, middle, tip], [0.035, 0.024, 0.022], 10)
    drawing.form(stalk.outline(), paint.second, line=0.9, shade=0.3)
    x, y = tip.tolist()
    drawing.form(circle(x, y, 0.05, count=14), paint.white, line=0.8, shade=0)
    eye(drawing, paint, moment, x, y, 0.042, paint.second, 0.2)


def _house(drawing: Drawing, paint: Paint, moment: Moment, turns: float, shut: bool) -> None:
    """A wound tube on the foot; it rocks a little as the foot goes."""
    rock = 0.02 * moment.cycle(1.0 if goes(moment) else 0.5, 0.2)
    at = MIDDLE + points(0.1 if shut else 0.0, 0.11 if shut else 0.0)
    angle = TAU * turns * (TURNS - 1) + 1.75 + rock
    reach = 0.02 + 0.3 * TURNS
    line = at + np.stack([cos(angle) * reach, sin(angle) * reach], 1)
    back = circle(float(at[0]), float(at[1]), 0.36, 0.35, 30)
    drawing.form(back, paint.colour, line=1.0, shade=0.6)
    tube = Tube(line, [0.02, 0.05, 0.075, 0.1, 0.115], 60, curved=False)
    drawing.form(
        tube.outline(),
        paint.colour,
        fill=paint.fill,
        body=tube,
        colour2=paint.pattern,
        shade=0.8,
        marks=0.6,
    )
    if paint.fill in ("plain", "outlined"):
        for k in range(9):
            u, v = 0.42 + 0.065 * k, np.linspace(-0.95, 0.95, 5)
            drawing.stroke(tube.at(u + 0.008 * v * v, v), 0.7, paint.pattern, wobble=0.3)
    drawing.stroke(tube.at(np.linspace(0.15, 0.98, 30), -0.5), 1.0, paint.pale, wobble=0.3)


register(
    Kind(
        "snail",
        build,
        at=(1.61, 0.87),
        height=0.34,
        home="garden",
        width=1.3,
        top=(-0.12, -0.8),
        shadow=0.5,
        gait=0.1,
        motion="walk",
        forms=("slug",),
        metres=0.04,
        postures=("sleep",),
        holds={"stand": (0.7, -0.36)},
        grip=(-0.1, -0.5),
    )
)
