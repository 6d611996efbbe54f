"""Hats, hoods, crowns and veils as rows of numbers, in units of a head's radius. Draws nothing.

A hat is a row of parts, drawn one after the other in colours of the paint. The same row serves heads in profile and
half turned; what frames the face differs by view and has a part behind the skull (`BACKS`). A new hat is a row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from uncaged.engines.ink.curves import circle

Pairs: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """form: smooth, closed; sharp: closed, with corners; band: flat; brim: a tube through three points; line; dots.

    at: its points. colour: a field of `Paint`. wide: of a line (factor), of dots (radius).
    """

    how: Literal["form", "sharp", "band", "brim", "line", "dots"]
    colour: str
    at: Pairs
    wide: float = 0.7


Row: TypeAlias = tuple[Part, ...]


def _brim(colour: str, wide: float, left: float, middle: float, right: float) -> Part:
    return Part("brim", colour, ((-wide, left), (0.0, middle), (1.02 * wide, right)))


def _band(colour: str, wide: float, low: float, high: float) -> Part:
    return Part("band", colour, ((-wide, low), (-wide, high), (wide * 0.95, high), (wide, low)))


_RING: Pairs = tuple((float(x), float(y)) for x, y in circle(0.05, -1.75, 0.85, 0.24, count=22))

_HAT: Row = (
    Part("form", "second", ((-0.95, -0.75), (-0.7, -1.75), (0.55, -1.75), (0.95, -0.75))),
    _band("accent", 0.88, -0.85, -1.05),
    _brim("second", 1.7, -0.7, -0.85, -0.62),
)
_STRAW: Row = (
    Part("form", "glow", ((-0.95, -0.7), (-0.62, -1.5), (0.5, -1.5), (0.95, -0.7))),
    _band("accent", 0.88, -0.8, -1.02),
    _brim("glow", 2.0, -0.42, -0.84, -0.4),
)
_TOP: Row = (
    Part("form", "dark", ((-0.85, -0.75), (-0.84, -2.2), (0.8, -2.2), (0.85, -0.75))),
    _band("accent", 0.86, -0.85, -1.15),
    _brim("dark", 1.45, -0.7, -0.82, -0.66),
)
_CAP: Row = (
    Part(
        "form", "second",
        ((-1.08, -0.35), (-1.02, -1.1), (-0.1, -1.5), (0.85, -1.15), (1.05, -0.55), (0.0, -0.62)),
    ),
    Part("form", "dark", ((0.35, -0.66), (1.0, -0.72), (1.7, -0.38), (1.0, -0.42))),
)  # fmt: skip
_BEANIE: Row = (
    Part(
        "form", "accent", ((-1.1, -0.3), (-0.95, -1.2), (0.0, -1.6), (0.92, -1.15), (1.08, -0.4))
    ),
    Part(
        "form", "second",
        ((-1.18, -0.2), (-1.12, -0.56), (0.0, -0.82), (1.12, -0.6), (1.16, -0.26), (0.0, -0.46)),
    ),
    Part("dots", "second", ((0.0, -1.68),), 0.26),
)  # fmt: skip
_CROWN: Row = (
    Part(
        "sharp", "glow",
        (
            (-0.95, -0.62), (-1.1, -1.55), (-0.58, -1.15), (-0.3, -1.85), (0.08, -1.2),
            (0.48, -1.85), (0.68, -1.12), (1.15, -1.5), (0.95, -0.58), (0.0, -0.78),
        ),
    ),
    Part("dots", "accent", ((-1.1, -1.6), (-0.3, -1.92), (0.48, -1.92), (1.15, -1.56)), 0.13),
    Part("dots", "accent", ((0.05, -0.96),), 0.14),
)  # fmt: skip
_HELMET: Row = (
    Part(
        "form", "pattern",
        (
            (-1.12, -0.3), (-1.1, -1.05), (-0.1, -1.56), (0.95, -1.1), (1.1, -0.42), (0.0, -0.58),
        ),
    ),
    Part(
        "form", "pattern",
        ((-1.6, -0.02), (-1.1, -0.42), (0.0, -0.66), (1.1, -0.5), (1.62, -0.14), (0.0, -0.44)),
    ),
    Part("line", "ink", ((-0.4, -0.42), (-0.16, 0.6), (0.32, 1.04)), 0.6),
)  # fmt: skip
_HARD: Row = (
    Part("form", "glow", ((-1.02, -0.5), (-0.9, -1.25), (0.0, -1.62), (0.88, -1.25), (1.0, -0.55))),
    _brim("glow", 1.3, -0.5, -0.62, -0.46),
    Part("line", "ink", ((-0.25, -0.74), (-0.2, -1.5), (0.2, -1.5), (0.25, -0.74)), 0.6),
)
_TOQUE: Row = (
    Part(
        "form", "white",
        (
            (-0.8, -1.2), (-1.35, -1.75), (-1.0, -2.35), (-0.3, -2.15), (0.1, -2.5), (0.6, -2.15),
            (1.2, -2.2), (1.3, -1.65), (0.8, -1.2),
        ),
    ),
    Part("sharp", "white", ((-0.9, -0.62), (-0.92, -1.32), (0.9, -1.32), (0.94, -0.6), (0, -0.76))),
)  # fmt: skip
_NURSE: Row = (
    Part(
        "form", "white",
        ((-0.85, -0.85), (-0.95, -1.55), (0.1, -1.72), (0.95, -1.4), (0.75, -0.85), (0.0, -0.95)),
    ),
    Part("line", "accent", ((-0.28, -1.28), (0.3, -1.28)), 1.5),
    Part("line", "accent", ((0.0, -1.54), (0.0, -1.02)), 1.5),
)  # fmt: skip
_SAILOR: Row = (
    Part("form", "white", ((-0.8, -1.0), (-1.15, -1.45), (0.0, -1.72), (1.15, -1.4), (0.85, -1.0))),
    Part(
        "sharp", "accent", ((-0.88, -0.7), (-0.88, -1.1), (0.88, -1.1), (0.92, -0.66), (0, -0.84))
    ),
    Part("line", "accent", ((-0.85, -0.8), (-1.25, -0.4), (-1.2, 0.25)), 1.0),
)
_WITCH: Row = (
    Part(
        "form", "dark",
        (
            (-1.0, -0.7), (-0.62, -1.7), (-0.5, -2.6), (-1.15, -3.15), (-0.2, -2.75),
            (0.42, -1.8), (1.0, -0.66),
        ),
    ),
    _band("accent", 0.9, -0.82, -1.14),
    _brim("dark", 2.1, -0.55, -0.82, -0.5),
)  # fmt: skip
_VEIL: Row = (
    Part(
        "form", "white",
        (
            (-0.2, -1.2), (-0.95, -1.15), (-1.6, 0.2), (-2.1, 3.6), (-0.95, 3.9), (-0.72, 0.8),
            (-0.62, -0.5),
        ),
    ),
    Part("dots", "accent", ((-0.75, -1.0), (-0.38, -1.16), (0, -1.28), (0.36, -1.16), (0.7, -1.0)), 0.17),
)  # fmt: skip
_HALO: Row = (Part("line", "glow", (*_RING, *_RING[:2]), 1.6),)
_BONNET: Row = (
    Part(
        "form", "accent",
        (
            (-0.82, 0.7), (-1.16, 0.0), (-0.9, -1.0), (0.0, -1.34), (0.86, -1.06), (0.92, -0.72),
            (0.1, -0.8), (-0.52, -0.46), (-0.66, 0.3),
        ),
    ),
    Part("line", "accent", ((-0.7, 0.66), (-0.3, 1.1), (0.1, 1.16)), 0.9),
)  # fmt: skip
_BATHING: Row = (
    Part(
        "form", "accent",
        (
            (-1.06, 0.0), (-0.95, -0.9), (0.0, -1.28), (0.85, -0.95), (1.0, -0.4), (0.2, -0.52),
            (-0.6, -0.1),
        ),
    ),
)  # fmt: skip

_COWBOY: Row = (
    Part(
        "form", "trunk",
        ((-0.85, -0.7), (-0.8, -1.5), (-0.4, -1.82), (0.0, -1.62), (0.4, -1.84), (0.8, -1.5), (0.88, -0.7)),
    ),
    _band("accent", 0.86, -0.74, -0.98),
    Part(
        "form", "trunk",
        (
            (-2.0, -1.15), (-1.1, -0.74), (0.0, -0.84), (1.1, -0.74), (2.0, -1.15), (1.3, -0.48),
            (0.0, -0.56), (-1.3, -0.48),
        ),
    ),
)  # fmt: skip
_PEAKED: Row = (
    Part(
        "form", "dark",
        ((-0.95, -0.72), (-1.3, -1.2), (-0.5, -1.6), (0.6, -1.66), (1.35, -1.2), (0.98, -0.72), (0.0, -0.84)),
    ),
    _band("accent", 0.96, -0.72, -0.98),
    Part("form", "dark", ((0.3, -0.7), (1.0, -0.76), (1.62, -0.42), (0.95, -0.46))),
    Part("dots", "glow", ((0.42, -1.24),), 0.16),
)  # fmt: skip
_CONE: Row = (
    Part(
        "form", "second", ((-0.8, -0.72), (-0.1, -2.5), (0.12, -2.5), (0.85, -0.72), (0.0, -0.86))
    ),
    Part("dots", "accent", ((-0.02, -2.6), (0.05, -1.3), (0.0, -1.9)), 0.22),
)
_MASK: Row = (
    Part(
        "form", "colour",
        (
            (-1.06, 0.6), (-1.1, -0.5), (-0.6, -1.15), (0.2, -1.26), (0.95, -0.9), (1.0, -0.52),
            (0.1, -0.6), (-0.5, -0.3), (-0.62, 0.8),
        ),
    ),
    Part("form", "pale", ((-0.1, -0.4), (0.4, -0.48), (1.05, -0.36), (1.1, 0.14), (0.5, 0.24), (-0.06, 0.14))),
    Part("dots", "ink", ((0.28, -0.1), (0.72, -0.1)), 0.1),
    Part("line", "accent", ((0.75, 0.6), (-0.3, 0.62), (-0.75, 0.0), (-0.8, -1.6)), 2.0),
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------- round the face

_HELM: Row = (
    Part("form", "accent", ((-0.2, -1.3), (-0.8, -2.15), (-1.75, -1.75), (-1.65, -0.7), (-1.15, -1.15))),
    Part(
        "form", "pattern",
        ((-1.0, 1.0), (-1.16, -0.3), (-0.7, -1.2), (0.2, -1.36), (1.0, -0.85), (1.2, 0.15), (0.85, 1.08), (-0.1, 1.2)),
    ),
    Part("band", "ink", ((0.02, -0.28), (1.12, -0.34), (1.18, -0.08), (0.02, -0.02))),
    Part("line", "ink", ((0.6, -0.02), (0.62, 1.05)), 0.7),
    Part("dots", "ink", ((0.82, 0.4), (0.84, 0.62), (0.96, 0.5)), 0.06),
)  # fmt: skip
_GLOBE: Pairs = tuple((float(x), float(y)) for x, y in circle(0.05, -0.1, 1.55, count=26))
_BUBBLE: Row = (
    Part("line", "white", (*_GLOBE, *_GLOBE[:2]), 2.0),
    Part("line", "white", ((-0.95, -0.75), (-0.55, -1.15), (0.0, -1.32)), 1.6),
    Part(
        "form",
        "pale",
        ((-1.2, 1.2), (0.0, 1.36), (1.25, 1.2), (1.15, 1.55), (0.0, 1.72), (-1.15, 1.55)),
    ),
)

_COWL: Pairs = (
    (-0.55, 1.75), (-1.25, 1.2), (-1.3, -0.2), (-0.75, -1.25), (0.25, -1.38), (0.92, -0.92),
    (0.62, -0.62), (0.28, -0.1), (0.28, 0.7), (0.62, 1.25), (0.25, 1.75),
)  # fmt: skip
_MANTLE: Pairs = (
    (-0.8, 1.75), (-1.2, 1.1), (-1.22, -0.2), (-0.8, -1.16), (0.12, -1.42), (0.98, -1.05),
    (1.2, -0.1), (1.05, 1.0), (0.6, 1.6),
)  # fmt: skip
_RIM: Pairs = (
    (-1.05, 0.5), (-1.02, -0.4), (-0.6, -1.1), (0.12, -1.3), (0.85, -1.02), (1.1, -0.2),
    (1.0, 0.62), (0.9, 0.2), (0.84, -0.4), (0.16, -0.8), (-0.6, -0.48), (-0.82, 0.1), (-0.8, 0.7),
)  # fmt: skip
_DRAPE: Pairs = (
    (-0.9, 0.9), (0.1, 1.25), (0.75, 1.0), (0.75, 1.5), (0.2, 1.95), (-0.75, 1.75), (-1.35, 1.6),
)  # fmt: skip
_FOLD: Pairs = ((-1.15, 0.9), (-1.2, -0.1), (-0.8, -0.9))
_COVER: tuple[Pairs, Pairs] = (
    (
        (-1.5, 2.5), (-1.5, -0.2), (-0.85, -1.35), (0.25, -1.5), (0.9, -1.0), (0.1, -0.9),
        (-0.45, -0.1), (-0.62, 1.6),
    ),
    (
        (-1.2, -0.1), (-0.85, -1.2), (0.12, -1.5), (1.02, -1.12), (1.24, -0.2), (0.95, -0.55),
        (0.16, -0.98), (-0.75, -0.6),
    ),
)  # fmt: skip
_VEIL_BEHIND: Pairs = (
    (-1.35, 2.4), (-1.45, 0.2), (-0.9, -1.2), (0.12, -1.5), (1.05, -1.1), (1.3, 0.0), (1.2, 1.6),
)  # fmt: skip

HATS: Final[Mapping[str, tuple[Row, ...]]] = {
    "hat": (_HAT,),
    "straw": (_STRAW,),
    "top": (_TOP,),
    "cap": (_CAP,),
    "beanie": (_BEANIE,),
    "crown": (_CROWN,),
    "helmet": (_HELMET,),
    "hard": (_HARD,),
    "toque": (_TOQUE,),
    "nurse": (_NURSE,),
    "sailor": (_SAILOR,),
    "witch": (_WITCH,),
    "veil": (_VEIL,),
    "halo": (_HALO,),
    "bonnet": (_BONNET,),
    "bathing": (_BATHING,),
    "cowboy": (_COWBOY,),
    "peaked": (_PEAKED,),
    "clown": (
        (*_CONE, Part("dots", "accent", ((1.12, 0.22),), 0.22)),
        (*_CONE, Part("dots", "accent", ((0.26, 0.34),), 0.22)),
    ),
    "mask": (_MASK,),
    "helm": (_HELM,),
    "bubble": (_BUBBLE,),
    "hood": (
        (Part("form", "colour", _COWL), Part("line", "ink", _FOLD, 0.6)),
        (Part("form", "colour", _RIM),),
    ),
    "headscarf": (
        (Part("form", "accent", _COWL), Part("form", "accent", _DRAPE)),
        (Part("form", "accent", _RIM), Part("form", "accent", _DRAPE)),
    ),
    "wimple": (
        (Part("form", "white", _COWL), Part("form", "dark", _COVER[0])),
        (Part("form", "white", _RIM), Part("form", "dark", _COVER[1])),
    ),
}
"""What lies over the skull, by name: one row for both views, or one for profiles and one for heads half turned."""

BACKS: Final[Mapping[str, tuple[Row, ...]]] = {
    "helm": ((),),
    "bubble": ((Part("form", "dark_shadow", _GLOBE),),),
    "hood": ((), (Part("form", "shadow", _MANTLE),)),
    "headscarf": ((), (Part("form", "accent", _MANTLE),)),
    "wimple": ((), (Part("form", "dark", _VEIL_BEHIND), Part("form", "white", _MANTLE))),
}
"""What lies behind the skull."""

COVERING: Final = frozenset(BACKS)
"""Headgear that hides the hair."""

BROAD: Final = frozenset(
    {"hat", "straw", "top", "cap", "witch", "hard", "helmet", "toque", "crown", "cowboy", "peaked"}
)
"""Headgear that nobody sleeps in."""
