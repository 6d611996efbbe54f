"""What tells one four-legged head from another: ears, horns, trunk, snout, whiskers, eyes. Rows pick from these.

A part is a function that draws one thing on a posed animal; coats and marks of the body are in `beast_coats`. Knows no
names of animals.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, lightness
from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.beast import Part, Posed, muzzle_tip
from uncaged.engines.ink.kinds.eyes import bead_eye, pupil, round_eye
from uncaged.engines.ink.numbers import Array, clamp
from uncaged.engines.ink.paint import Paint

ROOT = points(0.0, 0.0)
MOUTH = np.linspace(0.72, 0.98, 5)
CORNER = np.linspace(1, 0, 5) * np.linspace(1, 0, 5)
SNOUT_U = points(0.66, 0.8, 1.0, 1.0, 0.86, 0.66)
SNOUT_V = points(-0.1, 0.25, 0.5, -0.85, -1.0, -0.95)
"""The pale muzzle of a big cat or a bear, in the coordinates of its head."""
RING = np.linspace(-0.7, 0.5, 4)
PRICKED = points((-0.06, 0.045), (-0.045, -0.05), (-0.012, -0.14), (0.04, -0.03), (0.06, 0.045))
"""A pricked ear about its root."""
ROUND = circle(0.0, -0.03, 0.055, 0.06, 14)
LOBE = leaf((0.0, 0.0), (-0.125, -0.06), 0.034, -0.1).outline()
FLAP = leaf((0.0, 0.0), (-0.07, 0.16), 0.05, -0.1).outline()
FAN = points(
    (-0.08, -0.03), (-0.24, -0.04), (-0.32, 0.17), (-0.2, 0.37), (-0.06, 0.29), (-0.02, 0.11)
)
"""An elephant's ear, from the top of its skull."""


# ------------------------------------------------------------------------------------------------------------- ears


def _pair(shape: Array, apart: float, scale: float = 1.0, down: float = 0.0) -> Part:
    """Two ears of a shape, the far one ahead and in shadow."""
    shape = shape * scale

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        for k, colour in enumerate((paint.shadow, paint.colour)):
            root = points(apart * (1 - k), down)
            drawing.form(at.ear(shape, root, 0.1 * k), colour, line=0.85, shade=0.3)

    return draw


def _single(shape: Array, root: Array) -> Part:
    """One ear of the second colour, before the head."""

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        drawing.form(at.ear(shape, root), paint.second, line=0.85, shade=0.5)

    return draw


pricked_ears = _pair(PRICKED, 0.07)
TUFTED = points((-0.045, 0.04), (-0.05, -0.06), (-0.045, -0.16), (-0.02, -0.09), (0.035, 0.03))
tufted_ears = _pair(TUFTED, 0.07)
flap_ear = _single(FLAP, points(-0.02, 0.012))
floppy_ear = _single(leaf((0.0, -0.02), (0.1, 0.1), 0.06, -0.15).outline(), points(-0.02, 0.0))
leaf_ear = _single(LOBE, points(-0.03, 0.02))


def ears(shape: str, scale: float, apart: float = 0.07, down: float = 0.0) -> Part:
    """A pair of pricked, round or leaf-like ears of another size."""
    return _pair({"pricked": PRICKED, "round": ROUND, "leaf": LOBE}[shape], apart, scale, down)


def ear(x: float, y: float, scale: float) -> Part:
    """One leaf-like ear of another size, so far from the top of the skull."""
    return _single(LOBE * scale, points(x, y))


# ------------------------------------------------------------------------------------------------------------ horns


BEAM = smooth(points((0.0, 0.01), (-0.06, -0.09), (-0.08, -0.21), (-0.01, -0.33)))
TINES = ((4, 0.09, -0.05), (8, 0.08, -0.08), (13, 0.07, -0.07), (11, -0.08, -0.06))
"""Where a tine leaves the beam, and its way."""


