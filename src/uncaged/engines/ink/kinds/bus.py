"""A bus: a long box of windows with people in them; a double-decker has two rows. Knows no stops.

How it is built: one rounded outline; the windows are one mark, the heads behind them a few forms cut by the windows.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import (
    Wheel,
    come,
    disc_wheel,
    head,
    heads,
    lamp,
    pane,
    shaken,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("bus", "double", "minibus")
RADIUS = 0.13
GAIT = TAU * RADIUS
_HALF = {"bus": 1.3, "double": 0.88, "minibus": 0.86}
_FLOORS = {"bus": (-0.5,), "double": (-0.31, -0.68), "minibus": (-0.5,)}
"""Lower edge of each row of windows."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bus; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("bus", "bus", "double"))
    half, floors = _HALF[form], _FLOORS[form]
    high = 0.24 if form == "double" else 0.33
    outline = _outline(half)
    rows = [_windows(half, y, high, form) for y in floors]
    riders = [
        (x, y) for y in floors for x in _seats(half, form) if stream.sub(f"{x}{y}").chance(0.6)
    ]
    wheels = (Wheel(-half * 0.6, RADIUS), Wheel(half * 0.62, RADIUS))
    band = floors[0] + 0.07

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, GAIT), shaken(m, 0.005)
        d.form(outline + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
        stripe = points((-half, band), (half, band), (half, band + 0.07), (-half, band + 0.07))
        d.clip(outline + shift)
        d.form(stripe + shift, paint.pale, line=0.4, shade=0.3, key="stripe")
        for wheel in wheels:
            d.flat(circle(wheel.x, -RADIUS, RADIUS * 1.28, count=24), paint.dark_shadow)
        d.unclip()
        panes = [window + shift for row in rows for window in row]
        d.multi(panes, pane(paint), line=0.9, key="panes")
        nod = 0.006 * m.cycle(1.0, 0.2)
        people = [
            (x, y - high * 0.5 + float(shift[1]) * 1.4 + (nod if i % 2 else -nod))
            for i, (x, y) in enumerate(riders)
        ]
        heads(d, paint, people, 0.06, "")
        _driver(d, paint, half, floors[0], high, shift)
        _front(d, paint, half, floors[0], high, shift)
        for k, wheel in enumerate(wheels):
            disc_wheel(d, paint, wheel, way, str(k))

    return figure


def _outline(half: float) -> Array:
    corner = smooth(
        [
            (-half, -0.12), (-half - 0.02, -0.5), (-half + 0.01, -0.92), (-half + 0.09, -0.995),
            (0, -1.005), (half - 0.12, -0.995), (half - 0.01, -0.9), (half + 0.035, -0.45),
            (half + 0.03, -0.12),
        ]
    )  # fmt: skip
    return np.concatenate([corner, points((half, -0.09), (-half, -0.09))])


def _seats(half: float, form: str) -> list[float]:
    """x of the middle of each window but the driver's."""
    count = {"bus": 5, "double": 4, "minibus": 3}[form]
    step = (2 * half - 0.56) / count
    return [-half + 0.1 + step * (k + 0.5) for k in range(count)]


def _windows(half: float, y: float, high: float, form: str) -> list[Array]:
    seats = _seats(half, form)
    w = (seats[1] - seats[0]) * 0.43
    return [points((x - w, y), (x - w, y - high), (x + w, y - high), (x + w, y)) for x in seats]


def _driver(d: Drawing, paint: Paint, half: float, y: float, high: float, shift: Array) -> None:
    """The windscreen from the side, and who drives."""
    a = half - 0.42
    screen = points((a, y + 0.02), (a, y - high), (half - 0.03, y - high + 0.01), (half, y + 0.02))
    d.form(screen + shift, pane(paint), line=0.8, shade=0.2, key="screen")
    d.clip(screen + shift)
    x, top = points(half - 0.24, y - high * 0.4) + shift
    d.flat(circle(float(x) - 0.02, float(top) + 0.2, 0.12, 0.12, 16), paint.dark)
    head(d, paint, float(x), float(top), 0.08, "driver", True)
    d.unclip()


def _front(d: Drawing, paint: Paint, half: float, y: float, high: float, shift: Array) -> None:
    """A board with the line's name, the door, lamps, a bumper."""
    a = half - 0.42
    top = y - high - 0.09
    board = points((a, top), (half - 0.08, top), (half - 0.06, top + 0.06), (a, top + 0.06))
    d.form(board + shift, paint.glow if paint.night else paint.dark, line=0.6, shade=0, key="line")
    door = points((a + 0.04, -0.12), (a + 0.04, y + 0.06), (a + 0.26, y + 0.06), (a + 0.26, -0.12))
    if half > 1:
        d.form(door + shift, paint.second, line=0.7, shade=0.4, key="door")
        d.stroke(points((a + 0.15, -0.12), (a + 0.15, y + 0.06)) + shift, 0.6, wobble=0.2)
    d.stroke(
        points((-half - 0.03, -0.11), (half + 0.06, -0.11)) + shift,
        2.0,
        paint.pale,
        taper=(0.02, 0.02),
        wobble=0.2,
    )
    lamp(d, paint, half + 0.0, -0.23 + float(shift[1]), 0.045, 0.7)


register(
    Kind(
        "bus",
        build,
        at=(0.08, 1.14),
        height=0.31,
        home="street",
        width=2.6,
        top=(-0.1, -0.99),
        shadow=1.2,
        gait=GAIT,
        motion="walk",
        forms=FORMS,
        metres=3.1,
        grip=(-1.2, -0.3),
        lights=True,
    )
)
