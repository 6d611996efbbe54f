"""A drawing's marks in one list with their places, groups dissolved. Paints nothing.

Each mark gets the transform of its group, so that pen and grain work in the frame's pixels whatever the group's scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

import numpy as np

from uncaged.engines.ink.display import (
    Clip,
    Drawing,
    Flat,
    Form,
    Group,
    Line,
    Manner,
    Mark,
    Multi,
    Overprint,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.hand.place import Place, turned
from uncaged.engines.ink.hand.shaking import shaken
from uncaged.engines.ink.hand.shapes import Shapes
from uncaged.engines.ink.numbers import Array


def group_place(group: Group) -> Place:
    """Where a group lies in the drawing it stands in."""
    cs, sn = turned(group.turn) if group.turn else (1.0, 0.0)
    sx, sy = group.scale_x, group.scale_y
    return Place(cs * sx, sn * sx, -sn * sy, cs * sy, group.x, group.y)


@dataclass(slots=True)
class Item:
    """A mark and where it lies. share: how much of it is drawn yet, 0 … 1. first: index of its first polygon.

    sought: how many lines the pen sought before it found this one's.
    mark is None where a group ends that was faded.
    """

    mark: Mark | None
    place: Place
    manner: Manner
    share: float
    first: int = 0
    sought: int = 0


def gather(drawing: Drawing, pixels: float, reveal: float | None) -> tuple[list[Item], Shapes]:
    """Every mark of a drawing and of the drawings inside it, placed. pixels: the frame's shorter side."""
    unit = tamed(drawing.scale * pixels)
    items = list(_flat(drawing, Place(-unit if drawing.flip else unit, d=unit), reveal))
    arrays: list[Array] = []
    places: list[Place] = []
    for item in items:
        own = _arrays(item.mark)
        item.first = len(arrays)
        arrays += own
        places += [item.place] * len(own)
    manner = drawing.manner
    shake = shaken(manner.wobble, pixels, drawing.variant)
    return items, Shapes(arrays, places, pixels, manner.hand.facets, shake)


def _flat(drawing: Drawing, place: Place, reveal: float | None) -> Iterator[Item]:
    """Marks in order, groups dissolved; with `reveal`, only those that are begun."""
    shares = None if reveal is None or reveal >= 1 else _shares(drawing, tamed(reveal, 0, 1))
    clips = 0
    for k, mark in enumerate(drawing.marks):
        share = 1.0 if shares is None else shares[k]
        clips += isinstance(mark, Clip) - isinstance(mark, Unclip)
        if share <= 0 or clips < 0:
            clips = max(clips, 0)
            continue
        if not isinstance(mark, Group):
            yield Item(mark, place, drawing.manner, share)
            continue
        faded = mark.alpha < 255
        if faded:
            yield Item(mark, place, drawing.manner, share)
        yield from _flat(
            mark.drawing, place.over(group_place(mark)), None if shares is None else share
        )
        if faded:
            yield Item(None, place, drawing.manner, share)
    for _ in range(clips):
        yield Item(Unclip(), place, drawing.manner, 1.0)


def _weight(mark: Mark) -> float:
    """Strokes take time by their length; eyes do not take as long as a body."""
    if isinstance(mark, Form | Stroke | Line | Flat | Overprint):
        p = mark.first if isinstance(mark, Overprint) else mark.points
        d = p[1:] - p[:-1]
        length = float(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]).sum())
        return tamed(length, 0.12, 1.6, 0.12)
    if isinstance(mark, Group):
        return min(1.6, fsum(_weight(m) for m in mark.drawing.marks))
    return 1.0 if isinstance(mark, Union | Multi) else 0.05


def _shares(drawing: Drawing, reveal: float) -> list[float]:
    """How much of each mark is there. Clips are, as soon as the first mark after them could be."""
    out: list[float] = []
    weights = [_weight(mark) for mark in drawing.marks]
    now, begun = reveal * (fsum(weights) + 0.6), 0.0
    for w in weights:
        out.append(min(max((now - begun) / (w + 0.6), 0.0), 1.0))
        begun += w
    return out


def _arrays(mark: Mark | None) -> list[Array]:
    match mark:
        case Form() | Stroke() | Line() | Flat():
            return [mark.points]
        case Clip():
            return [mark.points, *mark.more]
        case Union() | Multi():
            return mark.polygons
        case Overprint():
            return [mark.first, mark.second]
        case _:
            return []
