"""A film that came from elsewhere, as the frames that were asked for. What it says of itself is not believed.

Its frames are taken at the moments that ours have; another size of about the same shape is scaled. Sends nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import RunFailed
from uncaged.core.order import Pixels
from uncaged.core.score import Score

LARGEST: Final = 8192
"""Pixels of a side, at most."""

AWRY: Final = 0.03
"""How far width by height may be from what was asked for: what is scaled looks the same."""

SLACK: Final = 8.0
"""So many times longer than asked for, and it is not even looked at to its end."""

CONTAINERS: Final = (b"ftyp", b"\x1a\x45\xdf\xa3")
TYPES: Final = ("", "application/octet-stream", "application/binary", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class Theirs:
    """What came. frames: as its index counts them, 0 where it has none."""

    size: tuple[int, int]
    fps: float
    frames: int


def refuse_others(path: Path, mime: str, who: str) -> None:
    """Raises `RunFailed` where this is no film, by the type it came with or by its first bytes."""
    if not mime.startswith("video/") and mime not in TYPES:
        raise RunFailed(f"{who} gave no film, but something of the type {mime[:60]!r}.")
    with path.open("rb") as opened:
        begins = opened.read(12)
    if begins[4:8] != CONTAINERS[0] and not begins.startswith(CONTAINERS[1]):
        raise RunFailed(f"{who} says that it gave a film, but it is none.")


def facts(path: Path, score: Score, who: str) -> Theirs:
    """What its header says. Raises `RunFailed` for what is no such film as was asked for."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            size = stream.codec_context.width, stream.codec_context.height
            found = Theirs(size, float(stream.average_rate or 0), int(stream.frames or 0))
    except (FFmpegError, IndexError, ValueError, ZeroDivisionError) as error:
        raise RunFailed(f"The film of {who} cannot be read: {error}.") from None
    (wide, high), (our_wide, our_high) = found.size, score.size
    if not 2 <= wide <= LARGEST or not 2 <= high <= LARGEST or not 0.5 <= found.fps <= 1000:
        raise RunFailed(f"The film of {who} has measures that no film has.")
    if abs((wide / high) / (our_wide / our_high) - 1) > AWRY:
        raise RunFailed(
            f"{who} made {wide}x{high}, and {our_wide}x{our_high} was asked for.",
            "Ask for a size that it makes.",
        )
    return found


def said(theirs: Theirs, given: int, score: Score) -> str:
    """In what their film is not what was asked for; empty where it is."""
    parts: list[str] = []
    if theirs.size != score.size:
        sizes = [f"{wide}x{high}" for wide, high in (theirs.size, score.size)]
        parts.append(f"It made {sizes[0]}, scaled here to {sizes[1]}.")
    if abs(theirs.fps - score.fps) > 0.01:
        parts.append(f"It made {theirs.fps:g} frames a second, shown here at {score.fps:g}.")
    if given < score.frame_count:
        parts.append(
            f"It made {given / score.fps:.2g} s of the {score.seconds:g} s that were asked for."
        )
    return " ".join(parts)


def frames(path: Path, theirs: Theirs, score: Score, who: str) -> Iterator[Pixels]:
    """The frames, at our moments and in our size; fewer where it is shorter. Raises `RunFailed` where it breaks off."""
    from av.error import FFmpegError

    from uncaged.core.media import read_film

    wanted, given, seen = score.frame_count, 0, 0
    most = int(SLACK * (wanted / score.fps * theirs.fps + 10))
    last: Pixels | None = None
    try:
        for pixels in read_film(path):
            last = _scaled(pixels, score.size)
            while given < wanted and int(given / score.fps * theirs.fps + 1e-6) <= seen:
                yield last
                given += 1
            seen += 1
            if given >= wanted or seen > most:
                return
    except (FFmpegError, ValueError, IndexError) as error:
        raise RunFailed(f"The film of {who} breaks off: {error}.") from None
    if last is None or seen < theirs.frames:
        raise RunFailed(f"The film of {who} breaks off after {seen} of {theirs.frames} frames.")


def _scaled(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    import numpy as np
    from PIL import Image

    picture: Any = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)
    return cast("Pixels", np.asarray(picture))
