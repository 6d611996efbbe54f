"""Masks as somebody gives them: what is transparent is drawn again, and what is not stays. Kept as light and dark.

A picture without transparency is its own mask: what is white in it is drawn again, what is black stays.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.core.errors import PictureRefused
from uncaged.core.score import LIGHT
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.core.pictures import Limits


def as_mask(path: Path, limits: "Limits") -> bytes:
    """The mask as PNG, black and white. Raises `PictureRefused` where it cannot be opened, or lets nothing change."""
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
    return as_png((light * 255).astype("uint8"))
