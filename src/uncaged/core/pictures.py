"""Opening a picture that somebody gives: in a child process with limits on time, memory and size.

The parent trusts nothing of it: it reads a header of fixed shape and as many bytes as that header may ask for.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from uncaged.core.errors import AskedWrong, PictureRefused
from uncaged.core.marks import in_png, together
from uncaged.core.order import Pixels
from uncaged.core.reading import read_file
from uncaged.core.words import _

SECONDS = 20
"""A picture that takes longer to decode is refused."""

HEAD = 16_000
"""Bytes of the child's header line, at most."""

LONGEST = 4096
"""Pixels of the longer side that are kept; a larger picture is reduced."""


@dataclass(frozen=True, slots=True)
class Limits:
    """megabytes of the file, megapixels of the picture."""

    megabytes: float = 64.0
    megapixels: float = 80.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture's pixels, (height, width, 3), and what it says of itself because a licence demands it (`core.marks`).
    Nothing else of it is kept."""

    pixels: Pixels
    mark: str = ""


def decode_picture(data: bytes, limits: Limits, name: str | None = None) -> Pixels:
    """The pixels alone of `decoded`."""
    return decoded(data, limits, name).pixels


def decoded(data: bytes, limits: Limits, name: str | None = None, mask: bool = False) -> Decoded:
    """The picture, turned upright, transparency on white; `PictureRefused` says why not.

    mask: white where it is transparent and black where not; one without transparency stays as light as it is.
    """
    name = _("The picture") if name is None else name
    if not data:
        raise PictureRefused(
            _("%(name)s is an empty file.") % {"name": name},
            _("Give a PNG, JPEG, WebP, BMP or TIFF file."),
        )
    if len(data) > limits.megabytes * 1e6:
        raise PictureRefused(
            _("%(name)s has %(size)s MB; %(most)s MB is the most.")
            % {"name": name, "size": f"{len(data) / 1e6:.0f}", "most": f"{limits.megabytes:g}"},
            _("Give a smaller one; the studio draws at up to 2048 pixels."),
        )
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-I",
                str(Path(__file__).with_name("picture_child.py")),
                str(limits.megapixels),
                str(LONGEST),
                *(["mask"] if mask else []),
            ],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureRefused(
            _("%(name)s took longer than %(most)s seconds to open and was put aside.")
            % {"name": name, "most": SECONDS},
            _("Save it again as PNG or JPEG in an ordinary program."),
        ) from None
    return _read_answer(done.stdout, done.returncode, name, limits)


def open_picture(path: Path, limits: Limits) -> Pixels:
    """The pixels alone of `opened`."""
    return opened(path, limits).pixels


def opened(path: Path, limits: Limits, mask: bool = False) -> Decoded:
    """`decoded` of a file."""
    kind = _("The mask") if mask else _("The picture")
    name = _("The mask %(name)s") if mask else _("The picture %(name)s")
    try:
        data = read_file(path, kind, int(limits.megabytes * 1e6))
    except AskedWrong as error:
        raise PictureRefused(error.message, error.hint) from None
    return decoded(data, limits, name % {"name": path.name}, mask)


def as_png(pixels: Pixels, mark: str = "") -> bytes:
    """The picture as the studio keeps it: a plain PNG with nothing but its pixels, and a mark where it has one."""
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, format="PNG", compress_level=6, pnginfo=in_png(mark))
    return stream.getvalue()


def _refused(why: str, name: str, limits: Limits) -> str:
    """Why the child opens no such picture; what it says is one of these, in English."""
    said = {"name": name}
    if why.startswith("moves"):
        return _("%(name)s moves: it holds several frames. Give a still one.") % said
    if why.startswith("is too large"):
        said["most"] = f"{limits.megapixels:g}"
        return _("%(name)s is too large; %(most)s million pixels is the most.") % said
    if why.startswith("needs more memory"):
        return _("%(name)s needs more memory than the studio gives to a picture.") % said
    return _("%(name)s is damaged, or no picture the studio can open.") % said


def _read_answer(answer: bytes, code: int, name: str, limits: Limits) -> Decoded:
    hint = _("Save it again as PNG or JPEG in an ordinary program.")
    head, _end, raw = answer[:HEAD].partition(b"\n")
    try:
        said: Any = json.loads(head)
        if "refused" in said:
            raise PictureRefused(_refused(str(said["refused"]), name, limits), hint)
        width, height = int(said["width"]), int(said["height"])
    except (ValueError, KeyError, TypeError):
        raise PictureRefused(
            _(
                "%(name)s is damaged or no picture the studio can open (the decoder ended with %(code)s)."
            )
            % {"name": name, "code": code},
            hint,
        ) from None
    body = answer[len(head) + 1 :]
    if (
        not (1 <= width <= LONGEST and 1 <= height <= LONGEST)
        or len(body) != width * height * 3
        or not raw
    ):
        raise PictureRefused(_("%(name)s is damaged.") % {"name": name}, hint)
    pixels = np.frombuffer(body, np.uint8).reshape(height, width, 3)
    return Decoded(pixels, together(str(said.get("mark", ""))))
