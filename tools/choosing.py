"""Which sense of a word is drawn: a frequent one, and of those a concrete one. Knows no file and no other language."""

import re
from dataclasses import dataclass
from typing import Final

from anchors import Anchors
from wordnet import Synset, WordNet

from uncaged.engines.ink.words.entries import folded
from uncaged.engines.ink.words.table import digest

SHARE: Final = 0.25
"""A sense that can be drawn must be met so often, against the most frequent one."""

FIRST: Final = 3
"""Where nobody counted: so many senses may be drawn, the first ones."""

OTHERWISE: Final = 8
"""So many times more often a verb than a noun: then it is no noun."""

OF_OTHERS: Final = 1
"""So many times more often an adjective or an adverb: then it is no noun either."""

PROCESS: Final = "process.n.06"
"""What happens by itself, as WordNet sorts it."""

SLURS: Final = re.compile(
    r"\b(offensive|derogatory|disparaging|vulgar|obscene|pejorative|insulting)( \w+){0,2}"
    r" (terms?|names?|slang|words?)\b"
    r"|considered offensive|ethnic slur|\(disparaging\)"
)
"""How a definition says that its words insult, beside WordNet's own pointers."""

LONGEST: Final = 3
"""Words of a compound, at most."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a word. rank: its place among the word's senses. named: it is one thing of that name (a river)."""

    synset: Synset
    rank: int
    count: int
    value: str | None
    named: bool


