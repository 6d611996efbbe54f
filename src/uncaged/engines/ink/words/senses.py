"""The tables of a lexicon: which senses a word may have, and which names stand for them. Knows no word.

Names come from where the things are: kinds and settings from their registers, hues and palettes from the colours.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from functools import cache
from typing import Final

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.genes import PARTS
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import (
    FILLS,
    GESTURES,
    HANDS,
    MATERIALS,
    MOTIONS,
    POSTURES,
    RELATIONS,
    SCHEMES,
    Weather,
)
from uncaged.engines.ink.settings import settings
from uncaged.engines.ink.words.acts import ACTS

CAMERAS: Final[Mapping[str, tuple[str, float]]] = {
    "pan-left": ("pan", -1.0),
    "pan-right": ("pan", 1.0),
    "tilt-up": ("tilt", 1.0),
    "tilt-down": ("tilt", -1.0),
    "zoom-in": ("zoom", 1.0),
    "zoom-out": ("zoom", -1.0),
}
"""What a camera is told: which of its amounts, and how much."""

LINES: Final[Mapping[str, tuple[str, object]]] = {
    "fine": ("line", 0.67),
    "thick": ("line", 1.57),
    "dotted": ("mode", "dotted"),
    "silhouette": ("mode", "silhouette"),
    "none": ("mode", "none"),
    "traces": ("echo", 1.0),
}
"""What the hand is told: the width of its line, how contours are drawn, whether earlier drawings stay."""

PLACES: Final[Mapping[str, tuple[str, float]]] = {
    "left": ("across", -0.23),
    "right": ("across", 0.23),
    "centre": ("across", 0.0),
    "top": ("down", -0.25),
    "bottom": ("down", 0.20),
}
"""Where in the frame: across or down, in shares of its width or height, from where it would stand."""

GRAMMAR: Final = (
    "quiet", "the", "and", "or", "of", "at", "without", "not", "nobody", "empty", "pronoun", "pronouns", "common",
    "it", "who", "then", "like", "made", "as", "than",
)  # fmt: skip
"""quiet: carries no picture. the: what follows was there before. and, or: one more of the same sort. of: belongs to
what follows. at: leads to a place. without: what follows must not be there. not: what is
done next is not done. nobody: no people. empty: a place with
nothing in it. pronoun, pronouns: a person, two people, if nothing was named before. common: an everyday word of this
language that must not be taken for one of another language. it: what was named before, behind a verb or a preposition.
who: what follows is said of the noun before. then: another scene begins. like, made: what follows is what it looks
like, or is made of. as, than: before a size or behind it, it is compared."""

WITH: Final = "with"
"""A relation by name only: who has hands holds what follows, else both stand side by side."""

MOODS: Final[Mapping[str, tuple[float, float]]] = {
    "happy": (0.8, 0.2),
    "sad": (-0.7, -0.3),
    "weeping": (-1.0, 0.1),
    "angry": (-0.8, 0.7),
    "afraid": (-0.4, 1.0),
    "surprised": (0.1, 1.0),
    "sleepy": (0.1, -0.8),
    "calm": (0.2, -0.2),
}
"""What a face says: joy (−1 sad … 1 glad) and stir (−1 sleepy … 1 startled)."""

EITHER_WAY: Final = "drift"
"""A motion to the left or to the right, by lot."""

NUMBERS: Final = ("counts", "sizes", "noun-sizes", "tempos")
"""Tables that give each word a number."""


@cache
def names(table: str) -> Collection[str]:
    """What may stand on the left in one of the tables by sense.

    >>> "striped" in names("fills")
    True
    """
    return _NAMES[table]()


def _visible_kinds() -> tuple[str, ...]:
    return tuple(name for name, kind in kinds().items() if not kind.hidden)


_NAMES: Final[Mapping[str, Callable[[], Collection[str]]]] = {
    "kinds": _visible_kinds,
    "settings": lambda: tuple(settings()),
    "hues": lambda: tuple(HUES),
    "palettes": lambda: tuple(PALETTES),
    "suggests": lambda: tuple(PALETTES),
    "fills": lambda: tuple(FILLS),
    "motions": lambda: (*MOTIONS, EITHER_WAY),
    "postures": lambda: tuple(POSTURES),
    "gestures": lambda: tuple(name for name in GESTURES if name != "none"),
    "acts": lambda: tuple(ACTS),
    "moods": lambda: tuple(MOODS),
    "materials": lambda: tuple(name for name in MATERIALS if name != "none"),
    "hands": lambda: tuple(HANDS),
    "schemes": lambda: tuple(SCHEMES),
    "relations": lambda: (*(name for name in RELATIONS if name != "none"), WITH),
    "places": lambda: tuple(PLACES),
    "weather": lambda: tuple(field.name for field in fields(Weather)),
    "cameras": lambda: tuple(CAMERAS),
    "lines": lambda: tuple(LINES),
    "worn": lambda: PARTS,
    "limbs": lambda: ("held", "carried"),
    "garments": lambda: kinds()["person"].forms if "person" in kinds() else (),
    "grammar": lambda: GRAMMAR,
}

BY_SENSE: Final = tuple(_NAMES)
"""Tables that list the words of each sense."""

TABLES: Final = (
    *BY_SENSE,
    *NUMBERS,
    "forms",
    "looks",
    "hand",
    "palette",
    "herds",
    "plurals",
    "verbs",
    "endings",
    "words",
)
"""Every table a lexicon may have."""

ALONE: Final = "alone"
"""A sense of the large tables only: what a word is drawn as where it is the one noun there is; in a sentence it is
something else first."""

PLURAL_TABLES: Final = frozenset(
    {
        ALONE,
        "kinds",
        "forms",
        "noun-sizes",
        "settings",
        "weather",
        "worn",
        "limbs",
        "garments",
        "herds",
        "counts",
        "words",
        "lines",
    }
)
VERB_TABLES: Final = frozenset(
    {"motions", "postures", "gestures", "acts", "moods", "tempos", "words"}
)
ADJECTIVE_TABLES: Final = frozenset(
    {"hues", "fills", "sizes", "counts", "moods", "looks", "materials", "words"}
)
ENDINGS: Final[Mapping[str, frozenset[str]]] = {
    "plurals": PLURAL_TABLES,
    "verbs": VERB_TABLES,
    "adjectives": ADJECTIVE_TABLES,
}
"""Which tables an ending of each sort may lead to."""
