"""The web's composition root: which address leads to which page. What a page shows stands in `pages`.

`create_app` is all that whoever starts a web needs; see `serving` for one that listens.
"""

from contextlib import suppress

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.errors import UncagedError
from uncaged.core.version import __version__
from uncaged.studio.studio import Studio
from uncaged.web import answering, routes
from uncaged.web.door import Door
from uncaged.web.errors import NotThere
from uncaged.web.here import open_web
from uncaged.web.pages.health import Health
from uncaged.web.straight import Straight
from uncaged.web.v1 import hook_routes
from uncaged.web.v1 import routes as v1
from uncaged.web.visitors import enter
from uncaged.web.waiting import Waiting
from uncaged.web.words import _

NOTHING_LEAVES: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework could measure and send; here it does neither, whatever the environment says."""


def create_app(
    studio: Studio, *, hosts: frozenset[str], local: bool, read_only: bool = False
) -> FastAPI:
    """The pages of an opened studio.

    hosts: exact names of the Host header that are ours, with port, in small letters. local: only this machine can
    reach it, so that whoever comes straight from there is the owner. read_only: once the open door is over, nobody
    makes anything here.
    """
    app = FastAPI(
        title="Uncaged",
        version=__version__,
        description="The pages of a studio, as records. Ask with Accept: application/json. "
        "What lies below /v1 is described in /v1/openapi.json.",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        openapi_url=None,  # `routes` gives it, to whoever may come in
        redirect_slashes=False,
        telemetry=NOTHING_LEAVES,
    )
    web = open_web(studio, frozenset(name.lower() for name in hosts), local, read_only)
    app.state.web = web
    app.state.health = Health(web)
    app.state.waiting = Waiting(web)
    app.include_router(v1.router, include_in_schema=False)  # /v1/openapi.json tells of these
    app.include_router(hook_routes.router, include_in_schema=False)
    app.include_router(routes.router)
    app.add_exception_handler(HTTPException, _elsewhere)
    app.add_middleware(Straight, routes=[*routes.router.routes, *v1.router.routes])
    app.add_middleware(Door, web=web)
    return app


async def _elsewhere(request: Request, error: Exception) -> Response:
    """No such address, or not asked in that way."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        wrong = NotThere(_("There is nothing at this address."), _("Is it typed right?"))
    elif error.status_code == 405:
        wrong = NotThere(_("This address cannot be asked in that way."), status=405)
    else:
        wrong = NotThere(str(error.detail)[:300], status=error.status_code)
    with suppress(UncagedError):  # who is there; nobody's matter here where that cannot be told
        web = answering.web_of(request)
        await web.run(lambda: enter(web, request, "read"))
    answer = answering.refuse(request, wrong)
    answer.headers.update(error.headers or {})
    return answer
