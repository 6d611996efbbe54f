"""Who goes which way: a route for every actor that goes somewhere, found once per stage.

Those who follow or walk beside others go their way; two who face each other meet; the rest go as their kind does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uncaged.engines.ink.amounts import pace
from uncaged.engines.ink.casting import GOES
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.stage import Actor, Stage
from uncaged.engines.ink.travel import (
    Limits,
    Round,
    Route,
    Shuttle,
    Stand,
    Straight,
    Walk,
    approach,
    on_foot,
    walk,
)

_TOGETHER = frozenset({"following", "beside", "behind", "front"})
_MEETING = 14.0
"""Two who look at each other meet and stand in films up to so many seconds; in longer ones they pass, and meet again."""

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


def _plan(stage: Stage) -> Plan:
    actors = {a.key: a for a in stage.actors}
    goings: dict[str, Walk] = {}
    going = [a for a in actors.values() if a.subject.motion in GOES and not a.rider]
    margin = 0.05 + max((0.5 * a.kind.width * a.size for a in going), default=0.0)
    company: dict[str, list[Actor]] = {}
    for a in going:
        company.setdefault(a.subject.name, []).append(a)
    for name in _leaders_first(company):
        leads = company.get(company[name][0].subject.to) if _together(company[name]) else None
        for a in company[name]:
            own = _going(a, stage, company, min(margin, 0.8))
            if leads and leads[0].flip == a.flip and leads[0].key in goings:
                route = goings[leads[0].key].route
                seconds = _seconds(stage)
                own = on_foot(_step(a), route, seconds) if own.cycles else Walk(route, 0)
            goings[a.key] = own
    return Plan(actors, goings)


def _seconds(stage: Stage) -> float:
    """The film's length at its tempo."""
    return max(stage.film.seconds * pace(stage.scene.dials.tempo), 0.01)


def _together(bodies: Sequence[Actor]) -> bool:
    return bodies[0].subject.relation in _TOGETHER


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
    """How far a body gets per cycle."""
    return a.kind.gait * a.size if a.kind.gait > 0 else _HOP


def _going(a: Actor, stage: Stage, company: Mapping[str, Sequence[Actor]], margin: float) -> Walk:
    motion = a.subject.motion
    if motion == "walk":
        return _walking(a, stage, company, margin)
    seconds = _seconds(stage)
    habit = _FLY if motion == "fly" else _DRIFT
    if motion == "swim":
        habit = _SAIL if a.domain == "water" else _SWIM
    if a.kind.name == "butterfly":
        return Walk(Stand(), 0)
    return Walk(_gliding(a, habit, stage, seconds, margin), 0)


def _gliding(a: Actor, habit: Habit, stage: Stage, seconds: float, margin: float) -> Route:
    """Through the air or the water: once across, or, in long films and without a seam, round or to and fro."""
    width, loop = stage.film.across, stage.film.loop
    way = habit.first + habit.speed * seconds
    if len(stage.scene.subjects) > 1 or a.subject.count >= 1.5:
        way *= 0.75  # what it is seen with stays in sight
    if not loop and way <= habit.most * width:
        return Straight(way, habit.soft, _shift(a, stage, way))
    lap = width + 2 * margin
    times = max(1, int(habit.cruise * seconds / lap + 0.5))
    chance = Stream(f"{a.subject.seed}/way").uniform()
    alone = a.subject.count < 1.5 and seconds < 9  # then leaving would empty the frame
    sights = habit.turns or (habit is _FLY and (alone or (not loop and chance < 0.5)))
    if not sights and lap * times / seconds <= habit.fastest:
        return Round(lap, margin, times)
    times = max(1, int(seconds / 11 + 0.5))
    reach = min(0.5 * habit.speed * seconds / times, 0.7 * width)
    turns = habit in (_FLY, _SWIM) and a.kind.faces
    return Shuttle(reach, times, 0.5, turns)


def _shift(a: Actor, stage: Stage, way: float) -> float:
    """A single subject's way is moved so that all of it stays in the frame; others keep their places."""
    if len(stage.scene.subjects) > 1 or a.subject.count >= 1.5:
        return 0.0
    width = stage.film.across
    room = max(0.0, width - way - 0.6 * a.kind.width * a.size - 0.04)
    return clamp(a.x - width / 2, -room / 2, room / 2) + width / 2 - a.x


# ------------------------------------------------------------------------------------------------------------ on foot


def _walking(a: Actor, stage: Stage, company: Mapping[str, Sequence[Actor]], margin: float) -> Walk:
    film = stage.film
    seconds = _seconds(stage)
    meets = _meets(a, stage, company)
    if meets and (film.seconds < 2.5 or (film.loop and film.seconds < 8)):
        return Walk(Stand(), max(1, int(seconds + 0.5)))
    if meets and not film.loop and film.seconds <= _MEETING:
        behind = film.across - a.x if a.flip else a.x
        return approach(_step(a), seconds, min(0.4 * film.across, behind + 0.02))
    several = a.subject.count >= 1.5
    most = (0.6 if several else 0.86) * film.across
    limits = Limits(seconds, film.across, most, margin, film.loop)
    stream = Stream(f"{a.subject.seed}/way")
    back = stream.chance(0.5) and not meets and not _followed(a, company)
    found = walk(_step(a), limits, back)
    if isinstance(found.route, Straight):
        way = found.route.length
        return Walk(Straight(way, 0.0, _shift(a, stage, way)), found.cycles, found.full)
    return found


def _followed(a: Actor, company: Mapping[str, Sequence[Actor]]) -> bool:
    """Whether others go its way, in which case it does not turn round and run into them."""
    return any(bodies[0].subject.to == a.subject.name for bodies in company.values())


def _meets(a: Actor, stage: Stage, company: Mapping[str, Sequence[Actor]]) -> bool:
    """Whether it walks up to somebody who looks at it: the other one of a pair, or whom it faces."""
    pair = company[a.subject.name]
    if len(pair) == 2 and pair[0].flip != pair[1].flip and a.subject.count < 2.5:
        return True
    if a.subject.relation == "facing" and a.subject.to:
        return stage.scene.subject(a.subject.to) is not None
    if len(company) == 2 and a.subject.relation not in _TOGETHER:
        one, other = (bodies[0] for bodies in company.values())
        single = all(len(bodies) == 1 for bodies in company.values())
        if single and one.subject.motion == other.subject.motion and _look_at(one, other):
            return True
    return any(
        bodies[0].subject.to == a.subject.name and bodies[0].subject.relation == "facing"
        for bodies in company.values()
    )


def _look_at(one: Actor, other: Actor) -> bool:
    """Whether two stand apart and look at each other."""
    left, right = (one, other) if one.x < other.x else (other, one)
    apart = 0.4 * (one.kind.width * one.size + other.kind.width * other.size)
    return not left.flip and right.flip and right.x - left.x > apart
