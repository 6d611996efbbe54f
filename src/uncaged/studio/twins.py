"""Small twins: a tiny model of a family with random weights, in the folders in which the family was published."""

import secrets
import shutil
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from uncaged.archive.files import disk_in_words
from uncaged.core.errors import AskedWrong, NotFound, WeightsMissing
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.base import Engine
from uncaged.engines.registry import families

GLANCE: Final = 0.2
"""Seconds between two looks at which part is written."""


def having() -> Mapping[str, Engine]:
    """The families that have one, by name."""
    return {
        name: family for name, family in families().items() if type(family).twin is not Engine.twin
    }


def write(
    family: str,
    folder: Path,
    seed: int = 0,
    kind: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> Path:
    """Writes one; the folder appears whole or not at all. The same seed gives the same weights. kind: one of
    `Engine.twins`, or empty. told: hears what is going on, and of each part as it is begun.

    Raises `AskedWrong` where the folder holds something, or there is no such kind, `NotFound` where no such family has
    one, `WeightsMissing` where what it is built with is not installed, `DiskFull`.
    """
    known = having()
    if family not in known:
        raise NotFound(
            _("No family called %(family)s has a small twin.") % {"family": shown(family)},
            _("These have one: %(families)s.") % {"families": ", ".join(known)},
        )
    kinds = known[family].twins
    if kind and kind not in kinds:
        raise AskedWrong(
            _("%(family)s has no twin of the kind %(kind)s.")
            % {"family": family, "kind": shown(kind)},
            _("Its kinds are: %(kinds)s.") % {"kinds": ", ".join(kinds)}
            if kinds
            else _("It has one alone: leave --kind away."),
            "kind",
        )
    if lacks := known[family].lacks:
        raise WeightsMissing(
            _("A twin of %(family)s is built with libraries that are not installed.")
            % {"family": family},
            _("Install them: %(command)s") % {"command": lacks},
        )
    twin: Any = known[family].twin
    folder = folder.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AskedWrong(
            _("%(folder)s is there already, and not empty.") % {"folder": folder},
            _("Name a folder that is not there yet."),
        )
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    with disk_in_words(folder.parent, "name another folder"):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            told(
                _("loading what %(family)s is built with, which takes a while") % {"family": family}
            )
            with _watched(beside, told):
                twin(beside, seed, **(kinds[kind] if kind else {}))
            if folder.exists():
                folder.rmdir()
            beside.replace(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return folder


@contextmanager
def _watched(folder: Path, told: Callable[[str], None]) -> Generator[None]:
    """Tells of each part once, as its folder appears: whose family it is need not know that somebody waits."""
    stop, known = threading.Event(), set[str]()

    def look() -> None:
        with suppress(OSError):  # it is not there yet, or not any more
            parts = [path for path in folder.iterdir() if path.is_dir() and path.name not in known]
            for path in sorted(parts, key=lambda path: path.stat().st_mtime_ns):
                known.add(path.name)
                told(_("writing %(part)s") % {"part": path.name})

    def watch() -> None:
        while not stop.wait(GLANCE):
            look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()
    look()
