"""The addresses of pages to read: models, what a file is, the API, what this is, which source runs."""

from contextlib import suppress

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.web.answering import WAITS, answer, come, page, refuse, wants_json, web_of
from uncaged.web.errors import headers_of
from uncaged.web.here import Here
from uncaged.web.pages import (
    about,
    models,
    programs,
    source,
    verify,
    wishing,
)
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said as read_said
from uncaged.web.views.base import Trouble, View
from uncaged.web.views.reading import (
    AboutView,
    AdapterPage,
    ApiView,
    ModelPage,
    ModelsView,
    SourceView,
    VerifyView,
)
from uncaged.web.visitors import awaited, enter, staying

router = APIRouter()


@router.get("/models", response_model=ModelsView, responses=PAGE)
async def all_models(request: Request) -> Response:
    """Every model that is here: what it takes, what is known of its data, what it can do.

    ?licence=: those alone that come under it, or say so. ?what=film or picture, seconds=, size=, minutes= (it may take
    so many), with=picture,on,anew,part,sound,loop,without,play: which of them can, which cannot, and why.
    """
    given = request.query_params
    said = {
        name: given[name] for name in ("licence", *wishing.FIELDS) if given.get(name, "").strip()
    }
    if ways := ",".join(given.getlist("with")):
        said["with"] = ways
    if not said:
        return await page(request, "models.html", models.show, common="models")
    try:
        return await page(request, "models.html", lambda here: models.show(here, said))
    except AskedWrong as error:
        if wants_json(request):
            return refuse(request, error)
        here, trouble = await come(request, "read"), Trouble(message=error.message, hint=error.hint)
        view = await web_of(request).run(lambda: models.show(here, said, trouble))
        return answer(request, "models.html", view, here, error.http_status)


@router.get("/models/{name}", response_model=ModelPage | AdapterPage, responses=PAGE)
async def one_model(request: Request, name: str) -> Response:
    """One model: its card, its dials, the words it has learnt, its adapters. Or one adapter: its card."""
    return await page(request, _of_one, lambda here: models.one(here, name))


def _of_one(view: View) -> str:
    return "adapter.html" if isinstance(view, AdapterPage) else "model.html"


@router.post("/models/accept", response_model=ModelsView, responses=PAGE)
async def accept_terms(request: Request) -> Response:
    """Whoever asks accepts the licence of `model`, where that binds whoever makes with it; once."""
    here, stay, said = await come(request, "make"), staying(request), await read_said(request)
    web = web_of(request)
    here = await web.write(lambda: models.accept(here, said, stay))
    return await _models(request, here)


@router.post("/models/remove", response_model=ModelsView, responses=PAGE)
async def remove_model(request: Request) -> Response:
    """The owner takes `model`, one of the studio's own, off the shelf; what of it lies elsewhere stays there."""
    here, said = await come(request, "manage"), await read_said(request)
    await web_of(request).write(lambda: models.remove(here, said))
    return await _models(request, here)


async def _models(request: Request, here: Here) -> Response:
    if not wants_json(request):
        return to("/models")
    return answer(
        request, "models.html", await web_of(request).run(lambda: models.show(here)), here
    )


@router.get("/verify", response_model=VerifyView, responses=PAGE)
async def ask(request: Request) -> Response:
    """A place to ask what a file is."""
    return await page(request, "verify.html", verify.form, common="verify")


@router.post("/verify", response_model=VerifyView, responses=PAGE)
async def look(request: Request) -> Response:
    """What a film or picture is, by the file itself (`file`) or by its SHA-256 (JSON); it is not kept."""
    web = web_of(request)
    here = await come(request, "read")
    try:
        given = await verify.brought(request)
        seen = await to_thread.run_sync(lambda: verify.look(here, given), limiter=web.lookers)
    except UncagedError as error:
        if wants_json(request) or error.http_status >= 500:
            return refuse(request, error)
        trouble = Trouble(message=error.message, hint=error.hint)
        back = answer(request, "verify.html", verify.form(here, trouble), here, error.http_status)
        back.headers.update(headers_of(error))
        return back
    finally:
        await request.close()
    found = answer(request, "verify.html", seen, here)
    found.headers["Cache-Control"] = "no-store"
    return found


@router.get("/api", response_model=ApiView, responses=PAGE)
async def api(request: Request) -> Response:
    """The one line that a program changes, and every address below /v1."""
    return await page(request, "api.html", programs.show)


@router.get("/about", response_model=AboutView, responses=PAGE)
async def this(request: Request) -> Response:
    """What this is, and who sees what."""
    return await page(request, "about.html", about.show, common="about")


@router.get("/source", response_model=SourceView, responses=PAGE)
async def the_source(request: Request) -> Response:
    """The exact source that runs: its commit, what was changed here, all of it as a file."""
    web = web_of(request)

    def step() -> Response:
        here = None
        with suppress(UncagedError):  # whoever is not let in may have the source all the same
            here = enter(web, request, "read")
            request.scope[WAITS] = awaited(here)
        return answer(request, "source.html", source.show(), here)

    return await web.run(step)
