"""One record, two readers: a browser gets the template, a program the record itself. Also how errors are answered.

Knows no page in particular.
"""

import json
import shlex
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from uncaged.archive.awaiting import Awaiting
from uncaged.archive.keys import Scope
from uncaged.core import clock
from uncaged.core.canonical import sha256
from uncaged.core.errors import UncagedError
from uncaged.core.version import __version__
from uncaged.core.words import languages, reader
from uncaged.studio.entering import ActsNoMore, LoginOver
from uncaged.studio.standing import FRESH
from uncaged.web import closing, cookies, qr, shapes, words
from uncaged.web.errors import headers_of, without_places
from uncaged.web.film import names
from uncaged.web.here import Here, Web
from uncaged.web.v1 import errors as v1
from uncaged.web.views.base import ErrorView, Trouble, View
from uncaged.web.visitors import awaited, enter, sits_here
from uncaged.web.words import _

COMMON = 200
"""Pages that are held for everybody who is nobody in particular, at most."""

VARY = "Accept, Accept-Language, Authorization, Cookie"


SECRET, TRAINING, WAITS = "secret", "training", "waits"
"""What an answer says in its request's scope: its address holds a secret; models may learn from what it gives; what
waits for whoever asks.

Without the second, all that this studio gives is kept from them (`TDM-Reservation`, TDMRep).
"""


def web_of(request: HTTPConnection) -> Web:
    """What this process holds."""
    return request.app.state.web


async def come(request: Request, needs: Scope) -> Here:
    """Lets the visitor in who asks for a change: in a thread, where somebody has to be looked up."""
    web = web_of(request)
    if sits_here(web, request):
        return enter(web, request, needs)
    return await web.write(lambda: enter(web, request, needs))


async def page(
    request: Request,
    template: str | Callable[[View], str],
    show: Callable[[Here], View],
    needs: Scope = "read",
    common: str = "",
) -> Response:
    """Lets the visitor in, asks for the record, and answers with it; all in one thread.

    template: its name, or what says it of the record. common: a name for what is shown, where whoever is nobody in
    particular sees what the last such visitor saw, for `FRESH` seconds; a cache between them and the studio may do the
    same. Whoever has the page already, by its ETag, is told so.
    """
    web = web_of(request)

    def step() -> Response:
        web.openings.look()  # the page says how long the door is open
        here = enter(web, request, needs)
        if web.mast.due:
            web.mast.look()
        if not common or here.visitor.person.id:
            request.scope[WAITS] = awaited(here)
            return _tagged(request, _drawn(request, template, show(here), here))
        key = (f"{reader().code} {common}", wants_json(request), _is_still(request))
        now = web.studio.clock.monotonic()
        seen = web.common.get(key)
        if seen is None or not 0 <= now - seen[0] < FRESH:
            drawn = _drawn(request, template, show(here), here)
            seen = (now, drawn, bool(request.scope.get(TRAINING)))
            seen[1].headers["Cache-Control"] = f"public, max-age={FRESH:.0f}"
            if len(web.common) >= COMMON:
                web.common.clear()
            web.common[key] = seen
        _, kept, request.scope[TRAINING] = seen
        return _tagged(request, Response(kept.body, kept.status_code, dict(kept.headers)))

    return await web.run(step)


def _drawn(
    request: Request, template: str | Callable[[View], str], view: View, here: Here
) -> Response:
    return answer(request, template if isinstance(template, str) else template(view), view, here)


def _tagged(request: Request, page: Response) -> Response:
    """The page by its ETag, or that whoever asks has it (RFC 9110, 13.1.2)."""
    tag = f'"{sha256(bytes(page.body))[:32]}"'
    page.headers["ETag"] = f"W/{tag}"
    if page.status_code != 200 or not names(request.headers.get("if-none-match"), tag):
        return page
    kept = {name: page.headers[name] for name in ("ETag", "Vary", "Cache-Control")}
    return Response(None, 304, kept)


def answer(
    request: Request, template: str, view: View, here: Here | None = None, status: int = 200
) -> Response:
    """The record as this reader wants it."""
    headers = {"Vary": VARY, "Cache-Control": "private, no-cache"}
    if wants_json(request):
        return Response(view.model_dump_json(), status, headers, "application/json")
    html = _templates().get_template(template).render(_chrome(request, here), view=view)
    return Response(html, status, headers, "text/html; charset=utf-8")


