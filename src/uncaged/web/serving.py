"""A web that listens: one process, one socket that somebody else opened, until it is told to end.

Knows no page. On SIGTERM it takes no new requests, finishes those in hand, and writes what was put in.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Generator
from dataclasses import dataclass, replace
from types import FrameType

from uvicorn import Config, Server

from uncaged.archive.committing import Writer
from uncaged.core.machine import own_names
from uncaged.core.pair import Pair
from uncaged.core.settings import Settings
from uncaged.studio.signs import Pulse
from uncaged.studio.studio import Studio, open_studio
from uncaged.web.app import create_app
from uncaged.web.patience import PatientProtocol
from uncaged.web.v1.telling import Teller
from uncaged.web.waiting import Waiting

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - names to recognise, not to bind

FINISH = 10
"""Seconds that requests in hand may still take when the web ends."""

OPEN_FILES = 65_536
"""Connections and files that may be open, where the machine allows so many."""

NOW = -(1 << 40)
"""Seconds by the machine's clock between two signs of life: at every look, once a second, wherever that clock jumps."""


def serve(
    settings: Settings,
    socket_fd: int,
    host: str,
    port: int,
    pulse: Pulse | None = None,
    *,
    pair: Pair | None = None,
    read_only: bool = False,
) -> int:
    """Serves the pages of a studio on an inherited listening socket. Returns 0 once it was told to end.

    pulse: speaks for the loop that answers requests, as soon as there is one. pair: for https. read_only: once the open
    door is over, nobody makes anything here.
    """
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # addresses of people stand in it
    _raise_limit()
    listener = socket.socket(fileno=os.dup(socket_fd))  # whoever opened it closes their own
    with open_studio(settings=settings) as opened:
        writer = Writer(opened.archive)
        try:
            at = At(listener, host, port, pair, read_only)
            _listen(replace(opened, writer=writer), at, pulse)
        finally:
            writer.close()
    return 0


def names(host: str, port: int) -> frozenset[str]:
    """The names under which a browser may ask for a studio that listens there."""
    hosts = [*LOOPBACK] if host in LOOPBACK or host in EVERYWHERE else [host]
    if host in EVERYWHERE:
        hosts += own_names()
    written = [f"[{name}]" if ":" in name else name.lower() for name in hosts]
    ports = [f"{name}:{port}" for name in written]
    return frozenset(ports + (written if port in (80, 443) else []))


@dataclass(frozen=True, slots=True)
class At:
    """Where one web listens; see `serve`."""

    listener: socket.socket
    host: str
    port: int
    pair: Pair | None = None
    read_only: bool = False


def _listen(studio: Studio, at: At, pulse: Pulse | None) -> None:
    async def beat() -> None:
        if pulse is not None:
            pulse.beat()

    hosts = names(at.host, at.port) | frozenset(
        studio.settings.hosts.replace(",", " ").lower().split()
    )
    app = create_app(studio, hosts=hosts, local=at.host in LOOPBACK, read_only=at.read_only)
    config = Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `coming` reads them, by the policy
        timeout_keep_alive=15,
        timeout_graceful_shutdown=FINISH,
        h11_max_incomplete_event_size=32 * 1024,
        backlog=2048,
        callback_notify=beat,
        timeout_notify=NOW,
        ssl_certfile=None if at.pair is None else str(at.pair.certificate),
        ssl_keyfile=None if at.pair is None else str(at.pair.key),
    )
    with _quietly():
        _Server(config, app.state.waiting, Teller(app.state.web)).run(sockets=[at.listener])


class _Server(Server):
    """The server; when it is told to end, whoever waits with an open stream is let go first."""

    def __init__(self, config: Config, waiting: Waiting, teller: Teller) -> None:
        super().__init__(config)
        self._waiting, self._teller = waiting, teller
        self._telling: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._telling = asyncio.create_task(self._teller.work())
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._waiting.end()
        if self._telling is not None:
            self._telling.cancel()
        await super().shutdown(sockets)


@contextlib.contextmanager
def _quietly() -> Generator[None]:
    """The server raises the signal that ended it once more when it is done; here that is the end, and no death."""

    def hear(number: int, frame: FrameType | None) -> None:
        return

    before = {number: signal.signal(number, hear) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def _raise_limit() -> None:
    """As many open files as this machine allows one process, up to `OPEN_FILES`."""
    try:
        import resource
    except ImportError:  # no such limit there
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
