"""What the hand does, one step after the other, in pixels: fill, ink, marks, tone, clip. Knows no marks of figures.

The screen paints these steps; the plotter reads lines from the same ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.hand.paths import Contour
from uncaged.engines.ink.hand.pen import Traced
from uncaged.engines.ink.numbers import Array

Box: TypeAlias = tuple[float, float, float, float]
"""Pixels: left, top, right, bottom."""


@dataclass(slots=True)
class Fill:
    """Closed polygons of one colour. lined: something draws their contour, so that a plotter need not."""

    contours: list[Contour]
    colour: Colour
    alpha: int = 255
    lined: bool = True


@dataclass(slots=True)
class Ink:
    """Lines of the pen, one colour."""

    lines: list[Traced]
    colour: Colour
    alpha: int = 255


@dataclass(slots=True)
class Even:
    """Even lines of one colour: patterns, hatching, rain. lines: each (n, m, 2), centre lines; contours: their ink."""

    lines: list[Array]
    width: float
    contours: list[Contour]
    colour: Colour
    alpha: int = 255


@dataclass(slots=True)
class Tone:
    """Grain inside a contour (or everywhere in the box where there is none), thickening where `light` points."""

    contour: Contour | None
    box: Box
    colour: Colour
    light: tuple[float, float]
    amount: float
    alpha: int = 255


@dataclass(slots=True)
class Wash:
    """A printed gradation over a box; start, end: pixels from the box's top."""

    box: Box
    upper: Colour
    lower: Colour
    start: float
    end: float


@dataclass(slots=True)
class Within:
    """What follows stays inside this contour, or inside it and `more` as one, until `Without`."""

    contour: Contour
    more: list[Contour] = field(default_factory=list[Contour])


@dataclass(slots=True)
class Without:
    """Ends the last `Within`."""


@dataclass(slots=True)
class Faded:
    """What follows is laid down as one, at this alpha, until `Restored`."""

    alpha: int


@dataclass(slots=True)
class Restored:
    """Ends the last `Faded`."""


Step: TypeAlias = Fill | Ink | Even | Tone | Wash | Within | Without | Faded | Restored


def extent(steps: Iterable[Step]) -> Box:
    """The box of everything that is laid down, a pixel more on each side; clips may make it smaller."""
    contours: list[Contour] = []
    for step in steps:
        match step:
            case Fill() | Even():
                contours += step.contours
            case Ink():
                contours += [line.contour for line in step.lines]
            case Tone(contour=None, box=box) | Wash(box=box):
                contours.append(np.array([box[:2], box[2:]], np.float32))
            case _:
                pass
    if not contours:
        return (0.0, 0.0, 0.0, 0.0)
    points = np.concatenate([contour.reshape(-1, 2) for contour in contours])
    (left, top), (right, bottom) = points.min(0).tolist(), points.max(0).tolist()
    return (left - 1, top - 1, right + 1, bottom + 1)
