"""`uncaged steward`: performs what waits in line."""

import signal
import threading
from types import FrameType

import click

from uncaged.cli.opening import studio
from uncaged.cli.terminal import Watcher


@click.command("steward")
def steward_command() -> None:
    """Perform what waits in line, until nobody waits. A film whose maker was ended in the middle waits here."""
    from uncaged.studio.steward import stewardship

    stop, watcher = threading.Event(), Watcher()

    def pressed(_: int, __: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGINT, pressed)
    try:
        with studio() as here, stewardship(here) as steward:
            if steward is None:
                click.echo("Another process is this studio's steward now; it performs what waits.")
                return
            count = steward.work_off(watcher, stop)
            watcher.clear()
            if stop.is_set():
                click.echo(f"Stopped; {count} performed. What was in hand is back in line.")
                raise click.exceptions.Exit(130)
            click.echo(f"{count} performed; nobody waits." if count else "Nobody waits in line.")
    finally:
        signal.signal(signal.SIGINT, before)
