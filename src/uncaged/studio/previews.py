"""The small picture of how far a performance has come: laid in its scratch folder, looked at from there, gone with it.

It never enters the archive. Knows no page; whoever may see the work may see its preview.
"""

import contextlib
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

_NAME = "preview.png"
_SIGN = b"\x89PNG\r\n\x1a\n"
LARGEST = 200_000
"""Bytes of a preview that are shown at most: one has a few thousand."""


def lay(scratch: Path, png: bytes) -> None:
    """The newest preview takes the place of the one before. A preview is worth no film: trouble is passed over."""
    with contextlib.suppress(OSError):
        coming = scratch / f".{_NAME}"
        coming.write_bytes(png)
        coming.replace(scratch / _NAME)


def held(studio: "Studio", run_id: str, attempt: int) -> bytes | None:
    """The preview of an attempt that is being performed, as PNG; None where there is none (yet, or any more)."""
    return read(studio.settings.scratch / f"{run_id}-{attempt}")


def read(place: Path) -> bytes | None:
    """The preview that lies in a folder."""
    try:
        with (place / _NAME).open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError:
        return None
    return data if size(data) is not None and len(data) <= LARGEST else None


def size(png: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels, from its header (PNG specification, 11.2.1); None where it is none."""
    if len(png) < 24 or not png.startswith(_SIGN) or png[12:16] != b"IHDR":
        return None
    width, height = unpack(">II", png[16:24])
    return width, height
