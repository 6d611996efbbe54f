"""How two nouns come together: the relation or the deed that waited for the second one. Makes no noun."""

from collections.abc import Sequence
from typing import Final

from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.words.comparing import COMPARED, compare
from uncaged.engines.ink.words.reader import Link, Reader
from uncaged.engines.ink.words.said import Noun, Origin, has_trait, is_person
from uncaged.engines.ink.words.senses import WITH
from uncaged.engines.ink.words.verbs import can_hold, meet

MOUNT: Final = 0.9
"""Metres: what goes and is so tall carries a rider."""

TOGETHER: Final = frozenset({"on", "in", "under", "over", "beside", "behind", "front"})
"""Relations of all that was named before them: *a cat and a dog on a sofa*."""

SMALL: Final = 0.45
"""Metres: what is no taller stands on a table rather than beside it."""

OUTLINE, LYING, RAISED = 0.62, 0.92, -0.16
"""How high a thing is drawn that something looks like, in frames: it is all that is seen. What lies is as long as
others are high, and rises above the grass."""


def rests_on(kind: Kind) -> str:
    """The posture one takes on such a thing: on what is made for it, and on anything that could carry a rider."""
    carries = kind.gait > 0 and kind.faces and kind.metres >= MOUNT and "person" not in kind.traits
    return kind.rest or ("sit" if carries else "")


def bind(reader: Reader, noun: Noun) -> None:
    """The relation that waits for its second noun has found it; one without a first waits on."""
    link = reader.link
    if link is None:
        meet(reader, noun)
        return
    if link.first is None:
        reader.ahead = Link(link.name, noun, link.origin)
        return
    for first in _firsts(reader, link):
        if first is not noun:
            relate(reader, first, link.name, noun, link.origin)


def _firsts(reader: Reader, link: Link) -> list[Noun]:
    """Whom a relation is said of: one, or all that were joined by *and* before it."""
    heads = [head for head in reader.heads if not head.acted]
    if link.name in TOGETHER and link.first in heads:
        return [head for head in heads if not head.relation or head is link.first]
    return [] if link.first is None else [link.first]


def relate(reader: Reader, first: Noun, name: str, second: Noun, origin: Origin) -> None:
    """The first stands so to the second, as far as such things can."""
    if name in COMPARED:
        compare(reader, first, name, second, origin)
        return
    if name == "like":
        if _has_the_looks(reader, first, second, origin):
            return
        _become(reader, first, second)
        name, first, second = "of", second, first
    if name == WITH and _belongs(first, second):
        _be_part(reader, first, second)
        return
    name, first, second = _meant(name, first, second)
    first.relation, first.to = name, second
    if name in ("held", "carried"):
        second.gesture = second.gesture or {"held": "hold", "carried": "carry"}[name]
    reader.notes.note((first, "relation"), origin, f"relation: {name}")


def _meant(name: str, first: Noun, second: Noun) -> tuple[str, Noun, Noun]:
    """What a preposition means between these two, and who is held by whom."""
    one, other = kinds()[first.kind], kinds()[second.kind]
    if name in ("in", WITH) and "worn" in other.traits and is_person(first):
        first.gesture = first.gesture or "none"
        return "carried", second, first
    if name == "over" and "way" in other.traits and one.domain == "ground":
        return ("over" if first.motion == "bounce" else "on"), first, second
    if name == "under" and other.above:
        second.kind, second.form = other.above, ""
    elif name == "under" and "shelter" in other.traits and can_hold(first.kind, second.kind):
        return "held", second, first
    elif name == "in" and (other.rest or (other.domain == "land" and one.domain == "ground")):
        return "on", first, second  # en la colina
    elif name == WITH and can_hold(first.kind, second.kind, asked=False):
        return "held", second, first
    elif name == WITH and "board" in one.traits and other.metres <= SMALL:
        return "on", second, first
    elif name == WITH:
        return "beside", first, second
    return name, first, second


def _belongs(whole: Noun, part: Noun) -> bool:
    """Whether a thing is drawn with the other anyway: a man's hand, a house's door; several windows of a house."""
    one, other = kinds()[whole.kind], kinds()[part.kind]
    if "part" not in other.traits:
        return False
    return "building" in one.traits if "wall" in other.traits else one.faces


def _be_part(reader: Reader, whole: Noun, part: Noun) -> None:
    """It is not drawn a second time; its colour becomes that of what is painted by itself."""
    reader.said.nouns.remove(part)
    if part.hue is None:
        reader.notes.drop((part, "kind"))
        return
    whole.parts["accent"] = part.hue
    reader.notes.rename((part, "kind"), "part: accent")


def set_down(nouns: Sequence[Noun]) -> None:
    """Small things that are named with a table stand on it."""
    boards = [noun for noun in nouns if has_trait(noun.kind, "board") and not noun.hole]
    if len(boards) != 1:
        return
    for noun in nouns:
        kind = kinds()[noun.kind]
        small = kind.metres <= SMALL and kind.domain == "ground" and not kind.alive
        loose = not noun.relation and not noun.motion
        if small and loose and not noun.hole and noun.count > 0:
            noun.relation, noun.to = "on", boards[0]


def _has_the_looks(reader: Reader, first: Noun, second: Noun, origin: Origin) -> bool:
    """A mountain like a sleeping woman is her outline, of stone, as large as it; only for what is of one stuff."""
    stuff = kinds()[first.kind]
    if not stuff.stuff:
        return False
    second.material, second.motion = stuff.stuff, second.motion or "still"
    second.relation, second.to = first.relation, first.to
    lies = second.posture in ("lie", "sleep") and second.posture in kinds()[second.kind].postures
    second.size = (LYING if lies else OUTLINE) / kinds()[second.kind].height
    second.down = second.down or (RAISED if lies else 0.0)
    second.hue = second.hue or first.hue
    reader.said.nouns.remove(first)
    reader.said.setting = reader.said.setting or stuff.home
    reader.heads = [second if head is first else head for head in reader.heads]
    reader.notes.rename((first, "kind"), f"made of {stuff.stuff}")
    reader.notes.note((second, "material"), origin, f"made of {stuff.stuff}")
    return True


def _become(reader: Reader, first: Noun, second: Noun) -> None:
    """A cloud like a horse is a horse, made of cloud: it stands where the cloud would, and does what that does."""
    second.relation, second.to = first.relation, first.to
    second.motion = second.motion or first.motion
    reader.heads = [second if head is first else head for head in reader.heads]


def stand_between(reader: Reader, second: Noun) -> None:
    """Between a tree and a house: three stand in a row, the first one in their middle."""
    for noun in reader.said.nouns:
        if noun.relation == "between" and noun.to is second and second.count == 1:
            noun.relation, noun.to = "", None
