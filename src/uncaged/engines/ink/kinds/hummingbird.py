"""A hummingbird: it stands in the air before a flower, a bent body with a needle of a beak, its wings a blur.

The wings beat faster than a drawing can show, so each is three pale feathers at once.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.plumage import fan
from uncaged.engines.ink.kinds.shaping import horn, joined
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

SPINE = points((-0.2, 0.34), (-0.14, 0.14), (-0.02, -0.02), (0.06, -0.16), (0.14, -0.25))
RADII = (0.02, 0.1, 0.14, 0.1, 0.1)
THROAT = np.linspace(0.55, 0.9, 6)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A hummingbird; it has no forms."""
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        steady = 0.3 if moment.gesture == "hold" else 1.0
        hover = points(0.02 * moment.cycle(0.5, phase), 0.02 * moment.cycle(1.0)) * steady
        body = Tube(SPINE + hover, RADII, 22)
        root = body.at(0.55, -0.2)
        _blur(drawing, paint, root + points(0.03, -0.02), moment, phase, near=False)
        tail = 0.75 * PI - 0.1 * moment.cycle(1.0, 0.3)
        fan(drawing, body.p[2], tail, 0.3, 3, 0.3, 0.045, (paint.second, paint.shadow))
        head = body.p[-1]
        needle = horn(head + points(0.07, 0.0), head + points(0.44, 0.02), 0.016)
        drawing.form(needle, paint.dark, line=0.6, shade=0)
        joined(drawing, paint, [body.outline()], paint.colour, body=body.outline(), along=body)
        low = np.concatenate([body.at(THROAT, 0.9), body.at(THROAT[::-1], 0.1)])
        drawing.form(smooth(low, True, 3), paint.accent, line=0.5, shade=0.4)
        x, y = (head + points(0.02, -0.015)).tolist()
        eye(drawing, paint, moment, x, y, 0.026, paint.colour)
        _blur(drawing, paint, root, moment, phase, near=True)

    return figure


def _blur(
    drawing: Drawing, paint: Paint, root: Array, moment: Moment, phase: float, *, near: bool
) -> None:
    """One wing as three feathers between its highest and its lowest place."""
    beat = 0.5 * sin(TAU * (moment.turn(6.0) + phase))
    for k in range(3):
        angle = (
            -0.72 * PI + (0.45 * (k - 1) + beat) * (0.8 if near else 0.6) + (0.0 if near else 0.5)
        )
        tip = root + points(cos(angle), sin(angle)) * (0.52 if near else 0.44)
        wing = leaf(root, tip, 0.075, 0.16)
        colour = paint.pale if near else paint.second
        drawing.form(wing.outline(), colour, line=0.7, shade=0.3, alpha=(120, 230, 120)[k])


register(
    Kind(
        "hummingbird",
        build,
        at=(1.85, 0.63),
        height=0.34,
        domain="air",
        home="garden",
        width=1.0,
        top=(0.0, -0.3),
        motion="fly",
        metres=0.1,
        postures=("sleep",),
        holds={"stand": (0.58, -0.23)},
        grip=(0.0, 0.0),
    )
)
