"""The addresses of webhook endpoints below `/v1`."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from uncaged.archive.hooks import EVENTS
from uncaged.archive.keys import Scope
from uncaged.web.answering import come, web_of
from uncaged.web.here import Here
from uncaged.web.v1 import bodies, endpoints, records
from uncaged.web.v1.fields import Fields
from uncaged.web.v1.looking import ANEW, look
from uncaged.web.v1.schema import says
from uncaged.web.v1.wire import read_body

router = APIRouter(prefix="/v1", tags=["v1"])


async def _do(
    request: Request, step: Callable[[Here, Fields], Mapping[str, Any]], needs: Scope = "make"
) -> Response:
    web = web_of(request)
    here = await come(request, needs)
    fields = Fields(await read_body(request))
    return JSONResponse(await web.write(lambda: step(here, fields)), headers=ANEW)


@router.get("/webhook_event_types", **says("listEventTypes", records.EventTypeList))
async def event_types(request: Request) -> Response:
    """What one can be told of."""
    return await look(request, lambda here: {"object": "list", "data": list(EVENTS)})


@router.post(
    "/webhook_endpoints", **says("makeWebhook", records.WebhookEndpoint, bodies.WebhookEndpointMake)
)
async def make(request: Request) -> Response:
    """A new one: name, url, event_types. Its secret is shown this once."""
    return await _do(request, endpoints.make)


@router.get("/webhook_endpoints", **says("listWebhooks", records.WebhookEndpointList))
async def listed(request: Request) -> Response:
    """All of one's own."""
    return await look(request, endpoints.all_of_them)


@router.get("/webhook_endpoints/{hook_id}", **says("getWebhook", records.WebhookEndpoint))
async def show(request: Request, hook_id: str) -> Response:
    """One of them."""
    return await look(request, lambda here: endpoints.show(here, hook_id))


@router.post(
    "/webhook_endpoints/{hook_id}",
    **says("changeWebhook", records.WebhookEndpoint, bodies.WebhookEndpointChange),
)
async def change(request: Request, hook_id: str) -> Response:
    """Another name, address, or other events."""
    return await _do(request, lambda here, fields: endpoints.change(here, hook_id, fields))


@router.delete(
    "/webhook_endpoints/{hook_id}", **says("deleteWebhook", records.WebhookEndpointDeleted)
)
async def remove(request: Request, hook_id: str) -> Response:
    """It is told nothing any more."""
    return await _do(request, lambda here, fields: endpoints.remove(here, hook_id))


@router.post(
    "/webhook_endpoints/{hook_id}/rotate_secret",
    **says("rotateWebhook", records.WebhookEndpoint, bodies.WebhookEndpointRotate),
)
async def rotate(request: Request, hook_id: str) -> Response:
    """Another secret, shown this once."""
    return await _do(request, lambda here, fields: endpoints.rotate(here, hook_id, fields))


@router.post(
    "/webhook_endpoints/{hook_id}/test",
    **says("testWebhook", records.WebhookEndpointTest, bodies.WebhookEndpointTry),
)
async def test(request: Request, hook_id: str) -> Response:
    """Tells it at once; what it answered."""
    web = web_of(request)
    here = await come(request, "make")
    fields = Fields(await read_body(request))
    hook = await web.run(lambda: endpoints.get(here, hook_id))
    return JSONResponse(await endpoints.test(here, hook, fields), headers=ANEW)
