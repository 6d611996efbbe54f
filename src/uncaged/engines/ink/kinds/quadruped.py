"""The legs of four-legged animals: standing, folded under a body that lies, a paw held out. Knows no bodies, no gaits.

A hind leg is thigh, shank and a foot whose heel (the hock) is off the ground; a fore leg hangs from a shoulder that
slides along the ribs. Paws are forms of their own that rest on the ground as long as they stand.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, cos, sin


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

    @property
    def length(self) -> float:
        """From hip to ground when it is stretched, in heights."""
        return self.upper + self.lower + self.foot

    def longer(self, needed: float) -> "Leg":
        """This leg, long enough to reach so far down; a shoulder slides along the ribs, so that it often is."""
        k = needed / (self.length * 0.985)
        if k <= 1:
            return self
        return replace(self, upper=self.upper * k, lower=self.lower * k, foot=self.foot * k)


@dataclass(frozen=True, slots=True)
class Limb:
    """A drawn leg: its closed contours, its paw or hoof, which covers the leg's end, and its tube for rings on it.

    raised: it is held out before the body.
    """

    contours: tuple[Array, ...]
    paw: Array
    tube: Tube
    raised: bool = False


GOING = frozenset({"walk", "dance", "run", "hop", "crawl", "swim"})
"""Acts in which feet take steps."""


def walks(moment: Moment) -> bool:
    """Whether the feet are to be moved."""
    return moment.act in GOING


def hind_leg(leg: Leg, hip: Array, ground: Array, dx: float) -> Limb:
    """The knee points forward, the hock back; a lifted foot hangs behind its hock. dx: how far the foot has swung."""
    trail = -float(ground[1]) * 0.7
    hock = ground + points(trail - 0.03 - 0.3 * dx, -leg.foot)
    knee, reached = two_bones(hip + points(0.1 * dx, 0.0), hock, leg.upper, leg.lower, -1)
    ground = ground + (reached - hock)
    spine = [hip, knee, reached, ground - points(0.0, leg.ankle)]
    radii = [leg.thigh, leg.thigh * 0.72, leg.shank, leg.ankle * 0.9, leg.ankle]
    return _limb(leg, spine, radii, ground, min(trail * 12, 0.9))


def fore_leg(leg: Leg, hip: Array, ground: Array, dx: float) -> Limb:
    """The elbow points back, close to the ribs; below it the leg is straight, and a lifted paw hangs from its wrist."""
    trail = -float(ground[1]) * 0.6
    wrist = ground + points(trail - 0.2 * dx, -leg.foot)
    shoulder = hip + points(0.25 * dx, 0.0)
    elbow, reached = two_bones(shoulder, wrist, leg.upper, leg.lower, 1)
    ground = ground + (reached - wrist)
    spine = [shoulder, elbow, reached, ground - points(0.0, leg.ankle)]
    radii = [leg.thigh, leg.thigh * 0.8, leg.shank, leg.shank * 0.9, leg.ankle]
    return _limb(leg, spine, radii, ground, min(trail * 12, 0.9))


def raised_leg(leg: Leg, hip: Array, up: float) -> Limb:
    """A fore leg held out: a dog gives its paw. up: 0 straight ahead … 1 high."""
    elbow = hip + points(0.8, 0.75 - 0.5 * up) * leg.upper
    wrist = elbow + points(0.9, 0.1 - 0.75 * up) * leg.lower
    end = wrist + points(0.8, 0.45 - 0.5 * up) * leg.foot
    spine = [hip, elbow, wrist, end]
    radii = [leg.thigh, leg.thigh * 0.8, leg.shank, leg.shank * 0.9, leg.ankle]
    hangs = 0.35 + 0.9 * (1 - up) if leg.hoof else -0.2 - 0.4 * up
    limb = _limb(leg, spine, radii, end + points(leg.paw * 0.3, leg.ankle * 0.8), hangs)
    return replace(limb, raised=True)


def folded_hind(leg: Leg, hip: Array) -> Limb:
    """Haunch and foot of an animal that sits or lies: the knee forward, the whole foot on the ground before it."""
    hip = points(hip[0], min(float(hip[1]), -1.22 * leg.thigh))
    knee = points(hip[0] + 0.62 * leg.upper, min(0.45 * float(hip[1]), -0.86 * leg.thigh))
    heel = points(hip[0] + 0.2 * leg.upper, -leg.ankle)
    toe = heel + points(max(leg.foot, 0.1), 0.0)
    haunch = Tube(np.stack([hip, knee]), [leg.thigh * 1.25, leg.thigh * 0.85], 12)
    foot = Tube(np.stack([heel, toe]), [leg.ankle * 1.15, leg.ankle], 8)
    at = toe + points(0.3 * leg.paw, leg.ankle)
    return Limb((haunch.outline(), foot.outline()), _foot_form(leg) + at, haunch)


def folded_fore(leg: Leg, hip: Array) -> Limb:
    """A fore leg of an animal that lies: a paw is stretched ahead, a hoof folded back under the chest."""
    if leg.hoof:
        knee = points(hip[0] + 0.75 * leg.upper, -leg.shank * 1.3)
        end = points(knee[0] - 0.5 * leg.lower, -leg.ankle)
        upper = Tube(np.stack([hip, knee]), [leg.thigh, leg.shank], 12)
        shin = Tube(np.stack([knee, end]), [leg.shank, leg.ankle], 10)
        return Limb(
            (upper.outline(), shin.outline()), _turned(_foot_form(leg), PI / 2) + end, upper
        )
    elbow = points(hip[0] - 0.1 * leg.upper, -leg.shank)
    wrist = points(elbow[0] + 0.95 * leg.lower + 0.3 * leg.foot, -leg.ankle)
    upper = Tube(np.stack([hip, elbow]), [leg.thigh, leg.shank * 1.2], 10)
    arm = Tube(np.stack([elbow, wrist]), [leg.shank * 1.1, leg.ankle], 12)
    paw = _foot_form(leg) + wrist + points(leg.paw * 0.5, leg.ankle)
    return Limb((upper.outline(), arm.outline()), paw, arm)


def _limb(leg: Leg, spine: list[Array], radii: list[float], ground: Array, angle: float) -> Limb:
    tube = Tube(np.stack(spine), radii, 16)
    form = _turned(_foot_form(leg), angle) if angle else _foot_form(leg)
    return Limb((tube.outline(),), form + ground, tube)


def _turned(form: Array, angle: float) -> Array:
    c, s = cos(angle), sin(angle)
    x, y = form[:, 0], form[:, 1]
    return np.stack([x * c - y * s, x * s + y * c], 1)


@lru_cache(256)
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
