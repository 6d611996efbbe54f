"""A crocodile: a long low body under a saw of scales, a jaw that opens slowly and shuts fast."""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import joined, turned
from uncaged.engines.ink.kinds.stepping import goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease, over
from uncaged.engines.ink.paint import Paint

STRIDE = 0.1
SPINE = points(
    (0.42, -0.4),
    (0.28, -0.38),
    (0.02, -0.4),
    (-0.24, -0.36),
    (-0.52, -0.26),
    (-0.86, -0.14),
    (-1.1, -0.08),
)
RADII = (0.1, 0.15, 0.2, 0.2, 0.13, 0.07, 0.02)
JAW = points(
    (0.36, -0.44),
    (0.5, -0.53),
    (0.64, -0.47),
    (0.92, -0.46),
    (1.06, -0.5),
    (1.12, -0.42),
    (1.0, -0.36),
)
JAW = np.concatenate([JAW, points((0.6, -0.36), (0.36, -0.34))])
CHIN = points(
    (0.34, -0.36), (0.62, -0.35), (1.04, -0.35), (1.02, -0.29), (0.6, -0.25), (0.36, -0.25)
)
HINGE = points(0.38, -0.36)
HELD = (1.02, -0.34)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A crocodile; its phase by lot."""
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        flat = not goes(moment) and (asleep(moment) or moment.posture in ("lie", "sit"))
        at = points(0.0, (0.18 if flat else 0.0) + 0.01 * moment.cycle(0.5))
        body = _body(moment, at, phase)
        for x, lag, hind in ((0.34, 0.0, False), (-0.26, 0.5, True)):
            _leg(drawing, paint, moment, at, x, lag, hind, far=True)
        gape = _gape(moment, phase)
        chin = turned(smooth(CHIN, True, 3) - HINGE, 0.55 * gape, HINGE + at)
        drawing.form(chin, paint.second, line=0.9, shade=0.5)
        _teeth(drawing, paint, at, gape)
        u = np.arange(15) / 15
        saw = [
            body.at(points(k, k + 0.03, k + 0.07), points(-0.8, -1.42 + 0.3 * k, -0.8)) for k in u
        ]
        drawing.multi(saw, paint.second, line=0.8)
        jaw = turned(smooth(JAW, True, 3) - HINGE, -0.42 * gape, HINGE + at)
        joined(drawing, paint, [body.outline(), jaw], paint.colour, body=body.outline(), along=body)
        _face(drawing, paint, moment, at, gape)
        _scales(drawing, paint, body)
        for x, lag, hind in ((0.24, 0.5, False), (-0.36, 0.0, True)):
            _leg(drawing, paint, moment, at, x, lag, hind, far=False)

    return figure


def _body(moment: Moment, at: Array, phase: float) -> Tube:
    """Neck to tail; the tail sweeps."""
    u = np.linspace(0, 1, len(SPINE))
    sweep = 0.09 * moment.cycle(1.0 if goes(moment) else 0.25, phase) * u * u
    return Tube(SPINE + at + np.stack([0.3 * sweep, -sweep], 1), RADII, 36)


def _gape(moment: Moment, phase: float) -> float:
    """How far the jaw is open, 0 … 1."""
    if moment.gesture == "hold" or asleep(moment):
        return 0.12
    q = (moment.turn(1.0 if moment.gesture == "eat" else 0.5) + phase) % 1
    slow = ease(over(q, 0.1, 0.6)) * (1 - ease(over(q, 0.78, 0.86)))
    return 0.08 + slow * (0.75 + 0.25 * max(0.0, moment.stir))


def _teeth(drawing: Drawing, paint: Paint, at: Array, gape: float) -> None:
    """Two rows, those above upside down."""
    upper = [
        points((x, -0.37), (x + 0.035, -0.28), (x + 0.07, -0.37))
        for x in (0.6, 0.7, 0.8, 0.9, 0.99)
    ]
    lower = [
        points((x, -0.34), (x + 0.03, -0.42), (x + 0.06, -0.34)) for x in (0.65, 0.75, 0.85, 0.95)
    ]
    teeth = [turned(tooth - HINGE, -0.42 * gape, HINGE + at) for tooth in upper]
    teeth += [turned(tooth - HINGE, 0.55 * gape, HINGE + at) for tooth in lower]
    drawing.multi(teeth, paint.white, line=0.7)


def _face(drawing: Drawing, paint: Paint, moment: Moment, at: Array, gape: float) -> None:
    """The eye on its bump, the nostril."""
    place = turned(points((0.51, -0.53), (1.05, -0.48)) - HINGE, -0.42 * gape, HINGE + at)
    x, y = place[0].tolist()
    drawing.form(circle(x, y, 0.085, count=16), paint.colour, line=0.9, shade=0.5)
    eye(drawing, paint, moment, x + 0.01, y - 0.01, 0.055, paint.colour, 0.3, paint.glow)
    drawing.dot(float(place[1, 0]), float(place[1, 1]), 0.018, paint.ink)


def _scales(drawing: Drawing, paint: Paint, body: Tube) -> None:
    """A pale belly and rows of plates."""
    u = np.linspace(0.05, 0.6, 9)
    belly = np.concatenate([body.at(u, 0.95), body.at(u[::-1], 0.5)])
    drawing.form(smooth(belly[::2], True, 3), paint.pale, line=0, shade=0.3, alpha=200)
    if paint.fill in ("plain", "outlined"):
        for k in range(6):
            v = np.linspace(-0.55, 0.35, 5)
            drawing.stroke(
                body.at(0.12 + 0.085 * k + 0.02 * v * v, v), 0.6, paint.pattern, wobble=0.4
            )


def _leg(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    at: Array,
    x: float,
    lag: float,
    hind: bool,
    *,
    far: bool,
) -> None:
    """A short bent leg with a clawed foot."""
    dx, dy = tread(moment, lag, STRIDE, 0.07)
    hip = at + points(x, -0.3)
    foot = points(x + (0.02 if hind else 0.05) + dx, dy - 0.04)
    knee, ankle = two_bones(hip, foot, 0.17, 0.17, -1.0 if hind else 1.0)
    leg = Tube(np.stack([hip, knee, ankle]), [0.11, 0.085, 0.05], 12)
    colour = paint.shadow if far else paint.colour
    sole = points((-0.05, -0.04), (0.05, -0.05), (0.15, 0.04), (-0.06, 0.04)) + ankle
    drawing.union([leg.outline(), sole], colour, line=0.9, shade=0.5)


register(
    Kind(
        "crocodile",
        build,
        at=(1.43, 0.87),
        height=0.42,
        home="jungle",
        width=2.2 * 0.9,
        top=(0.0, -0.58),
        shadow=0.8,
        gait=travel(STRIDE),
        motion="walk",
        hue="green",
        metres=0.7,
        postures=("lie", "sleep"),
        holds={"stand": HELD},
        grip=(0.0, -0.4),
    )
)
