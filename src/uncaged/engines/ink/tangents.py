"""No unlucky touching: outlines that just meet at one point are moved apart, or well over each other.

Knows actors' places and breadths, and the large disc in the sky; no outlines, no time.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import sqrt

from uncaged.engines.ink.bonds import Bond
from uncaged.engines.ink.settings import Disc
from uncaged.engines.ink.space import CENTRED
from uncaged.engines.ink.stage import Actor, Stage

TOUCH = 0.022
"""Two edges nearer than this to each other, in shorter sides, read as one."""

APART = 0.05
"""How far they are afterwards."""

_FEW = 8
"""In a crowd things touch, and nobody minds."""


def untangled(stage: Stage, bonds: Sequence[Bond]) -> Stage:
    """The stage with single, unrelated bodies moved sideways by a little where they would just touch something.

    What relates to something keeps its place beside it.
    """
    actors = stage.actors
    if not 0 < len(actors) <= _FEW:
        return stage
    bound = {name for bond in bonds for name in (bond.a, bond.b)}
    moved: dict[str, Actor] = {}
    for i, actor in enumerate(actors):
        if actor.subject.name in bound or actor.rider or actor.domain in ("land", "base"):
            continue
        others = [moved.get(o.key, o) for o in actors if o is not actor]
        shift = _shift(actor, others, stage.ground.disc_at)
        if shift and _inside(actor, shift, stage.film.across):
            moved[actor.key] = replace(actors[i], x=actor.x + shift)
    if not moved:
        return stage
    return stage.exchanged(moved)


def _shift(actor: Actor, others: Collection[Actor], disc: Disc | None) -> float:
    """How far to the side it has to go, the other way from what it touches; 0 where it touches nothing."""
    for other in others:
        if not _beside(actor, other):
            continue
        gap = abs(actor.x - other.x) - _half(actor) - _half(other)
        if abs(gap) < TOUCH:
            return (APART - gap) * (1 if actor.x >= other.x else -1)
    if disc is not None and actor.domain not in ("sky", "water"):
        x, y = actor.x, actor.y - (0.0 if actor.domain in CENTRED else 0.9 * actor.size)
        far = sqrt((x - disc.x) * (x - disc.x) + (y - disc.y) * (y - disc.y))
        gap = far - disc.radius
        if abs(gap) < TOUCH:
            return (APART - gap) * (1 if x >= disc.x else -1)
    return 0.0


def _half(actor: Actor) -> float:
    return 0.42 * actor.kind.width * actor.size


def _beside(one: Actor, other: Actor) -> bool:
    """Whether they are at one height, so that their edges can meet."""
    a, b = _span(one), _span(other)
    return min(a[1], b[1]) - max(a[0], b[0]) > 0.25 * min(one.size, other.size)


def _span(actor: Actor) -> tuple[float, float]:
    if actor.domain in CENTRED:
        return actor.y - 0.3 * actor.size, actor.y + 0.3 * actor.size
    return actor.y - actor.size, actor.y


def _inside(actor: Actor, shift: float, across: float) -> bool:
    return _half(actor) < actor.x + shift < across - _half(actor)
