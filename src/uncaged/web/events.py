"""A stream of events for whoever waits for a work (server-sent events): how it stands, then the work itself.

Knows what an event looks like; what is told, and when, stands in `waiting`.
"""

from collections.abc import AsyncIterator

from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from uncaged.archive import runs
from uncaged.archive.tables import FINISHED
from uncaged.web.answering import VARY, web_of
from uncaged.web.pages import works
from uncaged.web.views.line import StandsView
from uncaged.web.views.works import WorkView
from uncaged.web.visitors import enter
from uncaged.web.waiting import Waiter, Waiting

STANDS, ENDED = "stands", "ended"
"""The two sorts of events. The second is the last one, and carries the work's record."""

HEADERS = {"Vary": VARY, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""A proxy that collects an answer before it passes it on would keep all events until the end."""


class Events(EventSourceResponse):
    """One stream. However it ends, nobody waits in it afterwards."""

    def __init__(self, waiting: Waiting, waiter: Waiter) -> None:
        super().__init__(_events(waiter), headers=HEADERS)
        self._waiting, self._waiter = waiting, waiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Joins those who wait, for as long as it lasts. Raises `TooMany`, `Full`."""
        self._waiting.join(self._waiter)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._waiting.leave(self._waiter)


async def stream(request: Request, work_id: str) -> Response:
    """The events of this work for this visitor; 204 to a browser that heard the last of them and comes again."""
    web = web_of(request)
    waiting: Waiting = request.app.state.waiting

    def look() -> Waiter | WorkView:
        here = enter(web, request, "read")
        with here.studio.archive.read() as conn:
            row = works.found(conn, here, work_id)
            if row.state in FINISHED:
                return works.shown(conn, here, work_id)
            lane = runs.get(conn, row.run_id).lane
        said = StandsView(
            id=row.id, state=row.state, done=0, total=0, left=None, place=None, starts=None
        )
        return Waiter(here, row.id, row.run_id, lane, said)

    found = await web.run(look)
    if isinstance(found, Waiter):
        if request.scope.get("head"):  # nobody waits for an answer without a body
            return EventSourceResponse(iter(()), headers=HEADERS)
        return Events(waiting, found)
    if request.headers.get("last-event-id") == ENDED:
        return Response(None, 204, HEADERS)
    return EventSourceResponse(iter((_last(found),)), headers=HEADERS)


async def _events(waiter: Waiter) -> AsyncIterator[bytes]:
    while not waiter.over:
        await waiter.woken.wait()
        waiter.woken.clear()
        if waiter.over:
            break
        if waiter.news:
            waiter.news = False
            yield format_sse_event(event=STANDS, data_str=waiter.said.model_dump_json())
        else:
            yield b": still here\n\n"
    if waiter.record is not None:
        yield _last(waiter.record)


def _last(record: WorkView) -> bytes:
    return format_sse_event(event=ENDED, id=ENDED, data_str=record.model_dump_json())
