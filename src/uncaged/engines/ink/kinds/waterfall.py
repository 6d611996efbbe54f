"""A waterfall: rock to both sides, water that leaves the edge, falls in threads, and stands as spray over its pool.

How it is built: the threads start and end by lot and tremble as they fall; light travels down them. Knows no river.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.mountain import rock
from uncaged.engines.ink.kinds.waters import light_water, spray, thread, water, waves
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

LEFT, RIGHT, LIP = -0.26, 0.24, -0.86
"""The edges of the water where it begins to fall, and its height."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A waterfall; it has no forms."""
    jig = stream.sub("rock")
    sky = [
        (-1.15, 0.3), (-1.02, -0.2), (-0.9, -0.66), (-0.62, -0.94), (-0.32, -0.96),
        (-0.24, -0.87), (0.22, -0.87), (0.3, -0.99), (0.6, -0.9), (0.86, -0.6), (1.0, -0.18),
        (1.15, 0.3),
    ]  # fmt: skip
    outline = points(
        *[(x + jig.uniform(-0.03, 0.03), y + jig.uniform(-0.02, 0.02) * (y < 0.2)) for x, y in sky]
    )
    lots = [stream.sub(k) for k in range(9)]
    threads = [
        (LEFT + 0.5 * (k + 0.5) / 9, lot.uniform(0.85, 1.15), lot.uniform())
        for k, lot in enumerate(lots)
    ]
    ledges = [
        points((x, y), (x + w, y - 0.03), (x + w * 1.1, y + 0.06))
        for x, y, w in (
            (-0.86, -0.5, 0.3), (-0.96, -0.16, 0.36), (-0.6, -0.28, 0.2), (0.42, -0.6, 0.26),
            (0.5, -0.24, 0.34), (0.4, -0.42, 0.14),
        )
    ]  # fmt: skip
    pale = light_water(paint.palette)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key="rock")
        for k, ledge in enumerate(ledges):
            d.stroke(ledge, 0.9, wobble=0.6, key=f"ledge{k}")
        for k, (x, y) in enumerate(((-0.62, -0.95), (0.58, -0.92), (-0.42, -0.95), (0.4, -0.97))):
            bush = circle(x, y, 0.12, 0.075, 14)
            d.form(
                bush + points(0.005 * m.cycle(0.5, 0.2 * k), 0),
                paint.leaf if k % 2 else paint.leaf_dark,
                line=0.8,
                shade=1.0,
                key=f"bush{k}",
            )
        _curtain(d, paint, threads, m)
        pool = smooth(
            [
                (-0.98, 0.06), (-0.5, -0.04), (0, -0.06), (0.5, -0.04), (0.98, 0.06), (0.6, 0.16),
                (0, 0.2), (-0.6, 0.16),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(pool, water(paint.palette), line=0.8, shade=0.5, key="pool")
        waves(d, paint, m, 0.8, 0.02, 0.13)
        for k in range(4):
            swell = 0.1 + 0.02 * m.cycle(1.0, 0.25 * k)
            d.flat(circle(LEFT + 0.07 + 0.12 * k, -0.02, swell, swell * 0.75, 16), paint.white, 150)
        for k, x in enumerate((LEFT + 0.06, 0.0, RIGHT - 0.04)):
            spray(d, paint, m, x, -0.02, 0.13, str(k))
        for x, y, s in ((-0.42, 0.04, 0.11), (0.4, 0.05, 0.09), (0.58, 0.02, 0.07)):
            d.form(circle(x, y, s, s * 0.6, 12), paint.shadow, line=0.9, shade=1.0)
        d.stroke(points((LEFT, LIP), (0.0, LIP + 0.006), (RIGHT, LIP)), 2.0, pale, wobble=0.3)

    return figure


def _curtain(
    d: Drawing, paint: Paint, threads: list[tuple[float, float, float]], m: Moment
) -> None:
    """The sheet of water, threads in two tones, and bands of light that fall."""
    turn = m.turn(1.0)
    left, right = (
        thread(LEFT, LIP, LEFT - 0.05, 0.02, turn),
        thread(RIGHT, LIP, RIGHT + 0.06, 0.02, turn + 0.4),
    )
    sheet = np.concatenate([left, right[::-1]])
    d.form(sheet, light_water(paint.palette), line=0.8, shade=0.4, key="sheet")
    d.clip(sheet)
    for k, (x, reach, phase) in enumerate(threads):
        line = thread(x, LIP, x * reach, 0.04, turn + phase)
        d.stroke(
            line,
            2.2 if k % 2 else 1.4,
            paint.white if k % 2 else water(paint.palette),
            taper=(0.1, 0.1),
            wobble=0.3,
            key=f"thread{k}",
        )
        u = (turn * 1.0 + phase) % 1
        at = int(u * 5)
        d.stroke(line[at : at + 4], 3.6, paint.white, taper=(0.4, 0.4), wobble=0.2, key=f"band{k}")
    d.unclip()


register(
    Kind(
        "waterfall",
        build,
        at=(0.26, 1.46),
        height=0.62,
        domain="land",
        home="forest",
        width=2.0,
        top=(-0.6, -0.93),
        faces=False,
        colour=rock,
        quiet=("striped", "dotted"),
        metres=20.0,
        stuff="water",
    )
)
