"""The reader's language: `_` marks a sentence for translators, and gives it as whoever reads it now reads.

Sentences lie in ``uncaged/locale/CODE/LC_MESSAGES/uncaged.mo``; see docs/translating.md. Knows no page and no request.
"""

import gettext
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

PLACE = Path(__file__).parents[1] / "locale"
DOMAIN = "uncaged"
RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi")
)
"""Languages that are written from right to left, by their codes (ISO 639)."""

LONGEST = 500
"""Characters of a wish for languages that are read; no browser sends more."""


@dataclass(frozen=True, slots=True)
class Language:
    """code: as BCP 47 has it. sentences: None for the language that the sentences were written in."""

    code: str
    sentences: gettext.NullTranslations | None = None

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Where a line begins."""
        return "rtl" if self.code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


ENGLISH = Language("en")
_reader: ContextVar[Language] = ContextVar("reader", default=ENGLISH)


def reader() -> Language:
    """Who reads now."""
    return _reader.get()


def read_by(language: Language) -> None:
    """From now on, in this task and what it begins, sentences are in this language."""
    _reader.set(language)


@contextmanager
def reading(language: Language) -> Generator[None]:
    """The same for a while."""
    token = _reader.set(language)
    try:
        yield
    finally:
        _reader.reset(token)


def _(text: str) -> str:
    """The sentence in the reader's language; as it was written where nobody has translated it."""
    sentences = _reader.get().sentences
    return text if sentences is None else sentences.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for one, or for many, in the reader's language."""
    sentences = _reader.get().sentences
    if sentences is None:
        return one if count == 1 else many
    return sentences.ngettext(one, many, count)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that pages can be read in, English first."""
    found = sorted(path.parents[1].name for path in PLACE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (ENGLISH.code, *found)


@cache
def language(code: str) -> Language:
    """The language of this code; English where nobody has translated it."""
    if code == ENGLISH.code or code not in languages():
        return ENGLISH
    return Language(code, gettext.translation(DOMAIN, PLACE, [code]))


def wished(accepts: str) -> Language:
    """The first language of an Accept-Language header that is there (RFC 9110, 12.5.4); English where none is.

    >>> wished("xx, en;q=0.8").code, wished("").code
    ('en', 'en')
    """
    wishes: list[tuple[float, int, str]] = []
    for n, wish in enumerate(accepts[:LONGEST].split(",")):
        name, _semicolon, weight = wish.strip().partition(";")
        wishes.append((-_weight(weight), n, name.strip()))
    for weight, _n, name in sorted(wishes):
        main = name.lower().partition("-")[0]
        if weight < 0 and main in languages():
            return language(main)
    return ENGLISH


def _weight(said: str) -> float:
    name, _equals, value = said.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(1.0, max(0.0, float(value))) if name.strip().lower() == "q" else 1.0
    except ValueError:
        return 0.0
