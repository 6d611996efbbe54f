"""The addresses below `/v1`. Fixed paths stand before those with an id; what each does stands in its own module."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.web.answering import come, web_of
from uncaged.web.here import Here
from uncaged.web.v1 import models, videos
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields, reference
from uncaged.web.v1.pictures import picture_of
from uncaged.web.v1.video import poll_after
from uncaged.web.v1.videos import Wanted
from uncaged.web.v1.wire import read_body
from uncaged.web.visitors import enter
from uncaged.web.words import _

router = APIRouter(prefix="/v1", tags=["v1"])

VIDEO_ID = ("id",)


async def _look(request: Request, step: Callable[[Here], Mapping[str, Any]]) -> JSONResponse:
    """Something that only looks."""
    web = web_of(request)
    return JSONResponse(await web.run(lambda: step(enter(web, request, "read"))), headers=_ANEW)


_ANEW = {"Cache-Control": "no-store"}


async def _ask(request: Request, read: Callable[[Here, Fields], Wanted]) -> JSONResponse:
    """Something that becomes a film."""
    web = web_of(request)
    here = await come(request, "make")
    try:
        fields = Fields(await read_body(request))
        wanted = await web.write(lambda: read(here, fields))
        asked, on_disk = await web.write(lambda: videos.ask(here, wanted))
    finally:
        await request.close()
    began = web.studio.clock.monotonic()
    run = await asyncio.wrap_future(on_disk)
    web.counts.commit(web.studio.clock.monotonic() - began)
    assert run.work_id is not None
    work = run.work_id
    found = await web.run(lambda: videos.show(here, work, wanted.ignored + asked.notes))
    return JSONResponse(found, headers=_ANEW)


@router.post("/videos")
async def create(request: Request) -> Response:
    """Asks for a film: the video, queued."""

    def read(here: Here, fields: Fields) -> Wanted:
        return videos.to_create(
            fields, picture_of(here, reference(fields, "input_reference", ("file_id",)))
        )

    return await _ask(request, read)


@router.get("/videos")
async def listed(request: Request) -> Response:
    """One's own videos, a page at a time."""
    query = Fields(request.query_params)
    limit = query.whole("limit")
    limit = videos.PAGE if limit is None else limit
    if not 0 <= limit <= videos.LONGEST_PAGE:
        raise WrongField(
            _("limit is a number from 0 to {}.").format(videos.LONGEST_PAGE), param="limit"
        )
    order = query.text("order", 10) or "desc"
    if order not in ("asc", "desc"):
        raise WrongField(_("order is asc or desc."), param="order")
    after = query.text("after", 200)
    return await _look(request, lambda here: videos.page(here, limit, after, order == "asc"))


@router.post("/videos/edits")
async def edit(request: Request) -> Response:
    """The same film, changed as the prompt says."""
    return await _ask(
        request,
        lambda here, fields: videos.to_edit(
            here, videos.id_of(reference(fields, "video", VIDEO_ID)), fields
        ),
    )


@router.post("/videos/extensions")
async def extend(request: Request) -> Response:
    """The same film, and more of it."""
    return await _ask(
        request,
        lambda here, fields: videos.to_extend(
            here, videos.id_of(reference(fields, "video", VIDEO_ID)), fields
        ),
    )


@router.post("/videos/characters")
async def new_character(request: Request) -> Response:
    """Refused: see `no_characters`."""
    await come(request, "make")
    raise no_characters()


@router.get("/videos/characters/{character_id}")
async def character(request: Request, character_id: str) -> Response:
    """Refused: see `no_characters`."""
    web = web_of(request)
    await web.run(lambda: enter(web, request, "read"))
    raise no_characters()


def no_characters() -> WrongField:
    """Why there are none."""
    return WrongField(
        _(
            "This studio records no characters: a person's likeness needs an agreement with that person."
        ),
        _("It cannot keep such agreements yet."),
        param="video",
        code="unsupported",
    )


@router.get("/videos/{video_id}")
async def retrieve(request: Request, video_id: str) -> Response:
    """A video as it stands; the header says when to ask again."""
    answer = await _look(request, lambda here: _told(request, videos.show(here, video_id)))
    after = request.scope.get("poll_after")
    if after is not None:
        answer.headers["openai-poll-after-ms"] = str(after)
    return answer


def _told(request: Request, found: dict[str, Any]) -> dict[str, Any]:
    request.scope["poll_after"] = poll_after(found)
    return found


@router.delete("/videos/{video_id}")
async def delete(request: Request, video_id: str) -> Response:
    """Deletes it for ever; one that is on its way is cancelled."""
    web = web_of(request)
    done = await web.write(lambda: videos.delete(enter(web, request, "make"), video_id))
    return JSONResponse(done, headers=_ANEW)


@router.get("/videos/{video_id}/content")
async def content(request: Request, video_id: str, variant: str = "video") -> Response:
    """The film itself, or a piece of it."""
    web = web_of(request)
    return await web.run(lambda: videos.content(enter(web, request, "read"), video_id, variant))


@router.post("/videos/{video_id}/remix")
async def remix(request: Request, video_id: str) -> Response:
    """The same film with other words."""
    return await _ask(request, lambda here, fields: videos.to_remix(here, video_id, fields))


@router.get("/models")
async def all_models(request: Request) -> Response:
    """Every model that is here."""
    return await _look(request, lambda here: models.listed())


@router.get("/models/{name}")
async def one_model(request: Request, name: str) -> Response:
    """One of them."""
    return await _look(request, lambda here: models.one(name))
