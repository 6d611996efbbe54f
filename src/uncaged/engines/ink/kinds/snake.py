"""A snake: one tube along a wave. The wave runs backwards along it while it advances, so it follows its own track.

The head is lifted and widened, diamonds lie in body coordinates, the tongue flicks, the shadow is the outline shifted.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import round_eye
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

BEND = 0.7
"""Length of one bend to both sides, in heights. It advances by just this in a cycle, so nothing of it slides."""
NOSE = 0.72
ALONG = np.linspace(0, 1, 30)
WIDTH = 0.11 * np.minimum(1, ALONG * 3) * (1 - 0.35 * ALONG) + 0.05
"""How far each part swings aside."""
HEAD_UP = 0.12 * np.maximum(0, 1 - ALONG * 7)
RADII = points(0.045, 0.075, 0.06, 0.045, 0.055, 0.062, 0.062, 0.055, 0.04, 0.02, 0.0)
DIAMONDS = 13


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A snake; the number of its bends (its length) and its thickness by lot."""
    bends = stream.uniform(1.6, 2.1)
    radii = RADII * stream.uniform(0.8, 1.15)

    def figure(drawing: Drawing, moment: Moment) -> None:
        wave = TAU * (bends * ALONG - moment.turn(1.0))
        x = NOSE - BEND * bends * ALONG + 0.05 * sin(2 * wave)
        y = -0.08 + WIDTH * sin(wave + 0.8) - HEAD_UP
        body = Tube(np.stack([x, y], 1), radii, 64, curved=False, cap_end=False)
        _tongue(drawing, paint, body, moment.cycle(1.5))
        _body(drawing, paint, body)
        for side in (0.45, -0.45):
            eye: Array = body.at(0.028, side)
            round_eye(drawing, paint, float(eye[0]), float(eye[1]), 0.016, 0.004)

    return figure


def _tongue(drawing: Drawing, paint: Paint, body: Tube, out: float) -> None:
    """Two strokes that part; out: how far, hidden below 0.05."""
    if out <= 0.05:
        return
    mouth, ahead = body.p[0], -body.tangent[0]
    across = points(ahead[1], -ahead[0])
    for side in (-0.35, 0.35):
        tip = mouth + ahead * (0.16 * out) + across * (side * 0.12 * out)
        drawing.stroke(
            smooth([mouth, mouth + ahead * (0.09 * out), tip]), 0.7, paint.accent, wobble=0.2
        )


def _body(drawing: Drawing, paint: Paint, body: Tube) -> None:
    """Shadow, body, and its pattern: diamonds where none is named."""
    outline = body.outline()
    drawing.form(outline + points(0.015, 0.05), paint.cast, line=0, shade=0, alpha=70)
    drawing.form(
        outline,
        paint.colour,
        body=body,
        shade=0.5,
        fill=paint.fill,
        colour2=paint.pattern,
        marks=0.8,
    )
    if paint.fill != "plain":
        return
    for i in range(DIAMONDS):
        u = 0.12 + i * 0.066
        corners = body.at(points(u - 0.022, u, u + 0.022, u), points(-0.05, 0.62, -0.05, -0.7))
        drawing.form(smooth(corners, True, 3), paint.second, line=0.45, shade=0)


register(
    Kind(
        "snake",
        build,
        at=(0.28, 0.10),
        height=0.40,
        home="desert",
        width=1.3,
        top=(0.0, -0.14),
        gait=BEND,
        motion="walk",
    )
)
