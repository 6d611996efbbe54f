"""How a subject stands to another one: over, under, beside, on, in … Each relation is one function of two spots.

Knows no bodies and no paint, and of all subjects only these two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import TypeAlias

from uncaged.engines.ink.space import CENTRED, STANDS, Space, Spot

_FLOCK = 6
"""More than so many on a hill are strewn over it."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a relation works with. free: b may still move; else only a does.

    rank: how many were bound to b in a like way before; peers: how many in all. later: a was named after b, so that
    whoever was named first stands on the same side, whichever of the two relates to the other, or none.
    """

    space: Space
    free: bool
    rank: int = 0
    peers: int = 1
    later: bool = False

    @property
    def turn(self) -> int:
        """The side a goes to, −1 or 1: one goes here, the next goes there."""
        return self.space.side if self.rank % 2 == 0 else -self.space.side

    @property
    def step(self) -> float:
        """By how much further out a later one stands."""
        return 1 + 0.7 * (self.rank // 2)


Relation: TypeAlias = Callable[[Spot, Spot, Meeting], tuple[Spot, Spot]]
"""a, b and how they meet → both where they belong."""


def _over(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a above b's top; what stands below shrinks until there is room."""
    space, h = m.space, m.space.height
    if b.domain not in STANDS:
        if m.free:
            b = b.evolve(x=space.middle).hung(0.66 * h)
        high = min(0.3 * h, b.middle - 0.3 * (a.size + b.size))
        a = a.evolve(domain="float") if a.domain in STANDS else a
        return a.evolve(x=b.x).hung(high), b
    if m.free:
        b = b.evolve(x=space.middle - space.side * 0.06)
        room = (b.y - 0.46 * h) / 0.95
        if b.domain == "ground" and b.size > max(0.25, room):
            b = b.evolve(size=max(0.25, room))
    if a.domain in STANDS:
        return a.evolve(x=b.x, y=b.y - b.size * 1.02), b
    x = space.inside(b.x + m.turn * 0.1 * m.step, a.breadth)
    want = b.y - b.size * 0.75 - a.size * 0.25
    high = want - max(0.0, want - 0.36 * h) / h
    return a.evolve(x=x).hung(max(min(high, b.middle - 0.05), min(0.2 * h, b.middle - 0.05))), b


