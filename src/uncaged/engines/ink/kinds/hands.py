"""A large hand that rises from its sleeve: open, a fist, or pointing. Knows no arm and no body.

How it is built: palm and five fingers as one union; a finger is a tube through its joints, from its root at the palm by
a row of `FINGERS`. Folded fingers are short tubes over the palm, the thumb lies across them. Somebody's lot may put an
eye into the palm.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lighter, mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import lids
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.person_rig import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FINGERS = (
    (-0.118, -0.52, 0.31, -0.14, 0.046),
    (-0.036, -0.555, 0.37, -0.03, 0.048),
    (0.048, -0.55, 0.335, 0.08, 0.046),
    (0.126, -0.5, 0.255, 0.24, 0.04),
)
"""Root (x, y), length, angle from straight up (radians), radius: from the index to the little finger."""
THUMB = (-0.13, -0.3, 0.3, -0.82, 0.055)
PALM = smooth(
    [
        (-0.11, -0.12), (-0.155, -0.24), (-0.17, -0.42), (-0.158, -0.55), (-0.05, -0.59),
        (0.06, -0.59), (0.16, -0.54), (0.178, -0.42), (0.155, -0.26), (0.11, -0.12),
    ],
    True,
    4,
)  # fmt: skip
WRIST = points(0.0, -0.12)
HELD = (0.0, -0.6)
"""Where a hand that holds something holds it."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What the lot decided. skin, shadow: its colours. splay: how far the fingers are apart. eye: there is one."""

    paint: Paint
    form: str
    skin: Colour
    shadow: Colour
    splay: float
    eye: bool
    nails: bool