def refuse(request: Request, error: UncagedError) -> Response:
    """An error as a page, as the record of one, or as the clients of `/v1` read it.

    Where the studio lies on its disk is told to its owner alone, at the machine.
    """
    if "coming" not in request.scope or not sits_here(web_of(request), request):
        error = without_places(error)
    if in_v1(request):
        return v1.refuse(error)
    status = error.http_status
    view = ErrorView(error=Trouble(message=error.message, hint=error.hint))
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    headers = {"Vary": VARY, "Cache-Control": "no-store"} | headers_of(error)
    if wants_json(request):
        return _forgetting(
            request, error, Response(view.model_dump_json(), status, headers, "application/json")
        )
    more = {"status": status, "phrase": phrase}
    html = (
        _templates()
        .get_template("error.html")
        .render(_chrome(request, request.scope.get("entered")), view=view, **more)
    )
    return _forgetting(request, error, Response(html, status, headers, "text/html; charset=utf-8"))


def _forgetting(request: Request, error: UncagedError, refusal: Response) -> Response:
    """A login that is over is told once, and the browser forgets it; so is acting for somebody."""
    encrypted = "coming" in request.scope and request.scope["coming"].scheme == "https"
    if isinstance(error, LoginOver):
        cookies.take(refusal, cookies.session_name(encrypted), encrypted)
    if isinstance(error, LoginOver | ActsNoMore):
        cookies.take(refusal, cookies.ACTS, encrypted)
    return refusal


def in_v1(request: HTTPConnection) -> bool:
    """Whether a program asks that was written for another service."""
    return request.url.path.startswith("/v1/")


def wants_json(request: HTTPConnection) -> bool:
    """Whether a program asks: it says so, or it sends JSON and does not ask for a page."""
    if request.query_params.get("as") == "json":
        return True
    accept = request.headers.get("accept", "")
    if "text/html" in accept:
        return False
    sent = request.headers.get("content-type", "")
    return "application/json" in accept or sent.partition(";")[0].strip() == "application/json"


def _chrome(request: HTTPConnection, here: Here | None) -> Mapping[str, Any]:
    """What stands around every page: where one is, who one is."""
    web = web_of(request)
    door = closing.on_now(web)
    return {
        "path": request.url.path,
        "here": here,
        "still": _is_still(request),
        "version": __version__,
        "mast": web.mast.held,
        "waits": request.scope.get(WAITS, Awaiting()).all,
        "language": reader(),
        "languages": languages(),
        "door": door,
        "door_left": 0.0 if door is None else door.left(web.studio.clock.now()),
    }


def _is_still(request: HTTPConnection) -> bool:
    """Whether the page is not to ask again by itself."""
    return request.query_params.get("still") == "1"


def _said(text: str) -> str:
    """A sentence as JSON has it."""
    return "".join(
        c if words.visible(c) == c else f"\\u{ord(c):04x}"
        for c in json.dumps(text, ensure_ascii=False)
    )


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def rendered(template: str, **values: object) -> str:
    """A template with these values, where nobody asked by a request."""
    return _templates().get_template(template).render(values)


_FILTERS: Mapping[str, Callable[..., object]] = {
    "duration": words.duration,
    "ordinal": words.ordinal,
    "size": words.size,
    "sizes": words.sizes,
    "lengths": words.lengths,
    "visible": words.visible,
    "short": words.short,
    "moment": clock.in_words,
    "unit": shapes.unit,
    "marks": shapes.marks,
    "plain": shapes.plain,
    "number": shapes.number,
    "state": shapes.state,
    "pretty": _pretty,
    "said": _said,
    "shell": shlex.quote,
    "typed": shapes.typed,
    "mark_of": shapes.mark_of,
    "qr": qr.svg,
    "endonym": words.endonym,
    "said_here": _,
    "stair": shapes.stair,
    "polyline": shapes.polyline,
}


@cache
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("uncaged.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    install: Any = getattr(env, "install_gettext_callables")  # noqa: B009 - the extension adds it
    install(_, words.ngettext, newstyle=True)
    env.filters.update(_FILTERS)  # pyright: ignore[reportUnknownMemberType] - Jinja leaves it open
    return env
