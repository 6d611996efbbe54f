"""How Seedling draws where nobody says otherwise, and what children can take from one parent or the other.

Imports nothing: forms and command lines look here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GUIDANCE: Final = 2.0
"""How far a film follows the words; 1 is as it was learned."""

STEPS: Final = 12
TEMPERATURE: Final = 1.0
BEND: Final = 0.585
"""How the steps are bent; see `sampling.bent`."""

CALM: Final = 32.0
"""Levels of 255 by which a place may waver over a whole film and still stand; see `inking.calmed`."""

TRAITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "who": "what is there: kind, hue, size",
        "where": "places, relation, setting, palette",
        "moves": "what it does, camera",
        "drawn": "the noise, ways of drawing, guidance",
    }
)
