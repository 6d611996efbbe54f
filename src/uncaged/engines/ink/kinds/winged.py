"""Bee, wasp, fly, mosquito, firefly and dragonfly: three balls and a blur.

Rows of numbers for one construction: head, thorax, a hind body of rings, clear wings that beat too fast to be drawn
and are drawn all the same, and legs that dangle.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.shaping import horn
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Winged:
    """spine, radii: of the hind body, from the thorax backwards. bands: dark rings on it. chest, head: radii of thorax
    and head; eyes: of its eye. wings: angle at rest (radians, −π/2 is up), length and half width, the far ones first.
    beats: a second. swing: radians to both sides. legs: how far they hang. sting, trunk: lengths of what it ends and
    begins with; feelers: their length. fur: its thorax is woolly. glows: its end shines.
    """

    spine: tuple[tuple[float, float], ...]
    radii: tuple[float, ...]
    bands: int
    chest: float
    head: float
    eyes: float
    wings: tuple[tuple[float, float, float], ...]
    beats: float
    swing: float
    legs: float
    sting: float = 0.0
    trunk: float = 0.0
    feelers: float = 0.16
    fur: bool = False
    glows: bool = False


BEE = Winged(
    spine=((-0.02, 0.0), (-0.2, 0.04), (-0.42, 0.12), (-0.52, 0.18)),
    radii=(0.14, 0.22, 0.22, 0.15, 0.05),
    bands=3,
    chest=0.2,
    head=0.15,
    eyes=0.075,
    wings=((-1.35, 0.5, 0.13), (-1.85, 0.56, 0.16), (-2.25, 0.4, 0.12)),
    beats=5.0,
    swing=0.28,
    legs=0.2,
    sting=0.1,
    fur=True,
)
WASP = replace(
    BEE,
    spine=((-0.12, 0.03), (-0.24, 0.05), (-0.44, 0.12), (-0.68, 0.26)),
    radii=(0.03, 0.1, 0.155, 0.12, 0.02),
    bands=4,
    chest=0.15,
    head=0.12,
    eyes=0.06,
    wings=((-1.7, 0.52, 0.09), (-2.25, 0.58, 0.1)),
    legs=0.28,
    sting=0.13,
    fur=False,
)
FLY = replace(
    BEE,
    spine=((-0.02, 0.0), (-0.18, 0.05), (-0.34, 0.1)),
    radii=(0.15, 0.2, 0.19, 0.08),
    bands=0,
    chest=0.2,
    head=0.15,
    eyes=0.13,
    wings=((-2.0, 0.5, 0.16), (-2.6, 0.58, 0.18)),
    beats=6.0,
    swing=0.2,
    legs=0.26,
    sting=0.0,
    feelers=0.06,
    fur=False,
)
MOSQUITO = replace(
    BEE,
    spine=((-0.02, 0.02), (-0.2, 0.12), (-0.38, 0.2), (-0.52, 0.22)),
    radii=(0.04, 0.055, 0.05, 0.03),
    bands=4,
    chest=0.1,
    head=0.075,
    eyes=0.045,
    wings=((-1.9, 0.5, 0.06), (-2.35, 0.56, 0.07)),
    legs=0.52,
    sting=0.0,
    trunk=0.36,
    feelers=0.18,
    fur=False,
)
FIREFLY = replace(
    BEE,
    spine=((-0.02, 0.0), (-0.22, 0.03), (-0.44, 0.1), (-0.58, 0.15)),
    radii=(0.1, 0.14, 0.14, 0.11, 0.06),
    bands=0,
    chest=0.15,
    head=0.1,
    eyes=0.05,
    wings=((-1.4, 0.5, 0.1), (-2.2, 0.54, 0.12)),
    legs=0.16,
    sting=0.0,
    fur=False,
    glows=True,
)
DRAGONFLY = replace(
    BEE,
    spine=((-0.02, 0.0), (-0.3, 0.03), (-0.62, 0.08), (-0.98, 0.1)),
    radii=(0.07, 0.05, 0.042, 0.045, 0.03),
    bands=7,
    chest=0.15,
    head=0.12,
    eyes=0.1,
    wings=((-1.2, 0.8, 0.085), (-1.95, 0.76, 0.1), (1.0, 0.62, 0.08), (1.8, 0.62, 0.09)),
    beats=4.0,
    swing=0.2,
    legs=0.12,
    sting=0.0,
    feelers=0.05,
    fur=False,
)


def build(row: Winged, stream: Stream, paint: Paint, form: str) -> Figure:
    """One of them; its phase and its wool by lot."""
    phase = stream.uniform()
    wool = lobed(stream.sub("wool"), 0.0, 0.0, row.chest * 1.08, row.chest * 1.02, 11, 0.12)
    middle = points(0.2 if row.spine[-1][0] > -0.6 else 0.36, 0.0)

    def figure(drawing: Drawing, moment: Moment) -> None:
        steady = 0.3 if moment.gesture == "hold" else 1.0
        hover = points(0.03 * moment.cycle(0.75, phase), 0.035 * moment.cycle(1.0, 0.2)) * steady
        at = middle + hover
        for k, wing in enumerate(row.wings[:-1]):
            _wing(drawing, paint, moment, at, row, wing, k + phase)
        _legs(drawing, paint, row, moment, at)
        _hind(drawing, paint, row, moment, at)
        chest = paint.dark if row.glows else paint.second
        thorax = (wool if row.fur else circle(0.0, 0.0, row.chest, 0.92 * row.chest)) + at
        drawing.form(thorax, chest, shade=0.9, line=0.95)
        _head(drawing, paint, row, moment, at)
        _wing(drawing, paint, moment, at, row, row.wings[-1], phase)

    return figure


def _hind(drawing: Drawing, paint: Paint, row: Winged, moment: Moment, at: Array) -> None:
    """The hind body, pumping a little, with its rings and what it ends in."""
    pump = 0.02 * moment.cycle(1.0, 0.1)
    u = np.linspace(0, 1, len(row.spine))
    spine = points(*row.spine) + np.stack([0 * u, pump * u], 1) + at
    body = Tube(spine, row.radii, 26)
    if row.sting:
        tip = body.p[-1] + body.tangent[-1] * row.sting
        drawing.form(horn(body.p[-1], tip, 0.025, 0.1), paint.dark, line=0.7)
    if row.glows:
        x, y = body.at(0.86, 0.0).tolist()
        shine = 0.5 + 0.5 * moment.cycle(0.5)
        for r, alpha in ((0.42, 40), (0.3, 70), (0.2, 110)):
            drawing.dot(
                x, y, r * (0.6 + 0.4 * shine), paint.glow, int(alpha * (0.35 + 0.65 * shine))
            )
    colour = paint.dark if row.glows else paint.colour
    drawing.form(
        body.outline(), colour, fill=paint.fill, body=body, colour2=paint.pattern, shade=0.9
    )
    if row.glows:
        v = np.linspace(-0.97, 0.97, 5)
        lamp = np.concatenate([body.at(np.full(5, 0.68), v), body.at(np.full(5, 0.99), v[::-1])])
        drawing.form(smooth(lamp, True, 3), paint.glow, line=0.7, shade=0)
    for k in range(row.bands):
        a = 0.22 + 0.68 * k / row.bands
        b = a + 0.3 / row.bands
        v = np.linspace(-0.98, 0.98, 5)
        bow = 0.03 * (1 - v * v)
        band = np.concatenate([body.at(a + bow, v), body.at((b + bow)[::-1], v[::-1])])
        drawing.form(band, paint.dark, line=0, shade=0)


def _head(drawing: Drawing, paint: Paint, row: Winged, moment: Moment, at: Array) -> None:
    """Feelers, trunk, an eye that is most of it."""
    head = at + points(row.chest + 0.6 * row.head, -0.1 * row.chest)
    x, y = head.tolist()
    for k in (0, 1):
        sway = 0.02 * moment.cycle(0.5, 0.2 * k)
        tip = head + points(row.feelers * (0.5 + 0.4 * k) + sway, -row.head - row.feelers)
        feeler = bezier(
            head + points(0.02, -0.7 * row.head),
            head + points(0.03, -row.head - 0.6 * row.feelers),
            tip,
        )
        drawing.stroke(feeler, 1.0, paint.ink, wobble=0.2)
    if row.trunk:
        root = head + points(0.6 * row.head, 0.3 * row.head)
        drawing.stroke(
            np.stack([root, root + points(0.7, 0.7) * row.trunk]), 1.3, paint.ink, wobble=0.2
        )
    drawing.form(circle(x, y, row.head, 0.95 * row.head, 20), paint.second, line=0.95, shade=0.7)
    if row.eyes > 0.08:
        big = circle(x + 0.25 * row.head, y - 0.15 * row.head, row.eyes, row.eyes * 1.1, 18, 0.3)
        drawing.form(big, paint.accent, line=0.8, shade=0.8)
        drawing.dot(x + 0.35 * row.head, y - 0.45 * row.head, 0.3 * row.eyes, paint.white)
        return
    eye(
        drawing, paint, moment, x + 0.3 * row.head, y - 0.15 * row.head, row.eyes, paint.second, 0.2
    )


def _wing(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    at: Array,
    row: Winged,
    wing: tuple[float, float, float],
    lag: float,
) -> None:
    """A clear wing with two veins."""
    angle, long, wide = wing
    glide = 0.15 if moment.act == "glide" else 1.0
    angle += glide * row.swing * sin(TAU * (moment.turn(row.beats) + 0.23 * lag))
    root = at + points(cos(angle), sin(angle)) * 0.6 * row.chest
    tip = root + points(cos(angle), sin(angle)) * long
    blade = leaf(root, tip, wide, 0.05, 12)
    drawing.form(blade.outline(), paint.pale, line=0.8, shade=0.2, alpha=205)
    for v in (-0.3, 0.25):
        drawing.stroke(blade.at(np.linspace(0.08, 0.9, 6), v), 0.5, paint.ink, wobble=0.2)


def _legs(drawing: Drawing, paint: Paint, row: Winged, moment: Moment, at: Array) -> None:
    """Three thin legs that hang and sway."""
    for k in range(3):
        sway = 0.03 * moment.cycle(1.0, 0.15 * k)
        root = at + points(0.09 - 0.09 * k, 0.6 * row.chest)
        knee = root + points(0.12 - 0.1 * k, 0.35 * row.legs)
        foot = root + points(0.04 - 0.1 * k + sway, 0.5 * row.chest + row.legs)
        drawing.stroke(smooth([root, knee, foot]), 1.2, paint.ink, wobble=0.2, taper=(0.05, 0.3))


def _register(name: str, row: Winged, at: tuple[float, float], **own: Any) -> None:
    reach = 0.2 if row.spine[-1][0] > -0.6 else 0.36
    register(
        Kind(
            name,
            partial(build, row),
            at=at,
            domain="air",
            top=(0.0, -0.1),
            motion="fly",
            holds={"stand": (reach, 0.5 * row.chest + 0.6 * row.legs)},
            grip=(0.0, 0.0),
            **{"home": "garden", "width": 1.1, **own},
        )
    )


_register("bee", BEE, (1.13, 0.93), height=0.3, hue="yellow", metres=0.02)
_register("wasp", WASP, (1.19, 0.93), height=0.3, hue="yellow", metres=0.02)
_register("fly", FLY, (1.25, 0.93), height=0.28, home="room", metres=0.01)
_register("mosquito", MOSQUITO, (1.31, 0.93), height=0.32, home="room", metres=0.01)
_register("firefly", FIREFLY, (1.37, 0.93), height=0.26, metres=0.01, lights=True)
_register("dragonfly", DRAGONFLY, (1.43, 0.93), height=0.4, width=1.5, home="meadow", metres=0.07)
