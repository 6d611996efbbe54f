"""How `/v1` answers whoever only looks: the record itself, which nothing between keeps."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from uncaged.web.answering import web_of
from uncaged.web.here import Here
from uncaged.web.visitors import enter

ANEW = {"Cache-Control": "no-store"}


async def look(request: Request, step: Callable[[Here], Mapping[str, Any]]) -> JSONResponse:
    """Lets the visitor in who only looks, and answers with what `step` finds."""
    web = web_of(request)
    return JSONResponse(await web.run(lambda: step(enter(web, request, "read"))), headers=ANEW)
