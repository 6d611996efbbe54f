"""Where what is written for somebody lies until it is finished, and how it gets its name: whole or not at all.

Knows exports and works taken away alike, and of what is in them nothing beyond `manifest.is_ours`.
"""

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from uncaged.archive import manifest
from uncaged.core.errors import AskedWrong

_STILL = 3600.0
"""Seconds without a change, after which nobody writes there any more."""


def beside(target: Path, doing: str) -> Path:
    """A name beside the target that says what it is for and which process it belongs to."""
    return target.with_name(f".{target.name}.{doing}-{os.getpid()}-{secrets.token_hex(6)}")


def tidy(target: Path) -> None:
    """Removes what exports that were killed left beside the target; an older export that had just given up its
    name gets it back first."""
    for old in left_behind(target, "replaced"):
        if not target.exists():
            old.rename(target)
        else:
            shutil.rmtree(old, ignore_errors=True)
    clear(target, "exporting")


def clear(target: Path, doing: str) -> None:
    """Removes what processes that were killed while `doing` left beside the target."""
    for half in left_behind(target, doing):
        shutil.rmtree(half, ignore_errors=True)


def left_behind(target: Path, doing: str) -> Iterator[Path]:
    """Folders beside this target, named by `beside`, whose process is gone; the newest first."""
    if not target.parent.is_dir():
        return
    name = re.compile(rf"\.{re.escape(target.name)}\.{doing}-(\d{{1,9}})-[0-9a-f]{{12}}")
    found = [
        (_changed(path), path) for path in target.parent.iterdir() if name.fullmatch(path.name)
    ]
    for changed, path in sorted(found, reverse=True):
        pid = int(path.name.rsplit("-", 2)[1])
        gone = _is_gone(pid) or changed < time.time() - _STILL
        if gone and path.is_dir() and not path.is_symlink():
            yield path


def _changed(folder: Path) -> float:
    """When something last came into the folder, or among its files."""
    latest = 0.0
    with contextlib.suppress(OSError):
        latest = folder.lstat().st_mtime
        for path in folder.iterdir():
            latest = max(latest, path.lstat().st_mtime)
    return latest


def _is_gone(pid: int) -> bool:
    """Whether no such process lives; where that cannot be asked, no."""
    if os.name == "nt":  # a signal 0 would end it there
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def refuse_others(target: Path, studio: str) -> None:
    """A folder that holds anything but an export of this very studio is not written over.

    Another studio's export may be the only copy there is.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise AskedWrong(
            f"{target} is there already, and is no folder.", "Name a folder that is not there yet."
        )
    if target.is_dir() and any(target.iterdir()) and not manifest.is_ours(target, studio):
        raise AskedWrong(
            f"{target} holds something else than an export of this studio, and was left as it is.",
            "Name a folder that is not there yet, or an earlier export of the same studio to replace.",
        )


def put_in_place(temporary: Path, target: Path) -> None:
    """The finished export gets its name; an older one keeps its own until that moment."""
    old = beside(target, "replaced")
    try:
        if target.exists():
            target.rename(old)
        temporary.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise AskedWrong(
            f"The export cannot take the name {target} ({error.strerror}).",
            "Name a folder within it, such as " + str(target / "studio") + ".",
        ) from error
    shutil.rmtree(old, ignore_errors=True)
