"""Errors in the shape that the clients of `/v1` read: message, type, param, code; and whether trying again helps.

Knows no route.
"""

import json
from collections.abc import Mapping

from starlette.responses import Response

from uncaged.core.errors import (
    Ambiguous,
    AskedWrong,
    Impossible,
    NotAllowed,
    NotFound,
    NotToday,
    RunFailed,
    TooMany,
    UncagedError,
    WhoIsThere,
    WrongOption,
)
from uncaged.web.errors import headers_of
from uncaged.web.v1.records import Error, Problem, ProblemType

LONGEST_WAIT = 120
"""Seconds of a Retry-After, at most: one client gives up beyond it, another waits however long."""

PARAMS = {
    "text": "prompt",
    "size": "size",
    "seconds": "seconds",
    "fps": "fps",
    "pictures": "input_reference",
    "negative": "negative_prompt",
    "seed": "seed",
    "loop": "loop",
    "position": "position",
    "parents": "video",
    "film": "video",
    "model": "model",
}
"""What the parts of a request are called on this wire."""

CODES: tuple[tuple[type[UncagedError], str], ...] = (
    (WhoIsThere, "invalid_api_key"),
    (NotAllowed, "not_allowed"),
    (NotToday, "quota_exceeded"),
    (TooMany, "rate_limit_exceeded"),
    (NotFound, "not_found"),
    (Impossible, "unsupported"),
    (Ambiguous, "conflict"),
    (RunFailed, "generation_failed"),
)


class WrongField(AskedWrong):
    """A field of a request that cannot be used. param: its name on the wire. code: a word for programs."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        param: str | None = None,
        code: str | None = None,
        status: int = 400,
    ) -> None:
        super().__init__(message, hint)
        self.param, self.code, self.http_status = param, code, status


def refuse(error: UncagedError) -> Response:
    """The answer that says no."""
    status = error.http_status
    said: Problem = {
        "message": str(error),
        "type": _type(status),
        "param": _param(error),
        "code": getattr(error, "code", None) or _code(error),
    }
    headers = dict(_headers(error)) | {"Cache-Control": "no-store"}
    answer: Error = {"error": said}
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body, status, headers, "application/json")


def _param(error: UncagedError) -> str | None:
    """Which part of the request it is about, as it is called on this wire; an option is called as it is."""
    if isinstance(error, WrongOption):
        return error.about or None
    return getattr(error, "param", None) or PARAMS.get(getattr(error, "about", ""))


def _type(status: int) -> ProblemType:
    match status:
        case 401:
            return "authentication_error"
        case 403:
            return "permission_error"
        case 429:
            return "rate_limit_error"
        case _ if status >= 500:
            return "server_error"
        case _:
            return "invalid_request_error"


def _code(error: UncagedError) -> str | None:
    return next((code for sort, code in CODES if isinstance(error, sort)), None)


def _headers(error: UncagedError) -> Mapping[str, str]:
    """And what keeps clients from what they do by themselves: they repeat 408, 409, 429 and everything from 500 on."""
    in_vain = error.http_status in (400, 408, 409, 500, 507)
    if isinstance(error, TooMany):
        in_vain = isinstance(error, NotToday) or error.retry_after > LONGEST_WAIT
    found = headers_of(error, LONGEST_WAIT)
    return found | ({"x-should-retry": "false"} if in_vain else {})
