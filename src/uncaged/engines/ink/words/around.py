"""Steps for words that say where and what belongs to it: relations, parts, places, weather, denials.

None of them makes a noun.
"""

from typing import Final, cast

from uncaged.engines.ink.colour import Lab
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.joining import PEOPLE
from uncaged.engines.ink.words.reader import SURROUNDINGS, Link, Reader
from uncaged.engines.ink.words.said import LIGHTS, MOST_SUBJECTS, Noun
from uncaged.engines.ink.words.senses import WITH
from uncaged.engines.ink.words.sentence import nearest_hue
from uncaged.engines.ink.words.vocabulary import Term

TINTS: Final = {
    "red": "rust", "orange": "rust", "yellow": "gold", "green": "moss", "teal": "sea", "blue": "sea",
    "violet": "violet", "pink": "candy", "brown": "rust", "white": "ash", "grey": "ash", "black": "night",
}  # fmt: skip
"""Which palette a hue means that is said of a place: a pink sky, a dark forest."""

OPEN: Final = "sky"
"""The setting that any other one takes the place of: there is a sky over each."""

PARTS: Final = frozenset({"head", "hand", "eye", "mouth", "foot", "heart", "window", "door"})
"""Kinds that are also parts of others: one cannot leave them out, since they are drawn with what they belong to."""

INTO: Final = frozenset({"in", "on"})
"""Relations after which grass is where one stands, and not what one sees."""


def relation(reader: Reader, term: Term) -> bool:
    """A preposition remembers the noun before it, or leads to a place."""
    name = term.text("relations")
    if not name:
        return False
    reader.fresh = False
    coming = reader.described(unknown=True)
    reader.leading = reader.names_place(coming) or (
        name in INTO and coming is not None and coming.has("settings")
    )
    if not reader.leading:
        first = reader.last if reader.opened else None
        if reader.done is not None and first is not None and first not in reader.done.doers:
            held = first.relation in ("held", "carried")
            if name == WITH or held:  # feeds birds with a spoon, reads a book under a lamp
                first = reader.done.doers[0]
        reader.link = Link(name, first, term.origin)
    return True


def worn(reader: Reader, term: Term) -> bool:
    """A scarf, a roof, a sail: a part of the last noun, with the colour that waits."""
    garment, noun = term.text("garments"), reader.last
    part = "colour" if garment else term.text("worn")
    if not part or noun is None or (term.has("kinds") and not _is_worn(reader, noun, garment)):
        return False
    if reader.denied:
        return refuse(reader, term, "", changed=False)  # a house has its roof all the same
    hue, fill = reader.waiting.get("hue"), reader.waiting.get("fill")
    whole = part == "colour" and noun.hue is None
    if whole and hue:
        noun.hue = cast("Lab", hue.value)
    elif not whole:
        noun.parts[part] = cast("Lab", hue.value) if hue else noun.parts.get(part)
    if garment in kinds()[noun.kind].forms:
        noun.form = garment
        reader.notes.note((noun, "form"), term.origin, f"form: {garment}")
    slot = (noun, "hue" if whole else part)
    if hue:
        reader.notes.note(slot, (*hue.origin, *term.origin), f"{hue.effect} ({garment or part})")
    elif not whole:
        reader.notes.note(slot, term.origin, f"part: {part}")
    if fill and part == "colour":
        noun.fill = cast("str", fill.value)
        reader.notes.note((noun, "fill"), fill.origin, fill.effect)
    reader.clear()
    reader.fresh, reader.part, reader.worn = True, "" if whole else part, True
    return True


def _is_worn(reader: Reader, noun: Noun, garment: str) -> bool:
    """Whether what is a thing of its own as well belongs to the noun before it: *in a coat*, but not *a coat* alone."""
    if garment and not kinds()[noun.kind].postures:
        return False  # a coat on a chair
    if reader.link or (reader.joining and reader.worn):
        return True
    clothed = noun.kind in PEOPLE and reader.deed is None
    return clothed and not reader.joining and "count" not in reader.waiting


def surroundings(reader: Reader, term: Term) -> bool:
    """A setting, a palette, weather: all that one word says of them. The first setting stays."""
    if not term.has(*SURROUNDINGS) or (term.has("kinds") and not reader.leading):
        return False
    if reader.denied:
        return refuse(reader, term, "")
    said, notes, origin = reader.said, reader.notes, term.origin
    setting, palette, suggested, sort = (term.text(table) for table in SURROUNDINGS)
    hue = reader.waiting.get("hue")
    if setting and said.setting in {"", OPEN} and not (setting == OPEN and said.setting):
        said.setting = setting
        notes.note("setting", origin, f"setting: {setting}")
    if palette:
        said.palette = palette
        notes.note("palette", origin, f"palette: {palette}")
    if setting and hue:
        said.suggested = TINTS[nearest_hue(cast("Lab", hue.value))]
        notes.note("suggested", hue.origin, f"palette: {said.suggested}")
    elif suggested and not said.suggested:
        said.suggested = suggested
        notes.note("suggested", origin, f"palette: {suggested}")
    if sort:
        said.weather[sort] = 1.0
        notes.note(("weather", sort), origin, f"weather: {sort}")
    place = reader.waiting.get("place")
    reader.clear()
    if place:
        reader.waiting["place"] = place
    reader.fresh = False
    return True


def absence(reader: Reader, term: Term) -> bool:
    """Nobody is a person who must not be there; an empty place is one without its spirit."""
    if term.grammar("nobody"):
        if term.has("kinds") and (reader.busy() or reader.denied):
            return False  # une personne
        return refuse(reader, term, "person")
    if not term.grammar("empty"):
        return False
    if not reader.denied:
        reader.said.empty = True
        reader.notes.note("empty", term.origin, "left empty")
    reader.denied = ()
    return True


def _leaves_a_hole(reader: Reader, term: Term, kind: str) -> bool:
    """One thing that is not there is a hole in its shape; several are only not there, as are nobody and a light."""
    several = term.plural or term.has("herds", *SURROUNDINGS)
    return not (several or term.grammar("nobody") or kind in LIGHTS)


def _add_hole(reader: Reader, term: Term, kind: str) -> None:
    if len(reader.said.nouns) >= MOST_SUBJECTS:
        return
    hole = Noun(kind, term.word, motion="still", hole=True)
    if reader.last is not None and reader.last in reader.said.nouns:
        hole.relation, hole.to = "beside", reader.last
    reader.said.nouns.append(hole)
    reader.notes.note((hole, "kind"), term.origin, "a hole in its shape")


def refuse(reader: Reader, term: Term, kind: str, *, changed: bool = True) -> bool:
    """What must not be there: nothing chosen later may bring it back. changed: it would have been there."""
    weather = term.text("weather")
    named = (kind, weather, term.text("settings"), term.text("palettes"))
    reader.said.refused.update(list(filter(None, named))[:1])
    if weather and reader.said.weather.pop(weather, None):
        reader.notes.drop(("weather", weather))
    if kind and reader.said.nouns and (kind in PARTS or term.plural):
        changed = False  # it would not have been there, or belongs to what is
    elif kind and _leaves_a_hole(reader, term, kind):
        _add_hole(reader, term, kind)
    elif kind:
        reader.said.absent.append(kind)
    if changed:
        reader.notes.note(("refused", term.word), (*reader.denied, *term.origin), "left out")
    reader.refusal = reader.denied
    reader.denied = ()
    reader.clear()
    reader.fresh = False
    return True
