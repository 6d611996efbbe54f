"""The addresses below `/v1`. Fixed paths stand before those with an id; what each does stands in its own module."""

import asyncio
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.web import promising
from uncaged.web.answering import come, web_of
from uncaged.web.here import Here
from uncaged.web.pages import pictures
from uncaged.web.reading import SHORT
from uncaged.web.straight import straight
from uncaged.web.v1 import bodies, given, hook_routes, models, passing, records, repeating, videos
from uncaged.web.v1 import images as made_images
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fetching import brought
from uncaged.web.v1.fields import Fields, reference
from uncaged.web.v1.given import picture_of
from uncaged.web.v1.images import to_generate
from uncaged.web.v1.looking import ANEW, look
from uncaged.web.v1.paging import page_of
from uncaged.web.v1.schema import (
    ONCE,
    POLL,
    PURPOSE,
    VARIANT,
    document,
    paged,
    refuses,
    says,
    sends,
)
from uncaged.web.v1.video import poll_after
from uncaged.web.v1.videos import Wanted
from uncaged.web.v1.wire import read_body
from uncaged.web.visitors import enter, staying
from uncaged.web.words import _

router = APIRouter(prefix="/v1", tags=["v1"])

VIDEO_ID = ("id",)
T = TypeVar("T")


async def _ask(
    request: Request,
    read: Callable[[Here, Fields], Wanted],
    picture: str | None = None,
    looks: bool = True,
) -> JSONResponse:
    """Something that becomes a film. picture: the field that may give one by its address; looks: whether `read` looks
    into the archive, where there is none."""
    web = web_of(request)
    here = await come(request, "make")
    try:
        fields = Fields(await read_body(request))
        slow = looks or not _is_short(request) or fields.given.get(picture or "") is not None
        slow = slow or not videos.comes_along(fields.given.get("model"))
        do = web.write if slow else _at_once
        said = request.url.path, fields.given
        asking = await do(partial(repeating.asking_of, here, *said))
        before = await repeating.before(here, asking)
        if before is not None and before.work_id is not None:
            made = before.work_id
            return JSONResponse(await web.run(partial(videos.show, here, made)), headers=ANEW)
        async with brought(here, fields, picture):
            wanted = await do(partial(read, here, fields))
            if not promising.needs_no_thread(here, wanted.model):
                do = web.write
            of = repeating.asking_as(here, asking, *said)
            ask = partial(videos.ask, here, wanted, staying(request), of)
            here, asked, on_disk = await do(ask)
    finally:
        await request.close()
    began = web.studio.clock.monotonic()
    run = await asyncio.wrap_future(on_disk)
    web.counts.commit(web.studio.clock.monotonic() - began)
    if run.state == "queued":
        found = await web.run(lambda: videos.promised(here, run, wanted.ignored, asked.notes))
    else:  # asked for before, and under way by now
        found = await web.run(partial(videos.show, here, run.work_id or ""))
    return JSONResponse(found, headers=ANEW)


def _is_short(request: Request) -> bool:
    """Whether its body says that it is short enough to be looked at while others wait."""
    length = request.headers.get("content-length", "")
    return length.isascii() and length.isdigit() and int(length) <= SHORT


async def _at_once(step: Callable[[], T]) -> T:
    """Something that waits for nothing, and is worth no thread."""
    return step()


@router.post("/videos", **says("createVideo", records.Video, bodies.VideoCreate, ONCE, (404,)))
@straight
async def create(request: Request) -> Response:
    """Asks for a film: the video, queued."""

    def read(here: Here, fields: Fields) -> Wanted:
        first = picture_of(here, reference(fields, "input_reference", ("file_id",)))
        last = reference(fields, "last_reference", ("file_id",))
        if last is not None and last.url is not None:
            raise WrongField(
                _("The picture to end with is fetched from nowhere."),
                _("Send it along, or name a file that was given."),
                param="last_reference",
                code="unsupported",
            )
        return videos.to_create(here, fields, first, picture_of(here, last))

    return await _ask(request, read, "input_reference", looks=False)


