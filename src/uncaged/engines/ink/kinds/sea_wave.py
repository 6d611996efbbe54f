"""A great wave that rears up, curls over and shows its claws, after Hokusai. Knows no boats.

How it is built: one outline with a hollow face; stripes follow the hollow and flow up it; foam is hooks along the lip,
each a little later than the one before it.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lighter, mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.waters import water, waves
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

_BACK = (
    (-1.3, 0.08), (-1.0, 0.0), (-0.66, -0.22), (-0.36, -0.56), (-0.06, -0.85), (0.26, -0.98),
    (0.56, -0.9), (0.74, -0.68),
)  # fmt: skip
_FACE = (
    (0.7, -0.56), (0.58, -0.64), (0.42, -0.66), (0.26, -0.54), (0.2, -0.34), (0.34, -0.12),
    (0.7, 0.0), (1.3, 0.08),
)  # fmt: skip

_HOLLOW = ((0.5, 0.0), (0.06, -0.12), (-0.04, -0.42), (0.1, -0.7), (0.4, -0.82))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A wave; it has no forms."""
    lots = stream.array(11, -1, 1).tolist()
    drops = [
        (
            stream.uniform(0.1, 1.0),
            stream.uniform(-1.1, -0.6),
            stream.uniform(0.008, 0.02),
            stream.uniform(),
        )
        for _ in range(16)
    ]
    deep = paint.shadow
    pale = mix(lighter(paint.colour, 0.1), paint.palette.light, 0.35)

    def figure(d: Drawing, m: Moment) -> None:
        heave = 1 + 0.04 * m.cycle(0.5)
        bend = 0.03 * m.cycle(0.5, 0.15)

        def lifted(p: Array) -> Array:
            up = np.maximum(0.0, -p[:, 1])
            return np.stack(
                [p[:, 0] + bend * up * up, p[:, 1] * np.where(p[:, 1] < 0, heave, 1.0)], 1
            )

        back, face = lifted(smooth(_BACK)), lifted(smooth(_FACE))
        body = np.concatenate([back, face, points((1.3, 0.2), (-1.3, 0.2))])
        d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8, key="wave")
        d.clip(body)
        hollow = np.concatenate([face[2:30], lifted(smooth(_HOLLOW))])
        d.form(hollow, deep, line=0.7, shade=0.6, key="hollow")
        for k in range(6):
            q = (k + m.turn(0.5) % 1) / 6
            fade = min(1.0, 5 * q, 5 * (1 - q))
            tone = pale if k % 2 else deep
            stripe = lifted(_stripe(q))
            d.stroke(stripe, 2.6 * fade, tone, taper=(0.2, 0.3), wobble=0.4, key=f"stripe{k}")
        d.unclip()
        _foam(d, paint, back, face, lots, m)
        specks = [
            circle(x + 0.04 * m.cycle(0.5, lot), y + 0.1 * ((m.turn(1.0) + lot) % 1), r, count=7)
            for x, y, r, lot in drops
        ]
        d.multi(specks, paint.white, line=0.5, key="drops")
        waves(d, paint, m, 1.15, 0.06, 0.1)

    return figure


def _stripe(q: float) -> Array:
    """A line that follows the hollow from the foot to the lip; q 0 (behind) … 1 (before)."""
    foot = [(-0.95 + 1.1 * q, 0.1), (-0.5 + 0.7 * q, -0.2), (-0.14 + 0.32 * q, -0.56)]
    return smooth([*foot, (0.16 + 0.14 * q, -0.8 + 0.06 * q), (0.46 + 0.1 * q, -0.82 + 0.1 * q)])


def _foam(d: Drawing, paint: Paint, back: Array, face: Array, lots: list[float], m: Moment) -> None:
    """A white lip, and claws that reach down from it."""
    lip = np.concatenate([back[26:], face[:6]])
    edge = Tube(lip[::2], [0.01, 0.045, 0.06, 0.05, 0.03], 18)
    hooks: list[Array] = []
    for k, lot in enumerate(lots):
        u = 0.12 + 0.84 * k / len(lots)
        foot = edge.at(u, 0.0)
        a = 0.5 + 1.3 * u + 0.25 * lot + 0.2 * m.cycle(0.5, 0.1 * k)
        long = 0.1 + 0.05 * abs(lot)
        tip = foot + points(cos(a), sin(a)) * long
        hook = tip + points(cos(a + 1.5), sin(a + 1.5)) * (0.5 * long)
        hooks.append(Tube(np.stack([foot, tip, hook]), [0.04, 0.03, 0.006], 9).outline())
        hooks.append(ball((foot + points(0.03 * sin(TAU * u), 0.0)), 0.045 + 0.01 * lot, count=12))
    d.multi(hooks, paint.white, line=0.9, key="claws")
    d.form(edge.outline(), paint.white, line=0, shade=0.35, key="lip")


def _deep(palette: Palette) -> Colour:
    return water(palette)


register(
    Kind(
        "wave",
        build,
        at=(0.14, 1.56),
        height=0.56,
        domain="water",
        home="water",
        width=2.3,
        top=(0.2, -0.95),
        colour=_deep,
        quiet=("striped", "dotted"),
        metres=8.0,
        stuff="water",
    )
)
