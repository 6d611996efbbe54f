"""Airs: what time and weather make of a palette. A flat sky, a pale one, a sky upside down, land in another accent.

An air replaces a few of the palette's colours by mixtures of its own, so that it stays that palette: day stays day,
dusk dusk, night night. Knows no scenes and no words.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from uncaged.engines.ink.colour import PALETTES, Colour, Lab, Palette, lightness, mix, to_lab

Mixing = tuple[tuple[str, str, float], ...]
"""(role, role it is mixed with, share)."""

AIRS: Final[Mapping[str, Mixing]] = {
    "plain": (),
    "upside-down": (("top", "low", 0.9), ("low", "top", 0.8), ("far", "top", 0.3)),
    "flat": (("top", "low", 0.85), ("far", "b", 0.3), ("mid", "far", 0.45)),
    "other": (("top", "c", 0.42), ("far", "c", 0.45), ("mid", "c", 0.5), ("near", "c", 0.3)),
    "pale": (
        ("top", "light", 0.5), ("low", "light", 0.45), ("far", "light", 0.4), ("mid", "light", 0.34),
        ("near", "light", 0.16),
    ),
    "deep": (
        ("top", "near", 0.5), ("low", "mid", 0.3), ("far", "near", 0.3), ("mid", "deep", 0.34),
        ("near", "deep", 0.4),
    ),
    "warm": (("low", "a", 0.45), ("top", "a", 0.2), ("far", "a", 0.3), ("mid", "a", 0.12)),
    "even": (("low", "top", 0.85), ("far", "top", 0.45), ("mid", "b", 0.25)),
}  # fmt: skip
"""Airs by name, as mixtures of a palette's own colours. In a ring: what lies three or four apart, as the turns of seeds
beside each other do, is unlike."""

SUNNY: Final = frozenset({"warm"})
"""Airs that no rain falls through."""

_NIGHT: Final = 0.42
"""Mean lightness of a sky below which it is night."""

_CHANGED: Final = 0.24
"""By so much lightness an air may change a sky at most, or it would be another time of day."""

_LADDER: Final = 0.05
"""Land keeps so much lightness from the deep colour that plants and lines are drawn in."""


@lru_cache(64)
def airs(palette: str) -> tuple[str, ...]:
    """The airs that suit a palette, by name; only the plain one where it is bare paper or a board."""
    own = PALETTES[palette]
    if own.pen:
        return ("plain",)
    return tuple(name for name in AIRS if _suits(own, _mixed(own, AIRS[name])))


def air(palette: str, name: str, amount: float = 1.0) -> dict[str, Lab]:
    """The colours that an air replaces, by role, as a scene holds them: OKLab in six digits. amount: 0 none, 1 all."""
    own = PALETTES[palette]
    return {role: _rounded(colour) for role, colour in _mixed(own, AIRS[name], amount).items()}


def _mixed(own: Palette, mixing: Mixing, amount: float = 1.0) -> dict[str, Colour]:
    return {
        role: mix(own.role(role), own.role(other), share * amount) for role, other, share in mixing
    }


def _suits(own: Palette, changed: Mapping[str, Colour]) -> bool:
    before = _sky(own.top, own.low)
    after = _sky(changed.get("top", own.top), changed.get("low", own.low))
    ladder = [lightness(changed.get(role, own.role(role))) for role in ("far", "mid")]
    return (
        abs(after - before) <= _CHANGED
        and (before < _NIGHT) == (after < _NIGHT)
        and min(ladder) >= lightness(own.deep) + _LADDER
    )


def _sky(top: Colour, low: Colour) -> float:
    return (lightness(top) + lightness(low)) / 2


def _rounded(colour: Colour) -> Lab:
    """Six digits: the last ones of a power differ between machines."""
    light, a, b = to_lab(colour)
    return (round(light, 6), round(a, 6), round(b, 6))
