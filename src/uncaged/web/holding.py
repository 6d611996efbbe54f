"""In whose hands a work is for somebody: their own, their hands by the maker's link, or shown to them.

A link is exchanged for a cookie of this work's addresses alone. Knows no page; reads the archive: call it in a thread.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from starlette.requests import HTTPConnection, Request, cookie_parser
from starlette.responses import Response

from uncaged.archive import links as link_statements
from uncaged.archive import works
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound, WhoIsThere
from uncaged.core.ids import is_id
from uncaged.studio import links
from uncaged.studio.entering import network_of
from uncaged.studio.links import Opened, Role
from uncaged.web import cookies
from uncaged.web.coming import Coming
from uncaged.web.here import Here, Web
from uncaged.web.visitors import enter
from uncaged.web.words import _

COOKIE = "uncaged_link"

TRIES = 120
"""Links that one address may try in a minute: a class that comes in together, and no script that guesses."""


@dataclass(frozen=True, slots=True)
class Held:
    """A work as somebody may have it. here: in its person's hands where it is `own`. by: the link they came by."""

    row: Work
    here: Here
    own: bool
    by: Role | None = None


def held(conn: Connection, here: Here, work_id: str) -> Held:
    """The work, for this visitor; `NotFound` alike where it is not here, not theirs to see, or no id at all."""
    if not is_id("work", work_id):
        raise not_found()
    me = here.studio.person
    row = _seen(conn, me, work_id)
    if row is not None and row.person_id == me:
        return Held(row, here, own=True)
    opened = _opened(conn, here, work_id)
    if opened is not None and opened.role == "maker":
        row = works.get(conn, opened.person_id, work_id)
        return Held(
            row, replace(here, studio=here.studio.as_person(opened.person_id)), True, "maker"
        )
    if row is None and opened is not None:
        row = _seen(conn, me, work_id, by_link=True)
    if row is None:
        raise not_found()
    return Held(row, here, own=False, by=None if opened is None else opened.role)


def own(here: Here, work_id: str) -> Held:
    """A work in its person's hands; `NotFound` alike for what is not here and what is somebody else's."""
    with here.studio.archive.read() as conn:
        found = held(conn, here, work_id)
    if not found.own:
        raise not_found()
    return found


def not_found() -> NotFound:
    """The one answer for what is not here and what is somebody else's."""
    return NotFound(
        _("There is no such work here, or it is not yours to see."),
        _(
            "Is the address right? What was deleted is gone for everybody. A link opens its work "
            "only while it holds, and only where the browser keeps a cookie."
        ),
    )


def exchange(web: Web, request: Request, work_id: str) -> str:
    """The cookie for the link in this request's address. Raises `TooMany`, and `NotFound` as for what is not here."""
    coming: Coming = request.scope["coming"]
    said = _("More links were tried from one address than may be in a minute.")
    web.rates.count(f"link:{network_of(coming.address)}", TRIES, said)
    token = request.query_params.get("link", "")
    with suppress(WhoIsThere):  # a page that says no looks as it does to them elsewhere
        enter(web, request, "read")
    with web.studio.archive.read() as conn:
        opened = links.open_by(conn, web.studio, work_id, token)
        if opened is None:
            raise not_found()
        return sealed(conn, web, work_id, opened.role)


def sealed(conn: Connection, web: Web, work_id: str, role: Role) -> str:
    """The cookie for somebody who came by such a link; `NotFound` where the work is gone."""
    times = link_statements.times(conn, work_id)
    if times is None:
        raise not_found()
    return links.seal(web.studio, work_id, role, times)


def give(answer: Response, request: HTTPConnection, work_id: str, cookie: str) -> None:
    """Puts it into an answer: it is sent along to this work's addresses, and to no other."""
    answer.set_cookie(
        COOKIE,
        cookie,
        cookies.DAYS * cookies.DAY,
        secure=request.scope["coming"].scheme == "https",
        httponly=True,
        samesite="lax",
        path=f"/works/{work_id}",
    )


def _seen(conn: Connection, person_id: str, work_id: str, by_link: bool = False) -> Work | None:
    try:
        return works.get(conn, person_id, work_id, by_link)
    except NotFound:
        return None


def _opened(conn: Connection, here: Here, work_id: str) -> Opened | None:
    sent = here.headers.get("cookie", "")
    cookie = cookie_parser(sent).get(COOKIE) if COOKIE in sent else None
    return links.opened_by(conn, here.web.studio, work_id, cookie) if cookie else None
