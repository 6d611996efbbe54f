"""Steps for words that say what: herds, kinds, and creatures. A noun takes everything that waits for it.

A word nobody knows becomes a creature where it stands like a noun.
"""

from dataclasses import replace
from typing import Final, cast

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.around import refuse
from uncaged.engines.ink.words.joining import bind, relate, stand_between
from uncaged.engines.ink.words.reader import SURROUNDINGS, Reader
from uncaged.engines.ink.words.reader import VERBS as DOING
from uncaged.engines.ink.words.said import MOST_BODIES, MOST_SUBJECTS, Noun, has_trait, is_person
from uncaged.engines.ink.words.senses import ALONE
from uncaged.engines.ink.words.steps import take_look
from uncaged.engines.ink.words.term import Term

PLURAL: Final = 4
"""How many "birds" are when nobody counts them."""

MOST_CREATURES: Final = 3
LONGEST_NAME: Final = 60
"""Characters of a word that may become a creature."""

CLOSER: Final = 1.2
"""How much larger a portrait shows who is not a person."""


ATTRIBUTES: Final = ("counts", "hues", "fills", "sizes", "looks")
"""Senses of words that may stand before a noun that stands alone."""

VERBS: Final = {"en": ("s", "ed", "ing", "ly"), "de": ("t",)}
"""How a word nobody knows must end to be a verb or an adverb behind its noun. Elsewhere the noun comes first anyway."""

NO_VERBS: Final = ("ss", "us", "is")
BOUNDS: Final = ("counts", "relations", "grammar")
"""Where one of these stands, a group of words ends."""


def pronoun(reader: Reader, term: Term) -> bool:
    """She, he, they: people, if nothing was named before and no name follows (*she is a dancer*)."""
    if term.grammar("it"):
        return _it(reader)
    if not (term.grammar("pronoun") or term.grammar("pronouns")):
        return False
    if not reader.denied and not reader.busy() and _again(reader, term):
        return True
    coming = list(reader.following())[:2]
    named = len(coming) == 2 and coming[0].grammar("quiet") and coming[1].has("counts", "herds")
    if reader.said.nouns or reader.denied or reader.busy() or named:
        return False
    noun = Noun("person", term.word)
    _add(reader, noun, term, "drawn as a person")
    if term.grammar("pronouns"):
        noun.count = 2
        reader.notes.note((noun, "count"), term.origin, "count: 2")
    return True


def _again(reader: Reader, term: Term) -> bool:
    """She, he, they, where somebody was named before: that one."""
    many = term.grammar("pronouns")
    people = [noun for noun in reader.said.nouns if is_person(noun)]
    lively = [noun for noun in reader.said.nouns if kinds()[noun.kind].faces and not noun.hole]
    found = (people if not many else [n for n in lively if n.count > 1] or people) or lively
    if not found and reader.earlier:
        earlier = [noun for noun in reader.earlier if is_person(noun)] or list(reader.earlier)
        found = [reader.recall(noun) for noun in (earlier if many else earlier[-1:])]
    if not found:
        return False
    _stand_forth(reader, found if many else found[-1:])
    return True


def _stand_forth(reader: Reader, found: list[Noun]) -> None:
    """From here on the sentence is about them."""
    reader.heads, reader.last = found, found[-1]
    just_now = [before.noun for before in reader.before]
    for noun in found:
        noun.acted = noun in just_now  # dann läuft er weg
    reader.opened, reader.fresh, reader.part, reader.done = True, False, "", None


def _it(reader: Reader) -> bool:
    """It, him, them, behind a verb or a preposition: what was named before, and is not who does it."""
    if reader.deed is None and reader.link is None:
        return False
    doers = reader.deed.doers if reader.deed else ()
    known = [noun for noun in reader.said.nouns if noun not in doers and noun is not reader.last]
    if not known and reader.said.nouns and reader.said.nouns[-1] not in doers:
        known = reader.said.nouns[-1:]
    if not known:
        known = [reader.recall(noun) for noun in reader.earlier if id(noun) not in reader.recalled][
            -1:
        ]
    if known:
        bind(reader, known[-1])
    reader.deed = None
    reader.clear()
    return True


def herd(reader: Reader, term: Term) -> bool:
    """A flock is seven birds; a flock of sheep is seven sheep."""
    herd = term.senses.get("herds")
    if herd is None:
        return False
    kind, many = cast("tuple[str, int]", herd)
    many = min(many, MOST_BODIES)
    for coming in reader.following():
        if coming.grammar("of") or coming.text("kinds") == kind:
            reader.wait("count", many, term, f"count: {many}")
            return True
        if not coming.has("hues", "fills", "sizes"):
            break
    if reader.denied:
        return refuse(reader, term, kind)
    counted = reader.waiting.get("count")
    if counted is None or cast("int", counted.value) == 1:
        reader.waiting.pop("count", None)
        reader.wait("count", many, term, f"count: {many}")
    _add(reader, Noun(kind, term.word), term, _drawn(term, kind))
    return True


