"""Steps for words that say how: camera, hand, counts, hues, fills, sizes, looks, materials, places in the frame.

Each step takes a term or leaves it to the next one. None of them makes a noun.
"""

from typing import Final, cast

from uncaged.engines.ink.colour import HUES, Lab, to_rgb
from uncaged.engines.ink.numbers import clamp
from uncaged.engines.ink.words.comparing import COMPARED, comparison
from uncaged.engines.ink.words.entries import OWN_HAND, OWN_PALETTE
from uncaged.engines.ink.words.reader import ATTRIBUTES, SURROUNDINGS, VERBS, Link, Reader
from uncaged.engines.ink.words.said import LARGEST, MOST_BODIES, Noun, Origin, has_trait
from uncaged.engines.ink.words.senses import CAMERAS, LINES, PLACES
from uncaged.engines.ink.words.term import Term

RIDING: Final = frozenset({"on", "in"})
"""Relations that somebody keeps who goes somewhere: drives a tractor through a field."""

COPULAS: Final = frozenset(
    "is are was were ist sind war waren es son esta estan era eran est sont etait etaient".split()
)
"""Words behind which a sentence says how the one it is about is, whatever was named last."""

AFTER: Final = frozenset({"es", "fr"})
"""Languages in which what describes a noun stands behind it."""


def grammar(reader: Reader, term: Term) -> bool:
    """Small words: they carry no picture, but they say how others belong together."""
    sense = term.text("grammar")
    if not sense or sense == "nobody":
        return False
    if sense == "the":
        relative = reader.last is not None and reader.fresh and _leads_to_verb(reader)
        reader.relative = reader.last if relative else reader.relative  # ein Hund, der schläft
        reader.definite = not relative
    elif sense == "without":
        reader.denied, reader.undoing = term.origin, False
    elif sense in {"and", "or"}:
        reader.denied, reader.joining, reader.fresh = reader.refusal, sense == "and", False
    elif sense == "who":
        reader.relative = reader.last
    elif reader.link is not None and reader.link.name in COMPARED:
        return True  # as big *as* a house
    elif sense == "made" and reader.last is not None and not _comes_out(reader):
        reader.link = Link("of", reader.last, term.origin)
    elif sense == "like" and reader.last is not None and reader.opened:
        reader.link = Link("like", reader.last, term.origin)
    elif sense == "at":
        coming = reader.described(unknown=True)
        reader.leading = reader.names_place(coming)
        doer = _turned_to(reader)
        if doer is not None and reader.names_noun(coming):
            reader.link = Link("facing", doer, term.origin)
        reader.fresh = False
    return True


def _turned_to(reader: Reader) -> Noun | None:
    """Who turns to whom comes: gives it *to her*, talks *to her*."""
    if reader.deed is not None:
        return None
    if reader.done is not None:
        doer = reader.done.doers[0]
        return None if doer.relation in RIDING else doer
    doer = reader.before[-1].noun if reader.before else None
    return doer if doer is not None and doer.gesture and not doer.relation else None


def _comes_out(reader: Reader) -> bool:
    """Whether it moves, and out of something that has an article: *fliegt aus dem Fenster*, not *aus Holz*."""
    coming = next(reader.following(), None)
    moves = reader.last is not None and bool(reader.last.motion) and reader.last.acted
    return moves and coming is not None and (coming.grammar("the") or coming.has("counts"))


def _leads_to_verb(reader: Reader) -> bool:
    """Whether what stands like an article has no noun: a verb, a denial or a preposition comes instead."""
    for coming in reader.following():
        if coming.grammar("not") or coming.grammar("without") or coming.has("relations"):
            return True
        if reader.language == "de" and coming.senses.get("counts") == 1:
            return True  # ein Bär, der einen Fisch hält
        if not coming.grammar("quiet"):
            return coming.has(*VERBS) and not coming.has("kinds", *ATTRIBUTES)
    return False


def material(reader: Reader, term: Term) -> bool:
    """Made of smoke, a castle of sand, a paper boat."""
    name = term.text("materials")
    if not name or reader.denied:
        return False
    link, noun = reader.link, reader.last
    if link is not None and link.name in ("of", "like"):
        noun, origin = link.first, (*link.origin, *term.origin)
    elif behind_of(reader) and noun is not None and not has_trait(noun.kind, "vessel"):
        origin = term.origin
    else:
        coming = next(reader.following(), None)
        if coming is None or coming.pause or not reader.names_noun(coming):
            return False
        reader.wait("material", name, term, f"made of {name}")
        return True
    if noun is None:
        return False
    noun.material = name
    reader.notes.note((noun, "material"), origin, f"made of {name}")
    reader.clear()
    reader.fresh = True
    return True


