"""Keeps the stock drawn: a child process draws what is missing, again and again, and may die of it.

Knows no drawing. The child holds a leash as the studio's other processes do: when this one is gone, it ends.
"""

import os
import subprocess
import threading
import time

from uncaged.studio.supervising import LEASH, command

PAUSE, LONGEST = 60.0, 3600.0
"""Seconds between two children; after one that ended badly twice as many each time, up to the longest."""

LOOK = 0.2
"""Seconds between two looks at a child that draws."""

STEADY = 600.0
"""Seconds after which a child that ends badly counts as well: it has drawn until then."""


def keep_drawing(stop: threading.Event, pause: float = PAUSE) -> None:
    """Until `stop`. No drawing is worth a studio that stops: what ends badly is tried again later and later."""
    wait = pause
    while not stop.is_set():
        began = time.monotonic()
        well = _draw(stop) == 0 or time.monotonic() - began > STEADY
        wait = pause if well else min(LONGEST, wait * 2)
        stop.wait(wait)


def _draw(stop: threading.Event) -> int:
    """Runs a child to its end; its code, or 1 where it could not be started."""
    end, held = os.pipe()
    try:
        child = subprocess.Popen(
            command("stock"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(end,),
            env=os.environ | {LEASH: str(end)},
        )
    except OSError:
        return 1
    finally:
        os.close(end)
    try:
        while child.poll() is None:
            if stop.wait(LOOK):
                child.terminate()
                child.wait()
        return child.returncode
    finally:
        os.close(held)
