"""`uncaged serve` and `uncaged web`: the studio opened, supervised; or its pages alone."""

import contextlib
import errno
import ipaddress
import os
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from filelock import FileLock, Timeout

from uncaged.cli.address import noted
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import studio
from uncaged.cli.stewarding import say, stopping
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong, HomeUnusable
from uncaged.core.machine import addresses
from uncaged.core.pair import Pair, read_pair
from uncaged.core.settings import read_settings

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio
    from uncaged.studio.supervising import Child

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option(
    "--port",
    default=8484,
    show_default=True,
    type=Whole(0, 65535),
    help="Port to listen on; 0 for any free one.",
)

_FILE = click.Path(path_type=Path)
CERTIFICATE = click.option(
    "--tls-cert", type=_FILE, metavar="FILE", help="For https: the certificate with its chain, PEM."
)
KEY = click.option("--tls-key", type=_FILE, metavar="FILE", help="And its private key, PEM.")

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to recognise them, not to bind them
"""Every address that this machine has, and the one by which it finds itself."""

PATIENCE = 5.0
"""Seconds in which a taken port is tried again, before it is said to be somebody else's."""

WAITING = 2048
"""Connections that may wait while the web begins again."""


@click.command("serve")
@HOST
@PORT
@click.option(
    "--performers",
    type=Whole(1, 64),
    default=1,
    show_default=True,
    help="Films performed at the same time.",
)
@CERTIFICATE
@KEY
def serve_command(
    host: str, port: int, performers: int, tls_cert: Path | None, tls_key: Path | None
) -> None:
    """Open the studio: its pages, a steward, and performers, each begun again when it dies.

    \b
    uncaged serve
    uncaged serve --host 0.0.0.0 --performers 2
    """
    from uncaged.studio.supervising import Supervisor

    settings = read_settings()
    with studio() as here:
        _ask_first(here, host)
        pair = read_pair(tls_cert, tls_key, here.clock.now())
        _tell_of_opening(here)
    with the_only_one(settings.home), listening(host, port) as listener:
        at = listener.getsockname()
        name, number, safe = str(at[0]), int(at[1]), pair is not None
        those = children(
            listener, Ways(host, performers, pair, settings.hosts, settings.stock_megabytes > 0)
        )
        click.echo(f"The studio is open at {address(name, number, safe)}  (Ctrl-C closes it)")
        _tell_others(name, number, safe)
        at_home = noted(settings.home, address(name, number, safe), not is_loopback(host))
        with at_home, stopping() as stop:
            grace = settings.finish_seconds + settings.grace_seconds + 5
            Supervisor(those, say, grace, settings.silent_seconds).watch(stop)
        click.echo("The studio is closed; what was in hand is back in line.")
        raise click.exceptions.Exit(0 if stop.code == 130 else stop.code)


@dataclass(frozen=True, slots=True)
class Ways:
    """How a studio is opened. hosts: names of its own. stock: drawings are made beforehand. door: for an opening, after
    which nobody makes anything."""

    host: str
    performers: int
    pair: Pair | None
    hosts: str
    stock: bool
    door: bool = False


def children(listener: socket.socket, ways: Ways) -> "list[Child]":
    """The processes of a studio that listens here: its steward, its web, which inherits the socket, who draws stock."""
    from uncaged.studio.supervising import Child, command

    listener.set_inheritable(True)
    fd, port = listener.fileno(), int(listener.getsockname()[1])
    web = ["web", "--fd", str(fd), "--host", ways.host, "--port", str(port)]
    if ways.pair is not None:
        web += ["--tls-cert", str(ways.pair.certificate), "--tls-key", str(ways.pair.key)]
    if ways.door:
        web.append("--door")
    known = {"UNCAGED_HOSTS": ways.hosts}
    found = [steward(ways.performers), Child("web", command(*web), (fd,), environment=known)]
    if ways.stock:
        found.insert(0, Child("stock", command("stock", "--stay")))
    return found


def steward(performers: int) -> "Child":
    """The process that performs what waits in line."""
    from uncaged.studio.supervising import Child, command

    return Child("steward", command("steward", "--stay", "--performers", str(performers)))


