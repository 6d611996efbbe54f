"""Several lexicons as one: tokens become terms, the longest match first, a person's own words before all others.

Knows what each word may mean, and nothing of the sentence it stands in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Final, Self, TypeAlias, cast

from uncaged.engines.ink.words import phrases
from uncaged.engines.ink.words.beside import BESIDE, DEEDS, NAMES, is_common, lonely, with_noun
from uncaged.engines.ink.words.entries import Entry, Rule
from uncaged.engines.ink.words.lexicon import Lexicon, shipped
from uncaged.engines.ink.words.numerals import numeral_at
from uncaged.engines.ink.words.senses import ALONE, ENDINGS
from uncaged.engines.ink.words.spelling import Token, composed, joined, tokens, unspaced
from uncaged.engines.ink.words.table import Words, words_of
from uncaged.engines.ink.words.term import Term

MOST_TERMS: Final = 32
"""Terms that the words inside one person's word may become, however its meanings refer to each other."""

MOST_OF_A_TEXT: Final = 5_000
"""Terms that such words may become in one text; the words after that are left as they are."""

DEEPEST: Final = 8
"""Words that may stand for a word that stands for a word."""

LONGEST_GLUED: Final = 12
"""Signs in a row that are tried as one word in a script without spaces."""


MOST_HEARD: Final = 200
"""Words by which a text's language is told."""

CLEARLY: Final = 2
"""So many more words than the next one must a lexicon know before the large tables need not be asked."""

THINGS: Final = frozenset({"kinds", "forms", "noun-sizes", "settings", "worn", "garments", "words"})
"""What the last noun of a compound can be."""

DRAWN_ALONE: Final = THINGS | {ALONE, "herds", "hues", "palettes", "weather", "materials", "moods"}
"""Senses by which a word alone belongs to a language; what somebody does says less."""

ARTICLE: Final = 2
"""So much an article at the beginning counts, where it is not clear which language is spoken."""

SORTS: Final = {"n": "plurals", "v": "verbs"}
"""What an irregular form is a form of, and which endings it stands for."""


Guard: TypeAlias = frozenset[str]
"""Words that are being explained just now: in what they stand for they mean what they mean to everybody."""


