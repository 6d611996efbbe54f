"""A skull that looks at us, clacks its jaw, and may keep a flower, a candle or crossed bones. It knows no skeleton.

How it is built: dome and cheekbones as one form over a jaw that drops; two sockets, a nose, a row of teeth. The lot
chooses what it keeps company with.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

DOME = (
    (-0.2, -0.27), (-0.33, -0.34), (-0.36, -0.46), (-0.43, -0.56), (-0.42, -0.78), (-0.24, -0.96),
    (0.04, -1.0), (0.3, -0.92), (0.44, -0.74), (0.42, -0.55), (0.36, -0.46), (0.34, -0.33),
    (0.2, -0.26),
)  # fmt: skip
JAW = (
    (-0.24, -0.32), (-0.23, -0.16), (-0.12, -0.05), (0.02, -0.03), (0.15, -0.06), (0.24, -0.16),
    (0.24, -0.32),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skull:
    """What the lot decided. keeps: "", bones, flower or candle. crack: over the dome."""

    paint: Paint
    keeps: str
    crack: bool
    socket: float


def bone(p: Palette) -> Colour:
    """Old ivory."""
    return mix(p.light, p.low, 0.12)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A skull; `form` is plain, bones, flower or candle, or "" for one by lot."""
    keeps = form or stream.pick(("", "", "flower", "candle", "bones"))
    keeps = keeps if keeps in ("bones", "flower", "candle") else ""
    return partial(_draw, Skull(paint, keeps, stream.chance(0.5), stream.uniform(0.1, 0.125)))


def _draw(skull: Skull, d: Drawing, m: Moment) -> None:
    paint, says = skull.paint, mood(m)
    clack = 0.035 * max(0.0, m.cycle(1.0)) * max(0.0, m.cycle(2.0, 0.1)) + 0.08 * says.open
    if skull.keeps == "bones":
        _bones(skull, d)
    if skull.keeps == "candle":
        _candle(skull, d, m)
    d.form(smooth(JAW, True, 4) + points(0.0, 0.5 * clack), paint.colour, shade=0.8, key="jaw")
    tube = Tube(points((0.0, -0.98), (0.0, -0.28)), [0.3, 0.44, 0.4, 0.3], 12)
    lift = points(0.0, -0.5 * clack)
    d.form(
        smooth(DOME, True, 4) + lift, paint.colour, fill=paint.fill, body=tube,
        colour2=paint.pattern, key="dome",
    )  # fmt: skip
    _face(skull, d, m, lift, clack)
    if skull.keeps == "flower":
        _flower(skull, d, m, lift)


def _face(skull: Skull, d: Drawing, m: Moment, lift: Array, clack: float) -> None:
    paint, says = skull.paint, mood(m)
    look = 0.02 * clamp(m.look[0], -1, 1) + 0.012 * m.cycle(0.25)
    for side in (-1, 1):
        x = 0.175 * side + look
        worry = 0.03 * says.worry
        socket = points(
            (x - 0.13, -0.52 - worry * side * -1), (x - 0.07, -0.63), (x + 0.07, -0.63),
            (x + 0.13, -0.52 - worry * side), (x + 0.06, -0.43), (x - 0.07, -0.43),
        )  # fmt: skip
        grown = points(x, -0.53) + (socket - points(x, -0.53)) * (skull.socket / 0.11) * (
            1 + 0.15 * says.wide
        )
        d.form(smooth(grown, True, 4) + lift, paint.dark, line=0.8, shade=0, key=f"eye{side}")
        spark = points(x + 0.02 * side, -0.52) + lift
        d.dot(spark[0], spark[1], 0.022 * says.lid, paint.glow)
    nose = points((look, -0.46), (look + 0.05, -0.35), (look, -0.375), (look - 0.05, -0.35))
    d.form(nose + lift, paint.dark, line=0.6, shade=0, key="nose")
    for k in range(6):
        x = -0.15 + 0.06 * k
        upper = points((x, -0.285), (x + 0.006, -0.21))
        d.stroke(upper + lift * 0.6, 0.8, wobble=0.2, key=f"tooth{k}")
        d.stroke(points((x, -0.19), (x + 0.004, -0.13)) + points(0.0, 0.5 * clack), 0.7, wobble=0.2)
    mouth = smooth([(-0.21, -0.215), (0.0, -0.19), (0.21, -0.215)])
    d.stroke(mouth + lift * 0.3, 1.0, key="mouth")
    if skull.crack:
        crack = points((0.2, -0.93), (0.16, -0.85), (0.22, -0.8), (0.17, -0.73)) + lift
        d.stroke(crack, 0.7, wobble=0.2, key="crack")
    for side in (-1, 1):
        temple = smooth([(0.36 * side, -0.72), (0.3 * side, -0.6), (0.345 * side, -0.5)])
        d.stroke(temple + lift, 0.7, key=f"temple{side}")


def _bones(skull: Skull, d: Drawing) -> None:
    """Two crossed behind it."""
    for side in (-1, 1):
        ends = points((-0.6 * side, -0.04), (0.6 * side, -0.4))
        parts = [Tube(ends, [0.045, 0.04, 0.045], 8).outline()]
        for x, y in ends:
            parts += [circle(float(x), float(y) + dy, 0.06, count=12) for dy in (-0.045, 0.045)]
        d.union(parts, skull.paint.colour, line=0.9, shade=0.6, key=f"bone{side}")


def _flower(skull: Skull, d: Drawing, m: Moment, lift: Array) -> None:
    """Out of one socket."""
    paint = skull.paint
    sway = 0.03 * m.cycle(0.5, 0.1)
    head = points(0.42 + sway, -0.84) + lift
    stalk = smooth(np.stack([points(0.19, -0.52) + lift, points(0.34, -0.64) + lift, head]))
    d.stroke(stalk, 1.6, paint.leaf, wobble=0.3, key="stalk")
    petals = [
        circle(
            head[0] + 0.06 * cos(TAU * k / 6), head[1] + 0.06 * sin(TAU * k / 6), 0.045, count=10
        )
        for k in range(6)
    ]
    d.multi(petals, paint.accent, line=0.7, key="petals")
    d.dot(head[0], head[1], 0.034, paint.second)


def _candle(skull: Skull, d: Drawing, m: Moment) -> None:
    """On top, its wax running down."""
    paint = skull.paint
    flick = 0.012 * m.cycle(2.0) + 0.01 * m.cycle(3.0, 0.2)
    wax = points((-0.07, -0.94), (-0.06, -1.12), (0.06, -1.12), (0.07, -0.94))
    d.form(wax, paint.pale, line=0.8, shade=0.4, key="wax")
    flame = points((0.0, -1.28 - flick), (0.045, -1.18), (0.0, -1.12), (-0.045, -1.18))
    flame[:, 0] += points(1.5 * flick, 0.4 * flick, 0.0, 0.4 * flick)
    d.form(smooth(flame, True, 4), paint.glow, line=0.7, shade=0, key="flame")


register(
    Kind(
        "skull",
        build,
        at=(0.45, -0.15),
        height=0.46,
        home="paper",
        width=0.9,
        top=(0.0, -0.98),
        shadow=0.34,
        forms=("plain", "bones", "flower", "candle"),
        colour=bone,
        metres=0.22,
    )
)
