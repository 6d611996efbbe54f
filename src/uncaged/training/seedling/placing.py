"""A file or a folder that is whole, or not there at all: written beside its place, brought to the disk, renamed.

What a kill leaves half-written goes by a name of its own, which nobody reads. Knows nothing of what is written.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def unfinished(path: Path) -> Path:
    """Where something is written before it takes its place."""
    return path.with_name(f".{path.name}.unfinished")


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Gives a path to write a file to, or to make a folder at. Where the block ends well it takes the place of whatever
    stood at `path`; else nothing has changed, and nothing half-written stays. The folder that it lies in is made.

    Whoever writes the same at the same time has to be kept away by a lock.
    """
    part = unfinished(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove(part)  # a kill left it
    try:
        yield part
        _whole_to_disk(part)
        _move(part, path)
    finally:
        _remove(part)


def to_disk(path: Path) -> None:
    """fsync of a file, or of a folder where the system knows such a thing."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # a folder on Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole_to_disk(path: Path) -> None:
    """A file, or a folder with all that lies in it."""
    for one in sorted(path.rglob("*")) if path.is_dir() else ():
        to_disk(one)
    to_disk(path)


def _move(part: Path, path: Path) -> None:
    """A folder takes no other's place by itself: what stood there steps aside, and goes afterwards."""
    aside = path.with_name(f".{path.name}.old")
    _remove(aside)
    if path.is_dir():
        path.rename(aside)
    part.replace(path)
    to_disk(path.parent)
    _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
