"""A sentence becomes labels of the grammar: with `ink`'s lexicons and reading, and as near as Seedling comes.

Every text gives labels, in any script; what each word became is said. Knows no network and no pixels.
"""

from collections.abc import Collection, Sequence

from uncaged.engines.ink.words.clauses import clauses
from uncaged.engines.ink.words.joining import set_down
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.reading import HUSH, is_small, listen
from uncaged.engines.ink.words.said import Origin
from uncaged.engines.ink.words.spelling import Token, tokens
from uncaged.engines.ink.words.vocabulary import Vocabulary
from uncaged.engines.seedling.described import Reading
from uncaged.engines.seedling.grammar import (
    SLOT,
)
from uncaged.engines.seedling.kin import (
    CIRCLING,
)
from uncaged.engines.seedling.telling import Heard, Telling


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
    round_about, rest = _circling(typed)
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
    places = [i for i, token in enumerate(typed) if i not in round_about]
    telling = Telling(reader, places, seed, learned)
    telling.tell(round_about, terms)
    small = {places[i] for term in terms if is_small(term) for i in term.origin}
    return telling.reading(typed, small)


def _circling(typed: Sequence[Token]) -> tuple[Origin, list[Token]]:
    """The words that say that something goes round on a ring, and all the others."""
    words = [token.word for token in typed]
    for phrase in CIRCLING:
        for i in range(len(words) - len(phrase) + 1):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found = tuple(range(i, i + len(phrase)))
                return found, [token for n, token in enumerate(typed) if n not in found]
    return (), list(typed)