def plain(p: Palette) -> Colour:
    """The colour that stands for none: a hand that nobody coloured has somebody's skin."""
    return p.low


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A hand; `form` is open, fist or pointing, or "" for an open one."""
    own = paint.colour != plain(paint.palette)
    skin = paint.colour if own else paint.skin
    shadow = paint.shadow if own else paint.skin_shadow
    form = form if form in ("fist", "pointing") else "open"
    eye = stream.chance(0.14) and form == "open"
    splay = stream.uniform(0.85, 1.25)
    return partial(_draw, Hand(paint, form, skin, shadow, splay, eye, stream.chance(0.5)))


def _draw(hand: Hand, d: Drawing, m: Moment) -> None:
    paint = hand.paint
    sway = 0.03 * m.cycle(0.5)
    if m.gesture in ("wave", "give") or m.act in ("dance", "walk", "fly"):
        sway = 0.2 * m.cycle(1.0)
    form = "fist" if m.gesture in ("hold", "carry") else hand.form
    if m.gesture == "point":
        form = "pointing"
    if form == "open":
        _open(hand, d, m, sway)
    else:
        _closed(hand, d, m, 0.4 * sway, form == "pointing")
    cuff = points((-0.15, -0.15), (0.0, -0.175), (0.15, -0.15), (0.17, 0.0), (-0.17, 0.0))
    sleeve = Tube(points((0.0, -0.16), (0.0, 0.0)), [0.15, 0.17], 8)
    d.form(
        cuff, paint.second, fill=paint.fill, body=sleeve, colour2=paint.pattern, shade=0.8,
        key="sleeve",
    )  # fmt: skip
    d.stroke(points((-0.145, -0.11), (0.0, -0.13), (0.145, -0.11)), 0.8, key="hem")


def _finger(row: tuple[float, ...], bend: float, turn: float) -> Tube:
    """A tube through three joints that bends sideways as it goes."""
    x, y, length, angle, radius = row
    a = angle + turn
    spine = [points(x, y) - points(sin(a), -cos(a)) * 0.06]
    for k in range(3):
        step = length * (0.42, 0.32, 0.26)[k] + (0.06 if k == 0 else 0.0)
        spine.append(spine[-1] + points(sin(a), -cos(a)) * step)
        a += bend
    return Tube(np.stack(spine), [radius * 1.05, radius, radius * 0.98, radius * 0.7], 16)


def _open(hand: Hand, d: Drawing, m: Moment, sway: float) -> None:
    """Fingers breathe one after the other."""
    tubes = [
        _finger(row, 0.05 * m.cycle(0.5, 0.12 * k), (hand.splay - 1) * row[3] * 2 + sway * 0.3)
        for k, row in enumerate(FINGERS)
    ]
    tubes.append(_finger(THUMB, 0.16 + 0.06 * m.cycle(0.5, 0.55), sway * 0.3))
    forms = [_about(form, sway) for form in (PALM, *(t.outline() for t in tubes))]
    d.union(forms, hand.skin, line=1.0, shade=0.6, key="hand")
    for k, tube in enumerate(tubes[:4]):
        for u in (0.4, 0.68):
            joint = _about(tube.at((u, u), (-0.45, 0.5)), sway)
            d.stroke(joint, 0.5, wobble=0.3, key=f"joint{k}{u}")
    lines = (
        ((0.15, -0.47), (0.04, -0.41), (-0.06, -0.46), (-0.1, -0.53)),
        ((0.14, -0.38), (0.02, -0.37), (-0.08, -0.42), (-0.15, -0.46)),
        ((-0.14, -0.4), (-0.05, -0.37), (-0.02, -0.27), (-0.03, -0.16)),
    )
    for k, line in enumerate(lines):
        d.stroke(_about(smooth(line), sway), 0.7, wobble=0.5, key=f"line{k}")
    if hand.eye:
        _eye(hand, d, m, sway)


def _about(form: Array, sway: float) -> Array:
    return turned(form, sway, WRIST)


def _eye(hand: Hand, d: Drawing, m: Moment, sway: float) -> None:
    """It looks out of the palm, and blinks."""
    lid = lids(m)
    upper = smooth(
        [(-0.1, -0.36), (-0.04, -0.36 - 0.06 * lid), (0.05, -0.36 - 0.058 * lid), (0.11, -0.36)]
    )
    lower = smooth([(0.11, -0.36), (0.0, -0.3), (-0.1, -0.36)])
    white = _about(np.concatenate([upper, lower[1:-1]]), sway)
    d.form(white, hand.paint.white, line=1.0, shade=0.2, key="eye")
    if lid > 0.4:
        x, y = _about(points((0.005 + 0.02 * m.cycle(0.25), -0.355)), sway)[0]
        d.clip(white)
        d.dot(x, y, 0.038, hand.paint.accent)
        d.dot(x, y, 0.019, pupil(hand.paint))
        d.unclip()


def _closed(hand: Hand, d: Drawing, m: Moment, sway: float, pointing: bool) -> None:
    """Four fingers folded over the palm, the thumb across them; the index may stand up."""
    tight = 0.008 * m.cycle(1.0)
    block = smooth(
        [
            (-0.1, -0.12), (-0.16, -0.24), (-0.185, -0.44), (-0.16, -0.6), (0.0, -0.63),
            (0.15, -0.6), (0.185, -0.44), (0.16, -0.26), (0.1, -0.12),
        ],
        True,
        4,
    )  # fmt: skip
    forms = [_about(block, sway)]
    if pointing:
        index = _finger((-0.115, -0.52, 0.4, -0.03, 0.05), 0.02 * m.cycle(0.5), 0.0)
        forms.append(_about(index.outline(), sway))
    d.union(forms, hand.skin, line=1.0, shade=0.6, key="hand")
    for k, x in enumerate((-0.118, -0.04, 0.04, 0.115)):
        if pointing and k == 0:
            continue
        low = -0.4 + 0.02 * abs(k - 1) + tight
        knuckle = Tube(points((x, -0.6 + 0.015 * abs(k - 1.5)), (x * 0.96, low)), [0.046, 0.042], 8)
        d.form(_about(knuckle.outline(), sway), hand.skin, line=0.85, shade=0.5, key=f"finger{k}")
    spine = points((-0.16, -0.24), (-0.15, -0.37), (-0.05, -0.405), (0.07, -0.385 + tight))
    thumb = Tube(spine, [0.06, 0.056, 0.05, 0.04], 16)
    d.form(_about(thumb.outline(), sway), hand.skin, line=0.95, shade=0.6, key="thumb")
    if hand.nails:
        x, y = _about(points((0.075, -0.39 + tight)), sway)[0]
        nail = circle(float(x), float(y), 0.026, 0.022, 10)
        pale = mix(lighter(hand.skin, 0.06), hand.paint.white, 0.35)
        d.form(nail, pale, line=0.5, shade=0, key="nail")


register(
    Kind(
        "hand",
        build,
        at=(0.05, -0.15),
        height=0.62,
        home="paper",
        width=0.5,
        top=(0.0, -0.9),
        shadow=0.2,
        forms=("open", "fist", "pointing"),
        colour=plain,
        metres=0.25,
        holds={"stand": HELD},
        grip=(0.0, -0.1),
        traits=("part",),
    )
)
