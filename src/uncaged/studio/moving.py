"""Moving a whole studio: out to a folder of plain files, and in from one. Says in a sentence what happened.

A person's own word files go along as they are; on the way in, a file that is here already stays as it is here.
"""

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import crate, people
from uncaged.archive.files import disk_in_words
from uncaged.archive.telling import sized
from uncaged.core.errors import AskedWrong
from uncaged.studio import belongings, shelf
from uncaged.studio.taking import outside

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

WORDS = "lexicon"
"""The folder of own words, inside an export."""


def export_to(studio: "Studio", folder: Path) -> tuple[str, bool]:
    """Writes everything to `folder`, whole or not at all: a sentence, and whether every kept file was whole."""
    target = outside(studio, folder)
    summary = crate.export_studio(studio.archive, studio.files, target)
    count = _copy_words(studio.settings.lexicons, target / WORDS)
    return _told(folder, summary, count), not summary.damaged


def export_person(studio: "Studio", reference: str, file: Path) -> tuple[str, bool]:
    """Writes all that is one person's to a zip file, whole or not at all: a sentence, and whether nothing is damaged.

    Raises `AskedWrong` where a file is there.
    """
    target = outside(studio, file)
    if target.exists():
        raise AskedWrong(f"{file} is there already.", "Name a file that is not there yet.")
    with studio.archive.read() as conn:
        person = people.find(conn, reference)
    beside, made = target.with_name(f".{target.name}.{secrets.token_hex(4)}"), belongings.Made()
    with disk_in_words(target.parent, "name another place for the file"):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as out:
                for piece in belongings.pieces(studio, person.id, made=made):
                    out.write(piece)
                size = out.tell()
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    told = f"{file}: what belongs to {person.name or person.id}, {sized(size)}."
    if made.damaged:
        told += (
            f" Not everything is whole: {belongings.DAMAGED} in it names what is damaged, and why."
        )
    return told, not made.damaged


def import_from(studio: "Studio", folder: Path) -> str:
    """Merges an export into this studio by id and hash; every file is checked."""
    source = folder.expanduser().absolute()
    summary = crate.import_studio(studio.archive, studio.files, source, shelf.fits)
    return _told(folder, summary, _copy_words(source / WORDS, studio.settings.lexicons))


def _told(folder: Path, summary: crate.Exported | crate.Merged, words: int) -> str:
    return f"{folder}: {summary}" + (
        f" {words} word file{'s' if words > 1 else ''} of your own." if words else ""
    )


def _copy_words(source: Path, target: Path) -> int:
    """Copies word files that are not there yet, each whole or not at all; returns how many."""
    count = 0
    with disk_in_words(target):
        for path in sorted(source.glob("*.toml")) if source.is_dir() else ():
            place = target / path.name
            if place.exists() or not path.is_file() or path.is_symlink():
                continue
            target.mkdir(parents=True, exist_ok=True)
            beside = target / f".{path.name}.{secrets.token_hex(4)}"
            try:
                shutil.copyfile(path, beside)
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)
            count += 1
    return count
