"""Spare room: a file of a megabyte that is given up when the disk is full, since deleting needs room as well.

Knows nothing of what is deleted.
"""

import contextlib
import secrets
import shutil
from pathlib import Path

NAME = ".spare"
SIZE = 1 << 20
"""Bytes: what SQLite writes while a work goes (its rows as they were and as they are), and some more."""


def put_by(home: Path) -> None:
    """Makes the file where it is not there and there is room for it; elsewhere it is done without."""
    path = home / NAME
    with contextlib.suppress(OSError):
        if is_there(home) or shutil.disk_usage(home).free <= SIZE:
            return
        path.unlink(missing_ok=True)
        try:
            with path.open("xb") as out:
                # Not zeros: some disks keep those in no room at all.
                out.write(secrets.token_bytes(SIZE))
        except OSError:
            path.unlink(missing_ok=True)


def is_there(home: Path) -> bool:
    """Whether the file lies there, whole."""
    try:
        return (home / NAME).lstat().st_size >= SIZE
    except OSError:
        return False


def give_up(home: Path) -> bool:
    """Removes the file; whether that gave any room."""
    there = is_there(home)
    try:
        (home / NAME).unlink()
    except OSError:
        return False
    return there
