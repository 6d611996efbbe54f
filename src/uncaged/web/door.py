"""The door: what every request passes, whoever asks: host, way, crossing, size; and what every answer carries.

Knows no person (see `visitors`) and no page. Whatever goes wrong inside is answered here as a page or a record.
"""

import asyncio
import sys
import time
import traceback
from uuid import uuid4

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uncaged.core.errors import UncagedError
from uncaged.core.words import read_by
from uncaged.studio.entering import network_of
from uncaged.web import answering, words
from uncaged.web.coming import Coming, coming
from uncaged.web.crossing import refuse_crossing
from uncaged.web.errors import NotThere, OurMistake, TooLarge, TooSlow, WrongHost
from uncaged.web.hands import Hand, Hands
from uncaged.web.here import Web
from uncaged.web.reader import language_of
from uncaged.web.v1.fields import LARGEST_DATA_URL
from uncaged.web.visitors import carries_key
from uncaged.web.words import _

ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What every answer says to the browser."""

_SAID = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_OF_SECRETS = [(n, b"no-referrer" if n == b"referrer-policy" else v) for n, v in _SAID]
_NOT_MINED, _MINED = (b"tdm-reservation", b"1"), (b"tdm-reservation", b"0")
_NAMES = frozenset(name for name, _ in [*_SAID, _NOT_MINED])

HEADERS, LONGEST_PATH = 100, 2000
"""Headers of a request, and characters of its path and question, at most."""

BODY = 2_000_000
"""Bytes of a request without a picture, at most: a text of the greatest length, and room for options."""

SHORT_BODIES = {"/enter": 8_000, "/reports": 80_000}
"""Bytes of a request to these, at most: a key is short, and nobody knows yet who shows it."""

ELSEWHERE = "elsewhere"
"""What is counted as the route of a request that found none."""

PATIENCE = 30.0
"""Seconds that the next piece of a request may take to come, or of an answer to be taken."""

WHOLE = 120.0
"""Seconds that a whole request may take to come."""


class Door:
    """Lets requests in to `app`, and answers those it does not let in."""

    def __init__(self, app: ASGIApp, web: Web) -> None:
        self._app, self._web, self._hands = app, web, Hands()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method: str = scope["method"]
        if method == "HEAD":  # every page answers it, and none needs to know
            scope["method"], scope["head"] = "GET", True
        request = Request(scope)
        read_by(language_of(request))
        name = uuid4().hex if answering.in_v1(request) else ""
        going = _Going(send, method == "HEAD", name, scope)
        hand = None
        try:
            await self._let_in(scope, request)
            most, length = self._most(request), _announced(request)
            if length > most:
                raise _too_large(most)
            hand = Hand(self._hands, self._whose(request), length)
            body = _Coming(receive, most, hand)
            await self._app(scope, body.receive, going.send)
        except (ClientDisconnect, _Gone):
            going.status = going.status or 499
        except UncagedError as error:
            await self._refuse(request, error, going)
        except Exception:
            print(f"Request {name}" if name else "A request", "broke:", file=sys.stderr)
            traceback.print_exc(file=sys.stderr)
            await self._refuse(request, _our_mistake(), going)
        finally:
            if hand is not None:
                hand.empty()
            route = getattr(scope.get("route"), "path", ELSEWHERE)
            self._web.counts.request(method, route, going.status)

    async def _let_in(self, scope: Scope, request: Request) -> None:
        headers = request.headers
        if len(scope["headers"]) > HEADERS:
            raise TooLarge(
                _("This request has {} headers; {} is the most.").format(
                    len(scope["headers"]), HEADERS
                )
            )
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_PATH:
            raise NotThere(_("This address is longer than any that is here."), status=414)
        policy = await self._web.policy()
        peer = scope["client"][0] if scope.get("client") else ""
        how = coming(
            peer, headers, policy.door.proxies, scope.get("http_version", "1.1"), scope["scheme"]
        )
        scope["coming"] = how
        if how.host not in self._web.hosts and how.host != self._own_address(scope):
            names = ", ".join(sorted(self._web.hosts))
            raise WrongHost(
                _("This studio does not go by that name."),
                _("Open it as {}.").format(names) if how.near else "",
            )
        any_key = self._web.local and how.near and answering.in_v1(request)
        refuse_crossing(scope["method"], headers, how.host, carries_key(request), any_key)

    def _own_address(self, scope: Scope) -> str | None:
        """The address the connection came to, as a Host header has it: no page can make that its own name."""
        server = scope.get("server")
        if self._web.local or not server or server[1] is None:
            return None
        name = f"[{server[0]}]" if ":" in server[0] else server[0]
        usual = 443 if scope["scheme"] == "https" else 80
        return name if server[1] == usual else f"{name}:{server[1]}"

    def _whose(self, request: Request) -> str:
        """The address whose bytes these are; empty for the owner at the machine, of whom nobody counts them."""
        how: Coming = request.scope["coming"]
        return "" if self._web.local and how.near else network_of(how.address)

    def _most(self, request: Request) -> int:
        """Bytes that this request may send."""
        short = SHORT_BODIES.get(request.url.path)
        if short is not None:
            return short
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            return BODY + int(self._web.studio.settings.picture_megabytes * 1e6)
        return BODY + (LARGEST_DATA_URL if answering.in_v1(request) else 0)

    async def _refuse(self, request: Request, error: UncagedError, going: "_Going") -> None:
        if going.status:
            raise _cut_off(error)
        try:
            await answering.refuse(request, error)(request.scope, _nothing, going.send)
        except _Gone:
            return


class _Gone(Exception):
    """Whoever asked takes nothing any more."""


class _Coming:
    """The request's body as it comes: not too much of it, and not too slowly."""

    def __init__(self, receive: Receive, most: int, hand: Hand) -> None:
        self._receive, self._most, self._hand, self._had = receive, most, hand, 0
        self._until = time.monotonic() + WHOLE
        self._all = False

    async def receive(self) -> Message:
        if self._all:  # from here on it only says that somebody has gone
            return await self._receive()
        left = max(0.0, min(PATIENCE, self._until - time.monotonic()))
        try:
            async with asyncio.timeout(left):
                message = await self._receive()
        except TimeoutError:
            raise TooSlow(_("This request came too slowly to be waited for.")) from None
        more = len(message.get("body", b""))
        self._had += more
        self._all = not message.get("more_body", False)
        if self._had > self._most:
            raise _too_large(self._most)
        self._hand.hold(more)
        return message


