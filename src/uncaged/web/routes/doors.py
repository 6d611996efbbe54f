"""The addresses of the ways in: rooms, keys, names and passwords, passkeys, invitations; and out again."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from uncaged.core.errors import UncagedError, WhoIsThere
from uncaged.studio import joining
from uncaged.web import cookies, reader
from uncaged.web.answering import answer, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import (
    challenges,
    doors,
)
from uncaged.web.reading import read_form
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said
from uncaged.web.views.base import ErrorView, Trouble
from uncaged.web.views.doors import EnterView, JoinView

router = APIRouter()

LARGEST = 6_000
"""Bytes of a field at `/enter`: a password has at most 1,000, a signed challenge a thousand or two."""


@router.get("/rooms/enter", status_code=303, response_class=RedirectResponse)
async def come_in(request: Request, token: str = "") -> Response:
    """By a room's door: a cookie says from now on which visitor this is, and the token leaves the address."""
    web = web_of(request)
    cookie = await web.run(lambda: doors.by_room(web, request, token))
    back = to("/")
    cookies.give(back, cookies.ROOM, cookie, doors.secure(request))
    return back


@router.get("/enter", response_model=EnterView, responses=PAGE)
async def sign(request: Request) -> Response:
    """Who one is here, and the ways to be somebody."""
    web = web_of(request)
    view, here = await web.run(lambda: doors.show(web, request))
    page, secure = answer(request, "enter.html", view, here), doors.secure(request)
    if here is None and cookies.session_name(secure) in request.cookies:
        cookies.take(page, cookies.session_name(secure), secure)
    return page


@router.post(
    "/enter",
    status_code=303,
    response_class=RedirectResponse,
    responses={"4XX": {"model": ErrorView}},
)
async def sign_in(request: Request) -> Response:
    """With `name` and `password`, `passkey` (what the browser signed) or `key`: a cookie stands for it from now on."""
    web = web_of(request)
    doors.knock(web, request)
    fields = await said(request, LARGEST)
    try:
        back = to("/")
        if fields.get("key") or not (fields.keys() & {"name", "password", "passkey"}):
            shown = fields.get("key", "")
            cookie = await web.run(lambda: doors.by_key(web, request, shown))
            cookies.give(back, cookies.KEY, cookie, doors.secure(request))
            return back
        if fields.get("passkey"):
            begun = await doors.by_passkey(web, request, fields["passkey"])
        else:
            name, password = fields.get("name", ""), fields.get("password", "")
            begun = await doors.by_password(web, request, name, password)
    except UncagedError as error:
        return await _enter_again(request, error, fields.get("name", ""))
    return signed(request, back, begun)


def signed(request: Request, back: Response, begun: doors.Begun) -> Response:
    """The answer to whoever has just signed in; what they acted as or were before is forgotten."""
    secure, (session, secret) = doors.secure(request), begun
    cookies.give(back, cookies.session_name(secure), secret, secure)
    known = doors.known_browser(web_of(request), session.person_id)
    cookies.give(back, cookies.KNOWN, known, secure, cookies.KNOWN_DAYS * cookies.DAY)
    for name in (cookies.KEY, cookies.ACTS, cookies.CHALLENGE, cookies.INVITATION):
        if name in request.cookies:
            cookies.take(back, name, secure)
    return back


async def _enter_again(request: Request, error: UncagedError, name: str) -> Response:
    """The page again, with the name that was typed, and why; a program gets the error alone."""
    if wants_json(request) or error.http_status >= 500:
        return refuse(request, error)
    web = web_of(request)
    view, here = await web.run(lambda: doors.show(web, request))
    trouble = Trouble(message=error.message, hint=error.hint)
    view = view.model_copy(update={"trouble": trouble, "typed": name[:200]})
    back = answer(request, "enter.html", view, here, error.http_status)
    back.headers.update(headers_of(error))
    return back


@router.post("/leave", status_code=303, response_class=RedirectResponse)
async def sign_out(request: Request) -> Response:
    """Ends this login and forgets the key that was shown; a room's visitor stays one."""
    web, secure = web_of(request), doors.secure(request)
    secret = request.cookies.get(cookies.session_name(secure), "")
    if secret:
        await web.write(lambda: doors.end(web, secret))
    back = to("/enter")
    for name in (cookies.KEY, cookies.ACTS, cookies.session_name(secure)):
        cookies.take(back, name, secure)
    return back


@router.get("/join", response_model=JoinView, responses=PAGE)
async def invited(request: Request, invitation: str = "") -> Response:
    """An invitation. By `?invitation=` a cookie keeps it for an hour, and it leaves the address."""
    web, secure = web_of(request), doors.secure(request)
    if invitation:
        doors.knock(web, request)
        back = to("/join")
        cookies.give(back, cookies.INVITATION, invitation[:200], secure, cookies.SHORT)
        return back
    view, here = await web.run(lambda: doors.show_invitation(web, request))
    return answer(request, "join.html", view, here)


@router.post(
    "/join",
    status_code=303,
    response_class=RedirectResponse,
    responses={"4XX": {"model": ErrorView}},
)
async def join(request: Request) -> Response:
    """With `name` and `password` or `passkey`: one becomes a member. With `agree`: one joins the collective."""
    web = web_of(request)
    fields = await said(request)
    name = fields.get("name", "")
    try:
        if "agree" in fields:
            here = await web.write(lambda: _themselves(request))
            secret = doors.invitation(request)
            await web.write(lambda: joining.join_collective(here.studio, secret))
            back = to("/me")
            cookies.take(back, cookies.INVITATION, doors.secure(request))
            return back
        password, passkey = fields.get("password", ""), fields.get("passkey", "")
        begun = await doors.join(web, request, name, password, passkey)
    except UncagedError as error:
        return await _join_again(request, error, name)
    return signed(request, to("/"), begun)


def _themselves(request: Request) -> Here:
    here = doors.somebody(web_of(request), request)
    if here is None:
        raise WhoIsThere("You are not signed in.", "Sign in, and open the link again.")
    return here


async def _join_again(request: Request, error: UncagedError, name: str) -> Response:
    """The form again, with the name that was typed; where the invitation is over, that alone."""
    if wants_json(request) or error.http_status >= 500:
        return refuse(request, error)
    web = web_of(request)
    try:
        shown = await web.run(lambda: doors.show_invitation(web, request, name[:200], error))
    except UncagedError as over:
        return refuse(request, over)
    back = answer(request, "join.html", *shown, error.http_status)
    back.headers.update(headers_of(error))
    return back


@router.post("/passkeys/challenge", response_class=JSONResponse, responses=PAGE)
async def challenge(request: Request) -> Response:
    """What a browser is asked to sign: `for` enter, join (with `name`) or me. Good once, for five minutes."""
    web = web_of(request)
    doors.knock(web, request)
    fields = await said(request)
    what, name = fields.get("for", ""), fields.get("name", "")
    cookie, options = await web.run(lambda: challenges.give(web, request, what, name))
    back = JSONResponse(options, headers={"Cache-Control": "no-store"})
    cookies.give(back, cookies.CHALLENGE, cookie, doors.secure(request), 300)
    return back


@router.post("/words", status_code=303, response_class=RedirectResponse)
async def read_in(request: Request) -> Response:
    """With the form field `words`: the pages are in that language from now on, for this browser. `back`: where to."""
    form = await read_form(request, files=0, fields=4, largest=reader.LARGEST)
    back = to(reader.back(form.get("back")))
    code = form.get("words")
    reader.choose(back, code if isinstance(code, str) else "", doors.secure(request))
    return back
