"""Small twins: a tiny model of a family with random weights, in the folders in which the family was published."""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from uncaged.archive.files import disk_in_words
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.base import Engine
from uncaged.engines.registry import families


def having() -> Mapping[str, Engine]:
    """The families that have one, by name."""
    return {
        name: family for name, family in families().items() if type(family).twin is not Engine.twin
    }


def write(family: str, folder: Path, seed: int = 0, kind: str = "") -> Path:
    """Writes one; the folder appears whole or not at all. The same seed gives the same weights. kind: one of
    `Engine.twins`, or empty.

    Raises `AskedWrong` where the folder holds something, or there is no such kind, `NotFound` where no such family has
    one, `DiskFull`.
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
            twin(beside, seed, **(kinds[kind] if kind else {}))
            if folder.exists():
                folder.rmdir()
            beside.replace(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return folder
