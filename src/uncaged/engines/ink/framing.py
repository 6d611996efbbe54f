"""Which scheme a film is seen in where nobody said: mostly one plain picture, else what all its scenes can bear.

A scheme must show what was asked: nobody is cut off who must be seen, and nobody is lost in a wide view. Knows scenes
and kinds; no words, no frame.
"""

from collections.abc import Mapping
from math import fsum
from typing import Final

from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.places import drawn_as
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import settings

PLAIN: Final = "plain"

WHOLE: Final = frozenset(
    {"dance", "grow", "unfold", "melt", "spin", "jump", "bounce", "fall", "rise", "sink", "enter", "leave", "roll"}
)  # fmt: skip
"""Motions of which one wants to see all."""

LOW: Final = frozenset({"lie", "sleep", "kneel"})
"""Postures that a frame about a face, or a row of figures, has no room for."""

TOWARDS: Final = frozenset({"give", "touch", "hug", "hold", "carry", "point"})
"""Gestures that need somebody or something near, who must be seen, too."""

LOOSE: Final = frozenset({"none", "facing", "over", "under"})
"""Relations of which two pictures can tell."""

APART: Final = frozenset({"none", "over", "under", "on", "in"})
"""Relations that a wide view still shows."""

OUTLINED: Final = 1.5
"""What is so large and of one material is a landscape by itself, of which one wants to see all."""

FEW: Final = 2
"""So many bodies can be shown several times, or apart, without losing how many there are."""

SMALL: Final = 0.55
"""Things so much smaller than their kind, or so few metres tall, are not seen from far away."""

HIDING: Final = 0.5
"""A held thing of more than so much of its holder's height would hide the face in a close view."""


def framed(whole: Scene, lot: float, scheme: str = "") -> Scene:
    """The sequence with a scheme for every scene that has none (""): one for all of them. lot: 0 … 1.

    scheme: what came before is seen in it, so this is, too.
    """
    scenes = whole.sequence
    scheme = scheme or _drawn(_borne(scenes), lot)
    made: Scene | None = None
    for scene in reversed(scenes):
        made = scene.evolve(scheme=scene.scheme or scheme, then=made)
    return made or whole


def _drawn(chances: Mapping[str, float], lot: float) -> str:
    for name, chance in sorted(chances.items()):
        lot -= chance
        if lot < 0:
            return name
    return PLAIN


def _borne(scenes: tuple[Scene, ...]) -> dict[str, float]:
    """Scheme → its chance: what the scene that bears it least gives it. Several pictures only where nothing is cut."""
    each = [_chances(scene) for scene in scenes]
    names = each[0] if len(each) == 1 else ("wide", "close", "portrait")
    return {name: min(chances.get(name, 0.0) for chances in each) for name in names}


def _chances(scene: Scene) -> dict[str, float]:
    subjects = scene.subjects
    placed = any(s.across or s.down or s.count < 0 or s.letters for s in subjects)
    outlined = any(s.material != "none" and abs(s.size) >= OUTLINED for s in subjects)
    if (
        not subjects
        or placed
        or outlined
        or scene.camera.moves
        or any(s.motion == "draw" for s in subjects)
    ):
        return {}
    named = {s.name: s for s in subjects}
    drawn = {s.name: drawn_as(s, named) for s in subjects}
    chances = {"wide": 0.14 if _bears_distance(scene, drawn) else 0.0}
    if _bears_nearness(subjects, drawn):
        chances |= {"close": 0.11, "portrait": 0.11}
    loose = all(s.relation in LOOSE for s in subjects)
    calm = not any(s.motion in WHOLE or kind.motion in WHOLE for s, kind in _pairs(subjects, drawn))
    weather = scene.weather
    board = any("board" in kind.traits for kind in drawn.values()) and len(subjects) > 1
    few = fsum(s.count for s in subjects) <= FEW
    if loose and few and calm and not board and not (weather.rain or weather.snow):
        chances["diptych"] = 0.05
    if not calm or not loose or weather.rain or weather.snow or weather.leaves or weather.wind:
        return chances
    return chances | _seen_otherwise(scene, drawn)


def _pairs(subjects: tuple[Subject, ...], drawn: Mapping[str, Kind]) -> list[tuple[Subject, Kind]]:
    return [(s, drawn[s.name]) for s in subjects]


def _bears_distance(scene: Scene, drawn: Mapping[str, Kind]) -> bool:
    """Whether all of it is still seen from far away: in open country, nobody busy with another, nothing tiny."""
    place = settings()[scene.setting]
    if not (place.outdoors and place.level):
        return False
    return all(
        s.relation in APART
        and s.gesture not in TOWARDS
        and abs(s.size) > SMALL
        and (kind.metres > SMALL or s.count > 3 or len(drawn) == 1)
        for s, kind in _pairs(scene.subjects, drawn)
    )


def _bears_nearness(subjects: tuple[Subject, ...], drawn: Mapping[str, Kind]) -> bool:
    """Whether the first one has a face that may be cut by the frame, is upright, and nobody else must be seen."""
    lead = subjects[0]
    kind = drawn[lead.name]
    held = all(
        s.relation == "held" and s.to == lead.name and drawn[s.name].metres <= HIDING * kind.metres
        for s in subjects[1:]
    )
    perched = kinds().get(kind.perched)
    face = bool(kind.postures or (perched is not None and perched.postures)) and kind.faces
    whole = lead.motion in WHOLE or kind.motion in WHOLE or lead.posture in LOW
    busy = lead.gesture in TOWARDS and not subjects[1:]
    plain = lead.material == "none" and lead.relation == "none" and "whole" not in kind.traits
    plain = plain and lead.motion in ("still", kind.motion)  # what it was said to do must be seen
    return face and held and lead.count == 1 and plain and not (whole or busy)


def _seen_otherwise(scene: Scene, drawn: Mapping[str, Kind]) -> dict[str, float]:
    """A page of several, from above, on a map, in a row; those on bare paper only where no place was asked for."""
    subjects, lead = scene.subjects, scene.subjects[0]
    kind = drawn[lead.name]
    few, anywhere = fsum(s.count for s in subjects) <= FEW, scene.setting == kind.home
    plain = lead.material == "none"
    chances = {"page": 0.03 if few and plain else 0.0}
    if all(kind.domain != "land" and s.relation == "none" for s, kind in _pairs(subjects, drawn)):
        chances |= {"above": 0.03, "map": 0.02 if few and anywhere else 0.0}
    upright = lead.posture not in LOW and kind.domain != "base" and plain
    if len(subjects) == 1 and lead.count == 1 and upright and anywhere:
        chances["frieze"] = 0.03
    return chances
