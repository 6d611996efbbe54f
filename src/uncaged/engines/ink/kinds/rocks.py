"""Rock that one stands on or looks into: a cliff over breaking waves, a cave with eyes in it. Knows no coast.

How it is built: outlines by lot with sharp corners, one plane in shadow; what is alive is in the water and the dark.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import sharp
from uncaged.engines.ink.kinds.mountain import rock
from uncaged.engines.ink.kinds.waters import spray, water
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint


def _jitter(stream: Stream, corners: tuple[tuple[float, float], ...], by: float) -> Array:
    return points(*corners) + stream.array(2 * len(corners), -by, by).reshape(-1, 2)


def cliff(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cliff that hangs over to the right; it has no forms."""
    jig = stream.sub("outline")
    top = [(-3.4, -0.97), (-1.6, -1.0), (-0.8, -0.98), (-0.2, -0.98), (0.2, -1.0), (0.34, -0.94)]
    face = [(0.26, -0.8), (0.36, -0.66), (0.2, -0.48), (0.28, -0.3), (0.16, -0.16), (0.3, 0.06)]
    outline = sharp(
        np.concatenate([points(*top), _jitter(jig, tuple(face), 0.025), points((-3.4, 0.1))])
    )
    strata = [
        smooth([(-3.5, y), (-1.3, y + 0.02), (-0.6, y - 0.03), (-0.1, y + 0.01), (0.3, y - 0.02)])
        for y in (-0.8, -0.62, -0.46, -0.28, -0.12)
    ]
    tufts = [(stream.uniform(-2.6, 0.28), stream.uniform(-1, 1)) for _ in range(22)]
    boulders = ((0.5, 0.02, 0.1), (0.72, 0.04, 0.07), (0.98, 0.03, 0.05))

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.0, key="cliff"
        )
        d.clip(outline)
        dark = points(
            (0.4, -1.0), (0.12, -0.86), (0.16, -0.66), (-0.02, -0.5), (0.06, -0.3),
            (-0.06, -0.14), (0.04, 0.2), (0.6, 0.2),
        )  # fmt: skip
        d.form(dark, paint.shadow, line=0.7, shade=0.8, light=(0.8, 0.4), key="dark")
        for k, line in enumerate(strata):
            d.stroke(
                line, 0.9, paint.pattern if k % 2 else paint.ink, wobble=0.7, key=f"stratum{k}"
            )
        turf = smooth(
            [
                (-3.5, -1.1), (0.5, -1.1), (0.34, -0.9), (0.1, -0.93), (-0.2, -0.89),
                (-0.6, -0.94), (-1.0, -0.9), (-2.0, -0.92), (-3.5, -0.93),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(turf, paint.leaf, line=0.8, shade=0.6, key="turf")
        d.unclip()
        for k, (x, lot) in enumerate(tufts):
            tip = points(
                x + 0.05 * lot + 0.02 * m.sway * m.cycle(0.5, 0.1 * k), -1.08 - 0.03 * abs(lot)
            )
            d.stroke(
                smooth(np.stack([points(x, -0.98), points(x + 0.01, -1.03), tip])),
                1.2,
                paint.leaf_dark,
                wobble=0.2,
                key=f"tuft{k}",
            )
        _surf(d, paint, m, boulders)

    return figure


def _surf(
    d: Drawing, paint: Paint, m: Moment, boulders: tuple[tuple[float, float, float], ...]
) -> None:
    """A strip of sea that heaves against the foot and throws up spray."""
    heave = 0.02 * m.cycle(0.5)
    x = np.linspace(0.1, 1.4, 16)
    top = np.stack([x, 0.02 - heave + 0.02 * sin(TAU * (1.6 * x + m.turn(0.5)))], 1)
    sea = np.concatenate([top, points((1.4, 0.2), (0.1, 0.2))])
    for k, (cx, cy, s) in enumerate(boulders):
        d.form(
            circle(cx, cy - 0.4 * s, s, s * 0.75, 12),
            paint.shadow,
            line=0.9,
            shade=1.0,
            key=f"boulder{k}",
        )
    d.form(sea, water(paint.palette), line=0.8, shade=0.4, key="sea")
    spray(d, paint, m, 0.3, 0.02, 0.16 + 0.05 * m.cycle(0.5, 0.2), "a")
    spray(d, paint, m, 0.66, 0.03, 0.11 - 0.03 * m.cycle(0.5, 0.2), "b")
    for k in range(4):
        y = 0.06 + 0.03 * k
        at = 0.3 + 0.24 * k + 0.05 * m.cycle(0.5, 0.2 * k)
        d.stroke(
            smooth([(at, y), (at + 0.08, y - 0.014), (at + 0.2, y)]),
            1.4,
            paint.white,
            wobble=0.3,
            key=f"foam{k}",
        )


def cave(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cave in a hill of rock; it has no forms. Something looks out, a bat comes and goes."""
    outline = sharp(
        _jitter(
            stream.sub("outline"),
            (
                (-1.0, 0.02), (-0.94, -0.36), (-0.74, -0.62), (-0.56, -0.7), (-0.34, -0.92),
                (0.0, -0.98), (0.3, -0.86), (0.52, -0.82), (0.74, -0.5), (0.92, -0.34),
                (1.0, 0.02),
            ),
            0.02,
        )
    )  # fmt: skip
    mouth = smooth(
        [
            (-0.5, 0.03), (-0.52, -0.26), (-0.36, -0.52), (-0.06, -0.62), (0.26, -0.54),
            (0.44, -0.3), (0.46, 0.03),
        ]
    )  # fmt: skip
    teeth = [
        (x, y, stream.uniform(0.1, 0.2))
        for x, y in ((-0.36, -0.52), (-0.2, -0.6), (-0.02, -0.62), (0.16, -0.58), (0.3, -0.5))
    ]
    eyes = stream.pick((-0.12, 0.02, 0.12))
    cracks = [
        _jitter(stream.sub(k), ((x, y), (x + 0.05, y + 0.1), (x + 0.02, y + 0.2)), 0.02)
        for k, (x, y) in enumerate(
            ((-0.8, -0.4), (-0.5, -0.62), (0.6, -0.6), (0.74, -0.3), (-0.1, -0.88))
        )
    ]

    def figure(d: Drawing, m: Moment) -> None:
        d.form(outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key="rock")
        for k, crack in enumerate(cracks):
            d.stroke(crack, 1.0, wobble=0.6, key=f"crack{k}")
        d.form(mouth * points(1.14, 1.1), paint.shadow, line=0.8, shade=0.8, key="rim")
        d.form(mouth, paint.dark, line=0.9, shade=0.2, key="mouth")
        d.clip(mouth)
        _teeth(d, paint, teeth, m)
        _watcher(d, paint, eyes, m)
        d.unclip()
        _bat(d, paint, m)

    return figure


def _teeth(d: Drawing, paint: Paint, teeth: list[tuple[float, float, float]], m: Moment) -> None:
    """Stone that hangs and stone that stands, and a drop that falls from one to the other."""
    hung = [
        points((x - 0.05, y - 0.06), (x + 0.05, y - 0.06), (x, y + long)) for x, y, long in teeth
    ]
    d.multi(hung, paint.shadow, line=0.7, key="teeth")
    low = 0.05
    standing = [
        points((x - 0.05, low), (x + 0.05, low), (x, -long))
        for x, long in ((-0.32, 0.09), (0.26, 0.13), (0.36, 0.07))
    ]
    d.multi(standing, paint.shadow, line=0.7, key="stubs")
    q = (m.turn(1.0) + 0.4) % 1
    x, y, long = teeth[1]
    d.dot(x, y + long + 0.5 * q * q, 0.014, paint.white, int(255 * min(1.0, 6 * (1 - q)) + 0.5))


def _watcher(d: Drawing, paint: Paint, x: float, m: Moment) -> None:
    shut = (m.turn(0.5) + 0.1) % 1 < 0.08
    look = 0.012 * m.cycle(0.25)
    for side in (-1, 1):
        at = x + 0.055 * side
        d.form(circle(at, -0.26, 0.04, 0.006 if shut else 0.045, 14), paint.glow, line=0.5, shade=0)
        if not shut:
            d.form(circle(at + look, -0.255, 0.01, 0.026, 10), paint.ink, line=0, shade=0)


def _bat(d: Drawing, paint: Paint, m: Moment) -> None:
    """It swings out of the mouth and back, its wings beating."""
    a = m.turn(0.5)
    x, y = 0.5 * m.cycle(0.5), -0.72 - 0.16 * m.cycle(1.0, 0.1) + 0.2 * (a % 1 < 0)
    flap = 0.07 * m.cycle(4.0)
    wings = points(
        (x - 0.16, y - 0.02 - flap), (x - 0.08, y - 0.03), (x - 0.025, y - 0.02),
        (x - 0.015, y - 0.045), (x + 0.015, y - 0.045), (x + 0.025, y - 0.02),
        (x + 0.08, y - 0.03), (x + 0.16, y - 0.02 - flap), (x + 0.07, y + 0.03), (x, y + 0.04),
        (x - 0.07, y + 0.03),
    )  # fmt: skip
    d.form(wings, paint.dark, line=0.6, shade=0.1, key="bat")


register(
    Kind(
        "cliff",
        cliff,
        at=(0.50, 1.46),
        height=0.6,
        domain="land",
        home="water",
        width=1.9,
        top=(-0.2, -0.97),
        faces=False,
        colour=rock,
        quiet=("striped", "dotted"),
        metres=40.0,
    )
)
register(
    Kind(
        "cave",
        cave,
        at=(0.56, 1.46),
        height=0.5,
        home="hills",
        width=1.9,
        top=(0.05, -0.95),
        shadow=0.9,
        faces=False,
        colour=rock,
        quiet=("striped", "dotted"),
        metres=6.0,
    )
)
