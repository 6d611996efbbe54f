"""WordNet's files as records: synsets, the words in them, and how often each sense was met in tagged texts.

Knows nothing of kinds and of what can be drawn. The format: wndb(5WN) and senseidx(5WN).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

FILES: Final[Mapping[str, str]] = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
"""Part of speech → how its files end."""

HEXADECIMAL: Final = 16
SENSE_TYPES: Final[Mapping[str, str]] = {"n": "1", "v": "2", "a": "3", "r": "4", "s": "5"}
UP: Final = ("@", "@i")
"""Pointers to what a thing is a sort of, or an instance of."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """symbol: what sort. to: (part of speech, offset). source: the number of the word it begins at, 0 = all of them."""

    symbol: str
    to: tuple[str, str]
    source: int


@dataclass(frozen=True, slots=True)
class Synset:
    """Words that mean the same. words: as they are spelled, with spaces. file: the lexicographer's file, a number.

    ids: each word's number in that file, from which a sense's key is made. sort: n, v, a, r, or s (a satellite).
    """

    pos: str
    offset: str
    sort: str
    file: str
    words: tuple[str, ...]
    ids: tuple[int, ...]
    pointers: tuple[Pointer, ...]
    gloss: str = field(repr=False, default="")

    @property
    def key(self) -> tuple[str, str]:
        """Where it is."""
        return self.pos, self.offset

    def across(self, *symbols: str) -> Iterator[tuple[str, str]]:
        """The synsets that pointers of these sorts lead to."""
        return (pointer.to for pointer in self.pointers if pointer.symbol in symbols)


class WordNet:
    """All of it, in memory: about two seconds and 200 MB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.synsets: dict[tuple[str, str], Synset] = {}
        self.index: dict[str, dict[str, tuple[str, ...]]] = {}
        for pos, name in FILES.items():
            for line in _lines(folder / f"data.{name}"):
                synset = _synset(pos, line)
                self.synsets[synset.key] = synset
            self.index[pos] = dict(_indexed(line) for line in _lines(folder / f"index.{name}"))

    def senses(self, word: str, pos: str) -> list[Synset]:
        """The senses of a word (lower case), the most frequent first."""
        return [self.synsets[pos, offset] for offset in self.index[pos].get(word, ())]

    def named(self, name: str) -> Synset:
        """The synset of a name like ``heron.n.02``: the second sense of the noun. `KeyError` where there is none."""
        word, pos, number = name.rsplit(".", 2)
        offsets = self.index[pos if pos in FILES else "a"][word.replace("_", " ").lower()]
        place = int(number) - 1
        if not 0 <= place < len(offsets):
            raise KeyError(name)
        return self.synsets[pos if pos in FILES else "a", offsets[place]]

    def name(self, synset: Synset) -> str:
        """A name by which it is found again."""
        word = synset.words[0].lower()
        place = self.index[synset.pos][word].index(synset.offset) + 1
        return f"{word.replace(' ', '_')}.{synset.pos}.{place:02d}"

    def count(self, word: str, synset: Synset) -> int:
        """How often this word had this sense in texts whose words somebody looked up one by one."""
        for written, number in zip(synset.words, synset.ids, strict=True):
            if written.lower() == word:
                return self.counts.get(self._key(word, synset, number), 0)
        return 0

    def _key(self, word: str, synset: Synset, number: int) -> str:
        """A sense's key; that of a satellite names what it is similar to."""
        head = ""
        if synset.sort == "s":
            near = (self.synsets[key] for key in synset.across("&"))
            first = next((one for one in near if one.sort == "a"), None)
            head = f"{first.words[0].lower().replace(' ', '_')}:{first.ids[0]:02d}" if first else ""
        spelled = word.replace(" ", "_")
        return f"{spelled}%{SENSE_TYPES[synset.sort]}:{synset.file}:{number:02d}:{head or ':'}"

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Sense key → how often it was met."""
        lines = (self.folder / "cntlist.rev").read_text(encoding="latin-1").splitlines()
        return {key: int(number) for key, _, number in (line.split() for line in lines)}

    @cached_property
    def irregular(self) -> Mapping[str, list[tuple[str, str]]]:
        """Part of speech → (inflected form, the word it belongs to)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for pos in ("n", "v"):
            lines = (self.folder / f"{FILES[pos]}.exc").read_text(encoding="latin-1").splitlines()
            pairs = [line.split(" ") for line in lines if line.count(" ") == 1]
            found[pos] = [(form.replace("_", " "), word.replace("_", " ")) for form, word in pairs]
        return found


def _lines(path: Path) -> Iterator[str]:
    """Every line but the licence, which stands at the top behind two spaces."""
    with path.open(encoding="latin-1") as file:
        for line in file:
            if not line.startswith("  "):
                yield line


def _synset(pos: str, line: str) -> Synset:
    facts, _, gloss = line.partition(" | ")
    parts = facts.split()
    many = int(parts[3], HEXADECIMAL)
    words = parts[4 : 4 + 2 * many : 2]
    ids = parts[5 : 5 + 2 * many : 2]
    at = 5 + 2 * many
    pointers = tuple(
        Pointer(parts[i], (parts[i + 2], parts[i + 1]), int(parts[i + 3][:2], HEXADECIMAL))
        for i in range(at, at + 4 * int(parts[at - 1]), 4)
    )
    return Synset(
        pos=pos,
        offset=parts[0],
        sort=parts[2],
        file=parts[1],
        words=tuple(word.partition("(")[0].replace("_", " ") for word in words),
        ids=tuple(int(number, HEXADECIMAL) for number in ids),
        pointers=pointers,
        gloss=gloss.strip(),
    )


def _indexed(line: str) -> tuple[str, tuple[str, ...]]:
    parts = line.split()
    many = int(parts[2])
    return parts[0].replace("_", " "), tuple(parts[len(parts) - many :])
