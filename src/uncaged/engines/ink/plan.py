"""Who goes which way: a route for every actor that goes somewhere, found once per stage.

Those who follow or walk beside others go their way; two who face each other meet; the rest go as their kind does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from uncaged.engines.ink.amounts import pace
from uncaged.engines.ink.casting import GOES, ON_FOOT
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.stage import Actor, Stage
from uncaged.engines.ink.travel import Round, Route, Shuttle, Stand, Straight, Tread
from uncaged.engines.ink.walks import SHORT, Limits, Walk, approach, coming, crossing, on_foot, walk

_TOGETHER = frozenset({"following", "beside", "behind", "front"})
_MEETING = 14.0
"""Two who look at each other meet and stand in films up to so many seconds; in longer ones they pass and meet again."""

_SLOW = 30.0
"""What drifts or sails crosses the frame once in films up to so many seconds: clouds are slow."""

_HOP = 0.12
"""How far what has no legs gets per hop, in shorter sides."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a motion goes: first + speed × seconds straight on, at most `most` of the width; else round or to and fro.

    cruise, fastest: speeds of going round, shorter sides per second. turns: it turns in sight rather than leave.
    soft: how much slower it begins and ends.
    """

    first: float
    speed: float
    most: float
    cruise: float
    fastest: float
    turns: bool
    soft: float


_FLY = Habit(0.12, 0.09, 0.74, 0.15, 0.34, False, 0.25)
_SWIM = Habit(0.10, 0.065, 0.60, 0.10, 0.0, True, 0.3)
_SAIL = Habit(0.12, 0.035, 0.60, 0.07, 0.16, False, 0.3)
_DRIFT = Habit(0.25, 0.08, 0.80, 0.10, 0.30, False, 0.5)


@dataclass(frozen=True, slots=True)
class Plan:
    """actors: by key. goings: the walks and ways of those that go somewhere, by key."""

    actors: Mapping[str, Actor]
    goings: Mapping[str, Walk]


_kept: dict[int, tuple[Stage, Plan]] = {}


def plan(stage: Stage) -> Plan:
    """The plan of a stage; the last few are kept, since every frame asks."""
    kept = _kept.get(id(stage))
    if kept is not None and kept[0] is stage:
        return kept[1]
    made = _plan(stage)
    if len(_kept) >= 4:
        _kept.pop(next(iter(_kept)), None)
    _kept[id(stage)] = (stage, made)
    return made


@dataclass(frozen=True, slots=True)
class _Company:
    """All bodies of a stage by their subject's name, and those of them that go somewhere.

    margin: what must be beyond an edge so that any of them is out of sight.
    """

    stage: Stage
    everyone: Mapping[str, Sequence[Actor]]
    going: Mapping[str, Sequence[Actor]]
    margin: float

    @property
    def seconds(self) -> float:
        """The film's length at its tempo."""
        return max(self.stage.film.seconds * pace(self.stage.scene.dials.tempo), 0.01)

    def bound(self, a: Actor) -> bool:
        """Whether it relates to something, or something to it: then it must not go far."""
        if a.subject.relation != "none" and a.subject.to in self.everyone:
            return True
        return any(bodies[0].subject.to == a.subject.name for bodies in self.everyone.values())


def _plan(stage: Stage) -> Plan:
    everyone: dict[str, list[Actor]] = {}
    for a in stage.actors:
        everyone.setdefault(a.subject.name, []).append(a)
    going = {
        name: bodies
        for name, bodies in everyone.items()
        if bodies[0].subject.motion in GOES and not bodies[0].rider and not _rests(bodies[0])
    }
    widest = max((0.5 * a.kind.width * a.size for b in going.values() for a in b), default=0.0)
    company = _Company(stage, everyone, going, min(0.05 + widest, 0.8))
    goings: dict[str, Walk] = {}
    for name in _leaders_first(going):
        for a in going[name]:
            goings[a.key] = _going(a, company, _lead(a, company, goings))
    return Plan({a.key: a for a in stage.actors}, goings)


def _rests(a: Actor) -> bool:
    """Whether it sits, lies or kneels, so that no leg carries it anywhere."""
    resting = a.subject.posture != "stand" and a.subject.posture in a.kind.postures
    return resting and a.subject.motion in (*ON_FOOT, "enter", "leave")


