"""A hill: an uneven ridge with a summit and a shoulder, marks that run down its slopes, trees, sometimes a path.

How it is built: a dozen points from one foot to the other, by lot; the shoulder bulges out on one side, so that it is
no cone, and nothing falls below the line on which others stand (`top`). Only the trees move.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import Tube, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.paint import Paint

_SHOULDERS = (
    ((0.30, -0.50), (0.46, -0.455), (0.62, -0.43), (0.78, -0.31), (0.94, -0.10), (1.16, 0.06)),
    ((0.34, -0.47), (0.50, -0.36), (0.66, -0.325), (0.82, -0.27), (0.98, -0.09), (1.20, 0.07)),
    ((0.24, -0.50), (0.36, -0.455), (0.50, -0.50), (0.64, -0.44), (0.84, -0.17), (1.10, 0.04)),
)
"""The steep flank from the summit down: a broad shoulder, a low one, a second summit behind a saddle."""

_FLANK = ((0.30, -0.435), (0.48, -0.315), (0.68, -0.20), (0.90, -0.09), (1.14, 0.0), (1.36, 0.09))
"""The long flank: it hollows out towards its foot."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A hill; it has no forms."""
    summit = stream.uniform(-0.12, 0.08)
    ridge = _ridge(stream.sub("ridge"), summit)
    foot = points((ridge[-1, 0] - 0.04, 0.3), (ridge[0, 0] + 0.04, 0.3))
    outline = np.concatenate([ridge, foot])
    marks = _marks(stream.sub("marks"), ridge, summit, 9 if paint.fill == "hatched" else 5)
    path = _path(ridge, summit, stream.pick((-1, 1)))
    path = path if stream.chance(0.55) else None
    fold = _fold(stream.sub("fold"), ridge, summit)
    trees = [_tree(stream.sub(k), ridge) for k in range(stream.integer(2, 5))]
    cut = paint.shadow == paint.colour  # a silhouette: its marks are light cuts
    furrow = paint.pattern if cut else paint.shadow

    def figure(drawing: Drawing, moment: Moment) -> None:
        lean = -0.75 if drawing.flip else 0.75
        drawing.form(outline, paint.colour, shade=1.1, light=(lean, 0.6), key="hill")
        drawing.stroke(fold, 0.8, furrow, taper=(0.1, 0.6), key="fold")
        for k, mark in enumerate(marks):
            tone = furrow if k % 3 else paint.leaf_dark
            drawing.stroke(mark, 0.7, tone, wobble=0.5, key=f"mark{k}")
        if path is not None:
            drawing.clip(outline)
            drawing.form(path, paint.leaf_pale, line=0.5, shade=0.2, key="path")
            drawing.unclip()
        for i, (at, size, crown) in enumerate(trees):
            trunk = np.stack([at, at - points(0, size)])
            drawing.stroke(trunk, 1.2, paint.ink, wobble=0.2, key=f"trunk{i}")
            blown = points(0.004 * moment.cycle(0.5, 0.1 * i), 0)
            tone = paint.leaf if i % 2 else paint.leaf_dark
            drawing.form(at + crown + blown, tone, line=0.6, shade=1.0, key=f"crown{i}")

    return figure


def _ridge(stream: Stream, summit: float) -> Array:
    """The skyline from the left foot to the right one."""
    side = stream.pick((-1, 1))
    shoulder = [(side * x, y) for x, y in stream.pick(_SHOULDERS)]
    flank = [(-side * x, y) for x, y in _FLANK]
    top = [(summit - 0.12, -0.555), (summit - 0.02, -0.60), (summit + 0.1, -0.575)]
    control = [
        (x + stream.uniform(-0.02, 0.02), y + stream.uniform(-0.02, 0.008))
        for x, y in sorted([*shoulder, *flank, *top])
    ]
    first, last = control[0], control[-1]
    feet = ((first[0] - 0.06, first[1] + 0.12), (last[0] + 0.06, last[1] + 0.12))
    return smooth(points(feet[0], *control, feet[1]), per=4)


def _height(ridge: Array, x: float | Array) -> Array:
    """y of the skyline at x."""
    return np.interp(np.asarray(x, dtype=np.float64), ridge[:, 0], ridge[:, 1])


def _marks(stream: Stream, ridge: Array, summit: float, rows: int) -> list[Array]:
    """Short strokes that run down the slope, like rain would."""
    marks: list[Array] = []
    u = np.linspace(0, 1, 6)
    for _ in range(rows * rows):
        x = stream.uniform(-0.8, 0.8)
        depth, length = stream.uniform(0.03, 0.5), stream.uniform(0.05, 0.13)
        run = (1 if x > summit else -1) * u * length * 0.55
        fall = depth * 0.75 + u * length * (0.35 + 0.5 * abs(x - summit))
        marks.append(np.stack([x + run, _height(ridge, x + run) + fall], 1))
    return marks


def _fold(stream: Stream, ridge: Array, summit: float) -> Array:
    """A line that runs down from beside the summit: where two slopes meet."""
    x = summit + stream.uniform(-0.06, 0.06)
    y = float(_height(ridge, x))
    side = stream.pick((-1, 1))
    lots = stream.array(4, -0.02, 0.02)
    u = np.array([0.05, 0.2, 0.4, 0.62])
    return smooth(np.stack([x + side * 0.38 * u * u + lots * side, y + 0.62 * u], 1))


def _path(ridge: Array, summit: float, side: int) -> Array:
    """A path that winds to the summit, narrower the farther."""
    u = np.linspace(0, 1, 10)
    left = 1 - u
    bent = left * np.sqrt(np.sqrt(left))
    top = float(_height(ridge, summit)) + 0.02
    x = summit + side * 0.34 * sin(u * 6.6 + 0.6) * bent
    y = 0.22 + (top - 0.22) * (1 - bent)
    radii = [0.055, 0.038, 0.026, 0.016, 0.009, 0.004]
    return Tube(np.stack([x, y], 1), radii, 44, cap_start=False, cap_end=False).outline()


def _tree(stream: Stream, ridge: Array) -> tuple[Array, float, Array]:
    """A small tree: its foot, its height, its crown about the foot."""
    x, size = stream.uniform(-0.7, 0.7), stream.uniform(0.08, 0.13)
    at = points(x, float(_height(ridge, x)) + stream.uniform(0, 0.16))
    return at, size, lobed(stream, 0, -size * 1.3, size * 0.62, size * 0.75, 6, 0.14)


def _colour(palette: Palette) -> Colour:
    return mix(palette.mid, palette.near, 0.3)


register(
    Kind(
        name="hill",
        build=build,
        at=(0.88, 0.86),
        height=0.50,
        domain="land",
        width=2.4,
        top=(-0.02, -0.555),
        faces=False,
        colour=_colour,
        quiet=("striped", "dotted"),
        metres=60.0,
        stuff="stone",
    )
)
