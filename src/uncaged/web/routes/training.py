"""The addresses of trainings: those of one's own, and asking for one. What it learns then, its run's page shows."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import UncagedError
from uncaged.web.answering import answer, come, page, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.pages import runs, trainings
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said as read_said
from uncaged.web.views.base import Trouble
from uncaged.web.views.line import RunView
from uncaged.web.views.training import TrainingsView

router = APIRouter()


@router.get("/trainings", response_model=TrainingsView, responses=PAGE)
async def own(request: Request) -> Response:
    """One's own trainings, and what the next one may begin from. ?from=RUN: goes on with that one."""
    typed = {"from": request.query_params.get("from", "")}
    return await page(request, "trainings.html", lambda here: trainings.show(here, typed))


@router.post("/trainings", response_model=RunView, responses=PAGE, status_code=201)
async def ask(request: Request) -> Response:
    """Asks for a training: `from` (a trainer, a model that was trained here, or a training's run), `minutes`, `name`,
    `more` (a name and a value of the recipe a line), `accept` (goes on though recipe, drawings or code differ), `once`
    (asked for again with it, it is the same one)."""
    web, here = web_of(request), await come(request, "make")
    said = await read_said(request)
    try:
        run = await web.write(lambda: trainings.ask(here, said))
    except UncagedError as error:
        if wants_json(request) or error.http_status >= 500:
            return refuse(request, error)
        trouble = Trouble(message=error.message, hint=error.hint)
        view = await web.run(lambda: trainings.show(here, said, trouble))
        back = answer(request, "trainings.html", view, here, error.http_status)
        back.headers.update(headers_of(error))
        return back
    if wants_json(request):
        shown = await web.run(lambda: runs.show(here, run.id))
        return answer(request, "run.html", shown, here, 201)
    return to(f"/runs/{run.id}")
