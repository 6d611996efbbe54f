"""The ways in: by a room's token, by showing a key; and who one is then."""

from starlette.requests import Request

from uncaged.archive import rooms
from uncaged.core.errors import WhoIsThere
from uncaged.studio import entering
from uncaged.web import cookies
from uncaged.web.coming import Coming
from uncaged.web.here import Here, Web
from uncaged.web.views.doors import EnterView
from uncaged.web.visitors import enter, show_key
from uncaged.web.words import _

LARGEST = 2_000
"""Bytes of a field that shows a key, at most: one has fewer than 100."""


def show(web: Web, request: Request) -> tuple[EnterView, Here | None]:
    """Who one is now; None for somebody whom the house does not let in."""
    coming: Coming = request.scope["coming"]
    encrypted = coming.near or coming.scheme == "https"
    try:
        here = enter(web, request, "read")
    except WhoIsThere:
        return EnterView(name=None, kind=None, may=(), by_key=False, encrypted=encrypted), None
    visitor = here.visitor
    view = EnterView(
        name=visitor.person.name,
        kind=visitor.person.kind,
        may=tuple(sorted(visitor.scopes)),
        by_key=visitor.key is not None,
        encrypted=encrypted,
    )
    return view, here


def knock(web: Web, request: Request) -> None:
    """Somebody wants to come in, nobody knows who: counted for the address they come from. Raises `TooMany`."""
    coming: Coming = request.scope["coming"]
    most = web.policies.held.policy.door.requests_a_minute
    web.rates.count(f"door:{entering.network_of(coming.address)}", most)


def by_room(web: Web, request: Request, token: str) -> str:
    """The cookie of a visitor who comes by this token; whoever has one for it keeps it."""
    knock(web, request)
    with web.studio.archive.read() as conn:
        room = rooms.find(conn, token, web.studio.clock.now())
    if room is None:
        raise WhoIsThere(
            _("This door is closed, or never was one."), _("Ask whoever gave you the address.")
        )
    secret = entering.secret_of(web.studio)
    held = request.cookies.get(cookies.ROOM, "")
    known = cookies.visitor(secret, held)
    return held if known is not None and known[0] == token else cookies.for_visitor(secret, token)


def by_key(web: Web, request: Request, key: str) -> str:
    """The cookie of somebody who shows this key."""
    visitor = show_key(web, key.strip(), request.scope["coming"])
    assert visitor.key is not None
    now = web.studio.clock.now() // 1_000_000
    return cookies.for_key(entering.secret_of(web.studio), visitor.key, now)
