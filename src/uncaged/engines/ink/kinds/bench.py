"""A bench: slats on curled iron feet, a newspaper that the wind leafs through. Who rests sits on it.

How it is built: slats a little out of true on curled feet; the paper lifts with the wind (`Moment.sway`).
"""

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

HALF = 0.98


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bench; it has no forms."""
    tilts = [stream.uniform(-0.012, 0.012) for _ in range(5)]
    side = stream.pick((-1, 1))
    paper = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        for x in (-0.8, 0.8):
            leg = smooth(
                [(x + 0.08, -0.98), (x + 0.04, -0.6), (x, -0.46), (x + 0.02, -0.2), (x + 0.12, 0.0)]
            )
            d.stroke(leg, 3.6, paint.dark, taper=(0.05, 0.05), wobble=0.15)
        for k in range(3):
            y = -0.94 + 0.145 * k
            slat = points(
                (-HALF, y), (HALF, y + tilts[k]), (HALF, y + 0.1 + tilts[k]), (-HALF, y + 0.1)
            )
            d.form(
                slat,
                paint.colour,
                fill=paint.fill,
                colour2=paint.pattern,
                line=0.9,
                shade=0.8,
                key=f"back{k}",
            )
        if paper:
            _paper(d, paint, side * 0.56, m)
        for k in range(2):
            y = -0.47 + 0.085 * k
            slat = points(
                (-HALF - 0.02, y), (HALF + 0.02, y + tilts[3 + k]), (HALF + 0.06, y + 0.07),
                (-HALF - 0.06, y + 0.07),
            )  # fmt: skip
            d.form(slat, paint.second, line=0.9, shade=0.8, key=f"seat{k}")
        for x in (-0.84, 0.84):
            arm = smooth([(x - 0.02, -0.7), (x + 0.1, -0.72), (x + 0.16, -0.62), (x + 0.1, -0.58)])
            front = smooth(
                [
                    (x + 0.08, -0.7), (x + 0.06, -0.4), (x - 0.02, -0.2), (x + 0.04, -0.02),
                    (x + 0.13, -0.02),
                ]
            )  # fmt: skip
            for line in (front, arm):
                d.stroke(line, 3.4, paint.dark, taper=(0.05, 0.1), wobble=0.15)

    return figure


def _paper(d: Drawing, paint: Paint, x: float, m: Moment) -> None:
    """Its upper page lifts and lies down again."""
    lift = 0.1 * (1 + m.cycle(0.5)) * min(2.0, 0.5 + m.sway)
    under = points((x - 0.22, -0.47), (x - 0.18, -0.52), (x + 0.24, -0.52), (x + 0.22, -0.47))
    d.form(under, paint.pale, line=0.7, shade=0.3, key="paper")
    page = smooth(
        [
            (x - 0.18, -0.51), (x + 0.02, -0.53 - 0.5 * lift), (x + 0.2, -0.52 - lift),
            (x + 0.22, -0.49 - lift), (x + 0.02, -0.5 - 0.3 * lift),
        ],
        True,
        3,
    )  # fmt: skip
    d.form(page, paint.white, line=0.7, shade=0.3, key="page")


register(
    Kind(
        "bench",
        build,
        at=(0.38, 1.36),
        height=0.22,
        home="garden",
        width=2.1,
        top=(-0.25, -0.47),
        shadow=0.95,
        faces=False,
        metres=0.85,
        rest="sit",
    )
)
