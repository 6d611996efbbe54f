"""The performer's own process: orders come in through one pipe, events go out through another.

Its pipe closing ends it, so that no orphan outlives its steward. Start it as ``python -m uncaged.performer.host``.
"""

import contextlib
import os
import signal
import threading
import time
import traceback
from queue import Empty, SimpleQueue
from typing import BinaryIO

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.machine import die_with_parent
from uncaged.core.order import Broke, Done, Order, TaskOrder, read_order
from uncaged.core.wire import ABLE, HERE, Message, WireBroken, receive, send
from uncaged.performer.interleaving import Interleaving
from uncaged.performer.learning import KEPT, learn
from uncaged.performer.opened import OpenModels
from uncaged.performer.playing import Playing
from uncaged.performer.telling import Cancelled, Voice


class Host:
    """One performer: opened models stay open; several orders take turns, an event of one after an event of another."""

    def __init__(self, come: BinaryIO, go: BinaryIO) -> None:
        self._come, self._go = come, go
        self._orders: SimpleQueue[Order | TaskOrder] = SimpleQueue()
        self._cancelled: set[tuple[str, int]] = set()
        self._models = OpenModels()
        self._playing: dict[tuple[str, int], Playing] = {}
        self._turns = Interleaving[tuple[str, int]]()
        self._stirred = threading.Event()

    def run(self) -> None:
        """Until the pipe closes."""
        threading.Thread(target=self._listen, daemon=True).start()
        send(self._go, Message(HERE, "", 0, 0, {"can": list(ABLE)}))
        while True:
            self._stirred.clear()  # before anything is looked at
            self._take_orders()
            self._stop_cancelled()
            self._go_on()

    def _listen(self) -> None:
        """Reads orders and cancellations; a closed pipe ends the process, whatever it is doing."""
        try:
            while (message := receive(self._come)) is not None:
                if message.what == "cancel":
                    self._cancelled.add((message.run, message.attempt))
                elif message.what == "order":
                    self._hear(message)
                self._stirred.set()
        except (WireBroken, OSError, UncagedError, KeyError, TypeError):
            traceback.print_exc()
        os._exit(0)

    def _hear(self, message: Message) -> None:
        """Takes an order; what is none is answered in words, and costs nobody a death."""
        try:
            self._orders.put(read_order(message.body))
        except UncagedError as error:
            voice = self._voice(message.run, message.attempt)
            voice.say(Broke(error.message, error.hint, True))

    def _take_orders(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                order = self._orders.get_nowait()
                voice = self._voice(order.run, order.attempt)
                if isinstance(order, TaskOrder):
                    self._learn(order, voice)
                    continue
                one = Playing(order, voice, self._models)
                one.alone = not self._playing
                for neighbour in self._playing.values():
                    neighbour.alone = False
                self._playing[one.key] = one
                self._turns.come(one.key)

    def _stop_cancelled(self) -> None:
        for one in [one for one in self._playing.values() if one.voice.is_cancelled]:
            one.stop()
            self._leave(one)

    def _go_on(self) -> None:
        """One step of whoever it is the turn of. What passes while nobody can take any is everybody's alike."""
        for one in self._playing.values():
            one.waits = one.rests > time.monotonic()  # else it may go on by now
        while able := {key: one.left for key, one in self._playing.items() if not one.waits}:
            one = self._playing[self._turns.following(able)]
            neighbours = [other for other in self._playing.values() if other is not one]
            before = one.used
            one.step({other.model for other in neighbours}, bool(neighbours), self._stirred.set)
            if one.waits:  # it cost nothing: somebody else's turn
                continue
            self._turns.took(one.key, one.used - before, able)
            if one.over:
                self._leave(one)
            return
        began = time.monotonic()
        ends = [max(0.0, one.rests - began) for one in self._playing.values() if one.rests]
        self._stirred.wait(min(ends, default=None))
        for one in self._playing.values():
            one.used += (time.monotonic() - began) / len(self._playing)

    def _leave(self, one: Playing) -> None:
        del self._playing[one.key]
        self._turns.go(one.key)
        self._cancelled.discard(one.key)

    def _learn(self, order: TaskOrder, voice: Voice) -> None:
        """A training, to its last event: it has its performer for itself."""
        began = time.monotonic()
        try:
            recipe = learn(order.task, voice.tell)
            voice.tell(Done(recipe, time.monotonic() - began))
        except Cancelled:
            voice.say(Broke("It was cancelled."))
        except UncagedError as error:
            voice.say(Broke(error.message, error.hint, isinstance(error, AskedWrong)))
        except MemoryError:
            voice.say(Broke("There was not enough memory.", KEPT))
        except BrokenPipeError:
            raise
        except Exception as error:
            traceback.print_exc()
            voice.say(Broke(f"{order.task.what} failed: {type(error).__name__}: {error}"))

    def _voice(self, run: str, attempt: int) -> Voice:
        return Voice(self._go, run, attempt, self._cancelled)


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
    with contextlib.suppress(BrokenPipeError):
        Host(come, go).run()
    os._exit(0)


if __name__ == "__main__":
    main()
