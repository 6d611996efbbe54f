"""The line as everybody sees it: what is performed, who waits in which order and why, and the policy behind it.

Nobody's words stand in it but one's own, and those of works that everybody may see.
"""

from collections.abc import Collection, Mapping
from typing import get_args

from uncaged.archive import performers, watching
from uncaged.archive.tables import Lane
from uncaged.archive.watching import Going, Held, Worded
from uncaged.core.errors import NotFound
from uncaged.engines.registry import DEFAULT
from uncaged.queue.charging import GUESS
from uncaged.queue.fairness import SECOND
from uncaged.queue.following import Followed
from uncaged.queue.place import Place
from uncaged.studio.learning import in_words
from uncaged.web.here import Here
from uncaged.web.views.line import LineView, PerformerView, PolicyView, RowView
from uncaged.web.words import _

SHOWN, OWN, ASIDE = 40, 10, 200
"""Places that the page shows; how many of one's own further back; and runs of one's own that stand aside, of which it
shows as many rows."""

FEW = 8
"""Rows of it on the first page."""

FIRST = 5.0
"""Seconds that a film of whoever has pressed nothing yet is thought to take."""

AGAIN = 10.0
"""Seconds after which the page asks again."""


def lane_of(name: str | None) -> Lane:
    """The lane of this name, that of films where none is said; `NotFound` where there is none such."""
    for lane in get_args(Lane):
        if lane == (name or "interactive"):
            return lane
    raise NotFound(
        _("There is no such line."), _("There are {}.").format(", ".join(get_args(Lane)))
    )


def show(here: Here, lane: Lane = "interactive") -> LineView:
    """The line of a lane, as it stands and as it will probably go."""
    line, policy = here.foresight.line(lane)
    me = here.studio.person
    further = [place for place in line.places[SHOWN:] if place.person == me]
    places = [*line.places[:SHOWN], *further[:OWN]]
    with here.studio.archive.read() as conn:
        going = watching.going(conn, line.lane)
        there = performers.all_of_them(conn)
        alive = watching.lanes_with_work(conn)
        held = watching.held_back(conn, me, line.lane, ASIDE)
        shown = [g.id for g in going] + [p.run for p in places] + [h.id for h in held]
        words = watching.worded(conn, me, shown)
        trained = watching.trainings(conn, shown)
    busy = {one.desk for one in there if one.run_id is not None}
    now = here.studio.clock.now()
    rows = [_performed(one, me, words, now, trained) for one in going]
    known = line.performers > 0
    rows += _gathered([_waits(place, me, words, known, trained) for place in places])
    rows += _gathered([_stands_aside(one, words) for one in held])[:OWN]
    return LineView(
        now=now,
        waiting=line.waiting,
        performers=tuple(
            _performer(one, busy)
            for one in there
            if one.number == one.desk and (one.lane == line.lane or one.lane in alive)
        ),
        rows=tuple(rows),
        lane=lane,
        others=tuple(sorted(alive - {lane})),
        policy=policy_view(policy),
        again=AGAIN,
    )


def begins(here: Here) -> LineView:
    """Its first few rows, as the first page draws them."""
    whole = show(here)
    return whole.model_copy(update={"rows": whole.rows[:FEW]})


def pressed(here: Here, standing: LineView, model: str = DEFAULT) -> RowView | None:
    """The row of a film that this visitor would ask for now; None where it would stand further back than is played."""
    person = here.visitor.person
    takes = FIRST
    place = here.foresight.pressed(person.id, person.kind or "guest", model, takes)
    if place is None:
        return None
    row = _waits(place, person.id, {}, bool(standing.performers))
    return row.model_copy(update={"who": _("you, if you press"), "own": True, "run": None})


def policy_view(followed: Followed) -> PolicyView:
    """The policy that holds."""
    return PolicyView(
        hash=followed.policy.hash,
        since=followed.since,
        mistake=followed.mistake,
        says=followed.policy.to_json(),
    )


