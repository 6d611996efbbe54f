"""Stairs in the open: steps up to the right, a handrail, a ball that comes down them. Knows no house.

How it is built: stone ones are one outline with treads on it; a winding one is drawn in two halves about its post.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, sharp
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("stone", "spiral")
STEPS = 7
RUN, RISE = 0.2, 0.125
"""A step's depth and height."""
LEFT = -0.78


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """Stairs; `form` is one of `FORMS`, or "" for stone ones."""
    if form == "spiral":
        return _spiral(paint)
    edge: list[tuple[float, float]] = []
    for k in range(STEPS):
        x, y = LEFT + RUN * k, -RISE * (k + 1)
        edge += [(x, y + RISE), (x + stream.uniform(-0.006, 0.006), y)]
    side = sharp(points(*edge, (0.86, -RISE * STEPS), (0.86, 0.01), (LEFT, 0.01)))
    pots = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        for k in (0, 2, 4, 6):
            x, y = LEFT + RUN * (k + 0.5), -RISE * (k + 1)
            d.stroke(points((x, y), (x, y - 0.3)), 1.6, paint.dark, taper=(0.01, 0.01), wobble=0.1)
        d.form(side, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="stairs")
        treads = [
            box(
                LEFT + RUN * k - 0.03,
                -RISE * (k + 1),
                LEFT + RUN * (k + 1),
                -RISE * (k + 1) + 0.035,
            )
            for k in range(STEPS)
        ]
        d.multi(treads, paint.pale, line=0.8, key="treads")
        rail = points(
            (LEFT - 0.02, -0.36), (LEFT + RUN * 6.6, -RISE * 7 - 0.36), (0.86, -RISE * 7 - 0.36)
        )
        for width, tone in ((4.4, paint.ink), (2.8, paint.accent)):
            d.stroke(rail, width, tone, taper=(0.01, 0.01), wobble=0.15)
        if pots:
            x, y = 0.74, -RISE * STEPS
            for k in range(5):
                tip = points(
                    (x, y - 0.1), (x + 0.05 * (k - 2) + 0.01 * m.cycle(0.5, 0.1 * k), y - 0.26)
                )
                d.stroke(tip, 2.0, paint.leaf, taper=(0.05, 0.7), wobble=0.2)
            d.form(
                points((x - 0.06, y), (x - 0.08, y - 0.12), (x + 0.08, y - 0.12), (x + 0.06, y)),
                paint.second,
                line=0.8,
                shade=0.7,
                key="pot",
            )
        _ball(d, paint, m)

    return figure


def _ball(d: Drawing, paint: Paint, m: Moment) -> None:
    """From the top it hops down step by step and rolls away."""
    q = (m.turn(0.3) % 1) * (STEPS + 2)
    k = int(q)
    u = q - k
    step = STEPS - 1 - k
    x = LEFT + RUN * (step + 0.5) - RUN * u
    low = -RISE * (step + 1) if step >= 0 else 0.0
    after = -RISE * step if step > 0 else 0.0
    y = low + (after - low) * u - (0.36 * u * (1 - u) if step >= 0 else 0.0)
    r = 0.055
    d.form(circle(x, y - r, r, count=18), paint.accent, line=0.8, shade=0.7, key="ball")
    band = turned(points((-r * 0.9, 0), (r * 0.9, 0)), -TAU * q / 1.2, x, y - r)
    d.stroke(band, 1.0, paint.pale, wobble=0)


def _spiral(paint: Paint) -> Figure:
    """A winding stair round its post: each tread is a leaf that comes forward or goes behind."""

    def figure(d: Drawing, m: Moment) -> None:
        treads = 13
        for back in (True, False):
            if not back:
                d.form(box(-0.03, -1.0, 0.03, 0.01), paint.dark, line=0.9, shade=0.6, key="post")
            for k in range(treads):
                a = 0.62 * k
                c = np.array([a, a + 0.5])
                from_ = points(0.0, -0.04 - 0.073 * k)
                out = np.stack([cos(c) * 0.34, sin(c) * 0.05], 1)
                if (float(out[:, 1].mean()) < 0) != back:
                    continue
                tread = np.stack([from_, from_ + out[0], from_ + out[1]])
                d.form(
                    np.concatenate([tread, tread[::-1] + points(0, 0.025)]),
                    paint.colour if not back else paint.shadow,
                    line=0.8,
                    shade=0.6,
                    key=f"tread{k}",
                )
                top = tread[1] - points(0, 0.2)
                d.stroke(np.stack([tread[1], top]), 0.9, wobble=0)
        u = np.linspace(0, 0.62 * (treads - 1), 60)
        rail = np.stack([cos(u) * 0.34, -0.24 - 0.073 * u / 0.62 + sin(u) * 0.05], 1)
        d.stroke(rail, 2.2, paint.accent, taper=(0.01, 0.01), wobble=0.1, key="rail")
        sway = 0.01 * m.cycle(0.5)
        d.form(circle(sway, -1.03, 0.045, count=16), paint.accent, line=0.8, shade=0.4, key="ball")

    return figure


register(
    Kind(
        "stairs",
        build,
        at=(0.20, 1.36),
        height=0.46,
        home="village",
        width=1.7,
        top=(0.08, -0.62),
        shadow=0.75,
        forms=FORMS,
        faces=False,
        metres=1.6,
        traits=("way",),
    )
)
