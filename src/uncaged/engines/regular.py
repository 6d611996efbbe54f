"""Opening files that somebody else made: plain ones only, and never waiting for one.

A pipe bears any name that a file bears, and whoever opens it waits for ever; a device never ends.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def opened(path: Path) -> BinaryIO:
    """A plain file, for reading. Raises `OSError`, also where it is none; nothing is waited for."""
    refuse(path)
    number = os.open(path, _FLAGS)
    try:
        _refuse(os.fstat(number).st_mode)  # it may be another one by now
        return os.fdopen(number, "rb")
    except BaseException:
        with suppress(OSError):
            os.close(number)
        raise


def read(path: Path, most: int) -> bytes:
    """All of a plain file. most: bytes. Raises `OSError`, also where it is longer."""
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size <= most:
            data = file.read(most + 1)
            if len(data) <= most:
                return data
    raise OSError(errno.EFBIG, f"it is longer than {most:,} bytes")


def refuse(path: Path) -> None:
    """Raises `OSError` where this is no plain file."""
    _refuse(path.stat().st_mode)


def _refuse(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no plain file")
