"""A film at rest: a still of it and its contact strip, made in a child process with limits on time and memory.

Knows no work and no page; where they are kept, `studio.picturing` says.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uncaged.core.errors import PictureDamaged, PictureRefused

SECONDS = 20
"""A film that takes longer to look through has no pictures."""

LARGEST = 60_000_000
"""Bytes of one such picture, at most."""

MIME = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Rest:
    """The two pictures of a film at rest, as JPEG."""

    still: bytes
    strip: bytes


def at_rest(film: Path) -> Rest:
    """Looks through a film file, once. Raises `PictureRefused` where it cannot be read as one."""
    still, strip = _child(film)
    if not strip:
        raise PictureRefused("The pictures of the film came back damaged.")
    return Rest(still, strip)


def first_frame(film: Path) -> bytes:
    """Its first frame in full size, as PNG. Raises `PictureRefused` where it cannot be read as a film."""
    return _child(film, "frame")[0]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a film or a picture says of itself. fps, seconds: None for a picture."""

    width: int
    height: int
    frames: int
    fps: float | None
    seconds: float | None


def facts(path: Path) -> Facts:
    """What any film or picture says of itself. Raises `PictureRefused` where it is none that can be opened."""
    said = _head(_answer(path, "facts"))
    try:
        width, height, frames = (int(said[name]) for name in ("width", "height", "frames"))
        fps, seconds = (None if said[name] is None else float(said[name]) for name in _PACE)
    except (ValueError, KeyError, TypeError):
        raise PictureRefused("The file could not be looked through now.") from None
    if not (width > 0 and height > 0 and frames >= 0):
        raise PictureDamaged("The file says sizes that no picture has.")
    return Facts(width, height, frames, fps, seconds)


_PACE = ("fps", "seconds")


def _answer(film: Path, *what: str) -> bytes:
    child = str(Path(__file__).with_name("strip_child.py"))
    try:
        done = subprocess.run(
            [sys.executable, "-I", child, str(film), *what],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except OSError as error:
        raise PictureRefused(f"Nothing could be looked through now ({error.strerror}).") from None
    except subprocess.TimeoutExpired:
        raise PictureRefused(
            f"The film took longer than {SECONDS} seconds to look through."
        ) from None
    return done.stdout


def _head(answer: bytes) -> dict[str, Any]:
    """The header line of an answer. Raises `PictureDamaged`, `PictureRefused`."""
    try:
        said: Any = json.loads(answer[:400].partition(b"\n")[0])
        if said.get("damaged"):
            raise PictureDamaged("The film is damaged, or none that the studio can open.")
    except (ValueError, TypeError, AttributeError):
        raise PictureRefused("The film could not be looked through now.") from None
    return said


def _child(film: Path, *what: str) -> tuple[bytes, bytes]:
    answer = _answer(film, *what)
    said, body = _head(answer), answer.partition(b"\n")[2]
    try:
        still, strip = int(said["still"]), int(said["strip"])
    except (ValueError, KeyError, TypeError):
        raise PictureRefused("The film could not be looked through now.") from None
    if not (0 < still <= LARGEST and 0 <= strip <= LARGEST and len(body) == still + strip):
        raise PictureRefused("The pictures of the film came back damaged.")
    return body[:still], body[still:]
