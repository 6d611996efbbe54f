"""A sentence is read: one pass, step by step, and then everything it left open is decided. Knows no pixels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from uncaged.engines.ink.framing import framed
from uncaged.engines.ink.genome import MOST_LETTERS
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words import around, nouns, steps, undone, verbs
from uncaged.engines.ink.words.clauses import carry_on, clauses, goes_on, numbered
from uncaged.engines.ink.words.completing import Before, Lots, complete
from uncaged.engines.ink.words.joining import set_down
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.said import Noun
from uncaged.engines.ink.words.sentence import say
from uncaged.engines.ink.words.spelling import Token, fold, tokens
from uncaged.engines.ink.words.telling import as_asked
from uncaged.engines.ink.words.term import Term
from uncaged.engines.ink.words.vocabulary import Vocabulary

Step: TypeAlias = Callable[[Reader, Term], bool]
"""Takes a term (True) or leaves it to the next step."""

STEPS: Final[tuple[Step, ...]] = (
    undone.undone,
    around.absence,
    nouns.alone,
    nouns.pronoun,
    steps.grammar,
    steps.camera,
    steps.manner,
    steps.line,
    steps.material,
    steps.place,
    steps.count,
    nouns.herd,
    steps.hue,
    steps.fill,
    steps.size,
    steps.look,
    verbs.mood,
    steps.tempo,
    verbs.verb,
    around.relation,
    around.part_of,
    around.limb,
    around.worn,
    around.surroundings,
    nouns.kind,
    nouns.creature,
)
"""Tried in this order for each term; a term no step takes is a word that only varies the picture."""

INVENT, WRITE, HUSH = "invent", "write", "hush"
"""What may become of nouns that nobody knows."""

A_PAGE: Final = 9
"""So many words with nothing to draw among them are a page, and are written."""

MANY_LOST: Final = 5
"""So many words, two thirds of all, that nothing is drawn for make a page, too."""

STEPS_FOR_STRANGERS: Final[tuple[Step, ...]] = (undone.undone, steps.count, nouns.creature)
"""All that a word which no lexicon knows can be: a deed that is not done, digits, or a creature."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence became.

    scene: complete. words: each word as it was typed, in order → what it changed; "" = it was only hashed, so that it
    varies the picture without naming anything. sentence: the same for people.
    """

    scene: Scene
    words: Mapping[str, str]
    sentence: str
    trail: "Trail | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Trail:
    """Where another text can go on. text: folded. reader: of its last scene. lots: of all. numbers: subjects that have
    one."""

    text: str
    reader: Reader
    lots: Lots
    numbers: int


def read(
    text: str,
    seed: int,
    lexicons: Sequence[Lexicon] = (),
    unknown: str = INVENT,
    *,
    origin: str | None = None,
    on: Reading | None = None,
    refused: frozenset[str] = frozenset(),
) -> Reading:
    """Reads a sentence in any language; never fails, the same text, seed and lexicons give the same reading.

    seed: 0 … 2^53 − 1. lexicons: a person's own, the first one that knows a word decides. unknown: what becomes of
    nouns that nobody knows: *invent* draws a thing of its own for each, *write* writes what is not drawn into the
    picture, *hush* lets it vary the picture and no more. origin: the text it was changed from; what the words leave
    open stays as it was there. on: what came before this; who was there stays who they are, as after *then*, and
    nothing is invented. refused: what must not be seen, see `named`.
    """
    typed = tokens(text)
    if on is not None and (_said_before(text, on) or goes_on([token.word for token in typed])):
        return _same_again(on, typed)
    vocabulary = Vocabulary.of(lexicons)
    language = vocabulary.language(typed)
    terms = vocabulary.terms(typed, language)
    trail = None if on is None else on.trail
    unknown = HUSH if on is not None and unknown == INVENT else unknown
    readers: list[Reader] = []
    last = 0 if trail is None else trail.numbers
    before = None if trail is None else trail.reader
    for part in clauses(terms):
        reader = Reader(part, language=language.name.partition(".")[0], unknown=unknown)
        if before is not None:
            reader.earlier = before.said.nouns
        listen(reader)
        _leave_out(reader, refused)
        if before is not None:
            carry_on(reader, before)
        last = numbered(reader.said.nouns, last)
        readers.append(reader)
        before = reader
    lots = Lots(fold(text if origin is None else origin), seed) if trail is None else trail.lots
    written = _written(readers, typed, terms, unknown)
    scene = _completed(readers, fold(text), lots, on)
    words = _words(typed, readers, written)
    small = {typed[place].typed for term in terms if is_small(term) for place in term.origin}
    hashed = [word for word, effect in words.items() if not effect and word not in small]
    denied = [
        origin for reader in readers for origin in reader.said.kept if written.isdisjoint(origin)
    ]
    kept = [" ".join(typed[place].typed for place in origin) for origin in denied]
    nouns = [noun for reader in readers for noun in reader.said.nouns]
    filled = {f"s{noun.number}" for noun in nouns if noun.fill}
    coloured = {f"s{noun.number}" for noun in nouns if noun.hue is not None}
    sentence = say(as_asked(scene, filled, coloured), hashed, kept)
    return Reading(scene, words, sentence, Trail(fold(text), readers[-1], lots, last))


def _said_before(text: str, on: Reading) -> bool:
    """Whether what comes before this said the same."""
    return on.trail is not None and on.trail.text == fold(text)


def _same_again(on: Reading, typed: Sequence[Token]) -> Reading:
    """The last scene goes on."""
    scene = on.scene.sequence[-1]
    return replace(
        on, scene=scene, words={token.typed: "" for token in typed}, sentence="It goes on."
    )


def named(text: str, lexicons: Sequence[Lexicon] = ()) -> frozenset[str]:
    """What a text names: kinds, weather, a palette. So much of a negative prompt can be left out of a picture."""
    scene = read(text, 0, lexicons, HUSH)
    found = {subject.kind for one in scene.scene.sequence for subject in one.subjects}
    effects = ", ".join(scene.words.values()).split(", ")
    said = {effect.partition(": ")[2] for effect in effects if effect.startswith(_LEFT_OUT)}
    return frozenset((found if "drawn" in effects else set()) | said)


_LEFT_OUT: Final = ("weather: ", "palette: ")


def _leave_out(reader: Reader, refused: frozenset[str]) -> None:
    said = reader.said
    if not refused:
        return
    said.refused |= refused
    gone = {id(noun) for noun in said.nouns if noun.kind in refused}
    said.absent += [noun.kind for noun in said.nouns if id(noun) in gone]
    said.nouns = [noun for noun in said.nouns if id(noun) not in gone]
    said.weather = {name: amount for name, amount in said.weather.items() if name not in refused}
    said.palette = "" if said.palette in refused else said.palette


def listen(reader: Reader) -> None:
    """One scene, from its first term to its last."""
    for number, term in enumerate(reader.terms):
        reader.at = number
        if term.pause:
            reader.pause(term.pause)
        for step in STEPS if term.senses else STEPS_FOR_STRANGERS:
            if step(reader, term):
                break
    left = reader.waiting.get("count")
    if left is not None and left.effect and not reader.said.nouns:
        reader.notes.note("count", left.origin, f"{left.effect}, of nothing that was named")


def _completed(readers: Sequence[Reader], text: str, lots: Lots, on: Reading | None) -> Scene:
    """All scenes with nothing left open, the first with the others behind it."""
    scenes: list[Scene] = []
    before: Before | None = None
    if on is not None and on.trail is not None:
        before = Before(on.trail.reader.said, on.scene.sequence[-1])
    for reader in readers:
        set_down(reader.said.nouns)
        scenes.append(complete(reader.said, reader.notes, text, lots, before))
        before = Before(reader.said, scenes[-1])
    whole = scenes.pop()
    while scenes:
        whole = scenes.pop().evolve(then=whole)
    return framed(whole, lots.turns.share("scheme"), "" if on is None else on.scene.scheme)


def _written(
    readers: Sequence[Reader], typed: Sequence[Token], terms: Sequence[Term], unknown: str
) -> frozenset[int]:
    """Writes into the picture what is not drawn, if that is wanted, or if a page of words holds nothing to draw.

    Returns the numbers of the tokens that were written.
    """
    drawn = any(reader.said.nouns for reader in readers)
    used = {
        token
        for reader in readers
        for token, effects in reader.notes.by_token().items()
        if effects != [around.KEPT]
    }
    small = {place for term in terms if is_small(term) for place in term.origin}
    lost = [i for i in range(len(typed)) if not (i in used or i in small)]
    content = {token.word for i, token in enumerate(typed) if i not in small}
    words = {typed[i].word for i in lost}
    mostly = len(words) >= MANY_LOST and 3 * len(words) >= 2 * len(content)
    page = unknown == INVENT and ((not drawn and len(typed) >= A_PAGE) or mostly)
    if unknown != WRITE and not page:
        return frozenset()
    left = list(range(len(typed))) if page else lost
    letters = ""
    shown: set[int] = set()
    for i in left:
        word = typed[i].typed
        if len(letters) + 1 + len(word) > MOST_LETTERS:
            break
        letters += f" {word}" if letters else word
        shown.add(i)
    if not letters or "writing" not in kinds():
        return frozenset()
    last = readers[-1].said
    last.nouns.append(Noun("writing", letters, letters=letters))
    return frozenset(shown)


def is_small(term: Term) -> bool:
    """Articles, prepositions and the like, of which nobody expects a picture."""
    return term.has("grammar", "relations") or term.senses.get("counts") == 1


def _words(
    typed: Sequence[Token], readers: Sequence[Reader], written: frozenset[int]
) -> dict[str, str]:
    """Each typed word once, with every effect it had in all its places."""
    effects: dict[int, list[str]] = {number: ["written"] for number in sorted(written)}
    for reader in readers:
        for number, found in reader.notes.by_token().items():
            said = effects.setdefault(number, [])
            said += [effect for effect in found if effect not in said]
    words: dict[str, list[str]] = {}
    for number, token in enumerate(typed):
        said = words.setdefault(token.typed, [])
        said += [effect for effect in effects.get(number, ()) if effect not in said]
    return {word: ", ".join(effect) for word, effect in words.items()}
