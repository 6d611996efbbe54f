"""How garments are cut: rows of lengths and breadths. Knows no joints and draws nothing.

A new garment is a row of `CUTS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from uncaged.engines.ink.kinds.person_stature import Stature


@dataclass(frozen=True, slots=True)
class Cut:
    """How a garment is cut. length: of what hangs below the hip. flare: half its width there.

    short: nothing swings below the hip. legs: radii of the leg below it, hip to ankle. bare: legs are skin. sleeve:
    share of the arm that it covers. lines: a row of `LINES`, or none. waist: half width there.
    """

    length: float
    flare: float
    short: bool
    legs: tuple[float, ...]
    bare: bool = False
    sleeve: float = 1.0
    lines: str = ""
    waist: float = 0.08


_TROUSERS = (0.064, 0.054, 0.046, 0.042, 0.038)
_LIMBS = (0.064, 0.053, 0.038, 0.036, 0.024)
_STOCKINGS = (0.058, 0.046, 0.036, 0.03, 0.022)

CUTS: Mapping[str, Cut] = {
    "coat": Cut(0.245, 0.15, False, (0.062, 0.05, 0.04, 0.034, 0.028), lines="coat"),
    "dress": Cut(0.325, 0.20, False, _STOCKINGS, lines="dress", waist=0.07),
    "shirt": Cut(0.035, 0.085, True, _TROUSERS),
    "jacket": Cut(0.1, 0.1, True, _TROUSERS, lines="jacket"),
    "tunic": Cut(0.17, 0.14, False, _TROUSERS, lines="belt"),
    "frock": Cut(0.27, 0.21, False, _STOCKINGS, True, 0.3, "belt", 0.068),
    "tee": Cut(0.045, 0.088, True, _TROUSERS, sleeve=0.34),
    "shorts": Cut(0.045, 0.088, True, _STOCKINGS, True, 0.34, "shorts"),
    "robe": Cut(0.435, 0.17, False, _STOCKINGS, lines="robe"),
    "gown": Cut(0.47, 0.3, False, _STOCKINGS, True, 0.22, "folds", 0.062),
    "sheet": Cut(0.465, 0.2, False, _STOCKINGS),
    "skin": Cut(0.03, 0.074, True, _LIMBS, True, 0.0, "skin", 0.066),
    "swimsuit": Cut(0.03, 0.074, True, _LIMBS, True, 0.0, "swimsuit", 0.066),
    "trunks": Cut(0.03, 0.076, True, _LIMBS, True, 0.0, "trunks", 0.07),
}
"""By name. ``skin`` is none at all."""


@dataclass(frozen=True, slots=True)
class Worn:
    """A garment on somebody. wide: how full it is cut."""

    cut: Cut
    body: Stature
    wide: float
    skin: bool = False
