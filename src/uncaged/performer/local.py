"""A performer on this machine: a child process over a pipe. Start an order, hear its events, cancel, end.

The slots' interface (`start`, `cancel`, `alive`) names no pipe, so that a performer elsewhere fits it too. Nobody who
calls it ever waits for the pipe: a thread writes what is said, since a performer that was stopped reads nothing.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, cast

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Broke, Done, Event, Order, TaskOrder
from uncaged.core.wire import HERE, Message, WireBroken, receive, send, unpack

ENDED = 5.0
"""Seconds to wait for a process that was killed: one that the kernel itself holds back is left behind."""


class LocalPerformer:
    """One child process with one slot. threads: how many threads numeric libraries may use in it."""

    def __init__(self, threads: int = 1) -> None:
        self._errors = _nameless()
        self._events: SimpleQueue[Message | None] = SimpleQueue()
        self._words: SimpleQueue[Message | None] = SimpleQueue()
        self._order: Order | TaskOrder | None = None
        self._greeted = False
        self._can: tuple[str, ...] = ()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "uncaged.performer.host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if self._errors is None else self._errors,
            env=_environment(threads),
            start_new_session=True,  # Ctrl-C on the terminal is not for it
        )
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._listen, self._speak)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def busy(self) -> bool:
        """Whether it has an order whose last event has not been heard."""
        return self._order is not None

    @property
    def greeted(self) -> bool:
        """Whether the process has said that it is there."""
        return self._greeted

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def start(self, order: Order | TaskOrder) -> None:
        """Hands over an order; its events come through `hear`. `PerformerDied` where nobody is there to take it."""
        self._order = order
        if not self.alive:
            raise PerformerDied(f"The performer ended before it took the order ({self._how()}).")
        self._say("order", order, order.to_json())

    def cancel(self) -> None:
        """Raises the flag; the performance ends at its next event, or not at all where native code is deaf."""
        if self._order is not None:
            self._say("cancel", self._order, {})

    def hear(self, seconds: float) -> Event | None:
        """The present order's next event, or None when none came in time. `PerformerDied` when the process ended."""
        try:
            message = self._events.get(timeout=seconds)
        except Empty:
            return None
        if message is None:
            if isinstance(self._order, TaskOrder) and self._greeted and "task" not in self._can:
                raise PerformerDied(
                    "The performer is of an older version, which trains nothing.",
                    "Start the studio anew, then ask again.",
                )
            raise PerformerDied(f"The performer ended in the middle of its work ({self._how()}).")
        order = self._order
        if order is None or (message.run, message.attempt) != (order.run, order.attempt):
            return None  # of an order that was given up
        try:
            event = unpack(message)
        except WireBroken as error:
            self.kill()
            raise PerformerDied(f"The performer said what nobody can read. {error}") from None
        if isinstance(event, Done | Broke):
            self._order = None
        return event

    def end(self, grace: float = 0.5) -> None:
        """Closes the pipe, which ends the process; after `grace` seconds it is killed. Safe to call twice."""
        self._words.put(None)
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reap()

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._words.put(None)
        self._reap()

    def _reap(self) -> None:
        try:
            self._process.wait(ENDED)
        except subprocess.TimeoutExpired:
            return
        for thread in self._threads:
            thread.join()
        cast(BinaryIO, self._process.stdout).close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _say(self, what: str, order: Order | TaskOrder, body: Mapping[str, Any]) -> None:
        self._words.put(Message(what, order.run, order.attempt, 0, body))

    def _speak(self) -> None:
        """Writes what is to be said, one after the other; closes the pipe when nothing more is."""
        pipe = cast(BinaryIO, self._process.stdin)
        try:
            while (message := self._words.get()) is not None:
                send(pipe, message)
        except (OSError, ValueError):
            self._events.put(None)
        with contextlib.suppress(OSError):  # it may have died with half an order in the pipe
            pipe.close()

    def _listen(self) -> None:
        pipe = cast(BinaryIO, self._process.stdout)
        try:
            while (message := receive(pipe)) is not None:
                if message.what == HERE:
                    self._can = tuple(message.body.get("can", ()))
                    self._greeted = True
                else:
                    self._events.put(message)
        except (WireBroken, OSError, ValueError):
            pass
        self._events.put(None)

    def _how(self) -> str:
        deadline = time.monotonic() + 1.0
        while self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        code = self._process.poll()
        if code is None:
            return "its pipe closed"
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        last = self._last_words()
        return f"{how}: {last}" if last else how

    def _last_words(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4096))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else ""


def _nameless() -> BinaryIO | None:
    """A file without a name for what the child prints: it is read when the child dies, and gone with us."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return None


def _environment(threads: int) -> dict[str, str]:
    """What a performer sees: how to find its libraries, and how many threads it may use. No key, no home."""
    kept = (
        "PATH",
        "LANG",
        "LC_ALL",
        "PYTHONPATH",
        "LD_LIBRARY_PATH",
        "SYSTEMROOT",
        "TEMP",
        "TMPDIR",
        "VIRTUAL_ENV",
    )
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return (
        environment
        | dict.fromkeys(limits, str(threads))
        | {"OMP_WAIT_POLICY": "passive", "PYTHONUNBUFFERED": "1"}
    )
