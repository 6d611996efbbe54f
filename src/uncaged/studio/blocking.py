"""Which files are meant when one is blocked: of a picture also its pixels as this studio keeps them.

So neither saving it anew helps, nor taking away the mark that a licence demands, nor putting it back.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import blocks, quarantine
from uncaged.archive.files import get as file_of
from uncaged.core.canonical import sha256
from uncaged.core.errors import NotFound, PictureRefused
from uncaged.core.ids import is_id, is_sha256
from uncaged.core.score import shown
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def hashes(studio: "Studio", what: str) -> list[str]:
    """SHA-256 of all that is meant. what: the path of a file on this machine, a SHA-256, or a work's id.

    Raises `NotFound` where it is none of these.
    """
    said = what.strip()
    if (known := named(studio, said)) is not None:
        return known
    path = Path(said)
    if not path.is_file():
        raise NotFound(
            _("%(what)s is no file here, no SHA-256, and no work.") % {"what": shown(said)},
            _("Is the path right?"),
        )
    with path.open("rb") as reading:
        sha = hashlib.file_digest(reading, "sha256").hexdigest()
    return _together(sha, *_as_kept(studio, path))


def named(studio: "Studio", what: str) -> list[str] | None:
    """The same of a SHA-256 or a work's id; None where it is neither. Raises `NotFound` where a work has no film."""
    said = what.strip().lower()
    if is_sha256(said):
        return _kept(studio, said)
    if not is_id("work", said):
        return None
    with studio.archive.read() as conn:
        found = quarantine.find(conn, said)
    if found is None or found.media is None:
        raise NotFound(_("There is no film of %(work)s here.") % {"work": said})
    return _kept(studio, found.media)


def of_work(studio: "Studio", work_id: str) -> list[str]:
    """SHA-256 of the pixels of a work, where it is a picture, and of those it was made from; see `blocks.of_work`."""
    with studio.archive.read() as conn:
        shas = blocks.of_work(conn, work_id)
    return [pixels for sha in shas for pixels in _kept(studio, sha) if pixels not in shas]


def _kept(studio: "Studio", sha: str) -> list[str]:
    """A file by its hash, and where it is a picture that is kept here, its pixels too."""
    with studio.archive.read() as conn:
        known = file_of(conn, sha)
    picture = known is not None and known.mime.startswith("image/")
    return _together(sha, *(_as_kept(studio, studio.files.path(sha)) if picture else ()))


def _as_kept(studio: "Studio", path: Path) -> tuple[str, ...]:
    """SHA-256 of a picture's pixels as they would be kept, plain and with its mark; nothing where it is none."""
    from uncaged.core.pictures import Limits, as_png, opened  # numpy: the web needs none

    limits = Limits(studio.settings.picture_megabytes, studio.settings.picture_megapixels)
    try:
        found = opened(path, limits)
    except PictureRefused:
        return ()
    marked = (as_png(found.pixels, found.mark),) if found.mark else ()
    return tuple(map(sha256, (as_png(found.pixels), *marked)))


def _together(*shas: str) -> list[str]:
    return list(dict.fromkeys(shas))