def _lead(a: Actor, company: _Company, goings: Mapping[str, Walk]) -> Route | None:
    """The route of whom it goes with, where they look the same way."""
    if a.subject.relation not in _TOGETHER or a.subject.to not in company.going:
        return None
    lead = company.going[a.subject.to][0]
    return goings[lead.key].route if lead.flip == a.flip and lead.key in goings else None


def _leaders_first(company: Mapping[str, Sequence[Actor]]) -> list[str]:
    """Names in an order in which those who are followed come before those who follow."""
    out: list[str] = []
    for start in company:
        chain: list[str] = []
        name = start
        while name in company and name not in out and name not in chain:
            chain.append(name)
            name = company[name][0].subject.to
        out.extend(reversed(chain))
    return out


def _step(a: Actor) -> float:
    """How far a body gets per cycle, as it goes."""
    if a.kind.gait <= 0:
        return _HOP
    if a.subject.motion == "run":
        return (a.kind.runs or 1.2 * a.kind.gait) * a.size
    return a.kind.gait * a.size * (0.55 if a.subject.motion == "crawl" else 1.0)


NEAR = frozenset({"close", "portrait"})
"""Schemes in which one goes along with whom one sees."""

PACES: Mapping[str, float] = {"run": 1.7, "hop": 1.3, "crawl": 0.75}
"""Cycles of the legs a second, against those of walking."""


def _going(a: Actor, company: _Company, lead: Route | None) -> Walk:
    motion = a.subject.motion
    if company.stage.scene.scheme in NEAR:
        return Walk(Tread(), max(1, int(PACES.get(motion, 1.0) * company.seconds + 0.5)))
    if motion in ("enter", "leave"):
        return _coming(a, company)
    if motion in ON_FOOT:
        seconds = company.seconds * PACES.get(motion, 1.0)
        return on_foot(_step(a), lead, seconds) if lead else _walking(a, company)
    if lead is not None:
        return Walk(lead, 0)
    if "flutters" in a.kind.traits:
        return Walk(Stand(), 0)
    habit = _FLY if motion in ("fly", "glide") else _DRIFT
    if motion == "swim":
        habit = _SAIL if a.domain == "water" else _SWIM
    return Walk(_gliding(a, habit, company), 0)


def _gliding(a: Actor, habit: Habit, company: _Company) -> Route:
    """Through the air or the water: once across, or, in long films and without a seam, round or to and fro."""
    stage, seconds = company.stage, company.seconds
    width, loop = stage.film.across, stage.film.loop
    bound = company.bound(a)
    way = habit.first + habit.speed * seconds
    if len(stage.scene.subjects) > 1 or a.subject.count >= 1.5:
        way *= 0.75  # what it is seen with stays in sight
    most = (0.6 if bound else 1.0) * habit.most * width
    slow = habit in (_DRIFT, _SAIL) and (bound or seconds < _SLOW)
    if not loop and (way <= most or slow):
        way = min(way, most)
        return Straight(way, habit.soft, _shift(a, stage, way))
    lap = width + 2 * company.margin
    times = max(1, int(habit.cruise * seconds / lap + 0.5))
    if not _in_sight(a, habit, company) and lap * times / seconds <= habit.fastest:
        return Round(lap, company.margin, times)
    times = max(1, int(seconds / 11 + 0.5))
    reach = min(0.5 * habit.speed * seconds / times, (0.4 if bound else 0.7) * width)
    turns = habit in (_FLY, _SWIM) and a.kind.faces
    return Shuttle(reach, times, 0.5, turns)


def _in_sight(a: Actor, habit: Habit, company: _Company) -> bool:
    """Whether it turns in sight rather than leave the frame, where it would be missed."""
    if habit.turns or company.bound(a):
        return True
    if habit is not _FLY:
        return False
    if company.stage.film.loop:
        return a.subject.count < 1.5 and company.seconds < SHORT
    return company.seconds < SHORT or Stream(f"{a.subject.seed}/way").chance(0.5)


def _shift(a: Actor, stage: Stage, way: float) -> float:
    """A single subject's way is moved so that all of it stays in the frame; others keep their places."""
    if len(stage.scene.subjects) > 1 or a.subject.count >= 1.5:
        return 0.0
    width = stage.film.across
    room = max(0.0, width - way - 0.6 * a.kind.width * a.size - 0.04)
    return clamp(a.x - width / 2, -room / 2, room / 2) + width / 2 - a.x


