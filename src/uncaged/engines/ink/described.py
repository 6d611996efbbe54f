"""A scene in a few English words, for whoever does not see it: who is there, what they do, where, at which hour.

Knows no pixels. The same nouns as the captions of the data.
"""

from typing import Final

from uncaged.engines.ink.data_tongues import has, row_in_english, word
from uncaged.engines.ink.scene import Scene, Subject

MOST: Final = 4
"""Subjects that are named; the others are counted."""

MANY: Final = 9
"""Bodies of one subject that are counted; beyond, there are many."""


def described(scene: Scene) -> str:
    """What is seen.

    >>> described(Scene((), "hills", "violet", 1))
    'an empty landscape at dusk'
    """
    there = [one for one in scene.subjects if one.count >= 0.5]
    named = [_subject(one) for one in there[:MOST]]
    if len(there) > MOST:
        named.append("more things")
    around = _around(scene)
    if not named:
        return (
            f"an empty landscape {around}".strip()
            if scene.setting == "hills"
            else f"nobody {around}".strip()
        )
    who = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{who} {around}".strip()


def _subject(one: Subject) -> str:
    count = max(1, round(one.count))
    single, many = row_in_english(f"{one.kind}.{one.form}" if one.form else one.kind) or (
        row_in_english(one.kind) or (one.kind.replace("-", " "), "")
    )
    doing = _doing(one, count > 1)
    if count == 1 or not many:
        article = "an" if single[0] in "aeiou" else "a"
        return f"{article} {single}{doing}"
    number = word("counts", str(count), "en") if count <= MANY else "many"
    return f"{number} {many}{doing}"


def _doing(one: Subject, many: bool) -> str:
    for table, name in (("postures", one.posture), ("motions", one.motion)):
        if name and has(table, name):
            return f" that {word(table, name, 'en', many)}"
    return ""


def _around(scene: Scene) -> str:
    parts: list[str] = []
    for table, name in (("settings", scene.setting), ("palettes", scene.palette)):
        if has(table, name):
            parts.append(word(table, name, "en"))
    weather = [name for name in ("rain", "snow") if getattr(scene.weather, name) >= 0.4]
    return ", ".join(
        [" ".join(p for p in parts if p not in ("candy", "moss", "negative")), *weather]
    )
