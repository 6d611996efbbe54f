"""Steps for what is done: verbs that move, hold or turn a body, deeds that need somebody else, moods.

A verb belongs to whom the sentence is about, not to the word before it: in *a bird on a stone sings* the bird does.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.acts import ACTS, Act
from uncaged.engines.ink.words.reader import SURROUNDINGS, Before, Deed, Reader
from uncaged.engines.ink.words.said import Noun, has_trait
from uncaged.engines.ink.words.senses import MOODS
from uncaged.engines.ink.words.steps import AFTER, behind, set_tempo
from uncaged.engines.ink.words.term import Term
from uncaged.engines.ink.words.undone import leave_undone

DOING: Final = ("motions", "postures", "gestures", "acts")
"""Tables of what can be done."""


LIGHT: Final = 0.2
"""What has less of the height of who carries it is in the hand."""

CHILD: Final = 0.7
"""What is of one's own kind and so much smaller can be carried."""

CARRIED: Final = ("carry", "held")
"""A gesture that gives way where the thing is in the hand."""

SEATED: Final = frozenset({"on", "in"})
"""Where one stays, whatever one looks at."""

INFINITIVE: Final = frozenset({"to", "zu", "para", "pour"})
"""Words between a verb and another one of the same body."""

GOING: Final = frozenset({"walk", "run", "hop", "fly", "enter", "leave", "dance", "bounce"})
"""Motions for which one gets up."""

TOYS: Final = 0.35
"""A body of at most so many metres is held; a larger one stands beside."""


THIN, LONG = 0.5, 1.8
"""What is no broader than half its height, like a ladder, may be so many times as tall as who carries it."""

BROAD: Final = 0.9
"""Height times breadth of what fits into such hands, against the height of who holds it."""

FOOT: Final = -0.15
"""What is held so near to its foot is on a pole."""


def can_hold(holder: str, held: str, asked: bool = True) -> bool:
    """Whether such a thing fits into such hands. asked: somebody said so; else only what one usually carries."""
    one, other = kinds()[holder], kinds()[held]
    if not one.holds or one is other:
        return False
    if asked:
        broad = other.metres * other.width
        by_its_foot = other.grip[1] > FOOT and not other.faces  # a flag
        if broad > BROAD * one.metres and not by_its_foot:
            return False
        return other.metres <= (LONG if other.width <= THIN else 1.0) * one.metres
    return other.metres <= (TOYS if other.faces else 0.9 * one.metres)


def verb(reader: Reader, term: Term) -> bool:
    """A motion, a posture, a gesture, or a deed whose other is still to come."""
    if not term.has(*DOING) or (reader.leading and term.has(*SURROUNDINGS)):
        return False
    if term.has("relations") and _is_relation(reader):
        return False  # entre deux arbres
    noun_too = term.has("kinds", "worn", "garments", "settings") and not reader.undoing
    if noun_too and reader.last is None and _follows_a_time(reader):
        return True  # la nuit tombe
    if noun_too and not _may_be_a_verb(reader):
        return False  # a sail, a drink
    if reader.denied:
        leave_undone(reader, term, _doers(reader, term))
        return True
    if term.has("tempos"):
        set_tempo(reader, term)
    doers = _doers(reader, term)
    if doers and not term.has("motions"):
        doers = _alive(reader, doers)
    if not doers:
        _wait(reader, term)
        return True
    reader.before, reader.left_undone = tuple(Before.of(doer) for doer in doers), False
    name = term.text("acts")
    if name in ACTS and _other_follows(reader, name):
        reader.deed = Deed(name, tuple(doers), term.origin)
    elif name in ACTS and (object_ := _object_before(reader)) is not None:
        reader.deed = Deed(name, tuple(doers), term.origin)
        meet(reader, object_)
    else:
        for doer in doers:
            _do(reader, doer, term)
    for doer in doers:
        doer.acted = True
    reader.fresh = reader.joining = False
    reader.relative = None
    return True


def mood(reader: Reader, term: Term) -> bool:
    """Glad, sad, afraid: of the next noun, of the last one behind *is*; smiling and weeping too."""
    name = term.text("moods")
    if name not in MOODS or term.has("kinds"):
        return False
    if reader.denied:
        reader.denied = ()
        return True
    coming = reader.described()
    if behind(reader) and reader.last is not None:
        for noun in _alive(reader, [reader.last]):
            noun.joy, noun.stir = MOODS[name]
            reader.notes.note((noun, "mood"), term.origin, f"mood: {name}")
    elif reader.last is not None and reader.settled() and not reader.names_noun(coming):
        for noun in _alive(reader, _doers(reader, term)):
            noun.joy, noun.stir = MOODS[name]
            reader.notes.note((noun, "mood"), term.origin, f"mood: {name}")
    else:
        reader.wait("mood", MOODS[name], term, f"mood: {name}")
    return True


