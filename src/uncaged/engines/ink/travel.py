"""How far and by which way something gets in a film of any length: straight on, round and round, there and back.

Knows frames and distances, no figures and no legs; steps are in `walks`. In a film without a seam every way ends where
it began.
"""

from dataclasses import dataclass
from typing import Protocol

from uncaged.engines.ink.numbers import clamp, ease, lerp


@dataclass(frozen=True, slots=True)
class Leg:
    """dx: how far from its place. way: 1 as it faces, −1 the other way, between them while it turns.

    speed: 0 … 1, share of full speed.
    """

    dx: float
    way: float = 1.0
    speed: float = 1.0


class Route(Protocol):
    """A way through the frame over the film."""

    @property
    def length(self) -> float:
        """How far it goes in all, in shorter sides."""
        ...

    @property
    def mean(self) -> float:
        """The mean of its speed, 0 … 1."""
        ...

    def at(self, t: float, x: float, facing: int) -> Leg:
        """Where something that stands at x and faces ±1 is at t, 0 … 1."""
        ...


@dataclass(frozen=True, slots=True)
class Stand:
    """Stays where it is."""

    length: float = 0.0
    mean: float = 1.0

    def at(self, t: float, x: float, facing: int) -> Leg:
        """Here."""
        return Leg(0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Tread:
    """Goes, and stays in the frame: the picture goes along."""

    length: float = 0.0
    mean: float = 1.0

    def at(self, t: float, x: float, facing: int) -> Leg:
        """Here, on its way."""
        return Leg(0.0)


@dataclass(frozen=True, slots=True)
class Straight:
    """Once through the frame, its place in the middle of its way. soft: how much slower it begins and ends."""

    length: float
    soft: float = 0.0
    shift: float = 0.0
    mean: float = 1.0

    def at(self, t: float, x: float, facing: int) -> Leg:
        """Part of the way."""
        e = lerp(t, ease(t), self.soft) - 0.5
        return Leg(self.shift + facing * e * self.length)


@dataclass(frozen=True, slots=True)
class Round:
    """Out at one edge of the frame, in at the other; with `back`, it turns outside and comes the other way.

    lap: the frame and what must fit beyond its edges, `margin` on each. times: whole circuits in the film. rest: share
    of a circuit it stands, at its own place. ramp: share in which it comes to its speed.
    """

    lap: float
    margin: float
    times: int
    back: bool = False
    rest: float = 0.0
    ramp: float = 0.0

    @property
    def length(self) -> float:
        """Of all circuits."""
        return self.lap * self.times * (2 if self.back else 1)

    @property
    def mean(self) -> float:
        """It stands and starts, too."""
        return 1 - self.rest - self.ramp

    def at(self, t: float, x: float, facing: int) -> Leg:
        """On its circuit."""
        width = self.lap - 2 * self.margin
        turns = t * self.times
        done, speed = _trapezoid(turns % 1.0, self.rest, self.ramp)
        circuit = self.lap * (2 if self.back else 1)
        begin = (x if facing > 0 else width - x) + self.margin
        u = (begin + done * circuit) % circuit
        way = 1.0
        if u > self.lap:
            u, way = circuit - u, -1.0
        at = u - self.margin
        return Leg((at if facing > 0 else width - at) - x, way, speed)


@dataclass(frozen=True, slots=True)
class Shuttle:
    """There and back in sight, its place in the middle. reach: from end to end. turns: whether it turns at the ends."""

    reach: float
    times: int
    ramp: float = 0.3
    turns: bool = True

    @property
    def length(self) -> float:
        """Of all ways there and back."""
        return 2 * self.reach * self.times

    @property
    def mean(self) -> float:
        """It slows down at the ends."""
        return 1 - self.ramp

    def at(self, t: float, x: float, facing: int) -> Leg:
        """On its way there or back."""
        turn = (t * self.times + 0.25) % 1.0
        there = turn < 0.5
        done, speed = _trapezoid((turn * 2) % 1.0, 0.0, self.ramp)
        dx = self.reach * ((done if there else 1 - done) - 0.5)
        near = min(abs(turn - 0.5), turn, 1 - turn)  # to the nearest end
        way = (1.0 if there else -1.0) * clamp(near / 0.035, 0.5, 1.0) if self.turns else 1.0
        return Leg(facing * dx, way, speed)


@dataclass(frozen=True, slots=True)
class Approach:
    """Comes from afar to its place, is there at `until` (0 … 1) and stays.

    ramp: in which it comes to a halt. further: by how much it goes past its place, towards whom it meets.
    """

    length: float
    until: float
    ramp: float
    further: float = 0.0

    @property
    def mean(self) -> float:
        """It stands for the rest."""
        return self.until - self.ramp / 2

    def at(self, t: float, x: float, facing: int) -> Leg:
        """On its way, or there."""
        left = self.until - t
        if left <= 0:
            return Leg(facing * self.further, 1.0, 0.0)
        if left < self.ramp:
            q = left / self.ramp
            rest, speed = self.ramp * (q * q * q - q * q * q * q / 2), q * q * (3 - 2 * q)
        else:
            rest, speed = left - self.ramp / 2, 1.0
        return Leg(facing * (self.further - self.length * rest / self.mean), 1.0, speed)


@dataclass(frozen=True, slots=True)
class Departure:
    """Stays at its place, and goes off at last: an approach seen from its end. length: how far."""

    arrival: Approach

    @property
    def length(self) -> float:
        """As far as it would have come."""
        return self.arrival.length

    @property
    def mean(self) -> float:
        """It stands before."""
        return self.arrival.mean

    def at(self, t: float, x: float, facing: int) -> Leg:
        """At its place, or on its way out."""
        leg = self.arrival.at(1 - t, x, facing)
        return Leg(-leg.dx, 1.0, leg.speed)


def _trapezoid(q: float, rest: float, ramp: float) -> tuple[float, float]:
    """How much of a way is done at q, 0 … 1, and how fast: it stands at both ends, starts and stops softly."""
    if rest == 0 and ramp == 0:
        return q, 1.0
    begin, end = rest / 2, 1 - rest / 2
    whole = 1 - rest - ramp
    if q <= begin:
        return 0.0, 0.0
    if q >= end:
        return 1.0, 0.0
    if q > 0.5:
        done, speed = _trapezoid(1 - q, rest, ramp)
        return 1 - done, speed
    r = (q - begin) / ramp
    if r < 1:
        return ramp * (r * r * r - r * r * r * r / 2) / whole, r * r * (3 - 2 * r)
    return (q - begin - ramp / 2) / whole, 1.0
