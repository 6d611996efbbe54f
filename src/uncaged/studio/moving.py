"""Moving a whole studio: out to a folder of plain files, and in from one. Says in a sentence what happened."""

from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import crate

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def export_to(studio: "Studio", folder: Path) -> str:
    """Writes everything to `folder`, whole or not at all."""
    summary = crate.export_studio(studio.archive, studio.files, folder.expanduser().absolute())
    return f"{folder}: {summary}"


def import_from(studio: "Studio", folder: Path) -> str:
    """Merges an export into this studio by id and hash; every file is checked."""
    summary = crate.import_studio(studio.archive, studio.files, folder.expanduser().absolute())
    return f"{folder}: {summary}"
