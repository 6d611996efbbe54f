"""The ways in: by a room's token, a key, name and password, a passkey, an invitation; and who one is then."""

from typing import TypeAlias

from starlette.requests import Request

from uncaged.archive import people, rooms, sessions
from uncaged.archive.sessions import Session
from uncaged.core.errors import AskedWrong, UncagedError, WhoIsThere
from uncaged.studio import entering, joining, passkeys, passwords, signing
from uncaged.studio.entering import LoginOver
from uncaged.studio.joining import Login, TooLate
from uncaged.studio.passkeys import Challenge, Site
from uncaged.web import cookies, tries
from uncaged.web.coming import Coming
from uncaged.web.here import Here, Web
from uncaged.web.views.base import Trouble
from uncaged.web.views.doors import EnterView, JoinView
from uncaged.web.visitors import enter, show_key
from uncaged.web.words import _

Begun: TypeAlias = tuple[Session, str]
"""A session, and the secret for its browser."""


def known_browser(web: Web, person_id: str) -> str:
    """The cookie of a browser by which this person has signed in."""
    now = web.studio.clock.now() // 1_000_000
    return cookies.for_known(entering.secret_of(web.studio), person_id, now)


def encrypted(request: Request) -> bool:
    """Whether nobody between can read what is sent: by https, or without leaving this machine."""
    coming: Coming = request.scope["coming"]
    return coming.near or coming.scheme == "https"


def secure(request: Request) -> bool:
    """Whether it came by https, so that a cookie may say so."""
    coming: Coming = request.scope["coming"]
    return coming.scheme == "https"


def site(request: Request) -> Site | None:
    """Where passkeys are made and used; None where they cannot be."""
    coming: Coming = request.scope["coming"]
    return passkeys.site(coming.host, coming.scheme)


_BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "OPR": "Opera",
    "Chrom": "Chromium",
    "Safari": "Safari",
}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux")


def agent_of(request: Request) -> str:
    """The browser, shortly, so that its person knows it again: Firefox, Linux."""
    said = request.headers.get("user-agent", "")
    browser = next((name for mark, name in _BROWSERS.items() if mark in said), "")
    system = next((name for name in _SYSTEMS if name in said), "")
    return ", ".join(one for one in (browser, system) if one) or said[:40]


