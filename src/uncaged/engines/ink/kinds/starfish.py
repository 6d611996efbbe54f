"""A starfish: five thick arms and the dots on them. It stands on two of them, and thinks it over."""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import joined
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

MIDDLE = points(0.0, -0.47)
REACH = 0.5


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A starfish; how each arm lies, by lot."""
    lean = stream.array(5, -0.12, 0.12)
    bend = stream.array(5, -0.35, 0.35)

    def figure(drawing: Drawing, moment: Moment) -> None:
        lift = 0.3 if moment.gesture in ("wave", "cheer") else 0.1
        arms: list[Tube] = []
        for k in range(5):
            stands = k in (2, 3)
            slow = (0.03 if stands else lift) * moment.cycle(0.5, 0.2 * k)
            angle = TAU * k / 5 + float(lean[k]) * (0.4 if stands else 1.0) + slow
            way = points(sin(angle), -cos(angle))
            aside = points(-way[1], way[0]) * (float(bend[k]) + 1.5 * slow)
            tip = MIDDLE + way * REACH + aside * 0.16
            middle = MIDDLE + way * (0.55 * REACH) + aside * 0.02
            arms.append(Tube([MIDDLE, middle, tip], [0.17, 0.125, 0.05], 12))
        outlines = [arm.outline() for arm in arms]
        joined(drawing, paint, outlines, paint.colour, body=_silhouette(arms))
        for arm in arms:
            for j, u in enumerate((0.42, 0.58, 0.72, 0.85)):
                x, y = arm.at(u, 0.0).tolist()
                drawing.dot(x, y, 0.03 - 0.005 * j, paint.pale)
            drawing.stroke(arm.at(np.linspace(0.3, 0.95, 6), 0.62), 0.6, paint.pattern, wobble=0.4)
        for k in range(5):
            x, y = (MIDDLE + points(sin(TAU * k / 5), -cos(TAU * k / 5)) * 0.075).tolist()
            drawing.dot(x, y, 0.022, paint.pale)
        drawing.dot(0.0, -0.47, 0.03, paint.accent)

    return figure


def _silhouette(arms: list[Tube]) -> Array:
    """The whole contour, for the pattern: tips, and the notches between them."""
    corners: list[Array] = []
    for arm in arms:
        corners += [arm.at(0.5, -0.9), arm.at(0.95, -0.6), arm.at(0.95, 0.6), arm.at(0.5, 0.9)]
    return smooth(corners, True, 3)


register(
    Kind(
        "starfish",
        build,
        at=(1.55, 0.81),
        height=0.36,
        home="undersea",
        width=1.0,
        top=(0.0, -0.9),
        shadow=0.3,
        hue="orange",
        metres=0.2,
        grip=(0.0, -0.47),
        faces=False,
    )
)