@router.get(
    "/videos", **says("listVideos", records.VideoList, more=paged(videos.PAGE, videos.LONGEST_PAGE))
)
async def listed(request: Request) -> Response:
    """One's own videos, a page at a time."""
    wanted = page_of(Fields(request.query_params), videos.PAGE, videos.LONGEST_PAGE)
    return await look(request, lambda here: videos.page(here, wanted))


@router.post("/videos/edits", **says("editVideo", records.Video, bodies.VideoEdit, ONCE, (404,)))
async def edit(request: Request) -> Response:
    """The same film, changed as the prompt says."""
    return await _ask(
        request,
        lambda here, fields: videos.to_edit(
            here, videos.id_of(here, reference(fields, "video", VIDEO_ID)), fields
        ),
    )


@router.post(
    "/videos/extensions", **says("extendVideo", records.Video, bodies.VideoExtend, ONCE, (404,))
)
async def extend(request: Request) -> Response:
    """The same film, and more of it."""
    return await _ask(
        request,
        lambda here, fields: videos.to_extend(
            here, videos.id_of(here, reference(fields, "video", VIDEO_ID)), fields
        ),
    )


@router.post("/videos/characters", **refuses("createCharacter"))
async def new_character(request: Request) -> Response:
    """Refused: see `no_characters`."""
    await come(request, "make")
    raise no_characters()


@router.get("/videos/characters/{character_id}", **refuses("getCharacter"))
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


@router.get("/videos/{video_id}", **says("getVideo", records.Video, headers=POLL))
@straight
async def retrieve(request: Request, video_id: str) -> Response:
    """A video as it stands; the header says when to ask again."""
    answer = await look(request, lambda here: _told(request, videos.show(here, video_id)))
    after = request.scope.get("poll_after")
    if after is not None:
        answer.headers["openai-poll-after-ms"] = str(after)
    return answer


def _told(request: Request, found: records.Video) -> records.Video:
    request.scope["poll_after"] = poll_after(found)
    return found


@router.delete("/videos/{video_id}", **says("deleteVideo", records.VideoDeleted))
async def delete(request: Request, video_id: str) -> Response:
    """Deletes it for ever; one that is on its way is cancelled."""
    web = web_of(request)
    done = await web.write(lambda: videos.delete(enter(web, request, "make"), video_id))
    return JSONResponse(done, headers=ANEW)


@router.get(
    "/videos/{video_id}/content",
    **sends("getVideoContent", ("video/mp4", "image/png", "image/jpeg"), (VARIANT,)),
)
async def content(request: Request, video_id: str, variant: str = "video") -> Response:
    """The film itself (or the picture) or a piece of it, a picture of its middle, or eight of its frames in a row."""
    web = web_of(request)
    if variant == "video":
        return await web.run(lambda: videos.content(enter(web, request, "read"), video_id))
    picture = videos.VARIANTS.get(variant)
    if picture is None:
        raise WrongField(
            _("A variant is video, thumbnail or spritesheet, not {}.").format(repr(variant[:60])),
            param="variant",
        )
    await web.run(lambda: videos.ready(enter(web, request, "read"), video_id))
    return await pictures.answer(request, video_id, picture)


@router.post("/files", **says("giveFile", records.File, bodies.FileGive))
async def give_file(request: Request) -> Response:
    """Keeps a file to be named later: multipart, `file` and `purpose`."""
    web = web_of(request)
    here = await come(request, "make")
    try:
        fields = Fields(await read_body(request))
        kept = await web.write(lambda: given.keep(here, fields, staying(request)))
    finally:
        await request.close()
    return JSONResponse(kept, headers=ANEW)


@router.get(
    "/files",
    **says("listFiles", records.FileList, more=(*paged(given.PAGE, given.LONGEST_PAGE), PURPOSE)),
)
async def all_files(request: Request) -> Response:
    """One's own files, a page at a time."""
    query = Fields(request.query_params)
    wanted = page_of(query, given.PAGE, given.LONGEST_PAGE)
    purpose = query.text("purpose", 64)
    return await look(request, lambda here: given.page(here, wanted, purpose))


@router.get("/files/{file_id}", **says("getFile", records.File))
async def one_file(request: Request, file_id: str) -> Response:
    """What a file is."""
    return await look(request, lambda here: given.show(here, file_id))


