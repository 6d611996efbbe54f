"""A seahorse: an S with a snout and a crown, its tail rolled up. Upright it drifts, and only its fin hurries."""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.shaping import horn, joined, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

BACK = points((0.06, -0.34), (-0.09, -0.26), (-0.08, -0.08), (0.03, 0.1), (-0.01, 0.26))
RADII = (0.11, 0.07, 0.12, 0.135, 0.09, 0.065, 0.05, 0.04, 0.03, 0.022, 0.015)
COIL = np.linspace(0, 1, 12)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A seahorse; how far its tail is rolled, by lot."""
    roll = stream.uniform(5.5, 7.5)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        curl = roll + 0.5 * moment.cycle(0.5, phase)
        bob = points(0.01 * moment.cycle(0.5, phase), 0.02 * moment.cycle(0.5))
        angle = COIL * curl
        step = np.stack([-sin(angle * 0.9 - 0.2), cos(angle * 0.9 - 0.2)], 1)
        step = step * (0.062 * (1.05 - 0.78 * COIL))[:, None]
        tail = BACK[-1] + np.cumsum(step, 0)
        body = Tube(np.concatenate([BACK, tail]) + bob, RADII, 46)
        _fin(drawing, paint, moment, body)
        head = body.p[0]
        nod = 0.1 * moment.cycle(0.5, 0.2)
        for k, (x, y) in enumerate(((-0.1, -0.1), (-0.02, -0.15), (0.06, -0.13))):
            tip = points((x, y - 0.06 - 0.01 * (k == 1)))
            root = points((x * 0.5, -0.07))
            thorn = turned(horn(root[0], tip[0], 0.03), nod, head)
            drawing.form(thorn, paint.accent, line=0.8, shade=0.3)
        snout = turned(
            Tube([(0.05, 0.0), (0.16, 0.03), (0.27, 0.06)], [0.06, 0.035, 0.045], 12).outline(),
            nod,
            head,
        )
        joined(
            drawing, paint, [body.outline(), snout], paint.colour, body=body.outline(), along=body
        )
        _ridges(drawing, paint, body)
        x, y = (head + turned(points((0.03, -0.02)), nod)[0]).tolist()
        eye(drawing, paint, moment, x, y, 0.035, paint.colour, 0.25)

    return figure


def _ridges(drawing: Drawing, paint: Paint, body: Tube) -> None:
    """A pale belly, and rings across it."""
    u = np.linspace(0.12, 0.46, 8)
    belly = np.concatenate([body.at(u, -0.95), body.at(u[::-1], -0.15)])
    drawing.form(smooth(belly[::2], True, 3), paint.pale, line=0, shade=0.2, alpha=200)
    for k in range(10):
        at, v = 0.15 + 0.05 * k, np.linspace(-0.9, 0.7, 5)
        drawing.stroke(body.at(at + 0.012 * (1 - v * v), v), 0.6, paint.ink, wobble=0.3)


def _fin(drawing: Drawing, paint: Paint, moment: Moment, body: Tube) -> None:
    """The fin of the back, a fan that ripples quickly."""
    ripple = [0.03 * sin(TAU * (moment.turn(3.0) + 0.22 * k)) for k in range(5)]
    rim = [
        body.at(0.24 + 0.045 * k, 2.2 + 0.35 * cos(1.2 * (k - 2)) + 9 * ripple[k] / 1.2)
        for k in range(5)
    ]
    root: list[Array] = [body.at(0.42, 0.8), body.at(0.22, 0.8)]
    drawing.form(smooth([*rim, *root], True, 4), paint.second, line=0.8, shade=0.5)
    for k in range(5):
        ray = np.stack([body.at(0.27 + 0.03 * k, 0.9), (rim[k] + body.at(0.3, 1.0)) / 2])
        drawing.stroke(ray, 0.5, paint.ink, wobble=0.2)


register(
    Kind(
        "seahorse",
        build,
        at=(1.61, 0.81),
        height=0.56,
        domain="air",
        home="undersea",
        width=0.6,
        top=(0.05, -0.42),
        motion="rise",
        metres=0.15,
        holds={"stand": (0.36, -0.28)},
        grip=(0.0, 0.0),
        postures=("sleep",),
    )
)
