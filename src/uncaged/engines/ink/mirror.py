"""The frame as its own mirror: folded about an upright, then about a level, then again and again as in a kaleidoscope.

Pixels of a finished frame, and lines of a plot; the paper under them is not mirrored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.stage import Stage

FREE, MOST = 3.0, 5.0
"""The dial as it is up to the first number; it never passes the second: a pane is a quarter of the frame, or nearly."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One way of folding. begins: where the pane that is kept begins. pane: its length; both shares of the frame."""

    begins: float
    pane: float


@dataclass(frozen=True, slots=True)
class Folds:
    """How the frame is folded across and down; None = not that way."""

    across: Fold | None
    down: Fold | None


def folds(stage: Stage) -> Folds | None:
    """How the stage's frame is folded; None where it is not. The pane with the lead is kept; below 0, another."""
    dial = stage.scene.dials.symmetry
    dial = soft(dial, FREE, MOST) if isfinite(dial) else MOST if dial > 0 else 0.0
    if abs(dial) < 1e-3:
        return None
    x, y = 0.3, 0.3
    first, film = stage.lead, stage.film
    if first is not None:
        stands = first.domain in ("ground", "land", "base")
        x = tamed(first.x / film.across, 0, 1, 0.3)
        y = tamed((first.y - (0.5 * first.size if stands else 0.0)) / film.down, 0, 1, 0.3)
    if dial < 0:
        x, y = 1 - x, 1 - y
    return Folds(_fold(abs(dial), 0, x), _fold(abs(dial), 1, y))


def _fold(dial: float, way: int, centre: float) -> Fold | None:
    """Units 1, 3, 5 of the dial halve the pane across, units 2, 4 down. Small panes lie about what is to be seen."""
    pane, begun = 1.0, float(way)
    while dial > begun:
        pane *= 1 - min(dial - begun, 1.0) / 2
        begun += 2
    if pane >= 1:
        return None
    edge = 0.0 if centre <= 0.5 else 1 - pane
    middle = min(max(centre - pane / 2, 0.0), 1 - pane)
    nearer = min(max((0.5 - pane) * 4, 0.0), 1.0)
    return Fold(edge + (middle - edge) * nearer, pane)


def mirrored(frame: NDArray[np.uint8], how: Folds) -> NDArray[np.uint8]:
    """The frame (height, width, …) folded."""
    if how.down is not None:
        frame = frame[_looks(frame.shape[0], how.down)]
    if how.across is not None:
        frame = frame[:, _looks(frame.shape[1], how.across)]
    return np.ascontiguousarray(frame)


def _looks(length: int, fold: Fold) -> NDArray[np.int64]:
    """Which row or column each one shows: to and fro over the pane."""
    pane = min(max(1, round(length * fold.pane)), length)
    begins = min(round(length * fold.begins), length - pane)
    q = (np.arange(length) - begins) % (2 * pane)
    return begins + np.minimum(q, 2 * pane - 1 - q)


def mirrored_lines(p: Array, how: Folds, across: float, down: float) -> Iterator[Array]:
    """The pieces of a line (n, 2) that lie in the pane that is kept, in every pane. across, down: of the sheet."""
    lines = [p]
    for axis, fold, whole in ((0, how.across, across), (1, how.down, down)):
        if fold is not None:
            low, pane = fold.begins * whole, fold.pane * whole
            kept = [q for line in lines for q in _between(line, axis, low, low + pane)]
            lines = [q for line in kept for q in _panes(line, axis, low, pane, whole)]
    yield from lines


def _between(p: Array, axis: int, low: float, high: float) -> Iterator[Array]:
    """The pieces of a line between two limits, cut there."""
    for piece in _above(p, axis, low, 1.0):
        yield from _above(piece, axis, -high, -1.0)


def _above(p: Array, axis: int, limit: float, sign: float) -> Iterator[Array]:
    d = sign * p[:, axis] - limit
    run: list[Array] = []
    for k in range(len(p)):
        if k and (d[k] >= 0) != (d[k - 1] >= 0):
            run.append(p[k - 1] + (p[k] - p[k - 1]) * (d[k - 1] / (d[k - 1] - d[k])))
            if d[k] < 0:
                if len(run) > 1:
                    yield np.array(run)
                run = []
        if d[k] >= 0:
            run.append(p[k])
    if len(run) > 1:
        yield np.array(run)


def _panes(p: Array, axis: int, low: float, pane: float, whole: float) -> Iterator[Array]:
    """A piece in every pane, turned over in every second one; what reaches past the sheet is cut."""
    first, last = -int(np.ceil(low / pane - 1e-6)), int(np.ceil((whole - low) / pane - 1e-6))
    q = p[:, axis] - low
    for k in range(first, last):
        out = p.copy()
        out[:, axis] = low + k * pane + (q if k % 2 == 0 else pane - q)
        inside = out[:, axis].min() >= 0 and out[:, axis].max() <= whole
        yield from [out] if inside else _between(out, axis, 0.0, whole)
