"""A sentence is read: one pass, step by step, and then everything it left open is decided. Knows no pixels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words import around, nouns, steps
from uncaged.engines.ink.words.completing import complete
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.sentence import say
from uncaged.engines.ink.words.spelling import Token, fold, tokens
from uncaged.engines.ink.words.vocabulary import Term, Vocabulary

Step: TypeAlias = Callable[[Reader, Term], bool]
"""Takes a term (True) or leaves it to the next step."""

STEPS: Final[tuple[Step, ...]] = (
    around.absence,
    nouns.pronoun,
    steps.grammar,
    steps.camera,
    steps.line,
    steps.place,
    steps.count,
    nouns.herd,
    steps.hue,
    steps.fill,
    steps.size,
    steps.tempo,
    steps.motion,
    around.relation,
    around.worn,
    around.surroundings,
    nouns.kind,
    nouns.creature,
)
"""Tried in this order for each term; a term no step takes is a word that only varies the picture."""

STEPS_FOR_STRANGERS: Final[tuple[Step, ...]] = (steps.count, nouns.creature)
"""All that a word which no lexicon knows can be: digits, or a creature."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence became.

    scene: complete. words: each word as it was typed, in order → what it changed; "" = it was only hashed, so that it
    varies the picture without naming anything. sentence: the same for people.
    """

    scene: Scene
    words: Mapping[str, str]
    sentence: str


def read(text: str, seed: int, lexicons: Sequence[Lexicon] = ()) -> Reading:
    """Reads a sentence in any language; never fails, the same text, seed and lexicons give the same reading.

    seed: 0 … 2^53 − 1. lexicons: a person's own, the first one that knows a word decides.
    """
    typed = tokens(text)
    vocabulary = Vocabulary.of(lexicons)
    language = vocabulary.language(typed)
    reader = Reader(vocabulary.terms(typed, language), language=language.name.partition(".")[0])
    for number, term in enumerate(reader.terms):
        reader.at = number
        if term.pause:
            reader.pause(term.pause)
        for step in STEPS if term.senses else STEPS_FOR_STRANGERS:
            if step(reader, term):
                break
    scene = complete(reader.said, reader.notes, fold(text), seed)
    words = _words(typed, reader)
    small = {
        typed[place].typed for term in reader.terms if _is_small(term) for place in term.origin
    }
    hashed = [word for word, effect in words.items() if not effect and word not in small]
    return Reading(scene, words, say(scene, hashed))


def _is_small(term: Term) -> bool:
    """Articles, prepositions and the like, of which nobody expects a picture."""
    return term.has("grammar", "relations") or term.senses.get("counts") == 1


def _words(typed: Sequence[Token], reader: Reader) -> dict[str, str]:
    """Each typed word once, with every effect it had in all its places."""
    effects = reader.notes.by_token()
    words: dict[str, list[str]] = {}
    for number, token in enumerate(typed):
        said = words.setdefault(token.typed, [])
        said += [effect for effect in effects.get(number, ()) if effect not in said]
    return {word: ", ".join(effect) for word, effect in words.items()}
