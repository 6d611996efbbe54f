"""A well: a ring of stones under a little roof, a bucket that goes down and comes up. Knows no wishes.

How it is built: the rope is as long as the crank has turned; the wall in front hides what is below the rim.
"""

from uncaged.engines.ink.curves import blob, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, sun
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A well; it has no forms."""
    stones = [
        blob(
            stream.sub(f"{row}{k}"),
            -0.27 + 0.135 * k + (0.06 if row % 2 else 0),
            -0.055 - 0.1 * row,
            0.06,
            0.038,
            7,
            0.14,
            3,
        )
        for row in range(3)
        for k in range(4 if row % 2 else 5)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        back = smooth(
            [(-0.36, -0.34), (-0.2, -0.4), (0.0, -0.415), (0.2, -0.4), (0.36, -0.34), (0.0, -0.28)],
            True,
            4,
        )
        d.form(back, paint.dark, line=0.9, shade=0.2, key="mouth")
        for side in (-1, 1):
            post = points(
                (0.3 * side - 0.03, -0.3), (0.28 * side - 0.025, -0.8),
                (0.28 * side + 0.025, -0.8), (0.3 * side + 0.03, -0.3),
            )  # fmt: skip
            d.form(post, paint.trunk, line=0.9, shade=0.7, key=f"post{side}")
        _winch(d, paint, m)
        wall = smooth(
            [
                (-0.37, -0.34), (-0.36, -0.06), (-0.3, 0.01), (0.0, 0.04), (0.3, 0.01),
                (0.36, -0.06), (0.37, -0.34), (0.2, -0.29), (0.0, -0.275), (-0.2, -0.29),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(
            wall,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
            light=sun(d),
            key="wall",
        )
        d.multi(stones, paint.pattern, line=0.6, key="stones")
        rim = smooth([(-0.39, -0.35), (-0.2, -0.295), (0, -0.28), (0.2, -0.295), (0.39, -0.35)])
        d.stroke(rim, 4.6, paint.ink, taper=(0.02, 0.02), wobble=0.2)
        d.stroke(rim, 3.2, paint.pale, taper=(0.02, 0.02), wobble=0.2)
        roof = points((-0.46, -0.72), (-0.3, -0.97), (0.3, -0.98), (0.46, -0.73))
        d.form(roof, paint.accent, shade=0.9, key="roof")
        for k in range(3):
            y, half = -0.77 - 0.065 * k, 0.43 - 0.042 * k
            d.stroke(smooth([(-half, y), (0, y + 0.012), (half, y)]), 0.7, wobble=0.5)

    return figure


def _winch(d: Drawing, paint: Paint, m: Moment) -> None:
    """A roller with its crank; the rope is as long as the crank has turned."""
    down = 0.5 - 0.5 * m.cycle(0.25)
    y = -0.52 + 0.2 * down
    d.stroke(points((0.02, -0.66), (0.02, y)), 1.1, paint.trunk, wobble=0)
    bucket = points((-0.06, y + 0.02), (0.1, y + 0.02), (0.08, y + 0.15), (-0.04, y + 0.15))
    handle = smooth([(-0.055, y + 0.03), (0.02, y - 0.05), (0.095, y + 0.03)])
    d.stroke(handle, 0.9, wobble=0.1)
    d.form(bucket, paint.second, line=0.9, shade=0.7, key="bucket")
    d.stroke(points((-0.05, y + 0.07), (0.09, y + 0.07)), 1.0, paint.dark, wobble=0.1)
    d.form(box(-0.3, -0.69, 0.3, -0.63), paint.trunk, line=0.9, shade=0.6, key="roller")
    for x in (-0.02, 0.02, 0.06):
        d.stroke(points((x, -0.69), (x + 0.01, -0.63)), 1.0, paint.pale, wobble=0)
    a = TAU * 2 * down
    knee = points(0.34, -0.66 + 0.0)
    end = points(0.38, -0.66) + points(0.02 * cos(a), 0.1 * sin(a))
    d.stroke(
        points((0.3, -0.66), tuple(knee), tuple(end)),
        1.8,
        paint.dark,
        taper=(0.01, 0.01),
        wobble=0.1,
    )
    d.form(ball(end, 0.024, count=10), paint.accent, line=0.6, shade=0)


register(
    Kind(
        "draw-well",
        build,
        at=(0.26, 1.36),
        height=0.44,
        home="village",
        width=0.95,
        top=(0.0, -0.96),
        shadow=0.4,
        faces=False,
        metres=2.4,
    )
)
