"""Connections with an end to patience: whoever connects and says nothing, or says it letter by letter, is let go.

Knows no page; the server's own protocol with one timer more.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 15.0
"""Seconds for a request's headers to come, from the connection or the first of their bytes on."""

READING = 45.0
"""Seconds for which somebody may read nothing of an answer that waits for them."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as the server speaks it; headers come within `HEADERS` seconds, or the connection ends."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._waits: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] - asyncio types it wider
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
