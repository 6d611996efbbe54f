"""Supervising: the processes of a studio, each started again when it dies or hangs, all of them ended together.

Knows no page and no line, only commands. A child holds the other end of a leash, a pipe: when its supervisor dies,
however that is, the pipe closes, and the child ends in good order by itself. By another pipe it gives signs of life.
"""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from uncaged.core.errors import Failed
from uncaged.studio.signs import Pulse

LEASH = "UNCAGED_LEASH"
"""The environment's word for the file descriptor of a child's end of the leash."""

PULSE = "UNCAGED_PULSE"
"""The same, for the end by which it gives signs of life."""

LOOK = 0.1
"""Seconds between two looks at the children."""

COUNTED = 1.0
"""Seconds of silence that one look adds at most: whoever was stopped, or slept with its machine, could hear nothing."""

STEADY = 30.0
"""Seconds after which a child counts as well again, and its next death as its first."""

SLOWEST = 10.0
"""Seconds between two starts of a child that dies at once, at most."""

HOPELESS = 8
"""Deaths one after the other, none of them after `STEADY` seconds, after which the studio stops and says so."""

SHORT = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE})
"""What the system answers where it has no room for one more process at this moment."""

AGAIN = 1.0
"""Seconds until the next try then; twice as many each time, up to `SLOWEST`."""

REFUSED = 2
"""What a child ends with when it was asked for something impossible: starting it again would not help."""


@dataclass(slots=True)
class Child:
    """One process that is to be there. name: for people. keeps: file descriptors that it inherits.

    signs: where its signs of life come out. silent: seconds without one. vain: tries in a row that started nothing.
    """

    name: str
    command: Sequence[str]
    keeps: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    deaths: int = 0
    again: float = 0.0
    signs: int = -1
    silent: float = 0.0
    vain: int = 0
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


class Supervisor:
    """Starts children and keeps them there. tell: hears of every death, in a sentence.

    silent: seconds without a sign of life after which a child is ended; 0 for never.
    """

    def __init__(
        self,
        children: Sequence[Child],
        tell: Callable[[str], None],
        grace: float,
        silent: float = 0.0,
    ) -> None:
        self._children, self._tell, self._grace = list(children), tell, grace
        self._silent = silent
        self._leash_end, self._leash = os.pipe()

    def watch(self, stop: threading.Event) -> None:
        """Until `stop`; then everybody is asked to end, those first that were started last.

        Raises `Failed` where a child cannot live, or says that it never will.
        """
        looked = time.monotonic()
        try:
            while not stop.is_set():
                now = time.monotonic()
                for child in self._children:
                    self._look_after(child)
                    self._listen(child, min(COUNTED, now - looked))
                looked = now
                stop.wait(LOOK)
        finally:
            self._end_all()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.again:
                self._try(child)
            return
        code = child.process.poll()
        if code is None:
            return
        child.process = None
        os.close(child.signs)
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

    def _listen(self, child: Child, passed: float) -> None:
        """Ends a child that has given no sign for too long, however long the machine or we slept meanwhile."""
        if child.process is None or not self._silent:
            return
        try:
            heard = os.read(child.signs, 1 << 16) != b""
        except BlockingIOError:
            heard = False
        child.silent = 0.0 if heard else child.silent + passed
        if child.silent >= self._silent:
            self._tell(f"The {child.name} has given no sign for {child.silent:.0f} seconds.")
            child.silent = 0.0
            child.process.kill()

    def _try(self, child: Child) -> None:
        """Starts it, or tries again later where the machine has no room for it now: the others go on meanwhile."""
        try:
            self._start(child)
        except OSError as error:
            if error.errno not in SHORT:
                raise Failed(
                    f"The studio's {child.name} could not be started ({error.strerror}).",
                    f"Can {child.command[0]} be run here?",
                ) from None
            wait = min(SLOWEST, AGAIN * 2**child.vain)
            child.vain, child.again = child.vain + 1, time.monotonic() + wait
            self._tell(
                f"The {child.name} could not be started ({error.strerror}); "
                f"the next try is in {wait:.0f} seconds."
            )
            return
        child.vain = 0

    def _start(self, child: Child) -> None:
        child.began, child.silent = time.monotonic(), 0.0
        signs, given = os.pipe()
        os.set_blocking(signs, False)
        os.set_blocking(given, False)  # nobody waits to give a sign
        try:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                pass_fds=(self._leash_end, given, *child.keeps),
                env=os.environ
                | dict(child.environment)
                | {LEASH: str(self._leash_end), PULSE: str(given)},
                start_new_session=True,  # Ctrl-C on the terminal is for the supervisor, which tells them
            )
        except BaseException:
            os.close(signs)
            raise
        finally:
            os.close(given)
        child.signs = signs

    def _end_all(self) -> None:
        """Asks politely, one after the other, so that nobody asks for what nobody can perform; then ends them."""
        for child in reversed(self._children):
            process = child.process
            if process is None:
                continue
            os.close(child.signs)
            if process.poll() is not None:
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


def on_a_leash() -> Pulse | None:
    """In a child: end in good order (SIGTERM) when the supervisor is gone, and give it signs of life.

    Without a supervisor nothing is done. Whoever calls the `beat` of the answer gives them by hand from then on.
    """
    end, given = _inherited(LEASH), _inherited(PULSE)
    if end is not None:
        threading.Thread(target=_wait_for_the_end, args=(end,), name="leash", daemon=True).start()
    return None if given is None else Pulse(lambda: os.write(given, b"."))


def _wait_for_the_end(leash: int) -> None:
    try:
        os.read(leash, 1)
    except OSError:
        return
    os.kill(os.getpid(), signal.SIGTERM)


def _inherited(name: str) -> int | None:
    """A file descriptor that the environment names; children of ours do not inherit it."""
    told = os.environ.pop(name, None)
    if told is None or not told.isdigit():
        return None
    os.set_inheritable(int(told), False)
    return int(told)


def command(*arguments: str) -> list[str]:
    """A command of this program, run by the same interpreter."""
    return [sys.executable, "-m", "uncaged", *arguments]
