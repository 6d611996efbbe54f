"""The short way to the addresses that are asked for most: they need nothing of what a framework does for the others.

Knows no page: which addresses these are stands in `routes`, as that of every other.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

MARK = "straight"
"""The attribute of a function that answers by the short way."""

Answers = Callable[..., Awaitable[Response]]


def straight(answers: Answers) -> Answers:
    """Marks a function of a request and its path's parameters, which raises nothing but what the door answers."""
    setattr(answers, MARK, True)
    return answers


class Straight:
    """Answers these routes itself, and hands everything else on to `app`."""

    def __init__(self, app: ASGIApp, routes: Iterable[Any]) -> None:
        self._app = app
        self._routes = [one for one in routes if getattr(one.endpoint, MARK, False)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self._routes:
                if scope["method"] in route.methods and (
                    found := route.path_regex.match(scope["path"])
                ):
                    scope["route"] = route
                    request = Request(scope, receive, send)
                    answer = await route.endpoint(request, **found.groupdict())
                    await answer(scope, receive, send)
                    return
        await self._app(scope, receive, send)
