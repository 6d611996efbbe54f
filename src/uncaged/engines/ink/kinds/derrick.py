"""A tower crane: a mast of lattice, a long arm, a counterweight, a load that swings. Knows no site.

How it is built: every lattice is two chords and a zigzag, inked first and coloured after; the load comes late.
"""

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box
from uncaged.engines.ink.kinds.wheels import head, pane
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

MAST, ARM = -0.16, -0.78
"""x of the mast, y of the arm."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tower crane; it has no forms. It lifts a beam, a crate, or a piano."""
    load = stream.pick(("beam", "crate", "piano"))

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            box(MAST - 0.14, -0.05, MAST + 0.14, 0.01), paint.dark, line=0.9, shade=0.4, key="foot"
        )
        _lattice(
            d,
            paint,
            points((MAST - 0.035, -0.05), (MAST - 0.035, ARM)),
            points((MAST + 0.035, -0.05), (MAST + 0.035, ARM)),
            13,
        )
        top = points(MAST, -0.97)
        for x, y in ((0.6, ARM - 0.03), (-0.5, ARM - 0.03)):
            d.stroke(np.stack([top, points(x, y)]), 0.7, wobble=0.1)
        _lattice(
            d,
            paint,
            points((MAST, ARM - 0.05), (0.72, ARM - 0.03)),
            points((MAST, ARM + 0.01), (0.72, ARM + 0.01)),
            15,
        )
        _lattice(
            d,
            paint,
            points((MAST, ARM - 0.05), (-0.52, ARM - 0.04)),
            points((MAST, ARM + 0.01), (-0.52, ARM + 0.01)),
            6,
        )
        d.form(
            points((MAST - 0.04, ARM - 0.04), (MAST, -0.98), (MAST + 0.04, ARM - 0.04)),
            paint.colour,
            line=0.9,
            shade=0.6,
            key="peak",
        )
        d.form(
            box(-0.55, ARM - 0.01, -0.4, ARM + 0.11), paint.dark, line=0.9, shade=0.5, key="weight"
        )
        cab = points(
            (MAST + 0.03, ARM + 0.01), (MAST + 0.13, ARM + 0.01), (MAST + 0.15, ARM + 0.07),
            (MAST + 0.12, ARM + 0.12), (MAST + 0.03, ARM + 0.12),
        )  # fmt: skip
        d.form(cab, pane(paint), line=0.9, shade=0.2, key="cab")
        head(d, paint, MAST + 0.085, ARM + 0.065, 0.03, "", True)
        _hook(d, paint, load, m)

    return figure


def _lattice(d: Drawing, paint: Paint, one: Array, other: Array, bays: int) -> None:
    """Two chords and a zigzag between them."""
    u = np.linspace(0, 1, bays + 1)[:, None]
    a, b = one[0] + (one[1] - one[0]) * u, other[0] + (other[1] - other[0]) * u
    zigzag = np.where((np.arange(bays + 1) % 2 == 0)[:, None], a, b)
    for line, width in ((zigzag, 1.0), (one, 1.7), (other, 1.7)):
        d.stroke(line, width + 0.9, paint.ink, taper=(0.01, 0.01), wobble=0.1)
    for line, width in ((zigzag, 0.8), (one, 1.3), (other, 1.3)):
        d.stroke(line, width, paint.colour, taper=(0.01, 0.01), wobble=0.1)


def _hook(d: Drawing, paint: Paint, load: str, m: Moment) -> None:
    """The trolley rolls out and in; what hangs from it comes late."""
    x = 0.4 + 0.16 * m.cycle(0.25)
    low = ARM + 0.42 + 0.06 * m.cycle(0.5, 0.2)
    lag = x + 0.035 * m.cycle(0.5, 0.15)
    d.form(
        box(x - 0.035, ARM, x + 0.035, ARM + 0.035), paint.dark, line=0.7, shade=0.2, key="trolley"
    )
    d.stroke(points((x, ARM + 0.03), (lag, low - 0.08)), 0.9, wobble=0.05)
    for side in (-1, 1):
        d.stroke(points((lag, low - 0.08), (lag + 0.09 * side, low)), 0.7, wobble=0.05)
    if load == "beam":
        d.form(
            box(lag - 0.17, low, lag + 0.17, low + 0.04),
            paint.accent,
            line=0.9,
            shade=0.5,
            key="load",
        )
    elif load == "crate":
        d.form(
            box(lag - 0.09, low, lag + 0.09, low + 0.15),
            paint.trunk,
            line=0.9,
            shade=0.8,
            key="load",
        )
        d.stroke(points((lag - 0.08, low + 0.01), (lag + 0.08, low + 0.14)), 0.9, wobble=0.2)
    else:
        body = points(
            (lag - 0.12, low), (lag + 0.12, low), (lag + 0.12, low + 0.08),
            (lag - 0.02, low + 0.1), (lag - 0.02, low + 0.17), (lag - 0.12, low + 0.17),
        )  # fmt: skip
        d.form(body, paint.dark, line=0.9, shade=0.5, key="load")
        d.form(
            box(lag - 0.01, low + 0.085, lag + 0.11, low + 0.105), paint.white, line=0.7, shade=0
        )
        d.stroke(points((lag + 0.1, low + 0.1), (lag + 0.1, low + 0.17)), 1.4, wobble=0.1)


register(
    Kind(
        "derrick",
        build,
        at=(0.56, 1.28),
        height=0.8,
        home="street",
        width=1.25,
        top=(0.3, -0.81),
        shadow=0.2,
        faces=False,
        metres=40.0,
    )
)