class Vocabulary:
    """Lexicons in the order they are asked: a person's own, then those that are shipped."""

    def __init__(self, own: Sequence[Lexicon]) -> None:
        common = shipped()
        self.own = tuple(own)
        self.common = common
        self.lexicons = (*self.own, *common)
        self.rules: tuple[Rule, ...] = tuple(rule for lexicon in common for rule in lexicon.rules)
        self.longest: dict[str, int] = {}
        for lexicon in self.lexicons:
            for word, length in lexicon.longest.items():
                self.longest[word] = max(length, self.longest.get(word, 1))
        self.found: dict[tuple[str, str], Entry | None] = {}
        self.meanings: dict[str, tuple[Term, ...]] = {}

    @classmethod
    def of(cls, own: Sequence[Lexicon] = ()) -> Self:
        """The vocabulary of these lexicons; the same one for the same files."""
        return cast("Self", _vocabulary(tuple(own)))

    def language(self, words: Sequence[Token]) -> Lexicon:
        """The shipped language that knows most of these words; the first one, English, when in doubt.

        A word alone belongs to the language in which it can be drawn: *chat* is a cat, *a chat* is none.
        """
        heard = tuple(dict.fromkeys(token.word for token in words[:MOST_HEARD]))
        alone = len(heard) == 1
        known = [sum(self._speaks(one, word, alone) for word in heard) for one in self.common]
        best, next_best = sorted(known, reverse=True)[:2]
        if best - next_best < CLEARLY:
            for number, one in enumerate(self.common):
                known[number] = sum(self._knows(one, word, alone) for word in heard)
                known[number] += ARTICLE * (len(heard) > 1 and self._begins_a_noun(one, heard[0]))
        return self.common[known.index(max(known))]

    def _speaks(self, lexicon: Lexicon, word: str, alone: bool) -> bool:
        """Whether a lexicon has this word."""
        entry = lexicon.exactly(word) or self._inflected(lexicon, word)
        return entry is not None and not (alone and is_common(entry))

    def _knows(self, lexicon: Lexicon, word: str, alone: bool) -> int:
        """How well a language knows this word: 4 as it stands in its lexicon, 3 as it stands in its large table, 2 by
        an ending of the lexicon, 1 by one of the table. *A suit* is English, though French knows *suivre*."""
        words, own = words_of(lexicon.name[:2]), lexicon.exactly(word)
        if alone and own is not None and is_common(own):
            return 0
        found = (
            with_noun(own, words, word),
            words.exactly(word),
            self._inflected(lexicon, word),
            next(filter(None, self._many(lexicon, word)), None),
        )
        for n, one in enumerate(found):
            if one and not (alone and "grammar" in one.senses):
                return 4 - n if not alone or one.senses.keys() & DRAWN_ALONE else 1
        return 0

    def _begins_a_noun(self, lexicon: Lexicon, word: str) -> bool:
        """Whether a word is an article or a number: *a porter* is English, though French has *porter* and *il a*."""
        entry = lexicon.exactly(word)
        return entry is not None and (
            "counts" in entry.senses or entry.senses.get("grammar") == "the"
        )

    def terms(self, words: Sequence[Token], language: Lexicon) -> list[Term]:
        """The terms of a text, in order; a word that stands for others is several terms of the same origin."""
        return list(_Unfolding(self, MOST_OF_A_TEXT, language).terms(words, frozenset()))

    def find(self, word: str, without: Guard, language: Lexicon) -> Entry | None:
        """What a folded word or phrase means: to this person, in this language, in another one."""
        if without:
            return self._search(word, without, language)
        key = (language.name, word)
        if key not in self.found:
            if len(self.found) > 50_000:
                self.found.clear()
            self.found[key] = self._search(word, without, language)
        return self.found[key]

    def _search(self, word: str, without: Guard, language: Lexicon) -> Entry | None:
        for lexicon in self.own:
            for entry in (lexicon.exactly(word), self._inflected(lexicon, word)):
                if entry and is_common(entry):
                    return None
                if entry and not (word in without and "words" in entry.senses):
                    return entry
        for entry in chain(self._at_home(word, language), self._abroad(word, language)):
            if entry and not (word in without and "words" in entry.senses):
                return None if is_common(entry) else entry
        return None

    def _at_home(self, word: str, language: Lexicon) -> Iterator[Entry | None]:
        """In the sentence's language: what is written by hand before what is distilled, as it stands before inflected.

        A common word ends the search here: *a bird seen from above* has no German lakes.
        """
        words = words_of(language.name[:2])
        known = self._with_many(with_noun(language.exactly(word), words, word), language, word)
        yield self._with_verb(known, language, word)
        yield words.hushed(word)
        found = words.exactly(word)
        if found is not None and found.senses.keys() == {ALONE}:
            others = (entry for entry in self._by_its_parts(language, words, word) if entry)
            yield lonely(next(others, found), found)
        yield self._with_verb(found, language, word)
        yield from self._by_its_parts(language, words, word)

    def _with_many(self, entry: Entry | None, language: Lexicon, word: str) -> Entry | None:
        """A material that is many of a thing as well: *made of flowers*, *two flowers*."""
        if entry is None or not entry.senses.keys() <= BESIDE:
            return entry
        many = self._inflected(language, word)
        if many is None or not many.plural or "kinds" not in many.senses:
            return entry
        return replace(entry, senses={**many.senses, **entry.senses}, plural=True)

    def _by_its_parts(self, language: Lexicon, words: Words, word: str) -> Iterator[Entry | None]:
        """What a word means by its ending, as an irregular form, or as a compound."""
        yield self._inflected(language, word)
        yield from (self._form(language, words, base, sort) for base, sort in words.bases(word))
        yield words.inflected(word, language.rules or self.rules)
        yield self._compound(language, words, word)

    def _with_verb(self, entry: Entry | None, language: Lexicon, word: str) -> Entry | None:
        """A noun that is the form of a verb as well: *la porte*, *elle porte*; *leaves*. English has rare ones in its
        table."""
        if entry is None or entry.senses.keys().isdisjoint({"kinds", "settings"}):
            return entry
        rules = tuple(rule for rule in language.rules if rule.sort == "verbs")
        verb = language.inflected(word, rules)
        if verb is None and language is not self.common[0]:
            verb = words_of(language.name[:2]).inflected(word, rules)
        if verb is None or not entry.senses.keys().isdisjoint(DEEDS):
            return entry
        deeds = {t: v for t, v in verb.senses.items() if t in DEEDS}
        return replace(entry, senses={**deeds, **entry.senses})

    def _compound(self, language: Lexicon, words: Words, word: str) -> Entry | None:
        """What the last noun of a compound means: a *Segelboot* is a boat, four *Segelboote* are boats."""
        for last in words.lasts(word):
            found = (
                language.exactly(last),
                words.exactly(last),
                self._inflected(language, last),
                words.inflected(last, language.rules or self.rules),
            )
            entry = next((one for one in found if one and one.senses.keys() & THINGS), None)
            if entry is not None:
                senses = {t: v for t, v in entry.senses.items() if t in THINGS}
                return replace(entry, senses=senses)
        return None

    def _abroad(self, word: str, language: Lexicon) -> Iterator[Entry | None]:
        """In the other languages, where a common word says nothing."""
        others = [lexicon for lexicon in self.common if lexicon is not language]
        found = chain(
            (lexicon.exactly(word) for lexicon in others),
            (words_of(lexicon.name[:2]).exactly(word) for lexicon in others),
            (self._inflected(lexicon, word) for lexicon in others),
        )
        return (entry for entry in found if entry and not is_common(entry))

    def _many(self, lexicon: Lexicon, word: str) -> Iterator[Entry | None]:
        """What the large table of its language says."""
        words = words_of(lexicon.name[:2])
        yield words.exactly(word)
        yield words.inflected(word, lexicon.rules or self.rules)
        yield from (self._form(lexicon, words, base, sort) for base, sort in words.bases(word))

    def _form(self, language: Lexicon, words: Words, base: str, sort: str) -> Entry | None:
        """What an irregular form means: *geese* are many of what a goose is."""
        entry = language.exactly(base) or words.exactly(base)
        tables = ENDINGS[SORTS[sort]]
        senses = {t: v for t, v in entry.senses.items() if t in tables} if entry else {}
        return Entry(senses, plural=sort == "n") if senses else None

    def _inflected(self, lexicon: Lexicon, word: str) -> Entry | None:
        return lexicon.inflected(word, lexicon.rules or self.rules)

    def longest_at(
        self, words: Sequence[Token], place: int, without: Guard, language: Lexicon
    ) -> tuple[int, Entry | None]:
        """How many tokens the longest phrase that begins here has, and what it means."""
        first = words[place].word
        most = max(
            self.longest.get(first, 1), words_of(language.name[:2]).table.longest_from(first)
        )
        most = min(most, len(words) - place)
        deed = phrases.verb_at(language, words_of(language.name[:2]), words, place)
        for length in range(most, deed[0] if deed[1] else 0, -1):
            entry = self.find(joined(words[place : place + length]), without, language)
            if entry and not (
                length > 1 and self._is_clause(entry, words, place, length, language)
            ):
                return length, entry
        return deed

    def _is_clause(
        self, entry: Entry, words: Sequence[Token], place: int, length: int, language: Lexicon
    ) -> bool:
        """Whether a phrase is a noun and what it does."""
        if not entry.plural:
            return False
        rest, last = words[place : place + length - 1], words[place + length - 1]
        before = words[place - 1].word if place else ""
        return phrases.is_clause(
            entry,
            self.find(joined(rest), frozenset(), language),
            language.inflected(last.word, tuple(r for r in language.rules if r.sort == "verbs")),
            self.find(before, frozenset(), language) if before else None,
        )

    def glued_at(self, word: str, start: int, without: Guard) -> tuple[int, Entry | None]:
        """How many signs the longest word has that begins inside a run without spaces, and what it means."""
        for lexicon in self.lexicons:
            for length in (
                range(min(LONGEST_GLUED, len(word) - start), 0, -1) if lexicon.glued else ()
            ):
                part = word[start : start + length]
                entry = lexicon.glued.get(part)
                if entry and not (part in without and "words" in entry.senses):
                    return length, entry
        return 1, None


