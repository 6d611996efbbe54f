"""Who is the steward: a lock in the home says so. Knows nothing of what a steward does."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from uncaged.core.errors import HomeUnusable
from uncaged.studio.signs import SILENT, Moving, Watch, given_by_steward
from uncaged.studio.steward import Steward

if TYPE_CHECKING:
    from uncaged.performer.slot import Slot
    from uncaged.studio.studio import Studio

LOOKING = 0.1
"""Seconds for which somebody who only asks whether a steward lives may hold its lock."""


def steward_lives(studio: "Studio") -> bool:
    """Whether some process is this studio's steward now."""
    lock = FileLock(studio.settings.home / "steward.lock", timeout=0)
    try:
        with lock:
            return False
    except Timeout:
        return True
    except OSError:
        return False  # where nothing can be written, nobody performs


NOBODY = "Nobody performs now: `uncaged steward`, in another terminal, does."
"""What whoever waits is told at once where no process is the steward."""


def why_nobody_performs(studio: "Studio") -> str:
    """Empty where a steward lives and gives signs of life; else what is wrong, and what to do. May take a moment."""
    if not steward_lives(studio):
        return "Nobody performs now: `uncaged steward` performs what waits, `uncaged serve` opens the studio."
    silence = Watch(studio.settings.home, studio.clock).silence()
    if silence < SILENT:
        return ""
    return f"The steward has given no sign for {silence:.0f} seconds. {STILL}"


STILL = (
    "Its process was stopped, or hangs. `uncaged serve` ends such a one in time and begins anew; "
    "one that you began yourself, you end."
)


@contextmanager
def stewardship(studio: "Studio", slot: "Slot | None" = None) -> Generator[Steward | None]:
    """The studio's steward while the block runs, or None where another process is it. slot: see `Steward`."""
    lock = FileLock(studio.settings.home / "steward.lock", timeout=LOOKING)
    try:
        lock.acquire(poll_interval=0.02)
    except Timeout:
        yield None
        return
    except OSError as error:
        raise HomeUnusable(
            f"{studio.settings.home} cannot be locked ({error.strerror}).",
            "Is it on a disk that can be written to?",
        ) from error
    try:
        moving = Moving(studio.clock)
        with given_by_steward(studio.settings.home, moving.all_move):
            steward = Steward(studio, slot, moving)
            try:
                yield steward
            finally:
                steward.close()
    finally:
        lock.release()
