"""Density: the small marks of a layer (tufts, stones, leaves, waves) grow fewer, or come again beside themselves.

Land and large forms stay. Drawn once for most layers, so it costs nothing afterwards.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.display import (
    Clip,
    Drawing,
    Flat,
    Form,
    Group,
    Mark,
    Multi,
    Stroke,
    Unclip,
)
from uncaged.engines.ink.hand.lots import draws, number
from uncaged.engines.ink.marks import mapped
from uncaged.engines.ink.numbers import Array

SMALL = 0.16
"""Size of a mark that may come again, in shorter sides."""

MOST = 6
"""How often one may come again."""

MARKS = 2400
"""The most marks a layer is made of."""


def scattered(drawing: Drawing, dial: float) -> Drawing:
    """The layer with fewer small marks (below 1), or more (above). Any number."""
    if dial == 1 or dial != dial:
        return drawing
    if dial < 1:
        return mapped(drawing, lambda mark: _fewer(mark, max(dial, 0.0)))
    return _more(drawing, soft(1.3 * (min(dial, 1e9) - 1), 2.0, float(MOST)))


def _fewer(mark: Mark, keep: float) -> Mark | None:
    match mark:
        case Multi():
            lots = draws(f"sparse/{mark.key}", len(mark.polygons))
            left = [p for p, lot in zip(mark.polygons, lots.tolist(), strict=True) if lot < keep]
            return replace(mark, polygons=left) if left else None
        case Form() | Stroke() | Flat() if _size(mark.points) < SMALL:
            name = mark.key if not isinstance(mark, Flat) else f"{mark.points[0].tolist()}"
            return mark if number(f"sparse/{name}") % 1009 / 1009 < keep else None
        case _:
            return mark


def _more(drawing: Drawing, extra: float) -> Drawing:
    out = Drawing(drawing.key, drawing.manner, drawing.scale, drawing.flip, drawing.variant)
    clipped = 0
    for mark in drawing.marks:
        clipped += isinstance(mark, Clip) - isinstance(mark, Unclip)
        if isinstance(mark, Group):
            unit = abs(mark.scale_x) < 0.999
            out.marks.append(mark if unit else replace(mark, drawing=_more(mark.drawing, extra)))
            continue
        out.marks.append(mark)
        if len(out.marks) < MARKS and not clipped:
            out.marks += _again(mark, extra)
    return out


def _again(mark: Mark, extra: float) -> list[Mark]:
    match mark:
        case Multi():
            copies = [p for k in range(_count(mark.key, extra)) for p in _shifted_all(mark, k)]
            return [replace(mark, polygons=copies)] if copies else []
        case Form(body=None) | Stroke() if 0 < _size(mark.points) < SMALL:
            return [
                replace(mark, points=mark.points + _aside(f"{mark.key}/{k}"), key=f"{mark.key}+{k}")
                for k in range(_count(mark.key, extra))
            ]
        case _:
            return []


def _shifted_all(mark: Multi, k: int) -> list[Array]:
    """Every small polygon a little aside, each its own way."""
    lots = draws(f"dense/{mark.key}/{k}", 2 * len(mark.polygons)).reshape(-1, 2)
    return [
        p + _spread(lot)
        for p, lot in zip(mark.polygons, lots, strict=True)
        if len(p) and _size(p) < 2 * SMALL
    ]


def _count(key: str, extra: float) -> int:
    """Whole copies, and one more by lot for what is left over."""
    whole = int(extra)
    return whole + (number(f"dense/{key}") % 1009 / 1009 < extra - whole)


def _aside(key: str) -> Array:
    return _spread(draws(f"dense/{key}", 2))


def _spread(lot: Array) -> Array:
    """More to the sides than up and down: things stand on their land."""
    return np.array([(lot[0] - 0.5) * 0.34, (lot[1] - 0.5) * 0.05])


def _size(p: Array) -> float:
    return float(np.ptp(p, axis=0).max()) if len(p) else 0.0
