"""Where hands can be: what every gesture of people is made of. Knows joints, no gestures and no clothes.

A wrist goes to a place counted from the shoulder in lengths of the arm (x forward, y up) or from the head in its radii,
and two bones follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.person_resting import REST
from uncaged.engines.ink.kinds.person_rig import Arm, Rig, reach, swung, turned
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, ease, over

HOLDS: Final[Mapping[str, tuple[float, float]]] = {
    "stand": (0.165, -0.56),
    "sit": (0.115, -0.235),
    "perch": (0.105, -0.215),
    "lie": (0.075, -0.235),
    "kneel": (0.165, -0.37),
    "carry": (0.03, -0.98),
}
"""Where the near fist is that holds something, by posture; and where something stands that is carried: on the head."""

BOUND: Final = frozenset({"crawl", "swim", "fly", "sleep"})
"""Gaits and postures that need their arms for themselves."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What arms do. over: the far arm is seen before the face. thing: what the hands have, where they bring it along.

    beat: 0 … 1, how far the deed is.
    """

    near: Arm
    far: Arm
    over: bool = False
    thing: str = ""
    beat: float = 0.0


@dataclass(frozen=True, slots=True)
class Given:
    """What a gesture works with. habit: a number by lot that chooses between ways to do the same."""

    body: Stature
    rig: Rig
    m: Moment
    idle: tuple[float, float, float, float]
    habit: int

    @property
    def axes(self) -> tuple[Array, Array]:
        """Forward and up: the frame's, or, of who lies on the back, the body's."""
        if abs(self.rig.lean) < 1.25:
            return points(1.0, 0.0), points(0.0, -1.0)
        return self.rig.forward, self.rig.up

    def place(self, far: bool, x: float, y: float) -> Array:
        """So many arms' lengths before and above a shoulder."""
        forward, up = self.axes
        return self.rig.shoulder_of(far) + (forward * x + up * y) * self.body.arm

    def way(self, x: float, y: float) -> Array:
        """A direction, forward and up, as a unit vector."""
        forward, up = self.axes
        v = forward * x + up * y
        return v / float(np.sqrt(v[0] * v[0] + v[1] * v[1]) + 1e-9)

    def arm(
        self, far: bool, x: float, y: float, hand: str = "open", along: Array | None = None,
        bend: float = 1,
    ) -> Arm:  # fmt: skip
        """An arm that reaches so far."""
        shoulder = self.rig.shoulder_of(far)
        return reach(self.body, shoulder, self.place(far, x, y), along, hand, bend)

    def to(
        self, far: bool, target: Array, hand: str = "open", along: Array | None = None,
        bend: float = 1,
    ) -> Arm:  # fmt: skip
        """An arm whose wrist is at a place of the frame."""
        return reach(self.body, self.rig.shoulder_of(far), target, along, hand, bend)

    def rest(self, far: bool) -> Arm:
        """What this arm does by itself."""
        return REST[self.rig.name](self.body, self.rig, self.m, self.idle, far)

    def angled(self, far: bool, upper: float, fore: float, hand: str) -> Arm:
        """An arm by angles from straight down, which turn with who lies."""
        turn = -self.rig.lean if abs(self.rig.lean) >= 1.25 else 0.0
        return swung(self.body, self.rig.shoulder_of(far), upper + turn, fore + turn, hand)

    def beside(
        self, far: bool, x: float, y: float, hand: str, along: Array | None = None, bend: float = 1
    ) -> Arm:
        """A wrist so many radii from the middle of the head, which it does not hide."""
        forward, up = self.axes
        target = self.rig.head + (forward * x - up * y) * self.body.head
        if along is not None:
            along = forward * along[0] - up * along[1]
        return self.to(far, target, hand, along, bend)

    def mouth(self) -> Array:
        """Before the mouth."""
        return self.rig.head + turned(
            points(1.15, 0.72) * self.body.head, self.rig.tilt, points(0.0, 0.0)
        )


def bound(name: str) -> bool:
    """Whether a posture or gait needs its arms."""
    return name.split("-")[0] in BOUND


def pulse(m: Moment, hertz: float, lag: float = 0.0, hold: float = 0.3) -> float:
    """0 … 1 and back, eased, `hertz` times a second; it stays at 1 for the share `hold`."""
    q = (m.turn(hertz) - lag) % 1
    return ease(over(q, 0.0, 0.5 - hold / 2)) * (1 - ease(over(q, 0.5 + hold / 2, 1.0)))
