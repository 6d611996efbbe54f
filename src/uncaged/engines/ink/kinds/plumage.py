"""What several birds are made of: beak, folded wing, fanned tail, stick legs, and how a head goes to and fro.

Knows no bird as a whole. Angles are radians, 0 = ahead (to the right), clockwise on the page.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, bezier, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.gaze import asleep
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import blade, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, cos, ease, lerp, over, sin
from uncaged.engines.ink.paint import Paint

SHAFTS = np.linspace(0.4, 0.93, 6)
"""Where the strokes of a folded wing run, along it."""


def beak(
    drawing: Drawing,
    at: Array,
    angle: float,
    length: float,
    depth: float,
    colour: Colour,
    hook: float = 0.0,
    gape: float = 0.0,
) -> None:
    """Two halves that meet in a line. at: middle of its root; depth: half its height there; hook: how far its tip
    bends down; gape: how far the lower half is dropped (radians). Lengths in heights."""
    tip = (length, hook)
    above = bezier((-0.1 * length, -depth), (0.72 * length + hook, -0.95 * depth), tip, 8)
    below = bezier((0.88 * length, hook * 0.3 + 0.1 * depth), (0.5 * length, 0.5 * depth), (0, 0))
    under = bezier((0, 0), (0.4 * length, 1.25 * depth), (0.8 * length, 0.3 * depth), 6)
    lower = np.concatenate([under, points((-0.1 * length, depth))])
    drawing.form(turned(lower, angle + gape, at), colour, line=0.75, shade=0.6)
    upper = np.concatenate([above, below])
    drawing.form(turned(upper, angle, at), colour, line=0.8, shade=0.4)


def folded_wing(
    drawing: Drawing,
    paint: Paint,
    root: Array,
    end: Array,
    width: float,
    colour: Colour,
    sag: float = 0.06,
    tiers: int = 2,
) -> Tube:
    """A wing that lies on the body, from its shoulder to where its feathers end; it carries the pattern.

    width: half of it. sag: how far it hangs below the straight line. tiers: rows of coverts drawn on it.
    """
    middle = lerp(root, end, 0.45) + points(0.0, sag)
    radii = [0.45 * width, width, 0.92 * width, 0.5 * width, 0.0]
    wing = Tube([root, middle, end], radii, 16, cap_end=False)
    drawing.form(
        wing.outline(), colour, fill=paint.fill, body=wing, colour2=paint.pattern, shade=0.8
    )
    for tier in range(tiers):
        row = np.linspace(-0.72, 0.72, 7)
        u = 0.26 + 0.17 * tier - 0.05 * row * row
        drawing.stroke(wing.at(u, row), 0.6, paint.ink, wobble=0.3)
    for k in (-0.45, 0.0, 0.45):
        drawing.stroke(wing.at(SHAFTS + 0.06 * (tiers - 1), k), 0.6, paint.ink, wobble=0.3)
    return wing


def fan(
    drawing: Drawing,
    root: Array,
    middle: float,
    spread: float,
    count: int,
    length: float,
    width: float,
    colours: tuple[Colour, ...],
    droop: float = 0.0,
) -> None:
    """Feathers that spread out from one point, the outer ones first. middle: angle of the fan; spread: half of it."""
    order = sorted(range(count), key=lambda i: -abs(i - (count - 1) / 2))
    for i in order:
        k = 2 * i / (count - 1) - 1 if count > 1 else 0.0
        angle = middle + k * spread
        tip = root + points(cos(angle), sin(angle)) * (length * (1 - 0.1 * abs(k)))
        feather = blade(root, tip + points(0.0, droop), width, 0.08 * k)
        drawing.form(feather, colours[i % len(colours)], line=0.8, shade=0.5)


def stick_leg(
    drawing: Drawing,
    hip: Array,
    foot: Array,
    bone: float,
    colour: Colour,
    width: float = 1.3,
    toes: float = 0.07,
    web: bool = False,
) -> None:
    """A leg that folds backwards (what looks like a knee is its heel), with three toes or a web between them.

    bone: length of each of its two parts. toes: their length.
    """
    knee, foot = two_bones(hip, foot, bone, bone, 1)
    drawing.stroke(
        np.stack([hip, knee, foot]), width, colour, wobble=0.3, taper=(0.05, 0.05), key=None
    )
    if web:
        shape = points((-0.35, -0.25), (0.3, -0.5), (1.15, 0.0), (-0.5, 0.0)) * toes
        drawing.form(foot + shape, colour, line=0.7, shade=0.3)
        return
    for reach in (-0.7, 0.7, 1.1):
        tip = foot + points(reach * toes, 0.015 - abs(reach) * 0.1 * toes)
        line = np.stack([foot - points(0.0, 0.005), tip])
        drawing.stroke(line, width * 0.8, colour, wobble=0)


def peck(moment: Moment) -> float:
    """How far a head is down at its food, 0 … 1: down, two dabs, up again, a look about."""
    if moment.gesture != "eat" or asleep(moment):
        return 0.0
    q = moment.turn(0.5) % 1
    down = ease(over(q, 0.05, 0.28)) * (1 - ease(over(q, 0.72, 0.92)))
    return down * (1 - 0.16 * max(0.0, sin(TAU * (q * 4 + 0.1))))


def thrust(phase: float, travel: float) -> float:
    """How far a walking bird's head is ahead of its mean place, in units of `travel` (what it walks in a cycle).

    Twice a cycle it falls back evenly (it stands still in the world while the body goes on), then is thrown forward.
    """
    q = phase * 2 % 1
    return travel * (0.5 - q / 0.8 if q < 0.8 else -0.5 + (q - 0.8) / 0.2) * 0.4
