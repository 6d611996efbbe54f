"""A helicopter: a glass bubble with its pilot, a boom, two rotors that turn, skids. Knows no sky.

How it is built: everything leans as one; blades go round flat ellipses, so they are long and short by turns.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import ball, head, pane, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

_BODY = (
    (0.62, 0.06), (0.56, -0.16), (0.34, -0.3), (0.0, -0.34), (-0.3, -0.26), (-0.48, -0.06),
    (-0.42, 0.16), (-0.1, 0.26), (0.36, 0.24),
)  # fmt: skip
_GLASS = ((0.58, 0.04), (0.52, -0.14), (0.34, -0.25), (0.1, -0.26), (0.08, 0.08), (0.4, 0.12))
_BOOM = ((-0.3, -0.2), (-0.8, -0.16), (-1.06, -0.17), (-1.06, -0.08), (-0.7, -0.03), (-0.36, 0.1))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A helicopter; it has no forms."""

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.06 + 0.04 * m.cycle(0.5)
        d.form(turned(smooth(_BOOM, True, 3), lean), paint.second, line=0.9, shade=0.7, key="boom")
        fin = points((-0.96, -0.14), (-1.14, -0.44), (-1.0, -0.44), (-0.82, -0.14))
        d.form(turned(fin, lean), paint.accent, line=0.8, shade=0.6, key="fin")
        tail = turned(points(-1.06, -0.28), lean)
        d.flat(ball(tail, 0.19, count=20), paint.pale, 110)
        a = TAU * m.turn(3.0)
        arm = points(cos(a), sin(a)) * 0.19
        d.stroke(np.stack([tail - arm, tail + arm]), 2.0, paint.dark, taper=(0.1, 0.1), wobble=0.1)
        for x in (-0.18, 0.24):
            leg = points((x, 0.2), (x - 0.03, 0.4))
            d.stroke(turned(leg, lean), 2.0, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        skid = smooth([(-0.5, 0.41), (0.3, 0.41), (0.5, 0.36)])
        d.stroke(turned(skid, lean), 2.8, paint.dark, taper=(0.02, 0.02), wobble=0.1, key="skid")
        body = turned(smooth(_BODY, True, 4), lean)
        d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
        window = turned(smooth(_GLASS, True, 3), lean)
        d.form(window, pane(paint), line=0.8, shade=0.2, key="glass")
        d.clip(window)
        x, y = turned(points(0.26, -0.06), lean)
        d.flat(circle(float(x) - 0.02, float(y) + 0.2, 0.13, 0.14, 16), paint.dark)
        head(d, paint, float(x), float(y), 0.1, "", True)
        d.unclip()
        stripe = turned(smooth([(-0.44, 0.08), (0.0, 0.15), (0.5, 0.16)]), lean)
        d.stroke(stripe, 2.4, paint.accent, wobble=0.2)
        door = turned(points((0.04, -0.24), (-0.14, -0.24), (-0.16, 0.16), (0.04, 0.18)), lean)
        d.stroke(door, 0.8, wobble=0.2)
        mast = turned(points((-0.04, -0.3), (-0.04, -0.46)), lean)
        d.stroke(mast, 3.2, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        _rotor(d, paint, lean, m)
        if m.cycle(1.0) > 0.2:
            x, y = turned(points(0.0, 0.27), lean)
            d.dot(float(x), float(y), 0.045, paint.accent)

    return figure


def _rotor(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    """Blades seen nearly edge on: each goes round an ellipse, so it is long and short by turns."""
    x, y = turned(points(-0.04, -0.47), lean)
    d.flat(circle(float(x), float(y), 0.98, 0.07, 30, lean), paint.pale, 90)
    for k in range(2):
        a = TAU * (m.turn(2.0) + k / 4)
        for side in (1, -1):
            end = points(cos(a) * 0.98 * side, sin(a) * 0.07 * side)
            blade = turned(np.stack([points(0, 0), end]), lean, float(x), float(y))
            d.stroke(blade, 2.6, paint.dark, taper=(0.02, 0.1), wobble=0.1)
    d.dot(float(x), float(y), 0.05, paint.dark)


register(
    Kind(
        "helicopter",
        build,
        at=(0.80, 1.14),
        height=0.38,
        domain="air",
        home="sky",
        width=1.9,
        top=(-0.04, -0.5),
        motion="fly",
        metres=3.5,
        grip=(0.0, 0.4),
    )
)
