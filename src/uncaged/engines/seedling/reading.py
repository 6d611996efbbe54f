"""A sentence becomes labels of the grammar: with `ink`'s lexicons and reading, and as near as Seedling comes.

Every text gives labels, in any script; what each word became is said. Knows no network and no pixels.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from uncaged.engines.ink.words.clauses import clauses
from uncaged.engines.ink.words.joining import set_down
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.reading import HUSH, is_small, listen
from uncaged.engines.ink.words.said import Origin
from uncaged.engines.ink.words.spelling import Token, tokens
from uncaged.engines.ink.words.vocabulary import Vocabulary
from uncaged.engines.seedling.described import Reading
from uncaged.engines.seedling.grammar import SLOT
from uncaged.engines.seedling.kin import OF_SOMETHING, SAYINGS
from uncaged.engines.seedling.telling import Heard, Telling

MOST = max(len(phrase) for phrase in SAYINGS)
"""Words of a saying, at most."""


def read(
    text: str,
    seed: int = 0,
    lexicons: Sequence[Lexicon] = (),
    learned: Collection[str] = frozenset(SLOT),
) -> Reading:
    """Reads a text in any language; never fails, the same text and seed give the same reading.

    seed: the lot where words leave a direction open. lexicons: a person's own. learned: the slots that the weights
    know; what belongs to others is told apart. Only the first scene of a text is drawn.
    """
    typed = tokens(text)
    sayings, places = _sayings(typed)
    rest = _without(typed, places)
    vocabulary = Vocabulary.of(lexicons)
    language = vocabulary.language(rest)
    terms = vocabulary.terms(rest, language)
    reader = Reader(
        clauses(terms)[0],
        notes=Heard(),
        language=language.name.partition(".")[0],
        unknown=HUSH,
    )
    listen(reader)
    set_down(reader.said.nouns)
    telling = Telling(reader, places, seed, learned)
    telling.tell(sayings, terms)
    small = {places[i] for term in terms if is_small(term) for i in term.origin}
    return telling.reading(typed, small)


def _sayings(typed: Sequence[Token]) -> tuple[list[tuple[str, Origin]], list[int]]:
    """What words say together, by label (``motion.circles``) and their numbers; and the numbers of all others."""
    words = [token.word for token in typed]
    found: list[tuple[str, Origin]] = []
    rest: list[int] = []
    at = 0
    while at < len(words):
        label, count = _saying(words, at)
        if count:
            found.append((label, tuple(range(at, at + count))))
        else:
            rest.append(at)
        at += max(1, count)
    return found, rest


def _saying(words: Sequence[str], at: int) -> tuple[str, int]:
    """The longest saying that begins here, and how many words it has; ("", 0) where none does."""
    for count in range(min(MOST, len(words) - at), 0, -1):
        label = SAYINGS.get(tuple(words[at : at + count]), "")
        of = label.startswith("place.") and words[at + count : at + count + 1]
        if label and not (of and of[0] in OF_SOMETHING):
            return label, count
    return "", 0


def _without(typed: Sequence[Token], places: Sequence[int]) -> list[Token]:
    """The tokens of these numbers; the longest pause before one that is left out stands before the next."""
    kept: list[Token] = []
    for before, at in zip([-1, *places], places, strict=False):
        pauses = {typed[i].pause for i in range(before + 1, at + 1)}
        longest = next((pause for pause in (".", ",") if pause in pauses), "")
        kept.append(replace(typed[at], pause=longest))
    return kept
