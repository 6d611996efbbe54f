"""The heads of flowers: petals round a heart, a cup of five leaves, three bells. Knows no stem.

Petals are leaf tubes, squashed in height as if seen a little from below, ordered back to front. To open, everything
is scaled by how far it is open (which goes past 1 and comes back).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, blob, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Bloom:
    """Where a head is. opened: 0 … 1 and a little beyond. tilt: radians by which the wind turns it."""

    x: float
    y: float
    opened: float
    tilt: float


Head: TypeAlias = Callable[[Drawing, Moment, Bloom], None]
BuildHead: TypeAlias = Callable[[Stream, Paint], Head]


@dataclass(frozen=True, slots=True)
class _Rays:
    """petals: fewest and most. length, width (half): of a petal. heart: radius. double: a second ring behind.

    broad: the petals are broad enough to carry the subject's pattern.
    """

    petals: tuple[int, int]
    length: float
    width: float
    heart: float
    double: bool = False
    broad: bool = False


_RAYS: Mapping[str, _Rays] = {
    "daisy": _Rays((10, 13), 0.21, 0.038, 0.058, double=True),
    "sun": _Rays((15, 15), 0.22, 0.034, 0.100, double=True),
    "poppy": _Rays((5, 5), 0.20, 0.120, 0.045, broad=True),
    "star": _Rays((6, 6), 0.24, 0.062, 0.045, broad=True),
}

_SQUASH = 0.86

_CUP = ((-0.09, 0.07), (0.09, 0.07), (0.0, 0.085), (-0.06, 0.062), (0.06, 0.06))
"""The five leaves of a tulip, back to front: shift of the tip, half width."""


def _petal(bloom: Bloom, angle: float, length: float, width: float) -> Tube:
    d = points(sin(angle), -cos(angle) * _SQUASH) * length
    at = points(bloom.x, bloom.y)
    return leaf(at + d * 0.12, at + d, width)


def _rays(form: str) -> BuildHead:
    """Petals round a heart."""
    row = _RAYS[form]

    def build(stream: Stream, paint: Paint) -> Head:
        n = stream.integer(*row.petals)
        order = sorted(range(n), key=lambda i: cos(TAU * i / n))
        fill = paint.fill if row.broad else "plain"
        heart = blob(stream.sub("heart"), 0, 0, row.heart, row.heart * 0.9, 10, 0.05)
        heart_colour, seed = (
            (paint.dark, paint.accent) if form == "sun" else (paint.accent, paint.ink)
        )

        def head(drawing: Drawing, moment: Moment, bloom: Bloom) -> None:
            length, width = row.length * bloom.opened, row.width * bloom.opened
            if row.double:
                turns = [TAU * (i + 0.5) / n + bloom.tilt for i in range(n)]
                ring = [_petal(bloom, a, length * 1.05, width).outline() for a in turns]
                drawing.multi(ring, paint.shadow, line=0.6, key="ring")
            for i in order:
                stir = 0.03 * moment.sway * moment.cycle(0.5, 0.03 * i)
                a = TAU * i / n + bloom.tilt + stir
                petal = _petal(bloom, a, length * (1 + 0.08 * sin(i * 2.4)), width)
                drawing.form(
                    petal.outline(),
                    paint.colour,
                    body=petal,
                    fill=fill,
                    colour2=paint.pattern,
                    shade=0.7,
                    line=0.85,
                    light=(-sin(a), cos(a)),
                    key=f"petal{i}",
                )
                vein = petal.at(np.linspace(0.12, 0.6, 5), 0)
                drawing.stroke(vein, 0.5, paint.pattern, wobble=0.2, key=f"vein{i}")
            at = points(bloom.x, bloom.y)
            centre = at + heart * bloom.opened
            drawing.form(centre, heart_colour, line=0.9, shade=0.9, key="heart")
            for i in range(9):
                r = row.heart * 0.8 * bloom.opened * sqrt(i / 9)
                x, y = bloom.x + cos(i * 2.4) * r, bloom.y + sin(i * 2.4) * r * 0.9
                drawing.dot(x, y, 0.008 * min(1.0, bloom.opened), seed)

        return head

    return build


def _tulip(stream: Stream, paint: Paint) -> Head:
    """A cup of five leaves, two of them behind."""
    lean = stream.array(5, -0.012, 0.012)
    tones = (paint.shadow, paint.shadow, paint.colour, paint.colour, paint.colour)

    def head(drawing: Drawing, moment: Moment, bloom: Bloom) -> None:
        q = bloom.opened
        for k, (aside, width) in enumerate(_CUP):
            open_ = aside * (0.6 + 1.2 * q) if k < 2 else aside
            foot = (bloom.x + aside * 0.2, bloom.y + 0.03)
            tip = (bloom.x + (open_ * 1.25 + lean[k]) * q + bloom.tilt * 0.3, bloom.y - 0.25 * q)
            side = (aside > 0) - (aside < 0)
            blade = leaf(foot, tip, width * q, -0.12 * side, 14)
            drawing.form(
                blade.outline(),
                tones[k],
                body=blade,
                fill=paint.fill,
                colour2=paint.pattern,
                shade=0.9,
                key=f"cup{k}",
            )

    return head


_BELL = (
    (-0.02, 0.0),
    (-0.055, 0.06),
    (-0.085, 0.16),
    (-0.03, 0.135),
    (0.01, 0.165),
    (0.05, 0.135),
    (0.085, 0.16),
    (0.055, 0.06),
    (0.02, 0.0),
)


def _bells(stream: Stream, paint: Paint) -> Head:
    """Three bells that hang from one top and swing."""
    drop = stream.array(3, -0.015, 0.015)
    shape: Array = points(*_BELL)
    mouth = shape[:, 1] > 0.1
    green = paint.ink if paint.palette.pen else paint.leaf

    def head(drawing: Drawing, moment: Moment, bloom: Bloom) -> None:
        for k in range(3):
            aside = k - 1
            x = bloom.x + aside * (0.1 + bloom.tilt * 0.2)
            y = bloom.y + 0.05 + abs(aside) * 0.06 + drop[k]
            reach = min(1.0, bloom.opened * 2)
            x, y = bloom.x + (x - bloom.x) * reach, bloom.y + (y - bloom.y) * reach
            over_ = ((bloom.x + x) / 2, bloom.y - 0.07 * reach)
            stalk = bezier((bloom.x, bloom.y + 0.02), over_, (x, y))
            drawing.stroke(stalk, 1.0, green, key=f"stalk{k}")
            bell = shape * bloom.opened
            bell[:, 0] += mouth * bloom.tilt * 0.3
            drawing.form(
                smooth(points(x, y) + bell, True, 4),
                paint.colour,
                fill=paint.fill,
                colour2=paint.pattern,
                shade=0.9,
                key=f"bell{k}",
            )

    return head


def _rose(stream: Stream, paint: Paint) -> Head:
    """Petals in a whorl: a bud of turns within, broad leaves without, each a little over the next."""
    start = stream.uniform(0, TAU)
    open_ = stream.uniform(0.9, 1.1)
    shapes = [blob(stream.sub(k), 0, 0, 1.0, 0.9, 8, 0.07, 4) for k in range(11)]
    tones = (paint.shadow, paint.colour, paint.second)

    def head(drawing: Drawing, moment: Moment, bloom: Bloom) -> None:
        q = bloom.opened
        for k in range(11):
            ring, place = k // 5, k % 5
            out = (0.125, 0.08, 0.0)[ring] * open_ * q
            angle = start + TAU * place / 5 + 0.6 * ring + bloom.tilt
            angle += 0.02 * moment.sway * moment.cycle(0.5, 0.07 * k)
            x, y = bloom.x + cos(angle) * out, bloom.y - 0.04 * q + sin(angle) * out * _SQUASH
            size = (0.12, 0.095, 0.075)[ring] * q
            drawing.form(
                points(x, y) + shapes[k] * size,
                tones[(k + ring) % 2] if ring < 2 else tones[1],
                fill=paint.fill if ring == 0 else "plain",
                colour2=paint.pattern,
                shade=0.7,
                line=0.85,
                key=f"petal{k}",
            )
        turn = np.linspace(0, 1, 16)
        reach = (0.012 + 0.052 * turn) * q
        whorl = start + bloom.tilt + turn * 9.5
        x, y = bloom.x + cos(whorl) * reach, bloom.y - 0.04 * q + sin(whorl) * reach * _SQUASH
        drawing.stroke(np.stack([x, y], 1), 0.9, paint.ink, wobble=0.3, key="whorl")

    return head


HEADS: Mapping[str, BuildHead] = {
    **{form: _rays(form) for form in _RAYS},
    "tulip": _tulip,
    "bell": _bells,
    "rose": _rose,
}
"""Form → how its head is built."""
