"""A scene in words, for the person who asked: what is drawn, and which words only varied it. Knows no lexicon."""

from collections.abc import Sequence
from math import fsum
from typing import Final

from uncaged.engines.ink.colour import HUES, Lab
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.words.telling import RELATIONS, doing

NUMBERS: Final = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Counts as they are written."""

_ANYBODY: Final = frozenset(
    {"", "coat", "dress", "shirt", "broad", "thin", "suit", "nude", "headscarf"}
)
"""Forms of people that say how they look and not who they are."""

MOST_NAMED: Final = 5
MOST_HASHED: Final = 8

PLURALS: Final = {
    "person": "people", "fish": "fish", "sheep": "sheep", "deer": "deer", "goose": "geese", "mouse": "mice",
    "leaf": "leaves", "wolf": "wolves", "foot": "feet", "shelf": "shelves", "knife": "knives", "man": "men",
    "woman": "women", "child": "children", "policeman": "policemen", "snowman": "snowmen", "money": "money",
    "grass": "grass", "scissors": "scissors", "spectacles": "spectacles", "stairs": "stairs", "grapes": "grapes",
    "seaweed": "seaweed", "bread": "bread", "wheat": "wheat", "shrimp": "shrimp", "police": "police", "dice": "dice",
}  # fmt: skip

WEATHER: Final = ("rain", "snow", "stars", "wind", "leaves")


def say(scene: Scene, hashed: Sequence[str], kept: Sequence[str] = ()) -> str:
    """A line for each scene: what is drawn and where; one more for what cannot be taken away, and for words that named
    nothing.

    hashed, kept: words as they were typed.
    """
    line = "\nThen: ".join(_scene(one) for one in scene.sequence)
    line = f"Drawn: {line}"
    if kept:
        line += f"\nNot drawn differently: {', '.join(kept)}."
    if not hashed:
        return line
    named = [word if len(word) <= 24 else word[:23] + "…" for word in hashed[:MOST_HASHED]]
    rest = len(hashed) - len(named)
    more = f" and {rest:,} more" if rest else ""
    return f"{line}\nOnly hashed (it varies the picture): {', '.join(named)}{more}."


def _scene(scene: Scene) -> str:
    return " ".join(
        (
            f"{_things(scene) or 'nothing but the place'}.",
            f"Setting: {scene.setting}.",
            f"Palette: {scene.palette}.",
            *(f"{label}: {', '.join(said)}." for label, said in _rest(scene) if said),
        )
    )


def _rest(scene: Scene) -> list[tuple[str, list[str]]]:
    """What is not everyday: weather, a moving camera, another hand, another tempo."""
    pan, tilt, zoom = scene.camera.pan, scene.camera.tilt, scene.camera.zoom
    camera = [
        f"{axis} {forth if amount > 0 else back}"
        for axis, amount, forth, back in (
            ("pan", pan, "right", "left"),
            ("tilt", tilt, "up", "down"),
            ("zoom", zoom, "in", "out"),
        )
        if amount
    ]
    width = scene.dials.line
    line = ["thick"] if width > 1 else ["fine"] if width < 1 else []
    line += [scene.mode] if scene.mode != "brush" else []
    line += ["traces"] if scene.echo else []
    tempo = [] if scene.dials.tempo == 1 else ["slow" if scene.dials.tempo < 1 else "fast"]
    weather = [name for name in WEATHER if getattr(scene.weather, name)]
    hand = [] if scene.hand == "print" else [scene.hand]
    scheme = [] if scene.scheme == "plain" else [scene.scheme]
    return [
        ("Weather", weather), ("Camera", camera), ("Line", line), ("Tempo", tempo), ("Hand", hand), ("Frame", scheme),
    ]  # fmt: skip


def _things(scene: Scene) -> str:
    """Every subject once; what one relates to is described where it is named first."""
    told: set[str] = set()
    things: list[str] = []
    there = [subject for subject in scene.subjects if abs(subject.count) >= 0.5]
    for subject in there:
        if subject.name not in told and len(told) < MOST_NAMED:
            things.append(_thing(subject, scene, told))
    rest = len(there) - len(told)
    return ", ".join(things) + (f" and {rest} more" if rest else "")


def _thing(subject: Subject, scene: Scene, told: set[str]) -> str:
    if subject.name in told:
        return f"the {_noun(subject)}"
    told.add(subject.name)
    if subject.count < 0:
        return _absence(subject)
    if subject.letters:
        return f"“{subject.letters}” written by hand"
    words = [_count(subject.count), *_looks(subject), _noun(subject)]
    words += doing(subject)
    words += [f"without a {other.kind}" for other in scene.subjects if _lacks(subject, other)]
    other = scene.subject(subject.to)
    if other is not None and subject.relation != "none":
        relation = RELATIONS.get(subject.relation, subject.relation)
        words.append(f"{relation} {_thing(other, scene, told)}")
    if words[0] == "a" and words[1][0] in "aeiou":
        words[0] = "an"
    return " ".join(words)


def _lacks(subject: Subject, other: Subject) -> bool:
    """Whether the other is what this one has not got: a man without a hat."""
    return other.to == subject.name and other.relation == "carried" and abs(other.count) < 0.5


def _absence(subject: Subject) -> str:
    """One or several holes in the shape of the thing."""
    holes = _count(-subject.count)
    if holes == "a":
        return f"a hole in the shape of a {subject.kind}"
    return f"{holes} holes in the shape of {_plural(subject.kind)}"


def _looks(subject: Subject) -> list[str]:
    looks = ["small"] if abs(subject.size) <= 0.7 else ["large"] if abs(subject.size) >= 1.3 else []
    if subject.hue is not None:
        looks.append(nearest_hue(subject.hue))
    return looks if subject.fill == "plain" else [*looks, subject.fill]


def _noun(subject: Subject) -> str:
    """What it is called: a person by who it is, where that was said."""
    who = subject.kind == "person" and subject.form not in _ANYBODY
    noun = (subject.form if who else subject.kind).replace("-", " ")
    return _plural(noun) if subject.count >= 1.5 else noun


def nearest_hue(lab: Lab) -> str:
    """The named hue that a colour is nearest to; ties by name."""
    return min(sorted(HUES), key=lambda name: _apart(HUES[name], lab))


def _apart(one: Lab, other: Lab) -> float:
    return fsum((x - y) * (x - y) for x, y in zip(one, other, strict=True))


def _count(count: float) -> str:
    whole = max(0, int(count + 0.5))
    return NUMBERS[whole] if whole < len(NUMBERS) else str(whole)


def _plural(kind: str) -> str:
    if kind in PLURALS:
        return PLURALS[kind]
    if kind.endswith("y") and kind[-2] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("s", "x", "sh", "ch")) else f"{kind}s"