def show(web: Web, request: Request) -> tuple[EnterView, Here | None]:
    """Who one is now; None for somebody whom the house does not let in."""
    left, trouble = "left" in request.query_params, None
    try:
        here = enter(web, request, "read")
    except WhoIsThere as error:
        here = None
        if isinstance(error, LoginOver) and not left:
            trouble = Trouble(message=error.message, hint=error.hint)
    visitor = None if here is None else here.visitor
    view = EnterView(
        name=None if visitor is None else visitor.person.name,
        kind=None if visitor is None else visitor.person.kind,
        may=() if visitor is None else tuple(sorted(visitor.scopes)),
        by_key=visitor is not None and visitor.key is not None,
        by_login=visitor is not None and visitor.session is not None,
        encrypted=encrypted(request),
        passkeys=site(request) is not None,
        left=left,
        trouble=trouble,
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


async def by_password(web: Web, request: Request, name: str, password: str) -> Begun:
    """A session of whoever this name and password belong to. Raises `WhoIsThere`, `TooMany`."""
    if not name.strip() or not password:
        raise WhoIsThere(
            _("Say who you are: a name and a password, a passkey, or a key."),
            _("The owner of this studio and its keepers invite."),
        )
    tried = await web.run(lambda: tries.of_stranger(web, request, name))
    known = await web.hash(lambda: signing.known_by_password(web.studio, name, password))
    tried.was_right(web)
    agent = agent_of(request)
    return await web.write(lambda: signing.begin(web.studio, known, agent))


def challenge_of(web: Web, request: Request, what: str) -> tuple[Site, Challenge]:
    """The challenge that this browser was given. Raises `AskedWrong`."""
    at = site(request)
    if at is None:
        raise AskedWrong(
            _("Passkeys work by https at a name, or at localhost; not at this address."),
            _("Use a password here, or open the studio by https."),
        )
    secret, now = entering.secret_of(web.studio), web.studio.clock.now()
    ticket = request.cookies.get(cookies.CHALLENGE, "")
    return at, passkeys.challenge_of(secret, what, ticket, now)


async def by_passkey(web: Web, request: Request, answer: str) -> Begun:
    """A session of whoever this passkey belongs to. Raises `WhoIsThere`, `AskedWrong`."""
    at, challenge = challenge_of(web, request, "enter")
    agent = agent_of(request)
    step = passkeys.sign_in
    return await web.write(lambda: step(web.studio, at, challenge, answer, agent))


def invitation(request: Request) -> str:
    """The secret of the invitation that this browser opened; empty for none."""
    return request.cookies.get(cookies.INVITATION, "")[:200]


def show_invitation(
    web: Web, request: Request, name: str = "", trouble: UncagedError | None = None
) -> tuple[JoinView, Here | None]:
    """What one is invited to. Raises `TooLate` where nobody can come by it."""
    knock(web, request)
    studio = web.studio
    with studio.archive.read() as conn:
        found = joining.look(conn, studio, invitation(request))
        by = people.get(conn, found.made_by)
        opens = None if found.person_id is None else people.get(conn, found.person_id)
        joins = None if found.collective_id is None else people.get(conn, found.collective_id)
    here = somebody(web, request)
    view = JoinView(
        invited_by=by.name or by.kind,
        kind=found.kind,
        collective=None if joins is None else joins.name,
        until=found.until,
        again=None if opens is None else opens.name or opens.kind,
        name=name or found.name or "",
        here=None if here is None or joins is None else here.visitor.person.name or "owner",
        encrypted=encrypted(request),
        passkeys=site(request) is not None,
        trouble=None if trouble is None else Trouble(message=trouble.message, hint=trouble.hint),
    )
    return view, here


def somebody(web: Web, request: Request) -> Here | None:
    """Who is here by a login of theirs, or at the machine; None for guests, and whoever is not let in."""
    try:
        here = enter(web, request, "read")
    except UncagedError:
        return None
    return here if here.visitor.signed_in and here.visitor.hand is None else None


async def join(web: Web, request: Request, name: str, password: str, passkey: str) -> Begun:
    """Whoever was invited comes to stay: their session. Raises `TooLate`, `AskedWrong`.

    A second press by whoever has come already, with the same name and password, signs them in.
    """
    knock(web, request)
    secret, studio = invitation(request), web.studio
    agent = agent_of(request)
    try:
        opens = await web.run(lambda: _opens(web, secret))
        called = opens or name
        if opens is None:
            await web.run(lambda: _check_name(web, name))
        if passkey:
            at, challenge = challenge_of(web, request, "join")
            login = Login(passkey=passkeys.made(at, challenge.said, passkey), agent=agent)
        else:
            plain = passwords.check(password, called)
            hashed = await web.hash(lambda: passwords.hash_of(plain))
            login = Login(password=hashed, agent=agent)
        return (await web.write(lambda: joining.come(studio, secret, name, login)))[1:]
    except TooLate:
        if not (name and password):
            raise
        try:
            return await by_password(web, request, name, password)
        except WhoIsThere:
            pass
        raise


def _opens(web: Web, secret: str) -> str | None:
    """Whose login a good invitation opens again; None where somebody new comes by it."""
    with web.studio.archive.read() as conn:
        found = joining.look(conn, web.studio, secret)
        if found.person_id is None:
            return None
        person = people.get(conn, found.person_id)
        return person.name or person.kind


def _check_name(web: Web, name: str) -> None:
    with web.studio.archive.read() as conn:
        people.free_name(conn, name)


def end(web: Web, secret: str) -> None:
    """Whoever signs out ends the login that their browser came by."""
    with web.studio.archive.read() as conn:
        found = sessions.find(conn, secret)
    if found is not None:
        now = web.studio.clock.now()
        web.studio.commit(lambda conn: sessions.end(conn, found.person_id, found.id, now))
