"""Lobster, shrimp and scorpion: rings of armour along a curved spine, feelers or a sting, claws or none, many legs.

Rows of numbers for one construction; the tail is a chain of plates, each half over the next.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import bead
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import blade, horn, turned
from uncaged.engines.ink.kinds.stepping import goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

STRIDE = 0.07
CLAW = points((0.0, -0.05), (0.1, -0.13), (0.24, -0.1), (0.4, 0.0), (0.22, 0.0), (0.08, 0.06))
THUMB = points((0.08, 0.0), (0.2, 0.02), (0.36, 0.04), (0.22, 0.11), (0.08, 0.07))


@dataclass(frozen=True, slots=True)
class Armour:
    """spine: of the tail, from the shell backwards; radii: along it. rings: how many plates. high: of the shell's
    middle. claw: size of the claws, 0: none. feelers: their length. sting: the tail ends in one, else in a fan.
    legs: how many on this side.
    """

    spine: tuple[tuple[float, float], ...]
    radii: tuple[float, ...]
    rings: int
    high: float
    claw: float
    feelers: float
    sting: bool
    legs: int

    @property
    def holds(self) -> dict[str, tuple[float, float]]:
        """Between the tips of the near claw."""
        if not self.claw:
            return {}
        return {"stand": (0.36 + 0.34 * self.claw, -self.high - 0.1 - 0.2 * self.claw)}


LOBSTER = Armour(
    ((0.0, 0.0), (-0.2, -0.06), (-0.4, -0.02), (-0.56, 0.12), (-0.56, 0.26)),
    (0.15, 0.14, 0.12, 0.09, 0.07),
    7,
    0.34,
    1.25,
    0.7,
    False,
    4,
)
SHRIMP = Armour(
    ((0.06, 0.0), (-0.14, -0.14), (-0.36, -0.12), (-0.48, 0.06), (-0.36, 0.22)),
    (0.14, 0.15, 0.13, 0.09, 0.05),
    7,
    0.46,
    0.0,
    0.75,
    False,
    5,
)
SCORPION = Armour(
    ((0.0, 0.0), (-0.3, 0.06), (-0.56, -0.12), (-0.5, -0.46), (-0.2, -0.62)),
    (0.13, 0.11, 0.075, 0.06, 0.055),
    8,
    0.26,
    0.9,
    0.0,
    True,
    4,
)


def build(row: Armour, stream: Stream, paint: Paint, form: str) -> Figure:
    """One of them; its phase by lot."""
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        bob = 0.012 * moment.cycle(2.0 if goes(moment) else 0.5)
        at = points(0.1, -row.high + bob - leap(moment, 0.3))
        _legs(drawing, paint, row, moment, at, far=True)
        if row.claw:
            _claw(drawing, paint, row, moment, at, far=True)
        _tail(drawing, paint, row, moment, at, phase)
        _legs(drawing, paint, row, moment, at, far=False)
        _front(drawing, paint, row, moment, at)
        if row.claw:
            _claw(drawing, paint, row, moment, at, far=False)

    return figure


def _tail(
    drawing: Drawing, paint: Paint, row: Armour, moment: Moment, at: Array, phase: float
) -> None:
    """The chain of plates, the last one first, and what it ends in; it curls and gives."""
    curl = 0.04 * moment.cycle(0.5, phase) + (0.05 * moment.cycle(1.0) if goes(moment) else 0.0)
    u = np.linspace(0, 1, len(row.spine))[:, None]
    spine = points(*row.spine) + points(-0.3, 0.6) * curl * u * u
    tube = Tube(spine + at, row.radii, 30)
    end, along = tube.p[-1], tube.tangent[-1]
    if row.sting:
        bulb = blade(tube.at(0.94, 0.0), end + along * 0.14, 0.075)
        drawing.form(bulb, paint.second, line=0.9, shade=0.5)
        tip = end + along * 0.13
        drawing.form(
            horn(tip, tip + along * 0.07 + points(0.06, 0.13), 0.03, 0.25), paint.dark, line=0.7
        )
    else:
        for k in (-1, 1, 0):
            angle = 0.6 * k
            c, s = cos(angle), sin(angle)
            way = points(along[0] * c - along[1] * s, along[0] * s + along[1] * c)
            flap = blade(end - along * 0.03, end + way * 0.2, 0.06)
            drawing.form(flap, paint.second, line=0.8, shade=0.5)
    for k in reversed(range(row.rings)):
        a, b = k / row.rings, (k + 1.35) / row.rings
        v = np.linspace(-1, 1, 9)
        rim = b - 0.06 * v * v
        plate = np.concatenate([tube.at(np.full(9, a), v), tube.at(rim[::-1], v[::-1])])
        colour = paint.colour if k % 2 else paint.second
        fill = paint.fill if paint.fill != "outlined" else "plain"
        drawing.form(plate, colour, fill=fill, colour2=paint.pattern, line=0.9, shade=0.6)


def _front(drawing: Drawing, paint: Paint, row: Armour, moment: Moment, at: Array) -> None:
    """The shell of head and breast, feelers, the eye."""
    for k in range(2 if row.feelers else 0):
        sway = 0.08 * moment.cycle(0.5, 0.2 + 0.2 * k)
        root = at + points(0.32, -0.06)
        tip = root + points(row.feelers * (0.45 + 0.3 * k), -row.feelers * (0.62 - 0.3 * k) + sway)
        bow = root + points(0.14 * (1 + k), -0.3 * row.feelers)
        drawing.stroke(bezier(root, bow, tip, 14), 1.1, paint.accent, wobble=0.3, taper=(0.05, 0.8))
    shell = points(
        (-0.08, -0.13), (0.08, -0.16), (0.24, -0.12), (0.42, -0.05), (0.32, 0.04), (0.1, 0.12)
    )
    shell = np.concatenate([shell, points((-0.08, 0.12))]) * (1.0, 1.05)
    drawing.form(smooth(shell, True, 4) + at, paint.colour, shade=0.9)
    groove = smooth(points((0.06, -0.15), (0.1, 0.0), (0.05, 0.12)) + at)
    drawing.stroke(groove, 0.8, paint.ink)
    x, y = (at + points(0.27, -0.08)).tolist()
    drawing.dot(x, y, 0.042, paint.pale)
    bead(drawing, paint, moment, x + 0.008, y, 0.028)


def _legs(
    drawing: Drawing, paint: Paint, row: Armour, moment: Moment, at: Array, *, far: bool
) -> None:
    """Thin pointed legs, one after the other."""
    for k in range(row.legs):
        lag = 0.24 * k + 0.5 * far
        dx, dy = tread(moment, lag, STRIDE, 0.06)
        hip = at + points(0.2 - 0.1 * k + 0.03 * far, 0.06)
        foot = points(float(at[0]) + 0.3 - 0.15 * k + dx + 0.05 * far, dy)
        bone = 0.55 * float(np.sqrt(STRIDE * STRIDE + row.high * row.high)) + 0.04
        knee, foot = two_bones(hip, foot, 0.8 * bone, bone, -1.0 if k < 2 else 1.0)
        leg = Tube(np.stack([hip, knee, foot]), [0.03, 0.026, 0.016, 0.0], 10, cap_end=False)
        colour = paint.shadow if far else paint.second
        drawing.form(leg.outline(), colour, line=0.7, shade=0.3)


def _claw(
    drawing: Drawing, paint: Paint, row: Armour, moment: Moment, at: Array, *, far: bool
) -> None:
    """A claw held out before it."""
    holds = moment.gesture == "hold"
    lift = 0.0 if holds else 0.06 * moment.cycle(0.5, 0.3 if far else 0.1)
    if moment.gesture in ("wave", "cheer"):
        lift += 0.25 + 0.1 * moment.cycle(2.0)
    shoulder = at + points(0.22, 0.03 - 0.05 * far)
    wrist = at + points(0.4 + 0.04 * far, -0.12 - 0.1 * far - lift)
    arm = Tube([shoulder, at + points(0.38, 0.05 - 0.04 * far), wrist], [0.05, 0.045, 0.05], 12)
    colour = paint.shadow if far else paint.colour
    drawing.form(arm.outline(), colour, line=0.9, shade=0.4)
    shut = 0.1 if holds else 0.3 * max(0.0, moment.cycle(1.0, 0.4 if far else 0.0))
    for part, turn in ((THUMB, 0.25 - shut), (CLAW, 0.0)):
        form = turned(smooth(part, True, 4) * row.claw, turn - 0.5 - 0.12 * far, wrist)
        drawing.form(form, colour, line=1.0, shade=0.6)


def _register(name: str, row: Armour, at: tuple[float, float], **own: Any) -> None:
    register(
        Kind(
            name,
            partial(build, row),
            at=at,
            width=1.6,
            top=(-0.1, -row.high - 0.13),
            shadow=0.5,
            gait=travel(STRIDE),
            motion="walk",
            holds=row.holds,
            grip=(0.0, -row.high),
            postures=("sleep",),
            **own,
        )
    )


_register("lobster", LOBSTER, (1.79, 0.81), height=0.42, home="undersea", hue="red", metres=0.3)
_register("shrimp", SHRIMP, (1.85, 0.81), height=0.4, home="undersea", hue="pink", metres=0.1)
_register("scorpion", SCORPION, (1.91, 0.81), height=0.44, home="desert", hue="black", metres=0.1)