def behind_of(reader: Reader) -> bool:
    """Whether only small words stand between *of* and this word."""
    for before in reversed(reader.terms[max(0, reader.at - 3) : reader.at]):
        if before.grammar("of"):
            return True
        if not (before.grammar("the") or before.has("counts")):
            return False
    return False


def look(reader: Reader, term: Term) -> bool:
    """Old, young, broken: a form that some kinds of things have, before the noun or behind it."""
    looks = term.senses.get("looks")
    if looks is None:
        return False
    if _denies_attribute(reader):
        return True
    noun = reader.last
    if (
        noun is not None
        and trails(reader)
        and (behind(reader) or not reader.names_noun(reader.described()))
    ):
        take_look(reader, noun, looks, term.origin)
    else:
        reader.wait("look", looks, term, "")
    return True


def take_look(reader: Reader, noun: Noun, looks: object, origin: Origin) -> None:
    """The form that a look means for this kind of thing, if it means one."""
    form = dict(cast("tuple[tuple[str, str], ...]", looks)).get(noun.kind, "")
    if form and not noun.form:
        noun.form = form
        reader.notes.note((noun, "form"), origin, f"form: {form}")


def manner(reader: Reader, term: Term) -> bool:
    """A hand that draws it, a scheme that divides the frame."""
    for table, name in (("hand", term.text("hands")), ("scheme", term.text("schemes"))):
        if name and not reader.denied:
            setattr(reader.said, table, name)
            reader.notes.note(table, term.origin, f"{table}: {name}")
    for slot, table in (("own_hand", OWN_HAND), ("own_palette", OWN_PALETTE)):
        if term.has(table) and not reader.denied:
            setattr(reader.said, slot, term.senses[table])
            reader.notes.note(slot, term.origin, f"{table}: {term.word}")
    if not term.has("hands", "schemes", OWN_HAND, OWN_PALETTE):
        return False
    reader.denied = ()
    return not term.has("palettes", "lines")


def camera(reader: Reader, term: Term) -> bool:
    """Pan, tilt and zoom."""
    name = term.text("cameras")
    if not name:
        return False
    axis, amount = CAMERAS[name]
    if not reader.denied:
        reader.said.camera[axis] = amount
        reader.notes.note(("camera", axis), term.origin, f"camera: {name.replace('-', ' ')}")
    reader.denied = ()
    return True


def line(reader: Reader, term: Term) -> bool:
    """The hand's line, and whether earlier drawings stay."""
    name = term.text("lines")
    if not name:
        return False
    field, value = LINES[name]
    if not reader.denied:
        setattr(reader.said, field, value)
        reader.notes.note(field, term.origin, f"line: {name}")
    reader.denied = ()
    return True


def place(reader: Reader, term: Term) -> bool:
    """Left, right, top, bottom: of the last noun, or of the next one where none was said or that one has a place."""
    name = term.text("places")
    if not name:
        return False
    axis, amount = PLACES[name]
    coming = reader.described()
    if reader.link is not None and coming is not None and coming.has("limbs"):
        return True  # in its left hand
    reader.link, reader.definite = None, False
    noun = reader.last
    if noun is None or not reader.opened or getattr(noun, axis):
        reader.wait("place", (axis, amount), term, f"place: {name}")
    elif amount:
        setattr(noun, axis, amount)
        reader.notes.note((noun, axis), term.origin, f"place: {name}")
    return True


def count(reader: Reader, term: Term) -> bool:
    """Numbers in words or digits; nought is a denial."""
    number = term.number("counts") if term.has("counts") else _digits(term.word)
    coming = next(reader.following(), None)
    of = coming is not None and coming.grammar("of")
    if number is None or (term.has("kinds") and not of):
        return False  # a school of fish, and a school
    before = reader.waiting.get("count")
    if before is not None and len(term.word) == len("000") and not term.has("counts"):
        number += 1000 * cast("int", before.value)  # "3 000 birds"
    if reader.denied and reader.denied == reader.refusal and reader.joining:
        reader.denied = ()  # "no birds and a tree"
    if number == 0:
        reader.denied = term.origin
    elif not (term.soft and number == 1 and "count" in reader.waiting):
        many = int(min(number, MOST_BODIES))
        most = f"count: {number:g} ({many} are drawn)" if number > many else f"count: {many}"
        reader.wait("count", many, term, most if many > 1 else "")
    reader.fresh = False
    return True


