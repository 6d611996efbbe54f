"""The addresses of invitations, collectives, credits, exports and leaving."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from uncaged.archive.people import Person
from uncaged.core.errors import UncagedError, WhoIsThere
from uncaged.studio import signing
from uncaged.web import cookies, tries
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import (
    crediting,
    doors,
    going,
    inviting,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said
from uncaged.web.views.base import View
from uncaged.web.views.people import CollectiveView, CreditsView, InvitationsView, LeaveView
from uncaged.web.visitors import enter

router = APIRouter()


async def _shown(
    request: Request, template: str, show: Callable[[Here], View], status: int = 200
) -> Response:
    """A page that answers a change itself: what it shows is shown this once, or says why nothing was changed."""

    def step() -> Response:
        here = enter(web_of(request), request, "read")
        made = answer(request, template, show(here), here, status)
        made.headers["Cache-Control"] = "no-store"
        return made

    return await web_of(request).run(step)


async def _again(
    request: Request, error: UncagedError, template: str, show: Callable[[Here], View]
) -> Response:
    """The page again, and why; a program gets the error alone, and so does whoever may not see the page."""
    if wants_json(request) or error.http_status >= 500 or isinstance(error, WhoIsThere):
        return refuse(request, error)
    try:
        back = await _shown(request, template, show, error.http_status)
    except UncagedError:
        return refuse(request, error)
    back.headers.update(headers_of(error))
    return back


@router.get("/invitations", response_model=InvitationsView, responses=PAGE)
async def invitations(request: Request) -> Response:
    """Whom one invited, and a form to invite somebody."""
    return await page(request, "invitations.html", inviting.show, "manage")


@router.post("/invitations", status_code=201, response_model=InvitationsView, responses=PAGE)
async def invite(request: Request) -> Response:
    """With `name`, `kind`, `days`, `collective`, `opens` (whose login), all optional: a link, in this answer alone."""
    here = await come(request, "manage")
    fields = dict(await said(request))
    try:
        link = await here.web.write(lambda: inviting.invite(here, request, fields))
    except UncagedError as error:
        why = error
        return await _again(
            request, why, "invitations.html", lambda here: inviting.show(here, None, why)
        )
    return await _shown(request, "invitations.html", lambda here: inviting.show(here, link), 201)


@router.post("/invitations/{invitation}/revoke", response_model=InvitationsView, responses=PAGE)
async def revoke(request: Request, invitation: str) -> Response:
    """Takes an invitation back, for ever."""
    here = await come(request, "make")
    await here.web.write(lambda: inviting.revoke(here, invitation))
    if wants_json(request):
        return Response(status_code=204)
    fields = await said(request)
    back = fields.get("collective", "")
    return to(f"/collectives/{back}" if back.isalnum() or "_" in back else "/invitations")


@router.get("/collectives/{collective}", response_model=CollectiveView, responses=PAGE)
async def collective(request: Request, collective: str) -> Response:
    """A collective, for whoever belongs to it: its members, and whom it asks."""
    return await page(
        request, "collective.html", lambda here: inviting.collective(here, collective)
    )


async def _collective_again(request: Request, collective: str, error: UncagedError) -> Response:
    """The page of a collective again, and why nothing was changed."""
    return await _again(
        request,
        error,
        "collective.html",
        lambda here: inviting.collective(here, collective, None, error),
    )


async def _in_collective(
    request: Request,
    collective: str,
    step: Callable[[Here, dict[str, str]], object],
    back: Callable[[dict[str, str]], str] | None = None,
) -> Response:
    """Does it, and leads back to the collective, or to `back`; its page says why it cannot be done."""
    here = await come(request, "read")
    fields = dict(await said(request))
    try:
        await here.web.write(lambda: step(here, fields))
    except UncagedError as error:
        return await _collective_again(request, collective, error)
    if wants_json(request):
        return Response(status_code=204)
    return to(f"/collectives/{collective}" if back is None else back(fields))


@router.post("/collectives/{collective}/ask", response_model=CollectiveView, responses=PAGE)
async def ask_in(request: Request, collective: str) -> Response:
    """With `name`: asks somebody who is here; they belong to it once they agree."""
    return await _in_collective(
        request,
        collective,
        lambda here, fields: inviting.ask_in(here, collective, fields.get("name", "")),
    )


@router.post(
    "/collectives/{collective}/invite",
    status_code=201,
    response_model=CollectiveView,
    responses=PAGE,
)
async def invite_into(request: Request, collective: str) -> Response:
    """A link by which somebody joins the studio and the collective; in this answer alone."""
    here = await come(request, "read")
    once = (await said(request)).get("once", "")
    try:
        link = await here.web.write(lambda: inviting.invite_into(here, request, collective, once))
    except UncagedError as error:
        return await _collective_again(request, collective, error)
    return await _shown(
        request, "collective.html", lambda here: inviting.collective(here, collective, link), 201
    )


@router.post("/collectives/{collective}/remove", response_model=CollectiveView, responses=PAGE)
async def remove(request: Request, collective: str) -> Response:
    """With `person`: they belong to it no more, from this moment on. Without: oneself."""
    return await _in_collective(
        request,
        collective,
        lambda here, fields: inviting.remove(here, collective, fields.get("person", "")),
        lambda fields: f"/collectives/{collective}" if fields.get("person") else "/me",
    )


@router.get("/me/export", response_class=Response, responses={200: {"content": {}}})
async def export(request: Request) -> Response:
    """Everything that is one's own, as a zip that is written while it goes out."""
    web = web_of(request)
    name, pieces = await web.run(lambda: going.export(enter(web, request, "read")))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "Vary": "Authorization, Cookie",
    }
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.get("/me/leave", response_model=LeaveView, responses=PAGE)
async def ask_to_leave(request: Request) -> Response:
    """What leaving does, and a form to do it."""
    return await page(request, "leave.html", going.show)


async def _sure(here: Here, works: str, password: str) -> Person:
    """Who leaves, once they have said who they are; a password is tried as often here as anywhere."""
    tried = tries.of_oneself(here.web, signing.themselves(here.visitor).id)
    me = await here.web.hash(lambda: going.sure(here, works, password))
    tried.was_right(here.web)
    return me


@router.post("/me/leave", response_model=LeaveView, responses=PAGE)
async def leave(request: Request) -> Response:
    """With `works` (delete or stay) and `password`: one leaves, for ever."""
    here = await come(request, "read")
    fields = await said(request)
    works, password = fields.get("works", ""), fields.get("password", "")
    try:
        me = await _sure(here, works, password)
        await here.web.write(lambda: going.leave(here, me, works))
    except UncagedError as error:
        why = error
        return await _again(request, why, "leave.html", lambda here: going.show(here, why))
    secure, collective = doors.secure(request), here.visitor.hand is not None
    back: Response = (
        Response(status_code=204) if wants_json(request) else to(going.address(request, collective))
    )
    cookies.take(back, cookies.ACTS, secure)
    if not collective:
        cookies.take(back, cookies.session_name(secure), secure)
        cookies.take(back, cookies.KNOWN, secure)
    return back


@router.post("/works/{work_id}/credits", response_model=CreditsView, responses=PAGE)
async def credit(request: Request, work_id: str) -> Response:
    """With `name` and `role`: names somebody. With `remove`: takes that line away. With `answer` and `n`: yes or no."""
    here = await come(request, "make")
    fields = dict(await said(request))
    view = await here.web.write(lambda: crediting.change(here, work_id, fields))
    if wants_json(request):
        return answer(request, "", view, here)
    return to(f"/works/{work_id}#credits")
