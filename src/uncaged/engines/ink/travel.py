"""How far and by which way something gets in a film of any length: straight on, round and round, there and back.

Knows frames, distances and gaits, no figures. Walkers get whole cycles and honest feet: the ground they cover is the
sum of their steps. In a film without a seam every way ends where it began.
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


# ------------------------------------------------------------------------------------------------------------ walks

CALM, BRISK = 0.62, 1.4
"""Slowest and fastest cadence that still looks like walking, as factors of the plain one cycle a second."""

SHORTEST = 0.45
"""The shortest step, as a share of a full one; below it, feet mince."""

SHORT = 16.0
"""In films of fewer seconds nobody leaves the frame: they would be missed."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A route on foot. cycles: whole cycles of the legs in the film. full: share of a full step at full speed."""

    route: Route
    cycles: int
    full: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a walk must fit. seconds: of the film, times the tempo. width: of the frame.

    most: the longest straight way. sight: the longest one that leaves a body in sight at both ends.
    margin: what must be beyond an edge so that a body is out of sight.
    """

    seconds: float
    width: float
    most: float
    sight: float
    margin: float
    loop: bool

    @property
    def lap(self) -> float:
        """From out of sight on one side to out of sight on the other."""
        return self.width + 2 * self.margin


def walk(step: float, limits: Limits, back: bool, stay: bool) -> Walk:
    """A walk for somebody who covers `step` per cycle.

    back: prefers to come back the way they went. stay: stays in sight, because they belong to something that does.
    """
    step = max(step, 1e-4)
    if not limits.loop:
        straight = _straight(step, limits)
        if straight is not None:
            return straight
    if stay or (not limits.loop and limits.seconds < SHORT):
        return _shuttle(step, limits)
    return _round(step, limits, back) or _shuttle(step, limits)


def on_foot(step: float, route: Route, seconds: float) -> Walk:
    """The same way as somebody else, with steps of one's own."""
    way = route.length / max(step, 1e-4) / max(route.mean, 1e-3)
    cycles = max(1, int(CALM * seconds + 0.5), int(way + 0.999))
    return Walk(route, cycles, way / cycles)


def _straight(step: float, limits: Limits) -> Walk | None:
    """Once through the frame: first fewer cycles down to a calm cadence, then shorter steps, else not at all."""
    cycles = max(1, int(limits.seconds + 0.5))
    way = cycles * step
    if way > limits.most:
        calm = max(1, int(CALM * limits.seconds + 0.999))
        cycles = min(cycles, max(calm, int(limits.most / step)))
        way = min(cycles * step, limits.most)
    full = way / (cycles * step)
    return Walk(Straight(way), cycles, full) if full >= SHORTEST else None


def _round(step: float, limits: Limits, back: bool) -> Walk | None:
    """Round and round, with a rest at one's own place where a circuit takes long enough."""
    circuit = limits.lap * (2 if back else 1)
    times = max(1, int(step * limits.seconds * 0.85 / circuit + 0.5))
    each = limits.seconds / times
    rest, ramp = (min(0.22, 1.6 / each), 0.7 / each) if each > 7 else (0.0, 0.0)
    route = Round(limits.lap, limits.margin, times, back, rest, ramp)
    found = on_foot(step, route, limits.seconds)
    if found.cycles > BRISK * limits.seconds + 0.5:
        return _round(step, limits, False) if back else None
    return found if found.full >= SHORTEST else None


def _shuttle(step: float, limits: Limits) -> Walk:
    """There and back in sight, at a calm cadence where there is time for it."""
    cycles = max(1, int((0.9 if limits.seconds < 4 else 0.72) * limits.seconds + 0.5))
    ramp = min(0.5, 1.2 / max(1.0, limits.seconds))
    way = cycles * step * (1 - ramp)
    times = max(1, int(way / (2 * limits.sight) + 0.35))
    reach = min(way / (2 * times), limits.sight)
    route = Shuttle(reach, times, ramp)
    return Walk(route, cycles, route.length / (cycles * step * route.mean))


def coming(step: float, seconds: float, room: float, gone: bool) -> Walk:
    """Comes from `room` away to its place, or with `gone` goes off as far, on foot: in as many steps as it takes.

    step 0: by wing, by fin, or on air.
    """
    until = 0.6 if seconds > 2 else 0.8
    if step <= 0:
        route = Approach(room, until, 0.3 * until)
        return Walk(Departure(route) if gone else route, 0)
    within = max(1, int(room / step + 0.999))
    cycles = max(within + 1, int(within / until + 0.5))
    ramp = min(until, 0.9 / cycles)
    length = min(cycles * step * (until - ramp / 2), 1.2 * room)
    route = Approach(max(room, length), until, ramp)
    full = route.length / (cycles * step * route.mean)
    return Walk(Departure(route) if gone else route, cycles, full)


def approach(step: float, seconds: float, room: float, further: float) -> Walk:
    """Comes to its place, or `further`, in steps from at most `room` away; both feet are down when it halts."""
    step = max(step, 1e-4)
    cycles = max(2, int(0.9 * seconds + 0.5))
    steps = max(1, min(int(0.62 * cycles), int(room / step + 0.5)))
    until = min(0.9, (steps + 0.525) / cycles)
    ramp = min(until, 0.9 / cycles)
    way = cycles * step * (until - ramp / 2)
    length = min(way, max(room, 0.3 * step))
    return Walk(Approach(length, until, ramp, further), cycles, length / way)
