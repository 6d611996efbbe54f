"""Turtle and tortoise: a dome of plates, a wrinkled neck. In the sea it rows with flippers, on land it plods.

Asleep or hiding it draws in its head and its legs, and only the shell is left.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, bead
from uncaged.engines.ink.kinds.plumage import peck
from uncaged.engines.ink.kinds.shaping import blade
from uncaged.engines.ink.kinds.stepping import goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, lerp, sin
from uncaged.engines.ink.paint import Paint

STRIDE = 0.08
DOME = points(
    (-0.52, -0.18),
    (-0.44, -0.42),
    (-0.22, -0.62),
    (0.06, -0.66),
    (0.32, -0.5),
    (0.46, -0.26),
    (0.48, -0.17),
)
RIM = points((0.5, -0.16), (0.3, -0.12), (0.0, -0.1), (-0.3, -0.12), (-0.56, -0.15), (-0.53, -0.2))
PLATES = (
    ((-0.14, -0.5), (0.1, -0.53), (0.17, -0.36), (0.02, -0.24), (-0.17, -0.32)),
    ((0.22, -0.48), (0.36, -0.36), (0.38, -0.22), (0.22, -0.24), (0.24, -0.38)),
    ((-0.22, -0.52), (-0.37, -0.42), (-0.44, -0.24), (-0.27, -0.22), (-0.24, -0.36)),
)
HELD = (0.76, -0.36)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tortoise, walking; its size of dome by lot."""
    high = stream.uniform(0.9, 1.1)

    def figure(drawing: Drawing, moment: Moment) -> None:
        shut = asleep(moment) or moment.gesture == "hide"
        sits = shut or (moment.posture in ("sit", "lie") and not goes(moment))
        up = (0.13 if sits else 0.0) - leap(moment, 0.2)
        up += 0.01 * moment.cycle(2.0 if goes(moment) else 0.5)
        at = points(0.0, up)
        if not sits:
            for x, lag in ((-0.3, 0.5), (0.34, 0.0)):
                _leg(drawing, paint, moment, at, x, lag, far=True)
        if not shut:
            _neck(drawing, paint, moment, at)
        tail = blade(at + points(-0.46, -0.14), at + points(-0.68, -0.06), 0.035)
        drawing.form(tail, paint.second, line=0.8, shade=0.4)
        _shell(drawing, paint, at, high)
        if not sits:
            for x, lag in ((-0.36, 0.0), (0.28, 0.5)):
                _leg(drawing, paint, moment, at, x, lag, far=False)

    return figure


