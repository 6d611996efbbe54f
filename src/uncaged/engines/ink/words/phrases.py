"""Phrases as they stand in a sentence: verbs with their particle, inflected (*goes out*, *geht weg*), and phrases of
the large tables that only look like one (*a brown bear*, *the bus stops*). Knows lexicons, no sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from uncaged.engines.ink.words.entries import SHORTEST_STEM, Entry
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.senses import VERB_TABLES
from uncaged.engines.ink.words.spelling import Token
from uncaged.engines.ink.words.table import Words

DEEDS: Final = VERB_TABLES - {"words", "tempos"}

FARTHEST: Final = 8
"""So many words may stand between a verb and its other half."""

DESCRIBING: Final = ("hues", "sizes", "fills")
"""What the first word of a phrase may be that its noun has besides: a *brown* bear, a *small* boat."""


@lru_cache(32)
def of_verbs(lexicon: Lexicon) -> Mapping[str, Mapping[tuple[str, ...], Entry]]:
    """First word → the words behind it → what they mean together: *go* → *out* → to leave."""
    found: dict[str, dict[tuple[str, ...], Entry]] = {}
    for key, entry in lexicon.entries.items():
        first, *rest = key.split(" ")
        if rest and not DEEDS.isdisjoint(entry.senses):
            found.setdefault(first, {})[tuple(rest)] = entry
    return found


def bases(lexicon: Lexicon, words: Words, word: str) -> Iterator[str]:
    """The verbs that a word may be a form of, whether there are such or not."""
    entry = lexicon.exactly(word)
    if entry is not None and entry.base:
        yield entry.base
    yield from (base for base, sort in words.bases(word) if sort == "v")
    for rule in lexicon.rules:
        stem = len(word) - len(rule.ending)
        if rule.sort == "verbs" and word.endswith(rule.ending) and stem >= SHORTEST_STEM:
            yield word[:stem] + rule.instead


@lru_cache(20_000)
def _begun_by(
    lexicon: Lexicon, words: Words, word: str
) -> tuple[Mapping[tuple[str, ...], Entry], ...]:
    """The phrases whose verb a word may be a form of."""
    phrases = of_verbs(lexicon)
    return tuple(phrases[base] for base in bases(lexicon, words, word) if base in phrases)


def verb_at(
    lexicon: Lexicon, words: Words, text: Sequence[Token], place: int
) -> tuple[int, Entry | None]:
    """How many tokens the longest phrase has that begins here with a form of its verb, and what it means."""
    longest, meaning = 1, None
    for phrases in _begun_by(lexicon, words, text[place].word):
        for rest, entry in phrases.items():
            if len(rest) >= longest and _stands_at(rest, lexicon, text, place + 1):
                longest, meaning = len(rest) + 1, entry
            elif meaning is None and _ends_clause(rest, lexicon, text, place + 1):
                meaning = entry
    return longest, meaning


def _stands_at(rest: Sequence[str], lexicon: Lexicon, text: Sequence[Token], place: int) -> bool:
    """Whether these words follow; one that is a preposition as well must end its clause: *die Sonne geht unter*."""
    last = lexicon.exactly(rest[-1]) if lexicon.name.startswith("de") else None
    if last is not None and "relations" in last.senses and len(rest) == 1:
        return False
    behind = text[place : place + len(rest)]
    spoken = all(t.word == word and not t.pause for t, word in zip(behind, rest, strict=False))
    return len(behind) == len(rest) and spoken


def _ends_clause(rest: Sequence[str], lexicon: Lexicon, text: Sequence[Token], place: int) -> bool:
    """Whether a German verb's other half stands where its clause ends: *dann läuft er weg*."""
    if len(rest) > 1 or not lexicon.name.startswith("de"):
        return False
    clause = place
    while clause < len(text) and not text[clause].pause and clause - place < FARTHEST:
        clause += 1
    return clause > place and text[clause - 1].word == rest[0]


def is_clause(entry: Entry, rest: Entry | None, last: Entry | None, before: Entry | None) -> bool:
    """Whether a phrase in the plural is a noun and its verb: *the bus stops*, but *two bus stops*.

    rest: what its words but the last one mean; last: what the last one means by itself; before: the word before it.
    """
    if not entry.plural or rest is None or last is None or "kinds" not in rest.senses:
        return False
    counted = before is not None and before.senses.get("counts", 1.0) != 1.0
    return not DEEDS.isdisjoint(last.senses) and not counted


def attribute(entry: Entry, first: Entry | None, rest: Entry | None) -> tuple[Entry, Entry] | None:
    """What the first word of a phrase says of its noun, and that noun: *brown bear*, *yellow bells*; None for others.

    first, rest: what the first word means, and what all the others mean. A species keeps its form.
    """
    if first is None or rest is None or "kinds" not in entry.senses or "kinds" in first.senses:
        return None
    senses = {table: value for table, value in first.senses.items() if table in DESCRIBING}
    same = rest.senses.get("kinds") == entry.senses["kinds"]
    counted = rest.plural and not entry.plural and "kinds" in rest.senses
    if not senses or not (same or counted):
        return None
    return Entry(senses), entry if same else rest


def noun_of(lexicon: Lexicon, words: Words, token: Token) -> Entry | None:
    """What a German word means that has its capital inside a sentence, and so is a noun: *zwei Netzen*, no wetting."""
    capital = token.typed[:1].isupper() and token.typed[1:].islower()
    if not lexicon.name.startswith("de") or not capital or token.pause == ".":
        return None
    rules = tuple(rule for rule in lexicon.rules if rule.sort == "plurals")
    for entry in (
        words.exactly(token.word),
        lexicon.inflected(token.word, rules),
        words.inflected(token.word, rules),
    ):
        if entry is not None and "kinds" in entry.senses:
            return entry
    return None
