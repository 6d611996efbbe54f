"""The addresses of who one is here: name, sessions, ways in, keys, acting for a collective."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import AskedWrong, UncagedError, WhoIsThere
from uncaged.studio import signing
from uncaged.web import cookies, tries
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import (
    doors,
    people,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said, ticked
from uncaged.web.views.people import KeyMadeView, MeView
from uncaged.web.visitors import enter
from uncaged.web.words import _

router = APIRouter()

Fields = Mapping[str, str]


@router.get("/me", response_model=MeView, responses=PAGE)
async def me(request: Request) -> Response:
    """Who one is here: name, words, sessions, password, passkeys, keys, collectives."""
    return await page(request, "me.html", lambda here: people.show(here, request))


async def _change(
    request: Request, about: str, step: Callable[[Here, Fields], object], address: str = "/me"
) -> Response:
    """A change of one's own by a form: 303, and the page with the reason where it cannot be."""
    here = await come(request, "make")
    fields = await said(request)
    try:
        await here.web.write(lambda: step(here, fields))
    except UncagedError as error:
        return await again(request, error, about)
    return await done(request, address)


async def done(request: Request, address: str = "/me") -> Response:
    """A browser goes on; a program gets the record of who it is now."""
    if not wants_json(request):
        return to(address)
    request.scope.pop("entered", None)  # as it is now, not as it was
    return await page(request, "me.html", lambda here: people.show(here, request))


async def again(request: Request, error: UncagedError, about: str) -> Response:
    """The page again, and why nothing was changed; a program gets the error alone."""
    if wants_json(request) or error.http_status >= 500 or isinstance(error, WhoIsThere):
        return refuse(request, error)

    def show() -> Response:
        here = enter(web_of(request), request, "read")
        view = people.show(here, request, error, about)
        back = answer(request, "me.html", view, here, error.http_status)
        back.headers.update(headers_of(error))
        return back

    return await web_of(request).run(show)


@router.post("/me/name", response_model=MeView, responses=PAGE)
async def rename(request: Request) -> Response:
    """With `name`: what one is called from now on."""
    return await _change(
        request, "name", lambda here, fields: people.rename(here, fields.get("name", ""))
    )


@router.post("/me/about", response_model=MeView, responses=PAGE)
async def say_about(request: Request) -> Response:
    """With `about`: what one says of oneself, to everybody."""
    return await _change(
        request, "about", lambda here, fields: people.say_about(here, fields.get("about", ""))
    )


@router.post("/me/password", response_model=MeView, responses=PAGE)
async def change_password(request: Request) -> Response:
    """With `password` and, where there is one, `before`: every other login of theirs ends."""
    here = await come(request, "read")
    fields = await said(request)
    before, password = fields.get("before", ""), fields.get("password", "")
    try:
        if "again" in fields and fields["again"] != password:
            raise AskedWrong(_("The two passwords are not the same."), _("Type both again."))
        me = signing.themselves(here.visitor)
        tried = tries.of_oneself(here.web, me.id)
        await here.web.hash(
            lambda: signing.change_password(here.studio, here.visitor, before, password)
        )
        tried.was_right(here.web)
    except UncagedError as error:
        return await again(request, error, "password")
    return await done(request)


@router.post("/me/sessions/end", response_model=MeView, responses=PAGE)
async def end_others(request: Request) -> Response:
    """Every login but this one ends."""
    return await _change(request, "sessions", lambda here, fields: people.end_others(here))


@router.post("/me/sessions/{session}/end", response_model=MeView, responses=PAGE)
async def end_session(request: Request, session: str) -> Response:
    """One login ends."""
    return await _change(
        request, "sessions", lambda here, fields: people.end_session(here, session)
    )


@router.post("/me/passkeys", response_model=MeView, responses=PAGE)
async def add_passkey(request: Request) -> Response:
    """With `passkey` (what the browser made for the challenge of `POST /passkeys/challenge`), a `name` for it, and
    `password` where there is one: else a login that has just begun."""
    here = await come(request, "make")
    fields = await said(request)
    name, made = fields.get("name", ""), fields.get("passkey", "")
    try:
        await people.add_passkey(here, request, name, made, fields.get("password", ""))
    except UncagedError as error:
        return await again(request, error, "passkeys")
    return await done(request)


@router.post("/me/passkeys/{passkey}/remove", response_model=MeView, responses=PAGE)
async def remove_passkey(request: Request, passkey: str) -> Response:
    """It opens nothing any more."""

    def step(here: Here, fields: Fields) -> None:
        signing.remove_passkey(here.studio, here.visitor, passkey)

    return await _change(request, "passkeys", step)


@router.post("/me/keys", status_code=201, response_model=KeyMadeView, responses=PAGE)
async def make_key(request: Request) -> Response:
    """With `name`, and `read`, `make`, `manage` for what it may: a key for programs, shown in this answer alone."""
    here = await come(request, "make")
    fields = await said(request)
    may = tuple(scope for scope in ("read", "make", "manage") if ticked(fields, scope))
    try:
        key, secret = await here.web.write(
            lambda: people.make_key(here, fields.get("name", ""), may or ("read", "make"))
        )
    except UncagedError as error:
        return await again(request, error, "keys")
    view = KeyMadeView(id=key.id, name=key.name, may=tuple(sorted(key.scopes)), secret=secret)
    made = answer(request, "key.html", view, here, 201)
    made.headers["Cache-Control"] = "no-store"
    return made


@router.post("/me/keys/{key}/revoke", response_model=MeView, responses=PAGE)
async def revoke_key(request: Request, key: str) -> Response:
    """Nobody comes in by it any more."""
    return await _change(request, "keys", lambda here, fields: people.revoke_key(here, key))


@router.post("/me/as", response_model=MeView, responses=PAGE)
async def act_as(request: Request) -> Response:
    """With `collective`: one acts as it from now on, in this browser. Without: as oneself again."""
    here = await come(request, "read")
    fields = await said(request)
    wanted: str = fields.get("collective", "")
    try:
        cookie = await here.web.run(lambda: people.act_as(here, wanted)) if wanted else ""
    except UncagedError as error:
        return await again(request, error, "collectives")
    back = to("/me")
    if cookie:
        cookies.give(back, cookies.ACTS, cookie, doors.secure(request))
    else:
        cookies.take(back, cookies.ACTS, doors.secure(request))
    return back


@router.post("/me/collectives", response_model=MeView, responses=PAGE)
async def make_collective(request: Request) -> Response:
    """With `name`: a new collective, of oneself at first."""
    return await _change(
        request,
        "collectives",
        lambda here, fields: people.make_collective(here, fields.get("name", "")),
    )


@router.post("/me/asked/{invitation}", response_model=MeView, responses=PAGE)
async def answer_asked(request: Request, invitation: str) -> Response:
    """With `answer` yes or no: to a collective that asks one in."""

    def step(here: Here, fields: Fields) -> None:
        people.answer_asked(here, invitation, fields.get("answer") == "yes")

    return await _change(request, "collectives", step)


@router.post("/me/credits", response_model=MeView, responses=PAGE)
async def answer_credit(request: Request) -> Response:
    """With `work`, `n` and `answer` yes or no: to being named beside a work's maker."""

    def step(here: Here, fields: Fields) -> None:
        n = fields.get("n", "")
        number = int(n) if n.isascii() and n.isdigit() and len(n) < 6 else 0
        people.answer_credit(here, fields.get("work", ""), number, fields.get("answer") == "yes")

    return await _change(request, "credits", step)
