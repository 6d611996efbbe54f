"""A cat that sits and looks at you: one big closed form, two front legs, a haunch line, a round head with ears.

It breathes, its tail swings, it blinks. When it walks, `beasts` draws it (*cat-walking*).
"""

from uncaged.engines.ink.curves import Tube, bezier, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

HEAD = points(
    (-0.19, 0.0),
    (-0.13, -0.13),
    (0.0, -0.16),
    (0.13, -0.13),
    (0.19, 0.0),
    (0.12, 0.12),
    (0.0, 0.15),
    (-0.12, 0.12),
)
"""Contour of the head about its centre."""
MOUTH = points((-0.05, 0.1), (-0.02, 0.105), (0.0, 0.075), (0.02, 0.105), (0.05, 0.1))
NOSE = points((-0.025, 0.045), (0.025, 0.045), (0.0, 0.072))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sitting cat; nothing of it is drawn by lot but its colours."""

    def figure(drawing: Drawing, moment: Moment) -> None:
        breath = 0.01 * moment.cycle(0.5)
        _tail(drawing, paint, moment.cycle(0.5, 0.1))
        _body(drawing, paint, breath)
        glance = 0.02 * moment.cycle(0.5, 0.3)
        head = points(0.12 + glance, -0.75 + breath)
        _head(drawing, paint, head)
        shut = abs(moment.cycle(0.5, 0.02)) <= 0.12
        for side in (-1, 1):
            _eye(drawing, paint, head, side, glance, shut)
            for k in (-0.02, 0.02):
                ends = points((side * 0.05, 0.07), (side * 0.26, 0.06 + k * 2))
                drawing.stroke(head + ends, 0.45, paint.ink, wobble=0.5)
        drawing.form(head + NOSE, paint.accent, line=0.4, shade=0)
        drawing.stroke(smooth(head + MOUTH), 0.6, paint.ink, wobble=0.2)

    return figure


def _tail(drawing: Drawing, paint: Paint, swing: float) -> None:
    """An S that swings, −1 … 1, most at its tip."""
    spine = points(
        (-0.26, -0.06),
        (-0.5, -0.04),
        (-0.62, -0.2),
        (-0.56 - 0.05 * swing, -0.42),
        (-0.66 - 0.1 * swing, -0.56),
    )
    tail = Tube(smooth(spine), [0.055, 0.05, 0.045, 0.04, 0.03], 22)
    drawing.form(
        tail.outline(), paint.colour, fill=paint.fill, body=tail, colour2=paint.pattern, shade=0.6
    )


def _body(drawing: Drawing, paint: Paint, breath: float) -> None:
    """Back, shoulders and haunch in one form; it rises with the breath."""
    contour = points(
        (-0.3, -0.03),
        (-0.36, -0.25),
        (-0.22, -0.52 + breath),
        (0.02, -0.66 + breath),
        (0.16, -0.6),
        (0.22, -0.4),
        (0.2, -0.15),
        (0.24, -0.02),
        (0.0, 0.01),
    )
    drawing.form(
        smooth(contour, True, 5),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
    )
    for x in (0.08, 0.2):
        bones = points((x - 0.03, -0.34), (x, -0.15), (x + 0.02, -0.03), (x + 0.08, -0.015))
        leg = Tube(bones, [0.05, 0.045, 0.04, 0.035], 14)
        drawing.form(leg.outline(), paint.colour, line=0.8, shade=0.5)
    drawing.stroke(bezier((-0.28, -0.05), (-0.22, -0.3), (-0.02, -0.26)), 0.8, paint.ink)


def _head(drawing: Drawing, paint: Paint, head: Array) -> None:
    """Ears first, so that the skull covers their roots."""
    for side in (-1, 1):
        ear = points((side * 0.05, -0.1), (side * 0.15, -0.24), (side * 0.17, -0.04))
        drawing.form(smooth(head + ear, False, 3), paint.colour, line=0.9, shade=0.3)
    drawing.form(smooth(head + HEAD, True, 4), paint.colour, shade=0.7)


def _eye(drawing: Drawing, paint: Paint, head: Array, side: int, glance: float, shut: bool) -> None:
    """An almond whose pupil follows the glance; a line where it is shut."""
    x, y = float(head[0]), float(head[1])
    inner, outer = x + side * 0.03, x + side * 0.125
    if shut:
        lid = bezier((inner, y), (x + side * 0.08, y + 0.02), (outer, y - 0.01))
        drawing.stroke(lid, 0.8, paint.ink)
        return
    almond = leaf((inner, y + 0.01), (outer, y - 0.03), 0.034).outline()
    drawing.form(almond, paint.pale, line=0.6, shade=0)
    drawing.dot(x + side * 0.078 + glance, y - 0.01, 0.018, pupil(paint))


register(
    Kind(
        "cat",
        build,
        at=(0.08, 0.50),
        height=0.52,
        home="room",
        width=0.9,
        top=(0.1, -0.86),
        shadow=0.42,
        instead=dict.fromkeys(("walk", "bounce", "dance"), "cat-walking"),
        quiet=("striped", "dotted"),
    )
)
