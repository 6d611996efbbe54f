"""A fish: one tube along a wave that runs from head to tail, everything on it drawn in body coordinates (u, v).

Tail and fins first, then body, belly, scales, gill, the near fin and the eye. It swims in its own frame: the wave is
its motion, where it goes is not its business.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, sin
from uncaged.engines.ink.paint import Paint

NOSE, LENGTH = 0.46, 0.8
"""x of the nose, and how long the spine is, in heights."""
BEATS = 1.5
"""Waves a second that run down the body."""
WAVES = 0.75
"""How many waves lie on the body at once."""
PROFILE = points(0.05, 0.62, 0.95, 1.0, 0.78, 0.42, 0.2, 0.15)
"""Half heights along the spine, in shares of the shape's girth."""

SPINE = np.linspace(0, 1, 9)
REACH = 0.015 + 0.085 * SPINE * SPINE
"""How far the wave moves each part aside: the tail most."""
BACK = np.linspace(0.24, 0.72, 7)
VENT = np.linspace(0.5, 0.74, 5)
GILL = np.linspace(-0.75, 0.75, 9)
BELLY = np.linspace(0.06, 0.9, 10)
SCALE = np.linspace(-0.17, 0.17, 5)
SCALE_BOW = 0.05 * (1 - SCALE * SCALE / (0.17 * 0.17))


@dataclass(frozen=True, slots=True)
class Shape:
    """girth: greatest half height. dorsal: how far the back fin rises, in girths. spread, tail: the tail fin's half
    width and length. eye: its radius. Lengths in heights."""

    girth: float
    dorsal: float
    spread: float = 0.19
    tail: float = 0.23
    eye: float = 0.034


SHAPES = {
    "long": Shape(0.115, 1.7, eye=0.028),
    "round": Shape(0.185, 1.65),
    "tall": Shape(0.26, 1.75, spread=0.26, tail=0.24),
}
LOT = ("long", "round", "round", "tall")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A fish of the named shape; by lot where none is named."""
    lot = stream.pick(LOT)
    shape = SHAPES.get(form) or SHAPES[lot]
    forked = stream.chance(0.6)
    phase = stream.uniform()
    radii = PROFILE * shape.girth

    def figure(drawing: Drawing, moment: Moment) -> None:
        wave = moment.turn(BEATS) + phase
        y = REACH * sin(TAU * (wave - WAVES * SPINE))
        body = Tube(np.stack([NOSE - LENGTH * SPINE, y], 1), radii, 26)
        _tail(drawing, paint, shape, body, 0.35 * sin(TAU * (wave - 0.95)), forked)
        _fins(drawing, paint, shape, body, 0.03 * sin(TAU * (wave - 0.5)))
        drawing.form(
            body.outline(),
            paint.colour,
            fill=paint.fill,
            body=body,
            colour2=paint.pattern,
            shade=0.85,
        )
        if paint.fill in ("plain", "outlined"):
            _scales(drawing, paint, body)
        _side_fin(drawing, paint, body, 0.25 * moment.cycle(1.0, 0.2))
        _face(drawing, paint, moment, shape, body)

    return figure


def _tail(
    drawing: Drawing, paint: Paint, shape: Shape, body: Tube, lag: float, forked: bool
) -> None:
    """The tail fin follows the body a fifth of a beat late: `lag` turns it, −1 … 1."""
    root, across = body.p[-1], body.normal[-1]
    along = body.tangent[-1] * (1 - abs(lag) * 0.2) + across * lag
    length, spread = shape.tail, shape.spread
    contour = [
        root - along * 0.05 + across * 0.03,
        root + along * length * 0.55 + across * spread * 0.6,
        root + along * length + across * spread,
        root + along * length * (0.58 if forked else 0.98),
        root + along * length - across * spread,
        root + along * length * 0.55 - across * spread * 0.6,
        root - along * 0.05 - across * 0.03,
    ]
    drawing.form(smooth(contour, True, 4), paint.second, line=0.8, shade=0.8)
    for k in (-0.7, -0.35, 0.0, 0.35, 0.7):
        ray = np.stack([root + along * 0.02, root + along * length * 0.8 + across * spread * k])
        drawing.stroke(ray, 0.5, paint.ink, wobble=0.3)


def _fins(drawing: Drawing, paint: Paint, shape: Shape, body: Tube, flutter: float) -> None:
    """Back fin and belly fin, rooted a little inside the body so that no gap opens when it bends."""
    high = shape.dorsal
    tips = [
        body.at(0.84, -high * 0.8 - flutter),
        body.at(0.6, -high + flutter),
        body.at(0.4, -high * 0.95),
    ]
    back = np.concatenate([body.at(BACK, -0.9), tips])
    drawing.form(smooth(back, True, 3), paint.second, line=0.8, shade=0.6)
    tips = [
        body.at(0.84, 1.5 * high + flutter * 4 - 0.6),
        body.at(0.66, high * 0.95 + flutter * 3),
    ]
    vent = np.concatenate([body.at(VENT, 0.9), tips])
    drawing.form(smooth(vent, True, 3), paint.second, line=0.8, shade=0.6)


def _scales(drawing: Drawing, paint: Paint, body: Tube) -> None:
    """A pale belly, and scales only where the light falls: thirteen arcs say more than a hundred."""
    belly = np.concatenate([body.at(BELLY, 0.42), body.at(BELLY[::-1], 0.94)])
    drawing.form(smooth(belly[::2], True, 4), paint.pale, line=0, shade=0, alpha=150)
    for column in range(5):
        u = 0.375 + column * 0.1 - SCALE_BOW
        for row in (-0.5, -0.12, 0.26) if column % 2 else (-0.3, 0.08):
            drawing.stroke(body.at(u, row + SCALE), 0.55, paint.pattern, wobble=0.2)


def _side_fin(drawing: Drawing, paint: Paint, body: Tube, beat: float) -> None:
    """The near pectoral fin rows once a second."""
    root = body.at(0.33, 0.32)
    tip = root + points(-0.17, 0.1 + beat * 0.2)
    fin = leaf(root, tip, 0.05, 0.12).outline()
    drawing.form(fin, paint.second, line=0.7, shade=0.5)


def _face(drawing: Drawing, paint: Paint, moment: Moment, shape: Shape, body: Tube) -> None:
    """Gill, eye, and one stroke of a frown that makes it somebody."""
    drawing.stroke(body.at(0.245 + 0.05 * (1 - GILL * GILL), GILL), 0.9, paint.ink, key="gill")
    x, y = body.at(0.115, -0.22).tolist()
    eye(drawing, paint, moment, x, y, shape.eye, paint.colour, 0.18)
    drawing.stroke(np.stack([body.at(0.0, 0.6), body.at(0.06, 0.42)]), 0.8, paint.ink, wobble=0)


register(
    Kind(
        "fish",
        build,
        at=(0.08, 0.08),
        height=0.52,
        domain="air",
        home="undersea",
        width=0.9,
        top=(0.0, -0.12),
        motion="swim",
        forms=tuple(SHAPES),
        metres=0.25,
        holds={"stand": (NOSE, 0.01)},
        grip=(0.0, 0.0),
        postures=("sleep",),
    )
)
