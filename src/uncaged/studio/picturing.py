"""Pictures of kept films at rest, made once each and laid beside the files. The folder may be deleted at any time.

Knows no person: whoever asks has looked whether they may see the work. Where nothing can be written, nothing is kept.
"""

import contextlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from uncaged.core.errors import PictureRefused
from uncaged.core.strips import at_rest

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

What: TypeAlias = Literal["still", "strip"]

WAYS: tuple[What, ...] = ("still", "strip")


def held(studio: "Studio", sha: str, what: What) -> bytes | None:
    """The picture of this kept film, if it was made before."""
    with contextlib.suppress(OSError):
        return studio.files.derived(sha, f"{what}.jpg").read_bytes() or None  # a power cut
    return None


def picture(studio: "Studio", sha: str, what: What) -> bytes:
    """The picture of this kept film, made if it has to be. Raises `PictureRefused` where the film cannot be read."""
    known = held(studio, sha, what)
    if known is not None:
        return known
    film = studio.files.path(sha)
    if not film.is_file():
        raise PictureRefused("The film is missing, so it has no pictures.")
    made = at_rest(film)
    with contextlib.suppress(OSError):  # a full or closed disk keeps nobody from looking
        for one in WAYS:
            _lay(studio.files.derived(sha, f"{one}.jpg"), getattr(made, one))
    if not film.is_file():  # deleted meanwhile: nothing of it stays
        studio.files.forget_derived(sha)
    return getattr(made, what)


def _lay(place: Path, data: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
    try:
        beside.write_bytes(data)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
