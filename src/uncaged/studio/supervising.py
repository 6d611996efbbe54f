"""Supervising: the processes of a studio, each started again when it dies, all of them ended together.

Knows no page and no line, only commands. A child holds the other end of a leash, a pipe: when its supervisor dies,
however that is, the pipe closes, and the child ends in good order by itself.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from uncaged.core.errors import Failed

LEASH = "UNCAGED_LEASH"
"""The environment's word for the file descriptor of a child's end of the leash."""

STEADY = 30.0
"""Seconds after which a child counts as well again, and its next death as its first."""

SLOWEST = 10.0
"""Seconds between two starts of a child that dies at once, at most."""

HOPELESS = 8
"""Deaths one after the other, none of them after `STEADY` seconds, after which the studio stops and says so."""

REFUSED = 2
"""What a child ends with when it was asked for something impossible: starting it again would not help."""


@dataclass(slots=True)
class Child:
    """One process that is to be there. name: for people. keeps: file descriptors that it inherits."""

    name: str
    command: Sequence[str]
    keeps: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    deaths: int = 0
    again: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


class Supervisor:
    """Starts children and keeps them there. tell: hears of every death, in a sentence."""

    def __init__(
        self, children: Sequence[Child], tell: Callable[[str], None], grace: float
    ) -> None:
        self._children, self._tell, self._grace = list(children), tell, grace
        self._leash_end, self._leash = os.pipe()

    def watch(self, stop: threading.Event) -> None:
        """Until `stop`; then everybody is asked to end, those first that were started last.

        Raises `Failed` where a child cannot live, or says that it never will.
        """
        try:
            while not stop.is_set():
                for child in self._children:
                    self._look_after(child)
                stop.wait(0.1)
        finally:
            self._end_all()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.again:
                self._start(child)
            return
        code = child.process.poll()
        if code is None:
            return
        child.process = None
        if code == REFUSED:
            raise Failed(f"The studio's {child.name} could not begin; it said why above.")
        child.deaths = 1 if now - child.began >= STEADY else child.deaths + 1
        if child.deaths >= HOPELESS:
            raise Failed(
                f"The studio's {child.name} ended {child.deaths} times, one after the other.",
                "What it said is above; `uncaged doctor` looks through the studio.",
            )
        wait = min(SLOWEST, 0.1 * 2 ** (child.deaths - 1))
        child.again = now + wait
        how = f"was ended by signal {-code}" if code < 0 else f"ended with {code}"
        self._tell(f"The {child.name} {how}; it begins again.")

    def _start(self, child: Child) -> None:
        child.began = time.monotonic()
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            pass_fds=(self._leash_end, *child.keeps),
            env=os.environ | dict(child.environment) | {LEASH: str(self._leash_end)},
            start_new_session=True,  # Ctrl-C on the terminal is for the supervisor, which tells them
        )

    def _end_all(self) -> None:
        """Asks politely, one after the other, so that nobody asks for what nobody can perform; then ends them."""
        for child in reversed(self._children):
            process = child.process
            if process is None or process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(self._grace)
            except subprocess.TimeoutExpired:
                self._tell(f"The {child.name} does not end; it is killed.")
                process.kill()
                process.wait()
        os.close(self._leash)
        os.close(self._leash_end)


def on_a_leash() -> None:
    """In a child: end in good order (SIGTERM) when the supervisor is gone. Without one, nothing is done."""
    told = os.environ.pop(LEASH, None)
    if told is None or not told.isdigit():
        return
    end = int(told)
    os.set_inheritable(end, False)

    def wait_for_the_end() -> None:
        try:
            os.read(end, 1)
        except OSError:
            return
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_for_the_end, name="leash", daemon=True).start()


def command(*arguments: str) -> list[str]:
    """A command of this program, run by the same interpreter."""
    return [sys.executable, "-m", "uncaged", *arguments]
