"""A ray, seen from above: a diamond that flies under water, its two wings rising and falling, a whip behind it."""

import numpy as np

from uncaged.engines.ink.curves import bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

BEATS = 0.5


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A ray; its spots by lot."""
    phase = stream.uniform()
    spots = stream.array(9, 0.1, 0.55), stream.array(9, -0.6, 0.6), stream.array(9, 0.012, 0.026)

    def figure(drawing: Drawing, moment: Moment) -> None:
        beat = moment.turn(BEATS) + phase
        _tail(drawing, paint, moment)
        _wing(drawing, paint, beat, near=False)
        _wing(drawing, paint, beat, near=True)
        body = points(
            (0.43, 0.0), (0.34, -0.09), (0.1, -0.12), (-0.36, 0.0), (0.1, 0.12), (0.34, 0.09)
        )
        drawing.form(smooth(body, True, 4), paint.colour, line=0.5, shade=0.7)
        for along, aside, r in zip(*spots, strict=True):
            x, y = 0.42 * aside - 0.05, 0.5 * (along - 0.32)
            drawing.dot(float(x), float(y) * 0.5, float(r), paint.pale)
        for side in (-1, 1):
            horn_ = bezier((0.36, 0.05 * side), (0.46, 0.08 * side), (0.55, 0.045 * side - 0.01))
            drawing.stroke(horn_, 3.2, paint.second, taper=(0.05, 0.3))
            x, y = 0.32, 0.075 * side - 0.03
            eye(drawing, paint, moment, x, y, 0.024, paint.colour, 0.2)

    return figure


def _wing(drawing: Drawing, paint: Paint, beat: float, *, near: bool) -> None:
    """A wing; raised or lowered it is narrower from above, and its tip, a fifth of a beat late, trails."""
    side = 1 if near else -1
    span = 0.6 * (0.88 + 0.12 * sin(TAU * beat + (0.5 if near else 0.0)))
    tip = points(-0.14 - 0.08 * sin(TAU * (beat - 0.2)), side * span)
    front = smooth([(0.42, 0.02 * side), (0.3, side * 0.2), (0.13, 0.7 * side * span), tip], per=5)
    back = smooth([tip, (-0.08, side * 0.6 * span), (-0.16, side * 0.2), (-0.42, 0.0)], per=5)
    outline: Array = np.concatenate([front, back])
    fill = paint.fill if paint.fill != "outlined" else "plain"
    drawing.form(
        outline,
        paint.colour if near else paint.shadow,
        fill=fill,
        colour2=paint.pattern,
        shade=0.9,
    )
    for k in range(3):
        share = 0.3 + 0.2 * k
        rib = smooth([(0.25 - 0.1 * k, 0.08 * side), (0.1 - 0.1 * k, side * share * span)])
        drawing.stroke(rib, 0.6, paint.ink, wobble=0.4)


def _tail(drawing: Drawing, paint: Paint, moment: Moment) -> None:
    """A whip that follows."""
    x = np.linspace(-0.3, -0.95, 9)
    u = np.linspace(0, 1, 9)
    y = 0.09 * u * sin(TAU * (moment.turn(BEATS) - 0.6 * u))
    drawing.stroke(np.stack([x, y], 1), 2.0, paint.second, taper=(0.02, 0.9), wobble=0.2)


register(
    Kind(
        "ray",
        build,
        at=(1.37, 0.81),
        height=0.56,
        domain="air",
        home="undersea",
        width=1.5,
        top=(0.0, -0.1),
        motion="swim",
        metres=1.0,
        grip=(0.0, 0.0),
    )
)
