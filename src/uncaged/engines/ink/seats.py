"""Where bodies sit: along the top of what they are on, or in it. Several subjects share one seat side by side.

Knows spots and the outline of what carries; no paint, no time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from uncaged.engines.ink.bonds import Bond
from uncaged.engines.ink.footing import Footing
from uncaged.engines.ink.herds import Body
from uncaged.engines.ink.numbers import GOLDEN, Stream, cos, sin
from uncaged.engines.ink.space import CENTRED, Spot
from uncaged.engines.ink.stage import Actor

_HERD = 6
"""More than so many on one hill do not stand along its ridge but all over it."""

GOLDEN_SHARE = 0.6180339887
"""Stepped by it, places in a row never repeat."""

_REACH, _PLACES = 0.4, 32
"""A herd goes so far to both sides of a hill's middle, in its breadths, and looks at its height in so many places."""

_TREAD = 0.012
"""How far a foot sinks into what it stands on, in heights of that."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats for the bodies of spot `a`, `count` of them on each body of spot `b`."""

    a: Spot
    b: Spot
    bond: Bond
    count: int

    def on(self, holder: Actor, i: int, under: Footing) -> Body:
        """The i-th seat along the top of a body."""
        top_x, top_y = holder.kind.top
        side, scale = (-1 if holder.flip else 1), holder.size / self.b.size
        aside = (self.a.x - self.b.x - top_x * self.b.size) * scale
        lift = (self.a.y - self.b.y - top_y * self.b.size) * scale
        reach, size = self._along(holder)
        room, peers = _room(holder), self.bond.peers
        middle = ((self.bond.rank + 0.5) / peers - 0.5) * room if peers > 1 else 0.0
        x = side * top_x * holder.size + middle + ((i + 0.5) / self.count - 0.5) * reach + aside
        local = side * x / holder.size
        if holder.kind.domain == "land":
            surface = under.ridge(local, 0.0)
        else:
            surface = under.at(local, top_y)
        return Body(holder.x + x, holder.y + (surface + _TREAD) * holder.size + lift, size)

    def strewn(self, holder: Actor, i: int, slope: Sequence[float], stream: Stream) -> Body:
        """The i-th place on the slope of a hill: all over it, more where it is high; nearer ones lower and larger.

        slope: see `_slope`.
        """
        reach, steps = _REACH * holder.kind.width * holder.size, len(slope)
        whole, k = fsum(slope), 0
        share = (i * GOLDEN_SHARE + 0.5) % 1.0 * whole
        while k < steps - 1 and share > slope[k]:
            share, k = share - slope[k], k + 1
        x = reach * (2 * (k + share / max(slope[k], 1e-9)) / steps - 1)
        down = 0.1 + 0.86 * (i + 0.5) / self.count
        area = max(whole * 2 * reach / steps, 1e-6)
        size = 0.8 * sqrt(area / self.count) / sqrt(max(0.4, self.a.kind.width))
        size = min(self.a.size, size) * (0.8 + 0.35 * down) * stream.uniform(0.95, 1.05)
        return Body(
            holder.x + x, holder.y - slope[k] * (1 - down) + 0.04 * holder.size * down, size
        )

    def _along(self, holder: Actor) -> tuple[float, float]:
        """How far along the top they spread, and their size where there is not room for all."""
        size = self.a.size * holder.size / self.b.size
        room = _room(holder) / self.bond.peers
        breadth = max(0.3, self.a.breadth / self.a.size)
        if self.count == 1:
            return 0.0, size if self.bond.peers == 1 else min(size, 2.2 * room / breadth)
        need = (1.65 if self.count == 2 else 1.22) * self.count * size * breadth
        if need <= room:
            return need, size
        closer = 2.8 if self.a.subject.posture == "sit" else 1.9  # shoulder to shoulder
        return room, min(size, closer * room / self.count / breadth)

    def inside(self, holder: Actor, i: int) -> Body:
        """The i-th seat within a body: the first in its middle, others round it."""
        side, scale = (-1 if holder.flip else 1), holder.size / self.b.size
        x = holder.x + side * (self.a.x - self.b.x) * scale
        y = holder.y + (self.a.y - self.b.y) * scale
        size = self.a.size * scale
        several = self.count * self.bond.peers
        if several == 1:
            return Body(x, y, size)
        room = 0.3 * holder.size * min(holder.kind.width, 1.0)
        smaller = min(size, 3.0 * room / sqrt(several) / max(0.4, self.a.kind.width))
        n = i + self.bond.rank * self.count
        r, angle = room * sqrt((n + 0.5) / several), GOLDEN * n
        flat = 0.05 if holder.domain == "water" else 0.6
        foot = 0.0 if self.a.domain in CENTRED else 0.5 * (size - smaller)
        return Body(x + r * cos(angle), y + flat * r * sin(angle) - foot, smaller)


def _slope(holder: Actor, under: Footing) -> list[float]:
    """How high a hill is at evenly spaced places from left to right, in shorter sides."""
    side = -1 if holder.flip else 1
    across = [
        side * _REACH * holder.kind.width * (2 * (k + 0.5) / _PLACES - 1) for k in range(_PLACES)
    ]
    return [max(0.0, -under.ridge(x, 0.0) * holder.size) for x in across]


def _room(holder: Actor) -> float:
    """How much of a body's breadth can be sat on."""
    share = {"land": 0.44, "water": 0.5}.get(holder.kind.domain, 0.4 if holder.kind.plant else 0.7)
    return share * holder.kind.width * holder.size


def seated(
    a: Spot,
    b: Spot,
    bond: Bond,
    holders: Sequence[Actor],
    outlines: Mapping[str, Footing],
    stream: Stream,
) -> list[Body]:
    """The bodies of `a`, shared out among those of `b`, a little different in size where there are several."""
    seats = Seats(a, b, bond, (a.count + len(holders) - 1) // len(holders))
    strewn = bond.relation == "on" and seats.count > _HERD
    slopes = {
        h.key: _slope(h, outlines[h.key]) for h in holders if strewn and h.kind.domain == "land"
    }
    out: list[Body] = []
    for n in range(a.count):
        holder, i = holders[n % len(holders)], n // len(holders)
        on = bond.relation == "on"
        if holder.key in slopes:
            out.append(seats.strewn(holder, i, slopes[holder.key], stream))
            continue
        body = seats.on(holder, i, outlines[holder.key]) if on else seats.inside(holder, i)
        vary = stream.uniform(0.92, 1.04) if a.count > 1 else 1.0
        out.append(Body(body.x, body.y, body.size * vary))
    return out
