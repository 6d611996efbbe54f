"""A film that came from elsewhere, as the frames that were asked for. What it says of itself is not believed, but for
the mark that a machine made it, which stays with it.

Its frames are taken at the moments that ours have; another size of about the same shape is scaled. Sends nothing, and
decodes nothing in this process.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from uncaged.core.errors import PictureRefused, RunFailed
from uncaged.core.media import Facts
from uncaged.core.order import Pixels
from uncaged.core.pictures import Limits, decoded
from uncaged.core.score import Score
from uncaged.core.strangers import StrangersFilm

LARGEST: Final = 8192
"""Pixels of a side, at most."""

AWRY: Final = 0.03
"""How far width by height may be from what was asked for: what is scaled looks the same."""

LIMITS: Final = Limits()
"""Of a picture, as of those that people give."""

CONTAINERS: Final = (b"ftyp", b"\x1a\x45\xdf\xa3")
TYPES: Final = ("", "application/octet-stream", "application/binary", "binary/octet-stream")


def refuse_others(path: Path, mime: str, who: str) -> None:
    """Raises `RunFailed` where this is no film, by the type it came with or by its first bytes."""
    if not mime.startswith("video/") and mime not in TYPES:
        raise RunFailed(f"{who} gave no film, but something of the type {mime[:60]!r}.")
    with path.open("rb") as opened:
        begins = opened.read(12)
    if begins[4:8] != CONTAINERS[0] and not begins.startswith(CONTAINERS[1]):
        raise RunFailed(f"{who} says that it gave a film, but it is none.")


@contextmanager
def opened(path: Path, score: Score, who: str) -> Generator[StrangersFilm]:
    """Its frames as a score wants them. Raises `RunFailed` where it cannot be read, then or in the middle."""
    try:
        with StrangersFilm(path, score.size, score.fps, score.frame_count) as film:
            yield film
    except PictureRefused as error:
        raise RunFailed(f"The film of {who} cannot be read: {error.message}.") from None


def checked(theirs: Facts, score: Score, who: str) -> Facts:
    """The same. Raises `RunFailed` for the measures of no such film as was asked for."""
    (wide, high), (our_wide, our_high) = (theirs.width, theirs.height), score.size
    if not 2 <= wide <= LARGEST or not 2 <= high <= LARGEST or not 0.5 <= theirs.fps <= 1000:
        raise RunFailed(f"The film of {who} has measures that no film has.")
    if abs((wide / high) / (our_wide / our_high) - 1) > AWRY:
        raise RunFailed(
            f"{who} made {wide}x{high}, and {our_wide}x{our_high} was asked for.",
            "Ask for a size that it makes.",
        )
    return theirs


def picture(path: Path, score: Score, who: str) -> tuple[Pixels, Facts, str]:
    """A picture in the size of a score, its own measures and its mark. Raises `RunFailed` where it is none such."""
    from PIL import Image

    try:
        whole = decoded(path.read_bytes(), LIMITS)
    except PictureRefused as error:
        raise RunFailed(f"{who} gave no picture that can be opened: {error.message}") from None
    found = whole.pixels
    high, wide = found.shape[:2]
    theirs = checked(Facts(wide, high, score.fps, 1, 0.0), score, who)
    if (wide, high) != score.size:
        scaled: Any = Image.fromarray(found).resize(score.size, Image.Resampling.LANCZOS)
        found = cast("Pixels", np.asarray(scaled))
    return found, theirs, whole.mark


def whole(theirs: Facts, seen: int, given: int, score: Score, who: str) -> None:
    """Raises `RunFailed` where it ends before its own end, and before ours."""
    if given < score.frame_count and (seen == 0 or seen < theirs.frames):
        raise RunFailed(f"The film of {who} breaks off after {seen} of {theirs.frames} frames.")


def said(theirs: Facts, given: int, score: Score, sound_breaks_off: bool = False) -> str:
    """In what their film is not what was asked for; empty where it is."""
    parts: list[str] = []
    size = theirs.width, theirs.height
    if size != score.size:
        sizes = [f"{wide}x{high}" for wide, high in (size, score.size)]
        parts.append(f"It made {sizes[0]}, scaled here to {sizes[1]}.")
    if abs(theirs.fps - score.fps) > 0.01:
        parts.append(f"It made {theirs.fps:g} frames a second, shown here at {score.fps:g}.")
    if given < score.frame_count:
        parts.append(
            f"It made {given / score.fps:.2g} s of the {score.seconds:g} s that were asked for."
        )
    if sound_breaks_off:
        parts.append("Its sound breaks off: what comes after it is silence.")
    return " ".join(parts)
