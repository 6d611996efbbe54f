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
from uncaged.core.words import _, ngettext
from uncaged.queue.place import Foreseen, Place
from uncaged.queue.turns import Rules


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
            why = [_("It is paused: everybody passes until you resume it.")]
        case "blocked":
            why = [_blocked(conn, run)]
        case "foreseen":
            why = _foreseen(foreseen, rules, run, most)
        case "new":
            why = [_("It has just come in: in a moment its place is known.")]
        case "nobody":
            why = [_("No performer here can begin it now.")]
        case "own":
            mine = _own(foreseen, run)
            why = [
                ngettext(
                    "{} run of yours goes before it, of which {} may be performed at a time.",
                    "{} runs of yours go before it, of which {} may be performed at a time.",
                    mine,
                ).format(f"{mine:,}", most)
            ]
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
        sentences.append(
            ngettext(
                "Of one person {} run may be performed at a time.",
                "Of one person {} runs may be performed at a time.",
                most,
            ).format(f"{most:,}")
        )
    return sentences


def _blocked(conn: Connection, run: runs.Run) -> str:
    firsts = conn.execute(
        select(awaits.c.first_id).where(awaits.c.run_id == run.id).order_by(awaits.c.first_id)
    )
    named = list(firsts.scalars())
    shown = ", ".join(named[:3])
    if len(named) > 3:
        return _("It waits for {} and {} more, which have to be completed first.").format(
            shown, len(named) - 3
        )
    return _("It waits for {}, which has to be completed first.").format(shown)


def _counted(foreseen: Foreseen) -> str:
    last = foreseen.places[-1].place
    return ngettext(
        "At least {} run begins before it; places are exact up to there, and not beyond.",
        "At least {} runs begin before it; places are exact up to there, and not beyond.",
        last,
    ).format(f"{last:,}")


def _standing(foreseen: Foreseen, place: Place) -> list[str]:
    if not foreseen.performers:
        return [_("Nobody performs now: it begins as soon as a steward does.")]
    if _because(place) == "short":
        return [_("It is short: it begins beside what is performed, in turn with it.")]
    if place.place == 1:
        return [_("It is next: it begins as soon as a performer is free.")]
    return []


def _before(foreseen: Foreseen, rules: Rules, place: Place, before: Sequence[Place]) -> list[str]:
    sentences: list[str] = []
    own = sum(other.person == place.person for other in before)
    if own:
        sentences.append(_ahead(own, "own"))
    firsts = [o for o in before if o.person != place.person and _because(o) == "first"]
    if firsts:
        minutes = f"{rules.terms.first_wait / 60:g}"
        sentences.append(_ahead(len(firsts), "first").format(minutes=minutes))
    warm = [o for o in before if o.person != place.person and _because(o) == "warm"]
    if warm:
        sentences.append(_ahead(len(warm), "warm"))
    short = [o for o in before if o.person != place.person and _because(o) == "short"]
    if short:
        sentences.append(_ahead(len(short), "short"))
    passed = {o.run for o in (*firsts, *warm, *short)}
    rest = [o for o in before if o.person != place.person and o.run not in passed]
    same = sum(o.kind == place.kind for o in rest)
    if same:
        used = f"{foreseen.uses.get(place.person, 0.0):.0f}"
        sentences.append(_ahead(same, "same").format(kind=_kind(place.kind), used=used))
    for kind in sorted({o.kind for o in rest} - {place.kind}):
        sentences.append(
            _ahead(sum(o.kind == kind for o in rest), "class").format(
                kind=_kind(kind),
                used=_share(foreseen, rules, kind),
                own=_kind(place.kind),
                own_used=_share(foreseen, rules, place.kind),
            )
        )
    return sentences


def _ahead(count: int, why: str) -> str:
    """So many runs go before it, and why; what else is said stays open for `format`."""
    match why:
        case "own":
            said = ngettext(
                "{count} run of yours goes before it.",
                "{count} runs of yours go before it.",
                count,
            )
        case "first":
            said = ngettext(
                "{count} run before it is somebody's first film, which has waited longer than {minutes} minutes.",
                "{count} runs before it are somebody's first film, which has waited longer than {minutes} minutes.",
                count,
            )
        case "warm":
            said = ngettext(
                "{count} run before it wants the model that is loaded already.",
                "{count} runs before it want the model that is loaded already.",
                count,
            )
        case "short":
            said = ngettext(
                "{count} run before it is short, and passes beside what is performed.",
                "{count} runs before it are short, and pass beside what is performed.",
                count,
            )
        case "same":
            said = ngettext(
                "{count} run before it is of {kind} who have used less lately than you, or came earlier with as "
                "little; of your use {used} device-seconds still count.",
                "{count} runs before it are of {kind} who have used less lately than you, or came earlier with as "
                "little; of your use {used} device-seconds still count.",
                count,
            )
        case _:
            said = ngettext(
                "{count} run before it is of {kind}: as a class they have used {used} device-seconds for their "
                "weight, {own} {own_used}.",
                "{count} runs before it are of {kind}: as a class they have used {used} device-seconds for their "
                "weight, {own} {own_used}.",
                count,
            )
    return said.replace("{count}", f"{count:,}")


def _kind(kind: str) -> str:
    named = {
        "owner": _("the owner"),
        "keeper": _("keepers"),
        "member": _("members"),
        "guest": _("guests"),
        "collective": _("collectives"),
    }
    return named.get(kind, kind)


def _because(place: Place) -> str:
    return "share" if place.choice is None else place.choice.because


def _share(foreseen: Foreseen, rules: Rules, kind: str) -> str:
    used = foreseen.uses.get(kind, 0.0) / rules.weights.get(kind, 1.0)
    return f"{used:.0f}"
