"""What a hand does to a palette: the same light on white paper, on a black board, or behind dark sheets.

Any palette can be worked in by any hand: its hues stay, its ladder of lightness becomes that of the ground. Knows no
marks.
"""

from dataclasses import replace
from functools import lru_cache

from uncaged.engines.ink.colour import Colour, Palette, apart, lightness, mix, to_lab, to_rgb
from uncaged.engines.ink.hands import Hand

_WHITE: Colour = (253, 249, 238)
_SLATE: Colour = (20, 23, 24)
_PAPER = (
    ("top", 0.045),
    ("low", 0.02),
    ("far", 0.16),
    ("mid", 0.34),
    ("near", 0.58),
    ("deep", 0.90),
)
"""Rungs of the ladder on paper: shares of the way from paper to ink."""

_BREATHS = (
    ("top", 0.16),
    ("low", 0.08),
    ("far", 0.20),
    ("mid", 0.28),
    ("near", 0.45),
    ("deep", 0.85),
)
"""How much of a palette's own is left where it is pale."""

_BOARD = (("top", 0.0), ("low", 0.06), ("far", 0.17), ("mid", 0.10), ("near", 0.24), ("deep", 0.0))
"""Rungs on a board, from slate to chalk."""

_BACKLIT = (("far", 0.42), ("mid", 0.62), ("near", 0.82), ("deep", 0.95))
"""Rungs of sheets before a light: shares of the way from the low sky to the dark."""


@lru_cache(256)
def grounded(palette: Palette, hand: Hand) -> Palette:
    """The palette as this hand works in it; the palette itself where the hand takes it as it is."""
    match hand.ground:
        case "paper":
            return _on_board(palette, 0.5) if palette.night else _on_paper(palette)
        case "pale":
            return _pale(palette)
        case "board":
            return _on_board(palette, 0.25)
        case "backlit":
            return _backlit(palette)
        case _:
            return palette


def bare(palette: Palette) -> Colour:
    """The ground with nothing on it: paper, or the board."""
    return palette.top if palette.negative else palette.light


def dark(palette: Palette, depth: float) -> Colour:
    """The colour of a dark sheet at a depth (0 = the sky, 1 = the stage) before a light."""
    q = min(max(depth, 0.0), 1.4) / 1.4
    return mix(palette.far, palette.deep, min(1.0, 0.15 + 1.1 * q * q))


def _on_paper(p: Palette) -> Palette:
    if p.paper:
        return p
    paper = mix(_WHITE, p.low, 0.10)
    ink = mix(min(p.ink, p.deep, p.near, key=lightness), (16, 14, 18), 0.35)
    rungs = {role: mix(paper, ink, share) for role, share in _PAPER}
    accents = {role: apart(p.role(role), paper, 0.28, 0.4) for role in "abc"}
    return replace(
        p, pen=True, negative=False, night=False, ink=ink, light=mix(paper, _WHITE, 0.5),
        **rungs, **accents,
    )  # fmt: skip


def _pale(p: Palette) -> Palette:
    """Land and sky are breaths of themselves, ink and accents as they are: room for a line."""
    ink = mix(min(p.ink, p.deep, p.near, key=lightness), (16, 14, 18), 0.2)
    rungs = {role: mix(_WHITE, p.role(role), share) for role, share in _BREATHS}
    accents = {role: apart(p.role(role), _WHITE, 0.2, 0.3) for role in "abc"}
    return replace(
        p, pen=False, negative=False, night=False, ink=ink, light=_WHITE, **rungs, **accents
    )


def _on_board(p: Palette, hue: float) -> Palette:
    """Slate with a breath of the palette's dark, chalk with a breath of its light; accents become pastels."""
    if p.negative:
        return p
    slate = _at_light(mix(_SLATE, p.deep, hue), 0.215)
    chalk = mix((245, 243, 234), p.light, 0.3)
    rungs = {role: mix(slate, chalk, share) for role, share in _BOARD}
    accents = {role: _pastel(p.role(role)) for role in "abc"}
    return replace(p, pen=True, negative=True, ink=chalk, light=chalk, **rungs, **accents)


def _backlit(p: Palette) -> Palette:
    """The sky keeps its glow; everything before it is one dark hue, paler with distance."""
    night = mix(min(p.ink, p.deep, p.top, key=lightness), (14, 12, 20), 0.4)
    glow = p.low if lightness(p.low) > 0.5 else mix(p.low, p.light, 0.35)
    rungs = {role: mix(glow, night, share) for role, share in _BACKLIT}
    return replace(p, pen=False, negative=False, low=glow, ink=night, **rungs)


def _pastel(rgb: Colour) -> Colour:
    light, a, b = to_lab(rgb)
    return to_rgb((max(light, 0.78), a * 0.9, b * 0.9))


def _at_light(rgb: Colour, light: float) -> Colour:
    _, a, b = to_lab(rgb)
    return to_rgb((light, a, b))
