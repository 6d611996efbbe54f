"""A snake: one tube along a wave. The wave runs backwards along it while it advances, so it follows its own track.

The head is lifted and widened, diamonds lie in body coordinates, the tongue flicks, the shadow is the outline shifted.
Sitting or asleep it lies in rings, one on the other, with its head on top.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.stepping import goes
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, sin
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
STEADY = 0.05 * np.maximum(0, 1 - ALONG * 5)
"""How much less it swings by its head while it holds something."""
RINGS = ((0.0, -0.11, 0.46, 0.13), (0.03, -0.27, 0.36, 0.12), (0.0, -0.41, 0.24, 0.1))
"""Middle and half width and height of each ring when it lies rolled up."""
HELD = {"stand": (0.78, -0.21), "sit": (0.47, -0.63)}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A snake; the number of its bends (its length) and its thickness by lot."""
    bends = stream.uniform(1.6, 2.1)
    radii = RADII * stream.uniform(0.8, 1.15)

    def figure(drawing: Drawing, moment: Moment) -> None:
        if moment.posture in ("sit", "lie", "sleep") and not goes(moment):
            _coiled(drawing, paint, moment)
            return
        wave = TAU * (bends * ALONG - moment.turn(1.0))
        x = NOSE - BEND * bends * ALONG + 0.05 * sin(2 * wave)
        width = WIDTH - STEADY if moment.gesture == "hold" else WIDTH
        y = -0.08 + width * sin(wave + 0.8) - HEAD_UP
        body = Tube(np.stack([x, y], 1), radii, 64, curved=False, cap_end=False)
        _tongue(drawing, paint, body, moment.cycle(1.5))
        _body(drawing, paint, body)
        for side in (0.45, -0.45):
            at, y_at = body.at(0.028, side).tolist()
            eye(drawing, paint, moment, at, y_at, 0.016, paint.colour, 0.25)

    return figure


def _coiled(drawing: Drawing, paint: Paint, moment: Moment) -> None:
    """Three rings that breathe, and the neck that rises from them; asleep the head is laid down."""
    asleep = moment.posture == "sleep"
    for k, (x, y, wide, high) in enumerate(RINGS):
        swell = 1 + 0.02 * moment.cycle(0.5, 0.1 * k)
        ring = circle(x, y, wide * swell, high, 30)
        drawing.form(ring, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9)
        for j in range(4 if paint.fill == "plain" else 0):
            mark = circle(
                x + wide * (0.36 * j - 0.54), y + 0.35 * high, 0.09 * wide + 0.01, 0.05, 10
            )
            drawing.form(mark, paint.second, line=0.45, shade=0)
    steady = 0.0 if moment.gesture == "hold" else 1.0
    sway = 0.04 * steady * moment.cycle(0.5, 0.2)
    rise = points(
        (0.05, -0.42),
        (0.02, -0.56),
        (0.12 + sway, -0.72),
        (0.3 + sway, -0.68),
        (0.44 + sway, -0.63),
    )
    lie = points((0.05, -0.42), (-0.02, -0.5), (0.08, -0.55), (0.22, -0.52), (0.34, -0.48))
    neck = Tube(lie if asleep else rise, [0.075, 0.06, 0.055, 0.085, 0.05], 24)
    if not asleep:
        flipped = Tube(neck.p[::-1], [0.05, 0.05], 24)
        _tongue(drawing, paint, flipped, moment.cycle(1.5))
    drawing.form(neck.outline(), paint.colour, body=neck, shade=0.6)
    x, y = neck.at(0.84, -0.3).tolist()
    eye(drawing, paint, moment, x, y, 0.02, paint.colour, 0.25)


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
        metres=0.3,
        postures=("sit", "lie", "sleep"),
        holds=HELD,
        grip=(0.0, -0.1),
    )
)
