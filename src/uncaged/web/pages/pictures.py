"""A film at rest, as pages show it: a still and its contact strip, made when somebody first looks.

Knows no address; `studio.picturing` makes them and lays them by.
"""

from typing import Literal

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from uncaged.archive import runs
from uncaged.core.errors import PictureDamaged, PictureRefused
from uncaged.core.strips import MIME
from uncaged.studio import picturing, previews
from uncaged.web.answering import TRAINING, web_of
from uncaged.web.film import names
from uncaged.web.here import Here, Web
from uncaged.web.pages import works
from uncaged.web.visitors import enter

FORGOTTEN = 1000
"""Films without a picture that are remembered, so that none is looked through again and again."""


async def answer(request: Request, work_id: str, what: Literal["still", "strip"]) -> Response:
    """The picture, by an ETag that changes only with the film."""
    web = web_of(request)

    def look() -> tuple[str, bytes | None]:
        row = works.find(enter(web, request, "read"), work_id)
        request.scope[TRAINING] = bool(row.training)
        sha = row.media
        if sha is None or sha in web.pictureless:
            raise works.not_found()
        return sha, picturing.held(web.studio, sha, what)

    sha, data = await web.run(look)
    tag = f'"{sha}-{what}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
    if names(request.headers.get("if-none-match"), tag):
        return Response(None, 304, headers)
    if data is None:
        data = await to_thread.run_sync(lambda: _made(web, sha, what), limiter=web.lookers)
    return Response(data, 200, headers, MIME)


def preview(here: Here, work_id: str) -> bytes | None:
    """The newest preview of a work that is being performed; None where it is made, and has a still. Raises `NotFound`
    where there is neither."""
    with here.studio.archive.read() as conn:
        work = works.found(conn, here, work_id)
        run = runs.get(conn, work.run_id)
    if run.state == "completed" and work.media and run.person_id == here.studio.person:
        return None
    if run.state == "in_progress" and run.person_id == here.studio.person:
        data = previews.held(here.studio, run.id, run.attempt)
        if data is not None:
            return data
    raise works.not_found()


def _made(web: Web, sha: str, what: Literal["still", "strip"]) -> bytes:
    if sha in web.pictureless:
        raise works.not_found()
    try:
        return picturing.picture(web.studio, sha, what)
    except PictureRefused as error:
        if not isinstance(error, PictureDamaged):  # a busy machine, a missing file: perhaps later
            raise works.not_found() from None
        if len(web.pictureless) >= FORGOTTEN:
            web.pictureless.clear()
        web.pictureless.add(sha)
        raise works.not_found() from None
