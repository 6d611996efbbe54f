"""The addresses of the line: everybody's turn, one's own runs and groups."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import NotFound
from uncaged.web import events
from uncaged.web.answering import answer, come, page, wants_json, web_of
from uncaged.web.pages import (
    groups,
    line,
    runs,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.straight import straight
from uncaged.web.views.base import ErrorView
from uncaged.web.views.line import LineView, RunView
from uncaged.web.views.works import GroupView
from uncaged.web.visitors import enter
from uncaged.web.words import _

router = APIRouter()


@router.get("/line", response_model=LineView, responses=PAGE)
async def the_line(request: Request) -> Response:
    """Who waits, in which order, and why. ?lane=batch: those who may take long."""
    lane = line.lane_of(request.query_params.get("lane"))
    return await page(
        request, "line.html", lambda here: line.show(here, lane), common=f"line {lane}"
    )


@router.get("/runs/{run_id}", response_model=RunView, responses=PAGE)
async def run(request: Request, run_id: str) -> Response:
    """A run of one's own: where it stands, and why."""
    return await page(request, "run.html", lambda here: runs.show(here, run_id))


@router.get("/runs/{run_id}/preview", response_class=Response, responses={200: {"content": {}}})
async def preview(request: Request, run_id: str) -> Response:
    """The last picture of how far a training of one's own has come, as PNG."""
    web = web_of(request)
    data = await web.run(lambda: runs.preview(enter(web, request, "read"), run_id))
    return Response(data, headers={"Cache-Control": "private, no-store"}, media_type="image/png")


@router.get(
    "/runs/{run_id}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}}}, "4XX": {"model": ErrorView}},
)
@straight
async def waits(request: Request, run_id: str) -> Response:
    """Events of a training until it has ended: `stands` with a StandsView, and at last `ended` with its RunView."""
    return await events.stream_of_run(request, run_id)


@router.post("/runs/{run_id}/{doing}", response_model=RunView, responses=PAGE)
async def do(request: Request, run_id: str, doing: str) -> Response:
    """Cancels, pauses, resumes or prefers a run of one's own, or asks again for one that failed or was cancelled."""
    web = web_of(request)
    here = await come(request, "make")
    if doing not in runs.DOINGS:
        raise NotFound(_("A run can be told to {}.").format(", ".join(runs.DOINGS)))
    done = await web.write(lambda: runs.do(here, run_id, doing))
    if wants_json(request):
        return answer(request, "run.html", done, here)
    return to(f"/works/{done.work}" if done.work else f"/runs/{done.id}")


@router.get("/groups/{group_id}", response_model=GroupView, responses=PAGE)
async def group(request: Request, group_id: str) -> Response:
    """A group of one's own: its works in their order. ?first= the number of the part that the page begins with."""
    wanted = request.query_params.get("first", "")
    first = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    way = request.query_params.get("way", "")
    return await page(request, "group.html", lambda here: groups.show(here, group_id, first, way))


@router.post("/groups/{group_id}/{doing}", response_model=GroupView, responses=PAGE)
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
        else to(f"/groups/{done.id}")
    )
