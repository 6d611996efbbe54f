"""The English table: every noun, verb and adjective of WordNet that can be drawn, and nothing the lexicon has already.

Knows no other language.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from anchors import Anchors
from choosing import Choosing, usable
from wordnet import WordNet

from uncaged.engines.ink.words.beside import BESIDE, DEEDS, NAMES
from uncaged.engines.ink.words.entries import Rule
from uncaged.engines.ink.words.lexicon import Lexicon

NOTHING: Final = "-"
THINGS: Final = 3
"""So often must a form in -ing have been met as a thing."""

OFTENER: Final = 3
"""So many times oftener must a word that is a thing and a deed be the one that is said second."""

LONG: Final = 15
"""Letters of a compound that nobody was met to use."""

COMMON: Final = 6
"""A word that was met so often is one that people use."""

SMALL: Final = frozenset({"grammar", "relations", "counts", "cameras", "places"})
ATTRIBUTES: Final = frozenset({"hues", "sizes", "fills", "tempos", "moods", "looks"})
"""Senses of words that mean the same in a compound as before any noun."""

PLACES: Final = ("settings ", "palettes ", "weather ", "suggests ")
"""How a value begins that is a place or a time, and never what somebody does."""

OWN_THING: Final = frozenset({"kinds", "words", "herds", "settings", "grammar"})
"""Senses of the lexicon beside which a word needs no other where it stands alone."""

DRAWN: Final = ("herds ", "words ", "settings ")

Values = dict[str, str]


class English:
    """values: part of speech → word → what it is drawn as, as it is written in the table."""

    def __init__(self, wordnet: WordNet, anchors: Anchors, lexicon: Lexicon) -> None:
        self.wordnet = wordnet
        self.choosing = Choosing(wordnet, anchors)
        self.lexicon = lexicon
        self.small = anchors.lists["small"]
        self.never = anchors.lists["never"]
        self.plants = anchors.lists["plants"]
        self.hyphened = {usable(word) for word in wordnet.index["n"] if word.count("-") > 1}
        self.values: Mapping[str, Values] = {
            "n": self._values("n"),
            "v": self._values("v"),
            "a": self._values("a"),
        }

    def slurs(self) -> set[str]:
        """Words that insult, as they are looked up."""
        words = {word for pos in "nva" for word in self.wordnet.index[pos]}
        found = (usable(word) for word in words if self.choosing.is_slur(word))
        return {word for word in found if word}

    def table(self) -> Values:
        """Word → what it is, without what the lexicon says and what the parts of a compound say by themselves."""
        table: Values = {}
        for pos in "nva":
            for word, value in self.values[pos].items():
                if self._is_missing(word, pos) and not (pos == "v" and self._is_thing(word)):
                    table[word] = _joined(table.get(word, ""), value)
        table = {word: value for word, value in table.items() if not self._superfluous(word, table)}
        for word in [*self._plurals(table), *self._pasts(table), *self._gerunds(table)]:
            table.pop(word, None)
        for word, kind in self._lonely(table):
            table[word] = ";".join(filter(None, (table.get(word), f"alone {kind}")))
        return table

    def _lonely(self, table: Values) -> Iterator[tuple[str, str]]:
        """Words that are a thing only where they stand alone, since in a sentence they are something else first."""
        for word in self.wordnet.index["n"]:
            spelled = usable(word)
            if spelled is None or " " in spelled or spelled != word:
                continue
            entry = self.lexicon.entries.get(word)
            common = entry is not None and entry.senses == {"grammar": "common"}
            often = common or self.choosing.often(word, "n")
            if not often or _has_kind(table.get(word, "")):
                continue
            if entry and not common and not entry.senses.keys().isdisjoint(OWN_THING):
                continue
            kind = next(iter((self.choosing.alone(word, word in self.small) or "").split(";")))
            if kind and " " not in kind:
                yield word, kind

    def stray(self, table: Values, rules: Iterable[Rule]) -> Values:
        """Words of English that an ending would lead astray: *news* is not many of what is new."""
        found: Values = {}
        for word in self.words():
            if word in table or word in self.lexicon.entries:
                continue
            bases = {word[: -len(r.ending)] + r.instead for r in rules if word.endswith(r.ending)}
            drawn = [base for base in bases if base in table or base in self.lexicon.entries]
            often = sum(self.choosing.often(word, pos) for pos in "nvar")
            if drawn and often >= max(self._often(base) for base in drawn):
                found[word] = NOTHING
        return found

    def words(self) -> set[str]:
        """Every single word of English, drawn or not."""
        words = {word for pos in "nvar" for word in self.wordnet.index[pos] if " " not in word}
        return {spelled for word in words if (spelled := usable(word)) and " " not in spelled}

    def irregular(self, table: Values) -> Iterator[tuple[str, str, str]]:
        """Form, word, part of speech: irregular forms of words that are known."""
        for pos, pairs in self.wordnet.irregular.items():
            for form, word in pairs:
                known = word in self.lexicon.entries or word in table
                if known and form != word and usable(form) == form and form not in self.small:
                    yield form, word, pos

    def _values(self, pos: str) -> Values:
        choose = {"n": self.choosing.noun, "v": self.choosing.verb, "a": self.choosing.adjective}[
            pos
        ]
        values: Values = {}
        for word in self.wordnet.index[pos]:
            spelled = usable(word)
            if spelled is None or spelled in self.small or (pos != "n" and " " in spelled):
                continue
            if pos == "n" and spelled in self.never:
                continue
            value = choose(word)
            if value and (spelled == word or spelled not in values):
                values[spelled] = value
        return values

    def _is_missing(self, word: str, pos: str) -> bool:
        """Whether the lexicon lacks this word, or lacks the noun of a verb or a material."""
        if word in self.lexicon.entries and pos == "n":
            often, value = self.choosing.often, self.values["n"][word]
            if often(word, "v") > OFTENER * often(word, "n") and not value.startswith("person"):
                return False
        return is_missing(self.lexicon, word, pos == "n")

    def _is_thing(self, word: str) -> bool:
        """Whether a word is drawn as a noun, and not much oftener said as a verb."""
        often = self.choosing.often
        return word in self.values["n"] and often(word, "v") <= OFTENER * often(word, "n")

    def _superfluous(self, word: str, table: Values) -> bool:
        """*Pin oak*, where *oak* is the same tree and *pin* says nothing; compounds that nobody types."""
        *before, last = word.split(" ")
        if not before or word in self.hyphened:
            return False
        if self._is_literal(before, last, table):
            return True
        kind = _kind_of(table.get(last) or _value_of(self.lexicon, last))
        often = self.choosing.often(word, "n")
        if not often and (len(before) > 1 or len(word) > LONG):
            return True
        if _kind_of(table[word]) in self.plants and kind in self.plants and not often:
            return True
        if kind != _kind_of(table[word]):
            return False
        if kind == "person" and not often:
            return True  # a snake charmer is a snake and somebody
        return not any(
            part in self.lexicon.entries or self._is_common(part, table) for part in before
        )

    def _is_literal(self, before: list[str], last: str, table: Values) -> bool:
        """*A white horse* is a horse that is white, though sailors call a wave so; *walk in* is what one does."""
        entries = self.lexicon.entries
        senses = [
            entries[part].senses.keys() if part in entries else set() for part in (*before, last)
        ]
        if any(not SMALL.isdisjoint(one) for one in senses) or not self.small.isdisjoint(
            (*before, last)
        ):
            return True
        known = any(one in table or one in entries for one in (last, last.removesuffix("s")))
        return not ATTRIBUTES.isdisjoint(senses[0]) and known

    def _is_common(self, word: str, table: Values) -> bool:
        """Whether a word is drawn, and one that people use."""
        return word in table and self._often(word) >= COMMON

    def _gerunds(self, table: Values) -> Iterator[str]:
        """Entries that are what somebody does first of all: *following*, but not *building*."""
        for word, value in table.items():
            if not word.endswith("ing") or not self._is_thing_only(value):
                continue
            stems = (word[:-3], f"{word[:-3]}e", word[:-4])
            done = any(self._verb(stem, table) for stem in stems)
            thing = " " not in value.partition(";")[0] and self.choosing.often(word, "n") >= THINGS
            thing = thing and not self.choosing.happens(word)
            if done and not thing:
                yield word

    def _is_thing_only(self, value: str) -> bool:
        return not any(part.partition(" ")[0] in DEEDS for part in value.split(";"))

    def _verb(self, word: str, table: Values) -> str:
        """What is done by this name."""
        entry = self.lexicon.entries.get(word)
        if entry is not None:
            return ";".join(f"{t} {entry.senses[t]}" for t in sorted(DEEDS) if t in entry.senses)
        parts = table.get(word, "").split(";")
        return ";".join(part for part in parts if part.partition(" ")[0] in DEEDS)

    def _plurals(self, table: Values) -> Iterator[str]:
        """Entries that are a plural first of all: *hands* are many hands, whatever else they may be."""
        for word in table:
            one = word[:-1]
            known = one in table or one in self.lexicon.entries
            if word.endswith("s") and known and self._often(word) < self._often(one):
                yield word

    def _pasts(self, table: Values) -> Iterator[str]:
        """Entries that are an irregular form first of all: *sang* is what somebody did, and no plant."""
        for pairs in self.wordnet.irregular.values():
            for form, word in pairs:
                if form in table and self._often(form) <= self._often(word):
                    yield form

    def _often(self, word: str) -> int:
        return sum(self.choosing.often(word, pos) for pos in "nvar")


def is_missing(lexicon: Lexicon, word: str, noun: bool) -> bool:
    """Whether a lexicon lacks a word, or has it as a verb or a material alone and this is a noun."""
    entry = lexicon.entries.get(word)
    if entry is None:
        return True
    return noun and not BESIDE.isdisjoint(entry.senses) and NAMES.isdisjoint(entry.senses)


def _joined(value: str, more: str) -> str:
    """Noun and verb in one; a mood only where there is no noun, since a thing has none."""
    if not value or value == more:
        return more
    if more.startswith("moods ") or value.startswith(PLACES):
        return value
    return f"{value};{more}"


def _has_kind(value: str) -> bool:
    """Whether a value draws something by itself: a kind, a herd, a place."""
    parts = value.split(";")
    return any(part and (" " not in part or part.startswith(DRAWN)) for part in parts)


def _kind_of(value: str) -> str:
    """What a value draws, whatever its form and size."""
    return value.partition(";")[0].partition("/")[0].partition("*")[0]


def _value_of(lexicon: Lexicon, word: str) -> str:
    """What the lexicon says of a word, where that is a kind."""
    entry = lexicon.entries.get(word)
    return str(entry.senses.get("kinds", "")) if entry else ""
