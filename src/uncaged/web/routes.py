"""The addresses of the web, one small function each: who may, which page, which template.

A page of the first release stays here; every address appears in docs/web.md.
"""

from functools import cache, partial
from importlib.resources import files
from typing import Any

from anyio import to_thread
from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from uncaged.core.canonical import sha256
from uncaged.core.errors import NotFound, UncagedError
from uncaged.studio.work import Work
from uncaged.web import cookies, events, views
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.asking import LONGEST_KEY, Asking, read_wanted
from uncaged.web.errors import headers_of
from uncaged.web.film import Film
from uncaged.web.here import Here
from uncaged.web.pages import (
    doors,
    groups,
    health,
    line,
    make,
    metrics,
    pictures,
    runs,
    source,
    works,
)
from uncaged.web.reading import read_form
from uncaged.web.straight import straight
from uncaged.web.visitors import enter, staying
from uncaged.web.words import _

router = APIRouter()

PAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {}}},
    "4XX": {"model": views.ErrorView},
}
"""Every page is HTML for a browser, and its record for a program."""

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


@router.get("/", response_model=views.MakeView, responses=PAGE)
async def first(request: Request) -> Response:
    """Say something: it becomes a film. ?from=WORK fills the form as that work's was; &seed=other with another seed."""
    origin, seed = request.query_params.get("from"), request.query_params.get("seed")

    def show(here: Here) -> views.MakeView:
        typed = {} if origin is None else make.typed_for(here, origin, other_seed=seed == "other")
        return make.form(here, typed)

    return await page(request, "make.html", show)


