"""What a sentence has said so far: subjects and surroundings with everything else still open. Knows no words.

Each effect is noted with the words that had it; a later word for the same thing takes the place of the earlier one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from uncaged.engines.ink.colour import Lab
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.numbers import clamp
from uncaged.engines.ink.own import Own

MOST_SUBJECTS: Final = 12
"""More things than that are not drawn; their words are only hashed."""

MOST_BODIES: Final = 100
"""How often words can make a thing appear; the composition draws no more."""

LARGEST: Final = 20.0
"""How large words can make a thing, against its kind."""

Origin = tuple[int, ...]
"""Numbers of the tokens something was said with."""


@dataclass(slots=True, eq=False)
class Noun:
    """A subject in the making; None and "" are open. word: as it was found. to: the noun its relation is to.

    number: which subject it is, in all scenes it appears in; 0 = not yet. hole: it is not there, and that shows.
    acted: a verb was said of it.
    """

    kind: str
    word: str
    count: int = 1
    hue: Lab | None = None
    fill: str = ""
    size: float = 1.0
    motion: str = ""
    across: float = 0.0
    down: float = 0.0
    form: str = ""
    parts: dict[str, Lab | None] = field(default_factory=dict[str, Lab | None])
    relation: str = ""
    to: "Noun | None" = None
    posture: str = ""
    gesture: str = ""
    material: str = ""
    joy: float = 0.0
    stir: float = 0.0
    letters: str = ""
    number: int = 0
    hole: bool = False
    acted: bool = False

    def grow(self, factor: float) -> None:
        """So many times its size, however often that is said."""
        self.size = clamp(self.size * factor, -LARGEST, LARGEST)


@dataclass(slots=True)
class Said:
    """A scene in the making. suggested: a palette that counts where none is named. refused: names of what must not be
    there; absent: the kinds among them, in order. empty: the place was called empty. hand, scheme: how it is drawn and
    how the frame is divided. own_hand, own_palette: a person's own, by their file and name. kept: the words that
    deny a part which is drawn all the same."""

    nouns: list[Noun] = field(default_factory=list[Noun])
    setting: str = ""
    palette: str = ""
    suggested: str = ""
    weather: dict[str, float] = field(default_factory=dict[str, float])
    camera: dict[str, float] = field(default_factory=dict[str, float])
    line: float = 1.0
    mode: str = ""
    tempo: float = 1.0
    echo: float = 0.0
    refused: set[str] = field(default_factory=set[str])
    absent: list[str] = field(default_factory=list[str])
    empty: bool = False
    hand: str = ""
    scheme: str = ""
    own_hand: "tuple[Own, str] | None" = None
    own_palette: "tuple[Own, str] | None" = None
    kept: list[Origin] = field(default_factory=list[Origin])


def is_person(noun: Noun) -> bool:
    """Whether it is a human body."""
    return has_trait(noun.kind, "person")


def has_trait(kind: str, trait: str) -> bool:
    """Whether a kind is such a one, by the names of `TRAITS`."""
    return trait in kinds()[kind].traits


class Notes:
    """Which words did what. One slot holds one effect: the last word that had it."""

    def __init__(self) -> None:
        self._slots: dict[object, tuple[Origin, str]] = {}

    def note(self, slot: object, origin: Origin, effect: str) -> None:
        """The words of `origin` had this effect on this slot."""
        self._slots.pop(slot, None)
        self._slots[slot] = (origin, effect)

    def rename(self, slot: object, effect: str) -> None:
        """The words that had an effect on this slot had this one instead."""
        if slot in self._slots:
            self._slots[slot] = (self._slots[slot][0], effect)

    def drop(self, slot: object) -> None:
        """What stood in this slot has no effect after all."""
        self._slots.pop(slot, None)

    def by_token(self) -> Mapping[int, list[str]]:
        """Token number → the effects it had, in the order they were noted."""
        found: dict[int, list[str]] = {}
        for origin, effect in self._slots.values():
            for token in origin:
                effects = found.setdefault(token, [])
                if effect not in effects:
                    effects.append(effect)
        return found
