"""One word, two sources: what the lexicon says of it and what the large table has beside that, as one entry.

Knows no language and no sentence.
"""

from dataclasses import replace
from typing import Final

from uncaged.engines.ink.words.entries import Entry
from uncaged.engines.ink.words.senses import ALONE
from uncaged.engines.ink.words.table import Words

DEEDS: Final = frozenset({"motions", "postures", "gestures", "acts"})
BESIDE: Final = DEEDS | {"materials", "limbs"}
"""Senses beside which a word may be a thing as well: what somebody does, and what a thing is made of."""
NAMES: Final = frozenset(
    {"kinds", "words", "settings", "palettes", "weather", "worn", "garments", "grammar", "moods"}
)
"""Senses after which nothing is missing."""


def with_noun(entry: Entry | None, words: Words, word: str) -> Entry | None:
    """A verb or a material of the lexicon that is a thing as well, a *wave*, a *fire*: the large table has the noun."""
    noun = words.exactly(word) if entry is not None else None
    if entry is None or noun is None:
        return entry
    if is_common(entry):
        return noun if noun.senses.keys() == {ALONE} else entry
    beside = not entry.senses.keys().isdisjoint(BESIDE) and NAMES.isdisjoint(entry.senses)
    if beside and "kinds" in noun.senses:
        return replace(entry, senses={**noun.senses, **entry.senses})
    return lonely(entry, noun)


def lonely(entry: Entry, noun: Entry) -> Entry:
    """What a word means, and what it is drawn as where it stands alone."""
    if ALONE not in noun.senses or "kinds" in entry.senses:
        return entry
    return replace(entry, senses={**entry.senses, ALONE: noun.senses[ALONE]})


def is_common(entry: Entry) -> bool:
    """Whether it is an everyday word that means nothing to draw."""
    return entry.senses.get("grammar") == "common"
