"""What a text became: labels, and what they say in words for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uncaged.engines.seedling.grammar import OF_A_SUBJECT, SUBJECTS, Labels, labels

MOST_QUOTED: Final = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text became.

    said: label (``s1.kind.bird``) → number. words: each word as it was typed, in order → what it became; "" = a small
    word of which nobody expects a picture. sentence: the same for people.
    """

    said: Mapping[str, float]
    words: Mapping[str, str]
    sentence: str

    @property
    def labels(self) -> Labels:
        """The label vector."""
        return vector(self.said)


def vector(said: Mapping[str, float]) -> Labels:
    """Labels by name (``s1.kind.bird``) as a label vector; raises `AskedWrong` for a name that is none."""
    slots: dict[str, dict[str, float]] = {}
    for name, number in said.items():
        slot, _dot, value = name.rpartition(".")
        slots.setdefault(slot, {})[value] = number
    return labels(**slots)


def a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def described(said: Mapping[str, float]) -> str:
    """What labels say, in a line: of each slot what is said most, and what is said less than nothing of."""
    slots: dict[str, tuple[float, str]] = {}
    without: list[str] = []
    for name, number in said.items():
        slot, _dot, value = name.rpartition(".")
        if number < 0:
            without.append(f"without {a(value)}" if slot.endswith("kind") else f"not {value}")
        elif slot != "free" and number > slots.get(slot, (0.0, ""))[0]:
            slots[slot] = (number, value)
    things: list[str] = []
    for subject in SUBJECTS:
        own = {name.removeprefix(f"{subject}."): v for name, (_n, v) in slots.items()}
        own = {name: value for name, value in own.items() if name in OF_A_SUBJECT}
        if own:
            parts = [own.get("size", ""), own.get("hue", ""), own.get("kind", "something")]
            doing = [own[part] for part in ("motion", "place") if part in own]
            things.append(", ".join([" ".join(part for part in parts if part), *doing]))
    around = [
        f"{slot}: {slots[slot][1]}" for slot in ("setting", "palette", "camera") if slot in slots
    ]
    relation = slots.get("relation", (0.0, "beside"))[1]
    both = f" {relation} ".join(things) or "whatever comes"
    return f"Drawn: {'; '.join([both, *around, *without])}."


def quoted(words: Sequence[str]) -> str:
    """So many words, and how many more there are."""
    quoted = [word if len(word) <= 24 else word[:23] + "…" for word in dict.fromkeys(words)]
    more = len(quoted) - MOST_QUOTED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"{', '.join(quoted[:MOST_QUOTED])}{rest}"
