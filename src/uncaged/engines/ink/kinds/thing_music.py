"""Instruments with strings and keys: violin, cello, guitar, harp, piano, accordion.

How they are built: a body seen from the front, neck and strings drawn over it; strings tremble, bellows breathe.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import Maker, bar, box, clad, edged, hundredths, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Fiddle:
    """One that is bowed or plucked, in hundredths.

    right: the right half of the body, from the neck down. neck: where it ends. strings: how many. hole: radius of a
    round sound hole, 0 = two f-holes. spike: it stands on one. bow: leans beside it.
    """

    right: str
    neck: float
    strings: int = 4
    hole: float = 0.0
    spike: float = 0.0
    bow: bool = True


_VIOLIN = Fiddle("4,-61 15,-60 20,-52 17,-43 12,-38 12,-32 18,-27 25,-18 24,-7 14,0 0,1", -0.98)
_CELLO = Fiddle(
    "4,-66 18,-65 23,-55 19,-45 13,-39 13,-32 21,-26 30,-16 28,-5 16,0 0,-1", -1.0, spike=0.06
)
_GUITAR = Fiddle(
    "4,-54 18,-53 23,-44 18,-36 20,-30 29,-21 29,-8 18,0 0,1", -1.0, 6, 0.085, bow=False
)


def fiddle(row: Fiddle) -> Maker:
    """A maker for a row."""

    def make(stream: Stream, paint: Paint) -> Figure:
        right = hundredths(row.right)
        body = smooth(np.concatenate([right, right[-2::-1] * (-1.0, 1.0)]), True, 4)
        top = float(right[0, 1])
        pegs = [row.neck + 0.035 + 0.045 * k for k in range(row.strings // 2)]

        def figure(d: Drawing, m: Moment) -> None:
            if row.spike:
                d.form(bar((0, -0.02), (0, row.spike), 0.012), paint.dark, line=0.7, key="spike")
            clad(d, paint, body, "body")
            if row.hole:
                d.form(
                    circle(0, -0.34, row.hole, count=24),
                    paint.dark,
                    line=0.9,
                    shade=0.2,
                    key="hole",
                )
            else:
                for side in (-1, 1):
                    f = traced("9,-35 6,-31 9,-26 6,-21", False) * (side, 1.0)
                    d.stroke(f * (1.3, 1.0), 1.3, paint.dark, wobble=0.2, key=f"f{side}")
            low = -0.14 if row.hole else -0.2
            d.form(
                box(-0.035, row.neck + 0.14, 0.035, top + 0.16),
                paint.dark,
                line=0.8,
                shade=0.3,
                key="neck",
            )
            _head(d, paint, row, pegs)
            tail = edged("-7,-12 7,-12 4,-3 -4,-3") if not row.hole else box(-0.1, -0.14, 0.1, -0.1)
            d.form(tail, paint.dark, line=0.8, shade=0.3, key="tail")
            d.form(
                box(-0.09, low - 0.015, 0.09, low + 0.01),
                paint.pale,
                line=0.7,
                shade=0.2,
                key="bridge",
            )
            _strings(d, paint, m, row, low)
            if row.bow:
                _bow(d, paint, m)

        return figure

    return make


def _head(d: Drawing, paint: Paint, row: Fiddle, pegs: list[float]) -> None:
    y = row.neck
    for k, peg in enumerate(pegs):
        d.form(
            bar((-0.085, peg), (0.085, peg), 0.013), paint.dark, line=0.6, shade=0, key=f"peg{k}"
        )
    wide = 0.055 if row.hole else 0.04
    head = points((-wide, y), (wide, y), (0.04, y + 0.17), (-0.04, y + 0.17))
    d.form(head, paint.trunk, line=0.9, shade=0.4, key="head")
    if not row.hole:
        d.form(
            circle(0.0, y - 0.005, 0.045, count=16), paint.trunk, line=0.8, shade=0.3, key="scroll"
        )


def _strings(d: Drawing, paint: Paint, m: Moment, row: Fiddle, low: float) -> None:
    n = row.strings
    for k in range(n):
        x = (k / (n - 1) - 0.5) * 0.05
        quiver = 0.006 * m.cycle(4.0, k / n) * (k == int(m.turn(1.0) * n) % n)
        line = bezier(
            (x, row.neck + 0.14), (x * 1.4 + quiver * 4, (row.neck + low) / 2), (x * 2.2, low)
        )
        d.stroke(line, 0.45, paint.pale, wobble=0.05, taper=(0.02, 0.02), key=f"string{k}")


def _bow(d: Drawing, paint: Paint, m: Moment) -> None:
    """It leans at the side and draws a little to and fro."""
    slide = points(0.0, 0.03 * m.cycle(0.4))
    stick = bezier((0.4, 0.0), (0.42, -0.5), (0.32, -0.92)) + slide
    d.form(
        Tube(stick, [0.018, 0.014, 0.01], 14).outline(),
        paint.trunk,
        line=0.7,
        shade=0.3,
        key="stick",
    )
    d.stroke(
        points((0.37, -0.04), (0.305, -0.9)) + slide,
        0.7,
        paint.pale,
        wobble=0.1,
        taper=(0.02, 0.02),
        key="hair",
    )
    d.form(box(0.365, -0.09, 0.42, -0.03) + slide, paint.dark, line=0.7, key="frog")


def _harp(stream: Stream, paint: Paint) -> Figure:
    count = stream.integer(9, 12)
    column = Tube([(0.36, 0.0), (0.36, -0.5), (0.3, -0.86)], [0.045, 0.035, 0.05], 14)
    neck = Tube(
        [(0.3, -0.88), (0.12, -0.98), (-0.06, -0.78), (-0.22, -0.68)], [0.06, 0.05, 0.045, 0.04], 20
    )
    sound = Tube([(-0.22, -0.7), (0.0, -0.36), (0.28, -0.02)], [0.045, 0.07, 0.1], 14)

    def figure(d: Drawing, m: Moment) -> None:
        plucked = int(m.turn(0.5) * count) % count
        for k in range(count):
            q = (k + 0.5) / count
            low, high = sound.at(0.1 + 0.82 * q, -0.5), neck.at(1 - 0.9 * q, 0.0)
            quiver = 0.012 * m.cycle(4.0) * (k == plucked)
            line = bezier(low, (low + high) / 2 + points(quiver, 0), high)
            d.stroke(
                line,
                0.6,
                paint.accent if k % 4 == 0 else paint.ink,
                wobble=0.1,
                taper=(0.02, 0.02),
                key=f"string{k}",
            )
        d.form(column.outline(), paint.second, line=0.95, shade=0.6, key="column")
        clad(d, paint, sound.outline(), "sound", body=sound)
        clad(d, paint, neck.outline(), "neck", body=neck)
        d.form(
            circle(0.32, -0.93, 0.075, count=18), paint.second, line=0.9, shade=0.4, key="capital"
        )
        d.form(edged("12,-6 46,-6 50,0 8,0"), paint.second, line=0.9, shade=0.5, key="foot")

    return figure


def _piano(stream: Stream, paint: Paint) -> Figure:
    whites, sheet = 14, stream.chance(0.6)
    wide = 1.16 / whites
    left = [-0.58 + wide * k for k in range(whites)]
    gaps = [k for k in range(whites - 1) if k % 7 not in (2, 6)]
    blacks = [box(left[k] + wide * 0.7, -0.5, left[k] + wide * 1.2, -0.45) for k in gaps]

    def figure(d: Drawing, m: Moment) -> None:
        for x in (-0.56, 0.5):
            d.form(box(x, -0.4, x + 0.08, 0.0), paint.shadow, line=0.9, shade=0.5, key=f"leg{x}")
        clad(d, paint, edged("-62,-98 62,-98 62,-52 -62,-52", 0.02), "upper")
        lid = edged("-66,-100 66,-100 66,-93 -66,-93", 0.015)
        d.form(lid, paint.second, line=0.9, shade=0.4, key="lid")
        lower = edged("-54,-34 54,-34 54,0 -54,0", 0.01)
        d.form(lower, paint.shadow, line=0.8, shade=0.7, key="lower")
        if sheet:
            _sheet(d, paint)
        for x in (-0.4, 0.4):
            d.form(circle(x, -0.72, 0.05, count=14), paint.glow, line=0.7, key=f"lamp{x}")
        bed = edged("-64,-52 64,-52 66,-36 -66,-36", 0.01)
        d.form(bed, paint.second, line=0.95, shade=0.4, key="bed")
        down = int(m.turn(0.3) * whites) % whites
        keys = [box(x, -0.5, x + wide, -0.4 + 0.02 * (k == down)) for k, x in enumerate(left)]
        d.multi(keys, paint.white, line=0.6, key="white")
        d.multi(blacks, paint.dark, line=0.3, key="black")

    return figure


def _sheet(d: Drawing, paint: Paint) -> None:
    """Music on its stand."""
    for side in (-1, 1):
        page = hundredths("0,-84 16,-86 16,-62 0,-60") * (side, 1)
        d.form(page, paint.white, line=0.8, shade=0.3, key=f"sheet{side}")
        for k in range(3):
            y = -0.79 + 0.06 * k
            stave = points((0.03 * side, y), (0.13 * side, y - 0.01))
            d.stroke(stave, 0.5, wobble=0.3, key=f"stave{side}{k}")


def _accordion(stream: Stream, paint: Paint) -> Figure:
    folds = 7

    def figure(d: Drawing, m: Moment) -> None:
        breath = 0.5 + 0.5 * m.cycle(0.4)
        half, tilt = 0.2 + 0.14 * breath, 0.1 * breath
        upper: list[Array] = []
        lower: list[Array] = []
        for k in range(folds * 2 + 1):
            x = -half + 2 * half * k / (folds * 2)
            out = 0.0 if k % 2 else 0.05
            fan = tilt * (x / half) * (x / half)
            upper.append(points(x, -0.86 - out + fan))
            lower.append(points(x, -0.12 + out + fan * 0.2))
        d.form(np.array([*upper, *lower[::-1]]), paint.second, line=0.95, shade=0.6, key="bellows")
        for k in range(1, folds * 2, 2):
            d.stroke(np.stack([upper[k], lower[k]]), 0.9, paint.dark, wobble=0.1, key=f"fold{k}")
        left, right = points(-half, tilt), points(half, tilt)
        clad(d, paint, edged("-30,-94 0,-90 0,-8 -30,-4", 0.03) + left, "left")
        clad(d, paint, edged("0,-90 32,-94 32,-4 0,-8", 0.03) + right, "right")
        keys = [box(0.17, -0.82 + 0.09 * k, 0.38, -0.74 + 0.09 * k) + right for k in range(8)]
        d.multi(keys, paint.white, line=0.7, key="keys")
        for k in range(10):
            x, y = -0.2 + 0.1 * (k % 2), -0.76 + 0.14 * (k // 2)
            d.form(
                circle(x + left[0], y + left[1], 0.03, count=10),
                paint.pale,
                line=0.6,
                shade=0,
                key=f"button{k}",
            )
        strap = bezier((-0.3, -0.8), (-0.5, -0.5), (-0.3, -0.2)) + left
        d.stroke(strap, 1.8, paint.dark, wobble=0.2, key="strap")

    return figure


thing(
    "violin", fiddle(_VIOLIN), (-0.83, 0.66), 0.54, 0.6,
    width=0.75, grip=(0, -0.7), hue="orange", rock=0.02, shadow=0.2, traits=("played",),
)  # fmt: skip
thing(
    "cello", fiddle(_CELLO), (-0.77, 0.66), 0.66, 1.25,
    width=0.75, grip=(0, -0.72), hue="brown", rock=0.02, shadow=0.2, traits=("played",),
)  # fmt: skip
thing(
    "guitar", fiddle(_GUITAR), (-0.71, 0.66), 0.6, 1.0,
    width=0.6, grip=(0, -0.7), hue="orange", rock=0.02, shadow=0.2, traits=("played",),
)  # fmt: skip
thing(
    "harp",
    _harp,
    (-0.65, 0.66),
    0.64,
    1.7,
    width=0.85,
    grip=(0.36, -0.5),
    hue="yellow",
    traits=("played",),
)
thing(
    "piano",
    _piano,
    (-0.59, 0.66),
    0.52,
    1.2,
    width=1.35,
    top=(0, -0.97),
    rock=0.0,
    traits=("played",),
)
thing(
    "accordion",
    _accordion,
    (-0.53, 0.66),
    0.4,
    0.4,
    width=1.4,
    grip=(-0.5, -0.5),
    rock=0.01,
    traits=("played",),
)
