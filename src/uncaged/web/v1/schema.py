"""OpenAPI of `/v1`: each route says what it takes and gives by `says`; `document` puts that and the records together.

Describes and checks nothing: what a request holds is read by `fields`. Knows no route by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from uncaged.core.version import __version__
from uncaged.web.v1.bodies import BODIES
from uncaged.web.v1.errors import LONGEST_WAIT
from uncaged.web.v1.records import RECORDS

AT = "#/components/schemas/"
JSON, MULTIPART, URLENCODED = (
    "application/json",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
)
FILES = ("input_reference", "last_reference", "image", "video", "file")
"""Fields of a form that may be files."""

REASONS: Mapping[int, str] = {
    400: "The request cannot be met as it stands; `param` names the field.",
    401: "Nobody knows who asks: a key is needed, or it is wrong.",
    403: "This key, or whoever has none, may not do that here.",
    404: "Nothing of that name is here, or it is not yours to see.",
    408: "The request came too slowly.",
    413: "More was sent than the studio takes at a time.",
    414: "The address is longer than any that is here.",
    415: "It is neither a form nor JSON, or not in UTF-8.",
    421: "The request names a host that this studio is not.",
    429: "Too many at a time, or today. What `x-should-retry: false` stands beside, no waiting of minutes helps.",
    500: "It went wrong here, or what was asked for failed; the message says which.",
    503: "The archive is busy, or the studio is starting: again in a moment.",
    507: "There is no room left to keep it.",
}
ALWAYS = (400, 401, 403, 413, 414, 421, 429, 500, 503)
"""What any address may say; the door before them says most of it."""

WITH_BODY, WITH_NAME = (408, 415, 507), (404,)

_RETRY = {
    "Retry-After": {
        "description": "Seconds.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LONGEST_WAIT},
    }
}
_NO_RETRY = {
    "x-should-retry": {
        "description": "Present where trying again does not help.",
        "schema": {"const": "false"},
    }
}
_HEADERS: Mapping[int, Mapping[str, Any]] = {
    429: _RETRY | _NO_RETRY,
    503: _RETRY,
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    **dict.fromkeys((408, 500, 507), _NO_RETRY),
}

KEY: Mapping[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key is the same result, for a day at least; with another request it is refused.",
    "schema": {"type": "string", "pattern": r"^[!-~]{1,255}$"},
}
REPEATED: Mapping[str, Any] = {
    "name": "x-stainless-retry-count",
    "in": "header",
    "description": "How often this request was sent before. Without a key, a repetition is known by it for minutes.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 100},
}
ONCE = (KEY, REPEATED)
"""Headers by which a repeated request is known."""


POLL: Mapping[str, Any] = {
    "openai-poll-after-ms": {
        "description": "Milliseconds until it is worth asking again, while it is not there.",
        "schema": {"type": "integer"},
    }
}


def query(name: str, schema: Mapping[str, Any], said: str = "") -> Mapping[str, Any]:
    """A parameter behind the question mark."""
    return {"name": name, "in": "query", "schema": schema} | ({"description": said} if said else {})


def paged(usual: int, most: int) -> tuple[Mapping[str, Any], ...]:
    """The parameters of a page."""
    limit = {"type": "integer", "minimum": 0, "maximum": most, "default": usual}
    order = {"enum": ["asc", "desc"], "default": "desc"}
    return (
        query("after", {"type": "string", "maxLength": 200}, "`last_id` of the page before."),
        query("limit", limit),
        query("order", order, "By the moment they were asked for."),
    )


PURPOSE = query("purpose", {"type": "string", "maxLength": 64}, "Those of this purpose alone.")
VARIANT = query(
    "variant",
    {"enum": ["video", "thumbnail", "spritesheet"], "default": "video"},
    "The film, its middle frame, or eight of its frames in a row.",
)


def says(
    name: str,
    answer: type,
    asked: type | None = None,
    more: Sequence[Mapping[str, Any]] = (),
    no: Sequence[int] = (),
    headers: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A route that answers with a record. no: statuses beyond those that such routes have. more: parameters."""
    good: dict[str, Any] = {
        "description": str(answer.__doc__),
        "content": {JSON: {"schema": {"$ref": AT + answer.__name__}}},
    }
    found = _operation(name, {"200": good | ({"headers": headers} if headers else {})}, more, no)
    if asked is not None:
        found["requestBody"] = _body(asked)
    return {"openapi_extra": found}


def sends(
    name: str, mimes: Sequence[str], more: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """A route that answers with bytes, whole or one piece of them."""
    bytes_ = {mime: {"schema": {"type": "string", "format": "binary"}} for mime in mimes}
    tag = {"ETag": {"schema": {"type": "string"}}}
    pieces = {"Content-Range": {"schema": {"type": "string"}}}
    good = {
        "200": {"description": "All of it.", "content": bytes_, "headers": tag},
        "206": {"description": "The piece asked for.", "content": bytes_, "headers": tag | pieces},
        "304": {"description": "It is what `If-None-Match` names."},
        "416": {"description": "It has no such piece; `Content-Range` says how long it is."},
    }
    asked = (
        {"name": "Range", "in": "header", "schema": {"type": "string"}, "example": "bytes=0-99"},
        {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}},
        {"name": "If-Range", "in": "header", "schema": {"type": "string"}},
    )
    return {"openapi_extra": _operation(name, good, (*more, *asked), ())}


def refuses(name: str) -> dict[str, Any]:
    """A route that only says why not."""
    return {"openapi_extra": _operation(name, {}, (), (400,))}


