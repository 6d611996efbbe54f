"""The performer's own process: orders come in through one pipe, events go out through another.

Its pipe closing ends it, so that no orphan outlives its steward. Start it as ``python -m uncaged.performer.host``.
"""

import os
import signal
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.machine import die_with_parent
from uncaged.core.order import (
    Broke,
    Done,
    Event,
    Opened,
    Order,
    Progress,
    TaskOrder,
    read_order,
)
from uncaged.core.wire import ABLE, HERE, Message, WireBroken, pack, receive, send
from uncaged.engines.base import Engine, Performance
from uncaged.engines.registry import engine
from uncaged.engines.shelved import shelved
from uncaged.performer.learning import KEPT, learn
from uncaged.performer.making import make_media

QUIET = 0.05
"""Seconds between two progress events, at least."""


class Cancelled(Exception):
    """Somebody said stop; the performance ends at the next event."""


class Host:
    """One performer: opened models stay open; one order after the other."""

    def __init__(self, come: BinaryIO, go: BinaryIO) -> None:
        self._come, self._go = come, go
        self._orders: SimpleQueue[Order | TaskOrder | None] = SimpleQueue()
        self._cancelled: set[tuple[str, int]] = set()
        self._open: dict[tuple[str, str], Performance] = {}

    def run(self) -> None:
        """Until the pipe closes."""
        threading.Thread(target=self._listen, daemon=True).start()
        send(self._go, Message(HERE, "", 0, 0, {"can": list(ABLE)}))
        while (order := self._orders.get()) is not None:
            self._give(order)

    def _listen(self) -> None:
        """Reads orders and cancellations; a closed pipe ends the process, whatever it is doing."""
        try:
            while (message := receive(self._come)) is not None:
                if message.what == "cancel":
                    self._cancelled.add((message.run, message.attempt))
                elif message.what == "order":
                    self._hear(message)
        except (WireBroken, OSError, UncagedError, KeyError, TypeError):
            traceback.print_exc()
        os._exit(0)

    def _hear(self, message: Message) -> None:
        """Takes an order; what is none is answered in words, and costs nobody a death."""
        try:
            self._orders.put(read_order(message.body))
        except UncagedError as error:
            voice = _Voice(self._go, message.run, message.attempt, self._cancelled)
            voice.say(Broke(error.message, error.hint, True))

    def _give(self, order: Order | TaskOrder) -> None:
        """One performance, to its last event; whatever goes wrong becomes a sentence."""
        began = time.monotonic()
        voice = _Voice(self._go, order.run, order.attempt, self._cancelled)
        what = order.task.what if isinstance(order, TaskOrder) else order.score.model.name
        try:
            recipe = self._perform(order, voice)
            voice.tell(Done(recipe, time.monotonic() - began))
        except Cancelled:
            voice.say(Broke("It was cancelled."))
        except BrokenPipeError:
            os._exit(0)
        except UncagedError as error:
            voice.say(Broke(error.message, error.hint, isinstance(error, AskedWrong)))
        except MemoryError:
            smaller = "Ask for a smaller size." if isinstance(order, Order) else KEPT
            voice.say(Broke("There was not enough memory.", smaller))
        except Exception as error:
            traceback.print_exc()
            voice.say(Broke(f"{what} failed: {type(error).__name__}: {error}"))

    def _perform(self, order: Order | TaskOrder, voice: "_Voice") -> Mapping[str, Any]:
        """Performs it; returns the recipe."""
        if isinstance(order, TaskOrder):
            return learn(order.task, voice.tell)
        if order.kept is not None and order.form != "svg":  # its model may be gone by now
            voice.tell(make_media(None, order, voice.tell))
            return {}
        performance = self._performance(order, voice)
        voice.tell(make_media(performance, order, voice.tell))
        model = order.score.model
        own = {"weights": model.hash} if model.hash is not None else {}
        return _engine(order).recipe() | own

    def _performance(self, order: Order, voice: "_Voice") -> Performance:
        """The opened model; opened once, then kept warm."""
        model = order.score.model
        opened = (model.name, model.hash or "")
        if opened not in self._open:
            began = time.monotonic()
            files = {sha: Path(path) for sha, path in order.model.items()}
            self._open[opened] = _engine(order).open(files)
            voice.tell(Opened(model.name, time.monotonic() - began))
        return self._open[opened]


def _engine(order: Order) -> Engine:
    """The engine of the order's model; of one of the studio's own, its family's under its name."""
    model = order.score.model
    if not order.engine:
        return engine(model.name)
    folder = Path(order.folder) if order.folder else None
    return shelved(engine(order.engine), model.name, model.hash or "", {}, folder)


class _Voice:
    """Tells the events of one order, numbered; progress not more often than somebody could read it."""

    def __init__(
        self, go: BinaryIO, run: str, attempt: int, cancelled: set[tuple[str, int]]
    ) -> None:
        self._go, self._run, self._attempt, self._cancelled = go, run, attempt, cancelled
        self._n, self._progressed = 0, 0.0

    def tell(self, event: Event) -> None:
        """Hands an event to the steward, or raises `Cancelled`."""
        if (self._run, self._attempt) in self._cancelled:
            raise Cancelled
        if isinstance(event, Progress) and event.done < event.total:
            now = time.monotonic()
            if now - self._progressed < QUIET:
                return
            self._progressed = now
        self.say(event)

    def say(self, event: Event) -> None:
        """Hands it over in any case."""
        what, body, raw = pack(event)
        send(self._go, Message(what, self._run, self._attempt, self._n, body, raw))
        self._n += 1


def main() -> None:
    """Takes the two pipes for itself: whatever a library prints goes to standard error."""
    die_with_parent()
    # Ctrl-C and a polite end are for the one who asked; it says what to do with us.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    come = os.fdopen(os.dup(0), "rb")
    go = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    Host(come, go).run()


if __name__ == "__main__":
    main()
