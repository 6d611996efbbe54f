"""Moving forms about, and joining several into one body: what figures of few large forms are built with.

Knows no kinds. Lengths are in the figure's height, y down.
"""

from collections.abc import Sequence

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Point, Tube, bezier, leaf
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Array, cos, sin
from uncaged.engines.ink.paint import Paint


def turned(form: Array, angle: float, at: Point = (0.0, 0.0)) -> Array:
    """A form (n, 2) turned about its own (0, 0) by `angle` (radians, clockwise on the page), then set down at `at`."""
    c, s = cos(angle), sin(angle)
    x, y = form[:, 0], form[:, 1]
    return np.stack([x * c - y * s, x * s + y * c], 1) + np.asarray(at, dtype=np.float64)


def mirrored(form: Array) -> Array:
    """A form (n, 2) as the other side of the body has it: x is −x, and it still runs the same way round."""
    return form[::-1] * (-1.0, 1.0)


_BLADE = leaf((0.0, 0.0), (1.0, 0.0), 1.0).outline()
"""A straight leaf from (0, 0) to (1, 0), half as broad as 1."""


def blade(root: Point, tip: Point, width: float, bend: float = 0.0) -> Array:
    """The contour of `curves.leaf` where nothing is drawn on it, at a tenth of the price: feathers, petals, fins.

    width: half of it. bend: how far its middle lies to the left (y down), as a share of its length.
    """
    a, b = np.asarray(root, dtype=np.float64), np.asarray(tip, dtype=np.float64)
    way = b - a
    left = np.array([way[1], -way[0]])
    unit = left / (float(np.sqrt(way[0] * way[0] + way[1] * way[1])) + 1e-9)
    x, y = _BLADE[:, :1], _BLADE[:, 1:]
    return a + x * way - y * width * unit + x * (1 - x) * (4 * bend) * left


def horn(
    root: Point, tip: Point, width: float, bend: float = 0.0, other: float | None = None
) -> Array:
    """A closed form with one sharp end: beak, claw, thorn, fang, spike.

    width: half of it at the root. bend, other: how far its left and right edge bow to the left, in shares of its
    length (y down: left of travel); the same for both where `other` is None.
    """
    a, b = np.asarray(root, dtype=np.float64), np.asarray(tip, dtype=np.float64)
    way = b - a
    left = np.array([way[1], -way[0]])
    side = left * (width / (float(np.sqrt(left[0] * left[0] + left[1] * left[1])) + 1e-9))
    middle = (a + b) / 2
    other = bend if other is None else other
    one = bezier(a + side, middle + side * 0.8 + left * bend, b, 7)
    two = bezier(b, middle - side * 0.8 + left * other, a - side, 7)
    return np.concatenate([one, two])


def flank(tube: Tube, u: Array, upper: Array, lower: Array) -> Array:
    """The closed contour of a body whose back and belly differ: v of each along u, −1 … 1 and beyond.

    upper is the side left of the spine's travel: the belly of what is drawn from nose to tail facing right.
    """
    return np.concatenate([tube.at(u, upper), tube.at(u[::-1], lower[::-1])])


def joined(
    drawing: Drawing,
    paint: Paint,
    polygons: Sequence[Array],
    colour: Colour,
    *,
    body: Array | None = None,
    along: Tube | None = None,
    shade: float = 0.8,
    line: float = 1.0,
    key: str | None = None,
) -> None:
    """Forms that read as one body, filled as the subject asks.

    body: the form that carries the pattern, without a contour of its own; along: its body coordinates. Neither: the
    forms are plain whatever the fill.
    """
    outlined = paint.fill == "outlined" and body is not None
    drawing.union(
        polygons,
        paint.white if outlined else colour,
        shade=0.3 if outlined else shade,
        line=1.6 * line if outlined else line,
        ink=paint.colour if outlined else None,
        key=key,
    )
    if body is None or paint.fill in ("plain", "outlined"):
        return
    drawing.form(
        body,
        colour,
        line=0,
        shade=0,
        fill=paint.fill,
        body=along,
        colour2=paint.pattern,
        key=None if key is None else f"{key}pattern",
    )