def _digits(word: str) -> float | None:
    if not word.isdecimal():
        return None
    digits = word.lstrip("0") if word.isascii() else word
    return float(MOST_BODIES) if len(digits) > 3 else float(int(digits or "0"))


def hue(reader: Reader, term: Term) -> bool:
    """A colour describes what comes; behind its noun, or after "is", it describes that."""
    value = term.senses.get("hues")
    if value is None:
        return False
    coming = reader.described()
    if _denies_attribute(reader):
        return True
    place = coming is not None and coming.has("settings") and not trails(reader)
    describes = place or (reader.names_noun(coming) and not behind(reader))
    if term.has("kinds", "forms") and not describes and not trails(reader):
        return False  # an orange
    if term.has(*SURROUNDINGS) and not describes and (reader.leading or not trails(reader)):
        return False  # in the dark; gold as a style
    lab = HUES[value] if isinstance(value, str) else cast("Lab", value)
    effect = (
        f"hue: {value}"
        if isinstance(value, str)
        else "hue: #{:02x}{:02x}{:02x}".format(*to_rgb(lab))
    )
    noun = of_whom(reader)
    if noun is not None and not describes and trails(reader):
        if reader.part and noun is reader.last:
            noun.parts[reader.part] = lab
            reader.notes.note((noun, reader.part, "hue"), term.origin, effect)
        elif noun.hue is None or not term.soft:
            noun.hue = lab
            reader.notes.note((noun, "hue"), term.origin, effect)
        return True
    reader.wait("hue", lab, term, effect)
    return True


def behind(reader: Reader) -> bool:
    """Whether this describes the noun before it, as it does in Spanish and French, whatever comes."""
    return reader.language in AFTER and trails(reader)


def trails(reader: Reader) -> bool:
    """Whether this word stands right behind the last noun and nothing else waits."""
    pause = reader.terms[reader.at].pause
    return reader.fresh and not pause and reader.settled()


def of_whom(reader: Reader) -> Noun | None:
    """What an attribute behind its noun describes: the last noun; behind *is* the one that the sentence is about."""
    before = reader.terms[reader.at - 1].word if reader.at else ""
    if before in COPULAS and reader.heads and reader.last not in reader.heads:
        return reader.heads[-1]
    return reader.last


def _denies_attribute(reader: Reader) -> bool:
    """Whether it is this word alone that must not be: *a bird, not red*, but *no red bird*."""
    if not reader.denied or reader.names_noun(reader.described()):
        return False
    reader.denied = ()
    return True


def fill(reader: Reader, term: Term) -> bool:
    """Striped, dotted, hatched, outlined: before its noun or right behind it."""
    name = term.text("fills")
    if not name:
        return False
    if _denies_attribute(reader):
        return True
    noun = reader.last
    if (
        noun is not None
        and trails(reader)
        and (behind(reader) or not reader.names_noun(reader.described()))
    ):
        noun.fill = name
        reader.notes.note((noun, "fill"), term.origin, f"fill: {name}")
    else:
        reader.wait("fill", name, term, f"fill: {name}")
    return True


def size(reader: Reader, term: Term) -> bool:
    """Small and large, before the noun or right behind it."""
    if not term.has("sizes"):
        return False
    if term.has("kinds") and not reader.names_noun(reader.described()):
        return False  # a giant
    if _denies_attribute(reader):
        return True
    value = term.number("sizes")
    noun = of_whom(reader)
    if noun is not None and trails(reader) and (compared := comparison(reader, value)):
        reader.link = Link(compared, noun, term.origin)
        return True
    there = reader.waiting.get("size")
    if (
        noun is not None
        and trails(reader)
        and (behind(reader) or not reader.names_noun(reader.described()))
    ):
        noun.grow(value)
        reader.notes.note((noun, "size"), term.origin, f"size: {value:g}")
    elif there is not None and term.soft and not there.soft:
        both = clamp(
            cast("float", there.value) * value, -LARGEST, LARGEST
        )  # a tiny whale: both count
        reader.wait("size", both, Term("", there.origin), there.effect)
    else:
        reader.wait("size", value, term, f"size: {value:g}")
    return True


def tempo(reader: Reader, term: Term) -> bool:
    """Slow and fast: how quickly everything that repeats goes round."""
    if not term.has("tempos") or term.has("motions"):
        return False
    if not _denies_attribute(reader):
        set_tempo(reader, term)
    return True


def set_tempo(reader: Reader, term: Term) -> None:
    """So quick is everything that goes round."""
    reader.said.tempo = term.number("tempos")
    reader.notes.note("tempo", term.origin, f"tempo: {reader.said.tempo:g}")
