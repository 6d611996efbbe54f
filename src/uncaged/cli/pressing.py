"""Ctrl-C while something is being watched: the first press cancels in good order, the second ends at once."""

import os
import signal
import threading
from _thread import start_new_thread
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def two_presses(say: Callable[[str], None]) -> Generator[threading.Event]:
    """Set by the first Ctrl-C; the second ends the process. say: tells whoever watches."""
    stop = threading.Event()

    def pressed(_: int, __: FrameType | None) -> None:
        if stop.is_set():
            os._exit(130)
        start_new_thread(stop.set, ())  # the lock it takes may be held by what was interrupted
        say("Stopping … press Ctrl-C again to end at once.")

    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
