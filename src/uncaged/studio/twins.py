"""Small twins: a tiny model of a family with random weights, in the folders in which the family was published."""

import secrets
import shutil
from pathlib import Path

from uncaged.archive.files import disk_in_words
from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.registry import engine


def write(family: str, folder: Path, seed: int = 0) -> Path:
    """Writes one; the folder appears whole or not at all. The same seed gives the same weights.

    Raises `AskedWrong` where the folder holds something, `NotFound` where there is no such family, `DiskFull`.
    """
    player = engine(family)
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
            player.twin(beside, seed)
            if folder.exists():
                folder.rmdir()
            beside.replace(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return folder