def kind(reader: Reader, term: Term) -> bool:
    """A known noun."""
    name = term.text("kinds")
    if not name:
        return False
    if reader.denied:
        return refuse(reader, term, name)
    if _of_portrait(reader, name):
        return _merge(reader, term, name)
    if _names_a_place(reader):
        reader.link, reader.leading = None, True
        return True
    known = _known(reader, term)
    if known is not None:
        object_ = reader.link is not None or reader.deed is not None
        bind(reader, known)
        reader.clear()
        if not object_:
            _stand_forth(reader, [known])
        reader.last, reader.opened, reader.fresh, reader.part = known, True, True, ""
        return True
    form = cast("tuple[str, str]", term.senses["forms"])[1] if term.has("forms") else ""
    noun = Noun(name, term.word, form=form)
    noun.grow(term.number("noun-sizes"))
    _add(reader, noun, term, _drawn(term, name) + (f" ({form})" if form else ""))
    return True


def _names_a_place(reader: Reader) -> bool:
    """Whether it only says which place it is where somebody is: in the *hotel* corridor, in a *dog* park."""
    coming = next(reader.following(), None)
    return (
        reader.language == "en"
        and (reader.leading or (reader.link is not None and reader.link.name == "in"))
        and coming is not None
        and not coming.pause
        and coming.has("settings")
    )


def alone(reader: Reader, term: Term) -> bool:
    """A word that is something else first, where nothing else is said: *a pan*, *the ice*, *a blue suit*."""
    if (
        ALONE not in term.senses
        or term.has("kinds")
        or reader.denied
        or reader.said.nouns
        or reader.earlier
    ):
        return False
    others = (one for one in reader.terms if one is not term)
    if not all(one.has("grammar", *ATTRIBUTES) and not one.has("kinds") for one in others):
        return False
    return not any(True for _ in reader.following()) and _draw_alone(reader, term)


def _draw_alone(reader: Reader, term: Term) -> bool:
    """The kind that stands behind *alone* in the large table."""
    senses = cast("dict[str, object]", term.senses[ALONE])
    if not senses:
        return False
    return kind(reader, replace(term, senses=senses))


def _drawn(term: Term, kind: str) -> str:
    """What a noun became; its own name, in the plural too, needs no explanation."""
    own = term.word == kind or (term.plural and term.word.startswith(kind[:3]))
    if own and not term.soft:
        return "drawn"
    return f"drawn as {'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def creature(reader: Reader, term: Term) -> bool:
    """A noun nobody knows is an animal that does not exist; the same one for the same word."""
    counted = bool(reader.waiting.keys() - {"motion", "place"})
    lonely = ALONE in term.senses
    if term.senses.keys() - {ALONE} or not (lonely or reader.unknown == "invent"):
        return False
    if not _is_noun(reader, term):
        return False
    if reader.denied:
        return refuse(reader, term, "", changed=False)
    if not (counted or reader.definite or reader.link or reader.deed):
        return False
    if reader.link is not None and reader.link.name == "in" and not lonely:
        reader.clear()  # in a blorb: a place, and nobody stands inside of an animal
        return False
    first = reader.definite and not reader.said.nouns
    room = reader.creatures < MOST_CREATURES and len(term.word) <= LONGEST_NAME
    if not room or not (counted or first):
        reader.clear()  # a noun that is not drawn: what described it is not for the next one
        return False
    if lonely:
        return _draw_alone(reader, term)
    plural = _many(reader) and term.word.endswith("s") and len(term.word) > 3
    name = term.word[:-1] if plural else term.word
    reader.creatures += 1
    _add(reader, Noun("creature", name), term, "drawn as a creature")
    return True


def _is_noun(reader: Reader, term: Term) -> bool:
    """Whether a word nobody knows stands where a noun does: at the end of its group, or before a verb."""
    coming = next(reader.following(), None)
    if coming is None or _bounds(coming):
        return True
    if coming.has("acts") and not coming.has("kinds"):
        return True
    if coming.has(*DOING) and not coming.has("kinds"):
        return not reader.names_noun(reader.described())
    if coming.pause:
        return not coming.has("hues", "fills", "sizes") and bool(coming.senses)
    if coming.senses:
        return not _group_has_noun(reader)
    endings = VERBS.get(reader.language)
    if endings is None:
        return not _group_has_noun(reader)
    if reader.language == "en" and _many(reader):
        return term.word.endswith("s") and not term.word.endswith(NO_VERBS)
    if coming.word.endswith(NO_VERBS) or not coming.word.endswith(endings):
        return False
    return coming.word.endswith(("s", "t")) or not _group_has_noun(reader)


