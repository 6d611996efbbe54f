"""Ant, beetle, ladybird, grasshopper and mantis: six legs that step by threes, under rings or under a dome.

Rows of numbers for one construction: hind body, middle, head, each an ellipse or a dome of its own, and their legs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import horn, joined
from uncaged.engines.ink.kinds.stepping import goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Ellipse: TypeAlias = tuple[float, float, float, float, float]
"""x, y, half width, half height, turn."""
Back: TypeAlias = Callable[[Drawing, Paint, Moment, Array, float], None]
"""Draws what covers the hind body: wing cases, a folded wing. The number is the lot of this one."""

STRIDE = 0.09


@dataclass(frozen=True, slots=True)
class Bug:
    """hind, middle, head: ellipses. waist: a ring between the first two. roots: x of the legs on the body; feet: x on
    the ground, fore to hind. knee: how high the legs bend, as a factor of the way. jaws, feelers: lengths.
    hop: length of its great hind leg, 0: none. back: what covers it. arms: it folds its fore legs before it.
    """

    hind: Ellipse
    middle: Ellipse
    head: Ellipse
    waist: bool
    roots: tuple[float, ...]
    feet: tuple[float, ...]
    knee: float
    jaws: float
    feelers: float
    eye: float
    hop: float = 0.0
    back: Back | None = None
    arms: bool = False
    dark_head: bool = False


def _cases(drawing: Drawing, paint: Paint, moment: Moment, at: Array, lot: float) -> None:
    """A beetle's wing cases: a dome with a seam and lines along it, a gleam."""
    dome = _dome() + at
    joined(drawing, paint, [dome], paint.colour, body=dome, shade=1.0)
    for k in range(3):
        line = bezier(
            (0.2, -0.62 + 0.08 * k), (-0.2, -0.72 + 0.14 * k), (-0.56 + 0.03 * k, -0.3 + 0.05 * k)
        )
        drawing.stroke(line + at, 0.8 if k else 1.2, paint.pattern if k else paint.ink, wobble=0.3)
    gleam = bezier((0.06, -0.6), (-0.1, -0.65), (-0.24, -0.58))
    drawing.stroke(gleam + at, 2.2, paint.pale, wobble=0.2)


def _spots(drawing: Drawing, paint: Paint, moment: Moment, at: Array, lot: float) -> None:
    """A ladybird's: round, red, with spots. Startled it lifts them."""
    dome = _dome() + at
    joined(drawing, paint, [dome], paint.colour, body=dome, shade=1.0)
    seam = bezier((0.2, -0.6), (-0.16, -0.74), (-0.6, -0.22))
    drawing.stroke(seam + at, 1.4, paint.ink, wobble=0.2)
    for x, y, r in (
        (0.02, -0.46, 0.075),
        (-0.24, -0.42, 0.08),
        (-0.1, -0.26, 0.07),
        (-0.42, -0.28, 0.06),
    ):
        spot = circle(x, y, r, 0.9 * r, 14) + at
        drawing.form(spot, paint.dark, line=0, shade=0)
    drawing.form(circle(-0.2, -0.61, 0.06, 0.035, 12, -0.15) + at, paint.dark, line=0, shade=0)


def _dome() -> Array:
    """The contour of a rounded back."""
    return smooth(
        points(
            (0.28, -0.2),
            (0.26, -0.46),
            (0.08, -0.63),
            (-0.16, -0.66),
            (-0.42, -0.52),
            (-0.58, -0.24),
            (-0.5, -0.16),
            (-0.1, -0.13),
        ),
        True,
        4,
    )


def _wings(drawing: Drawing, paint: Paint, moment: Moment, at: Array, lot: float) -> None:
    """A folded wing along the back, and the rings below it."""
    for k in range(6):
        ring = bezier((0.1 - 0.12 * k, -0.36), (0.04 - 0.12 * k, -0.28), (0.07 - 0.12 * k, -0.2), 6)
        drawing.stroke(ring + at, 0.6, paint.ink, wobble=0.2)
    wing = Tube(
        [(0.22, -0.44), (-0.2, -0.47), (-0.66, -0.34)], [0.05, 0.085, 0.07, 0.0], 16, cap_end=False
    )
    drawing.form(wing.outline() + at, paint.second, line=0.9, shade=0.6)
    for v in (-0.4, 0.2):
        drawing.stroke(wing.at(np.linspace(0.1, 0.92, 7), v) + at, 0.5, paint.ink, wobble=0.2)


