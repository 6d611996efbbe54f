"""A skyscraper, and a whole city against the sky: towers of several ages, windows that go on and off, a blinking mast.

How it is built: a tower is its outline and its windows; a city is two rows of towers, the far one in its shadow colour.
Knows no street.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, grid, halo, lots, sharp, sun, windows
from uncaged.engines.ink.kinds.wheels import puffs, smoke
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("deco", "slab", "sail", "tiers")
_ROOFS = ("flat", "steps", "spire", "slant", "dome", "tank", "gable")


@dataclass(frozen=True, slots=True)
class Tower:
    """An outline, its windows, which of them are lit, and what blinks on top (x, y), or nothing."""

    outline: Array
    panes: list[Array]
    lit: list[bool]
    mast: tuple[float, float] | None
    far: bool = False


def skyscraper(stream: Stream, paint: Paint, form: str) -> Figure:
    """A skyscraper; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(FORMS)
    outline, panes, mast = _single(form)
    outline = outline if form == "sail" else sharp(outline)
    lit = lots(stream.sub("lit"), len(panes), 0.6)
    late = lots(stream.sub("late"), len(panes), 0.08)

    def figure(d: Drawing, m: Moment) -> None:
        d.stroke(points((0, mast + 0.1), (0, mast)), 1.6, wobble=0.1, key="mast")
        d.form(
            outline,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
            light=sun(d),
            key="tower",
        )
        now = m.cycle(0.5) > 0
        windows(
            d,
            paint,
            panes,
            [a != (b and now) for a, b in zip(lit, late, strict=True)],
            "panes",
            0.5,
        )
        if form == "deco":
            for y in (-0.56, -0.76):
                d.stroke(points((-0.16, y), (0.16, y)), 1.4, paint.accent, wobble=0.2)
        door = box(-0.05, -0.06, 0.05, 0.01)
        d.form(door, paint.accent, line=0.8, shade=0.3, key="door")
        d.form(box(-0.075, -0.075, 0.075, -0.06), paint.second, line=0.7, shade=0.2)
        _blink(d, paint, m, 0.0, mast)

    return figure


def _single(form: str) -> tuple[Array, list[Array], float]:
    """Outline, windows, height of the mast."""
    if form == "deco":
        right = [
            (0.17, 0.01), (0.17, -0.56), (0.125, -0.56), (0.125, -0.76), (0.08, -0.76),
            (0.08, -0.86), (0.04, -0.88), (0.015, -0.95),
        ]  # fmt: skip
        outline = points(*right, *[(-x, y) for x, y in reversed(right)])
        panes = (
            grid(-0.15, -0.54, 0.15, -0.1, 5, 11)
            + grid(-0.11, -0.74, 0.11, -0.58, 4, 4)
            + grid(-0.06, -0.85, 0.06, -0.77, 2, 2)
        )
        return outline, panes, -1.04
    if form == "slab":
        outline = points((-0.17, 0.01), (-0.17, -0.92), (0.17, -0.92), (0.17, 0.01))
        return outline, grid(-0.155, -0.89, 0.155, -0.1, 6, 17, 0.62), -1.02
    if form == "sail":
        edge = smooth([(-0.17, -0.5), (-0.16, -0.8), (-0.08, -0.98)])
        outline = np.concatenate(
            [points((0.17, 0.01), (-0.17, 0.01)), edge, points((0.06, -0.86), (0.17, -0.6))]
        )
        return (
            outline,
            grid(-0.14, -0.56, 0.15, -0.1, 5, 12) + grid(-0.13, -0.78, 0.04, -0.6, 3, 4),
            -1.04,
        )
    tiers: list[tuple[float, float]] = []
    panes: list[Array] = []
    for k in range(5):
        half, low = 0.17 - 0.022 * k, -0.18 * k
        tiers += [(half - 0.012, low + 0.01), (half + 0.012, low - 0.165)]
        panes += grid(
            -half + 0.02,
            low - 0.15,
            half - 0.02,
            low - 0.02 - (0.07 if k == 0 else 0),
            4,
            2 if k == 0 else 3,
        )
    outline = points(*tiers, (0.02, -0.92), *[(-x, y) for x, y in [*reversed(tiers)]])
    return outline, panes, -1.03


def _blink(d: Drawing, paint: Paint, m: Moment, x: float, y: float) -> None:
    if m.cycle(1.0) > 0:
        halo(d, paint, x, y, 0.07)
        d.dot(x, y, 0.016, paint.accent)


