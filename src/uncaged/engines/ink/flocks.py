"""Bodies that are alike are printed from one block: one drawing for a whole flock, at several sizes and moments.

Each body keeps its place, its way and its own beat; what it shares is the drawing, a little larger or smaller, at a
moment a few poses ahead. So a hundred birds cost little more than a dozen. Knows no pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from uncaged.engines.ink.stage import Actor, Film, Stage

FLOCK, CROWD = 6, 10
"""From so many bodies on those that fly, swim, hang or grow share blocks; and those that walk."""

BUSY, MANY = 9, 24
"""From so many bodies on each is drawn on every second pose, half of them at a time: where all differ; of one block."""

STEP, SIZES = 1.6, 12
"""Sizes of one block differ by the first at most, as factors; of so many sizes there are blocks, the rest share one."""

BEATS = 18
"""So many different drawings of one subject at a time, about."""

_AGES = frozenset({"draw", "unfold", "grow", "shrink", "melt", "enter", "leave"})
"""Motions in which every body must be seen at its own moment."""

_GOLDEN = 0.6180339887


def flocked(stage: Stage) -> Stage:
    """The stage with the blocks of its herds named; the stage itself where there is no herd."""
    found: dict[str, Actor] = {}
    for bodies in _subjects(stage).values():
        blocks = _blocks(bodies, stage.film) if _share(bodies) else {}
        shared = 2 * len({id(actor.block) for actor in blocks.values()}) <= len(bodies) and blocks
        found |= blocks if shared else {}
        if len(bodies) >= (MANY if shared else BUSY) and bodies[0].subject.motion not in _AGES:
            for k, actor in enumerate(bodies):
                found[actor.key] = replace(found.get(actor.key, actor), slow=1 + k % 2)
    if not found:
        return stage
    return stage.exchanged(found)


def _subjects(stage: Stage) -> Mapping[str, Sequence[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in stage.actors:
        found.setdefault(actor.subject.name, []).append(actor)
    return found


def _share(bodies: Sequence[Actor]) -> bool:
    first = bodies[0]
    if first.subject.motion in _AGES:
        return False
    return len(bodies) >= (CROWD if first.kind.gait > 0 else FLOCK)


def _blocks(bodies: Sequence[Actor], film: Film) -> dict[str, Actor]:
    """Each body with its block, the largest that is drawn like it, and how many poses it is ahead of it."""
    alike: dict[tuple[object, ...], list[Actor]] = {}
    for actor in bodies:
        alike.setdefault(_like(actor), []).append(actor)
    groups = [group for one in alike.values() for group in _sizes(one)]
    each = max(2, BEATS // len(groups))
    out: dict[str, Actor] = {}
    for n, group in enumerate(groups):
        block = max(group, key=lambda actor: actor.size)
        for k, actor in enumerate(group):
            turn = (n + k % each) * _GOLDEN + k % each / each
            late = int(turn % 1.0 * max(film.frames, 1))
            out[actor.key] = replace(actor, block=block, late=late)
    return out


def _like(actor: Actor) -> tuple[object, ...]:
    """What bodies of one block have in common, but for their size."""
    light = actor.manner.light
    side = None if light is None else (round(light[0] * 2), round(light[1] * 2))
    return (id(actor.figure), id(actor.stuff), actor.domain, actor.hole, actor.laden, side)


def _sizes(alike: Sequence[Actor]) -> Iterator[list[Actor]]:
    """As few groups as there can be of sizes that differ by a `STEP` at most; each in the order of the bodies."""
    rest = list(alike)
    for _ in range(SIZES):
        least = max((actor.size for actor in rest), default=0.0) / STEP
        group = [actor for actor in rest if actor.size >= least]
        if group:
            yield group
        rest = [actor for actor in rest if not actor.size >= least]
    if rest:
        yield rest


def drawn_in(film: Film, frame: int, slow: int) -> int:
    """The frame whose drawing a slow body shows in this one: the last pose that is odd (slow 1) or even (2)."""
    poses = max(1, min(round(min(max(film.poses, 0.0), 1000.0) * film.seconds), film.frames))
    frames = max(film.frames, 1)
    held = frame % frames * poses // frames
    held = max(0, held - (held + slow) % 2)
    return -(-held * frames // poses)