def _performed(
    one: Going, me: str, words: Mapping[str, Worded], now: int, trained: Collection[str] = ()
) -> RowView:
    takes = GUESS if one.estimated_seconds is None else one.estimated_seconds
    done = max(0, now - one.began) / SECOND
    if one.progress[1]:
        done = takes * one.progress[0] / one.progress[1]
    word = words.get(one.id)
    mine = one.person_id == me
    return RowView(
        state="in_progress",
        place=None,
        who=_who(one.kind, mine),
        own=mine,
        model=one.model,
        text=_text(word),
        work=None if word is None else word.work_id,
        run=one.id if mine else None,
        group=None if word is None or not mine else word.group_id,
        starts=0.0,
        takes=takes,
        done=min(done, takes),
        why="; ".join(filter(None, (_trains(one.id, trained), _("performed now")))),
    )


def _gathered(rows: list[RowView]) -> list[RowView]:
    """One row for runs of a group of one's own that follow one another."""
    found: list[RowView] = []
    for row in rows:
        last = found[-1] if found else None
        if last is not None and row.group is not None and _follows(row, last):
            more: dict[str, object] = {"count": last.count + 1, "takes": last.takes + row.takes}
            if row.state == "held":
                more["why"] = _("they wait for one another, or for others")
            found[-1] = last.model_copy(update=more)
        else:
            found.append(row)
    return found


def _follows(row: RowView, last: RowView) -> bool:
    beside = row.state == "held" or row.place == (last.place or 0) + last.count
    return row.group == last.group and row.state == last.state and beside


def _waits(
    place: Place,
    me: str,
    words: Mapping[str, Worded],
    known: bool,
    trained: Collection[str] = (),
) -> RowView:
    word = words.get(place.run)
    mine = place.person == me
    return RowView(
        state="queued",
        place=place.place,
        who=_who(place.kind, mine),
        own=mine,
        model="" if place.choice is None else place.choice.head.model,
        text=_text(word),
        work=None if word is None else word.work_id,
        run=place.run if mine else None,
        group=None if word is None or not mine else word.group_id,
        starts=place.starts if known else None,
        takes=place.seconds,
        done=0.0,
        why="; ".join(filter(None, (_trains(place.run, trained), _why(place, mine)))),
    )


def _stands_aside(one: Held, words: Mapping[str, Worded]) -> RowView:
    """One of one's own whose turn cannot come yet."""
    word = words.get(one.id)
    if one.paused:
        why = _("it is paused until you resume it")
    elif len(one.first) == 1:
        why = _("waits for {}, which has to be made first").format(one.first[0])
    else:
        why = _("waits for {} others, which have to be made first").format(len(one.first))
    return RowView(
        state="held",
        place=None,
        who=_who("", True),
        own=True,
        model=one.model,
        text=_text(word),
        work=None if word is None else word.work_id,
        run=one.id,
        group=None if word is None else word.group_id,
        starts=None,
        takes=GUESS if one.estimated_seconds is None else one.estimated_seconds,
        done=0.0,
        why=why,
    )


def _why(place: Place, mine: bool) -> str:
    because = "share" if place.choice is None else place.choice.because
    if because == "first":
        return _("a first film that has waited long")
    if because == "warm":
        return _("its model is loaded already")
    if because == "short":
        return _("short enough to pass beside what is performed")
    if mine:
        return _("your turn, by what you have used lately")
    return _("has used least when its turn comes")


def _text(word: Worded | None) -> str | None:
    """A film's own words; a training in words."""
    if word is None:
        return None
    return word.text if word.task is None else in_words(word.task)


def _trains(run: str, trained: Collection[str]) -> str:
    """What everybody may know of a training: that it is one."""
    return _("a training") if run in trained else ""


def _who(kind: str, mine: bool) -> str:
    if mine:
        return _("you")
    named = {
        "owner": _("the owner"),
        "keeper": _("a keeper"),
        "member": _("a member"),
        "guest": _("a guest"),
    }
    return named.get(kind, _("a collective"))


def _performer(one: performers.Performer, busy: Collection[int]) -> PerformerView:
    return PerformerView(
        number=one.number,
        device=one.device,
        lane=one.lane,
        model=one.model,
        busy=one.desk in busy,
        deaths=one.deaths,
        since=one.since,
    )
