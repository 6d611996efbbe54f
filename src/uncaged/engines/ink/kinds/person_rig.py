"""A body as joints: what postures and gaits hand to those who dress and draw it. Knows no clothes and no moment."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.curves import Point, points
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.numbers import Array, cos, sin

NOWHERE = 9.0
"""A floor that nothing reaches."""


@dataclass(frozen=True, slots=True)
class Leg:
    """hip, knee, ankle (3, 2). foot: radians by which the foot is turned, 0 = sole on the ground, heel up positive."""

    joints: Array
    foot: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """shoulder, elbow, wrist (3, 2). along: unit vector of the hand. hand: a form of `mitten`."""

    joints: Array
    along: Array
    hand: str = "open"


@dataclass(frozen=True, slots=True)
class Rig:
    """A body at a moment, facing right, in heights.

    name: the posture and its variant, or the gait: what arms do by themselves goes by it. lean: radians of the trunk
    from upright, forward positive. tilt: of the head, radians. phase: cycles gone so far. pace: 0 stands, 1 walks,
    2 runs: how much what hangs stays behind. folded: thighs lie across the trunk, so that a skirt lies on them.
    over: the legs are seen before the trunk. floor: the y that cloth does not hang below. view: "" or the side of the
    head that must be seen. breath: −1 … 1.
    """

    name: str
    hip: Array
    shoulder: Array
    head: Array
    lean: float
    tilt: float
    near: Leg
    far: Leg
    phase: float = 0.0
    pace: float = 0.0
    folded: bool = False
    over: bool = False
    floor: float = NOWHERE
    view: str = ""
    breath: float = 0.0

    @property
    def up(self) -> Array:
        """Unit vector from the hip to the shoulder."""
        return _axes(self.lean)[0]

    @property
    def forward(self) -> Array:
        """Unit vector from the back to the chest."""
        return _axes(self.lean)[1]

    def at(self, *pairs: Point) -> Array:
        """(forward, up) from the hip → the figure's frame."""
        p = points(*pairs)
        up, forward = _axes(self.lean)
        return self.hip + p[:, :1] * forward + p[:, 1:] * up

    def moved(self, by: Array) -> "Rig":
        """The same body elsewhere."""
        return replace(
            self,
            hip=self.hip + by,
            shoulder=self.shoulder + by,
            head=self.head + by,
            near=Leg(self.near.joints + by, self.near.foot),
            far=Leg(self.far.joints + by, self.far.foot),
        )

    def bent(self, lean: float, nod: float) -> "Rig":
        """Trunk and head turned about the hip by `lean`, the head by `nod` besides."""
        return replace(
            self,
            shoulder=turned(self.shoulder, lean, self.hip),
            head=turned(self.head, lean, self.hip),
            lean=self.lean + lean,
            tilt=self.tilt + nod,
        )

    def shoulder_of(self, far: bool) -> Array:
        """The joint of an arm."""
        return self.shoulder + self.forward * (0.022 if far else -0.012) - self.up * 0.03


@lru_cache(256)
def _axes(lean: float) -> tuple[Array, Array]:
    """Up and forward of a trunk that leans so. Shared, so read only."""
    c, s = cos(lean), sin(lean)
    up, forward = points(s, -c), points(c, s)
    up.flags.writeable = forward.flags.writeable = False
    return up, forward


def turned(form: Array, angle: float, about: Array) -> Array:
    """Points turned by `angle` about a point (positive: what looks right looks down)."""
    c, s = cos(angle), sin(angle)
    p = form - about
    out = np.empty_like(p)
    out[..., 0] = p[..., 0] * c - p[..., 1] * s
    out[..., 1] = p[..., 0] * s + p[..., 1] * c
    out += about
    return out


def spine(body: Stature, hip: Array, lean: float, neck: float | None = None) -> tuple[Array, Array]:
    """Shoulder and head over a hip. neck: the angle of the neck where it is not half that of the back."""
    shoulder = hip + points(sin(lean), -cos(lean)) * body.trunk
    bend = lean * 0.5 + body.stoop * 0.6 if neck is None else neck
    return shoulder, shoulder + points(sin(bend) * body.neck + 0.014, -cos(bend) * body.neck)


def leg(body: Stature, hip: Array, ankle: Array, foot: float = 0.0, bend: float = -1) -> Leg:
    """A leg whose ankle is where it is asked, as far as it reaches."""
    knee, end = two_bones(hip, ankle, body.thigh, body.shin, bend)
    return Leg(np.stack([hip, knee, end]), foot)


def reach(
    body: Stature, shoulder: Array, wrist: Array, along: Array | None, hand: str, bend: float = 1
) -> Arm:
    """An arm whose wrist is where it is asked, as far as it reaches. along: None = as the forearm lies."""
    elbow, end = two_bones(shoulder, wrist, body.upper, body.fore, bend)
    if along is None:
        along = (end - elbow) / body.fore
    return Arm(np.stack([shoulder, elbow, end]), along, hand)


def swung(body: Stature, shoulder: Array, upper: float, fore: float, hand: str = "open") -> Arm:
    """An arm by its angles, radians from straight down, forward positive."""
    elbow = shoulder + points(sin(upper), cos(upper)) * body.upper
    along = points(sin(fore), cos(fore))
    return Arm(np.stack([shoulder, elbow, elbow + along * body.fore]), along, hand)


def way(angle: float) -> Array:
    """The unit vector at an angle from straight down, forward positive."""
    return points(sin(angle), cos(angle))
