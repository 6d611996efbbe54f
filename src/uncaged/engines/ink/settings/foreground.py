"""Dark forms at the edges, in front of everything: a frame with depth. They sway a little, so they live.

Grasses or broad leaves from below, sometimes a branch from a top corner. Knows no single setting.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube, circle, leaf_mark, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.settings.layout import MARGIN, gust, soft, tall, wide
from uncaged.engines.ink.settings.ribbons import bend, leaves, ribbons

Growth: TypeAlias = Literal["grass", "leaves"]
Edges: TypeAlias = Literal["both", "one"]

_BELOW = MARGIN + 0.06
_BLADE = (1.0, 0.95, 0.9, 0.6, 0.08)
_HEADS = ("seed", "umbel", "none", "reed")


@dataclass(frozen=True, slots=True)
class _Growth:
    """What grows at the edges, one number per plant: foot x, length, bend (to the right), half width, phase."""

    x: Array
    length: Array
    bend: Array
    width: Array
    phase: Array
    dark: Array

    def only(self, which: Array) -> "_Growth":
        """Those of them for which `which` is true."""
        rows = (self.x, self.length, self.bend, self.width, self.phase, self.dark)
        return _Growth(*(row[which] for row in rows))


def foreground(
    ground: Ground,
    growth: Growth = "grass",
    edges: Edges = "both",
    left: bool | None = None,
) -> None:
    """Grasses or leaves at the lower edge, dense on one side; a branch above where nothing is in the air.

    left: the dense side, or None = by lot.
    """
    stream = ground.stream.sub("foreground")
    lot = stream.chance(0.5)
    left = lot if left is None else left
    plants = _sow(ground, stream, growth, edges, left)
    heads = stream.pick(_HEADS)
    room = ground.horizon < 0.85 * ground.height
    what = stream.sub("what").uniform()
    if growth == "leaves":
        _leaves(ground, plants)
        return
    if what < 0.1 and room:
        _trunk(ground, stream.sub("trunk"), left)
    elif what < 0.24 and room and not ground.airy:
        _branch(ground, stream.sub("branch"), left)
        if what < 0.14:
            _branch(ground, stream.sub("other"), not left)
    if what < 0.84:
        _grass(ground, plants, heads)


def _tones(ground: Ground) -> tuple[Colour, Colour]:
    dark = (52, 52, 64) if ground.palette.negative else ground.palette.deep
    return dark, mix(dark, ground.palette.near, 0.35)


def _sow(ground: Ground, stream: Stream, growth: Growth, edges: Edges, left: bool) -> _Growth:
    rows: list[tuple[float, ...]] = []
    for right in (False, True):
        main = right != left
        if edges == "one" and not main:
            continue
        if growth == "grass":
            n = stream.integer(13, 18) if main else stream.integer(5, 9)
        else:
            n = stream.integer(8, 11) if main else stream.integer(4, 6)
        share = 1.0 if main else 0.62
        n = int(n * wide(ground) + 0.5)
        for k in range(n + n // 3):
            u, v = stream.uniform(), stream.uniform()
            inwards = 0.3 * share * u * sqrt(u) if k < n else -0.25 * u
            length = (0.12 + 0.26 * v * sqrt(sqrt(v))) * share * (1.15 - 1.6 * max(0.0, inwards))
            x = -0.05 + inwards * wide(ground)
            lean = stream.uniform(-0.15, 0.5) * (-1 if right else 1)
            width, dark = stream.uniform(0.005, 0.009), stream.chance(0.45)
            x = ground.width - x if right else x
            rows.append((x, length * tall(ground), lean, width, k, dark))
    x, length, lean, width, phase, dark = np.array(rows, dtype=np.float64).T
    seen = np.ones(len(x), np.bool_)
    for at, half in ground.clear:
        seen &= abs(x + 0.6 * lean * length - at) > half + 0.04
    return _Growth(x, length, lean, width, phase, dark > 0.5).only(seen)


def _lean(ground: Ground, moment: Moment, lag: Array, deep: float = 0.014) -> Array:
    """How far tips are blown aside: a slow sway, late by `lag` turns, and a steady wind."""
    sway = deep * sin(TAU * (moment.turn(0.5) - lag)) * gust(ground)
    return sway + 0.07 * soft(ground.weather.wind, 2.0)


def _grass(ground: Ground, plants: _Growth, kind: str) -> None:
    dark, pale = _tones(ground)
    foot = ground.height + 0.03
    order = np.arange(len(plants.x))
    crowned = (order % 3 == 0) & (plants.length > 0.16)
    head = _head(kind)
    heavy, light = plants.only(plants.dark), plants.only(~plants.dark)
    crowned_heavy, crowned_light = crowned[plants.dark], crowned[~plants.dark]

    def draw(frame: Drawing, moment: Moment) -> None:
        for blades, crown, colour, key in (
            (light, crowned_light, pale, "pale"),
            (heavy, crowned_heavy, dark, "dark"),
        ):
            spines = _stalks(ground, blades, foot, moment)
            radii = np.interp(np.linspace(0, 1, spines.shape[1]), np.linspace(0, 1, 5), _BLADE)
            forms = ribbons(spines, radii[None] * blades.width[:, None])
            for part in head:
                forms += _placed(part, spines[crown])
            frame.multi(forms, colour, line=0, key=key)

    ground.add("grass", 1.45, draw, "live")


def _stalks(ground: Ground, blades: _Growth, foot: float, moment: Moment) -> Array:
    """The blades' curves at a moment, (n, 17, 2)."""
    x, length, bow = blades.x, blades.length, blades.bend
    lag = 0.1 * (blades.phase % 5)
    quick = 0.006 * sin(TAU * (moment.turn(1.0) - 0.17 * blades.phase)) * gust(ground)
    s = _lean(ground, moment, lag) + quick
    tip = _lean(ground, moment, lag + 0.12)
    ways = (
        (x - bow * length * 0.1, np.full_like(x, ground.height + _BELOW)),
        (x, np.full_like(x, foot)),
        (x + bow * length * 0.12 + s * 0.2, foot - length * 0.4),
        (x + bow * length * 0.5 + s * 0.6, foot - length * 0.8),
        (x + bow * length * 1.15 + tip, foot - length),
    )
    return bend(np.stack([np.stack(pair, 1) for pair in ways], 1))


