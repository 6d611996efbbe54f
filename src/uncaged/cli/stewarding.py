"""`uncaged steward`: performs what waits in line."""

import signal
import threading
import time
from _thread import start_new_thread
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from uncaged.cli.numbers import Whole
from uncaged.cli.opening import studio
from uncaged.cli.terminal import Watcher

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.studio.steward import Steward
    from uncaged.studio.studio import Studio

BETWEEN = 0.5
"""Seconds between two tries to become the steward, where another process is it."""


@click.command("steward")
@click.option("--stay", is_flag=True, help="Go on waiting for work when nobody waits any more.")
@click.option(
    "--performers",
    type=Whole(1, 64),
    default=1,
    show_default=True,
    help="Films performed at the same time.",
)
def steward_command(stay: bool, performers: int) -> None:
    """Perform what waits in line, until nobody waits. A film whose maker was ended in the middle waits here."""
    from uncaged.studio.stewardship import stewardship
    from uncaged.studio.supervising import on_a_leash

    pulse = on_a_leash()
    with stopping() as stop, studio() as here:
        while True:
            with stewardship(here) as steward:
                if steward is not None:
                    if pulse is not None:
                        pulse.only_while(steward.moving.all_move)
                    _work(here, steward, stop, stay, performers)
                    return
            if not stay:
                click.echo("Another process is this studio's steward now; it performs what waits.")
                return
            if stop.wait(BETWEEN):
                raise click.exceptions.Exit(stop.code)


def _work(here: "Studio", steward: "Steward", stop: "Stop", stay: bool, performers: int) -> None:
    from uncaged.studio import pool

    watcher = Watcher()
    eyes = pool.Eyes(ended=told, trouble=say) if stay else pool.Eyes(event=watcher, trouble=say)
    if stay:
        say(f"Steward {steward.epoch}, {performers} performing.")
    seats = pool.seats(performers, together=pool.together(here))
    count = pool.Pool(here, steward, seats, eyes).work(stop, until_nobody_waits=not stay)
    watcher.clear()
    if stop.is_set():
        told_last = say if stay else click.echo  # beside others, what it says is nobody's answer
        told_last(f"Stopped; {count} performed. If one was in hand, it is back in line.")
        raise click.exceptions.Exit(stop.code)
    click.echo(f"{count} performed; nobody waits." if count else "Nobody waits in line.")


class Stop(threading.Event):
    """Set when it is time to end. code: what the command ends with then."""

    code = 130


@contextmanager
def stopping() -> Generator[Stop]:
    """Set by Ctrl-C or a polite end, once; whoever asks twice ends it at once."""
    stop = Stop()

    def pressed(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.code = 128 + number
        start_new_thread(stop.set, ())  # the lock it takes may be held by what was interrupted
        if number == signal.SIGINT:
            say(
                "Stopping: what is in hand comes to its end, or goes back to the line. Again: at once."
            )

    before = {number: signal.signal(number, pressed) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def told(run: "Run") -> None:
    """A line for whoever reads what a steward writes."""
    took = f" in {run.measured_seconds:.1f} s" if run.measured_seconds else ""
    why = f": {run.reason}" if run.reason else ""
    say(f"{run.work_id or run.id} {run.state}{took}{why}")


def say(sentence: str) -> None:
    """With the time before it."""
    click.echo(f"{time.strftime('%H:%M:%S')} {sentence}", err=True)
