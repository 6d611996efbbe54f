"""Frames of several pictures: a diptych, a page of small ones. Each is a scene of its own, varied from the one given.

Knows scenes, stages and pictures; what a single picture looks like is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.ink.colour import PALETTES, Colour
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Camera, Scene, Subject
from uncaged.engines.ink.stage import Film, Stage

Staged: TypeAlias = Callable[[Scene, Film], Stage]
"""Sets a scene on its stage."""

COUNTERPARTS = {
    "night": "dawn", "violet": "gold", "negative": "ink-on-paper", "ink-on-paper": "negative", "dawn": "night",
    "gold": "violet", "sea": "rust", "rust": "sea", "moss": "candy", "candy": "moss", "desert": "night", "ash": "gold",
}  # fmt: skip
"""The palette of the other side: day and night, paper and board, cold and warm."""

SMALLEST = 48
"""Pixels of a small picture's shorter side, at least; where there is no room for two, there is one."""

_VIEWS = ("plain", "close", "wide", "portrait", "plain", "above", "close", "wide", "plain")
_GUTTER = 0.028


class Moving(Protocol):
    """Frames, one by one."""

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Frame `number` as sRGB bytes, (height, width, 3)."""
        ...


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of the frame: its scene, its left and upper edge and its film, whose size is the panel's."""

    scene: Scene
    left: int
    top: int
    film: Film


def panels(scene: Scene, film: Film) -> tuple[Panel, ...]:
    """The pictures of a frame, in reading order; a single one that fills it for every scheme of one picture."""
    if scene.scheme == "diptych":
        across = film.width >= film.height
        found = _grid(scene, film, (2, 1) if across else (1, 2), _pair(scene))
    elif scene.scheme == "page":
        columns, rows = _shape(film)
        found = _grid(scene, film, (columns, rows), _page(scene, columns * rows))
    else:
        found = ()
    if not found or any(min(p.film.width, p.film.height) < SMALLEST for p in found):
        plain = scene.evolve(scheme="plain") if scene.scheme in ("diptych", "page") else scene
        return (Panel(plain, 0, 0, film),)
    return found


def picture(scene: Scene, film: Film, staged: Staged) -> Moving:
    """What shows a scene: a picture, or a sheet of several."""
    parts = panels(scene, film)
    if len(parts) == 1:
        return Picture(staged(parts[0].scene, parts[0].film))
    return Sheet(parts, film, staged)


class Sheet:
    """Several pictures on one sheet of paper."""

    def __init__(self, parts: tuple[Panel, ...], film: Film, staged: Staged) -> None:
        self._parts = parts
        stages = [staged(part.scene, part.film) for part in parts]
        self._pictures = [Picture(stage) for stage in stages]
        self._ground = np.empty((film.height, film.width, 3), np.uint8)
        self._ground[:] = _paper(stages[0])

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Frame `number` of every picture, each in its place."""
        out = self._ground.copy()
        for part, shown in zip(self._parts, self._pictures, strict=True):
            small = shown.frame(number)
            out[part.top : part.top + small.shape[0], part.left : part.left + small.shape[1]] = (
                small
            )
        return out


def _paper(stage: Stage) -> Colour:
    return stage.palette.top if stage.palette.negative else stage.palette.light


def _shape(film: Film) -> tuple[int, int]:
    """Columns and rows of nearly square pictures, about nine."""
    ratio = film.width / film.height
    if ratio >= 1.6:
        return (4, 2)
    if ratio <= 0.625:
        return (2, 4)
    return (3, 3) if film.side >= 3 * SMALLEST * 1.2 else (2, 2)


def _grid(
    scene: Scene, film: Film, shape: tuple[int, int], scenes: list[Scene]
) -> tuple[Panel, ...]:
    """Panels of equal size with gutters between them, and at the edge."""
    columns, rows = shape
    gutter = max(2, int(_GUTTER * film.side + 0.5))
    width = (film.width - gutter * (columns + 1)) // columns
    height = (film.height - gutter * (rows + 1)) // rows
    if min(width, height) < 2:
        return ()
    left = (film.width - width * columns - gutter * (columns - 1)) // 2
    top = (film.height - height * rows - gutter * (rows - 1)) // 2
    own = replace(film, width=width, height=height)
    return tuple(
        Panel(
            one,
            left + (i % columns) * (width + gutter),
            top + (i // columns) * (height + gutter),
            own,
        )
        for i, one in enumerate(scenes[: columns * rows])
    )


def _pair(scene: Scene) -> list[Scene]:
    """Two subjects look at each other across the gap; one is seen by day and by night."""
    plain = scene.evolve(scheme="plain", then=None)
    apart = [
        s for s in plain.subjects if s.relation in ("none", "beside", "facing", "over", "under")
    ]
    if len(plain.subjects) == len(apart) == 2:
        one, other = (s.evolve(relation="none", to="") for s in plain.subjects)
        return [plain.evolve(subjects=(one,)), plain.evolve(subjects=(other,), scheme="close")]
    other = plain.evolve(palette=COUNTERPARTS.get(plain.palette, "night"), colours={})
    return [plain, other.evolve(scheme="close", camera=Camera(pan=-plain.camera.pan))]


def _page(scene: Scene, count: int) -> list[Scene]:
    """The same seen in many ways: near and far, from above, one thing at a time, in two palettes, once empty."""
    lots = Stream(f"{scene.seed}/page")
    plain = scene.evolve(then=None, scheme="plain")
    other = COUNTERPARTS.get(scene.palette, next(iter(PALETTES)))
    begin, empty = lots.integer(0, len(_VIEWS) - 1), lots.integer(1, max(1, count - 1))
    second = lots.integer(0, 2)
    out: list[Scene] = []
    for i in range(count):
        one = plain.evolve(
            scheme=_VIEWS[(begin + i) % len(_VIEWS)],
            seed=scene.seed + i,
            horizon=scene.horizon + lots.uniform(-0.06, 0.06),
            subjects=_some(plain.subjects, i),
        )
        if i % 3 == second:
            one = one.evolve(palette=other, colours={})
        if i == empty and len(plain.subjects) > 0 and count > 4:
            one = one.evolve(subjects=(), scheme="plain")
        out.append(one)
    return out


def _some(subjects: tuple[Subject, ...], i: int) -> tuple[Subject, ...]:
    """All of them, or in every second picture one after the other."""
    if len(subjects) < 2 or i % 2 == 0:
        return subjects
    one = subjects[(i // 2) % len(subjects)]
    return (one.evolve(relation="none", to=""),)
