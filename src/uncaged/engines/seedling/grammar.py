"""The grammar: what can be said to Seedling, slot by slot, and where each value stands in a label vector.

Knows no drawings and no network. The tables are frozen: a new name goes to the end of its table, and then the weights
of an older grammar no longer fit.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.words import _

Labels: TypeAlias = NDArray[np.float32]
"""(WIDTH,): 1 = said, 0 = not said; any other number means something too."""

KINDS: Final = (
    "bird", "fish", "tree", "flower", "person", "house", "snake", "sun", "cat", "butterfly", "boat", "mushroom",
    "heart", "elephant", "crab", "snail",
)  # fmt: skip
"""Kinds of `ink` that are legible as flat forms 20 pixels high, and unlike each other."""

HUES: Final = (
    "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink", "brown", "white", "grey", "black",
)  # fmt: skip

SIZES: Final = ("small", "middle", "large")

MOTIONS: Final = (
    "still", "drifts-left", "drifts-right", "rises", "sinks", "grows", "shrinks", "spins", "sways", "bounces",
    "pulses", "circles",
)  # fmt: skip
"""circles: goes once round on a ring. All others as they are called."""

PLACES: Final = ("centre", "left", "right", "top", "bottom")
RELATIONS: Final = ("beside", "above", "below", "behind")
"""How the first subject stands to the second."""

SETTINGS: Final = ("paper", "hills", "water", "sky", "room", "street")
PALETTES: Final = ("ink-on-paper", "night", "dawn", "sea", "candy", "negative")
CAMERAS: Final = ("still", "pan-left", "pan-right", "zoom-in", "zoom-out")
FREE: Final = tuple(f"way-{i:02}" for i in range(32))
"""Ways of drawing: every word that no other slot knows is one of them."""

SUBJECTS: Final = ("s1", "s2")
OF_A_SUBJECT: Final = MappingProxyType(
    {"kind": KINDS, "hue": HUES, "size": SIZES, "motion": MOTIONS, "place": PLACES}
)


LARGEST: Final = float(np.finfo(np.float32).max)
"""The largest number that can be said."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that can be said. offset: where its first value stands in a label vector."""

    name: str
    values: tuple[str, ...]
    offset: int

    @property
    def end(self) -> int:
        """One past its last value in a label vector."""
        return self.offset + len(self.values)

    def at(self, value: str) -> int:
        """Where a value stands in a label vector; raises `AskedWrong` where the slot has no such value."""
        if value not in self.values:
            raise AskedWrong(
                _("%(slot)s has no value “%(value)s”.") % {"slot": self.name, "value": value},
                nearest(value, self.values),
                self.name,
            )
        return self.offset + self.values.index(value)


def _slots() -> tuple[Slot, ...]:
    tables = [
        (f"{subject}.{name}", values)
        for subject, (name, values) in product(SUBJECTS, OF_A_SUBJECT.items())
    ]
    tables += [
        ("relation", RELATIONS),
        ("setting", SETTINGS),
        ("palette", PALETTES),
        ("camera", CAMERAS),
        ("free", FREE),
    ]
    slots: list[Slot] = []
    for name, values in tables:
        slots.append(Slot(name, values, slots[-1].end if slots else 0))
    return tuple(slots)


SLOTS: Final = _slots()
"""In the order of the label vector."""

SLOT: Final = MappingProxyType({slot.name: slot for slot in SLOTS})
WIDTH: Final = SLOTS[-1].end

NOTHING: Final[Labels] = np.zeros(WIDTH, np.float32)
NOTHING.setflags(write=False)
"""Nothing said."""


def labels(**named: str | Mapping[str, float]) -> Labels:
    """The label vector (WIDTH,) float32 of what is said, slot by slot; slots that are not named are not said.

    A slot is given a value (1 of it), or numbers by value, of any size and sign. Raises `AskedWrong` for a slot or a
    value that the grammar does not have, and for a number that is none.

    >>> vector = labels(**{"s1.kind": "fish", "s1.hue": {"red": 0.5, "blue": 0.5}})
    >>> vector.sum()
    np.float32(2.0)
    """
    vector = NOTHING.copy()
    for name, said in named.items():
        slot = slot_of(name)
        for value, number in ({said: 1.0} if isinstance(said, str) else said).items():
            place = slot.at(value)
            if not abs(number) <= LARGEST:
                raise AskedWrong(
                    _("%(slot)s %(value)s is %(number)s, which no network can reckon with.")
                    % {"slot": name, "value": value, "number": number},
                    _("Any number between −%(most)s and %(most)s is legal.")
                    % {"most": f"{LARGEST:g}"},
                    name,
                )
            vector[place] = number
    return vector


def slot_of(name: str) -> Slot:
    """The slot of a name; raises `AskedWrong` where there is none."""
    if name not in SLOT:
        raise AskedWrong(
            _("There is no slot “%(name)s”.") % {"name": name}, nearest(name, tuple(SLOT))
        )
    return SLOT[name]


def names(vector: Labels) -> dict[str, str]:
    """Slot → the value that is said most in a label vector (WIDTH,); slots of which nothing is said are left out."""
    found: dict[str, str] = {}
    for slot in SLOTS:
        part = vector[slot.offset : slot.end]
        if part.max() > 0:
            found[slot.name] = slot.values[int(part.argmax())]
    return found


def way(word: str) -> str:
    """Which way of drawing a free word is: the same for every spelling of it that Unicode holds for one, in any case.

    Words are spread evenly by SHA-256; the name of a way is itself.
    """
    folded = unicodedata.normalize("NFC", word.casefold())
    if folded in FREE:
        return folded
    return FREE[int.from_bytes(sha256(folded.encode()).digest()[:8], "big") % len(FREE)]


def held_out(kind: str, other: str) -> bool:
    """Whether this kind is never drawn in this hue, or never with this motion, for training: one of twelve each.

    The rule is such that what one asks for first (a red heart, a yellow sun, a tree that sways) is trained on.
    other: a hue or a motion. Raises `AskedWrong` for names that the grammar does not have.
    """
    number = SLOT["s1.kind"].at(kind)
    if other in HUES:
        return HUES.index(other) == (5 * number + 4) % 12
    return SLOT["s1.motion"].at(other) - SLOT["s1.motion"].offset == (7 * number + 9) % 12


def holds_out(named: Mapping[str, str]) -> bool:
    """Whether any subject of what is named (slot → value) is one of the pairs that are held out."""
    return any(
        held_out(named[f"{subject}.kind"], named[f"{subject}.{other}"])
        for subject in SUBJECTS
        for other in ("hue", "motion")
        if f"{subject}.kind" in named and f"{subject}.{other}" in named
    )


KNOWN: Final[Mapping[str, str]] = {
    "things": "s1.kind",
    "hues": "s1.hue",
    "how large": "s1.size",
    "motions": "s1.motion",
    "places": "s1.place",
    "two of them": "relation",
    "settings": "setting",
    "palettes": "palette",
    "cameras": "camera",
}
"""What people call the slots that a sentence fills."""
