"""The addresses by which the owner fetches models from a hub: looking first, then fetching, stopping, going on."""

from collections.abc import Callable
from typing import TypeVar

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import UncagedError
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import fetches
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said as read_said
from uncaged.web.views.base import Trouble
from uncaged.web.views.fetches import FetchesView

router = APIRouter()

T = TypeVar("T")


@router.get("/fetches", response_model=FetchesView, responses=PAGE)
async def all_of_them(request: Request) -> Response:
    """Models on their way from a hub, and a form for the next one; the owner's alone. ?what=OWNER/NAME fills it in."""
    typed = {"what": request.query_params.get("what", "")}
    return await page(request, "fetches.html", lambda here: fetches.show(here, typed), "manage")


@router.post("/fetches/look", response_model=FetchesView, responses=PAGE)
async def look(request: Request) -> Response:
    """What a model at a hub is before anything begins: `what` (OWNER/NAME, with @REVISION where not the newest),
    `family` where several know it. Its licence, how much disk and memory it takes."""
    here, said = await come(request, "manage"), await read_said(request)
    try:
        seen = await _there(request, lambda: fetches.look(here, said))
    except UncagedError as error:
        return await _back(request, here, dict(said), error)
    return answer(request, "fetches.html", seen, here)


@router.post("/fetches", response_model=FetchesView, responses=PAGE, status_code=202)
async def begin(request: Request) -> Response:
    """Begins to fetch one and puts it on the shelf: `what`, `family`, `name`. One comes at a time."""
    here, said = await come(request, "manage"), await read_said(request)
    try:
        await _there(request, lambda: fetches.begin(here, said))
    except UncagedError as error:
        return await _back(request, here, dict(said), error)
    return await _all(request, here, 202)


@router.post("/fetches/{fetch}/{doing}", response_model=FetchesView, responses=PAGE)
async def do(request: Request, fetch: str, doing: str) -> Response:
    """`stop`: what is fetched stays. `resume`: goes on from there. `forget`: takes it off the list."""
    here = await come(request, "manage")
    try:
        await web_of(request).write(lambda: fetches.do(here, fetch, doing))
    except UncagedError as error:
        return await _back(request, here, {}, error)
    return await _all(request, here, 200)


async def _there(request: Request, step: Callable[[], T]) -> T:
    """Something that asks the hub, one at a time: nobody else waits for it."""
    return await to_thread.run_sync(step, limiter=web_of(request).hubs)


async def _all(request: Request, here: Here, status: int) -> Response:
    if not wants_json(request):
        return to("/fetches#under-way")
    view = await web_of(request).run(lambda: fetches.show(here))
    return answer(request, "fetches.html", view, here, status)


async def _back(
    request: Request, here: Here, said: dict[str, str], error: UncagedError
) -> Response:
    """The page again, with what was typed, and why; a program gets the error alone."""
    if wants_json(request) or not fetches.may(here):
        return refuse(request, error)
    trouble = Trouble(message=error.message, hint=error.hint)
    view = await web_of(request).run(lambda: fetches.show(here, said, trouble))
    back = answer(request, "fetches.html", view, here, error.http_status)
    back.headers.update(headers_of(error))
    return back