@click.command("web")
@HOST
@PORT
@CERTIFICATE
@KEY
@click.option("--fd", type=int, hidden=True, help="A socket that listens already.")
@click.option("--door", is_flag=True, hidden=True, help="For an opening.")
def web_command(
    host: str, port: int, tls_cert: Path | None, tls_key: Path | None, fd: int | None, door: bool
) -> None:
    """Only the pages: they take what is asked for; a steward, here or in another process, performs it."""
    from uncaged.studio.supervising import on_a_leash
    from uncaged.web.serving import serve

    pulse = on_a_leash()
    settings = read_settings()
    if fd is not None:
        pair = None if tls_cert is None or tls_key is None else Pair(tls_cert, tls_key, 0)
        code = serve(settings, fd, host, port, pulse, pair=pair, read_only=door)
        raise click.exceptions.Exit(code)
    with studio() as here:
        _ask_first(here, host)
        pair = read_pair(tls_cert, tls_key, here.clock.now())
    with listening(host, port) as listener:
        at = listener.getsockname()
        where = address(str(at[0]), int(at[1]), pair is not None)
        click.echo(f"Pages at {where}; `uncaged steward --stay` performs.")
        _tell_others(str(at[0]), int(at[1]), pair is not None)
        with noted(settings.home, where, not is_loopback(host)):
            code = serve(settings, listener.fileno(), host, int(at[1]), pair=pair)
        raise click.exceptions.Exit(code)


def _ask_first(here: "Studio", host: str) -> None:
    """Before strangers can come: an owner who can be told from them, and somebody to write to."""
    from uncaged.studio import open_door

    if not is_loopback(host):
        open_door.check(open_door.doorstep(here))


def _tell_of_opening(here: "Studio") -> None:
    """A door that was opened and not ended keeps its clock: whoever only serves has to know."""
    from uncaged.studio import open_door

    opening = open_door.unfinished(here)
    if opening is not None:
        when = in_words(opening.until)
        click.echo(
            f"A door was opened until {when} and not ended: `uncaged open` goes on with it, and "
            "ends it with its site. Until then its clock holds here too."
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can come in by this address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def the_only_one(home: Path) -> Generator[None]:
    """Whoever opens a studio is alone in it; `AskedWrong` says that somebody has."""
    lock = FileLock(home / "serve.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AskedWrong(
            f"Another process has opened the studio of {home} already.",
            "Close that one first, or name another studio with UNCAGED_HOME. Where it is an open door: "
            "`uncaged open --longer 30m` and `uncaged open --close` tell it.",
        ) from None
    except OSError as error:
        raise HomeUnusable(
            f"{home} cannot be locked ({error.strerror}).",
            "Is it on a disk that can be written to?",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def listening(host: str, port: int) -> Generator[socket.socket]:
    """A socket that listens there; `AskedWrong` says why it cannot. It outlives the web, so that nobody is refused."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise AskedWrong(
            f"{host!r} is no address of this machine.", "127.0.0.1 is this machine alone."
        ) from None
    family, kind, protocol, _, at = found[0]
    with contextlib.closing(socket.socket(family, kind, protocol)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            _bind(listener, at)
        except OSError as error:
            raise AskedWrong(
                _why_not(host, port, error), "Name another with --port or --host."
            ) from None
        listener.listen(WAITING)
        yield listener


def _bind(listener: socket.socket, at: Any) -> None:
    """Takes the address; the web of a studio that was killed a moment ago lets go of it in a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return listener.bind(at)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise
        time.sleep(0.1)


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken: another program listens there."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"You may not listen on port {port}: those below 1024 are the system's."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine."
    return f"Nothing can listen on {host}, port {port} ({os.strerror(error.errno or 0)})."


def address(host: str, port: int, safe: bool = False) -> str:
    """What to type into a browser. safe: by https."""
    host = EVERYWHERE.get(host, host)
    return f"http{'s' * safe}://{f'[{host}]' if ':' in host else host}:{port}/"


def _tell_others(host: str, port: int, safe: bool) -> None:
    """What others type, where the studio listens on everything that this machine has; as far as the machine knows."""
    if host in EVERYWHERE:
        found = (socket.gethostname(), *addresses(six=host == "::"))
        click.echo(f"Others open it at {' or '.join(address(name, port, safe) for name in found)}")
