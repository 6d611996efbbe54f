"""The addresses of growing: one of the twelve with its children, what was drawn beforehand, and what a press does."""

import asyncio
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.studio.stock import MIMES, Form, read_reference
from uncaged.web.answering import answer, come, page, wants_json, web_of
from uncaged.web.film import Film
from uncaged.web.growing import GrowAsking, read_grow
from uncaged.web.here import Here, Web
from uncaged.web.pages import groups, grow, growing
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.views.base import ErrorView
from uncaged.web.views.grow import GrownView
from uncaged.web.views.works import GroupView
from uncaged.web.visitors import staying

router = APIRouter()

FOR_EVER = "public, max-age=31536000, immutable"
"""A drawing of a set is drawn once, and its set is named by its day."""

ASKED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": GrowAsking.model_json_schema()}},
    }
}
PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {}}, 404: {"model": ErrorView}}


@router.get("/grow/{twelve}/{number}.jpg", response_class=Response, responses=PICTURE)
async def still(request: Request, twelve: str, number: str) -> Response:
    """One of the twelve, as JPEG; the same for everybody and for ever."""
    return await _drawn(request, f"{twelve}/{number}", "jpg")


@router.get("/grow/{twelve}/{number}.mp4", response_class=Response, responses=PICTURE)
async def film(request: Request, twelve: str, number: str) -> Response:
    """The small film of one of the twelve."""
    return await _drawn(request, f"{twelve}/{number}", "mp4")


@router.get("/grow/{twelve}/{number}/{child}.jpg", response_class=Response, responses=PICTURE)
async def child_still(request: Request, twelve: str, number: str, child: str) -> Response:
    """A child of one of the twelve, as JPEG."""
    return await _drawn(request, f"{twelve}/{number}/{child}", "jpg")


@router.get("/grow/{twelve}/{number}/{child}.mp4", response_class=Response, responses=PICTURE)
async def child_film(request: Request, twelve: str, number: str, child: str) -> Response:
    """The small film of a child of one of the twelve."""
    return await _drawn(request, f"{twelve}/{number}/{child}", "mp4")


@router.get("/grow/{twelve}/{number}", response_model=GrownView, responses=PAGE)
async def kin(request: Request, twelve: str, number: str) -> Response:
    """One of the twelve and its twelve children, drawn beforehand: no place in line, nothing to sign."""
    return await page(request, "grow.html", lambda here: grow.kin(here, twelve, number))


@router.post(
    "/grow",
    status_code=202,
    response_model=GroupView,
    responses={"4XX": {"model": ErrorView}},
    openapi_extra=ASKED,
)
async def press(request: Request) -> Response:
    """Asks for children, variations or films of works and drawings: 303 to their group, or 202 with its record."""
    web = web_of(request)
    here, stay = await come(request, "make"), staying(request)
    try:
        wanted = await read_grow(request)
        here, on_disk = await web.write(partial(growing.ask, here, wanted, stay))
    finally:
        await request.close()
    group = await asyncio.wrap_future(on_disk)
    way = grow.way_from(wanted.names, wanted.way) if wanted.kind != "films" else ""
    at = f"/groups/{group.id}" + (f"?way={way}" if way else "")
    if not wants_json(request):
        return to(at)
    made = await web.run(partial(_record, here, group.id, way))
    view = answer(request, "group.html", made, here, 202)
    view.headers["Location"] = at
    return view


def _record(here: Here, group_id: str, way: str) -> GroupView:
    return groups.show(here, group_id, way=way)


async def _drawn(request: Request, name: str, form: Form) -> Response:
    """A file of the stock, whole or a piece of it. It says nothing of anybody: whoever finds the house may see it."""
    web = web_of(request)
    return await web.run(partial(_opened, web, name, form))


def _opened(web: Web, name: str, form: Form) -> Response:
    reference = read_reference(name)
    stock = grow.Stock(web.studio.settings.stock)
    drawn = None if reference is None else stock.drawn(reference)
    if drawn is None:
        raise grow.gone()
    try:
        opened = stock.path(drawn.name, form).open("rb")
    except OSError:
        raise grow.gone() from None
    file = Film(
        opened, f"{drawn.name}-{form}", MIMES[form], name.replace("/", "-") + f".{form}", web.pieces
    )
    file.headers["Cache-Control"] = FOR_EVER
    del file.headers["Vary"]
    return file
