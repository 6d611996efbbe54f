"""Ways on foot: whole cycles of the legs, steps that fit them, and honest feet.

The ground that walkers cover is the sum of their steps. Knows routes and gaits, no figures.
"""

from dataclasses import dataclass

from uncaged.engines.ink.travel import Approach, Departure, Round, Route, Shuttle, Straight

CALM, BRISK = 0.62, 1.4
"""Slowest and fastest cadence that still looks like walking, as factors of the plain one cycle a second."""

FASTEST = 1.5
"""Cadence of somebody who has to get across the frame, against that of running."""

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


def crossing(step: float, seconds: float, lap: float, shift: float) -> Walk:
    """Once through the frame at a run: in at one edge, out at the other, as far as its steps get.

    shift: from its place to the middle of the frame, which it passes in the middle of the film.
    """
    step = max(step, 1e-4)
    most = max(1, int(FASTEST * seconds + 0.5))
    cycles = max(1, min(most, int(lap / step + 0.5)), int(CALM * seconds + 0.5))
    way = min(lap, cycles * step)
    return Walk(Straight(way, 0.0, shift), cycles, way / (cycles * step))


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
