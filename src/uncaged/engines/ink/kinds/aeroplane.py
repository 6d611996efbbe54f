"""An aeroplane: a small one with a propeller, an airliner with a row of windows, a biplane with its pilot's scarf.

How it is built: body, tail and wings are closed forms of one frame that leans into its path; the far wing first.
Knows no airports.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import ball, head, pane, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos
from uncaged.engines.ink.paint import Paint

Draw: TypeAlias = Callable[[Drawing, Paint, float, Moment], None]
"""Drawing, paint, how the body leans (radians), the moment."""


def _form(p: tuple[tuple[float, float], ...], lean: float, per: int = 4) -> Array:
    return turned(smooth(p, True, per), lean)


def airscrew(d: Drawing, paint: Paint, x: float, y: float, r: float, m: Moment) -> None:
    """A propeller seen from the side: a faint disc, a blade that is long and short by turns, a spinner."""
    d.flat(circle(x, y, r * 0.22, r, 20), paint.pale, 120)
    long = r * cos(TAU * m.turn(3.0))
    blade = smooth(
        [
            (x, y - long), (x + 0.035, y - long * 0.5), (x, y), (x - 0.035, y + long * 0.5),
            (x, y + long),
        ]
    )  # fmt: skip
    d.stroke(blade, 3.4, paint.dark, taper=(0.1, 0.1), wobble=0.1, key="blade")
    nose = smooth([(x - 0.02, y - 0.06), (x + 0.08, y), (x - 0.02, y + 0.06)])
    d.form(nose, paint.accent, line=0.7, shade=0.4, key="spinner")


def _small(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    far = ((0.3, -0.08), (0.0, -0.46), (-0.14, -0.46), (0.02, -0.06))
    d.form(turned(points(*far), lean), paint.shadow, line=0.8, shade=0.5, key="far")
    d.form(
        _form(((-0.98, -0.06), (-1.04, -0.42), (-0.86, -0.44), (-0.62, -0.1)), lean, 2),
        paint.second,
        line=0.9,
        shade=0.7,
        key="fin",
    )
    body = (
        (0.86, -0.02), (0.7, -0.17), (0.36, -0.22), (0.1, -0.34), (-0.2, -0.32), (-0.4, -0.18),
        (-1.0, -0.1), (-1.02, 0.0), (-0.4, 0.16), (0.3, 0.22), (0.74, 0.14),
    )  # fmt: skip
    d.form(_form(body, lean), paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
    window = turned(points((0.3, -0.16), (0.08, -0.29), (-0.18, -0.27), (-0.3, -0.13)), lean)
    d.form(window, pane(paint), line=0.8, shade=0.2, key="window")
    d.clip(window)
    x, y = turned(points(0.02, -0.14), lean)
    head(d, paint, float(x), float(y), 0.085, "", True)
    d.unclip()
    stripe = turned(smooth([(-0.9, -0.04), (-0.2, 0.02), (0.4, 0.02), (0.76, 0.0)]), lean)
    d.stroke(stripe, 2.2, paint.accent, wobble=0.2)
    for k, x in enumerate((0.02, 0.4)):
        wheel = turned(points(x, 0.36), lean)
        d.stroke(
            np.stack([turned(points(x * 0.8 + 0.06, 0.18), lean), wheel]),
            1.8,
            paint.dark,
            wobble=0.1,
        )
        d.form(ball(wheel, 0.075, count=14), paint.dark, line=0.7, shade=0.2, key=f"wheel{k}")
    near = ((0.28, 0.06), (-0.02, 0.04), (-0.52, 0.4), (-0.42, 0.47), (-0.24, 0.44), (0.3, 0.14))
    d.form(_form(near, lean, 3), paint.second, line=1.0, shade=0.8, key="wing")
    d.form(
        _form(((-0.8, -0.06), (-1.02, -0.06), (-1.2, 0.1), (-1.04, 0.12), (-0.78, 0.0)), lean, 2),
        paint.second,
        line=0.8,
        shade=0.6,
        key="tail",
    )
    x, y = turned(points(0.88, -0.01), lean)
    airscrew(d, paint, float(x), float(y), 0.34, m)


def _jet(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    for y in (-0.02, 0.1):
        trail = turned(points((-1.1, y), (-1.5, y + 0.01), (-2.0, y)), lean)
        d.stroke(trail, 3.0, paint.white, taper=(0.1, 0.9), wobble=0.4, alpha=130)
    far = ((0.26, -0.06), (-0.2, -0.5), (-0.34, -0.5), (-0.1, -0.04))
    d.form(turned(points(*far), lean), paint.shadow, line=0.8, shade=0.5, key="far")
    d.form(
        _form(((-0.9, -0.06), (-1.16, -0.52), (-0.98, -0.54), (-0.6, -0.12)), lean, 2),
        paint.accent,
        line=0.9,
        shade=0.7,
        key="fin",
    )
    body = (
        (1.12, 0.06), (1.02, -0.05), (0.8, -0.14), (0.2, -0.16), (-0.6, -0.15), (-1.16, -0.12),
        (-0.9, 0.02), (-0.4, 0.14), (0.4, 0.16), (0.9, 0.14),
    )  # fmt: skip
    d.form(_form(body, lean), paint.pale, shade=0.8, key="body")
    d.clip(_form(body, lean))
    belly = turned(points((-1.2, 0.02), (1.2, 0.05), (1.2, 0.3), (-1.2, 0.3)), lean)
    d.form(belly, paint.colour, fill=paint.fill, colour2=paint.pattern, line=0.6, key="belly")
    d.unclip()
    x = np.linspace(-0.7, 0.7, 11)
    row = [
        turned(
            points((a - 0.025, -0.06), (a - 0.025, 0.0), (a + 0.025, 0.0), (a + 0.025, -0.06)), lean
        )
        for a in x.tolist()
    ]
    d.multi(row, paint.glow if paint.night else paint.dark, line=0, key="panes")
    screen = turned(points((0.86, -0.1), (0.98, -0.04), (0.9, -0.01), (0.82, -0.05)), lean)
    d.form(screen, pane(paint), line=0.7, shade=0, key="screen")
    engine = ((0.1, 0.2), (0.12, 0.36), (-0.24, 0.35), (-0.3, 0.24))
    d.form(_form(engine, lean, 3), paint.second, line=0.9, shade=0.7, key="engine")
    near = ((0.3, 0.08), (0.04, 0.06), (-0.62, 0.44), (-0.46, 0.5), (-0.3, 0.46), (0.3, 0.16))
    d.form(_form(near, lean, 3), paint.colour, line=1.0, shade=0.9, key="wing")
    d.form(
        _form(((-0.84, -0.02), (-1.04, -0.02), (-1.3, 0.14), (-1.12, 0.15), (-0.8, 0.04)), lean, 2),
        paint.colour,
        line=0.8,
        shade=0.6,
        key="tail",
    )
    if m.cycle(1.0) > 0.3:
        x0, y0 = turned(points(-0.54, 0.46), lean)
        d.dot(float(x0), float(y0), 0.05, paint.accent)


def _biplane(d: Drawing, paint: Paint, lean: float, m: Moment) -> None:
    d.form(
        _form(((-0.9, -0.02), (-1.02, -0.36), (-0.82, -0.36), (-0.62, -0.06)), lean, 3),
        paint.accent,
        line=0.9,
        shade=0.7,
        key="fin",
    )
    scarf = [
        turned(points(-0.3 - 0.16 * k, -0.26 + 0.03 * k * m.cycle(2.0, 0.22 * k)), lean)
        for k in range(4)
    ]
    d.stroke(smooth(np.stack(scarf)), 4.4, paint.accent, taper=(0.02, 0.3), wobble=0.3, key="scarf")
    x, y = turned(points(-0.2, -0.28), lean)
    head(d, paint, float(x), float(y), 0.1, "", True)
    body = (
        (0.74, -0.02), (0.6, -0.16), (0.1, -0.2), (-0.06, -0.15), (-0.36, -0.2), (-0.98, -0.06),
        (-0.98, 0.02), (-0.3, 0.16), (0.4, 0.18), (0.66, 0.12),
    )  # fmt: skip
    d.form(_form(body, lean), paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
    d.form(turned(circle(-0.66, -0.02, 0.075, count=16), lean), paint.pale, line=0.6, shade=0.1)
    d.form(turned(circle(-0.66, -0.02, 0.035, count=12), lean), paint.accent, line=0, shade=0)
    for x in (0.0, 0.34):
        for slope in (0.06, -0.06):
            strut = turned(points((x + slope, -0.42), (x - slope, 0.16)), lean)
            d.stroke(strut, 1.4, paint.dark, taper=(0.01, 0.01), wobble=0.1)
    for k, x in enumerate((0.1, 0.42)):
        wheel = turned(points(x, 0.42), lean)
        d.stroke(
            np.stack([turned(points(x - 0.04, 0.14), lean), wheel]), 1.6, paint.dark, wobble=0.1
        )
        d.form(ball(wheel, 0.095, count=16), paint.dark, line=0.7, shade=0.2, key=f"wheel{k}")
    for k, (y, tone) in enumerate(((0.18, paint.second), (-0.46, paint.second))):
        wing = (
            (-0.3, y + 0.02), (-0.24, y - 0.05), (0.4, y - 0.07), (0.56, y - 0.02),
            (0.5, y + 0.05), (0.0, y + 0.06),
        )  # fmt: skip
        d.form(_form(wing, lean, 3), tone, line=0.9, shade=0.8, key=f"wing{k}")
    d.form(
        _form(((-0.74, -0.04), (-1.08, -0.06), (-1.16, 0.02), (-0.8, 0.03)), lean, 3),
        paint.second,
        line=0.8,
        shade=0.5,
        key="tail",
    )
    x, y = turned(points(0.76, -0.01), lean)
    airscrew(d, paint, float(x), float(y), 0.36, m)


FORMS: Mapping[str, Draw] = {"propeller": _small, "jet": _jet, "biplane": _biplane}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """An aeroplane; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(tuple(FORMS))
    draw = FORMS[form]

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, -0.1 + 0.05 * m.cycle(0.5), m)

    return figure


register(
    Kind(
        "aeroplane",
        build,
        at=(0.74, 1.14),
        height=0.36,
        domain="air",
        home="sky",
        width=2.1,
        top=(0.0, -0.2),
        motion="fly",
        forms=tuple(FORMS),
        metres=4.0,
        grip=(0.0, 0.1),
    )
)
