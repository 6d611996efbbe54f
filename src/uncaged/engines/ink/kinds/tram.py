"""A tram under its wire: a rounded car with many windows, a bell, a pole that touches the wire. Knows no streets.

How it is built: one rounded body with a skirt in its colour; what lies under and above it stays where it is.
"""

import numpy as np

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.rails import rails, wire
from uncaged.engines.ink.kinds.wheels import Wheel, come, disc_wheel, head, heads, lamp, pane
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

RADIUS = 0.1
GAIT = TAU * RADIUS
_SEATS = (-0.72, -0.36, 0.0, 0.36)
_WIRE = -1.24


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tram; it has no forms."""
    riders = [stream.sub(k).chance(0.7) for k in range(len(_SEATS))]
    wheels = [Wheel(x, RADIUS) for x in (-0.55, -0.3, 0.3, 0.55)]
    number = stream.integer(1, 3)
    body = smooth(
        [
            (-1.1, -0.14), (-1.14, -0.5), (-1.08, -0.84), (-0.98, -0.9), (0, -0.91), (0.98, -0.9),
            (1.08, -0.84), (1.14, -0.5), (1.1, -0.14),
        ]
    )  # fmt: skip
    skirt = points((-1.12, -0.4), (1.12, -0.4), (1.1, -0.14), (-1.1, -0.14))
    roof = smooth([(-0.9, -0.89), (-0.8, -0.98), (0, -1.0), (0.8, -0.98), (0.9, -0.89)])

    def figure(d: Drawing, m: Moment) -> None:
        way = come(m, GAIT)
        shift = points(0, 0.004 * m.cycle(1.0))
        rails(d, paint, 3.2, way)
        wire(d, paint, 3.2, _WIRE, way)
        tip = points((0.1, -0.98), (-0.62, _WIRE + 0.004 * m.cycle(1.0, 0.3)))
        d.stroke(tip, 1.6, paint.dark, taper=(0.02, 0.02), wobble=0.1, key="pole")
        if (m.turn(1.0) * 3 + 0.2) % 3 < 0.25:
            for k in range(4):
                spark = points((-0.62, _WIRE), (-0.62 + 0.09 * (k - 1.5), _WIRE - 0.1))
                d.stroke(spark, 1.4, paint.glow, wobble=0.3)
        for k, wheel in enumerate(wheels):
            disc_wheel(d, paint, wheel, way, str(k))
        d.form(roof + shift, paint.dark, line=0.9, shade=0.4, key="roof")
        d.form(body + shift, paint.pale, shade=0.6, key="body")
        d.clip(body + shift)
        d.form(
            skirt + shift,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.7,
            key="skirt",
        )
        d.unclip()
        _windows(d, paint, shift, riders, m)
        d.stroke(points((-1.1, -0.41), (1.12, -0.41)) + shift, 1.8, paint.accent, wobble=0.2)
        _number(d, paint, shift, number)
        doors = points((-0.2, -0.16), (-0.2, -0.38), (0.2, -0.38), (0.2, -0.16))
        d.stroke(np.concatenate([doors, doors[:1]]) + shift, 0.7, wobble=0.2)
        lamp(d, paint, 1.12, -0.28 + float(shift[1]), 0.05, 0.8)

    return figure


def _windows(d: Drawing, paint: Paint, shift: Array, riders: list[bool], m: Moment) -> None:
    """A row of panes, heads behind some of them that nod with the way, and the driver's."""
    row = [
        points((x - 0.14, -0.48), (x - 0.14, -0.78), (x + 0.14, -0.78), (x + 0.14, -0.48))
        for x in _SEATS
    ]
    ends = [
        points((0.66, -0.48), (0.66, -0.8), (0.94, -0.8), (1.02, -0.48)),
        points((-0.94, -0.18), (-0.94, -0.78), (-1.02, -0.76), (-1.03, -0.2)),
    ]
    d.multi([w + shift for w in [*row, *ends]], pane(paint), line=0.9, key="panes")
    people = [
        (x, -0.61 + float(shift[1]) + 0.006 * m.cycle(1.0, 0.2 * i))
        for i, (x, there) in enumerate(zip(_SEATS, riders, strict=True))
        if there
    ]
    heads(d, paint, people, 0.062, "")
    head(d, paint, 0.84, -0.6 + float(shift[1]), 0.08, "driver", True)


def _number(d: Drawing, paint: Paint, shift: Array, number: int) -> None:
    """A board on the roof with the number of its line, in strokes."""
    board = points((0.34, -0.93), (0.66, -0.93), (0.66, -1.06), (0.34, -1.06))
    d.form(board + shift, paint.accent, line=0.8, shade=0.2, key="board")
    for k in range(number):
        x = 0.5 + 0.09 * (k - (number - 1) / 2)
        d.stroke(points((x, -0.96), (x, -1.03)) + shift, 1.3, paint.white, wobble=0.2)


register(
    Kind(
        "tram",
        build,
        at=(0.26, 1.14),
        height=0.32,
        home="street",
        width=2.4,
        top=(-0.2, -0.98),
        shadow=1.0,
        gait=GAIT,
        motion="walk",
        metres=3.3,
        grip=(-1.1, -0.3),
        lights=True,
    )
)