ANT = Bug(
    hind=(-0.42, -0.38, 0.27, 0.2, 0.15),
    middle=(0.02, -0.38, 0.17, 0.12, -0.1),
    head=(0.36, -0.46, 0.16, 0.14, 0.3),
    waist=True,
    roots=(0.12, 0.02, -0.08),
    feet=(0.34, 0.02, -0.34),
    knee=1.35,
    jaws=0.12,
    feelers=0.34,
    eye=0.045,
)
BEETLE = Bug(
    hind=(-0.15, -0.4, 0.42, 0.26, 0.0),
    middle=(0.3, -0.37, 0.15, 0.2, 0.0),
    head=(0.48, -0.33, 0.13, 0.13, 0.0),
    waist=False,
    roots=(0.22, -0.06, -0.34),
    feet=(0.4, -0.02, -0.5),
    knee=1.3,
    jaws=0.09,
    feelers=0.26,
    eye=0.035,
    back=_cases,
    dark_head=True,
)
LADYBIRD = replace(BEETLE, back=_spots, jaws=0.0, feelers=0.16)
STAG = replace(BEETLE, jaws=0.34, feelers=0.2)
GRASSHOPPER = Bug(
    hind=(-0.22, -0.32, 0.48, 0.11, 0.08),
    middle=(0.26, -0.4, 0.16, 0.15, -0.2),
    head=(0.46, -0.48, 0.12, 0.15, 0.3),
    waist=False,
    roots=(0.3, 0.16),
    feet=(0.44, 0.16),
    knee=1.15,
    jaws=0.0,
    feelers=0.5,
    eye=0.05,
    hop=0.62,
    back=_wings,
)
MANTIS = Bug(
    hind=(-0.36, -0.32, 0.36, 0.11, 0.2),
    middle=(0.1, -0.6, 0.09, 0.3, 0.55),
    head=(0.3, -0.88, 0.13, 0.085, 0.35),
    waist=False,
    roots=(-0.04, -0.14, -0.3),
    feet=(0.22, -0.2, -0.62),
    knee=1.3,
    jaws=0.0,
    feelers=0.26,
    eye=0.055,
    arms=True,
)


def build(forms: dict[str, Bug], stream: Stream, paint: Paint, form: str) -> Figure:
    """One of the form, or of the first."""
    row = forms.get(form) or next(iter(forms.values()))
    lot = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        flat = not goes(moment) and (asleep(moment) or moment.posture in ("lie", "sit"))
        at = points(
            0.0,
            (0.1 if flat else 0.0)
            - leap(moment, 0.2)
            + 0.008 * moment.cycle(2.0 if goes(moment) else 0.5),
        )
        _legs(drawing, paint, row, moment, at, far=True)
        hind = _ellipse(row.hind) + at
        joined(drawing, paint, [hind], paint.colour, body=hind)
        if row.waist:
            drawing.form(
                circle(-0.13, -0.37, 0.055, count=12) + at, paint.colour, line=0.9, shade=0.5
            )
            for k in range(2):
                x = -0.36 - 0.12 * k
                ring = bezier((x, -0.56), (x + 0.07, -0.38), (x - 0.02, -0.2), 8)
                drawing.stroke(ring + at, 0.8, paint.pattern, wobble=0.3)
        middle = paint.dark if row.dark_head else paint.colour
        drawing.form(_ellipse(row.middle) + at, middle, line=1.0, shade=0.7)
        if row.back:
            row.back(drawing, paint, moment, at, lot)
        _head(drawing, paint, row, moment, at)
        _legs(drawing, paint, row, moment, at, far=False)
        if row.hop:
            _jumper(drawing, paint, row, moment, at)
        if row.arms:
            _arms(drawing, paint, moment, at)

    return figure


def _ellipse(row: Ellipse) -> Array:
    x, y, wide, high, turn = row
    return circle(x, y, wide, high, 26, turn)


def _head(drawing: Drawing, paint: Paint, row: Bug, moment: Moment, at: Array) -> None:
    """Jaws, elbowed feelers, an eye; it nods."""
    steady = 0.0 if moment.gesture == "hold" else 1.0
    nod = points(0.0, 0.012 * steady * moment.cycle(1.0, 0.2)) + at
    x, y, wide, high, _ = row.head
    for k in range(2 if row.jaws else 0):
        gape = 0.05 + 0.03 * moment.cycle(1.0) * steady
        root = points(x + 0.7 * wide, y + 0.35 * high) + nod
        tip = root + points(row.jaws, (0.5 * row.jaws * (-1 if k else 0.35)) + gape * (1 - 2 * k))
        drawing.form(horn(root, tip, 0.035, 0.2 * (2 * k - 1)), paint.dark, line=0.8, shade=0.2)
    for k in range(2):
        sway = 0.04 * moment.cycle(0.5, 0.3 * k)
        root = points(x + 0.4 * wide, y - 0.7 * high) + nod
        elbow = root + points(0.22 + 0.2 * k, -0.7) * row.feelers
        tip = elbow + points(0.62, -0.1 - 0.3 * k) * row.feelers + points(0.0, sway)
        drawing.stroke(smooth([root, elbow, tip]), 1.1, paint.ink, wobble=0.2, taper=(0.05, 0.4))
    colour = paint.dark if row.dark_head else paint.second
    drawing.form(_ellipse(row.head) + nod, colour, line=1.0, shade=0.6)
    ex, ey = (points(x + 0.35 * wide, y - 0.2 * high) + nod).tolist()
    eye(drawing, paint, moment, ex, ey, row.eye, colour, 0.2)


