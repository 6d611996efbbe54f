"""The addresses of the open door."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from uncaged.web import cookies
from uncaged.web.answering import answer, come, page, wants_json, web_of
from uncaged.web.pages import doors
from uncaged.web.pages import open as opening
from uncaged.web.reading import read_form
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.views.open import OpenView

router = APIRouter()

FIELD = 200
"""Bytes of a field, at most: what is to be done is one word."""


@router.get("/open", response_model=OpenView, responses=PAGE)
async def the_door(request: Request) -> Response:
    """The open door: how long, who is inside in numbers, what happens when it closes."""
    return await page(request, "open.html", opening.show)


@router.post("/open", response_model=OpenView, responses=PAGE)
async def tell_the_door(request: Request) -> Response:
    """For keepers, with the form field `do`: `longer`, by half an hour, or `close`."""
    web = web_of(request)
    here = await come(request, "manage")
    form = await read_form(request, files=0, fields=4, largest=FIELD)
    said = form.get("do")
    doing = said if isinstance(said, str) else ""
    done = await web.write(lambda: opening.do(here, doing))
    return answer(request, "open.html", done, here) if wants_json(request) else to("/open")


@router.get("/open/{token}", status_code=303, response_class=RedirectResponse)
async def come_in(request: Request, token: str) -> Response:
    """By the address of an opening: a cookie says from now on which visitor this is, and the token leaves it."""
    web = web_of(request)
    cookie = await web.run(lambda: doors.by_room(web, request, token.lower()))
    back = to("/")
    cookies.give(back, cookies.ROOM, cookie, request.scope["coming"].scheme == "https")
    return back
