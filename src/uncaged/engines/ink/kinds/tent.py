"""A tent: one to sleep in, a circus with flags, a tipi. At night somebody has a lamp in it. Knows no camp.

How it is built: each form is a function: cloth, what shows of the inside, and what stirs.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import flag, halo
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

Draw: TypeAlias = Callable[[Drawing, Paint, Moment], None]


def _cloth(d: Drawing, paint: Paint, form: Array, key: str, second: bool = False) -> None:
    tone = paint.second if second else paint.colour
    d.form(form, tone, fill=paint.fill, colour2=paint.pattern, shade=0.9, key=key)


def _plain(d: Drawing, paint: Paint, m: Moment) -> None:
    """A ridge, one side in the light, an open flap that stirs, pegs and ropes."""
    b = 0.015 * m.cycle(0.5) * m.sway
    for x0, y0, x1 in ((-0.3, -0.93, -0.98), (0.86, -0.86, 1.2)):
        d.stroke(points((x0, y0), (x1, 0.02)), 0.9, paint.trunk, wobble=0.1)
        d.stroke(points((x1 - 0.02, 0.03), (x1 + 0.03, -0.06)), 2.0, paint.trunk, wobble=0.1)
    side = smooth([(-0.28, -0.94), (0.3, -0.86 + b), (0.88, -0.9)])
    roof = np.concatenate([side, points((1.08, 0.01), (0.28, 0.03))])
    _cloth(d, paint, roof, "roof")
    for u in (0.35, 0.7):
        seam = points((-0.28 + 1.16 * u, -0.91 + b), (0.28 + 0.8 * u, 0.02))
        d.stroke(seam, 0.7, paint.pattern, wobble=0.4)
    front = points((-0.82, 0.01), (-0.28, -0.96), (0.3, 0.03))
    _cloth(d, paint, front, "front", True)
    opening = points((-0.42, 0.02), (-0.28, -0.74), (-0.02, 0.03))
    d.form(opening, paint.glow if paint.night else paint.dark, line=0.9, shade=0.2, key="opening")
    halo(d, paint, -0.24, -0.24, 0.26)
    for side_, foot in ((-1, -0.62 + b), (1, 0.2 - b)):
        flap = smooth(
            [
                (-0.28, -0.74), (-0.28 + 0.2 * side_, -0.3), (foot, 0.0),
                (foot - 0.1 * side_, 0.0), (-0.28 + 0.1 * side_, -0.34),
            ],
            True,
            3,
        )  # fmt: skip
        d.form(flap, paint.pale, line=0.8, shade=0.5, key=f"flap{side_}")
    d.stroke(points((-0.28, -1.02), (-0.28, -0.92)), 2.0, paint.trunk, wobble=0.1)


def _circus(d: Drawing, paint: Paint, m: Moment) -> None:
    """Stripes that run to two peaks, a scalloped edge, pennants, an entrance one sees light in."""
    peaks = ((-0.34, -0.86), (0.34, -0.86))
    crown = [
        (-0.98, -0.36), (-0.62, -0.5), (-0.34, -0.87), (-0.1, -0.66), (0.1, -0.66), (0.34, -0.87),
        (0.62, -0.5), (0.98, -0.36),
    ]  # fmt: skip
    top = smooth(crown, False, 4)
    roof = np.concatenate([top, points((0.98, -0.3), (-0.98, -0.3))])
    for k, (x, y) in enumerate(peaks):
        flag(d, m, x, y - 0.1, 0.17, (paint.accent, paint.second)[k], str(k), 0.8)
    wall = points((-0.92, -0.32), (0.92, -0.32), (0.86, 0.01), (-0.86, 0.01))
    d.form(wall, paint.colour, shade=0.8, key="wall")
    strips = [
        points((x, -0.32), (x + 0.12, -0.32), (x + 0.112, 0.01), (x + 0.004, 0.01))
        * points(0.97, 1)
        for x in np.linspace(-0.9, 0.66, 7).tolist()
    ]
    d.multi(strips, paint.pale, line=0.5, key="strips")
    _cloth(d, paint, roof, "roof")
    d.clip(roof)
    for x, y in peaks:
        for k in range(5):
            if k % 2:
                continue
            a, b = x - 0.64 + 0.256 * k, x - 0.64 + 0.256 * (k + 1)
            d.form(
                points((x, y), (a, -0.28), (b, -0.28)),
                paint.pale,
                line=0.5,
                shade=0.5,
                key=f"ray{x}{k}",
            )
    d.unclip()
    scallops = [circle(-0.91 + 0.14 * k, -0.32, 0.07, 0.075, 14) for k in range(14)]
    d.multi(scallops[::2], paint.accent, line=0.7, key="scallops0")
    d.multi(scallops[1::2], paint.white, line=0.7, key="scallops1")
    door = smooth([(-0.16, 0.01), (-0.14, -0.18), (0.0, -0.3), (0.14, -0.18), (0.16, 0.01)])
    d.form(door, paint.glow if paint.night else paint.dark, line=0.9, shade=0.2, key="door")
    halo(d, paint, 0, -0.12, 0.26)
    for side in (-1, 1):
        sway = 0.012 * m.cycle(0.5)
        curtain = smooth(
            [
                (0.0, -0.3), (0.12 * side, -0.2), (0.17 * side, 0.01), (0.1 * side + sway, 0.01),
                (0.06 * side, -0.16),
            ],
            True,
            3,
        )  # fmt: skip
        d.form(curtain, paint.accent, line=0.8, shade=0.6, key=f"curtain{side}")
    bulbs = top[::3] + points(0, 0.012)
    d.multi([ball(p, 0.016, count=8) for p in bulbs], paint.glow, line=0.4, key="bulbs")


def _tipi(d: Drawing, paint: Paint, m: Moment) -> None:
    """Poles that cross above it, signs painted on the hide, smoke out of the top."""
    for k, x in enumerate((-0.14, -0.06, 0.05, 0.12)):
        d.stroke(
            points((-x * 0.3, -0.72), (x, -1.03 + 0.03 * (k % 2))), 2.0, paint.trunk, wobble=0.1
        )
    q = m.turn(0.5) % 1
    for k in range(3):
        u = (q + k / 3) % 1
        puff = circle(0.02 + 0.12 * u, -0.98 - 0.3 * u, 0.035 + 0.05 * u, count=16)
        d.form(
            puff,
            paint.pale,
            line=0,
            shade=0.3,
            alpha=int(190 * min(1.0, 5 * u) * (1 - u)),
            key=f"smoke{k}",
        )
    hide = smooth([(-0.05, -0.9), (-0.3, -0.45), (-0.6, 0.0)])
    cone = np.concatenate([hide, points((0, 0.05)), (hide * points(-1, 1))[::-1]])
    _cloth(d, paint, cone, "hide")
    d.clip(cone)
    for y, tone in ((-0.1, paint.accent), (-0.7, paint.second)):
        zig = [
            (x, y + (0.06 if k % 2 else 0.0))
            for k, x in enumerate(np.linspace(-0.66, 0.66, 17).tolist())
        ]
        d.stroke(points(*zig), 2.4, tone, wobble=0.2)
    d.form(circle(-0.26, -0.36, 0.075, count=18), paint.accent, line=0.7, shade=0.3, key="sun")
    d.unclip()
    door = points((-0.02, 0.05), (0.06, -0.38), (0.24, 0.03))
    d.form(door, paint.glow if paint.night else paint.dark, line=0.9, shade=0.2, key="door")
    halo(d, paint, 0.1, -0.12, 0.2)
    flap = smooth(
        [(0.06, -0.38), (0.2, -0.2), (0.38 + 0.015 * m.cycle(0.5), 0.02), (0.24, 0.03)], True, 3
    )
    d.form(flap, paint.pale, line=0.8, shade=0.5, key="flap")
    d.stroke(points((0.05, -0.86), (0.04, -0.42)), 0.9, paint.trunk, wobble=0.3)


FORMS: Mapping[str, Draw] = {"plain": _plain, "circus": _circus, "tipi": _tipi}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tent; `form` is one of `FORMS`, or "" for a plain one."""
    draw = FORMS.get(form, _plain)

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, m)

    return figure


register(
    Kind(
        "tent",
        build,
        at=(0.44, 1.36),
        height=0.44,
        home="meadow",
        width=1.9,
        top=(0.12, -0.8),
        shadow=0.85,
        forms=tuple(FORMS),
        faces=False,
        metres=2.0,
        lights=True,
    )
)
