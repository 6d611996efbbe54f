"""What a picture lends a scene: its colours and its composition. Knows no words and no figures.

The picture is made small in whole numbers, so that every machine sees the same one. Each role of the palette keeps its
place on the ladder of lightness, which carries the drawing; the picture gives the colour and half of the lightness.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.ink.colour import PALETTES, Colour, Lab, Palette, to_lab
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.numbers import clamp
from uncaged.engines.ink.scene import Scene

SMALL: Final = 48
"""Cells of the longer side once the picture is made small."""

LARGE: Final = 768
"""Pixels of the longer side that are looked at; of a larger picture every second, third … is."""

LADDER: Final = ("low", "far", "mid", "near", "deep")
"""Roles from light to dark."""

RUNG: Final = 0.05
"""Lightness that two neighbours on the ladder are apart, at least."""

CLEAR: Final = 0.5
"""Lightness that ink and light are apart, at least."""

DARK: Final = 0.5
"""Mean lightness of a sky below which it is night."""

NIGHT: Final = "night"
DAY: Final = "dawn"

HORIZON: Final = (0.30, 0.85)
"""Where a horizon is looked for, in shares of the height."""

EDGE: Final = 10
"""How far the colours above and below a horizon are apart, at least, in steps of a byte."""

CHROMATIC: Final = 0.05
"""Chroma that a cluster must have to become an accent."""

UNLIKE: Final = 0.07
"""How far accents are apart in the plane of a and b."""

SHIFT: Final = 0.13
"""Lightness between an accent and its return."""

STANDS_OUT: Final = 24
"""How far a cell is from its row's colour before it counts, in steps of a byte, three channels together."""

FARTHEST: Final = (0.30, 0.20)
"""How far the lead is moved, across and down, in shares of the frame."""

STANDING: Final = 0.04
"""The same, down, of what stands on the ground."""

ALOFT: Final = frozenset({"air", "sky", "float"})
SEATED: Final = frozenset({"on", "in", "between"})
"""Relations that say where the lead is; a picture does not move it from there."""

Cells: TypeAlias = NDArray[np.int64]
"""Mean colours of the small picture: (rows, columns, 3), 0 … 255."""


def lend(scene: Scene, pixels: NDArray[np.uint8]) -> Scene:
    """The scene in a picture's colours, with its horizon, and the lead where something stands out.

    pixels: (height, width, 3) sRGB bytes, at least 1 × 1; anything else raises `ValueError`. A plain picture lends its
    one colour and moves nothing.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or not pixels.size:
        raise ValueError("A picture is an array of bytes: height, width, and three colours.")
    cells = _small(pixels)
    horizon = _horizon(cells, scene.horizon)
    palette = _palette(scene.palette, cells, horizon)
    colours = _colours(PALETTES[palette], cells, horizon)
    moved = scene.evolve(palette=palette, colours=colours, horizon=horizon)
    return _compose(moved, cells)


def _small(pixels: NDArray[np.uint8]) -> Cells:
    """Block means in whole numbers; a picture smaller than that stays as it is."""
    apart = max(1, max(pixels.shape[:2]) // LARGE)
    pixels = pixels[::apart, ::apart]
    height, width = pixels.shape[:2]
    longer = max(height, width, SMALL)
    rows, columns = max(1, height * SMALL // longer), max(1, width * SMALL // longer)
    top = np.arange(rows, dtype=np.int64) * height // rows
    left = np.arange(columns, dtype=np.int64) * width // columns
    tall = np.asarray(np.append(top, height)[1:] - top, np.int64)[:, None, None]
    wide = np.asarray(np.append(left, width)[1:] - left, np.int64)[None, :, None]
    sums: Cells = np.add.reduceat(pixels.astype(np.int64), top, axis=0)
    sums = np.add.reduceat(sums, left, axis=1)
    return sums // (tall * wide)


def _horizon(cells: Cells, otherwise: float) -> float:
    """The strongest edge that runs across the middle of the picture; `otherwise` where there is none."""
    rows, columns = cells.shape[:2]
    lines = cells.sum(axis=1)
    best, found = EDGE * columns * 2, otherwise
    for row in range(1, rows):
        share = row / rows
        if not HORIZON[0] <= share <= HORIZON[1]:
            continue
        above = lines[max(0, row - 2) : row].sum(axis=0) * 2 // min(2, row)
        below = lines[row : row + 2].sum(axis=0) * 2 // min(2, rows - row)
        strength = int(np.abs(above - below).sum())
        if strength > best:
            best, found = strength, share
    return float(round(found * 1000)) / 1000


def _palette(own: str, cells: Cells, horizon: float) -> str:
    """The scene's own palette, or, where the picture's sky is of the other time of day, that of night or day.

    A palette of the pen is a way to draw, and stays.
    """
    seen = _seen(cells, horizon)
    dark = to_lab(seen["top"])[0] + to_lab(seen["low"])[0] < 2 * DARK
    if PALETTES[own].pen or PALETTES[own].night == dark:
        return own
    return NIGHT if dark else DAY


def _seen(cells: Cells, horizon: float) -> dict[str, Colour]:
    """Sky and land as the picture has them: the sky by height, the land by lightness."""
    rows = cells.shape[0]
    line = min(max(1, round(horizon * rows)), rows)
    sky, land = cells[:line], cells[line:] if line < rows else cells
    upper, lower = sky[: max(1, line // 3)], sky[line - max(1, line // 3) :]
    flat = land.reshape(-1, 3)
    order = np.argsort(_luma(flat), kind="stable")[::-1]
    bands = np.array_split(flat[order], len(LADDER) - 1) if len(flat) >= len(LADDER) else [flat] * 4
    seen = {"top": _mean(upper), "low": _mean(lower)}
    return seen | {role: _mean(band) for role, band in zip(LADDER[1:], bands, strict=True)}


def _luma(colours: Cells) -> NDArray[np.int64]:
    return colours[..., 0] * 3 + colours[..., 1] * 6 + colours[..., 2]


def _mean(colours: Cells) -> Colour:
    flat = colours.reshape(-1, 3)
    red, green, blue = (int(value) for value in flat.sum(axis=0) // len(flat))
    return (red, green, blue)


def _colours(base: Palette, cells: Cells, horizon: float) -> dict[str, Lab]:
    """Every role the picture has a colour for, on the ladder of the palette it is most like."""
    seen = {role: to_lab(colour) for role, colour in _seen(cells, horizon).items()}
    seen["ink"], seen["light"] = seen["deep"], seen["low"]
    lent = {role: _half(to_lab(base.role(role)), lab) for role, lab in seen.items()}
    for role in ("ink", "light"):
        light, a, b = to_lab(base.role(role))[0], lent[role][1] * 0.6, lent[role][2] * 0.6
        lent[role] = (light, a, b)
    _keep_ladder(base, lent)
    taken = [seen["top"], seen["mid"]]
    for role, lab in zip(("a", "b", "c"), _accents(cells, taken), strict=False):
        lent[role] = lab
    return {role: _rounded(lab) for role, lab in lent.items()}


def _half(base: Lab, seen: Lab) -> Lab:
    """The picture's hue, and a lightness half way to it; what becomes darker loses chroma with it."""
    light = (base[0] + seen[0]) / 2
    k = min(1.0, light / max(seen[0], 0.01))
    return (light, seen[1] * k, seen[2] * k)