def swimming(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sea turtle; its phase by lot."""
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        beat = moment.turn(0.75) + phase
        at = points(0.0, 0.3 + 0.025 * sin(TAU * (beat + 0.3)))
        _flipper(drawing, paint, at + points(0.3, -0.28), 0.5, beat + 0.05, far=True)
        _flipper(drawing, paint, at + points(-0.38, -0.2), 0.24, beat + 0.3, far=True)
        _neck(drawing, paint, moment, at + points(-0.02, 0.06))
        _shell(drawing, paint, at, 0.78)
        _flipper(drawing, paint, at + points(0.26, -0.2), 0.56, beat, far=False)
        _flipper(drawing, paint, at + points(-0.4, -0.16), 0.28, beat + 0.3, far=False)

    return figure


def _shell(drawing: Drawing, paint: Paint, at: Array, high: float) -> None:
    """Dome, plates, and the rim that goes round it."""
    size = (1.0, high)
    dome = np.concatenate([smooth(DOME, False, 5), points((0.0, -0.1))]) * size + at
    drawing.form(dome, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0)
    if paint.fill in ("plain", "outlined"):
        for plate in PLATES:
            form = smooth(points(*plate) * size, True, 2) + at
            drawing.form(form, paint.pattern, line=0.6, shade=0.4)
    drawing.form(smooth(RIM * (1.0, 1.0), True, 4) + at, paint.second, line=0.9, shade=0.5)


def _neck(drawing: Drawing, paint: Paint, moment: Moment, at: Array) -> None:
    """A neck that reaches out and looks about."""
    steady = 0.0 if moment.gesture == "hold" else 1.0
    down = peck(moment)
    out = points(0.03 * moment.cycle(0.25), 0.02 * moment.cycle(0.5, 0.2)) * steady
    out = out + points(*moment.look) * 0.05 * steady
    head = lerp(points(0.66, -0.42), points(0.72, -0.12), down) + out + at
    neck = Tube(
        [at + points(0.36, -0.2), at + points(0.52, -0.26), head, head + points(0.07, 0.03)],
        [0.1, 0.075, 0.085, 0.1, 0.05],
        20,
    )
    drawing.form(neck.outline(), paint.second, body=neck, shade=0.6)
    for k in range(2):
        v = np.linspace(-0.7, 0.8, 5)
        drawing.stroke(neck.at(0.28 + 0.12 * k + 0.03 * (1 - v * v), v), 0.6, paint.ink, wobble=0.3)
    mouth = smooth(
        [head + points(0.09, 0.045), head + points(0.03, 0.06), head + points(-0.02, 0.03)]
    )
    drawing.stroke(mouth, 0.9, paint.ink, wobble=0.2)
    x, y = (head + points(0.03, -0.02)).tolist()
    bead(drawing, paint, moment, x, y, 0.027)


def _leg(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, x: float, lag: float, *, far: bool
) -> None:
    """A short column with claws."""
    dx, dy = tread(moment, lag, STRIDE, 0.06)
    foot = points(x + dx, dy)
    leg = Tube(
        [at + points(x, -0.2), at * 0.5 + points(x + 0.6 * dx, -0.1), foot - points(0.0, 0.07)],
        [0.1, 0.085, 0.05],
        10,
    )
    colour = paint.shadow if far else paint.second
    sole = points((-0.08, -0.07), (0.05, -0.08), (0.11, -0.02), (0.1, 0.0), (-0.08, 0.0))
    drawing.union([leg.outline(), sole + foot], colour, line=0.9, shade=0.5)


def _flipper(
    drawing: Drawing, paint: Paint, root: Array, long: float, beat: float, *, far: bool
) -> None:
    """A flipper that sweeps down and back."""
    angle = 1.75 + 0.75 * sin(TAU * beat) - (0.5 if far else 0.0)
    way = points(cos(angle), sin(angle))
    side = points(way[1], -way[0])
    lag = 0.18 * sin(TAU * (beat - 0.2))
    tip = root + way * long + side * (lag - 0.12) * long
    wing = Tube([root, root + way * long * 0.55, tip], [0.07, 0.1, 0.07, 0.0], 16, cap_end=False)
    colour = paint.shadow if far else paint.second
    drawing.form(wing.outline(), colour, line=0.9, shade=0.6)
    for k in range(0 if far else 3):
        x, y = wing.at(0.3 + 0.2 * k, 0.2).tolist()
        drawing.dot(x, y, 0.022, paint.pattern)


register(
    Kind(
        "turtle",
        swimming,
        at=(1.31, 0.87),
        height=0.52,
        domain="air",
        home="undersea",
        width=1.4,
        top=(0.0, -0.2),
        motion="swim",
        instead=dict.fromkeys(("walk", "run", "crawl", "still", "hop"), "tortoise"),
        perched="tortoise",
        hue="green",
        metres=0.7,
        holds={"stand": (0.76, 0.0)},
        grip=(0.0, 0.0),
    )
)
register(
    Kind(
        "tortoise",
        build,
        at=(1.37, 0.87),
        height=0.42,
        home="meadow",
        width=1.35,
        top=(0.0, -0.62),
        shadow=0.5,
        gait=travel(STRIDE),
        motion="walk",
        hue="green",
        metres=0.35,
        postures=("sit", "lie", "sleep"),
        holds={"stand": HELD},
        grip=(0.0, -0.4),
    )
)
