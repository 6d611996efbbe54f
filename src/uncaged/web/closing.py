"""Whether the open door still lets makings in: asked by every way by which a film is asked for.

Whoever keeps the house may make at any time; whoever stands in line already is served whatever is said here.
"""

from starlette.requests import cookie_parser

from uncaged.archive.keys import hashed
from uncaged.archive.openings import Opening
from uncaged.core.clock import in_words
from uncaged.core.errors import DoorClosed
from uncaged.studio import entering
from uncaged.web import cookies
from uncaged.web.here import Here, Web
from uncaged.web.words import _


def check(here: Here) -> None:
    """Raises `DoorClosed` where nobody new may make anything now.

    Members are held up only by a web that was started for the opening: one that was broken off ends no house.
    """
    if "manage" in here.visitor.scopes:
        return
    doors, now = here.web.openings.look(), here.studio.clock.now()
    on, guest = doors.on, here.visitor.person.kind == "guest"
    if on is not None and on.is_over(now) and (here.web.read_only or guest):
        raise _closed(on.closed or on.until)
    if on is None and here.web.read_only:
        raise _closed(None)
    if doors.ended and guest:
        held = cookie_parser(here.headers.get("cookie", "")).get(cookies.ROOM, "")
        came = cookies.visitor(entering.secret_of(here.studio), held) if held else None
        if came is not None and hashed(came[0]) in doors.ended:
            raise _closed(None)


def _closed(when: int | None) -> DoorClosed:
    said = _("The door is closed.") if when is None else _("The door closed at {}.")
    return DoorClosed(
        said.format("" if when is None else in_words(when)),
        _(
            "Nobody new can make anything; whoever stands in line is still served. What you made is "
            "yours: come by the same link, or with the same browser. What was shown stays to be seen."
        ),
    )


def on_now(web: Web) -> Opening | None:
    """The opening that is on, or whose line is being finished, as it was when somebody last looked."""
    return web.openings.held.on
