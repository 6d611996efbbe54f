"""The addresses of a work: its page, its events, its files."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.studio.work import Work
from uncaged.web import events, holding
from uncaged.web.answering import SECRET, TRAINING, page, wants_json, web_of
from uncaged.web.film import Film
from uncaged.web.here import Here
from uncaged.web.pages import (
    pictures,
    works,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.straight import straight
from uncaged.web.views.base import ErrorView
from uncaged.web.views.works import WorkView
from uncaged.web.visitors import enter

router = APIRouter()


@router.get("/works/{work_id}", response_model=WorkView, responses=PAGE)
async def work(request: Request, work_id: str) -> Response:
    """A work, from the moment it was asked for. ?link= is exchanged for a cookie, and leaves the address."""
    if "link" in request.query_params:
        return await _by_link(request, work_id)

    def show(here: Here) -> WorkView:
        view = works.show(here, work_id)
        request.scope[TRAINING] = view.training
        return view

    by_link = holding.COOKIE in request.headers.get("cookie", "")
    return await page(request, "work.html", show, common="" if by_link else f"work {work_id}")


async def _by_link(request: Request, work_id: str) -> Response:
    web = web_of(request)
    request.scope[SECRET] = True  # also for an answer that says no
    cookie = await web.run(lambda: holding.exchange(web, request, work_id))
    asked = "?as=json" if request.query_params.get("as") == "json" else ""
    back = to(f"/works/{work_id}{asked}")
    holding.give(back, request, work_id, cookie)
    return back


@router.get(
    "/works/{work_id}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}}}, "4XX": {"model": ErrorView}},
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
        request.scope[TRAINING] = bool(row.training)
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


@router.get("/works/{work_id}/preview", response_class=Response, responses={200: {"content": {}}})
async def preview(request: Request, work_id: str) -> Response:
    """The small picture of how far it has come while it is performed, as PNG; for its own person. Whoever asks when it
    is just made is led to its still."""
    web = web_of(request)
    data = await web.run(lambda: pictures.preview(enter(web, request, "read"), work_id))
    if data is None:
        return to(f"/works/{work_id}/still")
    return Response(data, headers={"Cache-Control": "private, no-store"}, media_type="image/png")


@router.get("/works/{work_id}/position")
async def position(request: Request, work_id: str) -> Response:
    """The point in the model's space that the work stands at: edit it, and give it back."""
    web = web_of(request)

    def step() -> Response:
        row = works.find(enter(web, request, "read"), work_id)
        request.scope[TRAINING] = bool(row.training)
        if row.position is None:
            raise works.not_found()
        name = f'attachment; filename="{row.id}.position.json"'
        return JSONResponse(dict(row.position), headers={"Content-Disposition": name})

    return await web.run(step)


@router.post("/works/{work_id}/delete", responses={"4XX": {"model": ErrorView}})
async def delete(request: Request, work_id: str) -> Response:
    """Deletes a work of one's own: words, film, position. Its stone stays."""
    web = web_of(request)
    await web.write(lambda: works.delete(enter(web, request, "make"), work_id))
    return Response(status_code=204) if wants_json(request) else to("/")
