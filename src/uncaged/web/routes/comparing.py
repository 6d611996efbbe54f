"""The addresses by which several models are asked for the same words; their group stands at /groups."""

import asyncio
from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import UncagedError
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.asking import LARGEST_FIELD, key_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import comparing, groups
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said as read_said
from uncaged.web.views.base import Trouble
from uncaged.web.views.comparing import CompareView
from uncaged.web.views.works import GroupView
from uncaged.web.visitors import staying

router = APIRouter()


@router.get("/compare", response_model=CompareView, responses=PAGE)
async def form(request: Request) -> Response:
    """Models to tick, and what all of them are asked for. ?models=A,B: those are ticked; ?prompt=: the words."""
    given = {k: v for k in ("models", "prompt") if (v := request.query_params.get(k)) is not None}
    return await page(request, "compare.html", lambda here: comparing.show(here, given))


@router.post("/compare", status_code=202, response_model=GroupView, responses=PAGE)
async def ask(request: Request) -> Response:
    """Asks several models for films of the same words and seeds: 303 to their group, or 202 with its record.

    `prompt`, `models` (names), `each` (films of every model), `what` (film or picture), `seconds`, `size`, `fps`,
    `seed`, `negative`. `once`, or an Idempotency-Key: asked for again with it, it is the same group.
    """
    web, here, stay = web_of(request), await come(request, "make"), staying(request)
    said = await read_said(request, LARGEST_FIELD, comparing.FIELDS, several=("models",))
    try:
        key = key_of(request.headers)
        said = dict(said) | ({"once": f"{comparing.KEY}{key}"} if key else {})
        asked = await web.write(partial(comparing.ask, here, said, stay))
        here, notes = asked[0], asked[2]
        group = await asyncio.wrap_future(asked[1])
    except UncagedError as error:
        return await _back(request, here, said, error)
    if not wants_json(request):
        return to(f"/groups/{group.id}")
    view = await web.run(lambda: groups.show(here, group.id))
    made = answer(request, "group.html", view.model_copy(update={"notes": notes}), here, 202)
    made.headers["Location"] = f"/groups/{group.id}"
    return made


async def _back(
    request: Request, here: Here, said: Mapping[str, str], error: UncagedError
) -> Response:
    """The form again, with what was typed, and why; a program gets the error alone."""
    if wants_json(request) or error.http_status >= 500:
        return refuse(request, error)
    trouble = Trouble(message=error.message, hint=error.hint)
    view = await web_of(request).run(lambda: comparing.show(here, said, trouble))
    back = answer(request, "compare.html", view, here, error.http_status)
    back.headers.update(headers_of(error))
    return back
