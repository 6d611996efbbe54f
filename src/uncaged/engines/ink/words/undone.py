"""Steps for deeds that are not done: *does not bark*, *schläft nicht*, *ne dort pas*.

A deed that is denied leaves the one who does not do it as it is; no word behind *does not* is a thing. Makes no noun.
"""

from collections.abc import Sequence
from typing import Final

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.reader import ATTRIBUTES, SURROUNDINGS, VERBS, WAYS, Reader
from uncaged.engines.ink.words.said import Noun
from uncaged.engines.ink.words.term import Term

BEFORE_VERBS: Final = frozenset({"en", "fr"})
"""Languages in which *not* stands before a verb only, so that what follows is one, whatever else it may mean."""


NOTHING: Final = frozenset({"nothing", "nichts", "no hay nada", "rien"})
"""Words of denial that say what there is, and not what is not done."""


def undone(reader: Reader, term: Term) -> bool:
    """*Not*, and the verb behind it that nobody knows or that cannot be drawn."""
    if term.grammar("not"):
        return _not(reader, term)
    if not reader.undoing:
        return False
    if term.has(*VERBS) or (term.has("grammar") and not term.grammar("without")):
        return False
    thing = term.has("kinds", "herds", "worn", "garments")
    if term.has("counts", "grammar", *ATTRIBUTES, *SURROUNDINGS, "relations") and not thing:
        reader.undoing = False
        return False
    if thing and reader.language not in BEFORE_VERBS:
        reader.undoing = False
        return False
    if not _wants_another(reader):
        reader.denied, reader.undoing = (), False
    return True


def leave_undone(reader: Reader, term: Term, doers: Sequence[Noun]) -> None:
    """Somebody who does not move keeps still; what does not fly stands; who does not eat does nothing."""
    reader.denied, reader.undoing, reader.left_undone = (), False, True
    for doer in doers if term.has("motions", "postures") else ():
        doer.motion = _instead(doer, term.text("motions"))
        doer.acted = True
        reader.notes.note((doer, "motion"), term.origin, "motion: still")


def _not(reader: Reader, term: Term) -> bool:
    """Before its verb it waits for it; behind it, it takes it back; the second half of *ne … pas* says nothing new."""
    if reader.left_undone or (reader.denied and reader.undoing):
        return True
    if reader.before and _ends(reader):
        _take_back(reader, term)
        return True
    coming = next(reader.following(), None)
    if _is_all(reader, term):
        reader.said.empty = True  # there is nothing here
        reader.notes.note("empty", term.origin, "left empty")
        return True
    if coming is None or coming.pause or coming.has("relations"):
        if not reader.said.nouns and not reader.earlier and coming is not None:
            reader.said.empty = True  # nothing in the room
            reader.notes.note("empty", term.origin, "left empty")
        return True
    reader.denied, reader.undoing = term.origin, True
    return True


def _is_all(reader: Reader, term: Term) -> bool:
    """Whether *nothing* is all that a sentence says there is: small words alone stand before it and behind it."""
    said = reader.said
    if term.word not in NOTHING or said.nouns or said.setting or reader.earlier:
        return False
    return len(reader.terms) > 1 and all(
        one.has("grammar") or one.senses.get("counts") == 1 for one in reader.terms
    )


def _ends(reader: Reader) -> bool:
    """Whether what was denied has been said already: nothing to describe and no verb comes before the next pause."""
    for coming in reader.following():
        if coming.pause or coming.has("relations") or coming.grammar("at"):
            return True
        if coming.has("counts", *VERBS, *ATTRIBUTES) or coming.grammar("the"):
            return False
        if not coming.grammar("quiet"):
            return not coming.has("kinds")
    return True


def _take_back(reader: Reader, term: Term) -> None:
    """Everybody is as they were before the verb, and keeps still."""
    for before in reader.before:
        noun = before.noun
        went = noun.motion != before.fields[0] and noun.motion != "still"
        moved = went or noun.posture != before.fields[1]
        flown = noun.motion
        for name, value in zip(WAYS, before.fields, strict=True):
            if getattr(noun, name) != value:
                reader.notes.drop((noun, name))
            setattr(noun, name, value)
        reader.notes.drop((noun, "act"))
        noun.acted = True
        if moved:
            noun.motion = _instead(noun, flown)
            reader.notes.note((noun, "motion"), term.origin, "motion: still")
    if reader.done is not None:
        for noun in reader.said.nouns:
            if noun.to in reader.done.doers:
                noun.relation, noun.to = "", None
    reader.before, reader.deed, reader.left_undone = (), None, True


def _instead(doer: Noun, motion: str) -> str:
    """What is seen of somebody who does not do that: a bird that does not fly walks."""
    kind = kinds()[doer.kind]
    return "walk" if motion == "fly" and "walk" in kind.instead else "still"


def _wants_another(reader: Reader) -> bool:
    """Whether this verb leads to another one, which is what is not done: *does not want to come in*."""
    coming = list(reader.following())[:2]
    return len(coming) == 2 and coming[0].grammar("at") and coming[1].has(*VERBS)
