"""The addresses of the machine: whether all is well, numbers, style sheet, script, source."""

from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.core.canonical import sha256
from uncaged.web.answering import web_of
from uncaged.web.pages import (
    health,
    metrics,
    source,
)
from uncaged.web.views.machine import HealthView
from uncaged.web.visitors import enter

router = APIRouter()


@router.get("/healthz", response_model=HealthView)
async def healthz(request: Request) -> Response:
    """Whether all is well: 200, or 503. Its owner learns what is not."""
    web = web_of(request)
    seen = await to_thread.run_sync(request.app.state.health.look, limiter=web.health)
    near = web.local and request.scope["coming"].near
    if not near and not (
        "authorization" in request.headers
        and "manage" in (await web.run(lambda: enter(web, request, "read"))).visitor.scopes
    ):
        seen = health.public(seen)
    return JSONResponse(
        seen.model_dump(exclude_none=True),
        200 if seen.well else 503,
        headers={"Cache-Control": "no-store"},
    )


@router.get("/metrics", response_class=Response)
async def numbers(request: Request) -> Response:
    """Numbers as OpenMetrics, for the owner and keepers."""
    web = web_of(request)
    text = await web.run(lambda: metrics.text(enter(web, request, "manage")))
    return Response(text, headers={"Content-Type": metrics.MIME, "Cache-Control": "no-store"})


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Every address and record, as programs read them."""
    web = web_of(request)
    await web.run(lambda: enter(web, request, "read"))
    return JSONResponse(request.app.openapi())


@router.get("/style.css", include_in_schema=False)
async def style(request: Request) -> Response:
    """The one style sheet."""
    css, tag = _static("style.css")
    return _unchanging(request, css, tag, "text/css; charset=utf-8")


SCRIPTS = ("wait", "film", "play", "passkey")
"""What pages do where there is script; each page is whole without: a page that waits, films under the pointer, drawings
that arrow keys walk, passkeys. Each file of `static` says of itself what it does."""


def _script(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def script(request: Request) -> Response:
        js, tag = _static(f"{name}.js")
        return _unchanging(request, js, tag, "text/javascript; charset=utf-8")

    return script


for _name in SCRIPTS:
    router.get(f"/{_name}.js", include_in_schema=False)(_script(_name))


@router.get("/favicon.ico", include_in_schema=False)
async def icon() -> Response:
    """There is none; a browser that asks is told so once a day."""
    return Response(None, 204, {"Cache-Control": "public, max-age=86400"})


@router.get("/source.tar.gz", response_class=Response)
async def tarball(request: Request) -> Response:
    """The source of what runs here, local changes included."""
    data, tag = await web_of(request).run(source.packed)
    answer = _unchanging(request, data, tag, "application/gzip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{source.NAME}"'
    return answer


def _unchanging(request: Request, data: bytes, tag: str, mime: str) -> Response:
    """What stays the same while this process runs, and for everybody."""
    headers = {"ETag": tag, "Cache-Control": "public, max-age=600"}
    if request.headers.get("if-none-match") == tag:
        return Response(None, 304, headers)
    return Response(data, 200, headers, mime)


@cache
def _static(name: str) -> tuple[bytes, str]:
    data = (files("uncaged.web") / "static" / name).read_bytes()
    return data, f'"{sha256(data)[:16]}"'