class _Unfolding:
    """Tokens of one text become terms. left: how many more terms may come from words that stand for other words."""

    def __init__(self, vocabulary: Vocabulary, left: int, language: Lexicon) -> None:
        self.vocabulary = vocabulary
        self.left = left
        self.language = language

    def terms(self, words: Sequence[Token], without: Guard) -> Iterator[Term]:
        """without: words that are being explained just now."""
        place = 0
        while place < len(words):
            length, entry = self.vocabulary.longest_at(words, place, without, self.language)
            length, entry = self._counted(words, place, length, entry)
            token = words[place]
            if entry is not None and length == 1 and not (NAMES - {"words"}) & entry.senses.keys():
                noun = phrases.noun_of(self.language, words_of(self.language.name[:2]), token)
                entry = noun or entry
            if entry is None:
                yield from self._unknown(token, place, without)
            else:
                word = joined(words[place : place + length])
                origin = tuple(range(place, place + length))
                plural = entry.plural or composed(words[place + length - 1].typed) in entry.accented
                pause = token.pause
                if length > 1 and (both := self._attribute(words, place, length, entry)):
                    yield Term(token.word, origin[:1], both[0].senses, pause=pause)
                    origin, pause, entry, plural = origin[1:], "", both[1], plural or both[1].plural
                yield from self._known(Term(word, origin, entry.senses, plural, pause), without)
            place += length

    def _counted(
        self, words: Sequence[Token], place: int, length: int, entry: Entry | None
    ) -> tuple[int, Entry | None]:
        """A number of several words, or of one that no lexicon has: *forty-two*, *zweiundvierzig*."""
        own = any(lexicon.exactly(words[place].word) for lexicon in self.vocabulary.own)
        if own or (entry is not None and entry.senses.keys() != {"counts"}):
            return length, entry
        used, many = numeral_at(words, place, self.language.name.partition(".")[0])
        longer = used > length or (used == length and entry is None)
        return (used, Entry({"counts": float(many)})) if longer else (length, entry)

    def _attribute(
        self, words: Sequence[Token], place: int, length: int, entry: Entry
    ) -> tuple[Entry, Entry] | None:
        """The colour or size at the beginning of a phrase that is not a person's own: a *brown* bear."""
        phrase = joined(words[place : place + length])
        own = self.vocabulary.own
        if any(lexicon.exactly(phrase) or lexicon.inflected(phrase) for lexicon in own):
            return None
        first, rest = words[place].word, joined(words[place + 1 : place + length])
        find = self.vocabulary.find
        known = (find(one, frozenset(), self.language) for one in (first, rest))
        return phrases.attribute(entry, *known)

    def _known(self, term: Term, without: Guard) -> Iterator[Term]:
        """A term as it is, or what it stands for; the plural falls on the last noun of that."""
        if not term.has("words"):
            yield term
            return
        meaning = self._meaning(term, without) if len(without) < DEEPEST else ()
        if not meaning or self.left < len(meaning):
            yield replace(term, senses={})
            return
        self.left -= len(meaning)
        for number, part in enumerate(meaning):
            yield replace(part, origin=term.origin, pause="" if number else term.pause)

    def _meaning(self, term: Term, without: Guard) -> tuple[Term, ...]:
        key = f"{term.word}={term.text('words')}"
        known = self.vocabulary.meanings.get(key) if not without else None
        if known is not None:
            return known
        meant = tokens(term.text("words"))
        language = self.vocabulary.language(meant)  # a person's own, whatever the sentence speaks
        inner = self if without else _Unfolding(self.vocabulary, MOST_TERMS, language)
        made = [replace(part, soft=True) for part in inner.terms(meant, without | {term.word})]
        last = max((i for i, part in enumerate(made) if part.has("kinds")), default=-1)
        if term.plural and last >= 0:
            made[last] = replace(made[last], plural=True)
        if not without:
            self.vocabulary.meanings[key] = tuple(made)
        return tuple(made)

    def _unknown(self, token: Token, place: int, without: Guard) -> Iterator[Term]:
        """A word nobody knows; in a script without spaces, the longest words that are known inside it."""
        start = end = 0
        pause = token.pause
        word = token.word if unspaced(token.word) else ""
        while end < len(word) and self.left > 0:
            length, entry = self.vocabulary.glued_at(word, end, without)
            if entry is None:
                end += 1
                continue
            if end > start:
                yield Term(word[start:end], (place,), pause=pause)
                pause = ""
            self.left -= 1
            known = Term(word[end : end + length], (place,), entry.senses, entry.plural, pause)
            yield from self._known(known, without)
            start = end = end + length
            pause = ""
        if start < len(token.word):
            yield Term(token.word[start:], (place,), pause=pause)


@lru_cache(16)
def _vocabulary(own: tuple[Lexicon, ...]) -> Vocabulary:
    return Vocabulary(own)
