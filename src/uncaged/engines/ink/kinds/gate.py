"""A gate on its hinges: of iron between stone posts, of a farm, or one that stands open for ever. Knows no wall.

How it is built: wings are drawn narrower the wider they stand open; grass sways before them.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, grass, sun
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("iron", "farm", "torii")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A gate; `form` is one of `FORMS`, or "" for an iron one or a farm's by lot. Its wings move on their hinges."""
    if form not in FORMS:
        form = stream.pick(("iron", "farm"))
    blades = stream.array(7, -1, 1).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        if form == "torii":
            _torii(d, paint, m)
        else:
            open_ = 0.86 + 0.1 * m.cycle(0.25)
            (_iron if form == "iron" else _farm)(d, paint, open_)
        grass(d, paint, blades, m, 0.56)

    return figure


def _iron(d: Drawing, paint: Paint, open_: float) -> None:
    """Two stone posts with balls, wings of bars that curl."""
    for side in (-1, 1):
        for k in range(6):
            x = side * (0.42 - 0.4 * open_ * (k + 0.5) / 6)
            high = 0.6 + 0.2 * (k + 0.5) / 6 * (1.6 - 0.6 * open_)
            d.stroke(points((x, 0.0), (x, -high)), 1.5, paint.dark, taper=(0.01, 0.2), wobble=0.1)
        far = side * (0.42 - 0.4 * open_)
        arc = smooth([(0.42 * side, -0.52), (0.3 * side, -0.64), (far, -0.74)])
        for line in (
            arc,
            points((0.42 * side, -0.12), (far, -0.12)),
            points((0.42 * side, -0.4), (far, -0.42)),
        ):
            d.stroke(line, 1.7, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        a = np.linspace(0, 1.6 * PI, 12)
        r = 0.075 * (1 - a / 9)
        curl = np.stack([(0.42 - 0.2 * open_) * side + cos(a) * r * open_, -0.27 + sin(a) * r], 1)
        d.stroke(curl, 1.4, paint.accent, taper=(0.02, 0.2), wobble=0.1)
        post = points(
            (0.41 * side, 0.01), (0.42 * side, -0.82), (0.6 * side, -0.82), (0.61 * side, 0.01)
        )
        d.form(
            post,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=sun(d),
            key=f"post{side}",
        )
        d.form(
            box(0.51 * side - 0.13, -0.86, 0.51 * side + 0.13, -0.8),
            paint.pale,
            line=0.9,
            shade=0.4,
            key=f"cap{side}",
        )
        d.form(
            circle(0.51 * side, -0.92, 0.075, count=20),
            paint.pale,
            line=0.9,
            shade=0.8,
            key=f"ball{side}",
        )


def _farm(d: Drawing, paint: Paint, open_: float) -> None:
    """Five bars and a brace."""
    w = 1.06 * open_
    for k in range(5):
        y = -0.16 - 0.14 * k
        bar = points(
            (-0.53, y - 0.035), (-0.53 + w, y - 0.03), (-0.53 + w, y + 0.03), (-0.53, y + 0.035)
        )
        d.form(
            bar,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.6,
            key=f"bar{k}",
        )
    brace = points((-0.5, -0.14), (-0.44, -0.12), (-0.53 + w, -0.7), (-0.6 + w, -0.74))
    d.form(brace, paint.second, line=0.9, shade=0.5, key="brace")
    for x in (-0.53, -0.53 + w):
        d.form(
            box(x - 0.035, -0.82, x + 0.035, -0.06),
            paint.colour,
            line=0.9,
            shade=0.6,
            key=f"upright{x > 0}",
        )
    for side in (-1, 1):
        post = points(
            (0.6 * side - 0.075, 0.01), (0.6 * side - 0.07, -0.94), (0.6 * side + 0.07, -0.98),
            (0.6 * side + 0.075, 0.01),
        )  # fmt: skip
        d.form(post, paint.trunk, line=0.9, shade=0.9, key=f"post{side}")


def _torii(d: Drawing, paint: Paint, m: Moment) -> None:
    """Two posts, two beams, the upper one curved up at its ends; a rope with paper that stirs."""
    for side in (-1, 1):
        post = points(
            (0.4 * side - 0.06, 0.01), (0.36 * side - 0.05, -0.84), (0.36 * side + 0.05, -0.84),
            (0.4 * side + 0.06, 0.01),
        )  # fmt: skip
        d.form(
            post,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            line=0.9,
            shade=0.9,
            light=sun(d),
            key=f"post{side}",
        )
        d.form(
            box(0.4 * side - 0.08, -0.06, 0.4 * side + 0.08, 0.01),
            paint.dark,
            line=0.8,
            shade=0.2,
            key=f"foot{side}",
        )
    d.form(box(-0.5, -0.71, 0.5, -0.63), paint.colour, line=0.9, shade=0.6, key="tie")
    beam = smooth([(-0.66, -0.97), (-0.3, -0.9), (0, -0.885), (0.3, -0.9), (0.66, -0.97)])
    d.form(
        np.concatenate([beam, (beam * points(0.95, 1) + points(0, 0.1))[::-1]]),
        paint.colour,
        line=1.0,
        shade=0.7,
        key="beam",
    )
    d.form(
        np.concatenate([beam + points(0, -0.04), (beam + points(0, 0.02))[::-1]]),
        paint.dark,
        line=0.8,
        shade=0.2,
        key="ridge",
    )
    rope = smooth([(-0.36, -0.6), (0, -0.54), (0.36, -0.6)])
    d.stroke(rope, 2.6, paint.pale, taper=(0.02, 0.02), wobble=0.2)
    for k, x in enumerate((-0.2, 0.0, 0.2)):
        s = 0.02 * m.cycle(0.5, 0.2 * k) * m.sway
        strip = points(
            (x - 0.025, -0.56), (x + 0.025, -0.56), (x + 0.02 + s, -0.51), (x + 0.05 + s, -0.46),
            (x + s, -0.46), (x - 0.02 + s, -0.5),
        )  # fmt: skip
        d.form(strip, paint.white, line=0.6, shade=0, key=f"strip{k}")


register(
    Kind(
        "gate",
        build,
        at=(0.14, 1.36),
        height=0.48,
        home="garden",
        width=1.3,
        top=(-0.51, -0.95),
        shadow=0.5,
        forms=FORMS,
        faces=False,
        metres=2.4,
    )
)
