"""A butterfly, seen from above: four wing polygons that narrow and widen as it beats, a body, two feelers.

The wings are drawn open and scaled across by the beat; the left half a little narrower, so that it is not a stamp.
"""

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, sin
from uncaged.engines.ink.paint import Paint

BEATS = 1.5
"""Wing beats a second."""
SHUT = 0.28
"""How wide the wings still are when they are shut, as a share."""

UPPER = points((0.02, -0.04), (0.14, -0.3), (0.4, -0.46), (0.55, -0.38), (0.46, -0.1), (0.24, 0.05))
LOWER = points((0.02, 0.0), (0.22, 0.03), (0.36, 0.16), (0.32, 0.33), (0.16, 0.38), (0.05, 0.22))
VEINS = ((0.5, -0.36), (0.44, -0.16), (0.3, 0.0))
"""Where the veins of the upper wing end."""
SPOTS = ((0.44, -0.36), (0.42, -0.25), (0.36, -0.13))
"""Pale dots along the rim of the upper wing."""
BODY = ((0.0, 0.26), (0.0, 0.05), (0.0, -0.14))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A butterfly; its phase and the size of its upper wings by lot."""
    phase = stream.uniform()
    size = stream.uniform(0.9, 1.1)
    body = Tube(BODY, [0.012, 0.03, 0.026, 0.036], 12).outline()

    def figure(drawing: Drawing, moment: Moment) -> None:
        beat = 0.5 + 0.5 * sin(TAU * (moment.turn(BEATS) + phase))
        open_ = SHUT + (1 - SHUT) * beat
        for across in (-open_ * 0.86, open_):
            _lower(drawing, paint, across)
            _upper(drawing, paint, across, size)
        drawing.form(body, paint.dark, shade=0, line=0.6)
        quiver = 0.01 * moment.cycle(1.0)
        for side in (-1, 1):
            feeler = bezier((0, -0.15), (0.04 * side, -0.28), (0.12 * side, -0.33 + quiver))
            drawing.stroke(feeler, 0.7, paint.ink)

    return figure


def _lower(drawing: Drawing, paint: Paint, across: float) -> None:
    """A lower wing with its eye spot; across: −1 … 1, how far it is open, negative to the left."""
    drawing.form(smooth(LOWER * (across, 1.0), True, 5), paint.second, shade=0.8, line=0.9)
    spot = circle(across * 0.22, 0.22, 0.06 * abs(across) + 0.005, 0.075, 14)
    drawing.form(spot, paint.accent, line=0.5, shade=0.3)


def _upper(drawing: Drawing, paint: Paint, across: float, size: float) -> None:
    """An upper wing, which carries the pattern, its veins and its dots."""
    wing = smooth(UPPER * (across * size, size), True, 5)
    drawing.form(wing, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8)
    for x, y in VEINS:
        vein = bezier((0.03 * across, -0.02), (x * 0.5 * across, y * 0.7), (x * 0.92 * across, y))
        drawing.stroke(vein, 0.6, paint.ink, wobble=0.4)
    for x, y in SPOTS:
        drawing.dot(x * across, y, 0.028, paint.pale)


register(
    Kind(
        "butterfly",
        build,
        at=(0.40, 0.28),
        height=0.46,
        domain="air",
        home="garden",
        width=1.0,
        top=(0.0, -0.3),
        motion="fly",
    )
)