def meet(reader: Reader, other: Noun) -> None:
    """The deed that was waiting has found whom it is done to."""
    deed = reader.deed
    if deed is None:
        return
    act = ACTS[deed.name]
    if act.sounded and has_trait(other.kind, "played"):
        deed = replace(deed, name=act.sounded)
        act = ACTS[deed.name]
    reader.deed, reader.done = None, deed
    receives = deed.name == "give" and _receives(reader, deed, other)
    if receives:
        reader.deed = deed
    for doer in deed.doers:
        if doer is other:
            continue
        _take_on(doer, act)
        if act.back and not receives and _fits(doer, other):
            other.relation, other.to = _borne(act, doer, other), doer
            doer.gesture = "hold" if (doer.gesture, other.relation) == CARRIED else doer.gesture
        elif doer.relation in SEATED and act.relation == "facing" and doer.to is not other:
            if not other.relation:  # sits on a branch and watches a mouse
                other.relation, other.to = "facing", doer
        elif not (other.to is doer and other.relation):
            doer.relation, doer.to = _relation(act, doer), other
        reader.notes.note((doer, "act"), deed.origin, f"act: {deed.name}")


def _borne(act: Act, doer: Noun, other: Noun) -> str:
    """In the hand, or on the back or the head: a ladder and a letter are held, whatever is done with them."""
    share = other.size * kinds()[other.kind].metres / max(kinds()[doer.kind].metres, 1e-3)
    return act.back if doer.kind != other.kind and LIGHT <= share <= 1 else "held"


def _fits(doer: Noun, other: Noun) -> bool:
    """Whether the other is small enough for such hands: a thing, or a baby of one's own kind."""
    child = doer.kind == other.kind and abs(other.size) <= CHILD * abs(doer.size)
    return child or can_hold(doer.kind, other.kind)


def _receives(reader: Reader, deed: Deed, other: Noun) -> bool:
    """Whether something else comes that is given to this one: gives *a woman* a flower."""
    alive = kinds()[other.kind].faces or not can_hold(deed.doers[0].kind, other.kind)
    return alive and _other_follows(reader, deed.name)


def do_alone(reader: Reader) -> None:
    """The deed that was waiting is done to nothing that is drawn by itself."""
    deed, reader.deed = reader.deed, None
    if deed is None:
        return
    for doer in deed.doers:
        _take_on(doer, ACTS[deed.name])
        reader.notes.note((doer, "act"), deed.origin, f"act: {deed.name}")


def _relation(act: Act, doer: Noun) -> str:
    """How the doer stands to the other: what flies does not stand on it."""
    return "over" if act.relation == "on" and kinds()[doer.kind].domain == "air" else act.relation


def _take_on(doer: Noun, act: Act) -> None:
    doer.gesture = act.gesture or doer.gesture
    if act.posture in kinds()[doer.kind].postures:  # a train that drives does not sit
        doer.posture = act.posture
    goes = act.motion if kinds()[doer.kind].domain in ("ground", "land") else ""
    doer.motion = goes or doer.motion or ("still" if act.gesture else "")
    if act.joy or act.stir:
        doer.joy, doer.stir = act.joy, act.stir


def _do(reader: Reader, doer: Noun, term: Term) -> None:
    """What a verb without an other does to one body. What a person's own word implies gives way to what was typed."""
    for name, table in (("posture", "postures"), ("gesture", "gestures"), ("motion", "motions")):
        value = term.text(table)
        if value == "leave" and reader.language in AFTER and has_trait(doer.kind, "heavenly"):
            value = "rise"  # sale el sol
        if value and not (term.soft and getattr(doer, name)):
            setattr(doer, name, value)
            reader.notes.note((doer, name), term.origin, f"{name}: {value}")
    if term.text("motions") in GOING and any(doer is again for again in reader.recalled.values()):
        doer.posture = term.text("postures")  # who sat before stands up
    name = term.text("acts")
    if name in ACTS and not term.has("postures", "gestures", "motions"):
        _take_on(doer, ACTS[name])
        reader.notes.note((doer, "act"), term.origin, f"act: {name}")


