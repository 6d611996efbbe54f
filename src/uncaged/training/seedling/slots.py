"""Where processes that learn side by side see each other's weights: a slot of memory for each of them.

The memory lies in no folder (memfd_create(2)): it goes with the last process that holds it, whatever ends them, and no
container's small /dev/shm bounds it. Where there is no such thing, the slots are files in the leg's folder. Imports no
torch: whoever starts the processes does without.
"""

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from uncaged.core.errors import DiskFull

FOLDER: Final = ".gossip"
"""Where the slots lie that are files, within the leg's folder."""

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Slots:
    """paths: of one slot for each process, as those find them that are given `handles`: open files, to be inherited."""

    paths: tuple[Path, ...]
    handles: tuple[int, ...] = ()


@contextlib.contextmanager
def shared(out: Path, count: int) -> Iterator[Slots]:
    """So many slots, empty, for as long as the block lasts; whatever a killed leg left in `out` is swept.

    To be called under the lock of the leg's folder.
    """
    folder = out / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    handles = _memory(count)
    try:
        if handles:
            yield Slots(tuple(Path(f"/proc/self/fd/{one}") for one in handles), handles)
        else:
            folder.mkdir(parents=True)
            yield Slots(tuple(folder / f"{number}.slot" for number in range(count)))
    finally:
        for one in handles:
            os.close(one)
        shutil.rmtree(folder, ignore_errors=True)


def reserve(path: Path, size: int) -> None:
    """Makes a slot of `size` bytes, all 0, that are there for real: into a hole of a file that lacks room nobody writes
    and lives (SIGBUS). Raises `DiskFull` where there is no room."""
    try:
        with path.open("wb") as file:
            _fill(file, size)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise DiskFull(
            f"There is no room for the {size / 2**20:.0f} MiB that a process of the leg shows the others ({path}).",
            "Make room, or learn with one process.",
        ) from error


def _memory(count: int) -> tuple[int, ...]:
    """Open files in memory, or none where this system has no such thing."""
    made: list[int] = []
    if sys.platform == "linux":
        try:
            made.extend(os.memfd_create(f"slot-{number}") for number in range(count))
            if all(Path(f"/proc/self/fd/{one}").exists() for one in made):
                return tuple(made)
        except OSError:  # forbidden here
            pass
        for one in made:
            os.close(one)
    return ()


def _fill(file: BinaryIO, size: int) -> None:
    if sys.platform == "linux":
        try:
            os.posix_fallocate(file.fileno(), 0, size)
            return
        except OSError as error:
            if error.errno in FULL:
                raise
    for at in range(0, size, 2**20):
        file.write(bytes(min(2**20, size - at)))