class _Going:
    """The answer as it goes: with the headers that every answer has, and to nobody who takes it too slowly."""

    def __init__(self, send: Send, head: bool, name: str, scope: Scope) -> None:
        """name: of the request, told to programs of `/v1`, whose errors and logs show it. scope: may say of what is
        answered that it is secret where it was asked for or that models may learn from it."""
        self._send, self._head, self.status, self._scope = send, head, 0, scope
        self._own = [(b"x-request-id", name.encode())] if name else []

    def _said(self) -> list[tuple[bytes, bytes]]:
        said = _OF_SECRETS if self._scope.get(answering.SECRET) else _SAID
        return [*said, _MINED if self._scope.get(answering.TRAINING) else _NOT_MINED]

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = [one for one in message.get("headers", ()) if one[0] not in _NAMES]
            message["headers"] = own + self._own + self._said()
        elif message["type"] == "http.response.body" and self._head:
            message = {**message, "body": b""}
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(message)
        except (TimeoutError, OSError):
            raise _Gone from None


def _announced(request: Request) -> int:
    """Bytes that a request says it has."""
    said = request.headers.get("content-length", "0")
    return int(said[:20]) if said.isascii() and said.isdigit() else 0


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        _("This request is longer than {}.").format(words.size(most)),
        _("Send a smaller picture, or fewer words."),
    )


def _our_mistake() -> OurMistake:
    return OurMistake(
        _("This page broke. It is our mistake, not yours."),
        _(
            "What was put in line before is safe. The studio's owner finds the reason in its output."
        ),
    )


def _cut_off(error: UncagedError) -> Exception:
    """Half an answer has gone out: the connection is broken off, so that nobody takes it for a whole one."""
    return RuntimeError(f"An answer was broken off: {error}")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
