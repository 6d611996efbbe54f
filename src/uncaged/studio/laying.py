"""Models of one's own laid out for their engines: each file under its own name in one folder.

A kept file has a second name there, one that lies elsewhere a link; whatever lies in that folder can be laid out again.
"""

import contextlib
import secrets
import shutil
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import files, models
from uncaged.core.errors import FileDamaged
from uncaged.core.folders import fit_together, is_within
from uncaged.studio import elsewhere

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def folder(studio: "Studio", model: models.Shelved) -> Path:
    """Where a model's files are laid out, each under its own name."""
    return studio.settings.models / model.hash


def laid_out(studio: "Studio", model: models.Shelved) -> Mapping[str, str]:
    """SHA-256 → path of a model's files in its `folder`; laid out where they are not yet.

    Raises `FileDamaged` where a kept one is
    missing, `WeightsMissing` or `WeightsBroken` where one elsewhere is missing or not as it was.
    """
    if not all(map(is_within, model.files)) or not fit_together(model.files):
        raise FileDamaged(f"A file of {model.name} has a name that no file of a model can have.")
    elsewhere.refuse_others(model)
    found: dict[str, str] = {}
    with files.disk_in_words(studio.settings.home):
        folder(studio, model).mkdir(parents=True, exist_ok=True)
        for name, sha in model.files.items():
            place = folder(studio, model) / name
            if "/" in name:
                place.parent.mkdir(parents=True, exist_ok=True)
            away = model.elsewhere.get(name)
            if away is None:
                _lay_kept(studio.files.path(sha), place, sha)
            else:
                assert away.path is not None
                _lay_link(Path(away.path), place)
            found[sha] = str(place)
    return found


def _lay_kept(kept: Path, place: Path, sha: str) -> None:
    """A second name for the same bytes; a copy where the disk knows no second names."""
    if not kept.exists():
        raise files.missing(sha)
    if _is_file_of(place, kept):
        return
    with _beside(place) as beside:
        try:
            beside.hardlink_to(kept)
        except OSError:
            if _size(place) != kept.stat().st_size:  # a copy is taken once
                shutil.copyfile(kept, beside)


def _lay_link(away: Path, place: Path) -> None:
    """A link to where it lies; a second name where the system gives no links. Never a copy: it may be many GB."""
    if _is_file_of(place, away):
        return
    with _beside(place) as beside:
        try:
            beside.symlink_to(away)
        except OSError:
            beside.hardlink_to(away)


def _is_file_of(place: Path, other: Path) -> bool:
    try:
        return place.samefile(other)
    except OSError:
        return False


def _size(place: Path) -> int | None:
    try:
        return place.stat().st_size
    except OSError:
        return None


@contextlib.contextmanager
def _beside(place: Path) -> Generator[Path, None, None]:
    """A name beside that nobody else has, in this process or another; to be filled, it then becomes `place`."""
    beside = place.with_name(f".{place.name}.{secrets.token_hex(6)}")
    try:
        yield beside
        with contextlib.suppress(FileNotFoundError):  # nothing was to be laid
            beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)  # renaming one name of a file over another does nothing
