"""anchors.toml: which synset stands for which kind, and the walk up from any synset to the nearest one that does.

Knows nothing of single words; what does not exist is collected and reported, never an error.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wordnet import UP, Synset, WordNet

from uncaged.engines.ink.colour import HUES
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.senses import BY_SENSE, NUMBERS, names

NOTHING: Final = "nothing"
BODIES: Final = ("person", "torso")
WHOLE: Final = "#p"
"""WordNet's sign for *is a part of*."""

POS: Final[Mapping[str, str]] = {"nouns": "n", "verbs": "v", "adjectives": "a"}
Key = tuple[str, str]


@dataclass(slots=True)
class Report:
    """What a run could not use: names of synsets, kinds, forms and other names that are not there."""

    synsets: list[str] = field(default_factory=list[str])
    kinds: set[str] = field(default_factory=set[str])
    forms: set[str] = field(default_factory=set[str])
    names: set[str] = field(default_factory=set[str])


class Anchors:
    """values: synset → what it becomes, as the tables write it; "" ends a walk. alone: the same, for a synset only.

    loose: synsets so far up that they count only for words that people use. lists: other names, by what they are for.
    """

    def __init__(self, path: Path, wordnet: WordNet) -> None:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        self.wordnet = wordnet
        self.report = Report()
        self.values: dict[Key, str] = {}
        self.alone: dict[Key, str] = {}
        self.loose: set[Key] = set()
        for table in POS:
            for left, listed in data.get(table, {}).items():
                self._add(left, listed)
        self.lists = {
            name: frozenset(_listed(text)) for name, text in data.get("lists", {}).items()
        }
        self.slurs = self._found(data.get("lists", {}).get("slurs_below", ""))
        self._nearest: dict[Key, tuple[int, Key | None]] = {}
        self._above: dict[Key, frozenset[Key]] = {}

    def nearest(self, synset: Synset, common: bool = True) -> str | None:
        """What stands nearest above a synset, or in it; None where nothing does, or where it says *nothing*.

        common: people use this word.
        """
        if synset.key in self.alone:
            return self.alone[synset.key]
        found = self._walk(synset.key)[1]
        if common and (found is None or found in self.loose):
            whole = self._whole(synset)
            if whole:
                return whole
        if found is None or (found in self.loose and not common):
            return None
        return self.values[found] or None

    def _whole(self, synset: Synset) -> str:
        """What it is a part of, where that is anchored firmly: a rudder is shown by its boat, a knuckle by its hand."""
        for part in (synset.key, *synset.across(*UP)):
            for key in self.wordnet.synsets[part].across(WHOLE):
                found = self._walk(key)[1]
                if (
                    found is not None
                    and found not in self.loose
                    and self._shows(self.values[found])
                ):
                    return self.values[found]
        return ""

    @staticmethod
    def _shows(value: str) -> bool:
        """Whether a value is a kind, and no body, of which everything may be a part."""
        return bool(value) and " " not in value.partition(";")[0] and not value.startswith(BODIES)

    def above(self, synset: Synset) -> frozenset[Key]:
        """Every synset above one, by any way, and itself."""
        if synset.key not in self._above:
            self._above[synset.key] = frozenset({synset.key})
            ways = [self.above(self.wordnet.synsets[up]) for up in synset.across(*UP)]
            self._above[synset.key] = frozenset({synset.key}).union(*ways)
        return self._above[synset.key]

    def _walk(self, key: Key) -> tuple[int, Key | None]:
        """How many steps up, and which synset is there."""
        if key not in self._nearest:
            if key in self.values:
                self._nearest[key] = (0, key)
            else:
                self._nearest[key] = (99, None)  # a circle ends here
                above = [self._walk(up) for up in self.wordnet.synsets[key].across(*UP)]
                steps, anchor = min(above, key=lambda found: found[0], default=(98, None))
                self._nearest[key] = (steps + 1, anchor)
        return self._nearest[key]

    def _add(self, left: str, listed: str) -> None:
        value = "" if left == NOTHING else written(left, self.report)
        if value is None:
            return
        for name in _listed(listed):
            values = self.alone if name.endswith("!") else self.values
            keys = self._found(name.rstrip("!?"))
            values.update(dict.fromkeys(keys, value))
            self.loose.update(keys if name.endswith("?") else ())

    def _found(self, listed: str) -> list[Key]:
        keys: list[Key] = []
        for name in _listed(listed):
            try:
                keys.append(self.wordnet.named(name).key)
            except (KeyError, ValueError):
                self.report.synsets.append(name)
        return keys


def written(left: str, report: Report) -> str | None:
    """*tree birch x0.7* as the tables write it, ``tree/birch*0.7``; None where nothing of it exists."""
    parts = [_sense(part.split(), report) for part in left.split(";")]
    return ";".join(part for part in parts if part) or None


def _sense(words: list[str], report: Report) -> str | None:
    table, rest = words[0], words[1:]
    if table == "herds":
        return " ".join(words) if _exists(rest[0], report) else None
    if table in NUMBERS or (table in BY_SENSE and rest and rest[0] in names(table)):
        return " ".join(words)
    if table in BY_SENSE:
        report.names.add(" ".join(words))
        return None
    return _kind(table, rest, report) if _exists(table, report) else None


def _exists(kind: str, report: Report) -> bool:
    if kind in names("kinds"):
        return True
    report.kinds.add(kind)
    return False


def _kind(kind: str, rest: list[str], report: Report) -> str | None:
    form = size = hue = ""
    for word in rest:
        if word in kinds()[kind].forms:
            form = f"/{word}"
        elif word[0] == "x" and word[1:].replace(".", "", 1).isdigit():
            size = "" if word == "x1" else f"*{float(word[1:]):g}"
        elif word in HUES:
            hue = word
        else:
            report.forms.add(f"{kind} {word}")
            return None
    if not hue:
        return f"{kind}{form}{size}"
    large = float(size[1:] or 1)
    how = "big " if large > 1.2 else "small " if large < 0.8 else ""
    return f"words {how}{hue} {kind.replace('-', ' ')}"


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", ",").split(",") if name.strip()]
