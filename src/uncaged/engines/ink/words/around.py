"""Steps for words that say where and what belongs to it: relations, parts, places, weather, denials.

None of them makes a noun.
"""

from typing import Final, cast

from uncaged.engines.ink.colour import Lab
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.settings import CLOUDS
from uncaged.engines.ink.words.reader import SURROUNDINGS, VERBS, Link, Reader
from uncaged.engines.ink.words.said import MOST_SUBJECTS, Noun, has_trait, is_person
from uncaged.engines.ink.words.senses import WITH
from uncaged.engines.ink.words.sentence import nearest_hue
from uncaged.engines.ink.words.steps import behind_of
from uncaged.engines.ink.words.term import Term
from uncaged.engines.ink.words.verbs import do_alone

TINTS: Final = {
    "red": "rust", "orange": "rust", "yellow": "gold", "green": "moss", "teal": "sea", "blue": "sea",
    "violet": "violet", "pink": "candy", "brown": "rust", "white": "ash", "grey": "ash", "black": "night",
}  # fmt: skip
"""Which palette a hue means that is said of a place: a pink sky, a dark forest."""

KEPT: Final = "not drawn differently"
"""What is told of words that deny a part which cannot be taken away."""

OPEN: Final = "sky"
"""The setting that any other one takes the place of: there is a sky over each."""

STANDING: Final = frozenset({"on", "over", "under", "behind", "beside", "front"})
"""Relations to a place: a roof behind one of them is what one stands on, and not what one has."""

SINGLE: Final = frozenset("single einzige einzigen einziger einziges sola solo seul seule".split())
"""Not a *single* one: there is none at all, and so no hole."""

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
    if reader.deed is not None:
        do_alone(reader)  # knits a scarf
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
    """Whether what is a thing as well belongs to the last noun: *in a coat*, *with a red roof*; not *on the roof*."""
    if reader.denied:
        return True
    if garment and not kinds()[noun.kind].postures:
        return False  # a coat on a chair
    if reader.link is not None:
        return reader.link.name not in STANDING
    if reader.joining and reader.worn:
        return True
    clothed = is_person(noun) and reader.deed is None
    return clothed and not reader.joining and "count" not in reader.waiting


def part_of(reader: Reader, term: Term) -> bool:
    """On the roof *of a church*: on the church."""
    link = reader.link
    if link is not None and link.name == "in" and term.has("kinds") and term.has("worn"):
        link = reader.link = Link("on", link.first, link.origin)  # en el tejado
    if not term.has("worn") or link is None or link.name not in STANDING:
        return False
    coming = list(reader.following())[:3]
    whole = next((one for one in coming if reader.names_noun(one)), None)
    genitive = bool(coming) and (coming[0].grammar("of") or reader.language == "de")
    if (
        whole is None
        or not genitive
        or any(one.pause or one.has("relations", *VERBS) for one in coming[: coming.index(whole)])
    ):
        return False
    reader.definite = False
    return True


def limb(reader: Reader, term: Term) -> bool:
    """In its mouth, on her head: where somebody holds or carries what was named, and not a mouth."""
    where, link = term.text("limbs"), reader.link
    if not where or link is None or link.first is None or reader.denied:
        return False
    borne = _borne(reader, link.first)
    if borne is None:
        return False
    borne.relation = where
    reader.notes.note((borne, "relation"), (*link.origin, *term.origin), f"relation: {where}")
    reader.clear()
    reader.fresh = False
    return True


def _borne(reader: Reader, first: Noun) -> Noun | None:
    """What somebody bears: the last thing that is held, or that was named with who could."""
    whom = reader.relative
    if whom is not None and first is not whom and not first.relation and reader.language == "de":
        first.to = whom  # der einen Fisch im Maul hält
        return first
    for noun in reversed(reader.said.nouns):
        if noun.relation in ("held", "carried") and first in (noun, noun.to):
            return noun
        if noun.relation == "beside" and noun.to is first and kinds()[noun.kind].holds:
            noun.relation, noun.to, first.to = "", None, noun
            return first
    return None


def surroundings(reader: Reader, term: Term) -> bool:
    """A setting, a palette, weather: all that one word says of them. The first setting stays."""
    if not term.has(*SURROUNDINGS) or (term.has("kinds") and not reader.leading):
        return False
    if reader.denied:
        return refuse(reader, term, "")
    if reader.last is not None and has_trait(reader.last.kind, "vessel") and behind_of(reader):
        return True  # a glass of water is not in the water
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
    if reader.denied and _left_bare(reader, term):
        return True
    if not term.grammar("empty"):
        return False
    if not reader.denied:
        reader.said.empty = True
        reader.notes.note("empty", term.origin, "left empty")
    reader.denied = ()
    return True


def _left_bare(reader: Reader, term: Term) -> bool:
    """A tree without leaves is bare."""
    tree = reader.last
    if tree is None or term.text("materials") != "leaves" or not kinds()[tree.kind].plant:
        return False
    if "bare" in kinds()[tree.kind].forms:
        tree.form = "bare"
        reader.notes.note((tree, "form"), (*reader.denied, *term.origin), "form: bare")
    reader.denied = ()
    reader.clear()
    return True


def _leaves_a_hole(reader: Reader, term: Term, kind: str) -> bool:
    """One thing that is not there is a hole in its shape; several are only not there, as are nobody and a light."""
    before = reader.terms[reader.at - 1].word if reader.at else ""
    several = term.plural or before in SINGLE or term.has("herds", *SURROUNDINGS)
    return not (several or term.grammar("nobody") or has_trait(kind, "heavenly"))


def _add_hole(reader: Reader, term: Term, kind: str) -> None:
    if len(reader.said.nouns) >= MOST_SUBJECTS:
        return
    hole = Noun(kind, term.word, motion="still", hole=True)
    if reader.last is not None and reader.last in reader.said.nouns:
        hole.relation, hole.to = "beside", reader.last
    reader.said.nouns.append(hole)
    reader.notes.note((hole, "kind"), term.origin, "a hole in its shape")


def refuse(reader: Reader, term: Term, kind: str, *, changed: bool = True) -> bool:
    """What must not be there: nothing chosen later may bring it back.

    changed: it would have been there; else it is a part of something, which is drawn with it all the same.
    """
    weather = term.text("weather")
    named = (kind, weather, term.text("settings"), term.text("palettes"))
    reader.said.refused.update(list(filter(None, named))[:1])
    if weather and reader.said.weather.pop(weather, None):
        reader.notes.drop(("weather", weather))
    wearer = reader.last if kind and has_trait(kind, "worn") else None
    if wearer is not None and is_person(wearer):
        reader.said.nouns.append(Noun(kind, term.word, count=0, relation="carried", to=wearer))
    elif kind and reader.said.nouns and (has_trait(kind, "part") or term.plural):
        changed = kind == CLOUDS  # else it would not have been there, or belongs to what is
    elif kind and _leaves_a_hole(reader, term, kind):
        _add_hole(reader, term, kind)
    elif kind:
        reader.said.absent.append(kind)
    if changed:
        reader.notes.note(("refused", term.word), (*reader.denied, *term.origin), "left out")
    elif reader.said.nouns:
        reader.said.kept.append((*reader.denied, *term.origin))
        reader.notes.note(("kept", term.word), reader.said.kept[-1], KEPT)
    reader.refusal = reader.denied
    reader.denied = ()
    reader.clear()
    reader.fresh = False
    return True
