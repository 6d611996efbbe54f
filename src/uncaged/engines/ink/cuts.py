"""Scenes one after the other: which frames of a film belong to which. Knows no words and no pixels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, isfinite

from uncaged.engines.ink.genes import MOST_SCENES
from uncaged.engines.ink.scene import Scene

FAINTEST = 1e-9
"""A smaller share of the film counts as none."""


LARGEST = 1e12
"""A larger share counts as this."""


PASSES = frozenset(
    {"walk", "run", "hop", "crawl", "enter", "leave", "roll", "fall", "sink", "melt"}
)
"""Motions that come to an end, or out of the frame: they begin again where their scene comes again."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A scene, its first frame, and how many it has. film: so many frames it was made for; what comes after those goes
    on with it."""

    scene: Scene
    first: int
    frames: int
    film: int


def cuts(scene: Scene, frames: int) -> tuple[Cut, ...]:
    """The scenes of a sequence with their frames, in order; each frame belongs to one, and one without any is left out.

    Shares count by their size, whatever their sign; where none has any, all are alike. A scene that comes again at once
    is no cut: it goes on, unless somebody would have left by then.
    """
    scenes = scene.sequence
    sizes, total = _sizes(scenes)
    out: list[Cut] = []
    first, through = 0, 0.0
    for one, size in zip(scenes, sizes, strict=True):
        through += size
        end = frames if one is scenes[-1] else min(frames, int(frames * through / total + 0.5))
        if end > first:
            before = out[-1] if out else None
            if before is not None and _goes_on(before.scene, one):
                out[-1] = replace(before, frames=end - before.first)
            else:
                out.append(Cut(one, first, end - first, end - first))
        first = max(first, end)
    return tuple(out)


def _sizes(scenes: Sequence[Scene]) -> tuple[list[float], float]:
    """How much of the film each has, and all together."""
    sizes = [min(abs(one.share), LARGEST) if isfinite(one.share) else 0.0 for one in scenes]
    total = fsum(sizes)
    return (sizes, total) if total >= FAINTEST else ([1.0] * len(scenes), float(len(scenes)))


def _goes_on(scene: Scene, after: Scene) -> bool:
    """Whether the second is the first again, and nothing in it comes to an end."""
    same = after.evolve(share=scene.share, then=scene.then) == scene
    return same and all(s.motion not in PASSES for s in scene.subjects)


def joined(scenes: Sequence[Scene], seconds: Sequence[float]) -> Scene:
    """Several sequences as one; each gets so many seconds, shared out among its scenes as before.

    As many scenes as a position holds: what comes after them is not shown.
    """
    flat: list[Scene] = []
    for scene, length in zip(scenes, seconds, strict=True):
        parts = scene.sequence
        sizes, total = _sizes(parts)
        flat += [
            one.evolve(share=size / total * length, then=None)
            for one, size in zip(parts, sizes, strict=True)
        ]
    whole = flat[:MOST_SCENES][-1]
    for one in reversed(flat[: MOST_SCENES - 1] if len(flat) >= MOST_SCENES else flat[:-1]):
        whole = one.evolve(then=whole)
    return whole
