"""Marks changed all at once: their points through a map, their colours through another. Groups keep their places.

Nothing is changed in place: figures may keep arrays and marks between two drawings.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeAlias, TypeVar

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Grain,
    Group,
    Line,
    Manner,
    Mark,
    Multi,
    Overprint,
    Stroke,
    Union,
)
from uncaged.engines.ink.hand.gather import group_place
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.numbers import Array

Warp: TypeAlias = Callable[[Array], Array]
"""Points (n, 2) of the drawing's own frame → points (n, 2)."""

Tint: TypeAlias = Callable[[Colour], Colour]

AnyMark = TypeVar("AnyMark")


def like(drawing: Drawing, manner: Manner | None = None) -> Drawing:
    """An empty drawing in the place of another."""
    return Drawing(
        drawing.key, manner or drawing.manner, drawing.scale, drawing.flip, drawing.variant
    )


def mapped(drawing: Drawing, change: Callable[[Mark], Mark | None]) -> Drawing:
    """Every mark changed, or left out where the answer is None; groups are entered."""
    out = like(drawing)
    for mark in drawing.marks:
        if isinstance(mark, Group):
            out.marks.append(replace(mark, drawing=mapped(mark.drawing, change)))
            continue
        changed = change(mark)
        if changed is not None:
            out.marks.append(changed)
    return out


# ---- points ----------------------------------------------------------------------------------


def warped(drawing: Drawing, warp: Warp) -> Drawing:
    """The drawing with every point moved by `warp`; bodies and boxes go with their forms."""
    return _warped(drawing, warp, None)


def _warped(drawing: Drawing, warp: Warp, place: Place | None) -> Drawing:
    arrays = [a for mark in drawing.marks for a in _points(mark)]
    moved = iter(_moved(arrays, warp, place))
    out = like(drawing)
    for mark in drawing.marks:
        if isinstance(mark, Group):
            own = group_place(mark)
            inner = own if place is None else place.over(own)
            out.marks.append(replace(mark, drawing=_warped(mark.drawing, warp, inner)))
        else:
            out.marks.append(_with_points(mark, [next(moved) for _ in _points(mark)]))
    return out


def _moved(arrays: list[Array], warp: Warp, place: Place | None) -> list[Array]:
    """All of them at once; those of a group are taken to the outer frame and back."""
    if not arrays:
        return []
    p = np.concatenate(arrays)
    if place is None:
        p = warp(p)
    else:
        back = _inverse(place)
        p = warp(place.of(p)) if back is None else back.of(warp(place.of(p)))
    ends = np.cumsum([len(a) for a in arrays])[:-1]
    return np.split(p, ends)


def _inverse(place: Place) -> Place | None:
    """The way back; None where everything was squeezed onto a line."""
    det = place.a * place.d - place.b * place.c
    if abs(det) < 1e-12:
        return None
    a, b, c, d = place.d / det, -place.b / det, -place.c / det, place.a / det
    return Place(a, b, c, d, -(a * place.e + c * place.f), -(b * place.e + d * place.f))


def _points(mark: Mark) -> list[Array]:
    """All the points a mark is made of, its body's sides and its boxes' corners among them."""
    match mark:
        case Form(body=Tube() as body):
            return [
                mark.points,
                body.p + body.normal * body.r[:, None],
                body.p - body.normal * body.r[:, None],
            ]
        case Form() | Stroke() | Line() | Flat():
            return [mark.points]
        case Clip():
            return [mark.points, *mark.more]
        case Union() | Multi():
            return mark.polygons
        case Overprint():
            return [mark.first, mark.second]
        case Dot():
            return [
                np.array(
                    [
                        (mark.x, mark.y),
                        (mark.x + mark.radius, mark.y),
                        (mark.x, mark.y + mark.radius),
                    ]
                )
            ]
        case Grain():
            x0, y0, x1, y1 = mark.box
            return [np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])]
        case _:
            return []


def _with_points(mark: Mark, found: list[Array]) -> Mark:
    match mark:
        case Form(body=Tube() as body):
            return replace(mark, points=found[0], body=_tube(body, found[1], found[2]))
        case Form() | Stroke() | Line() | Flat():
            return replace(mark, points=found[0])
        case Clip():
            return replace(mark, points=found[0], more=found[1:])
        case Union() | Multi():
            return replace(mark, polygons=found)
        case Overprint():
            return replace(mark, first=found[0], second=found[1])
        case Dot():
            x, y = found[0][0].tolist()
            out = found[0][1:] - found[0][0]
            reach = np.sqrt(out[:, 0] * out[:, 0] + out[:, 1] * out[:, 1])
            return replace(mark, x=x, y=y, radius=float((reach[0] + reach[1]) / 2))
        case Grain():
            low, high = found[0].min(0).tolist(), found[0].max(0).tolist()
            return replace(mark, box=(*low, *high))
        case _:
            return mark


def _tube(body: Tube, left: Array, right: Array) -> Tube:
    """A tube between two new sides."""
    out = object.__new__(Tube)
    out.p = (left + right) / 2
    half = (left - right) / 2
    out.r = np.sqrt(half[:, 0] * half[:, 0] + half[:, 1] * half[:, 1])
    out.normal = half / (out.r + 1e-9)[:, None]
    out.tangent = np.stack([-out.normal[:, 1], out.normal[:, 0]], 1)
    out._caps = body._caps  # pyright: ignore[reportPrivateUsage] - it is a tube of the same make
    return out


# ---- colours ---------------------------------------------------------------------------------


@cache
def _colours_of(kind: type) -> tuple[str, ...]:
    names = ("colour", "colour2", "ink", "upper", "lower")
    return tuple(f.name for f in fields(kind) if f.name in names)


def tinted(drawing: Drawing, tint: Tint) -> Drawing:
    """The drawing with every colour passed through `tint`, that of its ink too."""
    out = like(drawing, replace(drawing.manner, ink=tint(drawing.manner.ink)))
    for mark in drawing.marks:
        if isinstance(mark, Group):
            out.marks.append(replace(mark, drawing=tinted(mark.drawing, tint)))
        else:
            out.marks.append(coloured(mark, tint))
    return out


def coloured(mark: AnyMark, tint: Tint) -> AnyMark:
    """One mark in other colours."""
    changed: dict[str, Any] = {}
    for name in _colours_of(type(mark)):
        own = getattr(mark, name)
        if own is not None:
            changed[name] = tint(own)
    return replace(mark, **changed) if changed else mark  # pyright: ignore[reportArgumentType, reportCallIssue] - each mark has its own colours


# ---- one list --------------------------------------------------------------------------------


def flat(drawing: Drawing, place: Place | None = None) -> Iterator[Mark]:
    """All marks in one list in the drawing's own frame, groups dissolved (their alpha is lost)."""
    for mark in drawing.marks:
        if isinstance(mark, Group):
            own = group_place(mark)
            yield from flat(mark.drawing, own if place is None else place.over(own))
        elif place is None:
            yield mark
        else:
            yield _with_points(mark, [place.of(p) for p in _points(mark)])
