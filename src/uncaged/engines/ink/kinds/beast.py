"""A four-legged animal as numbers, and the same animal posed at a moment. Rows are in `beasts` and its neighbours.

Knows no names of animals, no postures (`beast_pose`) and no drawing (`beast_figure`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.beast_gaits import Gait
from uncaged.engines.ink.kinds.quadruped import Leg, Limb
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Spine: TypeAlias = tuple[tuple[float, float, float], ...]
"""A tube: x, y and half width at each of its points."""

ORIGIN = points(0.0, 0.0)


def turned(p: Array, pivot: Array, angle: float) -> Array:
    """Points turned about a pivot; above 0: what is before it (to the right) goes up. Radians."""
    if not angle:
        return p
    c, s = cos(angle), sin(angle)
    d = p - pivot
    out = np.empty_like(d)
    out[..., 0] = pivot[0] + d[..., 0] * c + d[..., 1] * s
    out[..., 1] = pivot[1] + d[..., 1] * c - d[..., 0] * s
    return out


@dataclass(frozen=True, slots=True)
class Trunk:
    """Where a trunk is held: chest up by `pitch` about `pivot` (its hind hip), then moved; its back bent by `flex`.

    middle, half: where the back bends, and half its length, in heights.
    """

    pivot: Array
    pitch: float
    shift: Array
    flex: float = 0.0
    middle: float = 0.0
    half: float = 0.3

    def apply(self, p: Array) -> Array:
        """Points of the standing animal → where they are now."""
        if self.flex:
            d = (p[..., 0] - self.middle) / self.half
            bent = np.array(p)
            bent[..., 0] = self.middle + (p[..., 0] - self.middle) * (1 - 0.07 * self.flex)
            arch = np.maximum(1 - d * d, -1.0)
            tuck = np.minimum(np.maximum(-d, 0.0), 1.0)
            bent[..., 1] = p[..., 1] + self.flex * (0.035 * tuck - 0.045 * arch)
            p = bent
        return turned(p, self.pivot, self.pitch) + self.shift


@dataclass(frozen=True, slots=True)
class Posed:
    """An animal at a moment: its tubes, in heights. skull: the top of its head. tilt: how far its head is turned up.

    trunk: how its body is held. ears: how far they are laid back. asleep: its eyes are shut. curled: nose to tail.
    lies: its belly is on the ground. legs: the near ones.
    """

    moment: Moment
    body: Tube
    neck: Tube
    head: Tube
    tail: Tube
    trunk: Trunk
    skull: Array
    tilt: float = 0.0
    ears: float = 0.0
    asleep: bool = False
    curled: bool = False
    lies: bool = False
    legs: tuple[Limb, ...] = ()

    def on_head(self, offsets: Array) -> Array:
        """Points about the top of the skull → where they are now."""
        return turned(offsets, ORIGIN, self.tilt) + self.skull

    def ear(self, shape: Array, root: Array, late: float = 0.0) -> Array:
        """An ear about its root, which is told from the skull; it is laid back, twitches, and comes late."""
        twitch = 0.1 * self.moment.cycle(0.5, 0.4 + late) + 0.05 * self.moment.cycle(1.0, 0.2)
        return self.on_head(turned(shape, ORIGIN, self.ears + twitch) + root)


Part: TypeAlias = Callable[[Drawing, Paint, Posed], None]
"""Something that is drawn on a posed animal."""

PartByLot: TypeAlias = Callable[[Stream], Part]
"""A part that is drawn by lot once: patches, wool, spots."""


def muzzle_tip(at: Posed) -> Array:
    """Where a mouth holds something."""
    return at.head.p[-1] + at.head.tangent[-1] * at.head.r[-1] * 0.86


class Headed(Protocol):
    """Whatever carries a head on a neck, in rows of numbers."""

    @property
    def neck(self) -> Spine:
        """From the trunk up."""
        ...

    @property
    def head(self) -> Spine:
        """From the back of the skull to the end of the muzzle."""
        ...


@dataclass(frozen=True, slots=True)
class Beast:
    """A four-legged animal in numbers, in heights, y down, facing right, feet on y = 0.

    body, neck, head: from the rump forwards; tail: from its root. hips: where hind and fore legs hang from.
    eye: its place along the head and its radius. wag: swings of the tail a second. crown: what stands up behind the
    head; ears, face: before it; marks: on the body, or about it. coat: marks drawn by lot, before the others.
    behind: what is drawn on the far side of it all. lumps: closed forms that are one with body and head. tip: the end
    of its tail, or what lies on it. hair: its tail is hair, of the second colour. socks: dark paws. dark: legs and head
    are of the dark colour. fleece: the body is not drawn, its coat is. curls: it sleeps nose to tail. heavy: it never
    leaves the ground. supple: how far its back bends when it gallops. grazes: it stoops to eat; what has a trunk does
    not. hand: with what it holds.
    """

    body: Spine
    neck: Spine
    head: Spine
    tail: Spine
    hips: tuple[tuple[float, float], tuple[float, float]]
    hind: Leg
    fore: Leg
    gait: Gait
    eye: tuple[float, float] = (0.42, 0.017)
    wag: float = 0.5
    crown: Part | None = None
    ears: Part | None = None
    face: Part | None = None
    marks: tuple[Part, ...] = ()
    coat: tuple[PartByLot, ...] = ()
    behind: Part | None = None
    lumps: Callable[[Posed], Sequence[Array]] | None = None
    tip: Part | None = None
    hair: bool = False
    socks: bool = False
    dark: bool = False
    fleece: bool = False
    curls: bool = False
    heavy: bool = False
    supple: float = 0.7
    grazes: bool = True
    hand: Callable[[Posed], Array] = field(default=muzzle_tip)

    @property
    def shod(self) -> bool:
        """Whether its feet are of another colour than its legs."""
        return self.hind.hoof or self.socks