@router.post(
    "/works",
    status_code=202,
    response_model=views.WorkView | views.GroupView,
    responses={"4XX": {"model": views.ErrorView}},
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
    return _to(at)


async def _back(request: Request, here: Here, error: UncagedError) -> Response:
    """The form again, with what was typed, and why; a program gets the error alone."""
    if wants_json(request) or error.http_status >= 500:
        return refuse(request, error)
    form: FormData | None = getattr(request, "_form", None)  # read before, or not to be read
    said = () if form is None else form.items()
    typed = {k: v for k, v in said if isinstance(v, str) and k not in ("once", "if_empty")}
    trouble = views.Trouble(message=error.message, hint=error.hint)
    view = await here.web.run(lambda: make.form(here, typed, trouble))
    back = answer(request, "make.html", view, here, error.http_status)
    back.headers.update(headers_of(error))
    return back


@router.get("/works/{work_id}", response_model=views.WorkView, responses=PAGE)
async def work(request: Request, work_id: str) -> Response:
    """A work, from the moment it was asked for."""
    return await page(request, "work.html", lambda here: works.show(here, work_id))


@router.get(
    "/works/{work_id}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}}}, "4XX": {"model": views.ErrorView}},
)
@straight
async def waits(request: Request, work_id: str) -> Response:
    """Events of a work until it is there: `stands` with a StandsView, and at last `ended` with its WorkView."""
    return await events.stream(request, work_id)


@router.get("/works/{work_id}/film", response_class=Response, responses={200: {"content": {}}})
async def film(request: Request, work_id: str) -> Response:
    """The film itself, or a piece of it."""
    web = web_of(request)

    def step() -> Film:
        here = enter(web, request, "read")
        row = works.find(here, work_id)
        if row.media is None or row.mime is None:
            raise works.not_found()
        held = Work(here.studio, row)
        ending = row.mime.partition("/")[2]
        opened = held.path.open("rb")
        return Film(opened, row.media, row.mime, f"{row.id}.{ending}", web.pieces)

    return await web.run(step)


@router.get("/works/{work_id}/still", response_class=Response, responses={200: {"content": {}}})
async def still(request: Request, work_id: str) -> Response:
    """One frame of the film, as JPEG."""
    return await pictures.answer(request, work_id, "still")


@router.get("/works/{work_id}/strip", response_class=Response, responses={200: {"content": {}}})
async def strip(request: Request, work_id: str) -> Response:
    """The contact strip: eight frames of the film side by side, as JPEG."""
    return await pictures.answer(request, work_id, "strip")


@router.get("/works/{work_id}/position")
async def position(request: Request, work_id: str) -> Response:
    """The point in the model's space that the work stands at: edit it, and give it back."""
    web = web_of(request)

    def step() -> Response:
        row = works.find(enter(web, request, "read"), work_id)
        if row.position is None:
            raise works.not_found()
        name = f'attachment; filename="{row.id}.position.json"'
        return JSONResponse(dict(row.position), headers={"Content-Disposition": name})

    return await web.run(step)


@router.post("/works/{work_id}/delete", responses={"4XX": {"model": views.ErrorView}})
async def delete(request: Request, work_id: str) -> Response:
    """Deletes a work of one's own: words, film, position. Its stone stays."""
    web = web_of(request)
    await web.write(lambda: works.delete(enter(web, request, "make"), work_id))
    return Response(status_code=204) if wants_json(request) else _to("/")


@router.get("/line", response_model=views.LineView, responses=PAGE)
async def the_line(request: Request) -> Response:
    """Who waits, in which order, and why. ?lane=batch: those who may take long."""
    lane = line.lane_of(request.query_params.get("lane"))
    return await page(
        request, "line.html", lambda here: line.show(here, lane), common=f"line {lane}"
    )


@router.get("/runs/{run_id}", response_model=views.RunView, responses=PAGE)
async def run(request: Request, run_id: str) -> Response:
    """A run of one's own: where it stands, and why."""
    return await page(request, "run.html", lambda here: runs.show(here, run_id))


@router.post("/runs/{run_id}/{doing}", response_model=views.RunView, responses=PAGE)
async def do(request: Request, run_id: str, doing: str) -> Response:
    """Cancels, pauses, resumes or prefers a run of one's own, or asks again for one that failed or was cancelled."""
    web = web_of(request)
    here = await come(request, "make")
    if doing not in runs.DOINGS:
        raise NotFound(_("A run can be told to {}.").format(", ".join(runs.DOINGS)))
    done = await web.write(lambda: runs.do(here, run_id, doing))
    if wants_json(request):
        return answer(request, "run.html", done, here)
    return _to(f"/works/{done.work}" if done.work else f"/runs/{done.id}")


@router.get("/groups/{group_id}", response_model=views.GroupView, responses=PAGE)
async def group(request: Request, group_id: str) -> Response:
    """A group of one's own: its works in their order. ?first= the number of the part that the page begins with."""
    wanted = request.query_params.get("first", "")
    first = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    return await page(request, "group.html", lambda here: groups.show(here, group_id, first))


@router.post("/groups/{group_id}/{doing}", response_model=views.GroupView, responses=PAGE)
async def do_all(request: Request, group_id: str, doing: str) -> Response:
    """Cancels what is left of a group of one's own, or asks again for what failed or was cancelled."""
    web = web_of(request)
    here = await come(request, "make")
    if doing not in groups.DOINGS:
        raise NotFound(_("A group can be told to {}.").format(", ".join(groups.DOINGS)))
    done = await web.write(lambda: groups.do(here, group_id, doing))
    return (
        answer(request, "group.html", done, here)
        if wants_json(request)
        else _to(f"/groups/{done.id}")
    )


@router.get("/rooms/enter", status_code=303, response_class=RedirectResponse)
async def come_in(request: Request, token: str = "") -> Response:
    """By a room's door: a cookie says from now on which visitor this is, and the token leaves the address."""
    web = web_of(request)
    cookie = await web.run(lambda: doors.by_room(web, request, token))
    back = _to("/")
    cookies.give(back, cookies.ROOM, cookie, request.scope["coming"].scheme == "https")
    return back


@router.get("/enter", response_model=views.EnterView, responses=PAGE)
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
    back = _to("/")
    cookies.give(back, cookies.KEY, cookie, request.scope["coming"].scheme == "https")
    return back


@router.post("/leave", status_code=303, response_class=RedirectResponse)
async def sign_out(request: Request) -> Response:
    """Forgets the key that was shown; a room's visitor stays one."""
    back = _to("/")
    back.delete_cookie(cookies.KEY, path="/")
    return back


@router.get("/healthz", response_model=views.HealthView)
async def healthz(request: Request) -> Response:
    """Whether all is well: 200, or 503. Its owner learns what is not."""
    web = web_of(request)
    seen = await to_thread.run_sync(request.app.state.health.look, limiter=web.health)
    near = web.local and request.scope["coming"].near
    if not near and not (
        "authorization" in request.headers
        and "manage" in (await web.run(lambda: enter(web, request, "read"))).visitor.scopes
    ):
        seen = health.public(seen)
    return JSONResponse(
        seen.model_dump(exclude_none=True),
        200 if seen.well else 503,
        headers={"Cache-Control": "no-store"},
    )


@router.get("/metrics", response_class=Response)
async def numbers(request: Request) -> Response:
    """Numbers as OpenMetrics, for the owner and keepers."""
    web = web_of(request)
    text = await web.run(lambda: metrics.text(enter(web, request, "manage")))
    return Response(text, headers={"Content-Type": metrics.MIME, "Cache-Control": "no-store"})


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Every address and record, as programs read them."""
    web = web_of(request)
    await web.run(lambda: enter(web, request, "read"))
    return JSONResponse(request.app.openapi())


@router.get("/style.css", include_in_schema=False)
async def style(request: Request) -> Response:
    """The one style sheet."""
    css, tag = _static("style.css")
    return _unchanging(request, css, tag, "text/css; charset=utf-8")


@router.get("/wait.js", include_in_schema=False)
async def script(request: Request) -> Response:
    """What a page that waits does where there is script; without it, the page asks again by itself."""
    js, tag = _static("wait.js")
    return _unchanging(request, js, tag, "text/javascript; charset=utf-8")


@router.get("/favicon.ico", include_in_schema=False)
async def icon() -> Response:
    """There is none; a browser that asks is told so once a day."""
    return Response(None, 204, {"Cache-Control": "public, max-age=86400"})


@router.get("/source", response_class=Response)
async def the_source(request: Request) -> Response:
    """The source of what runs here, local changes included."""
    data, tag = await web_of(request).run(source.packed)
    answer = _unchanging(request, data, tag, "application/gzip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{source.NAME}"'
    return answer


def _unchanging(request: Request, data: bytes, tag: str, mime: str) -> Response:
    """What stays the same while this process runs, and for everybody."""
    headers = {"ETag": tag, "Cache-Control": "public, max-age=600"}
    if request.headers.get("if-none-match") == tag:
        return Response(None, 304, headers)
    return Response(data, 200, headers, mime)


@cache
def _static(name: str) -> tuple[bytes, str]:
    data = (files("uncaged.web") / "static" / name).read_bytes()
    return data, f'"{sha256(data)[:16]}"'


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})