def _under(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a below b: beside a trunk, between legs, at a foot, beneath a sky, or lower in the air or the sea."""
    if a.domain not in STANDS:
        return _under_hung(a, b, m)
    space = m.space
    if b.domain not in STANDS:
        a = a.evolve(size=min(a.size, max(0.2, a.y - 0.36 * space.height)))
        if m.free:
            sky = b.domain == "sky"
            b = b.evolve(x=space.middle - space.side * (0.2 if sky else 0.05))
            b = b.evolve(size=b.size * 1.25) if sky else b
            high = min(space.horizon * 0.36, a.top - 0.1 * space.height - b.half)
            b = b.hung(max(high, 0.12 * space.height))
        aside = 0.32 if b.domain == "sky" else 0.05
        return a.evolve(x=space.inside(b.x + m.turn * aside * m.step, a.breadth)), b
    if b.kind.plant:
        if m.free:
            b = b.evolve(x=space.middle - space.side * 0.1, size=max(b.size * 1.2, 0.66))
            b = b.evolve(y=b.y - 0.03)
        x = space.inside(b.x + m.turn * 0.2 * m.step, a.breadth)
        return a.evolve(x=x, y=b.y + 0.05, size=min(a.size, b.size * 0.55)), b
    if m.free:
        b = b.evolve(x=space.middle)
    if b.domain == "land":
        x = space.inside(b.x + m.turn * 0.2 * m.step, a.breadth)
        return a.evolve(x=x, y=b.y + 0.06, size=min(a.size, b.size * 0.7)), b
    x = b.x + m.turn * 0.12 * (m.step - 1) + 0.04 * m.turn * b.breadth
    return a.evolve(x=x, y=b.y + 0.02, size=min(a.size, b.size * 0.42)), b


def _under_hung(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    space, h = m.space, m.space.height
    if b.domain in STANDS:
        if m.free:
            b = b.evolve(x=space.middle)
        x = space.inside(b.x + m.turn * 0.16 * m.step, a.breadth)
        if b.domain == "water":  # in the sea below the keel
            return a.evolve(x=x).hung(min(0.94 * h, b.y + 0.14 + a.half)), b
        a = a.evolve(size=min(a.size, b.size * 0.5))
        return a.evolve(x=x).hung(b.y - b.size * 0.24), b
    if m.free:
        b = b.evolve(x=space.middle).hung(0.3 * h)
    low = max(0.68 * h, b.middle + 0.3 * (a.size + b.size))
    return a.evolve(x=b.x + m.turn * 0.08 * m.step).hung(min(low, h)), b


def _beside(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a and b side by side, as near as they can stand without touching."""
    space = m.space
    if "board" in b.kind.traits and a.kind.metres < 0.6 * b.kind.metres:
        a = a.evolve(size=min(a.size, 0.4 * b.size))  # a cup beside a table is no stool
    gap = 0.42 * space.near + (0.1 if max(a.size, b.size) > 0.6 else 0.0)
    crowds = fsum(0.12 for s in (a, b) if s.count > 1)
    gap = max(gap, (a.breadth + b.breadth) / 2 + 0.08) + crowds
    turn = -m.turn if m.peers == 1 and not m.later else m.turn
    if m.free:
        b = b.evolve(x=space.middle + (turn * gap / 2 if m.peers == 1 else 0.0))
        if a.domain == "ground" and b.domain == "air":
            b = b.hung(min(0.36 * space.height, a.y - a.size * 0.8))
    return a.evolve(x=b.x - turn * gap * m.step), b


def _facing(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """Side by side, and each looks at the other."""
    a, b = _beside(a, b, m)
    way = 1 if b.x > a.x else -1
    return a.evolve(face=way), b.evolve(face=-way) if b.face == 0 else b


def _touching(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """So near that a hand reaches the other; they look at each other where both have a face."""
    a, b = _beside(a, b, m)
    way = 1 if b.x > a.x else -1
    reach = 0.5 * b.breadth + max(0.22 * a.size, 0.3 * a.breadth)
    a = a.evolve(x=b.x - way * reach, face=way)
    return a, b.evolve(face=-way) if b.face == 0 and m.peers == 1 else b


def _pushing(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a behind b, its hands on it; both look where it goes."""
    a, b = _touching(a, b, m)
    return a, b.evolve(face=a.face)


def _pulling(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a before b, which comes along behind it."""
    a, b = _touching(a, b, m)
    return a.evolve(face=-a.face), b.evolve(face=-a.face)


def _held(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a in the hand of b, whose bodies say where that is."""
    life = b.size * a.kind.metres / max(b.kind.metres, 1e-3)
    return a.evolve(x=b.x, y=b.middle, size=min(max(life, 0.12 * b.size), 0.95 * b.size)), b


def _around(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a's bodies in a ring, b in its middle."""
    if m.free:
        b = b.evolve(x=m.space.middle)
    return a.evolve(x=b.x, y=b.y if a.domain in STANDS else b.middle), b


def _following(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a behind b on its way: both look where b goes."""
    a, b = _beside(a, b, m)
    if b.face == 0:
        b = b.evolve(face=1 if b.x > a.x else -1)
    elif (b.x > a.x) != (b.face > 0):  # b already goes the other way: a goes round to its back
        a = a.evolve(x=m.space.inside(2 * b.x - a.x, a.breadth))
    return a.evolve(face=b.face), b


def _behind(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a half hidden by b: a step up the picture; what flies looks out above."""
    if b.domain == "land":
        return _overlapping(a, b, m, 0.14 + 0.1 * a.breadth, far=True)
    return _overlapping(a, b, m, max(0.12, a.breadth * 0.42 + b.breadth * 0.2), far=True)


def _front(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a before b: a step down the picture."""
    return _overlapping(a, b, m, max(0.1, a.breadth * 0.3 + b.breadth * 0.32), far=False)


def _overlapping(a: Spot, b: Spot, m: Meeting, aside: float, far: bool) -> tuple[Spot, Spot]:
    space = m.space
    aside = (
        min(aside, 0.42 * (a.breadth + b.breadth)) * m.turn * m.step
    )  # narrow things overlap, too
    stands, holds = a.domain in STANDS, b.domain in STANDS
    if m.free:
        b = b.evolve(x=space.middle - space.side * 0.08)
        if stands and holds and not far:
            b = b.evolve(y=b.y - 0.03, size=b.size * 1.15)
        elif stands and holds:
            b = b.evolve(size=b.size * 1.05)
        elif stands:  # the other one is in the air: it comes down to the first
            b = b.hung(max(0.2 * space.height, a.y - a.size * 0.72))
    if stands and holds:
        if far and b.domain == "land":  # looks over the shoulder of the hill
            a = a.evolve(y=b.y)
        else:
            a = a.evolve(y=b.y - 0.07 if far else b.y + 0.045)
    elif holds:
        a = a.hung(b.y - b.size * 0.62)
    elif stands:
        aside *= 0.6
    else:
        aside *= 0.7
        a = a.hung(b.middle)
    return a.evolve(x=space.inside(b.x + aside, a.breadth * 0.5)), b


def _on(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a's foot on b's top. What carries grows a little, and who sits is smaller than it, unless it is an animal."""
    space = m.space
    if m.free:
        b = b.evolve(x=space.middle - space.side * 0.05)
        if b.domain == "ground" and not b.kind.faces:
            b = b.evolve(size=b.size * (1.3 if b.size < 0.3 else 1.15))
    if b.domain == "land":
        if m.free and a.count > _FLOCK:  # a slope for all of them
            room = min(0.8 * b.y, 1.02 * space.width / b.kind.width)
            b = b.evolve(x=space.middle, size=min(1.45 * b.size, max(b.size, room)))
        a = a.evolve(size=min(a.size * 0.8, b.size * 0.9))
    else:
        share = 0.72 if b.kind.height < 0.4 else 0.55
        if b.domain == "water":
            share = 0.62
        elif b.kind.faces:
            share = 1.05 if "person" in a.kind.traits else 0.7
        life = a.kind.metres / max(b.kind.metres, 1e-3)
        if "board" in b.kind.traits:
            share = min(max(life, 0.3), share)
        elif life > share:  # a person on a bench, a house on an island
            share = min(life, 2.2 if a.kind.height >= 0.55 else 0.9)
            if m.free and a.count > 1:
                b = b.evolve(size=b.size * min(1.9, 0.7 + 0.3 * a.count))
        a = a.evolve(size=min(a.size, b.size * share))
    x, y = b.kind.top
    hover = a.half + 0.2 * a.size if a.domain in CENTRED else 0.0
    return a.evolve(x=b.x + x * b.size, y=b.y + y * b.size + 0.01 - hover), b


def _in(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a inside b: on deck, in the crown, at the window, in the belly."""
    if m.free:
        b = b.evolve(x=m.space.middle, size=b.size * 1.25)
    x, y = b.kind.top if b.domain == "water" or b.kind.plant else (0.0, -0.45)
    if b.domain in CENTRED:
        x, y = 0.0, 0.0
    share = 0.36 if b.domain in CENTRED else 0.6 if b.domain == "water" else 0.42
    share = 0.55 if b.kind.plant else share
    a = a.evolve(size=min(a.size, b.size * share))
    a = a.evolve(x=b.x + x * b.size)
    if b.domain == "water" and a.domain not in CENTRED:
        lies = a.subject.posture in ("lie", "sleep") and a.subject.posture in a.kind.postures
        sunk = 0.0 if lies else 0.3 * a.size  # who lies down must be seen over the side
        return a.evolve(y=b.y + y * b.size + sunk), b
    return a.hung(b.y + y * b.size - (0.2 * a.size if b.domain in STANDS else 0.0)), b


def _between(a: Spot, b: Spot, m: Meeting) -> tuple[Spot, Spot]:
    """a in the middle, b's bodies to both sides: two where there was one."""
    if m.free:
        b = b.evolve(x=m.space.middle, count=max(2, b.count), flank=True)
    elif b.count < 2:
        b = b.evolve(count=2, flank=True)
    return a.evolve(x=b.x + m.turn * 0.14 * (m.step - 1)), b.evolve(flank=True)


RELATIONS: Mapping[str, Relation] = {
    "over": _over,
    "under": _under,
    "beside": _beside,
    "facing": _facing,
    "touching": _touching,
    "pushing": _pushing,
    "pulling": _pulling,
    "held": _held,
    "carried": _held,
    "around": _around,
    "following": _following,
    "behind": _behind,
    "front": _front,
    "on": _on,
    "in": _in,
    "between": _between,
}
"""Every relation that places; the names are those of `scene.RELATIONS`."""
