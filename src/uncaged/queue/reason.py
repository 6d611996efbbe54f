"""Why a run stands where it stands, in words that its person can check against the policy.

Looks at a line that was played forward (`place`); decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, select

from uncaged.archive import runs
from uncaged.archive.line_tables import awaits
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import people
from uncaged.queue.place import Foreseen, Place
from uncaged.queue.turns import Rules

NAMES = {
    "owner": "the owner",
    "keeper": "keepers",
    "member": "members",
    "guest": "guests",
    "collective": "collectives",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """place: 1 is next, None where its turn cannot come yet. starts: seconds until it begins, None while unknown.

    about: it is this place or a later one, and begins then or later. sentences: why, the most important first.
    """

    place: int | None
    starts: float | None
    about: bool
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.sentences)


_KIND = Prepared(select(people.c.kind).where(people.c.id == bindparam("person")))


Case: TypeAlias = Literal["paused", "blocked", "foreseen", "new", "own", "nobody", "counted"]
"""Paused; waits for others; among the places that were played out; in line since the line was looked at; behind so
many of one's own that none was; no performer could begin anything; further back."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run stands, without the why in words; as in `Reason`."""

    place: int | None
    starts: float | None
    about: bool
    case: Case


def stand(foreseen: Foreseen, rules: Rules, run: runs.Run, kind: str) -> Stand:
    """Where this run, which stands in line, stands. kind: its person's class."""
    if run.paused is not None:
        return Stand(None, None, False, "paused")
    if run.blocked is not None:
        return Stand(None, None, False, "blocked")
    there = foreseen.performers > 0
    place = foreseen.of(run.id)
    if place is not None:
        return Stand(place.place, place.starts if there else None, False, "foreseen")
    if (run.stood or 0) >= foreseen.now:
        return Stand(None, None, False, "new")
    if not foreseen.places:
        return Stand(None, None, False, "nobody")
    last = foreseen.places[-1]
    bounded = rules.most_running.get(kind) is not None and last.place < foreseen.waiting
    if bounded and _own(foreseen, run):
        return Stand(last.place + 1, None, True, "own")
    return Stand(last.place + 1, last.starts if there else None, True, "counted")


def reason(conn: Connection, foreseen: Foreseen, rules: Rules, run: runs.Run) -> Reason:
    """Why this run, which stands in line, does not begin before it does."""
    kind = _KIND.on(conn, {"person": run.person_id}).scalar_one()
    found = stand(foreseen, rules, run, kind)
    most = rules.most_running.get(kind)
    match found.case:
        case "paused":
            why = ["It is paused: everybody passes until you resume it."]
        case "blocked":
            why = [_blocked(conn, run)]
        case "foreseen":
            why = _foreseen(foreseen, rules, run, most)
        case "new":
            why = ["It has just come in: in a moment its place is known."]
        case "nobody":
            why = ["No performer here can begin it now."]
        case "own":
            mine = _runs(_own(foreseen, run))
            why = [f"{mine} of yours go before it, of which {most} may be performed at a time."]
        case "counted":
            why = [_counted(foreseen)]
    return Reason(found.place, found.starts, found.about, tuple(why))


def _own(foreseen: Foreseen, run: runs.Run) -> int:
    """How many of the same person's are among the places that were played out."""
    return sum(place.person == run.person_id for place in foreseen.places)


def _foreseen(foreseen: Foreseen, rules: Rules, run: runs.Run, most: int | None) -> list[str]:
    place = foreseen.of(run.id)
    assert place is not None
    before = foreseen.places[: place.place - 1]
    sentences = [*_standing(foreseen, place), *_before(foreseen, rules, place, before)]
    if most is not None and any(p.person == run.person_id for p in before):
        sentences.append(f"Of one person {_runs(most)} may be performed at a time.")
    return sentences


def _blocked(conn: Connection, run: runs.Run) -> str:
    firsts = conn.execute(
        select(awaits.c.first_id).where(awaits.c.run_id == run.id).order_by(awaits.c.first_id)
    )
    named = list(firsts.scalars())
    shown = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    return f"It waits for {shown}, which has to be completed first."


def _counted(foreseen: Foreseen) -> str:
    last = foreseen.places[-1].place
    begin = "begins" if last == 1 else "begin"
    return (
        f"At least {_runs(last)} {begin} before it; places are exact up to there, and not beyond."
    )


def _standing(foreseen: Foreseen, place: Place) -> list[str]:
    if not foreseen.performers:
        return ["Nobody performs now: it begins as soon as a steward does."]
    if place.place == 1:
        return ["It is next: it begins as soon as a performer is free."]
    return []


def _before(foreseen: Foreseen, rules: Rules, place: Place, before: Sequence[Place]) -> list[str]:
    sentences: list[str] = []
    own = sum(other.person == place.person for other in before)
    if own:
        sentences.append(f"{_runs(own)} of yours {'goes' if own == 1 else 'go'} before it.")
    firsts = [o for o in before if o.person != place.person and _because(o) == "first"]
    if firsts:
        sentences.append(
            f"{_runs(len(firsts))} before it {'is' if len(firsts) == 1 else 'are'} somebody's first film, which has "
            f"waited longer than {rules.terms.first_wait / 60:g} minutes."
        )
    warm = [o for o in before if o.person != place.person and _because(o) == "warm"]
    if warm:
        sentences.append(f"{_runs(len(warm))} before it want the model that is loaded already.")
    rest = [o for o in before if o.person != place.person and o not in firsts and o not in warm]
    same = sum(o.kind == place.kind for o in rest)
    if same:
        mine = foreseen.uses.get(place.person, 0.0)
        sentences.append(
            f"{_runs(same)} before it {'is' if same == 1 else 'are'} of {NAMES[place.kind]} who have used less "
            f"lately than you, or came earlier with as little; of your use {mine:.0f} device-seconds still count."
        )
    for kind in sorted({o.kind for o in rest} - {place.kind}):
        count = sum(o.kind == kind for o in rest)
        sentences.append(
            f"{_runs(count)} before it {'is' if count == 1 else 'are'} of {NAMES[kind]}: as a class they have used "
            f"{_share(foreseen, rules, kind)} for their weight, {NAMES[place.kind]} "
            f"{_share(foreseen, rules, place.kind)}."
        )
    return sentences


def _because(place: Place) -> str:
    return "share" if place.choice is None else place.choice.because


def _share(foreseen: Foreseen, rules: Rules, kind: str) -> str:
    used = foreseen.uses.get(kind, 0.0) / rules.weights.get(kind, 1.0)
    return f"{used:.0f} device-seconds"


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"
