"""How four-legged animals walk: gaits, and the two legs of which all of them are made. Knows no bodies.

A hind leg is thigh, shank and a foot whose heel (the hock) is off the ground; a fore leg hangs from a shoulder that
slides along the ribs. Paws are forms of their own that rest on the ground as long as they stand.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.kinds.limbs import step, two_bones
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, cos, sin


@dataclass(frozen=True, slots=True)
class Gait:
    """How four feet take turns.

    stance: share of the cycle a foot stands. stride: half a step; lift: height of the foot; bounce: how far the body
    rises and falls, twice a cycle (all in heights). hind, fore, far_hind, far_fore: when each foot steps, in cycles.
    """

    stride: float
    stance: float = 0.6
    lift: float = 0.07
    bounce: float = 0.012
    hind: float = 0.0
    fore: float = 0.75
    far_hind: float = 0.5
    far_fore: float = 0.25

    @property
    def travel(self) -> float:
        """What a body advances in a cycle so that no standing foot slides, in heights."""
        return 2 * self.stride / self.stance


def walk(stride: float, lift: float = 0.07, bounce: float = 0.012) -> Gait:
    """Four beats: each fore foot steps a quarter after the hind foot of its side."""
    return Gait(stride, 0.6, lift, bounce)


def trot(stride: float, lift: float = 0.07, bounce: float = 0.02) -> Gait:
    """Two beats: feet step in diagonal pairs, and there is a spring in it. Dogs and foxes get about like this."""
    return Gait(stride, 0.5, lift, bounce, fore=0.5, far_fore=0.0)


@dataclass(frozen=True, slots=True)
class Leg:
    """upper, lower: lengths of the two bones; foot: height of the hock or wrist over the ground, in heights.

    thigh, shank, ankle: half widths where it leaves the body, at the knee, above the paw. paw: half the paw's length.
    hoof: it ends in a hoof, which is upright and does not bend. rest: how far the foot stands before its hip.
    """

    upper: float
    lower: float
    foot: float
    thigh: float
    shank: float
    ankle: float
    paw: float = 0.045
    hoof: bool = False
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Limb:
    """A drawn leg: its contour, and its paw or hoof, which covers the leg's end."""

    contour: Array
    paw: Array


def walks(moment: Moment) -> bool:
    """Whether the feet are to be moved."""
    return moment.act in ("walk", "dance")


def bob(gait: Gait, moment: Moment) -> float:
    """How far the body is below its mean height (y down): a walk rolls, a trot springs, standing breathes."""
    if walks(moment):
        return gait.bounce * cos(TAU * (2 * moment.turn(1.0) - 0.1))
    return 0.006 * moment.cycle(0.5)


def _foot(gait: Gait, leg: Leg, moment: Moment, hip: Array, late: float) -> tuple[float, Array]:
    """How far the foot has swung from its place of rest, and where on the ground it is."""
    dx, dy = 0.0, 0.0
    if walks(moment):
        dx, dy = step(moment.turn(1.0) + late, gait.stride * moment.stride, gait.lift, gait.stance)
    return dx, points(hip[0] + leg.rest + dx, dy)


def hind_leg(gait: Gait, leg: Leg, moment: Moment, hip: Array, late: float) -> Limb:
    """The knee points forward, the hock back; a lifted foot hangs behind its hock."""
    dx, ground = _foot(gait, leg, moment, hip, late)
    trail = -float(ground[1]) * 0.7
    hock = ground + points(trail - 0.03 - 0.3 * dx, -leg.foot)
    knee, reached = two_bones(hip + points(0.1 * dx, 0.0), hock, leg.upper, leg.lower, -1)
    ground = ground + (reached - hock)
    spine = [hip, knee, reached, ground - points(0.0, leg.ankle)]
    radii = [leg.thigh, leg.thigh * 0.72, leg.shank, leg.ankle * 0.9, leg.ankle]
    return _limb(leg, spine, radii, ground, trail)


def fore_leg(gait: Gait, leg: Leg, moment: Moment, hip: Array, late: float) -> Limb:
    """The elbow points back, close to the ribs; below it the leg is straight, and a lifted paw hangs from its wrist."""
    dx, ground = _foot(gait, leg, moment, hip, late)
    trail = -float(ground[1]) * 0.6
    wrist = ground + points(trail - 0.2 * dx, -leg.foot)
    shoulder = hip + points(0.25 * dx, 0.0)
    elbow, reached = two_bones(shoulder, wrist, leg.upper, leg.lower, 1)
    ground = ground + (reached - wrist)
    spine = [shoulder, elbow, reached, ground - points(0.0, leg.ankle)]
    radii = [leg.thigh, leg.thigh * 0.8, leg.shank, leg.shank * 0.9, leg.ankle]
    return _limb(leg, spine, radii, ground, trail)


def _limb(leg: Leg, spine: list[Array], radii: list[float], ground: Array, trail: float) -> Limb:
    contour = Tube(np.stack(spine), radii, 16).outline()
    form = _foot_form(leg)
    if trail:
        angle = min(trail * 12, 0.9)
        c, s = cos(angle), sin(angle)
        x, y = form[:, 0], form[:, 1]
        form = np.stack([x * c - y * s, x * s + y * c], 1)
    return Limb(contour, form + ground)


@cache
def _foot_form(leg: Leg) -> Array:
    return _hoof(leg) if leg.hoof else paw(leg.paw, leg.ankle * 2.1)


def paw(half: float, high: float) -> Array:
    """A paw on the ground at (0, 0): flat below, round before. half: half its length; high: its height."""
    a, h = half, high
    contour = points(
        (-a * 0.75, -h * 0.5),
        (-a * 0.2, -h),
        (a * 0.7, -h * 0.8),
        (a * 1.3, -h * 0.25),
        (a * 1.1, 0.0),
        (-a * 0.6, 0.0),
    )
    return smooth(contour, True, 3)


def _hoof(leg: Leg) -> Array:
    """A hoof on the ground at (0, 0): a slanted box, longer before than behind."""
    a, h = leg.paw, leg.ankle * 1.9
    return points((-a * 0.8, 0.0), (a, 0.0), (a * 0.62, -h), (-a * 0.55, -h))
