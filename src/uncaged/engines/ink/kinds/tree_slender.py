"""The two trees that do not fork: the cypress, one tube like a flame, and the birch, a mast with loose leaves."""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.foliage import leaf_marks
from uncaged.engines.ink.kinds.tree_branching import wind
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

_FLARE = points(
    (-0.08, 0.015), (-0.042, -0.03), (-0.03, -0.12), (0.03, -0.12), (0.045, -0.03), (0.09, 0.015)
)
"""The foot of a trunk where it enters the ground."""


def cypress(stream: Stream, paint: Paint, lean: float) -> Figure:
    """One tube from which tufts lick upwards, with strokes that follow it."""
    notches = stream.array(18, 0.84, 0.93)
    licks = stream.array(18, 1.02, 1.16)
    u, v = stream.array(16, 0.05, 0.85), stream.array(16, -0.75, 0.7)
    light = stream.array(16) < 0.5
    reach = np.array([0.1, 0.15, 0.155, 0.13, 0.09, 0.04, 0.005])

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0, 0.3))
        if up <= 0.01:
            return
        grown = ease_out(over(moment.grow, 0.12, 1))
        radii = [0.035 * up, 0.022 * up]
        stem = Tube([(0, 0.01), (lean * 0.3 * up, -0.2 * up)], radii, count=8, cap_start=False)
        drawing.form(stem.outline(), paint.trunk, line=0.9, shade=0.6, key="trunk")
        if grown <= 0.02:
            return
        blown = wind(moment, 3)
        spine = [
            (lean * 0.3, -0.1),
            (lean * 0.5 + blown * 0.3, -0.1 - 0.4 * grown),
            (lean + blown, -0.1 - 0.7 * grown),
            (lean * 1.3 + blown * 2.2, -0.08 - 0.96 * grown),
        ]
        flame = Tube(spine, reach * (0.25 + 0.75 * grown), count=24, cap_end=False)
        drawing.form(
            _licked(flame, notches, licks),
            paint.leaf,
            fill=paint.fill,
            body=flame,
            colour2=paint.leaf_dark,
            shade=1.1,
            key="flame",
        )
        for i in range(len(u)):
            lit = v[i] > -0.1 and light[i]
            at = flame.at([u[i], u[i] + 0.05, u[i] + 0.1], [v[i], v[i] * 1.02, v[i] * 0.8])
            colour = paint.leaf_light if lit else paint.leaf_dark
            drawing.stroke(at, 0.8, colour, wobble=0.4, key=f"lick{i}")

    return figure


def _licked(flame: Tube, notches: Array, licks: Array) -> Array:
    """The outline of a tube with nine upward tufts on each side."""
    n = len(notches) // 2
    foot = 0.03 + 0.87 * np.arange(n) / n
    step = 0.87 / n
    sides: list[Array] = []
    for side in (0, 1):
        notch, lick = notches[side * n : side * n + n], licks[side * n : side * n + n]
        across = np.stack([notch, (notch + lick) / 2 + 0.05, lick], 1).ravel()
        along = np.stack([foot, foot + 0.55 * step, foot + 1.05 * step], 1).ravel()
        sides.append(flame.at(along, across if side == 0 else -across))
    return np.concatenate([flame.at([0], [0]), sides[0], flame.at([1], [0]), sides[1][::-1]])


@dataclass(frozen=True, slots=True)
class _Leaves:
    """Seven loose leaves for each of the ten tips, by lot. offset: (70, 2) from their tip. turns: (70,) radians.

    tone: (70,) which of four: leaf twice, its light, the accent.
    """

    offset: Array
    turns: Array
    tone: Array