def _keep_ladder(base: Palette, lent: dict[str, Lab]) -> None:
    """Each rung darker than the one before it (lighter, where the palette's are), and ink clear of light."""
    for upper, lower in pairwise(LADDER):
        step = to_lab(base.role(upper))[0] - to_lab(base.role(lower))[0]
        sign = 1 if step >= 0 else -1
        least = min(RUNG, abs(step))
        light = lent[lower][0]
        limit = lent[upper][0] - sign * least
        light = min(light, limit) if sign > 0 else max(light, limit)
        lent[lower] = (clamp(light, 0.04, 0.97), *lent[lower][1:])
    if abs(lent["light"][0] - lent["ink"][0]) < CLEAR:
        dark = lent["ink"][0] < lent["light"][0]
        lent["ink"] = ((0.2 if dark else 0.95), *lent["ink"][1:])


def _accents(cells: Cells, taken: Sequence[Lab]) -> list[Lab]:
    """Three strong colours unlike what is taken, the strongest and largest first; none where there is not one.

    Where there are fewer, they return lighter or darker: no colour comes in that the picture does not have.
    """
    flat = cells.reshape(-1, 3)
    coarse = flat // 32
    keys = coarse[:, 0] * 64 + coarse[:, 1] * 8 + coarse[:, 2]
    clusters: list[tuple[float, Lab]] = []
    for key in sorted({int(key) for key in keys}):
        members = flat[keys == key]
        lab = to_lab(_mean(members))
        square = lab[1] * lab[1] + lab[2] * lab[2]
        if square >= CHROMATIC * CHROMATIC:
            weight = square * min(len(members), max(1, len(flat) // 60))
            clusters.append((round(weight, 6), lab))
    clusters.sort(key=lambda cluster: -cluster[0])
    accents: list[Lab] = []
    for _, lab in clusters:
        if len(accents) < 3 and all(_unlike(lab, other) for other in (*taken, *accents)):
            accents.append(lab)
    found = len(accents)
    for place in range(found, 3 if found else 0):
        light, a, b = accents[place % found]
        accents.append((light + (SHIFT if light < 0.6 else -SHIFT) * (place - found + 1), a, b))
    return accents


def _unlike(one: Lab, other: Lab) -> bool:
    a, b = one[1] - other[1], one[2] - other[2]
    return a * a + b * b >= UNLIKE * UNLIKE


def _rounded(lab: Lab) -> Lab:
    """Six digits: the last ones of a power differ between machines."""
    return (round(lab[0], 6), round(lab[1], 6), round(lab[2], 6))


def _compose(scene: Scene, cells: Cells) -> Scene:
    """The lead goes where the picture has what stands out from its rows; who sits on something stays there."""
    centre = _centre(cells)
    if centre is None or not scene.subjects or scene.subjects[0].relation in SEATED:
        return scene
    lead = scene.subjects[0]
    deep = FARTHEST[1] if kinds()[lead.kind].domain in ALOFT else STANDING
    across = clamp(centre[0] - 0.5, -FARTHEST[0], FARTHEST[0])
    down = clamp(centre[1] - 0.5, -deep, deep)
    moved = lead.evolve(across=round(across, 4), down=round(down, 4))
    return scene.evolve(subjects=(moved, *scene.subjects[1:]))


def _centre(cells: Cells) -> Sequence[float] | None:
    """Weighted centre (shares of width and height) of the cells unlike their row; None where nothing is."""
    rows, columns = cells.shape[:2]
    middle = np.sort(cells, axis=1)[:, columns // 2 : columns // 2 + 1]
    beyond = np.maximum(np.abs(cells - middle).sum(axis=2) - STANDS_OUT, 0)
    weight: Cells = beyond * beyond
    total = int(weight.sum())
    if total == 0:
        return None
    across = int((weight.sum(axis=0) * _halves(columns)).sum())
    down = int((weight.sum(axis=1) * _halves(rows)).sum())
    return (across / (2 * columns * total), down / (2 * rows * total))


def _halves(count: int) -> Cells:
    """Middles of `count` cells, in half cells: 1, 3, 5 …"""
    return np.arange(1, 2 * count, 2, dtype=np.int64)
