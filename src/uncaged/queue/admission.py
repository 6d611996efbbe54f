"""At the door of the line: what the policy allows this person, before anything is promised.

Whatever is refused here is refused with the number that was asked for, the number that is possible, and what to do.
"""

from sqlalchemy import Connection, bindparam, func, select

from uncaged.archive.line_tables import shelves
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import people, runs
from uncaged.core.errors import AskedWrong, NotAllowed, NotToday, TooMany
from uncaged.core.score import Score
from uncaged.core.words import _, ngettext
from uncaged.queue.policy import Class, Policy

DAY = 24 * 3600 * 1_000_000
"""Microseconds of a day."""


def check(
    conn: Connection, policy: Policy, person_id: str, score: Score, estimate: float, now: int
) -> None:
    """May this person ask for this? estimate: device-seconds it should take. now: µs UTC.

    Raises `AskedWrong` for what would never be allowed, `TooMany` for what has to wait for a place in line,
    `NotToday` for what has to wait for another day or for room.
    """
    bounds = bounds_of(conn, policy, person_id)
    check_size(bounds, score, estimate)
    check_count(conn, bounds, person_id, 1, estimate, now)


def check_training(
    conn: Connection, policy: Policy, person_id: str, seconds: float, now: int
) -> None:
    """May this person ask for a training that takes so many seconds? Guests never may. Raises as `check` does."""
    if kind_of(conn, person_id) == "guest":
        raise NotAllowed(
            _("A training is asked for by people who stay here."),
            _("Whoever keeps this house invites."),
        )
    bounds = bounds_of(conn, policy, person_id)
    if bounds.device_seconds is not None and seconds > bounds.device_seconds:
        raise AskedWrong(
            _(
                "This would take about %(estimate)s seconds of a device; this house allows you %(most)s "
                "for one run."
            )
            % {"estimate": f"{seconds:.0f}", "most": f"{bounds.device_seconds:g}"},
            _("Ask for fewer minutes, and go on later."),
        )
    check_count(conn, bounds, person_id, 1, seconds, now)


def bounds_of(conn: Connection, policy: Policy, person_id: str) -> Class:
    """What the policy says of this person's class; whoever is no person yet, and has no id, would be a guest."""
    return policy.of(kind_of(conn, person_id))


def kind_of(conn: Connection, person_id: str) -> str:
    """What a person is here; whoever is no person yet would be a guest."""
    return _KIND.on(conn, {"person": person_id}).scalar_one() if person_id else "guest"


def check_count(
    conn: Connection, bounds: Class, person_id: str, count: int, estimate: float, now: int
) -> None:
    """May they have so many more in line, today, in the room that is theirs? estimate: of the longest."""
    _check_line(conn, bounds, person_id, count, estimate)
    _check_day(conn, bounds, person_id, count, now)
    _check_room(conn, bounds, person_id)


_KIND = Prepared(select(people.c.kind).where(people.c.id == bindparam("person")))
_WAITING = Prepared(
    select(func.count()).where(runs.c.person_id == bindparam("person"), runs.c.state == "queued")
)
_OF_A_DAY = Prepared(
    select(func.count(), func.min(runs.c.asked)).where(
        runs.c.person_id == bindparam("person"),
        runs.c.asked > bindparam("after"),
        runs.c.asked <= bindparam("now"),
    )
)
_ROOM = Prepared(select(shelves.c.bytes).where(shelves.c.person_id == bindparam("person")))


def check_size(bounds: Class, score: Score, estimate: float) -> None:
    """Whether one film may be as large, as long, as costly."""
    width, height = score.size
    pixels = width * height / 1e6
    if bounds.megapixels is not None and pixels > bounds.megapixels:
        raise AskedWrong(
            _("%(width)sx%(height)s are %(pixels)s million pixels; this house allows you %(most)s.")
            % {
                "width": width,
                "height": height,
                "pixels": f"{pixels:.2f}",
                "most": f"{bounds.megapixels:g}",
            },
            _("Ask for a smaller size."),
        )
    if bounds.seconds is not None and score.seconds > bounds.seconds:
        raise AskedWrong(
            _("%(seconds)s seconds are longer than this house allows you (%(most)s).")
            % {"seconds": f"{score.seconds:g}", "most": f"{bounds.seconds:g}"},
            _("Ask for a shorter film."),
        )
    if bounds.device_seconds is not None and estimate > bounds.device_seconds:
        raise AskedWrong(
            _(
                "This would take about %(estimate)s seconds of a device; this house allows you %(most)s "
                "for one film."
            )
            % {"estimate": f"{estimate:.0f}", "most": f"{bounds.device_seconds:g}"},
            _("Ask for a smaller size or a shorter film."),
        )


def _check_line(
    conn: Connection, bounds: Class, person_id: str, count: int, estimate: float
) -> None:
    if bounds.waiting is None:
        return
    waiting = _WAITING.on(conn, {"person": person_id}).scalar_one()
    if waiting + count > bounds.waiting:
        said = {"waiting": waiting, "most": bounds.waiting, "more": count}
        raise TooMany(
            _("You have %(waiting)s of %(most)s runs in line that one person may have here.") % said
            if count == 1
            else _(
                "You have %(waiting)s of %(most)s runs in line that one person may have here, "
                "and ask for %(more)s more."
            )
            % said,
            _("Wait until one of them is made, or cancel one.")
            if waiting
            else _("Ask for fewer at a time."),
            retry_after=max(5.0, min(600.0, estimate)),
        )


def _check_day(conn: Connection, bounds: Class, person_id: str, count: int, now: int) -> None:
    if bounds.runs_a_day is None:
        return
    recent = {"person": person_id, "after": now - DAY, "now": now}
    made, first = _OF_A_DAY.on(conn, recent).one()
    if made + count > bounds.runs_a_day:
        left = (first + DAY - now) / 1e6 if first is not None else 3600.0
        raise NotToday(
            _("You have asked for %(made)s films in 24 hours; this house allows %(most)s.")
            % {"made": made, "most": bounds.runs_a_day},
            _next(left),
            retry_after=left,
        )


def room(conn: Connection, person_id: str) -> int:
    """Bytes that the works and the given files of this person take."""
    return _ROOM.on(conn, {"person": person_id}).scalar() or 0


def _check_room(conn: Connection, bounds: Class, person_id: str) -> None:
    if bounds.megabytes is None:
        return
    used = room(conn, person_id) / 1e6
    if used >= bounds.megabytes:
        raise NotToday(
            _("Your works take %(used)s MB of the %(most)s MB that one person has here.")
            % {"used": f"{used:.0f}", "most": f"{bounds.megabytes:g}"},
            _("Take some away and delete them."),
            retry_after=3600.0,
        )


def _next(seconds: float) -> str:
    """When the next film can be asked for, in words."""
    if seconds > 5400:
        hours = round(seconds / 3600)
        said = ngettext(
            "The next one can be asked for in %(num)s hour.",
            "The next one can be asked for in %(num)s hours.",
            hours,
        )
        return said % {"num": hours}
    minutes = max(1, round(seconds / 60))
    said = ngettext(
        "The next one can be asked for in %(num)s minute.",
        "The next one can be asked for in %(num)s minutes.",
        minutes,
    )
    return said % {"num": minutes}
