"""How two nouns come together: the relation or the deed that waited for the second one. Makes no noun."""

from typing import Final

from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.words.reader import Link, Reader
from uncaged.engines.ink.words.said import Noun, Origin
from uncaged.engines.ink.words.senses import WITH
from uncaged.engines.ink.words.verbs import can_hold, meet

PEOPLE: Final = frozenset({"person", "dancer"})

RESTS: Final = {
    "chair": "sit", "sofa": "sit", "bench": "sit", "bicycle": "sit", "broom": "sit", "sledge": "sit", "bed": "lie",
}  # fmt: skip
"""How one rests on what is made for it, whether one is said to be *in* it or *on* it."""

MOUNT: Final = 0.9
"""Metres: what goes and is so tall carries a rider."""

LAMPS: Final = frozenset({"lamp", "bulb", "candle", "lantern"})
"""What one sits *under*: it hangs from above."""

WORN: Final = frozenset({"hat", "crown", "helmet"})
"""What one is *in*, or has *with* one, on one's head."""


def rests_on(kind: Kind) -> str:
    """The posture one takes on such a thing: on what is made for it, and on anything that could carry a rider."""
    carries = kind.gait > 0 and kind.faces and kind.metres >= MOUNT and kind.name not in PEOPLE
    return RESTS.get(kind.name, "sit" if carries else "")


def bind(reader: Reader, noun: Noun) -> None:
    """The relation that waits for its second noun has found it; one without a first waits on."""
    link = reader.link
    if link is None:
        meet(reader, noun)
        return
    if link.first is None:
        reader.ahead = Link(link.name, noun, link.origin)
    elif link.first is not noun:
        relate(reader, link.first, link.name, noun, link.origin)


def relate(reader: Reader, first: Noun, name: str, second: Noun, origin: Origin) -> None:
    if name == "like":
        _become(reader, first, second)
        name, first, second = "of", second, first
    elif name in ("in", WITH) and second.kind in WORN and first.kind in PEOPLE:
        name, first, second = "carried", second, first
        second.gesture = second.gesture or "none"
    elif name == "over" and second.kind == "bridge" and kinds()[first.kind].domain == "ground":
        name = "on"
    elif name == "under" and second.kind in LAMPS:
        second.kind, second.form = "hanging-lamp", ""
    elif name == "under" and second.kind == "umbrella" and can_hold(first.kind, "umbrella"):
        name, first, second = "held", second, first
    elif name == "in" and second.kind in RESTS:
        name = "on"
    elif name == WITH:
        name = "beside"
        if can_hold(first.kind, second.kind, asked=False):
            name, first, second = "held", second, first
    first.relation, first.to = name, second
    if name in ("held", "carried"):
        second.gesture = second.gesture or {"held": "hold", "carried": "carry"}[name]
    reader.notes.note((first, "relation"), origin, f"relation: {name}")


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