def antlers(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """Two beams that swing back and forward again, with four tines each, in the accent; the far one first."""
    for k in (1, 0):
        beam = BEAM + points(0.05 * k, -0.005)
        width = 1.5 - 0.3 * k
        drawing.stroke(at.on_head(beam), width, paint.accent, taper=(0.02, 0.3), wobble=0.3)
        for i, x, y in TINES[: 4 - k]:
            tine = at.on_head(np.stack([beam[i], beam[i] + points(x, y)]))
            drawing.stroke(tine, width, paint.accent, taper=(0.02, 0.4), wobble=0.2)


def horns(*way: tuple[float, float], width: float = 0.022, apart: float = 0.05) -> Part:
    """Two horns that grow from the skull along these points, pale, the far one first."""
    line = smooth(points((0.0, 0.015), *way))

    def draw(drawing: Drawing, paint: Paint, at: Posed) -> None:
        for k, colour in ((1, paint.second), (0, paint.pale)):
            spine = at.on_head(line + points(apart * k, 0.0))
            horn = Tube(spine, [width, width * 0.8, width * 0.45, 0.0], 14, curved=False)
            drawing.form(horn.outline(), colour, line=0.8, shade=0.4)

    return draw


# ------------------------------------------------------------------------------------------------------------ faces


def skin(paint: Paint) -> Colour:
    """The colour of a form that lies over the coat and is one with it."""
    return paint.white if paint.fill == "outlined" else paint.colour


def smile(drawing: Drawing, paint: Paint, at: Posed, v: float, width: float = 0.7) -> None:
    """The line of the mouth; its corner goes up with joy and down with sorrow."""
    edge = v + 0.35 * clamp(at.moment.joy, -1.5, 1.5) * CORNER
    drawing.stroke(at.head.at(MOUTH, edge), width, paint.ink, wobble=0.2)


def muzzle(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A nose at the end of the head, and the line of the mouth; a tongue where it is glad."""
    nose = muzzle_tip(at)
    if at.moment.joy > 0.5 and not at.asleep:
        root = at.head.at(0.86, -0.75)
        tongue = leaf(root, root + points(0.01 + 0.01 * at.moment.cycle(2.0), 0.1), 0.026)
        drawing.form(tongue.outline(), paint.lip, line=0.6, shade=0.2)
    drawing.dot(nose[0], nose[1], max(0.014, 0.4 * float(at.head.r[-1])), pupil(paint))
    smile(drawing, paint, at, -0.5)


def lips(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A nostril and a mouth, as grass eaters have them."""
    nostril = at.head.at(0.95, 0.15)
    drawing.dot(nostril[0], nostril[1], 0.01, pupil(paint))
    smile(drawing, paint, at, -0.45, 0.6)


def whiskers(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A nose, a mouth and two whiskers."""
    root, nose = at.head.p[-1], muzzle_tip(at)
    ahead, across = at.head.tangent[-1], at.head.normal[-1]
    drawing.dot(nose[0], nose[1], 0.018, pupil(paint))
    smile(drawing, paint, at, -0.55, 0.6)
    for k in (-0.06, 0.06):
        tip = root + ahead * 0.16 + across * k
        drawing.stroke(np.stack([root, tip]), 0.45, paint.ink, wobble=0.4)


def big_cat(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A pale muzzle with a broad nose and dots where the whiskers grow; a glad one shows that it has teeth."""
    tip, nose = at.head.p[-1], muzzle_tip(at)
    r = float(at.head.r[-1])
    ahead, up = at.head.tangent[-1], at.head.normal[-1]
    jowl = at.head.at(SNOUT_U, SNOUT_V)
    drawing.form(jowl, paint.pale, line=0.5, shade=0.2)
    form = np.stack(
        [nose + up * 0.6 * r - ahead * 0.5 * r, nose + up * 0.7 * r, nose + ahead * 0.3 * r]
    )
    drawing.form(smooth(form, True, 3), pupil(paint), line=0.4, shade=0)
    smile(drawing, paint, at, -0.35, 0.7)
    for k in (-0.1, 0.15):
        spot = tip - ahead * 0.5 * r - up * r * k
        drawing.dot(spot[0], spot[1], 0.006, pupil(paint))


def tusk_and_ear(drawing: Drawing, paint: Paint, at: Posed) -> None:
    """A trunk with rings, a tusk, and a fan of an ear."""
    tube = trunk_of(at)
    root = at.head.p[-1]
    drawing.form(tube.outline(), paint.colour, line=0.9, shade=0.7)
    for k in range(6):
        drawing.stroke(tube.at(0.2 + 0.12 * k, RING), 0.5, paint.ink, wobble=0.3)
    end = root + points(0.16, 0.2)
    end[1] = min(float(end[1]), -0.04)
    tusk = leaf(root + points(-0.03, 0.06), end, 0.028, -0.2)
    drawing.form(tusk.outline(), paint.pale, line=0.7, shade=0.2)
    flap = FAN * points(1 + 0.18 * at.moment.cycle(0.5, 0.1) + 0.3 * max(at.ears, -0.3), 1.0)
    fan = smooth(at.on_head(flap), True, 5)
    fan[:, 1] = np.minimum(fan[:, 1], 0.0)
    drawing.form(fan, paint.shadow, line=0.9, shade=0.9)


UP = points((-0.02, -0.06), (0.12, 0.1), (0.28, 0.02), (0.3, -0.2))
AHEAD = points((-0.02, -0.06), (0.1, 0.14), (0.24, 0.26), (0.38, 0.16))
DOWN = points((-0.02, -0.06), (0.07, 0.1), (0.08, 0.28), (0.17, 0.38))


def trunk_of(at: Posed) -> Tube:
    """An elephant's trunk: it hangs and swings, holds something before it, or is thrown up."""
    gesture = at.moment.gesture
    if gesture in ("hold", "give", "touch", "point", "carry", "throw", "work", "play", "hug"):
        way = AHEAD
    elif gesture in ("wave", "cheer", "look"):
        way = UP
    else:
        way = DOWN
    swing = 0.05 * at.moment.cycle(0.5, 0.2) * (0.05 if gesture == "hold" else 1.0)
    spine = way + points((0.0, 0.0), (0.0, 0.0), (swing, 0.0), (2 * swing, 0.0))
    if gesture == "eat":
        spine[3] = spine[2] + points(-0.03 + swing, 0.13 + 0.03 * at.moment.cycle(1.0))
    spine = at.head.p[-1] + spine
    spine[:, 1] = np.minimum(spine[:, 1], -0.045)
    return Tube(smooth(spine), [0.095, 0.075, 0.055, 0.04], 22)


def trunk_tip(at: Posed) -> Array:
    """Where a trunk holds something."""
    tube = trunk_of(at)
    return tube.p[-1] + tube.tangent[-1] * tube.r[-1] * 0.6


# ------------------------------------------------------------------------------------------------------------- eyes

BLINKS, SHUT = 0.4, 0.07
"""How often a second an eye shuts, and for which share of that time."""


def eye(drawing: Drawing, paint: Paint, at: Posed, place: tuple[float, float], lid: Colour) -> None:
    """A bead, wide open when startled, half shut when sleepy, a line when asleep; a brow when it is sad.

    place: along the head, and its radius. lid: the colour of the skin about it.
    """
    along, radius = place
    middle = at.head.at(along, 0.3)
    ahead, up = at.head.direction(along), at.head.normal[int(along * 15)]
    x, y = float(middle[0]), float(middle[1])
    if at.asleep:
        side = ahead * 1.6 * radius
        line = bezier(middle - side, middle - up * 1.6 * radius, middle + side, 6)
        ink = paint.white if lightness(lid) < 0.42 else pupil(paint)
        drawing.stroke(line, 0.8, ink, wobble=0.2)
        return
    stir = clamp(at.moment.stir, -1.0, 1.5)
    open_ = 0.0 if (at.moment.turn(BLINKS) + along) % 1 < SHUT else 1.0
    side = ahead * 1.3 * radius
    if lightness(lid) < 0.42:
        round_eye(drawing, paint, x, y, open_ * radius * (1 + 0.3 * max(stir, 0.0)), 0.004)
    elif stir > 0.3:
        round_eye(drawing, paint, x, y, open_ * radius * (1.3 + 0.3 * stir), 0.25 * radius)
    else:
        bead_eye(drawing, paint, x, y, open_ * radius)
    lash = bezier(middle - side, middle - up * 1.2 * radius, middle + side, 5)
    drawing.line(lash, 0.5 * radius, pupil(paint), 0 if open_ else 255)
    if stir < -0.2:
        upper = middle + up * radius * (2.0 + stir)
        drawing.flat(circle(upper[0], upper[1], radius * 1.5, radius * 1.15, 12), lid)
    if at.moment.joy < -0.3:
        brow = np.stack([middle - ahead * 2.2 * radius, middle + ahead * 1.6 * radius])
        lift = np.stack([up * 1.5 * radius, up * 2.9 * radius])
        drawing.stroke(brow + lift, 0.7, paint.ink, wobble=0.2)
