"""`uncaged serve` and `uncaged web`: the studio opened, supervised; or its pages alone."""

import contextlib
import errno
import ipaddress
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click
from filelock import FileLock, Timeout

from uncaged.cli.address import noted
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import studio
from uncaged.cli.stewarding import say, stopping
from uncaged.core.errors import AskedWrong, HomeUnusable
from uncaged.core.machine import addresses
from uncaged.core.settings import read_settings

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option(
    "--port",
    default=8484,
    show_default=True,
    type=Whole(0, 65535),
    help="Port to listen on; 0 for any free one.",
)

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to recognise them, not to bind them
"""Every address that this machine has, and the one by which it finds itself."""

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
def serve_command(host: str, port: int, performers: int) -> None:
    """Open the studio: its pages, a steward, and performers, each begun again when it dies.

    \b
    uncaged serve
    uncaged serve --host 0.0.0.0 --performers 2
    """
    from uncaged.studio.supervising import Child, Supervisor, command

    settings = read_settings()
    with studio() as here:
        _ask_for_owner(here, host)
    with _the_only_one(settings.home), listening(host, port) as listener:
        listener.set_inheritable(True)
        at = listener.getsockname()
        name, number = str(at[0]), int(at[1])
        fd = listener.fileno()
        children = [
            Child("steward", command("steward", "--stay", "--performers", str(performers))),
            Child(
                "web", command("web", "--fd", str(fd), "--host", host, "--port", str(number)), (fd,)
            ),
        ]
        if settings.stock_megabytes:
            children.insert(0, Child("stock", command("stock", "--stay")))
        click.echo(f"The studio is open at {address(name, number)}  (Ctrl-C closes it)")
        _tell_others(name, number)
        at_home = noted(settings.home, address(name, number), not is_loopback(host))
        with at_home, stopping() as stop:
            grace = settings.finish_seconds + settings.grace_seconds + 5
            Supervisor(children, say, grace, settings.silent_seconds).watch(stop)
        click.echo("The studio is closed; what was in hand is back in line.")
        raise click.exceptions.Exit(0 if stop.code == 130 else stop.code)


@click.command("web")
@HOST
@PORT
@click.option("--fd", type=int, hidden=True, help="A socket that listens already.")
def web_command(host: str, port: int, fd: int | None) -> None:
    """Only the pages: they take what is asked for; a steward, here or in another process, performs it."""
    from uncaged.studio.supervising import on_a_leash
    from uncaged.web.serving import serve

    pulse = on_a_leash()
    settings = read_settings()
    if fd is not None:
        raise click.exceptions.Exit(serve(settings, fd, host, port, pulse))
    with studio() as here:
        _ask_for_owner(here, host)
    with listening(host, port) as listener:
        at = listener.getsockname()
        click.echo(
            f"Pages at {address(str(at[0]), int(at[1]))}; `uncaged steward --stay` performs."
        )
        _tell_others(str(at[0]), int(at[1]))
        with noted(settings.home, address(str(at[0]), int(at[1])), not is_loopback(host)):
            code = serve(settings, listener.fileno(), host, int(at[1]))
        raise click.exceptions.Exit(code)


def _ask_for_owner(here: object, host: str) -> None:
    """Before strangers can come, the house must be able to tell its owner from them."""
    from uncaged.studio.entering import has_way_for_owner
    from uncaged.studio.studio import Studio

    assert isinstance(here, Studio)
    if not is_loopback(host) and not has_way_for_owner(here):
        raise AskedWrong(
            f"{host} lets other machines in, and this studio has no way yet to know its owner from afar.",
            'Make a key first: uncaged key add "my own" --may read --may make --may manage',
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
def _the_only_one(home: Path) -> Generator[None]:
    lock = FileLock(home / "serve.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AskedWrong(
            f"Another process has opened the studio of {home} already.",
            "Close that one first, or name another studio with UNCAGED_HOME.",
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
            listener.bind(at)
        except OSError as error:
            raise AskedWrong(
                _why_not(host, port, error), "Name another with --port or --host."
            ) from None
        listener.listen(WAITING)
        yield listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken: another program listens there."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"You may not listen on port {port}: those below 1024 are the system's."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine."
    return f"Nothing can listen on {host}, port {port} ({os.strerror(error.errno or 0)})."


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    host = EVERYWHERE.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _tell_others(host: str, port: int) -> None:
    """What others type, where the studio listens on everything that this machine has; as far as the machine knows."""
    if host in EVERYWHERE:
        found = (socket.gethostname(), *addresses(six=host == "::"))
        click.echo(f"Others open it at {' or '.join(address(name, port) for name in found)}")
