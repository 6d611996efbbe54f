"""Signs of life: a process that works gives one about twice a second; whoever looks sees whether they go on.

Nobody owns or loses anything by them: who is the steward, its lock says. They only tell a process that was stopped or
hangs from one that works. No time of another process is read: a sign is a change, and silence is counted by who looks.
"""

import os
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from uncaged.core.clock import Clock

BEAT = 0.5
"""Seconds between two signs."""

SILENT = 3.0
"""Seconds without one after which it is said."""

STEP = 0.05
"""Seconds between two looks, while somebody waits for a sign."""

STILL = 600.0
"""Seconds for which one part of a steward may do one thing, on a slow disk say, and count as alive."""

Mark: TypeAlias = tuple[int, int] | None
"""What a sign changes: a file's time and number. None where there is no file."""


class Pulse:
    """Gives signs from a thread of its own, until `end`, or until somebody gives them by hand."""

    def __init__(self, sign: Callable[[], object]) -> None:
        """sign: gives one; what the system refuses it (`OSError`) is silence, and no more."""
        self._sign = sign
        self._lives: Callable[[], bool] = lambda: True
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="pulse", daemon=True)
        self._give()
        self._thread.start()

    def beat(self) -> None:
        """Gives one by hand; from now on nobody else does, so that it speaks for whoever calls this."""
        self._over.set()
        self._give()

    def only_while(self, lives: Callable[[], bool]) -> None:
        """It gives signs only while this is true from now on: its thread does not speak for others that hang."""
        self._lives = lives

    def end(self) -> None:
        """No more signs."""
        self._over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._over.wait(BEAT):
            if self._lives():
                self._give()

    def _give(self) -> None:
        try:
            self._sign()
        except OSError:
            return


class Moving:
    """Who of several threads moved when. Each says so at every step; one that rests is waited for by nobody."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moved: dict[str, float] = {}

    def moves(self, who: str) -> None:
        """It has just made a step."""
        self._moved[who] = self._clock.monotonic()

    def rests(self, who: str) -> None:
        """It has ended, or does something that has no steps and may take as long as it likes."""
        self._moved.pop(who, None)

    def all_move(self) -> bool:
        """Whether everybody who does not rest has made a step within `STILL` seconds."""
        now = self._clock.monotonic()
        return all(now - moved < STILL for moved in tuple(self._moved.values()))


def _sign_file(home: Path) -> Path:
    return home / "steward.alive"


@contextmanager
def given_by_steward(home: Path, lives: Callable[[], bool]) -> Generator[None]:
    """The steward of this home gives signs while the block runs and it lives: the time of a file changes."""
    path = _sign_file(home)

    def sign() -> None:
        path.touch()
        os.utime(path)

    pulse = Pulse(sign)
    pulse.only_while(lives)
    try:
        yield
    finally:
        pulse.end()


class Watch:
    """Whoever watches over the steward of a home. Of several at once one looks, the others hear what was seen."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._path, self._clock = _sign_file(home), clock
        self._lock = threading.Lock()
        self._seen: Mark = None
        self._since = self._looked = clock.monotonic() - 2 * SILENT
        self._silence = 0.0

    def silence(self) -> float:
        """Seconds since the last sign. Waits up to `SILENT` seconds for one where nobody has looked for as long.

        What came before that counts neither way: whoever looks may have been stopped as well.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._silence = self._look()
            finally:
                self._lock.release()
        return self._silence

    def _look(self) -> float:
        began = now = self._clock.monotonic()
        sure = began - self._looked < SILENT
        if self._changed():
            self._since = began
        while not sure and now - began < SILENT:
            self._clock.sleep(STEP)
            now = self._clock.monotonic()
            if self._changed():
                self._since, sure = now, True
        self._looked = now
        return now - self._since

    def _changed(self) -> bool:
        before, self._seen = self._seen, self._mark()
        return self._seen is not None and self._seen != before

    def _mark(self) -> Mark:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_ino)
