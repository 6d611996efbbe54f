"""A body in other inks: paler, as if printed from what was left on the block, or once more in one other colour."""

from functools import lru_cache

from uncaged.engines.ink.colour import Colour, Palette, lightness, mix, to_lab
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.marks import tinted
from uncaged.engines.ink.sight import Look

PALER = 0.58
"""How far a paler print is gone into what is behind it."""


def seen_as(drawing: Drawing, look: Look, palette: Palette, behind: Colour, own: Colour) -> Drawing:
    """The drawing in a look. behind: the colour it is seen against. own: the body's, which the second ink is not."""
    if look == "paler":
        return tinted(drawing, lambda colour: mix(colour, behind, PALER))
    if look == "second":
        ink = second_ink(palette, own)
        return tinted(drawing, lambda colour: _in_one(colour, ink, palette.negative))
    return drawing


@lru_cache(256)
def second_ink(palette: Palette, own: Colour) -> Colour:
    """The accent that is least like a colour."""
    light, a, b = to_lab(own)

    def apart(role: str) -> float:
        l2, a2, b2 = to_lab(palette.role(role))
        return 0.4 * (l2 - light) * (l2 - light) + (a2 - a) * (a2 - a) + (b2 - b) * (b2 - b)

    return palette.role(max("abc", key=apart))


@lru_cache(8192)
def _in_one(colour: Colour, ink: Colour, negative: bool) -> Colour:
    """A colour as one ink prints it: dark is full, light is paper (the other way round where ink is light)."""
    full = 1 - lightness(colour) if not negative else lightness(colour)
    paper = (20, 20, 26) if negative else (252, 248, 238)
    return mix(paper, ink, min(1.0, 0.22 + 1.25 * full))
