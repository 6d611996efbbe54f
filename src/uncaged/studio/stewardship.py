"""Who is the steward: a lock in the home says so. Knows nothing of what a steward does."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from uncaged.core.errors import HomeUnusable
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
        steward = Steward(studio, slot)
        try:
            yield steward
        finally:
            steward.close()
    finally:
        lock.release()