class Choosing:
    """What each word of WordNet is drawn as."""

    def __init__(self, wordnet: WordNet, anchors: Anchors) -> None:
        self.wordnet = wordnet
        self.anchors = anchors

    def noun(self, word: str) -> str | None:
        """What a noun is drawn as, written as in the tables."""
        chosen = self._thing(word)
        if chosen is None:
            return None
        noun, verb = self.often(word, "n"), self.often(word, "v")
        other = self.often(word, "a") + self.often(word, "r")
        if chosen.value and chosen.value.startswith(("person", "herds")) and chosen.count:
            other /= 3  # the old, a favourite
        if other > OF_OTHERS * noun or (verb > OTHERWISE * (noun + 1) and chosen.rank > 0):
            return None
        return chosen.value

    def alone(self, word: str, small: bool = False) -> str | None:
        """What a word is drawn as where it is a noun and nothing else: *a savage*, *a drive*, however often it is
        something else in a sentence. small: it is a small word, and only its first sense is meant."""
        chosen = self._thing(word)
        return chosen.value if chosen and not (small and chosen.rank) else None

    def happens(self, word: str) -> bool:
        """Whether what a word is drawn as happens, and lies nowhere: *freezing*, but not *building*."""
        chosen = self._thing(word)
        if chosen is None:
            return False
        return self.wordnet.named(PROCESS).key in self.anchors.above(chosen.synset)

    def _thing(self, word: str) -> Sense | None:
        """The sense in which a word is a thing that can be drawn."""
        senses = [sense for sense in self.senses(word, "n") if not self._latin(word, sense.synset)]
        things = [sense for sense in senses if not sense.named]
        chosen = self._chosen(things)
        names = [sense for sense in senses if sense.named]
        known = max((sense.count for sense in names), default=0)
        if not things or known > max(sense.count for sense in things):
            chosen = self._place(word, names) or (chosen if chosen and chosen.count else None)
        return None if chosen is None or self.is_slur(word) else chosen

    def verb(self, word: str) -> str | None:
        """What a verb is drawn as."""
        chosen = self._chosen(self.senses(word, "v"))
        noun, verb = self.often(word, "n"), self.often(word, "v")
        if chosen is None or self.is_slur(word) or noun > OTHERWISE * (verb + 1):
            return None
        return chosen.value

    def adjective(self, word: str) -> str | None:
        """What an adjective is drawn as: itself, or what its synset is similar to."""
        if self.is_slur(word):
            return None
        senses = self.senses(word, "a")
        chosen = self._chosen(senses)
        return chosen.value if chosen else None

    def senses(self, word: str, pos: str) -> list[Sense]:
        """Every sense of a word, the most frequent first."""
        found: list[Sense] = []
        common = self.often(word, pos) > 0
        for rank, synset in enumerate(self.wordnet.senses(word, pos)):
            named = any(True for _ in synset.across("@i"))
            value = self._similar(synset) if pos == "a" else self.anchors.nearest(synset, common)
            value = None if self.insults(word, synset) else value
            found.append(Sense(synset, rank, self.wordnet.count(word, synset), value, named))
        return found

    def often(self, word: str, pos: str) -> int:
        """How often a word was met as this part of speech."""
        return sum(self.wordnet.count(word, synset) for synset in self.wordnet.senses(word, pos))

    def is_slur(self, word: str) -> bool:
        """Whether a word insults, unless it is plainly something else: a spade."""
        if word in self.anchors.lists["fair"]:
            return False
        if digest(word) in self.anchors.lists["foul"]:
            return True
        for pos in "nva":
            counts: dict[bool, list[int]] = {True: [], False: []}
            for synset in self.wordnet.senses(word, pos):
                counts[self.insults(word, synset)].append(self.wordnet.count(word, synset))
            if counts[True] and max(counts[True]) >= max(counts[False], default=0):
                return True
        return False

    def insults(self, word: str, synset: Synset) -> bool:
        """Whether WordNet's usage pointers, or a definition, say that a word insults in this sense."""
        marks = (p for p in synset.pointers if p.symbol == ";u" and p.to in self.anchors.slurs)
        for mark in marks:
            if mark.source == 0 or synset.words[mark.source - 1].lower() == word:
                return True
        return SLURS.search(synset.gloss.partition('"')[0]) is not None

    def _similar(self, synset: Synset) -> str | None:
        """An adjective's own anchor, or that of the one it is a satellite of."""
        alone = self.anchors.alone.get(synset.key)
        above = synset.across("&") if synset.sort == "s" else ()
        values = (self.anchors.values.get(key) for key in (synset.key, *above))
        return alone or next((value for value in values if value), None)

    def _chosen(self, senses: list[Sense]) -> Sense | None:
        """The most frequent sense that can be drawn, if it is frequent enough."""
        drawn = [sense for sense in senses if sense.value]
        if not drawn:
            return None
        best = max(drawn, key=lambda sense: (sense.count, -sense.rank))
        most = max(sense.count for sense in senses)
        enough = best.count >= SHARE * most if most else best.rank < FIRST
        return best if enough else None

    def _place(self, word: str, senses: list[Sense]) -> Sense | None:
        """A river, a city, a mountain of that name, where the word means nothing else. Never a person."""
        if any(self.often(word, pos) for pos in "var") or word.count(" ") > 1:
            return None
        chosen = self._chosen(senses)
        kind = (chosen.value or "").partition(";")[0] if chosen else ""
        known = kind.partition("*")[0].partition("/")[0] in self.anchors.lists["places"]
        return chosen if chosen and known else None

    def _latin(self, word: str, synset: Synset) -> bool:
        """*Corvus corax*, *genus Corvus*: a name for those who know Latin."""
        spelled = next((one for one in synset.words if one.lower() == word), word)
        first = spelled.partition(" ")[0]
        if first in {"genus", "family", "order", "class", "phylum", "superfamily", "suborder"}:
            return True
        if " " not in spelled or not first[0].isupper():
            return False
        return f"genus {first.lower()}" in self.wordnet.index["n"]


def usable(word: str) -> str | None:
    """A word as the tables spell it, or None where nobody would type it."""
    spelled = folded(word)
    if not spelled or len(spelled) > 32 or any(c.isdigit() or c in ".,/" for c in spelled):
        return None
    parts = spelled.split(" ")
    short = len(spelled) < 3 and spelled not in {"ox", "ax"}
    return None if short or len(parts) > LONGEST else spelled
