"""What several plants are made of: fronds, leaflets, clumps of leaves, one big leaf, a lobed cloud. No kind of its own.

Everything here takes places and measures and gives points or marks; it knows no moment and draws no lots per frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal, TypeAlias, get_args

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Point, Tube, lobed, points
from uncaged.engines.ink.display import Drawing, Fill
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin

Blade: TypeAlias = Literal["blade", "banana", "split", "heart"]
"""Big leaves: a long one, one notched at its veins, one cut deep between them (monstera), a heart."""

BLADES: tuple[Blade, ...] = get_args(Blade)

BREADTH: Mapping[Blade, float] = {"blade": 0.10, "banana": 0.16, "split": 0.26, "heart": 0.24}
"""Half width of a big leaf that looks right, as a share of its length."""

_RADII: Mapping[Blade, tuple[float, ...]] = {
    "blade": (0.10, 0.55, 0.75, 0.55, 0.02),
    "banana": (0.25, 0.80, 1.00, 0.80, 0.02),
    "split": (0.75, 1.15, 1.05, 0.70, 0.03),
    "heart": (0.95, 1.25, 1.00, 0.55, 0.02),
}


def frond(
    root: Point, angle: float, length: float, droop: float, curl: float = 0.0, count: int = 14
) -> Array:
    """The rachis of a frond, (count, 2): an arc whose angle grows towards the tip.

    angle: radians at the root, 0 = up, positive = to the right. droop: what it has turned further at the tip.
    curl: turns the tip in on itself as well; a frond that unfolds starts with about 7 and loses it.
    """
    lines = fronds(root, points(angle), points(length), points(droop), points(curl), count)
    return lines[0]


def fronds(
    root: Point,
    angles: Array,
    lengths: Array,
    droops: Array,
    curls: Array | None = None,
    count: int = 14,
) -> Array:
    """Several fronds of one root at once, (n, count, 2); angles and the rest: each (n,). See `frond`."""
    s = np.linspace(0, 1, count)
    turn = angles[:, None] + droops[:, None] * s * s
    if curls is not None:
        turn = turn + curls[:, None] * s * s * s
    step = np.stack([sin(turn), -cos(turn)], 2) * (lengths / (count - 1))[:, None, None]
    step[:, 0] = 0
    return np.asarray(root, dtype=np.float64) + np.cumsum(step, 1)


def pinnae(
    rachis: Array,
    count: int,
    width: float,
    lean: float = 0.9,
    fat: float = 0.16,
    sway: float = 0.0,
    peak: float = 0.35,
) -> list[Array]:
    """`count` pairs of leaflets along a rachis, six points each, for one `multi`.

    width: length of the longest leaflet, at `peak` (0 … 1) of the rachis. lean: how far they point to the tip, 0 =
    straight out. fat: half their breadth as a share of their length. sway: difference of lean between the two sides.
    """
    return list(leaflets(rachis[None], count, points(width), lean, fat, sway, peak)[0])


def leaflets(
    rachises: Array,
    count: int,
    widths: Array,
    lean: float = 0.9,
    fat: float = 0.16,
    sway: float = 0.0,
    peak: float = 0.35,
) -> Array:
    """The pinnae of several fronds at once, (n, 2 × count, 6, 2): first those of one side, then of the other.

    rachises: (n, m, 2). widths: (n,). See `pinnae`.
    """
    u = 0.1 + 0.88 * np.arange(count) / max(count, 1)
    x = u * (rachises.shape[1] - 1)
    near = np.minimum(x.astype(np.int64), rachises.shape[1] - 2)
    base = rachises[:, near]
    base = base + (rachises[:, near + 1] - base) * (x - near)[:, None]
    normal, tangent = _directions(rachises)
    rise = np.where(u < peak, u / peak, (1 - u) / (1 - peak))
    size = widths[:, None] * np.maximum(np.sqrt(rise * np.sqrt(rise)), 0.08)
    out = np.empty((len(rachises), 2, count, 6, 2))
    for k, side in enumerate((-1, 1)):
        d = normal[:, near] * side + tangent[:, near] * (lean + sway * side)
        d /= np.sqrt(d[..., 0] * d[..., 0] + d[..., 1] * d[..., 1])[..., None]
        reach = d * size[..., None]
        reach[..., 1] += size * 0.12
        across = np.empty_like(d)
        across[..., 0], across[..., 1] = -d[..., 1] * (size * fat), d[..., 0] * (size * fat)
        first, second, slim = base + reach * 0.35, base + reach * 0.7, across * 0.8
        leaflet = (base, first + across, second + slim, base + reach, second - slim, first - across)
        for i, corner in enumerate(leaflet):
            out[:, k, :, i] = corner
    return out.reshape(len(rachises), 2 * count, 6, 2)


def _directions(lines: Array) -> tuple[Array, Array]:
    """Unit normals and tangents of several lines at once; see `curves.normals`."""
    t = np.empty_like(lines)
    t[:, 1:-1] = lines[:, 2:] - lines[:, :-2]
    t[:, 0], t[:, -1] = lines[:, 1] - lines[:, 0], lines[:, -1] - lines[:, -2]
    t /= (np.sqrt(t[..., 0] * t[..., 0] + t[..., 1] * t[..., 1]) + 1e-9)[..., None]
    normal = np.empty_like(t)
    normal[..., 0], normal[..., 1] = t[..., 1], -t[..., 0]
    return normal, t


def leaf_marks(at: Array, half: Array, width: float) -> Array:
    """Small leaves of six points, (n, 6, 2), like `leaf_mark` by the dozen.

    at, half: (n, 2), the middles and half the lengths as vectors. width: half breadth as a share of the length.
    """
    side = np.stack([half[:, 1], -half[:, 0]], 1) * width
    low, high = at - half * 0.3, at + half * 0.4
    return np.stack([at - half, low + side, high + side, at + half, high - side, low - side], 1)


def slivers(start: Array, end: Array, width: float) -> Array:
    """Thin pointed strokes as triangles, (n, 3, 2): spines and twigs by the dozen, for one `multi` without contour.

    start, end: (n, 2). width: at the start, local units.
    """
    along = end - start
    length = np.sqrt(along[:, :1] * along[:, :1] + along[:, 1:] * along[:, 1:]) + 1e-9
    aside = np.stack([along[:, 1], -along[:, 0]], 1) / length * (width / 2)
    return np.stack([start + aside, end, start - aside], 1)


@dataclass(frozen=True, slots=True)
class Clump:
    """A clump of leaves drawn by lot once, about (0, 0) with radius 1.

    outline: (n, 2). leaves: (k, 2), where its leaf marks are. turns: (k,) radians, how each of them stands.
    bright: (k,), whether it lies in the light (upper left) or in the shadow.
    """

    outline: Array
    leaves: Array
    turns: Array
    bright: Array


def clump(
    stream: Stream, lobes: int = 9, depth: float = 0.15, leaves: int = 15, squash: float = 0.83
) -> Clump:
    """A clump by lot. lobes, depth: of its outline, see `lobed`. leaves: how many marks. squash: height ÷ width."""
    outline = lobed(stream, 0.0, 0.0, 1.15, 1.15 * squash, lobes, depth)
    around, out = stream.array(leaves, 0, TAU), np.sqrt(stream.array(leaves, 0.04, 0.82))
    across, down = cos(around) * out, sin(around) * out
    bright = across + down * 1.4 < stream.array(leaves, -0.5, 0.5)
    at = np.stack([across, down * squash], 1)
    return Clump(outline, at, stream.array(leaves, -0.9, 0.9), bright)


def foliage(
    drawing: Drawing,
    form: Clump,
    x: float,
    y: float,
    radius: float,
    colour: Colour,
    light: Colour,
    dark: Colour,
    *,
    key: str,
    fill: Fill = "plain",
    pattern: Colour | None = None,
    leaf: float = 0.03,
    stir: float = 0.0,
    shade: float = 1.15,
    line: float = 0.85,
) -> None:
    """Draws a clump at a place: its form, then leaf marks, `light` ones up left and `dark` ones down right.

    radius, leaf (half a mark's length): local units. stir: radians by which the wind turns the marks.
    pattern: colour of the fill, `dark` where none is named.
    """
    at = points(x, y)
    drawing.form(
        at + form.outline * radius,
        colour,
        fill=fill,
        colour2=pattern or dark,
        shade=shade,
        line=line,
        key=key,
    )
    turn = form.turns + stir
    half = np.stack([sin(turn), -cos(turn)], 1) * leaf
    marks = leaf_marks(at + form.leaves * radius, half, 0.3)
    drawing.multi(list(marks[form.bright]), light, line=0, key=f"{key}l")
    drawing.multi(list(marks[~form.bright]), dark, line=0, key=f"{key}d")


def broadleaf(
    drawing: Drawing,
    form: Blade,
    x: float,
    y: float,
    angle: float,
    length: float,
    width: float,
    colour: Colour,
    dark: Colour,
    light: Colour,
    *,
    bend: float = 0.15,
    shade: float = 0.9,
    line: float = 0.7,
    key: str | None = None,
    fill: Fill = "plain",
) -> Tube:
    """One big leaf from (x, y): the blade with midrib and side veins; gives its tube, for what may sit on it.

    angle: radians, 0 = up, positive = to the right. length, width (half): local units; `BREADTH` has widths that look
    right. bend: how far its middle lies beside the straight line, as a share of the length.
    """
    along = points(sin(angle), -cos(angle))
    aside = points(along[1], -along[0])
    start = points(x, y)
    end = start + along * length
    middle = (start + end) / 2 + aside * (bend * length)
    blade = Tube([start, middle, end], [q * width for q in _RADII[form]], count=26, cap_end=False)
    outline = blade.outline() if form in ("blade", "heart") else _cut(blade, form)
    drawing.form(
        outline,
        colour,
        line=line,
        shade=shade,
        key=key,
        fill=fill,
        body=blade,
        colour2=dark,
        marks=0.8,
    )
    rib = blade.at(np.linspace(0, 0.97, 12), 0)
    named = key is not None
    drawing.stroke(
        rib, 1.0, dark, taper=(0.02, 0.6), wobble=0.3, key=f"{key}rib" if named else None
    )
    for k in range(1, 4 if form == "blade" else 5):
        u = 0.06 + 0.165 * k
        for side in (-1, 1):
            vein = blade.at([u, u + 0.06, u + 0.11], [0, 0.45 * side, 0.86 * side])
            tone = dark if (k + side) % 2 else light
            name = f"{key}vein{k}{side}" if named else None
            drawing.stroke(vein, 0.5, tone, wobble=0.3, key=name)
    return blade


def _cut(blade: Tube, form: Blade) -> Array:
    """The outline of a leaf that is cut between its veins."""
    u = np.arange(26) / 25
    depth = 0.32 if form == "split" else 0.12
    notched = np.arange(26) % 5 == 4
    if form == "split":
        notched &= (u > 0.3) & (u < 0.95)
    v = 1 - depth * notched
    return np.concatenate([blade.at(u, v), blade.at(u, -v)[::-1]])


CLOUD_ARC = 9
"""Points of each lobe of a `cloud_form`: its outline is 1 + lobes × 9 points over the top, then 6 along the base."""


def cloud_form(
    stream: Stream, x: float, y: float, width: float, height: float, lobes: int
) -> Array:
    """A cloud's outline by lot, (7 + 9 × lobes, 2): a flat base, and lobes that rise to the middle.

    (x, y): the middle of the base.
    """
    lobes = max(lobes, 1)
    ends = np.cumsum(np.concatenate([np.zeros(1), stream.array(lobes, 0.7, 1.3)]))
    ends = ends / ends[-1]
    k = np.arange(CLOUD_ARC) / (CLOUD_ARC - 1)
    arc, bow = cos(PI * (1 - k)), sin(PI * k)
    out: list[Array] = [points((x - width * 0.5, y + 0.012 * width))]
    for i in range(lobes):
        middle, half = (ends[i] + ends[i + 1]) / 2, (ends[i + 1] - ends[i]) / 2
        aside = 2 * middle - 1
        rise = 1 - aside * aside
        lift = height * sqrt(rise * sqrt(rise)) * stream.uniform(0.75, 1.15)
        notch = np.full(CLOUD_ARC, 0.6)
        notch *= np.where(i == 0, k, 1.0) * np.where(i == lobes - 1, 1 - k, 1.0)
        across = (middle - 0.5 + arc * half * 1.08) * width
        up = lift * notch + bow * (half * width * 0.72 + lift * (0.9 - notch))
        out.append(np.stack([x + across, y - up], 1))
    u = np.arange(6) / 6
    base = y + width * (0.012 + 0.014 * sin(PI * u))
    out.append(np.stack([x + width * (0.5 - u), base], 1))
    return np.concatenate(out)