def _bounds(term: Term) -> bool:
    return term.has(*BOUNDS) and not term.grammar("empty")  # an old empty house


def _many(reader: Reader) -> bool:
    """Whether more than one was counted."""
    many = reader.waiting.get("count")
    return many is not None and cast("int", many.value) > 1


def _group_has_noun(reader: Reader) -> bool:
    """Whether something known still comes that this word may describe."""
    for coming in reader.following():
        if coming.pause or _bounds(coming):
            return False
        if reader.names_noun(coming) or coming.has(*SURROUNDINGS):
            return True
    return False


def _add(reader: Reader, noun: Noun, term: Term, effect: str) -> None:
    """A new subject takes what waits for it, and the relation that led to it."""
    if len(reader.said.nouns) >= MOST_SUBJECTS:
        reader.clear()
        reader.last, reader.fresh = None, False
        return
    noun.count = PLURAL if term.plural else 1
    reader.notes.note((noun, "kind"), term.origin, effect)
    _take(reader, noun)
    before = reader.ahead
    if before and before.first and reader.link is None and not reader.joining:
        reader.said.nouns.insert(reader.said.nouns.index(before.first), noun)
        relate(reader, noun, before.name, before.first, before.origin)
        reader.ahead = None
    else:
        reader.said.nouns.append(noun)
    if reader.joining and reader.last is not None:
        stand_between(reader, reader.last)
    _head(reader, noun)
    bind(reader, noun)
    reader.clear()
    reader.refusal = ()
    reader.last, reader.opened, reader.fresh, reader.part = noun, True, True, ""
    reader.worn = False


def _head(reader: Reader, noun: Noun) -> None:
    """Whom the sentence is about: its first noun, and those joined to it by *and* before their verb."""
    if reader.link is not None or reader.deed is not None:
        return
    coming = next(reader.following(), None)
    acts = coming is not None and not coming.pause and coming.has(*DOING)
    if acts and reader.joining and reader.heads and reader.heads[0].acted:
        reader.heads, reader.done = [noun], None  # brings a letter, and the dog barks
    elif reader.joining and reader.done is not None and reader.last not in reader.heads:
        reader.deed = reader.done  # feeds pigeons and ducks
    elif reader.joining and reader.last in reader.heads and not reader.heads[0].acted:
        reader.heads.append(noun)
    elif not (reader.joining and reader.heads):
        reader.heads, reader.done = [noun], None


def _take(reader: Reader, noun: Noun) -> None:
    """Every attribute that waits."""
    for name, waiting in reader.waiting.items():
        slot, value = name, waiting.value
        if name == "count":
            many = cast("int", value)
            noun.count = many
            if many == 1:
                continue  # "a" and "one" say nothing new
        elif name == "size":
            noun.grow(cast("float", value))
        elif name == "place":
            slot, amount = cast("tuple[str, float]", value)
            setattr(noun, slot, amount)
        elif name == "mood":
            noun.joy, noun.stir = cast("tuple[float, float]", value)
        elif name == "look":
            take_look(reader, noun, value, waiting.origin)
            continue
        else:
            setattr(noun, name, value)
        reader.notes.note((noun, slot), waiting.origin, waiting.effect)


def _known(reader: Reader, term: Term) -> Noun | None:
    """ "The bird" of which a bird was said before."""
    if not reader.definite or reader.waiting.keys() - {"motion", "count"}:
        return None
    found = next((noun for noun in reader.said.nouns if noun.word == term.word), None)
    if found is not None:
        return found
    before = next((noun for noun in reader.earlier if noun.word == term.word), None)
    return None if before is None else reader.recall(before)


def _of_portrait(reader: Reader, kind: str) -> bool:
    """Whether this is whom a portrait shows."""
    if (
        reader.last is None
        or reader.last.kind != "head"
        or kind == "head"
        or reader.link is not None
    ):
        return False
    return any(term.grammar("of") for term in reader.terms[max(0, reader.at - 4) : reader.at])


def _merge(reader: Reader, term: Term, kind: str) -> bool:
    """A portrait of a woman is a head; a portrait of a horse is a horse, seen closer."""
    noun = cast("Noun", reader.last)
    _take(reader, noun)
    if not has_trait(kind, "person"):
        noun.kind = kind
        noun.grow(CLOSER)
        reader.notes.rename((noun, "kind"), "seen closer")
    reader.notes.note((noun, "of"), term.origin, _drawn(term, noun.kind))
    reader.clear()
    reader.fresh, reader.part = True, ""
    return True
