"""One thing's size against another's: as big as a house, größer als ein Haus. Makes no noun."""

from typing import Final

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.said import LARGEST, Noun, Origin

COMPARED: Final = {"as": 1.0, "larger": 1.5, "smaller": 1 / 1.5}
"""How high the first is drawn against the second, where both are compared: *a dog as big as a house*."""


def comparison(reader: Reader, value: float) -> str:
    """How a size compares with what comes: *as big as a house*, *größer als ein Haus*, *más grande que una casa*."""
    before = reader.terms[reader.at - 1] if reader.at else None
    coming = list(reader.following())[:2]
    if len(coming) < 2 or not (coming[1].has("counts", "kinds") or coming[1].grammar("the")):
        return ""
    more = "larger" if value > 1 else "smaller"
    if coming[0].grammar("than"):
        return more
    if not any(coming[0].grammar(sense) for sense in ("as", "like", "who", "quiet")):
        return ""
    if before is not None and before.grammar("than"):
        return more
    return "as" if before is not None and before.grammar("as") else ""


def compare(reader: Reader, first: Noun, name: str, second: Noun, origin: Origin) -> None:
    """Both side by side, the first as high as the second, or so much higher or lower."""
    one, other = kinds()[first.kind], kinds()[second.kind]
    first.size = min(COMPARED[name] * second.size * other.height / one.height, LARGEST)
    first.relation, first.to = "beside", second
    reader.notes.note((first, "size"), origin, f"size: {name} {second.kind}")
