"""The addresses of who one is here: rooms, keys."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from uncaged.web import cookies, reader
from uncaged.web.answering import answer, web_of
from uncaged.web.pages import (
    doors,
)
from uncaged.web.reading import read_form
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.views.doors import EnterView

router = APIRouter()


@router.get("/rooms/enter", status_code=303, response_class=RedirectResponse)
async def come_in(request: Request, token: str = "") -> Response:
    """By a room's door: a cookie says from now on which visitor this is, and the token leaves the address."""
    web = web_of(request)
    cookie = await web.run(lambda: doors.by_room(web, request, token))
    back = to("/")
    cookies.give(back, cookies.ROOM, cookie, request.scope["coming"].scheme == "https")
    return back


@router.get("/enter", response_model=EnterView, responses=PAGE)
async def sign(request: Request) -> Response:
    """Who one is here, and a place to show a key."""
    web = web_of(request)
    view, here = await web.run(lambda: doors.show(web, request))
    return answer(request, "enter.html", view, here)


@router.post("/enter", status_code=303, response_class=RedirectResponse)
async def sign_in(request: Request) -> Response:
    """With the form field `key`: a cookie stands for it from now on, until it is taken back."""
    web = web_of(request)
    doors.knock(web, request)
    form = await read_form(request, files=0, fields=4, largest=doors.LARGEST)
    key = form.get("key")
    cookie = await web.run(lambda: doors.by_key(web, request, key if isinstance(key, str) else ""))
    back = to("/")
    cookies.give(back, cookies.KEY, cookie, request.scope["coming"].scheme == "https")
    return back


@router.post("/leave", status_code=303, response_class=RedirectResponse)
async def sign_out(request: Request) -> Response:
    """Forgets the key that was shown; a room's visitor stays one."""
    back = to("/")
    back.delete_cookie(cookies.KEY, path="/")
    return back


@router.post("/words", status_code=303, response_class=RedirectResponse)
async def read_in(request: Request) -> Response:
    """With the form field `words`: the pages are in that language from now on, for this browser. `back`: where to."""
    form = await read_form(request, files=0, fields=4, largest=reader.LARGEST)
    back = to(reader.back(form.get("back")))
    code = form.get("words")
    reader.choose(
        back, code if isinstance(code, str) else "", request.scope["coming"].scheme == "https"
    )
    return back
