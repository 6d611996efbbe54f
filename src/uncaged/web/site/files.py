"""The folder of a static site: written beside its place, whole or not at all, with a manifest of every file's hash.

Knows no film. An earlier site of ours is replaced; a folder that holds anything else is left as it is.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any, cast

from uncaged.archive import placing
from uncaged.core.canonical import sha256
from uncaged.core.errors import AskedWrong, DiskFull, HomeUnusable, UncagedError

MANIFEST = "manifest.json"
WHAT = "a static site of Uncaged"
LARGEST = 1 << 28
"""Bytes of a manifest, at most."""

_CHUNK = 1 << 20

_OWN = re.compile(
    r"(index(-\d+)?|house)\.html|films\.atom|README\.txt|style\.css|manifest\.json"
    r"|films/w_[a-z2-7]{12}(\.(html|mp4|webm|png|jpg|bin)|-(still|strip)\.jpg)"
    r"|people/p_[a-z2-7]{12}((-\d+)?\.html|\.atom)"
)
"""Every name that a file of a site can have: whatever a manifest says, nothing else is replaced."""

_FOLDERS = frozenset(("films", "people"))


class Folder:
    """Where a site is being written. Nothing bears its name before `finish`."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._parts: dict[str, tuple[str, int]] = {}
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            placing.tidy(target)
            self.root = placing.beside(target, "exporting")
            self.root.mkdir()
        except OSError as error:
            raise _in_words(error, target) from error

    def __enter__(self) -> "Folder":
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.root, ignore_errors=True)  # what was finished has another name by now

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for _sha, size in self._parts.values())

    def text(self, name: str, text: str) -> None:
        """A page."""
        self.data(name, text.encode())

    def data(self, name: str, data: bytes) -> None:
        """A file of these bytes."""
        try:
            place = self._place(name)
            place.write_bytes(data)
        except OSError as error:
            raise _in_words(error, self._target) from error
        self._parts[name] = (sha256(data), len(data))

    def film(self, name: str, kept: Path, sha: str) -> bool:
        """A kept file under another name, copied and looked at; False where it is missing or damaged, and left out."""
        try:
            place = self._place(name)
            with kept.open("rb") as source, place.open("wb") as out:
                digest, size = hashlib.sha256(), 0
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
                    size += len(chunk)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _in_words(error, self._target) from error
        if digest.hexdigest() != sha:
            place.unlink()
            return False
        self._parts[name] = (sha, size)
        return True

    def finish(self, facts: dict[str, Any]) -> None:
        """Writes the manifest, and gives it all its name."""
        files = [
            {"path": name, "sha256": sha, "bytes": size}
            for name, (sha, size) in sorted(self._parts.items())
        ]
        said = {"what": WHAT, "format": 1, **facts, "files": files}
        self.text(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        refuse_others(self._target)  # once more: somebody may have put something there
        placing.put_in_place(self.root, self._target)

    def _place(self, name: str) -> Path:
        place = self.root / name
        place.parent.mkdir(exist_ok=True)
        return place


def refuse_others(target: Path) -> None:
    """`AskedWrong` where the folder holds anything that is not of an earlier site of ours."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise AskedWrong(
            f"{target} is there already, and is no folder.", "Name a folder that is not there yet."
        )
    if not target.is_dir():
        return
    written = _written(target / MANIFEST)
    others = sorted(
        name
        for name, path in ((one.relative_to(target).as_posix(), one) for one in target.rglob("*"))
        if path.is_symlink() or name not in (_FOLDERS if written and path.is_dir() else written)
    )
    if others:
        raise AskedWrong(
            f"{target} holds something that is no part of an earlier site ({others[0]}), and was "
            "left as it is.",
            "Name a folder that is not there yet, or an earlier site to replace.",
        )


def _written(manifest: Path) -> set[str]:
    """The files of an earlier site, by its manifest; nothing where there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        if manifest.stat().st_size > LARGEST:
            return set()
        said: Any = json.loads(manifest.read_bytes())
        if isinstance(said, dict):
            found = cast("dict[str, Any]", said)
            if found.get("what") == WHAT:
                named = {str(one["path"]) for one in found.get("files", ())} | {MANIFEST}
                return {name for name in named if _OWN.fullmatch(name)}
    return set()


def _in_words(error: OSError, target: Path) -> UncagedError:
    reason = os.strerror(error.errno or 0)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"There is no room for the site at {target}. What was there before is as it was.",
            "Make room, or name a folder on another disk: uncaged gallery export DIR",
        )
    return HomeUnusable(
        f"The site cannot be written to {target} ({reason}).",
        "Name a folder that you may write to: uncaged gallery export DIR",
    )
