"""The addresses by which a work's person says who sees it, and what becomes of it."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.web import holding
from uncaged.web.answering import answer, come, wants_json, web_of
from uncaged.web.here import Here
from uncaged.web.pages import sharing, works
from uncaged.web.routes.answers import to
from uncaged.web.saying import said
from uncaged.web.views.base import ErrorView
from uncaged.web.views.works import WorkView

router = APIRouter()

_Step = Callable[[Here, Mapping[str, str]], str | None]


async def _change(request: Request, work_id: str, step: _Step) -> Response:
    """Does it; then a browser sees the work again, and a program gets its record."""
    web = web_of(request)
    here = await come(request, "make")
    fields = await said(request)
    cookie = await web.write(lambda: step(here, fields))
    if wants_json(request):
        view = await web.run(lambda: works.show(here, work_id))
        done = answer(request, "work.html", view, here)
    else:
        done = to(f"/works/{work_id}")
    if cookie is not None:
        holding.give(done, request, work_id, cookie)
    return done


def _words(text: str) -> list[str]:
    return [one for one in text.split(",") if one.strip()]


@router.post(
    "/works/{work_id}/show", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def show(request: Request, work_id: str) -> Response:
    """Who sees it from now on, with the field `to`: everybody, link, or nobody. At once; nobody approves it."""
    return await _change(
        request, work_id, lambda here, said: sharing.show(here, work_id, said.get("to", ""))
    )


@router.post(
    "/works/{work_id}/tags", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def tags(request: Request, work_id: str) -> Response:
    """Tags by which its person finds it again: those of `add` are put on, those of `remove` taken off."""
    return await _change(
        request,
        work_id,
        lambda here, said: sharing.tag(
            here, work_id, _words(said.get("add", "")), _words(said.get("remove", ""))
        ),
    )


@router.post(
    "/works/{work_id}/trash", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def trash(request: Request, work_id: str) -> Response:
    """Throws it away: nobody else sees it, and it can be taken back for some days."""
    return await _change(request, work_id, lambda here, _said: sharing.throw_away(here, work_id))


@router.post(
    "/works/{work_id}/restore", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def restore(request: Request, work_id: str) -> Response:
    """Takes it back out of the trash."""
    return await _change(request, work_id, lambda here, _said: sharing.take_back(here, work_id))


@router.post(
    "/works/{work_id}/keep", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def keep(request: Request, work_id: str) -> Response:
    """A guest keeps it: it does not go by itself."""
    return await _change(request, work_id, lambda here, _said: sharing.keep(here, work_id))


@router.post(
    "/works/{work_id}/training", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def training(request: Request, work_id: str) -> Response:
    """Whether models may learn from it, with the field `allow`: yes or no. Without a word of its person: no."""
    return await _change(
        request,
        work_id,
        lambda here, said: sharing.allow_training(here, work_id, said.get("allow", "")),
    )


@router.post(
    "/works/{work_id}/links", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def links(request: Request, work_id: str) -> Response:
    """Changes its links: older ones open nothing from now on."""
    return await _change(request, work_id, lambda here, _said: sharing.change_links(here, work_id))


@router.post(
    "/works/{work_id}/cancel", response_model=WorkView, responses={"4XX": {"model": ErrorView}}
)
async def cancel(request: Request, work_id: str) -> Response:
    """Leaves the line, or stops it: also for whoever has its link alone."""
    return await _change(request, work_id, lambda here, _said: sharing.cancel(here, work_id))
