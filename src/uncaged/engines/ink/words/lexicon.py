"""A lexicon: which words stand for what, as plain TOML that a person can write. Knows no sentence and no scene.

A lexicon knows words and phrases by their folded spelling, and finds inflected ones by the endings it lists.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Self, cast

from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.score import shown
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.entries import Entry, Rule, build, uninflected
from uncaged.engines.ink.words.senses import BY_SENSE, TABLES, names
from uncaged.engines.ink.words.spelling import unspaced

MOST_CHARACTERS: Final = 1_000_000
LANGUAGES: Final = ("en", "de", "es", "fr")
"""The lexicons that are shipped; all are searched at once, the first one that knows a word decides."""

EXAMPLE: Final = 'A word and what it stands for are written like this: liability = "cactus".'


@dataclass(frozen=True, eq=False)
class Lexicon:
    """name: the file's, for messages. entries: folded word or phrase → its senses. rules: endings, in their order.

    Two lexicons are equal when their text is: a score names them by its SHA-256.
    """

    name: str
    sha256: str
    entries: Mapping[str, Entry]
    rules: tuple[Rule, ...] = ()
    longest: Mapping[str, int] = field(default_factory=dict[str, int])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and other.sha256 == self.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def from_toml(cls, text: str, name: str) -> Self:
        """Reads and checks a lexicon. `AskedWrong` names the file and the line or key, and says what to do."""
        lexicon = cls.read(text, name)
        lexicon.check()
        return lexicon

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Self:
        """Reads a lexicon's file, which must be UTF-8."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise AskedWrong(
                f"The lexicon {name} is not UTF-8 text (line {line}).",
                "Save it again with the encoding UTF-8.",
            ) from None
        return cls.from_toml(text, name)

    @classmethod
    def read(cls, text: str, name: str) -> Self:
        """Reads a lexicon without looking its names up in the registers."""
        data = _parse(text, name)
        entries, rules = build(data, name)
        longest: dict[str, int] = {}
        for key in entries:
            words = [word for word in key.split(" ") if word not in {",", "."}]
            longest[words[0]] = max(longest.get(words[0], 1), len(words))
        sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(name, sha, MappingProxyType(entries), rules, MappingProxyType(longest))

    def check(self) -> None:
        """Every name on the left must exist; `AskedWrong` offers the nearest one."""
        for word, entry in self.entries.items():
            for table, value in entry.senses.items():
                _check_sense(self.name, word, table, value)

    def exactly(self, word: str) -> Entry | None:
        """What a folded word or phrase means as it stands."""
        return self.entries.get(word)

    def inflected(self, word: str, rules: tuple[Rule, ...] | None = None) -> Entry | None:
        """What it means once an ending is taken off."""
        return uninflected(word, self.rules if rules is None else rules, self.entries.get)

    @cached_property
    def glued(self) -> Mapping[str, Entry]:
        """Its entries that may stand inside a run of signs without spaces."""
        return {word: entry for word, entry in self.entries.items() if unspaced(word)}


@cache
def shipped() -> tuple[Lexicon, ...]:
    """The vocabulary that comes with the program, English first."""
    folder = files("uncaged.engines.ink.words")
    return tuple(
        Lexicon.read(
            folder.joinpath(f"{language}.toml").read_text(encoding="utf-8"), f"{language}.toml"
        )
        for language in LANGUAGES
    )


def _parse(text: str, name: str) -> Mapping[str, Any]:
    if len(text) > MOST_CHARACTERS:
        raise AskedWrong(
            f"The lexicon {name} has {len(text):,} characters; {MOST_CHARACTERS:,} is the most.",
            "Divide it into several files.",
        )
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise AskedWrong(*_unreadable(text, name, str(error))) from None
    except (RecursionError, ValueError):
        raise AskedWrong(f"The lexicon {name} cannot be read.", EXAMPLE) from None
    return cast("Mapping[str, Any]", _sectioned(data, name))


def _unreadable(text: str, name: str, why: str) -> tuple[str, str]:
    """What is not TOML, with the line it stands in, and how such a line is written."""
    where = re.search(r"at line (\d+)", why)
    lines = text.splitlines()
    last = max((i for i, line in enumerate(lines, 1) if line.strip()), default=0)
    number = min(int(where[1]), len(lines)) if where else last
    line = lines[number - 1].strip() if number else ""
    key = line.partition("=")[0].strip()
    hint = EXAMPLE
    if key and key[0] not in "[\"'#" and not re.fullmatch(r"[A-Za-z0-9_-]+", key):
        typed = key if key.isprintable() and len(key) < 60 else "a word"
        hint = f'A word with a space or with letters beyond a to z stands in quotation marks: "{typed}" = "cactus".'
    if why.startswith("Cannot overwrite"):
        hint = "A word may stand in a table only once."
    why = f"{why.partition(' (at ')[0]} (line {number})"
    return f"The lexicon {name} cannot be read: {why}{f' — {shown(line)}' if line else ''}.", hint


def _sectioned(data: Mapping[str, Any], name: str) -> dict[str, object]:
    """Words on the top level belong to the table of words; every other table must be one that is known."""
    sections: dict[str, object] = {}
    loose: dict[str, object] = {}
    for key, value in data.items():
        if not isinstance(value, dict):
            loose[key] = value
        elif key in TABLES:
            sections[key] = value
        else:
            close = get_close_matches(key.lower(), TABLES, 2, 0.5)
            raise AskedWrong(
                f"The lexicon {name} has a table [{key}], which means nothing here.",
                f"Did you mean [{'] or ['.join(close)}]?"
                if close
                else f"There are: {', '.join(TABLES)}.",
            )
    if loose:
        sections["words"] = {**loose, **cast("dict[str, object]", sections.get("words", {}))}
    return sections


def _check_sense(name: str, word: str, table: str, value: object) -> None:
    """A name on the left that nothing is called by."""
    if table == "forms":
        kind, form = cast("tuple[str, str]", value)
        known: Sequence[str] = kinds()[kind].forms if kind in names("kinds") else ()
        what = form
    elif table == "herds":
        (what, _), known = cast("tuple[str, int]", value), sorted(names("kinds"))
    elif table in BY_SENSE and isinstance(value, str):
        what, known = value, sorted(names(table))
    else:
        return
    if what not in known:
        raise AskedWrong(
            f"The lexicon {name}: [{table}] says that {shown(word)} is {shown(what)}, and there is no such name.",
            nearest(what, known) if known else "",
        )
