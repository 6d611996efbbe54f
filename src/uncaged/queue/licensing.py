"""What a licence is called, and whether a rule lets it be used. Words alone: knows no archive, no model, no person.

What cards say of a licence is text that people wrote. So what is refused is refused wherever it is said, and what is
let through is let through only where a card names nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WORDS: Final[Mapping[str, Sequence[str]]] = {
    "research only": (
        "research use only",
        "research purposes only",
        "research and academic use only",
        "academic use only",
        "academic purposes only",
    ),
    "non-commercial": ("noncommercial", "no commercial", "not for commercial", "nc"),
    "undisclosed": (
        "does not say",
        "names none",
        "not verified",
        "unverified",
        "unknown",
        "unlicensed",
    ),
}
"""What stands for several ways of saying it, and these; in a policy one says the first."""

SILENT: Final = "undisclosed"
"""What a card says that says nothing."""

SHORT: Final = 2
"""Letters of a word that says too little by itself."""

_TOKEN: Final = re.compile(r"[^\W_]+")
_FILLING: Final = frozenset({"the", "license", "licence", "version"})
_BETWEEN: Final = re.compile(r"its parent's:|[,;.+/()&]+\s|\bAND\b", re.IGNORECASE)
_EITHER: Final = re.compile(r"\sOR\s")


@dataclass(frozen=True, slots=True)
class Licensed:
    """What a model's card says of its licence. names: what calls it by name. asks: what it asks of whoever uses it.

    One that says nothing is undisclosed.
    """

    names: tuple[str, ...]
    asks: str = ""

    @property
    def shown(self) -> str:
        """As people read it."""
        return "; ".join(self.names) or SILENT

    def says(self, word: str) -> bool:
        """Whether it is called so, or says so. word: an SPDX name, a word of `WORDS`, or words as the card has them.

        Of a choice (``MIT OR GPL-3.0-only``) each has to be.
        """
        asked = _said(word)
        if any(_stands(one, self.asks) for one in asked):
            return True
        return any(
            all(any(_stands(one, way) for one in asked) for way in _EITHER.split(name))
            for name in self.names or (SILENT,)
        )

    def is_of(self, known: Sequence[str]) -> bool:
        """Whether every licence that it names is one of these, and it names nothing beside them.

        Of a choice one of them is enough.
        """
        names = self.names or (SILENT,)
        return all(any(_is_of(way, known) for way in _EITHER.split(name)) for name in names)


@dataclass(frozen=True, slots=True)
class Rule:
    """What of licences may be used. only: of these alone; None for all. refused: none of these."""

    only: tuple[str, ...] | None = None
    refused: tuple[str, ...] = ()

    def against(self, licensed: Licensed) -> str | None:
        """What speaks against it: the word of `refused` that it says, empty where it is none of `only`; None where
        nothing does.

        >>> Rule(refused=("non-commercial",)).against(Licensed(("CC-BY-NC-4.0",)))
        'non-commercial'
        >>> Rule(only=("Apache-2.0", "MIT")).against(Licensed(("apache 2.0",))) is None
        True
        """
        for word in self.refused:
            if licensed.says(word):
                return word
        if self.only is not None and not licensed.is_of(self.only):
            return ""
        return None


def is_empty(word: str) -> bool:
    """Whether nothing of it counts, so that no licence says it.

    >>> is_empty("The Licence, version"), is_empty("MIT")
    (True, False)
    """
    return not _tokens(word)


def is_short(word: str) -> bool:
    """Whether every word of it that counts has one or two letters: such words stand in licences of every kind.

    >>> is_short("of a"), is_short("2.0"), is_short("the BY"), is_short("MIT")
    (True, True, True, False)
    """
    return not is_empty(word) and all(len(one) <= SHORT for one in _tokens(word))


def _said(word: str) -> Sequence[str]:
    """The word, and what else stands for it."""
    tokens = _tokens(word)
    for known, others in WORDS.items():
        if tokens == _tokens(known):
            return (known, *others)
    return (word,)


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(one for one in _TOKEN.findall(text.casefold()) if one not in _FILLING)


def _stands(word: str, text: str) -> bool:
    """Whether these words stand in a text, one after the other."""
    wanted, there = _tokens(word), _tokens(text)
    many = len(wanted)
    return bool(many) and any(there[n : n + many] == wanted for n in range(len(there) - many + 1))


def _is_of(text: str, known: Sequence[str]) -> bool:
    whole = _tokens(text)
    wanted = {_tokens(one) for one in known} - {()}
    if whole in wanted or _silent(whole, known):
        return True
    parts = [_tokens(part) for part in _BETWEEN.split(text)]
    named = [part for part in parts if part]
    return bool(named) and all(part in wanted for part in named)


def _silent(whole: tuple[str, ...], known: Sequence[str]) -> bool:
    """Whether a card says nothing of its licence, and that is enough."""
    if not any(_tokens(one) == (SILENT,) for one in known):
        return False
    return whole in {(), (SILENT,), _tokens("Its card does not say.")}
