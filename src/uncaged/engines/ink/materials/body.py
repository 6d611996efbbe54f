"""A figure as a material sees it: its closed forms one after the other, with coordinates of their own, and the rest.

Knows no kinds and no materials. Lengths are in the figure's own heights.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lightness, mix
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Grain,
    Line,
    Mark,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.lots import draws, number
from uncaged.engines.ink.marks import coloured, flat
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array

Ladder: TypeAlias = tuple[Colour, ...]
"""Colours from dark to light."""

SMALL = 0.055
"""Forms up to this size are details: eyes, buttons, beaks. They stay themselves."""


class Part:
    """One closed form. points: its contour. tone: how light it was, 0 … 1. key: its name. size: of its longer side.

    `at(u, v)` are its body coordinates: u 0 … 1 along, v −1 … 1 across; every form has them, as a tube has.
    """

    __slots__ = (
        "_body",
        "_left",
        "_right",
        "_room",
        "_wide",
        "colour",
        "high",
        "key",
        "low",
        "points",
        "size",
        "tone",
    )

    def __init__(self, points: Array, colour: Colour, key: str, body: Tube | None = None) -> None:
        self.points, self.colour, self.key = points, colour, key
        self.low, self.high = points.min(0), points.max(0)
        self.size = float((self.high - self.low).max())
        self.tone = min(max((lightness(colour) - 0.2) / 0.75, 0.0), 1.0)
        self._body = body if body is not None and _covers(body, points) else None
        if self._body is not None:
            self._left = self._right = self._room = points
            self._wide = float(self._body.r.mean())
            return
        self._left, self._right = _sides(points)
        self._room = _room(self._left, self._right)
        across = self._left - self._right
        self._wide = float(np.sqrt((across * across).sum(1)).mean()) / 2

    @property
    def is_detail(self) -> bool:
        """Whether it is too small to be made of anything."""
        return self.size < SMALL

    @property
    def wide(self) -> float:
        """Half its breadth, in the mean."""
        return self._wide

    def at(self, u: Array, v: Array) -> Array:
        """Body coordinates → points of the drawing, (…, 2)."""
        if self._body is not None:
            return self._body.at(u, v)
        last = len(self._left) - 1
        x = np.interp(u, self._room, np.arange(last + 1))
        i = np.minimum(x.astype(np.intp), max(last - 1, 0))
        j, w = np.minimum(i + 1, last), (x - i)[..., None]
        left = self._left[i] * (1 - w) + self._left[j] * w
        right = self._right[i] * (1 - w) + self._right[j] * w
        k = (np.asarray(v)[..., None] + 1) / 2
        return right + (left - right) * k

    def lots(self, name: str, count: int) -> Array:
        """`count` numbers 0 … 1 that belong to this part, the same for every pose."""
        return draws(f"{name}/{self.key}", count)

    def lot(self, name: str) -> float:
        """One number 0 … 1 that belongs to this part."""
        return number(f"{name}/{self.key}") % 8191 / 8191


def _covers(body: Tube, p: Array) -> bool:
    """Whether a body lies where its form does; of some it is only the axis of their pattern."""
    out = body.outline()
    near = 0.12 * float((p.max(0) - p.min(0)).max())
    if abs(out.min(0) - p.min(0)).max() > near or abs(out.max(0) - p.max(0)).max() > near:
        return False
    q = np.roll(p, -1, 0)
    area = abs(float((p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1]).sum())) / 2
    d = body.p[1:] - body.p[:-1]
    length = np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1])
    own = float((length * (body.r[1:] + body.r[:-1])).sum())
    return 0.8 * area < own < 1.3 * area


def _sides(p: Array) -> tuple[Array, Array]:
    """The two sides of a contour, from one end to the other. It begins where its rungs do not cross each other."""
    half, n = max(len(p) // 2, 1), len(p)
    best, least = (p[:half], p[::-1][:half]), 1e9
    for start in (0, n // 4, n // 8, 3 * n // 8):
        q = np.roll(p, -start, 0)
        left, right = q[:half], q[::-1][:half]
        folded = _folded(left, right)
        if folded < 1.06:
            return left, right
        if folded < 0.9 * least:
            best, least = (left, right), folded
    return best


def _folded(left: Array, right: Array) -> float:
    """1 where the strip between two sides lies flat, more where it folds over itself."""
    areas = _areas(left, right)
    return float(np.abs(areas).sum() / (abs(areas.sum()) + 1e-9))


def _areas(left: Array, right: Array) -> Array:
    """The areas between rungs, (n − 1,)."""
    d = left - right
    along = (left[1:] + right[1:] - left[:-1] - right[:-1]) / 2
    across = (d[1:] + d[:-1]) / 2
    return along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]


def _room(left: Array, right: Array) -> Array:
    """How much of a form lies before each rung, 0 … 1: so that even steps along it fill it evenly."""
    room = np.abs(_areas(left, right))
    if not len(room):
        return np.zeros(1)
    room = np.concatenate([[0.0], np.cumsum(room + 0.02 * room.mean() + 1e-12)])
    return room / room[-1]


@dataclass(frozen=True, slots=True)
class Body:
    """What a material is handed. parts: forms and everything else, in painter's order. out: where it draws.

    m: the moment. ground: what it is seen against. centred: its origin is its middle, else it stands on y = 0.
    """

    parts: Sequence[Part | Mark]
    out: Drawing
    m: Moment
    ground: Colour
    centred: bool

    @property
    def palette(self) -> Palette:
        """The picture's."""
        return self.out.manner.palette

    @property
    def forms(self) -> list[Part]:
        """The closed forms alone that are large enough to be made of something."""
        return [part for part in self.parts if isinstance(part, Part) and not part.is_detail]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all forms."""
        forms = self.forms
        if not forms:
            return (-0.3, -1.0, 0.3, 0.0)
        low = np.min([f.low for f in forms], axis=0).tolist()
        high = np.max([f.high for f in forms], axis=0).tolist()
        return (low[0], low[1], high[0], high[1])


def body_of(drawing: Drawing, out: Drawing, m: Moment, ground: Colour, centred: bool) -> Body:
    """A finished figure taken apart. Clips and grain are left out: a material has its own."""
    parts: list[Part | Mark] = []
    for n, mark in enumerate(flat(drawing)):
        match mark:
            case Clip() | Unclip() | Grain():
                continue
            case Form():
                if mark.alpha > 120 and len(mark.points) > 2:
                    parts.append(Part(mark.points, mark.colour, mark.key, mark.body))
                else:
                    parts.append(mark)
            case Union():
                parts += [
                    Part(p, mark.colour, f"{mark.key}/{i}")
                    for i, p in enumerate(mark.polygons)
                    if len(p) > 2
                ]
            case Overprint():
                parts += [
                    Part(p, mark.colour, f"{mark.key}/{i}")
                    for i, p in enumerate((mark.first, mark.second))
                ]
            case Flat() if mark.alpha > 200 and len(mark.points) > 2:
                parts.append(Part(mark.points, mark.colour, f"flat{len(mark.points)}.{n}"))
            case _:
                parts.append(mark)
    return Body(parts, out, m, ground, centred)


def rung(ladder: Ladder, tone: float) -> Colour:
    """The colour of a ladder at a tone, 0 (dark) … 1 (light)."""
    x = min(max(tone, 0.0), 1.0) * (len(ladder) - 1)
    k = min(int(x), len(ladder) - 2)
    return mix(ladder[k], ladder[k + 1], round(x - k, 2))


@lru_cache(4096)
def toned(colour: Colour, ladder: Ladder) -> Colour:
    """Any colour as the rung of a ladder that is as light."""
    return rung(ladder, (lightness(colour) - 0.2) / 0.75)


def rest(body: Body, mark: Mark, ladder: Ladder, line: float = 1.0) -> None:
    """What is no closed form (strokes, dots, leaflets) in the material's tones."""
    made = coloured(mark, lambda colour: toned(colour, ladder))
    if isinstance(made, Stroke):
        made.colour = made.colour or ladder[0]
        made.width *= line
    body.out.marks.append(made)


def detail(body: Body, part: Part, ladder: Ladder) -> None:
    """A small form in the material's tones."""
    body.out.form(
        part.points, toned(part.colour, ladder), line=0.6, shade=0.2, key=part.key, ink=ladder[0]
    )


Shape: TypeAlias = Callable[[Part], None]


def each(body: Body, ladder: Ladder, draw: Shape, line: float = 1.0) -> None:
    """Goes through a figure in painter's order: `draw` for forms, details and the rest as themselves."""
    for part in body.parts:
        if not isinstance(part, Part):
            rest(body, part, ladder, line)
        elif part.is_detail:
            detail(body, part, ladder)
        else:
            draw(part)


__all__ = [
    "Body",
    "Dot",
    "Ladder",
    "Line",
    "Multi",
    "Part",
    "body_of",
    "detail",
    "each",
    "rest",
    "rung",
    "toned",
]