def birch(stream: Stream, paint: Paint, lean: float) -> Figure:
    """A pale mast with nine upward branches and seven loose leaves around each tip."""
    cut = paint.trunk == paint.leaf  # a silhouette: one dark form, its bark too
    bark = paint.trunk if cut else mix(paint.trunk, paint.white, 0.72)
    place, out = stream.array(70, 0, TAU), stream.array(70, 0.02, 0.12)
    offset = np.stack([cos(place) * out, sin(place) * out * 0.7], 1)
    tone = np.array([stream.integer(0, 3) for _ in range(70)])
    leaves = _Leaves(offset, stream.array(70, -1, 1), tone)
    scars = [(stream.uniform(-0.75, 0.35), stream.uniform(0.3, 0.96)) for _ in range(11)]

    def figure(drawing: Drawing, moment: Moment) -> None:
        height = 0.82 * ease_out(over(moment.grow, 0, 0.5))
        if height <= 0.01:
            return
        thick = clamp(height / 0.4)
        spine = [(0, 0.01), (lean * 0.4, -height * 0.5), (lean + wind(moment, 3), -height)]
        radii = np.array([0.036, 0.03, 0.021, 0.008]) * thick
        mast = Tube(spine, radii, count=18, cap_start=False)
        start, tips, grown = _boughs(moment, mast)
        boughs = [
            Tube([a, (a + b) / 2 + points(0, 0.012), b], [0.012, 0.008, 0.004], count=7).outline()
            for a, b, share in zip(start, tips, grown, strict=True)
            if share > 0.03
        ]
        wood = [smooth(_FLARE * thick, False, 4), *boughs, mast.outline()]
        drawing.union(wood, bark, line=0.9, shade=0.35, key="mast")
        for k, (v, long) in enumerate(scars):
            u = 0.06 + 0.07 * k
            if u < clamp(moment.grow * 2.2):
                scar = mast.at(np.linspace(u, u - 0.004, 4), np.linspace(v, v + long, 4))
                drawing.stroke(scar, 1.1, paint.ink, wobble=0.2, key=f"scar{k}")
        seats = np.concatenate([tips, mast.p[-1:]])
        _draw_leaves(drawing, moment, paint, leaves, seats, np.concatenate([grown, [1.0]]))

    return figure


def _draw_leaves(
    drawing: Drawing, moment: Moment, paint: Paint, leaves: _Leaves, seats: Array, grown: Array
) -> None:
    """The leaves in their three colours, each fluttering by itself. seats: (10, 2). grown: (10,) of their branches."""
    opened = np.repeat(grown * ease_out(over(moment.grow, 0.5, 1)), 7)
    blown = np.tile(np.array([wind(moment, 4, k) for k in range(7)]), 10)
    at = np.repeat(seats, 7, 0) + leaves.offset * (0.3 + 0.7 * opened)[:, None]
    at[:, 0] += blown
    turn = leaves.turns + blown * 8
    half = np.stack([sin(turn), cos(turn)], 1) * (opened * 0.031)[:, None]
    marks = leaf_marks(at, half, 0.36)
    there = opened > 0.06
    for colour, first, last in ((paint.leaf, 0, 1), (paint.leaf_light, 2, 2), (paint.accent, 3, 3)):
        chosen = there & (leaves.tone >= first) & (leaves.tone <= last)
        drawing.multi(list(marks[chosen]), colour, line=0.45, key=f"leaves{first}")


def _boughs(moment: Moment, mast: Tube) -> tuple[Array, Array, Array]:
    """Feet and tips of the nine branches, (9, 2) each, and how far each is grown; each starts as the mast passes."""
    i = np.arange(9)
    u = 0.35 + 0.06 * i
    start = mast.at(u, 0)
    grown = np.array([ease_out(over(moment.grow, 0.3 + 0.03 * k, 0.6 + 0.03 * k)) for k in i])
    side = np.where(i % 2 == 1, -1.0, 1.0)
    blown = np.array([wind(moment, 3, int(k)) for k in i])
    reach = np.stack([side * 0.22 * (1.1 - u) + blown, np.full(9, -0.12)], 1)
    return start, start + reach * grown[:, None], grown
