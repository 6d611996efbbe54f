"""Connections with an end to patience: whoever connects and says nothing, or says it letter by letter, is let go.

Knows no page; the server's own protocols, the quick one where its parser is installed, with a few timers more.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 15.0
"""Seconds for a request's headers to come, from the connection or the first of their bytes on."""

READING = 45.0
"""Seconds for which somebody may read nothing of an answer that waits for them."""

LARGEST = 32 * 1024
"""Bytes of a request's address and headers, at most; and of what comes between or after the pieces of a body."""


class _Patience(asyncio.Protocol):
    """Headers come within `HEADERS` seconds, or the connection ends; so it does where nobody reads."""

    cycle: Any
    loop: Any
    transport: Any
    _waits: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: Any = self.cycle  # None before the first request
        if cycle is None or cycle.response_complete:
            self._wait()
        else:
            self._rest()

    def pause_writing(self) -> None:
        """More waits to be read than the connection holds: from here on the patience runs."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(READING, self._let_go)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_read()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        self._is_read()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waits is None and not self.transport.is_closing():
            self._waits = self.loop.call_later(HEADERS, self._enough)

    def _rest(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _let_go(self) -> None:
        """Closing would wait until everything is read: it ends here, with what nobody read."""
        self._unread = None
        self.transport.abort()

    def _enough(self) -> None:
        """Headers that are not there by now never come."""
        self._waits = None
        if not self.transport.is_closing():
            self.transport.abort()


class PlainProtocol(_Patience, H11Protocol):  # pyright: ignore[reportIncompatibleVariableOverride] - named for the mixin
    """HTTP/1.1 read by Python, which bounds headers itself (`h11_max_incomplete_event_size`)."""


class _Bounded(_Patience):
    """The quick parser keeps what it cannot read yet, however long it grows: it is counted here.

    Headers that come after a body are dropped, as the plain one does: by then it is decided who asks.
    """

    _head = 0
    _within = False

    def data_received(self, data: bytes) -> None:
        self._head += len(data)  # whatever comes of it below sets it back
        super().data_received(data)
        if self._head > LARGEST and not self.transport.is_closing():
            self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more, of the request itself."""
        if not self._within:
            told: Any = super()
            told.on_header(name, value)

    def on_headers_complete(self) -> None:
        """From here on it is a body that comes."""
        self._within, self._head = True, 0
        told: Any = super()
        told.on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of it, which `door` counts."""
        self._head = 0
        told: Any = super()
        told.on_body(body)

    def on_message_complete(self) -> None:
        """And from here on the next request."""
        self._within, self._head = False, 0
        told: Any = super()
        told.on_message_complete()


def _quickest() -> type[_Patience]:
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except ImportError:  # pure Python reads the same requests, in three times as long
        return PlainProtocol
    quick: Any = HttpToolsProtocol
    return type("QuickProtocol", (_Bounded, quick), {})


PatientProtocol = _quickest()
"""The quickest that is installed."""
