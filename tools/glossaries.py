"""Other languages: words with their English ones, written by hand or found in a dictionary. Knows no WordNet.

The dictionaries are FreeDict's, as dictd reads them: a head with its pronunciation in slashes, then lines of English.
"""

import gzip
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from choosing import usable

DICTIONARIES: Final[Mapping[str, str]] = {"de": "deu-eng", "es": "spa-eng", "fr": "fra-eng"}
POS: Final[Mapping[str, str]] = {"nouns": "n", "verbs": "v", "adjectives": "a"}
HEAD: Final = re.compile(r"^(\S[^/]*?) /[^/]*/(?: <(.*)>)?$")
LABEL: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|\{[^}]*\}")
SPECIAL: Final = re.compile(
    r"\[(med|anat|chem|comp|math|phys|biochem|electr|techn|fin|jur|ling|mus|pharm|statist|stat|mil|econ|pol|relig|slang|vulg|pej|geogr|hist|telco|print|textil|mach|constr|min|aviat|naut|auto|sport)\b"
)
"""Marks of entries that speak of another sense than everyday's; they count half."""

RUDE: Final = re.compile(r"\[(vulg|slang|pej)")
SHARE: Final = 0.5
"""What a word is drawn as must be what so many of its translations are drawn as."""

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "es": ("ar", "er", "ir"),
    "fr": ("er", "ir", "re", "oir"),
}
"""How verbs end where a dictionary does not say what is one."""

Value = Callable[[str, str], str | None]
"""English word and part of speech → what it is drawn as."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One English word for a word. weight: 1, or less where the entry speaks of a special sense."""

    head: str
    pos: str
    english: str
    weight: float


def by_hand(path: Path, value: Value) -> dict[str, str]:
    """A glossary of ours: in each part of speech, English words and what they are called. The first value of a word
    stays; an English word that is not drawn is passed over."""
    table: dict[str, str] = {}
    for part, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for english, listed in words.items():
            drawn = value(english, POS[part])
            for written in listed.replace("\n", " ").split(",") if drawn else ():
                word = usable(written)
                if word:
                    table.setdefault(word, str(drawn))
    return table


def from_dictionary(folder: Path, language: str, value: Value) -> tuple[dict[str, str], set[str]]:
    """A dictionary's table, and all its heads, drawn or not."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in translations(folder / f"freedict-{DICTIONARIES[language]}.dict.dz", language):
        votes[one.head][value(one.english, one.pos) or ""] += one.weight
    table: dict[str, str] = {}
    for head, shares in votes.items():
        drawn = {value: share for value, share in shares.items() if value}
        best = max(drawn, key=lambda value: drawn[value], default="")
        if best and drawn[best] >= SHARE * sum(shares.values()):
            table[head] = best
    return table, set(votes)


def translations(path: Path, language: str) -> Iterator[Translation]:
    """Every English word of every head of one word (in German) or up to three."""
    head, pos, place = "", "", 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            found = HEAD.match(line.rstrip("\n"))
            if found:
                head, pos, place = _head(found[1], found[2] or "", language), found[2] or "", 0
            elif head and line.strip() and not _is_note(line):
                place += 1
                yield from _english(head, _pos(pos, head, language), line, place)


def _is_note(line: str) -> bool:
    text = line.strip()
    return text.startswith(("see:", "Synonym", "Note:", '"')) or line.startswith("   ")


def _head(written: str, tags: str, language: str) -> str:
    word = usable(written)
    if word is None or "pl" in tags.split(", ") or (language == "de" and " " in word):
        return ""
    return word


def _pos(tags: str, head: str, language: str) -> str:
    marks = tags.split(", ")
    if "n" in marks or "v" in marks or "adj" in marks:
        return "n" if "n" in marks else "v" if "v" in marks else "a"
    if not tags and language in ENDINGS and head.endswith(ENDINGS[language]):
        return "v"
    return "" if tags else "na"


def _english(head: str, pos: str, line: str, place: int) -> Iterator[Translation]:
    if not pos or RUDE.search(line):
        return
    weight = 0.5 if SPECIAL.search(line) or place > 1 else 1.0
    plain = LABEL.sub("", line)
    for number, written in enumerate(re.split(r"[,;]", re.sub(r"^\s*\d+\.", "", plain))):
        english = usable(
            written.strip().removeprefix("to ").removeprefix("a ").removeprefix("the ")
        )
        if english:
            yield Translation(head, pos, english, weight / (1 + number / 2))
