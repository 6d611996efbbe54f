"""The addresses of the first page: what is asked for, and how it becomes a promise."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import UncagedError
from uncaged.engines.sources import named
from uncaged.studio.twelve import SETS
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.asking import LONGEST_KEY, Asking, read_wanted
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import (
    make,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.straight import straight
from uncaged.web.views.base import ErrorView, Trouble
from uncaged.web.views.making import MakeView
from uncaged.web.views.works import GroupView, WorkView
from uncaged.web.visitors import staying

router = APIRouter()

ASKED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Asking.model_json_schema()}},
    },
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "The same key of the same person is the same work.",
            "schema": {"type": "string", "maxLength": LONGEST_KEY},
        }
    ],
}


@router.get("/", response_model=MakeView, responses=PAGE)
async def first(request: Request) -> Response:
    """Say something: it becomes a film. ?from=WORK fills the form as that work's was; &seed=other with another seed.

    ?remix=WORK: to make it with other words. ?extend=WORK: to go on with it. ?begin=WORK: a film that begins with this
    picture. ?part=WORK: a part of this picture again. ?model=NAME: with the dials of that model, &adapter=NAME
    with that on top, &what=, &seconds=, &size= filled in. ?twelve=N: other drawings to press.
    """
    source = named(request.query_params.get("remix"), request.query_params.get("extend"))
    origin, seed = request.query_params.get("from"), request.query_params.get("seed")
    part, model = request.query_params.get("part"), request.query_params.get("model", "")
    begin = part if part is not None else request.query_params.get("begin")
    twelve = twelve_of(request.query_params.get("twelve", ""))

    def show(here: Here) -> MakeView:
        if source is not None:
            return make.form(here, make.typed_of(here, source))
        typed = {} if origin is None else make.typed_for(here, origin, other_seed=seed == "other")
        said = make.with_model(here, model, request.query_params)
        if begin is not None:
            typed |= make.beginning_with(here, begin, said.get("model", ""), part is not None)
        return make.form(here, said | typed, twelve=twelve)

    named_work = origin is not None or begin is not None or source is not None
    common = "" if named_work or model else f"first {twelve}"
    return await page(request, "make.html", show, common=common)


def twelve_of(text: str) -> int:
    """Which of the day's sets somebody wants; the first where it is no number."""
    return int(text) % SETS if text.isascii() and text.isdigit() and len(text) < 20 else 0


@router.post(
    "/works",
    status_code=202,
    response_model=WorkView | GroupView,
    responses={"4XX": {"model": ErrorView}},
    openapi_extra=ASKED,
)
@straight
async def ask(request: Request) -> Response:
    """Asks for a film: 202 with the work that will be, or with the group of several. Idempotency-Key: made once."""
    web = web_of(request)
    here, stay = await come(request, "make"), staying(request)
    try:
        wanted = await read_wanted(request)
        if wanted.count == 1:
            if make.needs_no_thread(here, wanted):
                asked = make.ask(here, wanted, stay)
            else:
                asked = await web.write(partial(make.ask, here, wanted, stay))
            here = asked[0]
            made = await make.promised(*asked)
            template, at = "work.html", f"/works/{made.id}"
        else:
            here, many = await web.write(partial(make.ask_many, here, wanted, stay))
            made = await make.promised_many(here, many)
            template, at = "group.html", f"/groups/{made.id}"
    except UncagedError as error:
        return await _back(request, here, error)
    finally:
        await request.close()
    if wants_json(request):
        view = answer(request, template, made, here, 202)
        view.headers["Location"] = at
        return view
    return to(at)


async def _back(request: Request, here: Here, error: UncagedError) -> Response:
    """The form again, with what was typed, and why; a program gets the error alone."""
    if wants_json(request) or error.http_status >= 500:
        return refuse(request, error)
    form: FormData | None = getattr(request, "_form", None)  # read before, or not to be read
    said = () if form is None else form.items()
    typed = {k: v for k, v in said if isinstance(v, str) and k not in ("once", "if_empty")}
    trouble = Trouble(message=error.message, hint=error.hint)
    view = await here.web.run(lambda: make.form(here, typed, trouble))
    back = answer(request, "make.html", view, here, error.http_status)
    back.headers.update(headers_of(error))
    return back
