"""The open door as a room full of people sees it: address, time left, numbers only, what happens at the end.

Knows no process: whoever opened it looks into the archive as this page does.
"""

from collections.abc import Callable, Mapping

from uncaged.archive import openings
from uncaged.archive.openings import Opening
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.studio import open_door
from uncaged.studio.open_door import Note
from uncaged.web.here import Here
from uncaged.web.views.open import FoundView, InsideView, OpenView
from uncaged.web.words import _

AGAIN = 30.0
"""Seconds after which the page asks again."""

DOINGS: Mapping[str, Callable[[Here], object]] = {
    "longer": lambda here: open_door.longer(here.studio),
    "close": lambda here: open_door.close(here.studio),
}
"""What keepers may do about it."""


def show(here: Here) -> OpenView:
    """The last opening, as it stands now."""
    now = here.studio.clock.now()
    with here.studio.archive.read() as conn:
        opening = openings.latest(conn)
        counted = None if opening is None else openings.inside(conn, opening.began)
    encrypted = here.coming.near or here.coming.scheme == "https"
    keeper = "manage" in here.visitor.scopes
    if opening is None or counted is None:
        return _never(encrypted, keeper)
    state = _state(opening, now)
    noted = None if state == "closed" else open_door.noted(here.studio, opening.id)
    longest = None if counted.longest is None else max(0, now - counted.longest) / 1e6
    return OpenView(
        state=state,
        began=opening.began,
        until=opening.until,
        closed=opening.closed or (opening.until if state != "open" else None),
        finished=opening.finished,
        left=opening.left(now),
        address=_address(here, opening, noted) if state == "open" else None,
        inside=InsideView(
            people=counted.people,
            waiting=counted.waiting,
            going=counted.going,
            done=counted.done,
            made=counted.made,
            first=counted.first,
            longest=longest,
            most=counted.most,
            shown=counted.shown,
        ),
        longer=None if state == "closed" else _line_takes(here),
        stays=(opening.finished or opening.closed or opening.until) + open_door.STAYS,
        command=None if noted is None else noted.command,
        asked=()
        if noted is None
        else tuple(FoundView(asked=f.asked, found=f.found, link=f.link) for f in noted.found),
        encrypted=encrypted,
        keeper=keeper,
        again=AGAIN,
    )


def do(here: Here, doing: str) -> OpenView:
    """Half an hour longer, or closed now."""
    if doing not in DOINGS:
        raise AskedWrong(_("The door can be told to {}.").format(_(" or ").join(DOINGS)))
    try:
        DOINGS[doing](here)
    except AskedWrong:
        if doing != "close":  # a second press finds it closed, which is what was wanted
            raise
    return show(here)


def _state(opening: Opening, now: int) -> str:
    if opening.finished is not None:
        return "closed"
    return "closing" if opening.is_over(now) else "open"


def _never(encrypted: bool, keeper: bool) -> OpenView:
    return OpenView(
        state="never",
        began=None,
        until=None,
        closed=None,
        finished=None,
        left=0.0,
        address=None,
        inside=None,
        longer=None,
        stays=None,
        command=None,
        encrypted=encrypted,
        keeper=keeper,
        again=AGAIN,
    )


def _address(here: Here, opening: Opening, noted: Note | None) -> str:
    """What people type: by the public address, by the one that was printed, or by the one this page was asked by."""
    asked_by = f"{here.coming.scheme}://{here.coming.host}"
    base = opening.url or (asked_by if noted is None else noted.base)
    return f"{base}/open/{open_door.token(here.studio, opening.id)}"


def _line_takes(here: Here) -> float | None:
    """Seconds until whoever waits now is served, as it looks; None where nobody performs, or it is not known."""
    try:
        line, _policy = here.foresight.line()
    except UncagedError:
        return None
    if not line.performers:
        return None
    ends = [p.starts + p.seconds for p in line.places]
    return max(ends, default=0.0)
