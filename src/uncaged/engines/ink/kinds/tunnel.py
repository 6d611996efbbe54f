"""A tunnel: an arch of stones in a hillside, rails that go in, a lamp in the dark that comes nearer. Knows no train.

How it is built: a hill by lot, wedge stones round a half circle, and what is in the dark is clipped to the mouth.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import arch
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

HALF, HIGH = 0.36, 0.64
"""Half the width and the height of the mouth."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tunnel; it has no forms."""
    crest = [
        (x, y + stream.uniform(-0.03, 0.03))
        for x, y in (
            (-1.1, 0.02), (-0.86, -0.42), (-0.56, -0.78), (-0.2, -0.96), (0.2, -0.98),
            (0.6, -0.8), (0.9, -0.4), (1.12, 0.02),
        )
    ]  # fmt: skip
    bushes = [
        lobed(stream.sub(k), x, y, 0.13, 0.1, 6, 0.15)
        for k, (x, y) in enumerate(((-0.56, -0.82), (0.64, -0.78), (0.36, -0.96)))
    ]
    tufts = stream.array(12, -1, 1).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        for k, bush in enumerate(bushes):
            d.form(
                bush + points(0.006 * m.cycle(0.5, 0.2 * k), 0),
                paint.leaf_dark,
                line=0.8,
                shade=1.0,
                key=f"bush{k}",
            )
        hill = np.concatenate([smooth(crest), points((1.1, 0.04), (-1.1, 0.04))])
        d.form(hill, paint.leaf, shade=1.0, key="hill")
        for k, lot in enumerate(tufts):
            x = -0.92 + 0.167 * k
            if abs(x) < HALF + 0.16:
                continue
            y = -0.16 - 0.14 * (k % 3)
            d.stroke(
                smooth([(x, y), (x + 0.02, y - 0.05), (x + 0.05 * lot, y - 0.09)]),
                1.0,
                paint.leaf_dark,
                wobble=0.2,
            )
        _portal(d, paint)
        mouth = arch(0, 0.02, HALF, HIGH, 15)
        d.form(mouth, paint.dark, line=1.0, shade=0.2, key="mouth")
        d.clip(mouth)
        _inside(d, paint, m)
        d.unclip()

    return figure


def _portal(d: Drawing, paint: Paint) -> None:
    """Wedge stones round the mouth, the middle one larger."""
    wall = points((-0.58, 0.03), (-0.56, -0.72), (0.56, -0.72), (0.58, 0.03))
    d.form(
        wall, paint.colour, fill=paint.fill, colour2=paint.pattern, line=0.9, shade=0.8, key="wall"
    )
    d.form(
        points((-0.62, -0.7), (-0.62, -0.79), (0.62, -0.79), (0.62, -0.7)),
        paint.second,
        line=0.9,
        shade=0.5,
        key="ledge",
    )
    y, r0, r1 = -(HIGH - HALF) + 0.02, HALF, HALF + 0.11
    count = 11
    for k in range(count):
        a0, a1 = PI * k / count, PI * (k + 1) / count
        out = r1 + (0.04 if k == count // 2 else 0.0)
        stone = points(
            (cos(a0) * r0, y - sin(a0) * r0), (cos(a0) * out, y - sin(a0) * out),
            (cos(a1) * out, y - sin(a1) * out), (cos(a1) * r0, y - sin(a1) * r0),
        )  # fmt: skip
        d.form(stone, paint.pale if k % 2 else paint.second, line=0.8, shade=0.6, key=f"stone{k}")


def _inside(d: Drawing, paint: Paint, m: Moment) -> None:
    """Rails run together in the dark; a light grows there, and goes out before it arrives."""
    for x in (-0.26, 0.26):
        d.stroke(points((x, 0.03), (x * 0.16, -0.16)), 1.6, paint.pale, wobble=0.1)
    for k in range(5):
        u = 0.15 + 0.2 * k
        half, y = 0.3 * (1 - u) + 0.05 * u, 0.03 - 0.19 * u
        d.stroke(points((-half, y), (half, y)), 1.6 * (1 - 0.7 * u), paint.trunk, wobble=0.1)
    q = m.turn(0.25) % 1
    r = 0.015 + 0.06 * q * q
    alpha = int(255 * min(1.0, 5 * q, 8 * (1 - q)))
    d.flat(circle(0, -0.24, r * 3.4, count=24), paint.glow, alpha // 4)
    d.flat(circle(0, -0.24, r, count=18), paint.glow, alpha)


register(
    Kind(
        "tunnel",
        build,
        at=(0.74, 1.28),
        height=0.5,
        home="hills",
        width=2.2,
        top=(0.1, -0.96),
        shadow=0.9,
        faces=False,
        metres=8.0,
    )
)