def _operation(
    name: str, good: Mapping[str, Any], more: Sequence[Mapping[str, Any]], no: Sequence[int]
) -> dict[str, Any]:
    return {
        "operationId": name,
        "parameters": [dict(one) for one in more],
        "responses": dict(good) | {str(status): _refusal(status) for status in (*ALWAYS, *no)},
    }


def _refusal(status: int) -> Mapping[str, Any]:
    return {"$ref": f"#/components/responses/{status}"}


def _body(asked: type) -> dict[str, Any]:
    """The three ways in which a body is read; with a file, only a form is."""
    name, needed = asked.__name__, getattr(asked, "__required_keys__")  # noqa: B009 - every TypedDict has it
    form = {"schema": {"$ref": f"{AT}{name}Form"}}
    content: dict[str, Any] = {MULTIPART: form}
    if "file" not in needed:
        content = {JSON: {"schema": {"$ref": AT + name}}} | content | {URLENCODED: form}
    return {"required": bool(needed), "content": content}


def document(routes: Iterable[Any]) -> dict[str, Any]:
    """All of these routes as OpenAPI 3.1."""
    paths: dict[str, Any] = {}
    for route in routes:
        if isinstance(route, APIRoute) and route.openapi_extra is not None:
            for method in sorted(route.methods or ()):
                paths.setdefault(route.path, {})[method.lower()] = _described(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Uncaged: /v1",
            "version": __version__,
            "summary": "Videos from words, for programs that were written for a closed service.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{}, {"key": []}],
        "paths": paths,
        "webhooks": _webhooks(),
        "components": {
            "schemas": _schemas(),
            "responses": {str(status): _error(status) for status in REASONS},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(route: APIRoute) -> dict[str, Any]:
    """What a route says of itself, and what follows from its address and its body."""
    said = cast("dict[str, Any]", route.openapi_extra)
    names = [
        {"name": one.name, "in": "path", "required": True, "schema": {"type": "string"}}
        for one in route.dependant.path_params
    ]
    more = (WITH_BODY if "requestBody" in said else ()) + (WITH_NAME if names else ())
    answers = said["responses"] | {str(status): _refusal(status) for status in more}
    return said | {
        "summary": (route.endpoint.__doc__ or "").strip(),
        "parameters": names + said["parameters"],
        "responses": dict(sorted(answers.items())),
    }


def _error(status: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": REASONS[status],
        "content": {JSON: {"schema": {"$ref": AT + "Error"}}},
    }
    headers = _HEADERS.get(status)
    return found | ({"headers": dict(headers)} if headers else {})


def _webhooks() -> dict[str, Any]:
    headers = ("webhook-id", "webhook-timestamp", "webhook-signature")
    told: dict[str, Any] = {
        "summary": "A video of one's own has ended.",
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in headers
        ],
        "requestBody": {"content": {JSON: {"schema": {"$ref": AT + "Event"}}}},
        "responses": {"2XX": {"description": "Heard. Anything else is told again later."}},
    }
    return {name: {"post": told} for name in ("video.completed", "video.failed")}


def _schemas() -> dict[str, Any]:
    asked = [(one.__name__, "validation", TypeAdapter(one)) for one in RECORDS + BODIES]
    _, made = TypeAdapter.json_schemas(asked, ref_template=AT + "{model}")  # type: ignore[arg-type] - the modes are literal
    found: dict[str, Any] = {name: _untitled(one) for name, one in made["$defs"].items()}
    forms = {f"{one.__name__}Form": _form(found[one.__name__], found) for one in BODIES}
    return dict(sorted((found | forms).items()))


def _untitled(value: Any) -> Any:
    """Without the titles that only repeat the name."""
    if isinstance(value, dict):
        inner = cast("dict[str, Any]", value)
        return {
            key: _untitled(one)
            for key, one in inner.items()
            if key != "title" or not isinstance(one, str)
        }
    return (
        [_untitled(one) for one in cast("list[Any]", value)] if isinstance(value, list) else value
    )


def _form(schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The same body as a form: objects by names in brackets or as JSON in a text, pictures as files."""
    fields: dict[str, Any] = {}
    elsewhere = set[str]()
    for name, one in schema["properties"].items():
        ways = [way for way in one.get("anyOf", [one]) if way.get("type") != "null"]
        for way in ways:
            if "$ref" in way:
                inner = known[way["$ref"].removeprefix(AT)]["properties"]
                fields |= {f"{name}[{key}]": {"type": "string"} for key in inner}
            if way.get("type") == "array":
                fields[f"{name}[]"] = way | {"items": _plain(name, [way["items"]])}
        if any(key.startswith(f"{name}[") for key in fields):
            elsewhere.add(name)
        flat = [way for way in ways if way.get("type") != "array" and "$ref" not in way]
        if flat:
            said = {"description": one["description"]} if "description" in one else {}
            fields[name] = _plain(name, flat) | said
    needed = [name for name in schema.get("required", ()) if name not in elsewhere]
    found: dict[str, Any] = {
        "type": "object",
        "description": "Objects are fields with names in brackets, or JSON in the text of one.",
        "properties": fields,
    }
    return found | ({"required": needed} if needed else {})


def _plain(name: str, ways: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A field of a form: a file, or one of the texts that it may be."""
    if name in FILES:
        return {"type": "string", "format": "binary"}
    texts = [way for way in ways if way.get("type") != "object"]
    return dict(texts[0]) if len(texts) == 1 else {"anyOf": texts} if texts else {"type": "string"}
