"""Town houses side by side: fronts of several widths and heights, windows lit by night, shops with awnings.

Knows no single setting. Fronts are closed forms; all windows of a house are two marks, the lit ones and the dark ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix, to_lab
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.masonry import arch, box, grid, sharp
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.settings import Ground

_ROOFS = ("flat", "gable", "steps", "mansard", "bell")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of fronts. foot: y of their base. high, wide: their least and greatest height and width.

    share: how far their colours are mixed with `air`. shops: whether the ground floor has shops.
    """

    foot: float
    high: tuple[float, float]
    wide: tuple[float, float]
    air: Colour
    share: float
    shops: bool = False


def fronts(
    ground: Ground,
    on: Drawing,
    stream: Stream,
    row: Row,
    free: Callable[[float, float], bool] = lambda left, right: False,
) -> None:
    """Fronts from beyond the left edge to beyond the right one; none where `free(left, right)` holds."""
    x, k = -0.42, 0
    while x < ground.width + 0.42 and k < 160:
        lots = stream.sub(k)
        w, h = lots.uniform(*row.wide), lots.uniform(*row.high)
        if not free(x, x + w):
            _front(ground, on, lots, row, x, w, h)
        x += w + 0.002
        k += 1


def _front(
    ground: Ground, on: Drawing, stream: Stream, row: Row, x: float, w: float, h: float
) -> None:
    p = ground.palette
    tone = mix(_plaster(ground, stream), row.air, row.share)
    top = row.foot - h
    on.form(
        _outline(stream.pick(_ROOFS), x, top, w, row.foot),
        tone,
        line=0.7,
        shade=0.7,
        light=(0.9, 0.3),
    )
    low = row.foot - (0.085 if row.shops else 0.012)
    floors = max(1, min(9, int((low - top - 0.02) / 0.062)))
    across = max(2, min(6, int(w / 0.05)))
    inset = 0.12 * w
    panes = grid(x + inset, top + 0.025, x + w - inset, low - 0.006, across, floors, 0.52)
    lit = [stream.chance(0.55) for _ in panes]
    dark = mix(p.light if p.paper else p.near, row.air, row.share * 0.7)
    glass = mix(mix(p.top, p.light, 0.35), row.air, row.share * 0.6)
    if p.night or p.negative:
        shine = mix(warm(p), row.air, 0.5 * row.share)
        on.multi([f for f, a in zip(panes, lit, strict=True) if not a], dark, line=0.4)
        on.multi([f for f, a in zip(panes, lit, strict=True) if a], shine, line=0.4)
    else:
        on.multi(panes, glass, line=0.5)
    ledge = mix(tone, p.light, 0.35)
    on.form(box(x - 0.004, low - 0.006, x + w + 0.004, low + 0.004), ledge, line=0.4, shade=0.2)
    if row.shops:
        _shop(ground, on, stream, row, x, w)


def _plaster(ground: Ground, stream: Stream) -> Colour:
    p = ground.palette
    if p.paper:
        return mix(p.light, p.far, stream.uniform(0.0, 0.45))
    role = stream.pick(("a", "b", "c", "mid", "far", "mid", "near"))
    return mix(p.role(role), p.far if not p.negative else p.near, 0.45 if role in "abc" else 0.1)


@lru_cache(64)
def warm(p: Palette) -> Colour:
    """Light in a window: the warmest accent, paled."""
    found = max((p.a, p.b, p.c), key=lambda c: to_lab(c)[2] + 0.3 * (to_lab(c)[0] + to_lab(c)[1]))
    return mix(found, p.light, 0.2)


def _outline(roof: str, x: float, top: float, w: float, foot: float) -> Array:
    """The front's closed form with its roof."""
    r = x + w
    match roof:
        case "gable":
            edge = [(x, top + 0.02), (x + w / 2, top - 0.28 * w), (r, top + 0.02)]
        case "steps":
            s = w / 5
            edge = [
                (x, top), (x, top - 0.02), (x + s, top - 0.02), (x + s, top - 0.045),
                (x + 2 * s, top - 0.045),
            ]  # fmt: skip
            edge += [
                (x + 2 * s, top - 0.07), (r - 2 * s, top - 0.07), (r - 2 * s, top - 0.045),
                (r - s, top - 0.045),
            ]  # fmt: skip
            edge += [(r - s, top - 0.02), (r, top - 0.02), (r, top)]
        case "mansard":
            edge = [
                (x - 0.006, top), (x + 0.16 * w, top - 0.05), (r - 0.16 * w, top - 0.05),
                (r + 0.006, top),
            ]  # fmt: skip
        case "bell":
            bell = smooth(
                [
                    (x, top), (x + 0.14 * w, top - 0.02), (x + 0.3 * w, top - 0.055),
                    (x + w / 2, top - 0.075), (r - 0.3 * w, top - 0.055),
                    (r - 0.14 * w, top - 0.02), (r, top),
                ],
                False,
                3,
            )  # fmt: skip
            return np.concatenate([points((r, foot), (x, foot)), bell])
        case _:
            edge = [(x, top), (x - 0.005, top - 0.014), (r + 0.005, top - 0.014), (r, top)]
    return sharp(points((r, foot), (x, foot), *edge), 0.002)


def _shop(ground: Ground, on: Drawing, stream: Stream, row: Row, x: float, w: float) -> None:
    """A window, a door beside it, an awning of stripes."""
    p, foot = ground.palette, row.foot
    cloth = p.role(stream.pick("abc"))
    lit = p.night or p.negative
    glass = warm(p) if lit else mix(p.top, p.light, 0.5)
    left = stream.chance(0.5)
    a, b = (x + 0.03, x + 0.66 * w) if left else (x + 0.34 * w, x + w - 0.03)
    on.form(
        box(a, foot - 0.06, b, foot - 0.014),
        mix(glass, row.air, 0.3 * row.share),
        line=0.5,
        shade=0.2,
    )
    at = x + 0.82 * w if left else x + 0.18 * w
    on.form(arch(at, foot, 0.018, 0.062), mix(cloth, p.near, 0.4), line=0.5, shade=0.4)
    strips = 6
    step = (b - a + 0.02) / strips
    awning = [
        points(
            (a - 0.01 + step * k, foot - 0.075), (a - 0.01 + step * (k + 1), foot - 0.075),
            (a - 0.014 + step * 1.03 * (k + 1), foot - 0.048),
            (a - 0.014 + step * 1.03 * k, foot - 0.048),
        )
        for k in range(strips)
    ]  # fmt: skip
    on.multi(awning[::2], cloth, line=0.4)
    on.multi(awning[1::2], p.light, line=0.4)
    if lit:
        on.flat(circle((a + b) / 2, foot - 0.03, 0.08, 0.05, 20), warm(p), 40)
