"""A windmill whose sails turn: of stone, of wood on a post, or a slender turbine. Knows no wind.

How it is built: one sail, turned to its places; it goes by the film's cycles, so that it comes round without a seam.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import arch, box, courses, strokes, sun, windows
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("stone", "post", "turbine")
HUB = {"stone": -0.7, "post": -0.66, "turbine": -0.72}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A windmill; `form` is one of `FORMS`, or "" for a stone or a wooden one by lot."""
    if form not in FORMS:
        form = stream.pick(("stone", "stone", "post"))
    start = stream.uniform(0.1, 0.6)
    stones = courses(stream.sub("stones"), -0.17, -0.56, 0.17, -0.06, 10)

    def figure(d: Drawing, m: Moment) -> None:
        angle = start + TAU * m.turn(0.25)
        if form == "turbine":
            _turbine(d, paint, angle)
            return
        (_stone if form == "stone" else _post)(d, paint, stones)
        _sails(d, paint, angle, HUB[form])

    return figure


def _stone(d: Drawing, paint: Paint, stones: list[Array]) -> None:
    body = points(
        (-0.25, 0.01), (-0.21, -0.3), (-0.15, -0.66), (0.15, -0.66), (0.21, -0.3), (0.25, 0.01)
    )
    d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, light=sun(d), key="body")
    strokes(d, stones, paint.pattern)
    gallery = box(-0.27, -0.27, 0.27, -0.23)
    d.form(gallery, paint.trunk, line=0.8, shade=0.5, key="gallery")
    for x in np.linspace(-0.25, 0.25, 7).tolist():
        d.stroke(points((x, -0.34), (x, -0.27)), 0.6, wobble=0.1)
    d.stroke(points((-0.26, -0.335), (0.26, -0.335)), 0.8, wobble=0.3)
    panes = [arch(-0.07, -0.4, 0.035, 0.1), arch(0.08, -0.1, 0.035, 0.1)]
    windows(d, paint, panes, [True, True], "panes")
    d.form(arch(-0.07, 0.01, 0.06, 0.19), paint.accent, line=0.9, shade=0.6, key="door")
    cap = smooth([(-0.19, -0.64), (-0.16, -0.76), (0.0, -0.84), (0.16, -0.76), (0.19, -0.64)])
    d.form(cap, paint.second, line=0.9, shade=0.8, key="cap")


def _post(d: Drawing, paint: Paint, stones: list[Array]) -> None:
    for side in (-1, 1):
        d.stroke(
            points((0.02 * side, -0.24), (0.22 * side, 0.0)),
            4.0,
            paint.trunk,
            taper=(0.01, 0.01),
            wobble=0.2,
        )
    d.stroke(points((0, -0.3), (0, 0.0)), 5.0, paint.trunk, taper=(0.01, 0.01), wobble=0.1)
    body = points((-0.2, -0.26), (-0.22, -0.7), (0.0, -0.86), (0.22, -0.7), (0.2, -0.26))
    d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, light=sun(d), key="body")
    for x in (-0.12, -0.04, 0.04, 0.12):
        d.stroke(points((x, -0.3), (x, -0.72)), 0.6, paint.pattern, wobble=0.4)
    roof = points(
        (-0.26, -0.66), (0, -0.9), (0.26, -0.66), (0.22, -0.645), (0, -0.82), (-0.22, -0.645)
    )
    d.form(roof, paint.second, line=0.9, shade=0.7, key="roof")
    windows(d, paint, [box(-0.05, -0.48, 0.05, -0.38)], [True], "pane")
    steps = smooth([(0.2, -0.28), (0.36, 0.0)])
    d.stroke(steps, 2.4, paint.trunk, wobble=0.2)


def _sails(d: Drawing, paint: Paint, angle: float, hub: float) -> None:
    """Four arms with cloth on lattice."""
    arm = points((0, 0), (0, -0.47))
    cloth = points((0.012, -0.1), (0.012, -0.46), (0.1, -0.45), (0.095, -0.11))
    laths = [points((0.0, y), (0.097, y + 0.004)) for y in (-0.17, -0.24, -0.31, -0.38)]
    for k in range(4):
        a = angle + k * TAU / 4
        d.form(
            turned(cloth, a, 0, hub),
            paint.pale if k % 2 else paint.accent,
            line=0.7,
            shade=0.5,
            key=f"cloth{k}",
        )
        for lath in laths:
            d.stroke(turned(lath, a, 0, hub), 0.5, wobble=0)
        d.stroke(
            turned(arm, a, 0, hub), 2.0, paint.dark, taper=(0.01, 0.05), wobble=0.1, key=f"arm{k}"
        )
    d.form(circle(0, hub, 0.035, count=14), paint.dark, line=0.7, shade=0.2, key="hub")


def _turbine(d: Drawing, paint: Paint, angle: float) -> None:
    mast = points((-0.035, 0.01), (-0.014, -0.72), (0.014, -0.72), (0.035, 0.01))
    d.form(mast, paint.white, line=0.9, shade=0.9, light=sun(d), key="mast")
    hub = HUB["turbine"]
    blade = smooth(
        [(-0.012, 0), (-0.028, -0.08), (-0.012, -0.26), (0.0, -0.4), (0.012, -0.22), (0.014, 0)],
        True,
        4,
    )
    for k in range(3):
        a = angle + k * TAU / 3
        d.form(turned(blade, a, 0, hub), paint.white, line=0.8, shade=0.6, key=f"blade{k}")
        tip = turned(points((0.0, -0.33), (0.0, -0.4)), a, 0, hub)
        d.stroke(tip, 2.2, paint.accent, wobble=0)
    d.form(circle(0, hub, 0.032, count=14), paint.accent, line=0.8, shade=0.3, key="hub")


register(
    Kind(
        "windmill",
        build,
        at=(0.08, 1.28),
        height=0.66,
        home="meadow",
        width=0.85,
        top=(0.0, -0.84),
        shadow=0.3,
        forms=FORMS,
        faces=False,
        metres=16.0,
        lights=True,
        traits=("building",),
    )
)
