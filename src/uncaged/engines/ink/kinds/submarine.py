"""A submarine: a fat hull with portholes, a tower, a periscope that looks round, a screw. Knows no sea.

How it is built: everything is turned by one small lean; the bubbles it leaves rise out of that frame.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import head, ring, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

_HULL = (
    (0.94, 0.06), (0.86, -0.12), (0.56, -0.22), (0.0, -0.25), (-0.5, -0.2), (-0.96, -0.02),
    (-0.98, 0.1), (-0.5, 0.28), (0.0, 0.34), (0.5, 0.32), (0.84, 0.22),
)  # fmt: skip
PORTS = (-0.42, -0.06, 0.3)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A submarine; it has no forms."""
    crew = stream.integer(0, 2)
    lots = stream.array(6)

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.03 * m.cycle(0.5)
        _wake(d, paint, lots.tolist(), m)
        beam = points((0.84, 0.02), (1.9, -0.2), (1.9, 0.42), (0.84, 0.14))
        d.flat(turned(beam, lean), paint.glow, 58)
        for k, fin in enumerate(
            (
                ((-0.62, -0.1), (-1.0, -0.42), (-1.1, -0.36), (-0.86, 0.04)),
                ((-0.62, 0.2), (-1.0, 0.48), (-1.1, 0.42), (-0.86, 0.1)),
            )
        ):
            d.form(turned(points(*fin), lean), paint.accent, line=0.9, shade=0.6, key=f"fin{k}")
        _screw(d, paint, lean, m)
        _periscope(d, paint, lean, m)
        tower = smooth(
            [
                (-0.26, -0.2), (-0.22, -0.44), (-0.12, -0.48), (0.2, -0.48), (0.28, -0.42),
                (0.34, -0.2),
            ]
        )  # fmt: skip
        d.form(turned(tower, lean), paint.second, line=0.9, shade=0.7, key="tower")
        hull = turned(smooth(_HULL, True, 5), lean)
        d.form(hull, paint.colour, fill=paint.fill, colour2=paint.pattern, key="hull")
        d.clip(hull)
        belly = smooth([(-1.1, 0.12), (0, 0.2), (1.1, 0.14), (1.1, 0.5), (-1.1, 0.5)], True, 3)
        d.form(turned(belly, lean), paint.shadow, line=0.6, shade=0.8, key="belly")
        d.unclip()
        rivets = np.linspace(-0.8, 0.78, 12).tolist()
        d.multi(
            [turned(circle(a, -0.13 + 0.02 * abs(a), 0.013, count=8), lean) for a in rivets],
            paint.ink,
            line=0,
            key="rivets",
        )
        _ports(d, paint, lean, crew)
        nose = turned(circle(0.84, 0.06, 0.06, count=14), lean)
        d.form(nose, paint.glow, line=0.7, shade=0, key="lamp")

    return figure


def _screw(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    """A propeller: a faint disc, and a blade that is long and short by turns."""
    x, y = turned(points(-1.04, 0.05), lean).tolist()
    long = 0.2 * cos(TAU * m.turn(2.0))
    d.flat(circle(x, y, 0.05, 0.2, 16), paint.pale, 90)
    bend = 0.05
    blade = [(x, y - long), (x + bend, y - long * 0.4), (x, y), (x - bend, y + long * 0.4)]
    line = smooth([*blade, (x, y + long)])
    d.stroke(line, 4.0, paint.dark, taper=(0.1, 0.1), wobble=0.1, key="screw")


def _ports(d: Drawing, paint: Paint, lean: float, crew: int) -> None:
    """Portholes; somebody looks out of one."""
    for k, a in enumerate(PORTS):
        x, y = turned(points(a, 0.02), lean).tolist()
        pane = circle(x, y, 0.11, count=22)
        d.form(pane, paint.glow, line=0.8, shade=0.1, key=f"port{k}")
        if k == crew:
            d.clip(pane)
            head(d, paint, x, y + 0.02, 0.075, "", True)
            d.unclip()
        d.stroke(ring(x, y, 0.12, 22), 2.2, paint.accent, taper=(0.01, 0.01), wobble=0.1)


def _periscope(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    """It turns to and fro: from the side its eye comes and goes."""
    way = m.cycle(0.5, 0.2)
    pipe = smooth([(0.06, -0.44), (0.06, -0.66), (0.07, -0.72), (0.07 + 0.13 * way, -0.72)])
    for width, tone in ((4.2, paint.ink), (2.8, paint.accent)):
        d.stroke(turned(pipe, lean), width, tone, taper=(0.01, 0.01), wobble=0.1)
    x, y = turned(points(0.07 + 0.14 * way, -0.72), lean)
    d.form(
        circle(float(x), float(y), 0.02 + 0.016 * abs(way), 0.045, 12),
        paint.glow,
        line=0.6,
        shade=0,
    )


def _wake(d: Drawing, paint: Paint, lots: list[float], m: Moment) -> None:
    """Bubbles that the screw leaves behind: they rise and grow."""
    rings: list[Array] = []
    for k, lot in enumerate(lots):
        q = (m.turn(0.5) + lot + 0.17 * k) % 1
        x, y = -1.15 - 0.6 * q, 0.05 - 0.4 * q * q + 0.06 * sin(TAU * (q + lot))
        rings.append(circle(x, y, (0.02 + 0.05 * q) * (1 if q < 0.8 else 5 * (1 - q)), count=12))
    d.multi(rings, paint.white, line=0.7, key="wake")


register(
    Kind(
        "submarine",
        build,
        at=(0.08, 1.2),
        height=0.4,
        domain="air",
        home="undersea",
        width=2.0,
        top=(0.0, -0.47),
        motion="swim",
        metres=8.0,
        grip=(0.0, 0.3),
    )
)