@router.get("/files/{file_id}/content", **sends("getFileContent", (given.MIME,)))
async def file_content(request: Request, file_id: str) -> Response:
    """Its bytes."""
    web = web_of(request)
    return await web.run(lambda: given.content(enter(web, request, "read"), file_id))


@router.delete("/files/{file_id}", **says("deleteFile", records.FileDeleted))
async def delete_file(request: Request, file_id: str) -> Response:
    """Takes it away; what was made with it stays."""
    web = web_of(request)
    done = await web.write(lambda: given.delete(enter(web, request, "make"), file_id))
    return JSONResponse(done, headers=ANEW)


@router.post(
    "/videos/{video_id}/remix", **says("remixVideo", records.Video, bodies.VideoRemix, ONCE)
)
async def remix(request: Request, video_id: str) -> Response:
    """The same film with other words."""
    return await _ask(request, lambda here, fields: videos.to_remix(here, video_id, fields))


@router.post(
    "/images/generations", **says("makeImages", records.Images, bodies.ImageGenerate, ONCE, (404,))
)
async def images(request: Request) -> Response:
    """Images from words."""
    return await _images(request, to_generate)


@router.post("/images/edits", **says("editImages", records.Images, bodies.ImageEdit, ONCE, (404,)))
async def edited_images(request: Request) -> Response:
    """Images from words and from a picture, which lends what the model can take of one."""
    return await _images(
        request,
        lambda here, fields: to_generate(here, fields, partial(given.images, here, fields)),
        "image",
    )


@router.post(
    "/images/variations", **says("varyImages", records.Images, bodies.ImageVary, ONCE, (404,))
)
async def varied_images(request: Request) -> Response:
    """Images from a picture alone."""
    return await _images(
        request,
        lambda here, fields: to_generate(
            here, fields, partial(given.images, here, fields), wordless=True
        ),
        "image",
    )


@router.get("/images/{name}", **sends("getImageContent", ("image/png",)))
async def image(request: Request, name: str) -> Response:
    """The image at an address that an answer gave: for whoever has it, for an hour."""
    web = web_of(request)
    return await web.run(lambda: passing.content(web, name))


async def _images(
    request: Request, read: Callable[[Here, Fields], tuple[Wanted, int]], picture: str | None = None
) -> Response:
    """Something that becomes pictures, which the answer waits for. picture: as in `_ask`."""
    web = web_of(request)
    here = await come(request, "make")
    try:
        fields = Fields(await read_body(request))
        said = request.url.path, fields.given
        sent = (
            made_images.form_of(fields),
            f"{here.coming.scheme}://{here.coming.host}{router.prefix}",
        )
        asking = await web.write(partial(repeating.asking_of, here, *said))
        before, ignored, notes = await repeating.before(here, asking), (), ()
        if before is not None and before.group_id is not None:
            group = before.group_id
        else:
            async with brought(here, fields, picture, several=True):
                wanted, count = await web.write(partial(read, here, fields))
                of = repeating.asking_as(here, asking, *said)
                ask = partial(made_images.ask, here, wanted, count, staying(request), of)
                here, notes, on_disk = await web.write(ask)
            group, ignored = (await asyncio.wrap_future(on_disk)).id, wanted.ignored
    finally:
        await request.close()
    found = await made_images.made(here, group, request.is_disconnected)
    answer = await to_thread.run_sync(
        partial(made_images.shown, here, found, ignored, notes, *sent), limiter=web.lookers
    )
    return JSONResponse(answer, headers=ANEW)


@router.get("/models", **says("listModels", records.ModelList))
async def all_models(request: Request) -> Response:
    """Every model that is here."""
    return await look(request, models.listed)


@router.get("/models/{name}", **says("getModel", records.Model))
async def one_model(request: Request, name: str) -> Response:
    """One of them."""
    return await look(request, lambda here: models.one(here, name))


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """All of `/v1`, as programs read it; `clients/openapi.json` is the same."""
    return await look(request, lambda here: described())


@cache
def described() -> Mapping[str, Any]:
    """The OpenAPI document of every address below `/v1`."""
    return document([*router.routes, *hook_routes.router.routes])
