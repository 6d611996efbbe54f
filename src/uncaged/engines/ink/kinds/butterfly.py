"""A butterfly, seen from above: four wing polygons that narrow and widen as it beats, a body, two feelers.

The wings are drawn open and scaled across by the beat; the left half a little narrower, so that it is not a stamp. A
moth is broad and blunt, with combs for feelers and an eye on each wing. Asleep both are shut.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

BEATS = 1.5
"""Wing beats a second."""
SHUT = 0.28
"""How wide the wings still are when they are shut, as a share."""


@dataclass(frozen=True, slots=True)
class Wings:
    """upper, lower: contours of the right wings. veins: where those of the upper one end. spots: pale dots along its
    rim. eyes: place and half height of the spots like eyes. thick: factor of the body. combs: feathered feelers.
    """

    upper: Array
    lower: Array
    veins: tuple[tuple[float, float], ...]
    spots: tuple[tuple[float, float], ...]
    eyes: tuple[tuple[float, float, float], ...]
    thick: float
    combs: bool


BUTTERFLY = Wings(
    points((0.02, -0.04), (0.14, -0.3), (0.4, -0.46), (0.55, -0.38), (0.46, -0.1), (0.24, 0.05)),
    points((0.02, 0.0), (0.22, 0.03), (0.36, 0.16), (0.32, 0.33), (0.16, 0.38), (0.05, 0.22)),
    ((0.5, -0.36), (0.44, -0.16), (0.3, 0.0)),
    ((0.44, -0.36), (0.42, -0.25), (0.36, -0.13)),
    ((0.22, 0.22, 0.075),),
    1.0,
    False,
)
MOTH = Wings(
    points((0.02, -0.14), (0.24, -0.26), (0.52, -0.3), (0.6, -0.12), (0.5, 0.12), (0.22, 0.12)),
    points((0.02, 0.06), (0.24, 0.06), (0.42, 0.16), (0.36, 0.34), (0.16, 0.34), (0.04, 0.26)),
    ((0.54, -0.2), (0.54, 0.0)),
    ((0.5, -0.2), (0.53, -0.1), (0.5, 0.0), (0.44, 0.08)),
    ((0.3, -0.1, 0.08), (0.22, 0.2, 0.05)),
    1.9,
    True,
)
BODY = ((0.0, 0.26), (0.0, 0.05), (0.0, -0.14))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A butterfly, or of the form moth; its phase and the size of its upper wings by lot."""
    wings = MOTH if form == "moth" else BUTTERFLY
    phase = stream.uniform()
    size = stream.uniform(0.9, 1.1)
    radii = [0.012, 0.03 * wings.thick, 0.026 * wings.thick, 0.036 * wings.thick]
    body = Tube(BODY, radii, 12).outline()

    def figure(drawing: Drawing, moment: Moment) -> None:
        shut = 0.5 - 0.5 * sin(TAU * (moment.turn(BEATS) + phase))
        beat = 1 - shut * shut  # open for longer than shut: edge-on it is nothing
        if moment.act in ("glide", "spin"):
            beat = 0.9 + 0.1 * beat
        if moment.posture in ("sit", "lie", "sleep"):
            beat = 0.08 * beat
        open_ = SHUT + (1 - SHUT) * beat
        for across in (-open_ * 0.86, open_):
            _lower(drawing, paint, wings, across)
            _upper(drawing, paint, wings, across, size)
        drawing.form(body, paint.dark, shade=0, line=0.6)
        quiver = 0.01 * moment.cycle(1.0)
        for side in (-1, 1):
            feeler = bezier((0, -0.15), (0.04 * side, -0.28), (0.12 * side, -0.33 + quiver))
            drawing.stroke(feeler, 0.7, paint.ink)
            for k in range(4 if wings.combs else 0):
                at = feeler[4 + 2 * k]
                tooth = np.stack([at - points(0.03, 0.0), at + points(0.03, -0.02)])
                drawing.stroke(tooth, 0.6, paint.ink, wobble=0.2)

    return figure


def _lower(drawing: Drawing, paint: Paint, wings: Wings, across: float) -> None:
    """A lower wing with its eye spot; across: −1 … 1, how far it is open, negative to the left."""
    drawing.form(smooth(wings.lower * (across, 1.0), True, 5), paint.second, shade=0.8, line=0.9)
    _eye(drawing, paint, wings.eyes[-1], across)


def _eye(drawing: Drawing, paint: Paint, at: tuple[float, float, float], across: float) -> None:
    """A spot like an eye, as broad as the wing is open."""
    x, y, high = at
    spot = circle(across * x, y, 0.8 * high * abs(across) + 0.005, high, 14)
    drawing.form(spot, paint.accent, line=0.5, shade=0.3)


def _upper(drawing: Drawing, paint: Paint, wings: Wings, across: float, size: float) -> None:
    """An upper wing, which carries the pattern, its veins and its dots."""
    wing = smooth(wings.upper * (across * size, size), True, 5)
    drawing.form(wing, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8)
    for x, y in wings.veins:
        vein = bezier((0.03 * across, -0.02), (x * 0.5 * across, y * 0.7), (x * 0.92 * across, y))
        drawing.stroke(vein, 0.6, paint.ink, wobble=0.4)
    for at in wings.eyes[:-1]:
        _eye(drawing, paint, at, across)
        drawing.dot(at[0] * across, at[1], 0.4 * at[2], paint.dark)
    for x, y in wings.spots:
        drawing.dot(x * across, y, 0.028, paint.pale)


register(
    Kind(
        "butterfly",
        build,
        traits=("flutters",),
        at=(0.40, 0.28),
        height=0.46,
        domain="air",
        home="garden",
        width=1.0,
        top=(0.0, -0.3),
        motion="fly",
        forms=("moth",),
        metres=0.06,
        postures=("sit", "sleep"),
        grip=(0.0, 0.0),
    )
)
