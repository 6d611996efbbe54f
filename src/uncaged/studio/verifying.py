"""What can be said of a file that somebody brings: whether it is a work of this studio, what it says of itself.

It is looked at and forgotten: nothing is kept, nothing is sent anywhere. Knows no page. Whether a file was signed, it
cannot say yet.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import works
from uncaged.archive.work import Work
from uncaged.core import strips
from uncaged.core.errors import AskedWrong, PictureRefused
from uncaged.core.score import shown
from uncaged.core.strips import Facts
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

_PIECE = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")

_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
)
"""Where a file says what it is, with which bytes; the first that fits. The name of a file says nothing."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What could be said. bytes, mime, facts: None where only a hash was given; work: None where not known here."""

    sha256: str
    bytes: int | None
    mime: str | None
    facts: Facts | None
    work: Work | None


def verify(studio: "Studio", path: Path) -> Verified:
    """What can be said of a file, to the person in whose hands the studio is. Raises `AskedWrong`, `PictureRefused`."""
    try:
        with path.open("rb") as opened:
            head = opened.read(32)
            opened.seek(0)
            hashed = hashlib.sha256()
            while piece := opened.read(_PIECE):
                hashed.update(piece)
            size = opened.tell()
    except OSError as error:
        raise AskedWrong(
            _("This file cannot be read (%(why)s).") % {"why": error.strerror}
        ) from None
    if not size:
        raise AskedWrong(_("This file is empty."), _("Give a film or a picture."))
    sha = hashed.hexdigest()
    known, mime = known_here(studio, sha), kind_of(head)
    if mime is None and known is None:
        raise PictureRefused(
            _("This file is neither a film nor a picture that is known here."),
            _("Give an MP4, WebM, MOV, PNG, JPEG, WebP, GIF, TIFF or BMP file."),
        )
    try:
        facts = strips.facts(path)
    except PictureRefused:
        facts = None  # its hash still says whether it is known here
    return Verified(sha, size, mime, facts, known)


def verify_hash(studio: "Studio", sha: str) -> Verified:
    """The same of a file that stays where it is: by its SHA-256 alone. Raises `AskedWrong`."""
    wanted = sha.strip().lower()
    if not _HASH.fullmatch(wanted):
        raise AskedWrong(
            _("%(sha)s is no SHA-256.") % {"sha": shown(sha)}, _("It has 64 letters and digits.")
        )
    return Verified(wanted, None, None, None, known_here(studio, wanted))


def known_here(studio: "Studio", sha: str) -> Work | None:
    """The work that this very file is, as far as this person may see it."""
    with studio.archive.read() as conn:
        return works.of_media(conn, studio.person, sha)


def kind_of(head: bytes) -> str | None:
    """What sort of film or picture begins like this; None for what is neither.

    >>> kind_of(b"\\x89PNG\\r\\n\\x1a\\n"), kind_of(b"%PDF-1.7")
    ('image/png', None)
    """
    return next((m for at, sign, m in _SIGNS if head[at : at + len(sign)] == sign), None)
