"""How bodies are built: lengths and breadths of people of every age. Knows no posture and no clothes.

A new body is a row of `STATURES`. Every row stands about 1 high, so that a child alone fills its place; how tall it is
beside others is the composition's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from uncaged.engines.ink.numbers import Stream


@dataclass(frozen=True, slots=True)
class Stature:
    """A body. Lengths in the figure's height.

    thigh, shin, trunk, neck (shoulder to the middle of the head), upper, fore (arm): from joint to joint. head: radius.
    hand: size. girth: factor of breadths. belly: how far it stands out. stoop: radians by which the back is bent.
    stance: share of a walking cycle a foot stands; short legs stand shorter, so that they need not reach so far.
    unit: size of everything that has no length of its own: feet, clothes.
    """

    thigh: float = 0.235
    shin: float = 0.235
    trunk: float = 0.283
    neck: float = 0.133
    upper: float = 0.16
    fore: float = 0.145
    head: float = 0.066
    hand: float = 0.039
    girth: float = 1.0
    belly: float = 0.0
    stoop: float = 0.0
    stance: float = 0.55
    unit: float = 1.0

    @property
    def leg(self) -> float:
        """Thigh and shin."""
        return self.thigh + self.shin

    @property
    def arm(self) -> float:
        """Upper arm and forearm."""
        return self.upper + self.fore

    @property
    def ankle(self) -> float:
        """Height of the ankle over the sole."""
        return 0.03 * self.unit

    @property
    def hip(self) -> float:
        """Height of the hip when standing; the knee is never quite straight."""
        return self.leg + self.ankle - 0.005

    def scaled(self, k: float) -> "Stature":
        """The same body, larger or smaller."""
        return replace(
            self,
            **{
                name: getattr(self, name) * k
                for name in "thigh shin trunk neck upper fore head hand belly unit".split()
            },
        )


STATURES: Mapping[str, Stature] = {
    "adult": Stature(),
    "slight": Stature(girth=0.88, hand=0.036, belly=-0.008),
    "thin": Stature(0.25, 0.25, 0.268, 0.127, 0.17, 0.155, 0.06, 0.038, 0.7, -0.015),
    "broad": Stature(0.212, 0.212, 0.315, 0.135, 0.155, 0.145, 0.071, 0.043, 1.36, 0.05),
    "elder": Stature(0.215, 0.215, 0.285, 0.145, 0.155, 0.145, 0.07, 0.04, 1.0, 0.012, 0.32, 0.5),
    "youth": Stature(0.215, 0.21, 0.262, 0.147, 0.145, 0.13, 0.083, 0.037, 0.9, stance=0.48),
    "child": Stature(0.19, 0.185, 0.245, 0.16, 0.135, 0.12, 0.104, 0.037, 0.98, 0.012, stance=0.45),
    "baby": Stature(0.15, 0.135, 0.27, 0.195, 0.13, 0.12, 0.148, 0.042, 1.2, 0.03, stance=0.45),
}


def stature(stream: Stream, name: str) -> Stature:
    """Somebody of this build, by lot a little different from all others of it."""
    own, u = STATURES[name], stream.uniform
    legs = u(0.965, 1.03)
    return replace(
        own,
        thigh=own.thigh * legs,
        shin=own.shin * legs,
        trunk=own.trunk * u(0.965, 1.03),
        head=own.head * u(0.94, 1.07),
        girth=own.girth * u(0.92, 1.1),
        belly=own.belly + max(0.0, u(-0.03, 0.025)),
        stoop=own.stoop * u(0.75, 1.2),
    )
