"""Trying a policy out on an invented day: a crowd of guests, some members, one flooder. Knows no archive.

The same choice as the studio's own line (`turns`), two performers, true costs known. Figures in ``docs/policy.md``
come from here; ``uncaged policy try`` shows them for a policy of one's own.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from statistics import median

from uncaged.queue.fairness import SECOND
from uncaged.queue.turns import Rules, Turns, Waiting

FLOODER = "flooder"


@dataclass(frozen=True, slots=True)
class Day:
    """A day to try. seconds: what a film takes, nominally (each takes half to double of it). names: how many the
    flooder comes under. judged: minutes after which shares are counted."""

    seconds: float
    judged: float
    guests: int = 200
    members: int = 20
    flood: int = 300
    names: int = 1
    performers: int = 2


MILD = Day(18.0, 60.0)
HEAVY = Day(60.0, 90.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. waits: minutes until each person's first film, by class (the flooder left out).

    got: device-seconds by `judged`, by person. wanted: what each asked for. kinds: each person's class.
    idle: seconds that a performer stood still while somebody waited.
    """

    waits: Mapping[str, tuple[float, ...]]
    got: Mapping[str, float]
    wanted: Mapping[str, float]
    kinds: Mapping[str, str]
    idle: float

    def share(self, of: Iterable[str]) -> float:
        """These people's part of all that was performed, 0 … 1."""
        total = sum(self.got.values())
        return sum(self.got.get(person, 0.0) for person in of) / total if total else 0.0

    @property
    def flooders(self) -> tuple[str, ...]:
        """The flooder's names."""
        return tuple(person for person in self.kinds if person.startswith(FLOODER))

    def jain(self, kind: str) -> float:
        """Jain's index of what people of one class got, in parts of what they were entitled to; 1 is even.

        Entitled: the class's device-seconds shared out evenly, to nobody more than they asked for.
        """
        people = [p for p, k in self.kinds.items() if k == kind]
        fair = entitled(
            {p: self.wanted[p] for p in people}, sum(self.got.get(p, 0.0) for p in people)
        )
        parts = [self.got.get(p, 0.0) / fair[p] for p in people if fair[p] > 0.0]
        squares = sum(x * x for x in parts)
        return sum(parts) ** 2 / (len(parts) * squares) if squares else 0.0


def entitled(wanted: Mapping[str, float], room: float) -> dict[str, float]:
    """`room` shared out evenly among people, nobody getting more than they want (max-min fairness)."""
    given: dict[str, float] = {}
    left = room
    for n, (person, want) in enumerate(sorted(wanted.items(), key=lambda item: (item[1], item[0]))):
        given[person] = min(want, left / (len(wanted) - n))
        left -= given[person]
    return given


def crowd(day: Day, seed: int) -> list[tuple[float, Waiting]]:
    """Who asks for what, and at which second: everybody comes within the first hour."""
    lot = random.Random(seed)
    asked: list[tuple[float, Waiting]] = []

    def ask(person: str, kind: str, runs: int, come: float) -> None:
        for _ in range(runs):
            at = come + lot.uniform(0.0, 30.0)
            seconds = lot.uniform(day.seconds / 2, day.seconds * 2)
            run = f"r{len(asked):05}"
            asked.append((at, Waiting(run, person, kind, "ink", seconds, int(at * SECOND))))

    for n in range(day.flood):
        ask(f"{FLOODER}{n % day.names}", "guest", 1, -30.0)
    for n in range(day.guests):
        ask(f"guest{n}", "guest", lot.randint(1, 3), lot.uniform(0.0, 3600.0))
    for n in range(day.members):
        ask(f"member{n}", "member", lot.randint(5, 10), lot.uniform(0.0, 3600.0))
    return sorted(asked, key=lambda item: (item[0], item[1].run))


def play(rules: Rules | None, day: Day, seed: int) -> Outcome:
    """The day from its first run to its last. rules: None for first come, first served."""
    asked = crowd(day, seed)
    turns = Turns(rules) if rules is not None else None
    line: list[Waiting] = []  # first come, first served
    ends: list[tuple[float, str]] = []
    firsts: dict[str, float] = {}
    came: dict[str, float] = {}
    got: dict[str, float] = {}
    now, free, n, begun_runs, idle = asked[0][0], day.performers, 0, 0, 0.0
    while n < len(asked) or ends:
        while n < len(asked) and asked[n][0] <= now:
            run = asked[n][1]
            came.setdefault(run.person, asked[n][0])
            turns.add(run) if turns is not None else line.append(run)
            n += 1
        while free:
            begun = turns.start(int(now * SECOND)) if turns is not None else None
            run = begun[0] if begun is not None else line.pop(0) if line else None
            if run is None:
                break
            free -= 1
            begun_runs += 1
            firsts.setdefault(run.person, now)
            inside = min(now + run.seconds, day.judged * 60) - min(now, day.judged * 60)
            got[run.person] = got.get(run.person, 0.0) + inside
            heappush(ends, (now + run.seconds, run.person))
        coming = [asked[n][0]] if n < len(asked) else []
        if not coming and not ends:
            break
        then = min(coming + [end for end, _ in ends[:1]])
        if n > begun_runs:
            idle += free * (then - now)
        now = then
        while ends and ends[0][0] <= now:
            _, person = heappop(ends)
            free += 1
            if turns is not None:
                turns.finish(person)
    return _outcome(asked, came, firsts, got, idle)


def _outcome(
    asked: list[tuple[float, Waiting]],
    came: Mapping[str, float],
    firsts: Mapping[str, float],
    got: Mapping[str, float],
    idle: float,
) -> Outcome:
    kinds = {run.person: run.kind for _, run in asked}
    wanted: dict[str, float] = {}
    for _, run in asked:
        wanted[run.person] = wanted.get(run.person, 0.0) + run.seconds
    waits: dict[str, list[float]] = {}
    for person, at in firsts.items():
        if not person.startswith(FLOODER):
            waits.setdefault(kinds[person], []).append((at - came[person]) / 60)
    return Outcome({k: tuple(sorted(w)) for k, w in waits.items()}, got, wanted, kinds, idle)


def told(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Means over several days: what a collective looks at before it votes (minutes, and parts of a whole)."""
    days = list(outcomes)
    return {
        "guest_median": _mean(median(d.waits["guest"]) for d in days),
        "guest_max": _mean(d.waits["guest"][-1] for d in days),
        "member_median": _mean(median(d.waits["member"]) for d in days),
        "member_max": _mean(d.waits["member"][-1] for d in days),
        "members": _mean(d.share(p for p, k in d.kinds.items() if k == "member") for d in days),
        "flooder": _mean(d.share(d.flooders) for d in days),
        "jain_guests": _mean(d.jain("guest") for d in days),
        "jain_members": _mean(d.jain("member") for d in days),
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