# ------------------------------------------------------------------------------------------------------------ on foot


def _coming(a: Actor, company: _Company) -> Walk:
    """In from beyond the edge to its place, or off beyond it; where no seam is wanted, round and past its place."""
    film, gone = company.stage.film, a.subject.motion == "leave"
    step = _step(a) if a.kind.gait > 0 else 0.0
    if film.loop:
        lap = film.across + 2 * company.margin
        route = Round(lap, company.margin, 1, rest=0.45, ramp=0.1)
        return on_foot(step, route, company.seconds) if step else Walk(route, 0)
    behind = film.across - a.x if a.flip != gone else a.x
    return coming(step, company.seconds, behind + company.margin, gone)


def _walking(a: Actor, company: _Company) -> Walk:
    stage, film = company.stage, company.stage.film
    seconds = company.seconds * PACES.get(a.subject.motion, 1.0)
    other = _met(a, company)
    if other is not None and (film.seconds < 2.5 or (film.loop and film.seconds < 8)):
        return Walk(Stand(), max(1, int(seconds + 0.5)))
    if other is not None and not film.loop and film.seconds <= _MEETING:
        apart = 0.5 * (a.kind.width * a.size + other.kind.width * other.size) + 0.16
        further = max(0.0, (abs(a.x - other.x) - apart) / 2)
        behind = (film.across - a.x if a.flip else a.x) + further
        return approach(_step(a), seconds, min(0.45 * film.across, behind + 0.02), further)
    if a.subject.motion == "run" and _alone(a, company):
        herd = company.everyone[a.subject.name]
        middle = fsum(x.x for x in herd) / len(herd)
        return crossing(_step(a), seconds, film.across, film.across / 2 - middle)
    several = a.subject.count >= 1.5
    stay = company.bound(a) and other is None and not _followed(a, company)
    most = (0.55 if stay else 0.6 if several else 0.86) * film.across
    sight = min(most, max(0.3 * film.across, film.across - 0.75 * a.kind.width * a.size))
    limits = Limits(seconds, film.across, most, sight, company.margin, film.loop)
    stream = Stream(f"{a.subject.seed}/way")
    back = stream.chance(0.5) and other is None and not _followed(a, company)
    found = walk(_step(a), limits, back, stay)
    if isinstance(found.route, Straight):
        way = found.route.length
        return Walk(Straight(way, 0.0, _shift(a, stage, way)), found.cycles, found.full)
    return found


def _alone(a: Actor, company: _Company) -> bool:
    """Whether it may leave the frame: a runner of a short film who belongs to nobody, where a seam may be."""
    free = not company.bound(a) and not _followed(a, company)
    return free and not company.stage.film.loop and company.stage.film.seconds <= SHORT


def _followed(a: Actor, company: _Company) -> bool:
    """Whether others go its way, in which case it does not turn round and run into them."""
    return any(
        b[0].subject.to == a.subject.name and b[0].subject.relation in _TOGETHER
        for b in company.going.values()
    )


def _met(a: Actor, company: _Company) -> Actor | None:
    """Whom it walks up to, because they look at each other: the other one of a pair, whom it faces, or who faces it."""
    everyone, going = company.everyone, company.going
    others = [x for x in everyone[a.subject.name] if x.key != a.key]
    if len(others) == 1 and a.subject.count < 2.5:
        return others[0] if _look_at(a, others[0]) else None
    if a.subject.relation == "facing" and a.subject.to in everyone:
        return everyone[a.subject.to][0]
    for bodies in everyone.values():
        if bodies[0].subject.relation == "facing" and bodies[0].subject.to == a.subject.name:
            return bodies[0]
    if len(going) == 2 and a.subject.relation not in _TOGETHER and not others:
        other = next(b for name, b in going.items() if name != a.subject.name)[0]
        alike = other.subject.motion == a.subject.motion and other.subject.count < 1.5
        return other if alike and _look_at(a, other) else None
    return None


def _look_at(one: Actor, other: Actor) -> bool:
    """Whether two stand apart and look at each other."""
    left, right = (one, other) if one.x < other.x else (other, one)
    apart = 0.4 * (one.kind.width * one.size + other.kind.width * other.size)
    return not left.flip and right.flip and right.x - left.x > apart
