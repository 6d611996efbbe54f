"""A table of many words, found by halving in a sorted file: nothing is read before the first word that asks for it.

Its files are written by tools/distil_words.py; a lexicon that a person writes is another thing (`lexicon`).
"""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

from uncaged.engines.ink.words.entries import Entry, Rule, uninflected
from uncaged.engines.ink.words.senses import ALONE, BY_SENSE, NUMBERS, names

TABLES: Final = {"en": "wordnet.txt", "de": "german.txt", "es": "spanish.txt", "fr": "french.txt"}
IRREGULAR: Final = {"en": "irregular.txt"}
COMPOUNDING: Final = frozenset({"de"})
"""Languages that write several nouns as one; the last one says what it is: *Segelboot* is a boat."""
SHORTEST, LAST = 3, 4
"""Letters that stand before the last noun of a compound, and that it has, at the least."""
HUSHED: Final = "hushed.txt"
"""Digests of words that insult: they are neither drawn nor written down anywhere."""

NOTHING: Final = Entry({"grammar": "common"})
"""A word of this language that stands for nothing here, and must not be taken for one of another language."""

SILENT: Final = Entry({"grammar": "quiet"})
"""A word that only varies the picture, and becomes no invention either."""


class Table:
    """Lines of a word, a tab and what it is, sorted by their bytes; lines that begin with # say where it comes from.

    What a word is: ``bird``, ``tree/birch`` (a form), ``dog*0.7`` (a size), or a table of senses and a name
    (``settings forest``, ``herds person 12``, ``words small black bird``), several parted by semicolons; ``alone`` and
    a kind is what it is where nothing else is; ``-`` is nothing.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.longest: dict[str, int] = {}

    def exactly(self, word: str) -> Entry | None:
        """What a folded word or phrase means as it stands; `NOTHING` where it is known to mean nothing here."""
        value = self.value(word)
        return None if value is None else entry(value)

    def value(self, word: str) -> str | None:
        """What stands behind the tab."""
        key = word.encode("utf-8", "surrogatepass") + b"\t"
        at = self._first(key)
        if not self.data.startswith(key, at):
            return None
        return self.data[at + len(key) : self.data.index(b"\n", at)].decode("utf-8")

    def longest_from(self, word: str) -> int:
        """How many words the longest phrase has that begins with this one; 1 where there is none."""
        if word not in self.longest:
            key = word.encode("utf-8", "surrogatepass") + b" "
            at = self._first(key)
            most = 1
            while self.data.startswith(key, at):
                end = self.data.index(b"\n", at)
                most = max(most, self.data[at : self.data.index(b"\t", at)].count(b" ") + 1)
                at = end + 1
            self.longest[word] = most
        return self.longest[word]

    def _first(self, key: bytes) -> int:
        """Where the first line begins that is not below the key."""
        data, low, high = self.data, 0, len(self.data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", 0, middle) + 1
            end = data.find(b"\n", middle)
            if data[start:end] < key:
                low = end + 1
            else:
                high = start
        return low


class Words:
    """All the words of a shipped language that its lexicon does not have."""

    def __init__(self, language: str) -> None:
        self.compounds = language in COMPOUNDING
        self.table = _table(TABLES[language])
        self.irregular = _table(IRREGULAR[language]) if language in IRREGULAR else None
        self.english = language == "en"

    def exactly(self, word: str) -> Entry | None:
        """What a word means as it stands."""
        return self.table.exactly(word)

    def hushed(self, word: str) -> Entry | None:
        """`SILENT` for a word that insults, whatever its ending."""
        if not self.english:
            return None
        plain = {
            word,
            word.removesuffix("s"),
            word.removesuffix("es"),
            word.removesuffix("ies") + "y",
        }
        return SILENT if any(_hushed().value(digest(one)) == "-" for one in plain) else None

    def inflected(self, word: str, rules: tuple[Rule, ...]) -> Entry | None:
        """What it means once an ending is taken off."""
        return uninflected(word, rules, self._sensible)

    def lasts(self, word: str) -> Iterator[str]:
        """The nouns that a compound may end with, the longest first."""
        if self.compounds and " " not in word:
            yield from (word[at:] for at in range(SHORTEST, len(word) - LAST + 1))

    def bases(self, word: str) -> tuple[tuple[str, str], ...]:
        """The words it is an irregular form of: (word, *n* for a plural or *v* for a verb)."""
        value = self.irregular.value(word) if self.irregular else None
        pairs = value.split(";") if value else ()
        return tuple((pair[:-2], pair[-1]) for pair in pairs)

    def _sensible(self, word: str) -> Entry | None:
        found = self.table.exactly(word)
        return None if found is NOTHING else found


@cache
def words_of(language: str) -> Words:
    """The words of en, de, es or fr."""
    return Words(language)


def entry(value: str) -> Entry:
    """What a line says, as senses. A kind or name that does not exist here is passed over."""
    if value == "-":
        return NOTHING
    senses: dict[str, object] = {}
    for part in value.split(";"):
        table, _, name = part.partition(" ")
        if not name:
            senses.update(_kind(table))
        elif table == ALONE:
            senses[ALONE] = _kind(name)
        elif table == "words":
            senses["words"] = name
        elif table == "herds":
            kind, _, many = name.rpartition(" ")
            if kind in names("kinds"):
                senses["herds"] = (kind, int(many))
        elif table in NUMBERS:
            senses[table] = float(name)
        elif table in BY_SENSE and name in names(table):
            senses[table] = name
    return Entry(senses) if senses else NOTHING


def _kind(written: str) -> dict[str, object]:
    """``tree/birch*0.7``: a kind, a form of it, how large it is against its kind."""
    name, _, size = written.partition("*")
    kind, _, form = name.partition("/")
    if kind not in names("kinds"):
        return {}
    senses: dict[str, object] = {"kinds": kind}
    if form:
        senses["forms"] = (kind, form)
    if size:
        senses["noun-sizes"] = float(size)
    return senses


def digest(word: str) -> str:
    """Twelve signs by which a word is known and cannot be read."""
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@cache
def _hushed() -> Table:
    return _table(HUSHED)


@cache
def _table(name: str) -> Table:
    folder = files("uncaged.engines.ink.words")
    return Table(folder.joinpath(name).read_bytes())