def _legs(
    drawing: Drawing, paint: Paint, row: Bug, moment: Moment, at: Array, *, far: bool
) -> None:
    """Thin bent legs; of each side the first and the last step with the middle one of the other."""
    for k, (root, rest) in enumerate(zip(row.roots, row.feet, strict=True)):
        dx, dy = tread(moment, 0.5 * ((k + far) % 2), STRIDE, 0.08)
        hip = points(root + 0.04 * far, -0.3) + at
        foot = points(rest + 0.08 * far + dx, dy)
        span = abs(rest - root) + STRIDE + 0.06
        way = float(np.sqrt(span * span + 0.09)) * row.knee
        knee, foot = two_bones(hip, foot, 0.5 * way, 0.52 * way, -1.0 if rest >= root else 1.0)
        leg = Tube(np.stack([hip, knee, foot]), [0.035, 0.03, 0.02, 0.012], 14)
        drawing.form(leg.outline(), paint.shadow if far else paint.dark, line=0.7, shade=0.2)


def _jumper(drawing: Drawing, paint: Paint, row: Bug, moment: Moment, at: Array) -> None:
    """The great hind leg: a drumstick that stands up, and a thin shin; stretched in the leap."""
    dx, dy = tread(moment, 0.0, STRIDE, 0.05)
    hip = points(0.08, -0.3) + at
    foot = points(-0.3 + dx, dy)
    knee, foot = two_bones(hip, foot, row.hop, row.hop, 1.0)
    thigh = Tube([hip, (hip + knee) / 2, knee], [0.075, 0.11, 0.06, 0.03], 14)
    shin = Tube([knee, foot], [0.03, 0.02], 8)
    toes = points((-0.06, -0.03), (0.1, 0.0), (-0.06, 0.0)) + foot
    drawing.form(shin.outline(), paint.shadow, line=0.8, shade=0.3)
    drawing.form(toes, paint.shadow, line=0.7, shade=0.2)
    drawing.form(thigh.outline(), paint.colour, line=1.0, shade=0.7)
    for k in range(5):
        rib = thigh.at((0.2 + 0.12 * k, 0.25 + 0.12 * k), (-0.6, 0.5))
        drawing.stroke(rib, 0.5, paint.ink, wobble=0.2)


def _arms(drawing: Drawing, paint: Paint, moment: Moment, at: Array) -> None:
    """A mantis's folded fore legs, toothed; they open a little, as in prayer."""
    reach = 0.05 * moment.cycle(0.5) * (0.0 if moment.gesture == "hold" else 1.0)
    for far in (True, False):
        root = points(0.22 + 0.06 * far, -0.72) + at
        elbow = root + points(0.3, 0.12 - 0.06 * far)
        hand = elbow + points(0.02 + reach, -0.3)
        colour = paint.shadow if far else paint.second
        upper = Tube([root, (root + elbow) / 2 + points(0, 0.02), elbow], [0.035, 0.06, 0.05], 10)
        drawing.form(upper.outline(), colour, line=0.9, shade=0.4)
        drawing.form(horn(elbow + points(0.0, 0.03), hand, 0.05, 0.08), colour, line=0.9, shade=0.4)


def _register(name: str, forms: dict[str, Bug], at: tuple[float, float], **own: Any) -> None:
    row = next(iter(forms.values()))
    x, y, wide, high, turn = row.head
    mouth = (x + 0.7 * wide + 0.6 * row.jaws, y + 0.35 * high)
    if not row.jaws:
        mouth = (x + wide * cos(turn), y + wide * sin(turn))
    register(
        Kind(
            name,
            partial(build, forms),
            at=at,
            width=1.25,
            top=(-0.1, -0.6),
            shadow=0.45,
            gait=travel(STRIDE),
            motion="walk",
            forms=tuple(forms) if len(forms) > 1 else (),
            postures=("sleep",),
            grip=(-0.1, -0.4),
            **{"home": "garden", "holds": {"stand": mouth}, **own},
        )
    )


_register("ant", {"": ANT}, (1.49, 0.93), height=0.28, hue="black", metres=0.01)
_register("beetle", {"beetle": BEETLE, "stag": STAG}, (1.55, 0.93), height=0.3, metres=0.02)
_register("ladybird", {"": LADYBIRD}, (1.61, 0.93), height=0.28, hue="red", metres=0.01)
_register(
    "grasshopper",
    {"": GRASSHOPPER},
    (1.67, 0.93),
    height=0.34,
    home="meadow",
    hue="green",
    metres=0.04,
)
_register(
    "mantis",
    {"": MANTIS},
    (1.73, 0.93),
    height=0.46,
    hue="green",
    metres=0.06,
    holds={"stand": (0.54, -0.88)},
)