def _head(kind: str) -> list[Array]:
    """What a stalk bears, about its tip, pointing up: arrays of polygons (m, k, 2)."""
    if kind == "seed":
        marks = [
            leaf_mark(side * 0.0066, 0.011 + 0.0155 * z, side * 0.006, -0.0099, 0.34)
            for z in range(6)
            for side in (-1, 1)
        ]
        return [np.stack(marks)]
    if kind == "reed":
        return [Tube(points((0, 0.05), (0, -0.005)), [0.0075, 0.0075], count=6).outline()[None]]
    if kind == "umbel":
        a = np.linspace(-1, 1, 7)
        ends = np.stack([sin(a) * 0.035, -cos(a) * 0.035], 1)
        spines = np.stack([np.zeros((7, 2)), ends], 1)
        stems = np.stack(ribbons(spines, np.full((7, 2), 0.002)))
        return [stems, ends[:, None] + circle(0, 0, 0.0055, count=8)[None]]
    return []


def _placed(forms: Array, spines: Array) -> list[Array]:
    """Forms that point up, (m, k, 2), at the tips of curves (n, p, 2) and turned along them."""
    at, along = spines[:, -1], spines[:, -1] - spines[:, -3]
    length = np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1]) + 1e-9
    x, y = ((along[:, k] / length)[:, None, None] for k in (0, 1))
    across, up = forms[None, :, :, 0], forms[None, :, :, 1]
    px = at[:, 0, None, None] - up * x - across * y
    py = at[:, 1, None, None] - up * y + across * x
    return list(np.stack([px, py], -1).reshape(-1, forms.shape[1], 2))


def _leaves(ground: Ground, plants: _Growth) -> None:
    dark, pale = _tones(ground)
    foot = ground.height + 0.05
    parts = [(plants.only(~plants.dark), pale, "pale"), (plants.only(plants.dark), dark, "dark")]

    def draw(frame: Drawing, moment: Moment) -> None:
        ribs: list[Array] = []
        for plant, colour, key in parts:
            s = _lean(ground, moment, 0.1 * (plant.phase % 5), 0.018)
            start = np.stack([plant.x, np.full_like(plant.x, foot)], 1)
            reach = plant.bend * plant.length * 1.6 + s
            end = np.stack([plant.x + reach, foot - 0.03 - plant.length * 1.05], 1)
            lean = np.where(plant.bend > 0, 0.15, -0.15)
            blades = leaves(start, end, plant.width * 5, lean)
            frame.multi(blades + _skirts(ground, plant, foot), colour, line=0, key=key)
            rib = (end - start)[::2] * np.array([0.88, 0.86])
            middle = start[::2] + rib * 0.5 - _aside(rib) * (lean[::2] * 0.9)[:, None]
            ribs += list(bend(np.stack([start[::2], middle, start[::2] + rib], 1)))
        for k, rib in enumerate(ribs):
            frame.stroke(rib, 0.5, ground.palette.near, wobble=0.2, key=f"rib{k}")

    ground.add("leaves", 1.45, draw, "live")