def _wait(reader: Reader, term: Term) -> None:
    """A verb before its noun: a sleeping fox."""
    for name, table in (("posture", "postures"), ("gesture", "gestures"), ("motion", "motions")):
        value = term.text(table)
        if value:
            reader.wait(name, value, term, f"{name}: {value}")
    act = ACTS.get(term.text("acts"))
    participle = reader.language != "en" or term.word.endswith("ing")  # a wet dog wets nothing
    if (
        act is not None
        and act.gesture
        and participle
        and not term.has("postures", "gestures", "motions")
    ):
        reader.wait("gesture", act.gesture, term, f"gesture: {act.gesture}")
    reader.fresh = False


def _doers(reader: Reader, term: Term) -> Sequence[Noun]:
    """Who does it: those the sentence is about, unless they have done something already; then the one before.

    Nobody, where the verb describes a noun that is still to come.
    """
    if reader.last is None and reader.earlier and not reader.busy() and not reader.said.nouns:
        _recall_heads(reader)
    if not reader.settled() or reader.last is None:
        return ()
    heads = reader.heads
    before = reader.terms[reader.at - 1] if reader.at else None
    if heads and before is not None and before.word in INFINITIVE:
        return heads  # climbs a ladder to pick apples
    begun = any(head.acted for head in heads)
    if heads and reader.relative is None and (not begun or term.pause or reader.joining):
        return heads
    return (reader.relative or reader.last,)


def _alive(reader: Reader, doers: Sequence[Noun]) -> Sequence[Noun]:
    """Those who have a face; where a thing stands before the verb, whom it is about: who holds a lamp smiles."""
    if any(kinds()[doer.kind].faces for doer in doers):
        return doers
    heads = [head for head in reader.heads if kinds()[head.kind].faces]
    return heads or doers


def _recall_heads(reader: Reader) -> None:
    """A scene that begins with a verb goes on about whom the one before was about."""
    acted = [noun for noun in reader.earlier if noun.acted] or list(reader.earlier[:1])
    reader.heads = [reader.recall(noun) for noun in acted]
    reader.last, reader.opened = reader.heads[-1], True


def _is_relation(reader: Reader) -> bool:
    """Whether a word that is a preposition, too, has its noun behind it."""
    coming = next(reader.following(), None)
    if coming is None or coming.pause:
        return False
    return coming.has("counts", "kinds") or coming.grammar("the")


def _follows_a_time(reader: Reader) -> bool:
    """Whether a place or a time stands right before this word, which then says what that does."""
    before = reader.terms[reader.at - 1] if reader.at else None
    return before is not None and reader.names_place(before) and not reader.busy()


def _may_be_a_verb(reader: Reader) -> bool:
    """Whether a word that is a noun, too, stands behind somebody who can do something: a dog leaves, palm leaves."""
    last = reader.last
    acts = last is not None and not kinds()[last.kind].plant
    return acts and not reader.busy() and _follows_noun(reader)


def _follows_noun(reader: Reader) -> bool:
    """Whether nothing stands between the last noun and this word."""
    return reader.fresh or reader.relative is not None


def _other_follows(reader: Reader, name: str) -> bool:
    """Whether a noun comes that this is done to: *eats a fish*, but not *eats in a garden*."""
    article = False
    for number, coming in enumerate(reader.following()):
        if number == 0 and coming.grammar("at") and _marks_the_other(reader, name):
            continue
        if coming.pause or coming.has("relations") or coming.text("grammar") in _BETWEEN:
            return False
        if reader.names_noun(coming) or coming.grammar("it"):
            return True
        if article and not coming.senses:
            return True
        article = article or coming.has("counts") or coming.grammar("the")
    return False


def _object_before(reader: Reader) -> Noun | None:
    """What a German clause names before its verb: *ein Bär, der einen Fisch hält*."""
    whom, last = reader.relative, reader.last
    if reader.language != "de" or whom is None or last is None or last is whom:
        return None
    free = not last.relation or (last.relation in ("held", "carried") and last.to is whom)
    return last if free and whom.to is not last else None


def _marks_the_other(reader: Reader, name: str) -> bool:
    """Whether *a*, *à* lead to whom it is done to: *mira a un gato*, *joue au ballon*, not *come a la sombra*."""
    return (reader.language == "es" and not ACTS[name].back) or (
        reader.language in AFTER and name == "play"
    )


_BETWEEN: Final = frozenset({"and", "or", "at", "of", "without", "then", "like", "made"})
