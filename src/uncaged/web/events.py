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
from uncaged.web.pages import runs as pages
from uncaged.web.pages import works
from uncaged.web.pages.line import lane_of
from uncaged.web.views.line import RunView, StandsView
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

    return _streamed(request, await web.run(look))


def _streamed(request: Request, found: Waiter | WorkView | RunView) -> Response:
    """The answer to whoever waits, or comes too late for it."""
    waiting: Waiting = request.app.state.waiting
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


async def stream_of_run(request: Request, run_id: str) -> Response:
    """The same of a training of this visitor's own; of the run of a film, the events of its work."""
    web = web_of(request)

    def look() -> Waiter | RunView | str:
        here = enter(web, request, "read")
        view = pages.show(here, run_id)
        if view.work is not None:
            return view.work
        if view.state in FINISHED:
            return view
        lane = lane_of(view.lane)
        said = StandsView(
            id=view.id, state=view.state, done=0, total=0, left=None, place=None, starts=None
        )
        return Waiter(here, view.id, view.id, lane, said)

    found = await web.run(look)
    return await stream(request, found) if isinstance(found, str) else _streamed(request, found)


def _last(record: WorkView | RunView) -> bytes:
    return format_sse_event(event=ENDED, id=ENDED, data_str=record.model_dump_json())
