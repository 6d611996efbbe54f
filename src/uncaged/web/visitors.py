"""Who asks: by key, by login, at the machine, by a room's cookie, by address; how often they may, and who stays.

Knows no page. Reads the archive: call it in a thread.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from starlette.requests import HTTPConnection

from uncaged.archive import awaiting, keys
from uncaged.archive.awaiting import Awaiting
from uncaged.archive.keys import Scope
from uncaged.core.errors import AskedWrong, WhoIsThere
from uncaged.studio import entering
from uncaged.studio.entering import Visitor, network_of
from uncaged.web import cookies
from uncaged.web.coming import Coming
from uncaged.web.here import Here, Web
from uncaged.web.words import _

TOGETHER = 60
"""So many visitors of a room may look at once by one address."""

NEWCOMERS = 60
"""People that one address may become in a minute: a class that comes in together, and no script that fills a room."""

Stay = Callable[[Here], Here]
"""Makes a person of whoever asks; see `staying`."""


def enter(web: Web, request: HTTPConnection, scope: Scope) -> Here:
    """Whoever asks, with the right to `scope`. Raises `WhoIsThere`, `NotAllowed`, `TooMany`.

    Nobody becomes a person by it: whoever was never here is `PASSING`, until something of theirs is kept (`staying`).
    Whoever has come in by the same request already is the same, and counts once.
    """
    known: Here | None = request.scope.get("entered")
    if known is not None:
        known.visitor.needs(scope)
        return known
    coming: Coming = request.scope["coming"]
    visitor = _who(web, request, coming, comes=False)
    most = web.policies.held.policy.door.requests_a_minute
    if visitor.person.kind != "owner" or visitor.key:
        if visitor.person.id:
            web.rates.count(visitor.person.id, most)
        else:
            _count_nobody(web, request, coming, most)
    visitor.needs(scope)
    studio = web.studio.as_person(visitor.person.id)
    here = Here(web, studio, visitor, coming, request.headers)
    request.scope["entered"] = here  # a page that says no knows by it who is there
    return here


def _count_nobody(web: Web, request: HTTPConnection, coming: Coming, most: int) -> None:
    """Whoever has made nothing yet counts by their address, or by themselves where they came by a room's door.

    So a class that opens the first page together is no flood; of all the visitors of an address together, `TOGETHER`
    times as many requests are answered.
    """
    address, held = f"address:{network_of(coming.address)}", request.cookies.get(cookies.ROOM, "")
    came = cookies.visitor(entering.secret_of(web.studio), held) if held else None
    if came is None:
        web.rates.count(address, most)
    else:
        web.rates.count(f"visitor:{came[1]}", most)
        web.rates.count(f"visitors:{address}", most * TOGETHER)


def staying(request: HTTPConnection) -> Stay:
    """How whoever asks becomes a person, when something of theirs is really going to be kept; whoever is one stays so.

    It waits for a commit: call it within `Web.write`. Raises `TooMany` where a room is full, or too many come at once.
    """

    def stay(here: Here) -> Here:
        if here.visitor.person.id:
            return here
        web, network = here.web, network_of(here.coming.address)
        web.rates.count(
            f"new:{network}",
            NEWCOMERS,
            _("More people came from one address than may in a minute."),
        )
        visitor = _who(web, request, here.coming, comes=True)
        known = replace(here, studio=web.studio.as_person(visitor.person.id), visitor=visitor)
        request.scope["entered"] = known
        return known

    return stay


def sits_here(web: Web, request: HTTPConnection) -> bool:
    """Whether it is the owner, at the machine itself, with no key and no login: nobody has to be looked up then."""
    coming: Coming = request.scope["coming"]
    return web.local and coming.near and not carries_key(request) and not _carries_login(request)


def awaited(here: Here) -> Awaiting:
    """What waits for whoever asks, whatever collective they act as. A guest has no page of their own that says it."""
    person = here.visitor.person
    hand = here.visitor.hand or person
    if not hand.id or hand.kind == "guest":
        return Awaiting()
    decides = hand.kind in ("owner", "keeper") and "manage" in here.visitor.scopes
    days = here.web.policies.held.policy.house.appeal_days
    with here.studio.archive.read() as conn:
        now = here.studio.clock.now()
        return awaiting.of(conn, hand.id, now, decides=decides, appeal_days=days, acts_as=person.id)


def _carries_login(request: HTTPConnection) -> bool:
    """Whether some cookie may say who is there, so that one can be somebody else at the machine too."""
    said = request.headers.get("cookie", "")
    return cookies.SESSION in said or cookies.KEY in said


def carries_key(request: HTTPConnection) -> bool:
    """Whether a key was sent. Clients of `/v1` cannot be made without one: what is no key of ours counts as none there,
    and opens nothing that is not open to everybody."""
    if not request.url.path.startswith("/v1/"):
        return "authorization" in request.headers
    said = request.headers.getlist("authorization")
    return len(said) > 1 or any(keys.BEGINNING in one for one in said)


def _who(web: Web, request: HTTPConnection, coming: Coming, comes: bool) -> Visitor:
    """comes: asks for something that is kept, and becomes a person by it; who only looks does not."""
    if carries_key(request):
        return _by_key(web, request, coming)
    by_login = _by_login(web, request, coming) if _carries_login(request) else None
    if by_login is not None:
        return by_login
    if web.local and coming.near:
        return web.owner.look()
    by_room = _by_room(web, request, comes)
    if by_room is not None:
        return by_room
    if not web.policies.held.policy.door.guests:
        raise WhoIsThere(
            _("This studio lets in whom it knows."),
            _(
                "Sign in, or send a key: Authorization: Bearer uncaged_… The owner invites, and makes keys."
            ),
        )
    return entering.by_address(web.studio, coming.address, known_only=not comes)


def _by_key(web: Web, request: HTTPConnection, coming: Coming) -> Visitor:
    """By the key in the one Authorization header."""
    said = request.headers.getlist("authorization")
    if len(said) > 1:
        raise AskedWrong(_("A request carries one key, not several."))
    how, _space, secret = said[0].strip().partition(" ")
    if how.lower() != "bearer":
        raise WhoIsThere(
            _("This studio knows keys alone: Authorization: Bearer uncaged_…"),
            _("Ask the owner of this studio for one."),
        )
    return show_key(web, secret.strip(), coming)


def show_key(web: Web, secret: str, coming: Coming) -> Visitor:
    """Whose key this is; wrong ones are counted for the address they come from."""
    try:
        return entering.by_key(web.studio, secret)
    except WhoIsThere:
        most = web.policies.held.policy.door.requests_a_minute
        web.rates.count(f"wrong:{network_of(coming.address)}", most)
        raise


def _by_login(web: Web, request: HTTPConnection, coming: Coming) -> Visitor | None:
    """By a login, or a key that was shown before; None where a cookie is none of ours, or a key's time is over."""
    studio, found = web.studio, request.cookies
    said = found.get(cookies.session_name(coming.scheme == "https"), "")
    visitor = entering.by_session(studio, said) if 20 < len(said) < 200 else None
    if visitor is not None:
        return _acting(web, found.get(cookies.ACTS, ""), visitor)
    if cookies.KEY in found:
        now = studio.clock.now() // 1_000_000
        key = cookies.key(entering.secret_of(studio), found[cookies.KEY], now)
        if key is not None:
            with suppress(WhoIsThere):
                return entering.by_key_id(studio, key)
    return None


def _acting(web: Web, cookie: str, visitor: Visitor) -> Visitor:
    """The same, or the collective that they chose to act as."""
    if not cookie:
        return visitor
    person = visitor.person.id
    collective = cookies.acting(entering.secret_of(web.studio), cookie, person)
    return visitor if collective is None else entering.acting(web.studio, visitor, collective)


def _by_room(web: Web, request: HTTPConnection, comes: bool) -> Visitor | None:
    """By the cookie of a room's visitor."""
    cookie = request.cookies.get(cookies.ROOM)
    if cookie is None:
        return None
    room = cookies.visitor(entering.secret_of(web.studio), cookie)
    if room is not None:
        with suppress(WhoIsThere):
            return entering.by_room(web.studio, *room, known_only=not comes)
    return None
