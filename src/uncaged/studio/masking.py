"""Masks as somebody gives them: what is transparent is drawn again, and what is not stays. Kept as light and dark.

A picture without transparency is its own mask: what is white in it is drawn again, what is black stays. Both are cut
and scaled alike, so that a mask has the shape of what it says something of; its size may be another.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.core.errors import PictureRefused
from uncaged.core.score import LIGHT
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.core.pictures import Limits
    from uncaged.engines.asking import Request
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Over:
    """What a mask says something of: a picture, or a film that is drawn anew. size: (width, height) in pixels."""

    size: tuple[int, int]
    film: bool = False


def over(studio: "Studio", request: "Request", given: tuple[int, int] | None) -> Over | None:
    """What the mask of this request says something of; None where nobody knows how large that is. given: the size of
    the picture that came along."""
    if request.film is not None:
        return None if request.size is None else Over(request.size, film=True)
    if given is not None:
        return Over(given)
    kept = next((one for one in request.pictures if not one.mask), None)
    if kept is None:
        return None
    from PIL import Image

    with studio.files.open(kept.sha256) as opened, Image.open(opened) as picture:
        return Over(picture.size)


def as_mask(path: Path, limits: "Limits", lies: Over | None) -> tuple[bytes, tuple[str, ...]]:
    """The mask as PNG, black and white; and, where it is of another size than what it `lies` over, a sentence that says
    so. Raises `PictureRefused` where it cannot be opened, lets nothing change, or has another shape."""
    from uncaged.core.pictures import as_png, opened

    try:
        light = opened(path, limits, mask=True).pixels >= LIGHT
    except PictureRefused as error:
        raise PictureRefused(error.message, error.hint, "mask") from None
    if not light.any():
        raise PictureRefused(
            _("This mask lets nothing change: it is transparent nowhere."),
            _("Make transparent, or white, what is to be drawn again."),
            "mask",
        )
    high, wide = light.shape[:2]
    notes = () if lies is None else _beside((wide, high), lies)
    return as_png((light * 255).astype("uint8")), notes


def _beside(size: tuple[int, int], lies: Over) -> tuple[str, ...]:
    """What is to be said of a mask of this size over that; `PictureRefused` where their shapes differ."""
    if size == lies.size:
        return ()
    said = {"mask": f"{size[0]}x{size[1]}", "size": f"{lies.size[0]}x{lies.size[1]}"}
    (wide, high), (width, height) = size, lies.size
    if abs(wide * height - width * high) > max(
        *size, *lies.size
    ):  # more than one pixel of the smaller
        raise PictureRefused(
            (
                _("The mask is %(mask)s pixels and the film %(size)s: they have different shapes.")
                if lies.film
                else _(
                    "The mask is %(mask)s pixels and the picture %(size)s: they have different shapes."
                )
            )
            % said,
            _("Give a mask of the same shape; it may be larger or smaller."),
            "mask",
        )
    scaled = (
        _("The mask of %(mask)s pixels is scaled to the film's %(size)s.")
        if lies.film
        else _("The mask of %(mask)s pixels is scaled to the picture's %(size)s.")
    )
    return (scaled % said,)
