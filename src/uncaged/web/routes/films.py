"""The addresses of what is shown, of one's own works, and of what machines may do with it."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.core.canonical import sha256
from uncaged.web import atom
from uncaged.web.answering import answer, page, web_of
from uncaged.web.film import names
from uncaged.web.here import Here
from uncaged.web.pages import films, my_works, training
from uncaged.web.routes.answers import PAGE
from uncaged.web.views.sharing import FaceView, FilmsView, OwnWorksView, TrainingView
from uncaged.web.visitors import enter

router = APIRouter()


@router.get("/films", response_model=FilmsView, responses=PAGE)
async def shown(request: Request, before: str = "", by: str = "", model: str = "") -> Response:
    """What is shown to everybody, newest first. ?by= one person's, ?model= made with one model, ?before= older ones."""
    common = "" if before or by or model else "films"  # what most see is drawn once for all of them
    return await page(
        request, "films.html", lambda here: films.gallery(here, before, by, model), common=common
    )


@router.get("/films.atom", response_class=Response, responses={200: {"content": {atom.MIME: {}}}})
async def feed(request: Request, before: str = "") -> Response:
    """The same as an Atom feed."""
    return await _feed(request, lambda here: films.feed(here, before))


@router.get("/people/{person_id}", response_model=FaceView, responses=PAGE)
async def face(request: Request, person_id: str) -> Response:
    """Somebody who shows films: what they say of themselves, and the films."""
    return await page(request, "person.html", lambda here: films.face(here, person_id))


@router.get(
    "/people/{person_id}/films.atom",
    response_class=Response,
    responses={200: {"content": {atom.MIME: {}}}},
)
async def feed_of(request: Request, person_id: str, before: str = "") -> Response:
    """What they show, as an Atom feed."""
    return await _feed(request, lambda here: films.feed_of(here, person_id, before))


@router.get("/works", response_model=OwnWorksView, responses=PAGE)
async def mine(
    request: Request,
    q: str = "",
    tag: str = "",
    state: str = "kept",
    trash: str = "",
    each: str = "",
    before: str = "",
) -> Response:
    """One's own works, the latest first. ?q= with these words, ?tag=, ?state= kept, making, failed or hidden, ?trash=1,
    ?each=1: nothing is folded."""
    asked = {"q": q, "tag": tag, "state": state, "trash": trash, "each": each, "before": before}
    return await page(request, "works.html", lambda here: my_works.show(here, asked))


@router.get("/training", response_model=TrainingView, responses=PAGE)
async def may_learn(request: Request) -> Response:
    """What models may learn from what stands here."""
    return answer(request, "training.html", training.show())


@router.get(
    "/robots.txt", response_class=Response, responses={200: {"content": {"text/plain": {}}}}
)
async def robots(request: Request) -> Response:
    """What crawlers may do: look at what is shown, and train on nothing."""
    return Response(training.ROBOTS, 200, _LONG, "text/plain; charset=utf-8")


@router.get("/.well-known/tdmrep.json")
async def reservation(request: Request) -> Response:
    """The same for machines (TDMRep): nothing here may be mined, but what its own headers allow."""
    coming = request.scope["coming"]
    return JSONResponse(training.reservation(coming.scheme, coming.host), headers=_LONG)


_LONG = {"Cache-Control": "public, max-age=3600"}


async def _feed(request: Request, write: Callable[[Here], bytes]) -> Response:
    web = web_of(request)
    data = await web.run(lambda: write(enter(web, request, "read")))
    tag = f'"{sha256(data)[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if names(request.headers.get("if-none-match"), tag):
        return Response(None, 304, headers)
    return Response(data, 200, headers, atom.MIME)