def _aside(d: Array) -> Array:
    return np.stack([-d[:, 1], d[:, 0]], 1)


def _skirts(ground: Ground, plant: _Growth, foot: float) -> list[Array]:
    """Stalks under the leaves, for a camera that looks below the frame."""
    start = np.stack([plant.x, np.full_like(plant.x, ground.height + _BELOW)], 1)
    spines = np.stack([start, np.stack([plant.x, np.full_like(plant.x, foot - 0.01)], 1)], 1)
    return ribbons(spines, np.repeat(plant.width[:, None] * 0.6, 2, 1))


def _trunk(ground: Ground, stream: Stream, left: bool) -> None:
    """One looks past a tree: its trunk at the edge, a bough that reaches in above."""
    dark, pale = _tones(ground)
    x, way = (0.0, 1.0) if left else (ground.width, -1.0)
    lean, thick = stream.uniform(-0.05, 0.03), stream.uniform(0.055, 0.085)
    high = stream.uniform(0.1, 0.22)
    spine = [(lean, -0.3), (lean * 0.5 + 0.01, 0.2), (0.0, 0.6), (-0.01, 1.0), (-0.02, 1.3)]
    bough = [(0.0, high + 0.16), (0.1, high + 0.04), (0.24, high), (0.4, high - 0.06)]

    def placed(path: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + way * a, b * ground.height) for a, b in path]

    trunk = Tube(placed(spine), [thick, 0.9 * thick, thick, 1.15 * thick, 1.4 * thick], count=30)
    branch = Tube(placed(bough), [0.4 * thick, 0.28 * thick, 0.16 * thick, 0.002], count=20)
    cracks = [
        np.array(placed([(a, b), (a + 0.004, b + 0.05), (a - 0.003, b + 0.11)]))
        for a, b in ((stream.uniform(-0.02, 0.04), stream.uniform(0.0, 0.9)) for _ in range(7))
    ]

    def draw(frame: Drawing, moment: Moment) -> None:
        frame.multi([trunk.outline(), branch.outline()], dark, line=0, key="trunk")
        for k, crack in enumerate(cracks):
            frame.stroke(crack, 1.2, pale, wobble=0.3, key=f"crack{k}")

    ground.add("trunk", 1.25, draw, "live")


def _branch(ground: Ground, stream: Stream, left: bool) -> None:
    """A branch hangs in from a top corner."""
    dark, pale = _tones(ground)
    n = 13
    u = 0.18 + 0.8 * np.arange(n) / (n - 1)
    side = np.where(np.arange(n) % 2 == 1, 1.0, -1.0)
    turn = side + stream.array(n, -0.25, 0.25)
    length = stream.array(n, 0.06, 0.095) * (1.1 - 0.3 * u)
    back = np.arange(n) % 3 == 0
    x0, way = (0.0, 1) if left else (ground.width, -1)

    def draw(frame: Drawing, moment: Moment) -> None:
        s = float(_lean(ground, moment, np.zeros(1), 0.008)[0])
        path = [(-0.3, -0.16), (-0.06, -0.04), (0.12, 0.05 + s * 0.3), (0.26, 0.06 + s)]
        spine = [(x0 + way * x, y) for x, y in [*path, (0.4, 0.11 + s * 1.6)]]
        twig = Tube(spine, [0.016, 0.013, 0.010, 0.006, 0.002], count=30, cap_end=False)
        at = 0.3 + 0.7 * u
        start = twig.at(at, np.zeros(n))
        along = twig.tangent[(at * (len(twig.p) - 1)).astype(np.int64)]
        a = turn + 0.16 * gust(ground) * sin(TAU * (moment.turn(0.5) - 0.08 * np.arange(n)))
        c, d = cos(a), sin(a)
        x = along[:, 0] * c - along[:, 1] * d
        y = along[:, 0] * d + along[:, 1] * c + 0.25
        end = start + np.stack([x, y], 1) * length[:, None]
        forms = leaves(start, end, length * 0.24, 0.12 * side)
        frame.multi([forms[k] for k in range(n) if back[k]], pale, line=0, key="back")
        front = [forms[k] for k in range(n) if not back[k]]
        frame.multi([twig.outline(), *front], dark, line=0, key="front")

    ground.add("branch left" if left else "branch right", 1.3, draw, "live")
