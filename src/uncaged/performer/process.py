"""A performer's child process over a pipe, and whoever hears it. Nobody who calls it ever waits for the pipe.

A thread writes what is said, since a process that was stopped reads nothing. Knows no slot: see `local`.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from queue import SimpleQueue
from typing import Any, BinaryIO, TypeAlias, cast

from uncaged.core import machine
from uncaged.core.order import Order, TaskOrder
from uncaged.core.wire import HERE, Message, WireBroken, receive, send

Heard: TypeAlias = "SimpleQueue[Message | None]"
"""The messages of one order, and None once no more can come."""

LAST = ("done", "broke")
"""Messages after which no more comes of an order."""

ENDED = 5.0
"""Seconds to wait for a process that was killed: one that the kernel itself holds back is left behind."""


class ChildProcess:
    """One child process, and whoever hears it: each order's events go to the one who handed it over."""

    def __init__(self, threads: int) -> None:
        self._errors = _nameless()
        self._words: SimpleQueue[Message | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._hearing: dict[tuple[str, int], Heard] = {}
        self._ended = False
        self.users = 0
        self.heard = 0
        self.greeted = False
        self.can: tuple[str, ...] = ()
        self.child = subprocess.Popen(
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
    def in_hand(self) -> int:
        """Orders whose last event has not come, also those that were given up."""
        return len(self._hearing)

    def start(self, order: Order | TaskOrder, events: Heard) -> None:
        """Hands over an order; its messages come through `events`, and None once no more can come."""
        with self._lock:
            self._hearing[order.run, order.attempt] = events
            if self._ended:
                events.put(None)
        self.say("order", order, order.to_json())

    def say(self, what: str, order: Order | TaskOrder, body: Mapping[str, Any]) -> None:
        """Says something, sooner or later; nobody waits for it."""
        self._words.put(Message(what, order.run, order.attempt, 0, body))

    def end(self, grace: float) -> None:
        """Closes the pipe, which ends the process; after `grace` seconds it is killed."""
        self._words.put(None)
        try:
            self.child.wait(grace)
        except subprocess.TimeoutExpired:
            self.child.kill()
        self._reap()

    def kill(self) -> None:
        """Ends the process at once."""
        self.child.kill()
        self._words.put(None)
        self._reap()

    def _reap(self) -> None:
        try:
            self.child.wait(ENDED)
        except subprocess.TimeoutExpired:
            return
        for thread in self._threads:
            thread.join()
        with self._lock:
            cast(BinaryIO, self.child.stdout).close()
            if self._errors is not None:
                self._errors.close()
                self._errors = None

    def _speak(self) -> None:
        """Writes what is to be said, one after the other; closes the pipe when nothing more is."""
        pipe = cast(BinaryIO, self.child.stdin)
        try:
            while (message := self._words.get()) is not None:
                send(pipe, message)
        except (OSError, ValueError):
            self._no_more()
        with contextlib.suppress(OSError):  # it may have died with half an order in the pipe
            pipe.close()

    def _listen(self) -> None:
        pipe = cast(BinaryIO, self.child.stdout)
        try:
            while (message := receive(pipe)) is not None:
                self.heard += 1
                if message.what == HERE:
                    self.can = tuple(message.body.get("can", ()))
                    self.greeted = True
                    continue
                key = (message.run, message.attempt)
                with self._lock:
                    events = self._hearing.get(key)
                    if message.what in LAST:
                        self._hearing.pop(key, None)
                if events is not None:
                    events.put(message)
        except (WireBroken, OSError, ValueError):
            pass
        self._no_more()

    def _no_more(self) -> None:
        with self._lock:
            self._ended = True
            for events in self._hearing.values():
                events.put(None)

    def how(self) -> str:
        """How it ended, and the last it said."""
        deadline = time.monotonic() + 1.0
        while self.child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        code = self.child.poll()
        if code is None:
            return "its pipe closed"
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        last = self._last_words()
        return f"{how}: {last}" if last else how

    def _last_words(self) -> str:
        with self._lock:
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
    """What a performer sees: where its libraries are, which cards, how many threads it may use. No key, no home."""
    kept = (
        "PATH",
        "LANG",
        "LC_ALL",
        "PYTHONPATH",
        "CUDA_VISIBLE_DEVICES",
        "LD_LIBRARY_PATH",
        "SYSTEMROOT",
        "TEMP",
        "TMPDIR",
        "VIRTUAL_ENV",
        *machine.CARDS,
    )
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return (
        environment
        | dict.fromkeys(limits, str(threads))
        | {"OMP_WAIT_POLICY": "passive", "PYTHONUNBUFFERED": "1"}
    )