def city(stream: Stream, paint: Paint, form: str) -> Figure:
    """A city; it has no forms: its towers are drawn by lot, tall in the middle."""
    towers = [*_row(stream.sub("far"), 10, True), *_row(stream.sub("near"), 10, False)]
    clouds = puffs(stream.sub("smoke"), 4)
    pipe = stream.uniform(-0.5, 0.5)

    def figure(d: Drawing, m: Moment) -> None:
        smoke(d, paint.pale, clouds, m.turn(0.5), (pipe, -0.5), (0.34, -0.3), (0.03, 0.09))
        tones = (paint.colour, paint.second, paint.pattern)
        for k, tower in enumerate(towers):
            if tower.mast:
                x, y = tower.mast
                d.stroke(points((x, y + 0.12), (x, y)), 0.9, wobble=0.1)
                _blink(d, paint, m, x, y)
            tone = paint.shadow if tower.far else tones[k % 3]
            d.form(tower.outline, tone, line=0.9, shade=0.9, light=sun(d), key=f"tower{k}")
            windows(d, paint, tower.panes, tower.lit, f"panes{k}", 0.4)
        ground = smooth([(-1.0, 0.02), (-0.6, -0.03), (0, -0.02), (0.6, -0.035), (1.0, 0.02)])
        d.form(ground, paint.dark, line=0.7, shade=0.3, key="ground")

    return figure


def _row(stream: Stream, count: int, far: bool) -> list[Tower]:
    """Towers side by side, taller towards the middle, each with a roof of its own; from both ends inwards."""
    step = 1.8 / count
    order = sorted(range(count), key=lambda k: -abs(k - (count - 1) / 2))
    return [_tower(stream.sub(k), -0.9 + step * (k + 0.5), step, far) for k in order]


def _tower(stream: Stream, x: float, step: float, far: bool) -> Tower:
    half = step * stream.uniform(0.42, 0.62)
    rise = max(0.0, 1 - abs(x) * 1.05)
    tall = stream.uniform(0.0, 1.0)
    high = (0.3 if far else 0.14) + stream.uniform(0, 0.1) + (0.62 if far else 0.5) * rise * tall

    roof = stream.pick(("spire", "steps", "flat") if high > 0.62 else _ROOFS)
    a, b, t = x - half, x + half, -high
    shapes: dict[str, list[tuple[float, float]]] = {
        "flat": [(a, t), (b, t)],
        "steps": [
            (a, t + 0.06), (a + half * 0.5, t + 0.06), (a + half * 0.5, t), (b - half * 0.5, t),
            (b - half * 0.5, t + 0.06), (b, t + 0.06),
        ],
        "spire": [
            (a, t + 0.05), (x - half * 0.5, t), (x, t - 0.16), (x + half * 0.5, t), (b, t + 0.05),
        ],
        "slant": [(a, t - 0.05), (b, t + 0.06)],
        "tank": [
            (a, t), (x - half * 0.4, t), (x - half * 0.4, t - 0.07), (x, t - 0.1),
            (x + half * 0.4, t - 0.07), (x + half * 0.4, t), (b, t),
        ],
        "gable": [(a, t + 0.04), (x, t - 0.05), (b, t + 0.04)],
    }  # fmt: skip
    if roof == "dome":
        top = circle(x, t, half, half * 0.8, 24)[12:]
        outline = np.concatenate([points((b, 0.01), (a, 0.01), (a, t)), top, points((b, t))])
    else:
        outline = sharp(points((b, 0.01), (a, 0.01), *shapes[roof]))
    panes = grid(
        a + half * 0.2,
        t + 0.09,
        b - half * 0.2,
        -0.05,
        max(2, int(half * 30)),
        max(2, int(high * 12)),
        0.55,
    )
    mast = (x, t - 0.2) if roof in ("flat", "steps") and stream.chance(0.5) else None
    return Tower(outline, panes, lots(stream.sub("lit"), len(panes), 0.5), mast, far)


register(
    Kind(
        "skyscraper",
        skyscraper,
        at=(0.20, 1.28),
        height=0.84,
        home="street",
        width=0.4,
        top=(0.0, -0.94),
        shadow=0.2,
        forms=FORMS,
        faces=False,
        metres=180.0,
        lights=True,
    )
)
register(
    Kind(
        "city",
        city,
        at=(0.26, 1.28),
        height=0.5,
        home="hills",
        width=1.9,
        top=(0.0, -0.7),
        shadow=0.9,
        faces=False,
        metres=150.0,
        lights=True,
    )
)
